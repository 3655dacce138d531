"""Tables of places as they come: CSV, TSV and GeoJSON, row by row, each with its line.

A row that cannot be read is reported and the next one read: a quotation mark that is never closed costs one row, not the rest
of the file. Bytes that are not of the file's encoding stay visible in their cell, as lone surrogates or U+FFFD.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, Literal

import orjson

from annotator.assist.geometry import kind_of, point_of
from annotator.assist.place import Point
from annotator.errors import NotAGazetteer
from annotator.file_errors import CutFile, EmptyFile, UnreadableFile
from annotator.language import N_, Sentence
from annotator.text.encodings import decode, known_encoding

Format = Literal["csv", "geojson"]
Outcome = Literal["refused", "mended", "noted"]
BROKEN = re.compile("[\udc80-\udcff\ufffd]")
_SAMPLE = 1 << 18
_LONGEST_RECORD = 10  # lines that one row may have because of line ends within quotation marks
_DELIMITERS = "\t,;|"
_GEONAMES = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature_class", "feature_code",
    "country_code", "cc2", "admin1", "admin2", "admin3", "admin4", "population", "elevation", "dem", "timezone", "modified",
)  # fmt: skip
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Remark:
    """What became of a line that was not simply taken in: refused, mended, or taken in though something is missing."""

    line: int
    outcome: Outcome
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column and, in GeoJSON, its point; `remarks` are what had to be said of it when reading."""

    line: int
    cells: Mapping[str, str]
    point: Point | None = None
    is_centre: bool = False
    remarks: tuple[Remark, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Table:
    """An opened table: its columns, and its rows as they are read."""

    format: Format
    encoding: str
    header: tuple[str, ...]
    rows: Iterator[Row | Remark]


def open_table(path: Path, *, encoding: str | None = None) -> Table:
    """Open a table of places; the encoding is detected unless it is given.

    Raises EmptyFile, UnreadableFile, NotAGazetteer, or what `annotator.text.encodings.decode` raises.
    """
    try:
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
        found = known_encoding(encoding) if encoding else _encoding(sample)
        return _geojson(path, found) if _is_json(path, sample) else _delimited(path, found)
    except OSError as error:
        raise UnreadableFile(reason=error.strerror or error) from error


def _encoding(sample: bytes) -> str:
    """Return the encoding; UTF-8 also when some lines are broken, as long as more are whole."""
    lines = [line for line in sample[: sample.rfind(b"\n") + 1 or None].split(b"\n") if not line.isascii()]
    broken = sum(not _is_utf8(line) for line in lines)
    if b"\0" not in sample and 2 * broken < len(lines):
        return "utf-8"
    try:
        return decode(sample[: sample.rfind(b"\n") + 1 or None] if b"\0" not in sample else sample).encoding
    except CutFile:
        return decode(sample[: len(sample) // 4 * 4 - 4]).encoding


def _is_utf8(line: bytes) -> bool:
    return "\ufffd" not in line.decode("utf-8", errors="replace")


def _is_json(path: Path, sample: bytes) -> bool:
    return path.suffix.lower() in (".geojson", ".json") or sample.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _lines(path: Path, encoding: str) -> Iterator[str]:
    wide = encoding.startswith(("utf-16", "utf-32"))
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    with path.open(encoding=name, errors="replace" if wide else "surrogateescape") as file:
        for line in file:
            yield line.rstrip("\n").lstrip("\ufeff")


def _delimited(path: Path, encoding: str) -> Table:
    lines = ((number, line) for number, line in enumerate(_lines(path, encoding), start=1))
    first = next((line for line in lines if line[1].strip()), None)
    if first is None:
        raise EmptyFile
    counts = Counter(first[1])
    delimiter = "\t" if path.suffix.lower() == ".tsv" else max(_DELIMITERS, key=lambda one: counts[one])
    cells = _cells(first[1], delimiter) or first[1].split(delimiter)
    header = _header(cells)
    ahead = () if header == _unique(cells) else (first,)
    return Table("csv", encoding, header, _rows(chain(ahead, lines), delimiter, header))


def _header(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns; made up when the first row has numbers and so is no heading."""
    if not any(_NUMBER.fullmatch(cell.strip()) for cell in cells):
        return _unique(cells)
    return _GEONAMES if len(cells) == len(_GEONAMES) else tuple(str(at) for at in range(1, len(cells) + 1))


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of columns that all differ and none of which is empty."""
    found: dict[str, None] = {}
    for at, name in enumerate(names, start=1):
        clean = BROKEN.sub("", name).strip() or str(at)
        found[clean if clean not in found else f"{clean} ({at})"] = None
    return tuple(found)


def _rows(lines: Iterator[tuple[int, str]], delimiter: str, header: tuple[str, ...]) -> Iterator[Row | Remark]:
    waiting: deque[tuple[int, str]] = deque()
    while True:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        if line[1].strip():
            yield _row(line, lines, waiting, delimiter, header)


def _row(
    line: tuple[int, str],
    lines: Iterator[tuple[int, str]],
    waiting: deque[tuple[int, str]],
    delimiter: str,
    header: tuple[str, ...],
) -> Row | Remark:
    """Return the row that begins with this line; lines it needs are taken from `waiting` and `lines`."""
    number, text = line
    cells = _cells(text, delimiter)
    if cells is None:
        waiting.extend(islice(lines, max(0, _LONGEST_RECORD - 1 - len(waiting))))
        cells = _joined(text, waiting, delimiter, len(header))
    remarks: tuple[Remark, ...] = ()
    if cells is None:
        cells = [cell.strip().strip('"') for cell in text.split(delimiter)]
        remarks = (Remark(number, "mended", Sentence(N_("the quotation marks do not fit and were left out."))),)
    if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
        template = N_("the row has {found} cells, but there are {wanted} columns.")
        return Remark(number, "refused", Sentence(template, {"found": len(cells), "wanted": len(header)}))
    return Row(number, dict(zip(header, cells, strict=False)), remarks=remarks)


def _joined(text: str, waiting: deque[tuple[int, str]], delimiter: str, width: int) -> list[str] | None:
    """Return the cells of a row that goes on in the next lines, and take those; None when it never ends.

    A line that is a whole row by itself is no part of another.
    """
    for count, (_, more) in enumerate(list(waiting), start=1):
        if len(_cells(more, delimiter) or ()) == width:
            return None
        text = f"{text}\n{more}"
        cells = _cells(text, delimiter)
        if cells is not None and len(cells) == width:
            for _ in range(count):
                waiting.popleft()
            return cells
    return None


def _cells(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of a row, or None when its quotation marks do not fit."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _geojson(path: Path, encoding: str) -> Table:
    """Return the features of a GeoJSON file (RFC 7946) as rows; the line is the number of the feature."""
    try:
        content = orjson.loads("\n".join(_replaced(path, encoding)))
    except orjson.JSONDecodeError as error:
        raise NotAGazetteer(
            path=path.name, reason=Sentence(N_("it is no valid JSON ({reason})."), {"reason": error})
        ) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise NotAGazetteer(
            path=path.name, reason=Sentence(N_("it is JSON, but has no list of features as GeoJSON has."))
        )
    header: dict[str, None] = {}
    for feature in features:
        header |= dict.fromkeys(_properties(feature) or ())
    rows = (_feature(number, one, tuple(header)) for number, one in enumerate(features, start=1))
    return Table("geojson", encoding, tuple(header), rows)


def _replaced(path: Path, encoding: str) -> Iterator[str]:
    return (BROKEN.sub("\ufffd", line) for line in _lines(path, encoding))


def _properties(feature: Any) -> dict[str, Any] | None:
    """Return the properties of a feature, with its id if it has one; None when it is no feature."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        return None
    own = {"id": feature["id"]} if feature.get("id") is not None else {}
    return {**own, **(feature.get("properties") or {})}


def _feature(number: int, feature: Any, header: tuple[str, ...]) -> Row | Remark:
    properties = _properties(feature)
    if properties is None:
        return Remark(number, "refused", Sentence(N_("this is no feature of GeoJSON.")))
    cells = {name: _written(properties.get(name)) for name in header}
    geometry = feature.get("geometry")
    point, is_centre = point_of(geometry)
    if geometry is not None and point is None:
        reason = Sentence(
            N_("from a geometry of this kind ({kind}) no point can be taken."), {"kind": kind_of(geometry)}
        )
        return Row(number, cells, remarks=(Remark(number, "mended", reason),))
    return Row(number, cells, point, is_centre)


def _written(value: Any) -> str:
    """Return the value of a property as a cell of a table would hold it."""
    if isinstance(value, list):
        return "|".join(str(one) for one in value if isinstance(one, (str, int, float)))
    return "" if value is None or isinstance(value, (dict, bool)) else str(value)
