"""A reader of WebAnno TSV 3.3, written from the grammar in INCEpTION's user guide; it refuses what breaks that grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_UNIT = re.compile(r"(\d+)-(\d+)(?:\.(\d+))?")
_SUFFIX = re.compile(r"(.*?)(?<!\\)((?:\\\\)*)\[(\d+(?:_\d+)?)\]", re.DOTALL)
_RESERVED = re.compile(r"\\(->|[\\\[\]|_;*tn])")
_IN_TEXT = re.compile("\\\\([tnfrb\\\\]|[\x00-\x07\x0e-\x1f])")
_NAMED = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}


@dataclass
class Read:
    """A structure as the file tells it: its layer, its place in code points, features, fillers of its slot, its ends."""

    layer: str
    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict)
    roles: list[tuple[str, Read]] = field(default_factory=list)
    governor: Read | None = None
    dependent: Read | None = None


@dataclass(frozen=True)
class Layer:
    """A declaration of the header."""

    kind: str
    name: str
    columns: list[str]


def read(data: bytes) -> tuple[str, list[Read], list[tuple[int, int]]]:
    """Return the text of a file, its structures and its tokens."""
    lines = data.decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    empty = lines.index("")
    layers = [_layer(line) for line in lines[1:empty]]
    body = lines[empty + 1 :]
    if not body:
        return "", [], []
    assert body[0] == "", "two empty lines stand behind the header"
    return _File(layers).read(body[1:])


def _layer(line: str) -> Layer:
    kind, rest = re.fullmatch("#T_(SP|RL)=(.+)", line).groups()  # type: ignore[union-attr]
    name, *columns = rest.split("|")
    assert columns
    return Layer(kind, name, columns)


class _File:
    def __init__(self, layers: list[Layer]) -> None:
        kinds = [layer.kind for layer in layers]
        assert kinds == sorted(kinds, reverse=True), "spans are declared before relations"
        self.layers = layers
        self.width = sum(len(layer.columns) for layer in layers)
        self.pieces: list[str] = []
        self.units = 0
        self.found: list[Read] = []
        self.tokens: list[tuple[int, int]] = []
        self.by_id: dict[str, Read] = {}
        self.on_unit: dict[tuple[str, str], list[Read]] = {}
        self.later: list[tuple[Read, str, str, str]] = []

    def read(self, lines: list[str]) -> tuple[str, list[Read], list[tuple[int, int]]]:
        for number, block in enumerate("\n".join(lines).split("\n\n"), start=1):
            self._sentence(number, block.split("\n"))
        self._point()
        text = "".join(self.pieces)
        back = _Back(text)
        for one in self.found:
            one.start, one.end = back.of(one.start), back.of(one.end)
        for one in self.found:
            if one.governor and one.dependent:
                one.start, one.end = one.dependent.start, one.dependent.end
        return text, self.found, [(back.of(start), back.of(end)) for start, end in self.tokens]

    def _sentence(self, number: int, lines: list[str]) -> None:
        heads = [line for line in lines if line.startswith("#Text=")]
        assert lines[: len(heads)] == heads
        words = "\n".join(_IN_TEXT.sub(_control, line.removeprefix("#Text=")) for line in heads)
        rows = [line.split("\t") for line in lines[len(heads) :]]
        begin = int(rows[0][1].split("-")[0])
        gap = begin - self.units
        assert heads
        assert gap >= 0
        self.pieces.append(("\n" + " " * (gap - 1) if gap else "") + words)
        self.units = begin + _length(words)
        token = 0
        for row in rows:
            start, end = map(int, row[1].split("-"))
            assert _units(words, start - begin, end - begin) == _plain(row[2])
            token += self._row(row, number, token)

    def _row(self, row: list[str], sentence: int, before: int) -> int:
        """Read a row and return 1 if it is that of a token."""
        assert len(row) == 3 + self.width
        place, token, part = _UNIT.fullmatch(row[0]).groups()  # type: ignore[union-attr]
        start, end = map(int, row[1].split("-"))
        assert int(place) == sentence
        assert int(token) == before + (part is None)
        if part is None:
            assert not self.tokens or self.tokens[-1][1] <= start
            self.tokens.append((start, end))
        else:
            assert self.tokens[-1][0] <= start < end <= self.tokens[-1][1] != (start, end)
        cells = iter(row[3:])
        for layer in self.layers:
            self._cells(row[0], start, end, layer, [next(cells) for _ in layer.columns])
        return part is None

    def _cells(self, unit: str, start: int, end: int, layer: Layer, cells: list[str]) -> None:
        if set(cells) == {"_"}:
            return
        stacks = [_split(cell, "|") for cell in cells]
        [height] = {len(stack) for stack in stacks}
        for level in range(height):
            values = [stack[level] for stack in stacks]
            one = self._structure(layer, start, end, _suffix(values[0])[1], height)
            if one not in (here := self.on_unit.setdefault((unit, layer.name), [])):
                here.append(one)
            self._fill(one, layer, values, unit)

    def _structure(self, layer: Layer, start: int, end: int, identity: str, height: int) -> Read:
        known = self.by_id.get(identity) if identity else None
        if known:
            assert known.layer == layer.name
            assert known.end <= start
            known.end = end
            return known
        assert identity or height == 1 or layer.kind == "RL", "what is stacked needs an id"
        self.found.append(Read(layer.name, start, end))
        if identity:
            self.by_id[identity] = self.found[-1]
        return self.found[-1]

    def _fill(self, one: Read, layer: Layer, values: list[str], unit: str) -> None:
        roles = ""
        for column, value in zip(layer.columns, values, strict=True):
            if column.startswith("ROLE_"):
                roles = _suffix(value)[0]
            elif column.startswith("BT_"):
                self.later.append((one, "", value, unit))
            elif "." in column:
                self.later.append((one, roles, value, unit))
            elif (plain := _suffix(value)[0]) != "*":
                given = _plain(plain)
                assert one.values.setdefault(column, given) == given

    def _point(self) -> None:
        """Set what points to others, now that all are known."""
        for one, roles, value, unit in self.later:
            if roles:
                one.roles = [
                    (_plain(role), self._filler(at))
                    for role, at in zip(_split(roles, ";"), _split(value, ";"), strict=True)
                ]
            else:
                at, ids = _suffix(value)
                source, target = ids.split("_")
                one.governor, one.dependent = self._end(at, source), self._end(unit, target)

    def _filler(self, value: str) -> Read:
        unit, identity = _suffix(value)
        return self._end(unit, identity)

    def _end(self, unit: str, identity: str) -> Read:
        found = self.by_id[identity]
        assert found in self.on_unit[unit, found.layer]
        return found


class _Back:
    """The way from UTF-16 units back to code points."""

    def __init__(self, text: str) -> None:
        self._points: dict[int, int] = {}
        units = 0
        for point, character in enumerate(text):
            self._points[units] = point
            units += _length(character)
        self._points[units] = len(text)

    def of(self, units: int) -> int:
        return self._points[units]


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _units(text: str, start: int, end: int) -> str:
    if text.isascii() or max(text) < "\U00010000":
        return text[start:end]
    return text.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le")


def _split(cell: str, sign: str) -> list[str]:
    return list(_pieces(cell, sign))


def _pieces(cell: str, sign: str) -> Iterator[str]:
    piece, escaped = "", False
    for character in cell:
        if character == sign and not escaped:
            yield piece
            piece = ""
        else:
            piece += character
        escaped = character == "\\" and not escaped
    yield piece


def _suffix(value: str) -> tuple[str, str]:
    found = _SUFFIX.fullmatch(value)
    return (found[1] + found[2], found[3]) if found else (value, "")


def _plain(value: str) -> str:
    return _RESERVED.sub(lambda found: _NAMED.get(found[1], found[1]), value)


def _control(found: re.Match[str]) -> str:
    return _NAMED.get(found[1], found[1])
