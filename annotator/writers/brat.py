"""brat stand-off: for every article a `.txt` and a `.ann`, with the configuration that brat needs.

https://brat.nlplab.org/standoff.html. Offsets are code points of the `.txt`, which is the canonical text to the byte. Types
may only have ASCII letters, digits, `-` and `_`: a label with other characters gets a number, and `visual.conf` says its
name. A span over line ends is written as fragments, one a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from annotator.frames import ClaimFrame
from annotator.language import N_
from annotator.model import Annotation, Attribute, LabelSet, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.writers.left_out import leave_out, leave_out_entities
from annotator.writers.losses import ACROSS, FORMS, NEWLINES, REVIEWERS, SOURCES, VERDICTS, Losses
from annotator.writers.target import Target
from annotator.writers.writer import Writer

IN_FRAGMENTS = Reason(NEWLINES.key, NEWLINES.template, N_("They are written as fragments, one a line."))
ONLY_LINE_ENDS = Reason("only_line_ends", N_("{count} annotations cover nothing but line ends and are left out."))
FRAME_PARTS = Reason(
    "claim_frame_parts",
    N_("Of {count} claim frames the cue, unnamed sources, time and numbers are not kept."),
)
_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_LINES = re.compile(r"[^\n]+")
_CHOICES = ("mode", "kind", "hedging")
_POINTING = ("source", "via", "about", "place", "parent")


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write the articles as `00001.txt` and `00001.ann` in their order, and `annotation.conf`, `visual.conf`, `tools.conf`."""
    names = Types(project.label_set)
    for number, marked in enumerate(project, start=1):
        with target.file(f"{number:05}.txt") as file:
            file.write(marked.article.text.encode())
        with target.file(f"{number:05}.ann") as file:
            file.write("".join(f"{line}\n" for line in _Article(marked, names, losses).lines()).encode())
        leave_out(losses, marked, SOURCES, VERDICTS, FORMS, REVIEWERS, ACROSS)
        losses.add(FRAME_PARTS, *marked.frames)
    leave_out_entities(losses, project)
    for name, text in (
        ("annotation.conf", _annotation_conf(names)),
        ("visual.conf", _visual_conf(names)),
        ("tools.conf", _TOOLS),
    ):
        with target.file(name) as file:
            file.write(text.encode())


class Types:
    """The names that labels, relations and answers have in brat."""

    def __init__(self, label_set: LabelSet | None) -> None:
        self.labels = {label.key: label for label in (label_set.labels if label_set else ())}
        self.attributes = {one.key: one for one in (label_set.attributes if label_set else ())}
        self._given: dict[str, str] = {}

    def of(self, key: str) -> str:
        """Return the type for a key: itself where brat allows it, else a number that stays the same within an export."""
        return key if _TYPE.fullmatch(key) else self._given.setdefault(key, f"type_{len(self._given) + 1}")

    def values(self, attribute: str) -> list[str]:
        """Return the types of the answers that an attribute allows."""
        found: Attribute | None = self.attributes.get(attribute)
        return [self.of(value.key) for value in found.values] if found else []


