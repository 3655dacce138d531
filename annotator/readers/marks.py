"""Marks that other tools made: their offsets become code points of the canonical text, proved by the words they cover.

Tools count code points or UTF-16 units, of the text as it was or with other line ends. Which of these a file means is chosen
by the words that it keeps with its marks; a mark whose words do not stand where it says is refused, never moved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.language import N_, Sentence
from annotator.model import ACTOR, CLAIM, PLACE, Annotation
from annotator.text.canonical import canonical_line_ends

CODE_POINTS, UTF16 = "code points", "UTF-16"
RELATIONS = N_("relations between marks")
REJECTED = N_("marks of answers that were rejected or ignored")
PREDICTED = N_("predictions that nobody confirmed")
CANCELLED = N_("annotations that were cancelled")
OF_TEXTS = N_("labels of whole texts, and answers to questions about them")
_LONGEST_NAME = 80
_SPACE = re.compile(r"\r\n|\s")
_FOREIGN = "foreign:"  # so that no id of another tool is taken for one of ours


@dataclass(frozen=True, slots=True)
class RawMark:
    """A mark as a file has it: offsets in the file's own units, and the words it is said to cover, if the file keeps them.

    `context` are the words before and after it, where the format says that a mark may be found by its words.
    """

    id: str
    label: Any
    start: Any
    end: Any
    quote: str | None = None
    note: str = ""
    reviewer: str = ""
    context: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RawRelation:
    """A relation between two marks of a file, by their ids there."""

    a: str
    type: str
    b: str


@dataclass(slots=True)
class Marks:
    """All marks of one text, the unit in which their tool usually counts, and how much of what is not taken."""

    marks: list[RawMark] = field(default_factory=list)
    relations: list[RawRelation] = field(default_factory=list)
    not_taken: Counter[str] = field(default_factory=Counter)
    counting: str = CODE_POINTS


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of marks: annotations with ids of the file, those refused with the reason, and what is to be said."""

    annotations: tuple[Annotation, ...]
    refused: tuple[tuple[str, Sentence], ...]
    notes: tuple[Sentence, ...]


class Unfit(Exception):
    """A mark that does not fit its text; carries the sentence."""

    def __init__(self, template: str, **details: Any) -> None:
        super().__init__(template)
        self.sentence = Sentence(template, details)


class Offsets:
    """The ways to count in a text: as it was read and in its canonical form, in code points and in UTF-16."""

    def __init__(self, decoded: str, text: str) -> None:
        self._length = len(text)
        self._gone = [] if decoded == text else _dropped(decoded)
        self._wide = {True: _beyond_bmp(decoded), False: _beyond_bmp(text)}

    def ways(self, usual: str) -> list[tuple[str, bool]]:
        """Return the ways that may differ here, the usual first: (unit, whether in the text as it was read)."""
        other = UTF16 if usual == CODE_POINTS else CODE_POINTS
        units = [usual, other] if self._wide[False] else [usual]
        return [(unit, as_read) for as_read in ((False, True) if self._gone else (False,)) for unit in units]

    def position(self, offset: int, way: tuple[str, bool]) -> int | None:
        """Return the position in canonical code points, or None where there is none."""
        unit, as_read = way
        if unit == UTF16:
            wide = self._wide[as_read]
            before = bisect_left(wide, offset)
            if before and wide[before - 1] + 1 == offset:
                return None
            offset -= before
        if as_read:
            offset -= bisect_left(self._gone, offset)
        return offset if 0 <= offset <= self._length else None


def settle(marks: Marks, decoded: str, text: str) -> Settled:
    """Turn the marks of a text into annotations, as far as they fit it."""
    offsets = Offsets(decoded, text)
    ways = offsets.ways(marks.counting)
    best = max(ways, key=lambda way: sum(_fits(mark, offsets, way, text) for mark in marks.marks))
    annotations: list[Annotation] = []
    refused: list[tuple[str, Sentence]] = []
    moved = 0
    for mark in marks.marks:
        try:
            start, end, was_moved = _place_or_words(mark, offsets, best, text)
            moved += was_moved
            annotations.append(annotation_of(mark, start, end, text))
        except Unfit as error:
            refused.append((mark.id, error.sentence))
    return Settled(tuple(annotations), tuple(refused), tuple(_notes(marks.marks, ways, best, moved)))


def annotation_of(mark: RawMark, start: int, end: int, text: str) -> Annotation:
    """Return the annotation of a mark that covers `[start, end)`; raise Unfit when it has no label."""
    return Annotation(
        foreign_id(mark.id), "", label_key(mark.label), start, end, text[start:end], mark.note.strip(),
        reviewer_name(mark.reviewer), "", "",
    )  # fmt: skip


