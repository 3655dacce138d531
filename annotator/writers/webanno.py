"""WebAnno TSV 3.3: for every article its sentences, tokens and all that is marked, as INCEpTION and WebAnno read it.

The grammar is that of "WebAnno TSV 3.3 File format" in INCEpTION's user guide. Offsets are UTF-16 units. The layers must be in
the project that reads it, so the type system goes along. Values escape what the format reserves; `#Text` lines escape
controls and the backslash alone, because that is what INCEpTION undoes in them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from typing import TextIO

from annotator.language import N_
from annotator.model import MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.text.tokens import Span, Word, sentences
from annotator.text.utf16 import Utf16Offsets
from annotator.writers.layers import LAYERS, Layer, Structure, structures
from annotator.writers.left_out import leave_out
from annotator.writers.losses import ACROSS, ENTITIES, SOURCES, Losses
from annotator.writers.standing import Standing
from annotator.writers.target import Target
from annotator.writers.text_out import looking, text_in
from annotator.writers.type_system import ANNOTATION, type_system
from annotator.writers.units import Held, Sentence, Units, cut
from annotator.writers.writer import Writer

TIMES = Reason("times", N_("When {count} annotations were made and changed is left out."))
LOOSE = Reason(
    "claim_frame_parts",
    N_(
        "Of {count} claim frames what has no place in the article is not kept: numbers, words of time, removed annotations."
    ),
)
DETAILS = Reason("details", N_("Title, outlet, author and date of {count} articles are left out."))
_RESERVED = re.compile(r"->|[\\\[\]|_;*\t\n]")
_NAMED = {"\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\b": "\\b"}
_IN_TEXT = re.compile("[\x00-\x0a\x0c-\x1f\\\\]")
_LINE_END = re.compile("\r\n?")
_NOTHING, _NO_VALUE = "_", "*"
# A value stands on each token of its span, so what is long or for programs alone would multiply.
_NOT_WRITTEN = frozenset(("json", "createdAt", "updatedAt"))


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write `TypeSystem.xml` and `00001.tsv` and so on, in the order of the articles."""
    entities = list(project.entities)
    register = Standing(entities)
    with target.file("TypeSystem.xml") as file:
        file.write(type_system())
    for number, marked in enumerate(project, start=1):
        with target.file(f"{number:05}.tsv") as file, text_in(file) as out:
            _Article(marked, register, looking(file, sentences(marked.article.text))).write(out)
        losses.add(DETAILS, marked.article.id)
        losses.add(TIMES, *(one.id for one in marked.annotations))
        losses.add(LOOSE, *_frames_with_loose_words(marked))
        leave_out(losses, marked, SOURCES, ACROSS)
    losses.add(ENTITIES, *(entity.id for entity in entities))


def _frames_with_loose_words(marked: MarkedArticle) -> Iterator[str]:
    """Yield the claims whose frame says something that has no place in the article."""
    here = {one.id for one in marked.annotations} | {""}
    for claim, frame in marked.frames.items():
        mentioned = {frame.parent, *(one.annotation for one in frame.about), *(one.annotation for one in frame.places)}
        time = frame.time
        loose_time = time is not None and bool(time.words) and time.start is None
        if mentioned - here or loose_time or any(one.start is None for one in frame.numbers):
            yield claim