class _Article:
    """The lines of one `.ann` file."""

    def __init__(self, marked: MarkedArticle, names: Types, losses: Losses) -> None:
        self._marked, self._names, self._losses = marked, names, losses
        self._written: dict[str, str] = {}
        self._relations, self._attributes = count(1), count(1)

    def lines(self) -> Iterator[str]:
        """Yield spans, then what is said of them."""
        for one in self._marked.annotations:
            yield from self._span(one)
        for one in self._marked.annotations:
            if one.id in self._written:
                yield from self._said_of(one)
        for relation in self._marked.own_relations:
            yield from self._relation(relation.type, relation.a, relation.b)

    def _span(self, one: Annotation) -> Iterator[str]:
        if "\n" not in one.quote:
            yield f"{self._named(one)} {one.start} {one.end}\t{one.quote}"
            return
        fragments = [(one.start + found.start(), one.start + found.end()) for found in _LINES.finditer(one.quote)]
        if not fragments:
            self._losses.add(ONLY_LINE_ENDS, one.id)
            return
        self._losses.add(IN_FRAGMENTS, one.id)
        places = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(self._marked.article.text[start:end] for start, end in fragments)
        yield f"{self._named(one)} {places}\t{words}"

    def _named(self, one: Annotation) -> str:
        name = self._written[one.id] = f"T{len(self._written) + 1}"
        return f"{name}\t{self._names.of(one.label)}"

    def _said_of(self, one: Annotation) -> Iterator[str]:
        name = self._written[one.id]
        number = name[1:]
        if one.note:
            yield f"#{number}\tAnnotatorNotes {name}\t{' '.join(one.note.split())}"
        link = self._marked.links.get(one.id)
        if link and link.entity:
            yield f"N{number}\tReference {name} Register:{link.entity}\t{' '.join(one.words.split())}"
        frame = self._marked.frames.get(one.id)
        if frame:
            yield from self._frame(one.id, frame)

    def _frame(self, claim: str, frame: ClaimFrame) -> Iterator[str]:
        for kind in _CHOICES:
            value = getattr(frame, kind)
            if value:
                yield f"A{next(self._attributes)}\t{kind} {self._written[claim]} {self._names.of(value)}"
        for part, other in _pointed(frame):
            yield from self._relation(part, claim, other)

    def _relation(self, kind: str, one: str, other: str) -> Iterator[str]:
        if one in self._written and other in self._written:
            ends = f"Arg1:{self._written[one]} Arg2:{self._written[other]}"
            yield f"R{next(self._relations)}\t{self._names.of(kind)} {ends}"


def _pointed(frame: ClaimFrame) -> Iterator[tuple[str, str]]:
    """Yield the parts of a frame that are annotations, with the ids of these."""
    for part, speaker in (("source", frame.source), ("via", frame.via)):
        if speaker and speaker.annotation:
            yield part, speaker.annotation
    yield from (("about", one.annotation) for one in frame.about)
    yield from (("place", one.annotation) for one in frame.places)
    if frame.parent:
        yield "parent", frame.parent


def _annotation_conf(names: Types) -> str:
    labels = [names.of(key) for key in names.labels]
    related = [*_POINTING, *names.values("relation")]
    lines = ["[entities]", *labels, "", "[relations]"]
    lines += [f"{kind}\tArg1:<ENTITY>, Arg2:<ENTITY>" for kind in dict.fromkeys(related)]
    lines += ["", "[events]", "", "[attributes]"]
    lines += [f"{kind}\tArg:<ENTITY>, Value:{'|'.join(found)}" for kind in _CHOICES if (found := names.values(kind))]
    return "\n".join([*lines, ""])


def _visual_conf(names: Types) -> str:
    lines = ["[labels]"]
    lines += [
        f"{names.of(key)} | {_plain(label.names.get('ar', key))} | {_plain(key)}" for key, label in names.labels.items()
    ]
    lines += ["", "[drawing]"]
    lines += [f"{names.of(key)}\tbgColor:{label.colour}" for key, label in names.labels.items()]
    return "\n".join([*lines, ""])


def _plain(name: str) -> str:
    """Return a name without the signs that part the fields of `visual.conf`."""
    return " ".join(name.replace("|", " ").split())


_TOOLS = "[options]\nTokens\ttokenizer:whitespace\nSentences\tsplitter:newline\nValidation\tvalidate:none\n"

WRITER = Writer(
    "brat",
    N_("brat stand-off, also for INCEpTION: a text and its marks"),
    "",
    write,
    keeps=N_(
        "Keeps texts, overlapping annotations, notes, links, relations and most of the claim frames. "
        "Leaves out verdicts, reviewers, times and numbers, the register."
    ),
)
