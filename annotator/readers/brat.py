"""brat stand-off: a `.ann` file with the marks of the `.txt` beside it, read together.

https://brat.nlplab.org/standoff.html. Offsets count the characters of the `.txt`. Taken are text-bound annotations (T), each
fragment for itself, with the notes (#) and attributes (A, M) on them as note; relations between claims where we have them too.
The article comes in whatever its `.ann` holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.errors import ProjectError
from annotator.file_errors import BadRecord, MarkRefused, NotTaken
from annotator.language import N_, Sentence
from annotator.readers import plain_text
from annotator.readers.draft import Draft, Options, Reader
from annotator.readers.json_records import marked
from annotator.readers.marks import Marks, RawMark, RawRelation
from annotator.readers.source_file import SourceFile
from annotator.text.encodings import decode

EVENTS = N_("events")
NORMALISED = N_("links to databases of other tools")
_TEXT_BOUND = re.compile(r"(?P<label>\S+) (?P<places>\d+ \d+(?:;\d+ \d+)*)")
_RELATION = re.compile(r"(?P<type>\S+) Arg1:(?P<a>\S+) Arg2:(?P<b>\S+)\s*")
_LINE_ENDS = re.compile("\r\n|\r|\n")


@dataclass(slots=True)
class _Lines:
    """What the lines of a `.ann` file say, before any of it is put together."""

    spans: dict[str, tuple[str, list[tuple[int, int]], str]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    relations: list[RawRelation] = field(default_factory=list)
    events: int = 0
    normalised: int = 0
    bad: list[int] = field(default_factory=list)


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    """Yield the article with its marks, then what of them was not taken and why."""
    text = source.beside(f"{source.path.stem}.txt")
    if text is None:
        reason = Sentence(N_("the text it speaks of ({file}) is not beside it."), {"file": f"{source.path.stem}.txt"})
        yield BadRecord(line=1, reason=reason)
        return
    for draft in plain_text.read(text, options):
        if isinstance(draft, Draft):
            yield from _marked(draft, source, options)
        else:
            yield draft


def _marked(draft: Draft, source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    try:
        lines = _lines(decode(data).text if (data := source.read()).strip() else "")
        decoded = draft.original.decode(draft.encoding)
    except ProjectError as error:
        yield draft
        yield error
        return
    marks = _marks(lines, decoded)
    draft, refused = marked(draft, marks, decoded)
    yield draft
    yield from (MarkRefused(id=identity, reason=reason) for identity, reason in refused)
    reason = Sentence(N_("this is no line of brat stand-off."))
    yield from (BadRecord(line=number, reason=reason) for number in lines.bad)
    yield from (NotTaken(what=Sentence(what), count=count) for what, count in marks.not_taken.items())


def _lines(content: str) -> _Lines:
    found = _Lines()
    for number, line in enumerate(_LINE_ENDS.split(content.removeprefix("\ufeff")), start=1):
        if line.strip() and not _take(line, found):
            found.bad.append(number)
    return found


def _take(line: str, found: _Lines) -> bool:
    """Take in one line; tell whether it is one."""
    identity, _, rest = line.partition("\t")
    about, _, words = rest.partition("\t")
    kind = identity[:1]
    if kind == "T" and (bound := _TEXT_BOUND.fullmatch(about)):
        places = [(int(start), int(end)) for start, end in (one.split() for one in bound["places"].split(";"))]
        found.spans[identity] = bound["label"], places, words
    elif kind == "R" and (relation := _RELATION.fullmatch(about)):
        found.relations.append(RawRelation(f"{relation['a']}", relation["type"], f"{relation['b']}"))
    elif kind in ("A", "M") and len(parts := about.split()) >= 2:
        found.notes.setdefault(parts[1], []).append(
            ": ".join((parts[0], " ".join(parts[2:]))) if parts[2:] else parts[0]
        )
    elif kind == "#" and len(parts := about.split()) == 2:
        found.notes.setdefault(parts[1], []).append(words)
    elif kind == "E":
        found.events += 1
    elif kind == "N":
        found.normalised += 1
    elif kind == "*":
        found.relations.append(RawRelation("", about.split(" ")[0], ""))
    else:
        return False
    return True


def _marks(lines: _Lines, decoded: str) -> Marks:
    found = Marks(relations=lines.relations)
    if lines.events:
        found.not_taken[EVENTS] = lines.events
    if lines.normalised:
        found.not_taken[NORMALISED] = lines.normalised
    for identity, (label, places, words) in lines.spans.items():
        found.marks += _fragments(
            identity, label, _joined(places, decoded), words, "\n".join(lines.notes.get(identity, []))
        )
    return found


def _joined(places: list[tuple[int, int]], decoded: str) -> list[tuple[int, int]]:
    """Return the fragments of a mark, joined where only white space parts them: brat cuts a mark at each line end."""
    joined = [places[0]]
    for start, end in places[1:]:
        before_start, before_end = joined[-1]
        if before_end <= start and not decoded[before_end:start].strip():
            joined[-1] = before_start, end
        else:
            joined.append((start, end))
    return joined


def _fragments(identity: str, label: str, places: list[tuple[int, int]], words: str, note: str) -> Iterator[RawMark]:
    """Yield a mark, or one for each of its fragments: what lies between them was not marked."""
    if len(places) == 1:
        yield RawMark(identity, label, *places[0], words, note)
        return
    at = 0
    for number, (start, end) in enumerate(places, start=1):
        part = words[at : at + end - start]
        at += end - start + 1
        said = "\n".join(filter(None, (f"{identity}: {number}/{len(places)}", note)))
        own = identity if number == 1 else f"{identity}.{number}"
        yield RawMark(own, label, start, end, part, said)


READER = Reader("brat", frozenset({".ann"}), read)