class _Article:
    """The file of one article."""

    def __init__(self, marked: MarkedArticle, register: Standing, words: Iterable[list[Word]]) -> None:
        self._text = marked.article.text
        self._offsets = Utf16Offsets(self._text)
        found = structures(marked, register)
        self._sentences = cut(self._text, words, ((one.start, one.end) for one in found))
        self._units = Units([token for sentence in self._sentences for token in sentence.tokens], found)
        self._columns = [_Column(layer, found) for layer in LAYERS if any(one.layer is layer for one in found)]
        self._empty = f"\t{_NOTHING}" * sum(column.width for column in self._columns)
        self._firsts = list(accumulate((len(sentence.tokens) for sentence in self._sentences), initial=0))
        self._ids: dict[Structure, int] = {}
        self._cells_of: dict[Structure, tuple[str, ...]] = {}
        self._written_cells: dict[tuple[Structure, ...], str] = {}

    def write(self, out: TextIO) -> None:
        """Write the header, and behind two empty lines the sentences with an empty line between them."""
        out.write("".join(["#FORMAT=WebAnno TSV 3.3\n", *(column.head for column in self._columns), "\n"]))
        for number, sentence in enumerate(self._sentences, start=1):
            out.write("".join(["\n", *self._heading(sentence), *self._rows(number, sentence)]))

    def _heading(self, sentence: Sentence) -> Iterator[str]:
        for line in self._text[sentence.tokens[0][0] : sentence.end].split("\n"):
            yield f"#Text={_IN_TEXT.sub(_escaped_control, line)}\n"

    def _rows(self, number: int, sentence: Sentence) -> Iterator[str]:
        """Yield the rows of the tokens of a sentence, each with those of its parts."""
        first = self._firsts[number - 1]
        for place, token in enumerate(sentence.tokens):
            name = f"{number}-{place + 1}"
            yield self._row(name, token, self._units.whole.get(first + place))
            if first + place in self._units.parts:
                for at, (part, held) in enumerate(self._units.parts_of(first + place), start=1):
                    yield self._row(f"{name}.{at}", part, held)

    def _row(self, name: str, place: Span, held: Held | None) -> str:
        start, end = place
        word = self._text[start:end]
        if not word.isalnum():
            word = _escaped(word)
        if self._offsets.differ:
            start, end = self._offsets.of(start), self._offsets.of(end)
        return f"{name}\t{start}-{end}\t{word}{self._cells(held) if held else self._empty}\n"

    def _cells(self, held: Held) -> str:
        """Return the cells of a unit, which are the same where the same structures stand."""
        structures = tuple(chain.from_iterable(held.values()))
        if structures not in self._written_cells:
            self._written_cells[structures] = "".join(f"\t{cell}" for cell in self._each_cell(held))
        return self._written_cells[structures]

    def _each_cell(self, held: Held) -> Iterator[str]:
        for column in self._columns:
            stack = held.get(column.layer)
            if stack is None:
                yield from [_NOTHING] * column.width
            elif len(stack) == 1:
                yield from self._said(column, stack[0])
            else:
                yield from map("|".join, zip(*(self._said(column, one) for one in stack), strict=True))

    def _said(self, column: _Column, one: Structure) -> tuple[str, ...]:
        """Return the cells of one structure, which are the same on each of its units."""
        if one not in self._cells_of:
            self._cells_of[one] = tuple(self._written(column, one))
        return self._cells_of[one]

    def _written(self, column: _Column, one: Structure) -> Iterator[str]:
        suffix = self._suffix(one)
        yield from (f"{_value(one, feature)}{suffix}" for feature in column.features)
        if column.layer.link:
            yield f"{_roles(one)}{suffix}"
            yield self._fillers(one)
        elif column.layer.between:
            yield self._governor(one)

    def _suffix(self, one: Structure) -> str:
        """Return the id in brackets that tells a structure from others, for one that needs it; ids count from 1."""
        return f"[{self._id(one)}]" if one in self._units.in_need else ""

    def _id(self, one: Structure) -> int:
        return self._ids.setdefault(one, len(self._ids) + 1)

    def _fillers(self, one: Structure) -> str:
        return ";".join(f"{self._unit(filler)}[{self._id(filler)}]" for _, filler in one.roles)

    def _governor(self, one: Structure) -> str:
        """Return the unit where a relation comes from, with the ids of both ends."""
        governor, dependent = one.ends or (one, one)
        return f"{self._unit(governor)}[{self._id(governor)}_{self._id(dependent)}]"

    def _unit(self, one: Structure) -> str:
        number, place = self._units.first_of(one)
        spans = [span for span, _ in self._units.parts_of(number)]
        return f"{self._name(number)}.{spans.index(place) + 1}" if place in spans else self._name(number)

    def _name(self, number: int) -> str:
        """Return how a token is called, by its number in the article."""
        sentence = bisect_right(self._firsts, number)
        return f"{sentence}-{number - self._firsts[sentence - 1] + 1}"


class _Column:
    """The columns of a layer: those of its features that have a value anywhere in the article, and what it points to."""

    def __init__(self, layer: Layer, found: list[Structure]) -> None:
        self.layer = layer
        used = {name for one in found if one.layer is layer for name in one.values} - _NOT_WRITTEN
        self.features = [name for name in layer.features if name in used]
        self.width = len(self.features) + (2 if layer.link else 1 if layer.between else 0)
        self.head = "|".join([f"#T_{'RL' if layer.between else 'SP'}={layer.name}", *self.features, *self._pointing()])
        self.head += "\n"

    def _pointing(self) -> Iterator[str]:
        if self.layer.link:
            yield from (f"ROLE_{self.layer.name}:roles_{self.layer.link}", ANNOTATION)
        elif self.layer.between:
            yield f"BT_{self.layer.between}"


def _value(one: Structure, feature: str) -> str:
    value = one.values.get(feature)
    return _escaped(_LINE_END.sub("\n", value)) if value else _NO_VALUE


def _roles(one: Structure) -> str:
    return ";".join(_escaped(role) for role, _ in one.roles)


def _escaped(value: str) -> str:
    return _RESERVED.sub(lambda found: _NAMED.get(found.group(), f"\\{found.group()}"), value)


def _escaped_control(found: re.Match[str]) -> str:
    return _NAMED.get(found.group(), f"\\{found.group()}")


WRITER = Writer(
    "webanno",
    N_("WebAnno TSV 3.3 with its type system, for INCEpTION"),
    "",
    write,
    keeps=N_(
        "Keeps overlapping annotations, claim frames, verdicts, relations and notes, by sentences and "
        "tokens. Leaves out when something was marked, details of articles and the register."
    ),
)