def foreign_id(identity: str) -> str:
    """Return the id of another tool in a form that no id of ours has."""
    return f"{_FOREIGN}{identity}"


def label_key(label: Any) -> str:
    """Return the key of a label: the name it has in the file, but for our own three, however they are written."""
    if not isinstance(label, str | int) or not str(label).strip():
        raise Unfit(N_("it has no label."))
    name = " ".join(str(label).split())
    if len(name) > _LONGEST_NAME:
        raise Unfit(N_("its label is longer than {count} characters."), count=_LONGEST_NAME)
    return name.casefold() if name.casefold() in (ACTOR, PLACE, CLAIM) else name


def reviewer_name(name: Any) -> str:
    """Return the name of who made a mark as one line, or nothing."""
    return " ".join(str(name).split())[:_LONGEST_NAME].strip() if name is not None else ""


def same_words(quote: str, found: str) -> bool:
    """Tell whether words are the same but for the kind of white space, which formats of lines cannot keep."""
    return quote == found or _SPACE.sub(" ", quote).strip() == _SPACE.sub(" ", found).strip() != ""


def whole_number(value: Any) -> int:
    """Return an offset; raise Unfit when it is no whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unfit(N_("its place is no whole number ({value})."), value=str(value)[:40])
    return value


def _place_or_words(mark: RawMark, offsets: Offsets, way: tuple[str, bool], text: str) -> tuple[int, int, bool]:
    """Return the place of a mark, and whether it is the one place of its words because its position does not fit."""
    try:
        return *_place(mark, offsets, way, text), False
    except Unfit:
        found = _by_words(mark, text)
        if found is None:
            raise
        return *found, True


def _by_words(mark: RawMark, text: str) -> tuple[int, int] | None:
    """Return the one place where the words of a mark stand between those around it; else the only one where they stand."""
    if mark.context is None or not mark.quote:
        return None
    before, words, after = (canonical_line_ends(part) for part in (mark.context[0], mark.quote, mark.context[1]))
    for prefix, suffix in ((before, after), ("", "")):
        sought = f"{prefix}{words}{suffix}"
        start = text.find(sought)
        if start >= 0:
            alone = text.find(sought, start + 1) < 0
            return (start + len(prefix), start + len(prefix) + len(words)) if alone else None
    return None


def _place(mark: RawMark, offsets: Offsets, way: tuple[str, bool], text: str) -> tuple[int, int]:
    start, end = whole_number(mark.start), whole_number(mark.end)
    first, last = offsets.position(start, way), offsets.position(end, way)
    if first is None or last is None or first >= last:
        raise Unfit(N_("the span {start}–{end} does not lie in the text."), start=start, end=end)
    if mark.quote is not None and not same_words(mark.quote, text[first:last]):
        raise Unfit(
            N_("at {start}–{end} stands “{found}” and not “{quote}”."),
            start=start, end=end, found=_short(text[first:last]), quote=_short(mark.quote),
        )  # fmt: skip
    return first, last


def _fits(mark: RawMark, offsets: Offsets, way: tuple[str, bool], text: str) -> bool:
    try:
        _place(mark, offsets, way, text)
    except Unfit:
        return False
    return True


def _notes(
    marks: Sequence[RawMark], ways: Sequence[tuple[str, bool]], best: tuple[str, bool], moved: int
) -> Iterable[Sentence]:
    unit, as_read = best
    if moved:
        template = N_("{count} of its marks were found by their words, because their positions do not fit.")
        yield Sentence(template, {"count": moved})
    if marks and (unit != CODE_POINTS and len(ways) > 1):
        yield Sentence(N_("Its marks count in {unit}; they were converted to code points."), {"unit": unit})
    if marks and as_read:
        yield Sentence(N_("Its marks count its own line ends; they were moved to the uniform ones."))
    if len(ways) > 1 and any(mark.quote is None for mark in marks):
        yield Sentence(
            N_("The file keeps no words with its marks, so it could not be proved how they count. Look at them.")
        )


def _dropped(decoded: str) -> list[int]:
    """Return which code points of a text are not in its canonical form: a byte order mark, and LF behind CR."""
    gone = [0] if decoded.startswith("\ufeff") else []
    return gone + [found.start() + 1 for found in re.finditer("\r\n", decoded)]


def _beyond_bmp(text: str) -> list[int]:
    """Return where, in UTF-16 units, the characters stand that need two of them."""
    found = (match.start() for match in re.finditer("[\U00010000-\U0010ffff]", text))
    return [at + before for before, at in enumerate(found)]


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:40]}…"
