"""REFI-QDA 1.5 (`.qdpx`): a project for programs of qualitative analysis, as MAXQDA, ATLAS.ti, NVivo and QualCoder.

https://www.qdasoftware.org. A ZIP of `project.qde` and `sources/GUID.txt`, a text each. Positions are code points of it, with
LF, from 0; the end is the first one behind, as all examples of the standard have it. An annotation is a selection with a
coding, what is said of a claim are further codings of it and links; times are cut to the second.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from typing import BinaryIO

from annotator.frames import ClaimFrame, Relation
from annotator.language import N_
from annotator.model import Annotation, Article, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.version import PROGRAM
from annotator.writers.left_out import leave_out
from annotator.writers.losses import BEYOND_BMP, CARRIED, OLDER_LABELS, SOURCES, Losses
from annotator.writers.refi_codes import CUE, Codes
from annotator.writers.refi_frames import answers_of, pointed, told, words_at
from annotator.writers.standing import Standing
from annotator.writers.target import Target
from annotator.writers.writer import Writer
from annotator.writers.xml_text import HEAD, attribute, content, derived_id, encoded

WORDS_OF_FRAMES = Reason(
    "claim_frame_parts",
    N_("Of {count} claim frames it is left out where the words of time, numbers and unnamed sources stand."),
)
WHO_LINKED = Reason("relation_reviewer", N_("Who linked {count} pairs of claims, and when, is left out."))
MERGED = Reason("merged_entity", N_("{count} entities that were merged into another are left out."))
PAGE = Reason("boilerplate", N_("Which parts of {count} articles belong to the page and not to the news is left out."))
_NAME = 80  # characters of the quote that name a selection in a list
_VARIABLES = {name: derived_id("variable", name) for name in ("outlet", "author", "date", "url", "language", "sha256")}


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write the texts, then `project.qde`; its parts grow at once, so they wait in temporary files."""
    entities = list(project.entities)
    losses.add(MERGED, *(one.id for one in entities if one.merged_into))
    with ExitStack() as stack:
        qde = _Project(project, Standing(entities), losses, target, stack)
        for marked in project:
            with target.file(f"sources/{marked.article.id}.txt") as file:
                file.write(marked.article.text.encode())
            qde.add(marked)
        qde.relate(project.relations)
        with target.file("project.qde") as file:
            qde.write(file)


class _Part:
    """One part of the project, `<Sources>` or so, that waits until it is known what stands before it."""

    def __init__(self, name: str, target: Target, stack: ExitStack) -> None:
        self._name = name
        self._file = stack.enter_context(target.scratch())

    def add(self, xml: bytes) -> None:
        self._file.write(xml)

    def write(self, file: BinaryIO) -> None:
        """Write the part; the schema allows none that is empty."""
        if self._file.tell():
            self._file.seek(0)
            file.write(f"<{self._name}>\n".encode())
            shutil.copyfileobj(self._file, file)
            file.write(f"</{self._name}>\n".encode())


class _Project:
    """`project.qde` as it grows."""

    def __init__(
        self, project: MarkedProject, register: Standing, losses: Losses, target: Target, stack: ExitStack
    ) -> None:
        self._losses, self._register = losses, register
        self.version = project.label_set.version if project.label_set else 0
        self.codes = Codes(project.label_set, register)
        self._sources, self._notes, self._links = (_Part(name, target, stack) for name in ("Sources", "Notes", "Links"))
        self._users: dict[str, str] = {}
        self._newest = ""

    def add(self, marked: MarkedArticle) -> None:
        """Add an article with all that hangs on it."""
        article = _Article(marked, self, self._register)
        for part, lines in (
            (self._sources, article.source()),
            (self._notes, article.notes()),
            (self._links, article.links()),
        ):
            part.add(encoded("".join(lines), self._losses, marked.article.id))
        self._note_losses(marked)

    def relate(self, relations: Iterable[Relation]) -> None:
        """Add the links between claims, with their notes."""
        for one in relations:
            ref = f'<NoteRef targetGUID="{derived_id("note", one.id)}"/>' if one.note else ""
            self._links.add(encoded(_link(one.id, one.type, one.a, one.b, ref), self._losses))
            if one.note:
                by = self.by(one.reviewer, one.updated_at)
                self._notes.add(encoded(_note(one.id, one.type, by, one.note), self._losses))
            self._losses.add(WHO_LINKED, one.a)

    def by(self, reviewer: str, when: str) -> str:
        """Return the attributes that say who made something and when."""
        moment = f"{when[:19]}Z"
        if moment > self._newest:
            self._newest = moment
        return f'creatingUser="{self.user(reviewer)}" creationDateTime="{moment}"'

    def user(self, name: str) -> str:
        """Return the GUID of a reviewer."""
        return self._users.get(name) or self._users.setdefault(name, derived_id("reviewer", name))

    def write(self, file: BinaryIO) -> None:
        """Write the whole."""
        file.write(encoded("".join(self._before()), self._losses))
        for part in (self._sources, self._notes, self._links):
            part.write(file)
        file.write(b"</Project>\n")

    def _before(self) -> Iterator[str]:
        created = f' creationDateTime="{self._newest}"' if self._newest else ""
        yield f'{HEAD}<Project xmlns="urn:QDA-XML:project:1.0" name="Hashiya" origin="{PROGRAM}"{created}>\n'
        users = (f'<User guid="{guid}" name="{attribute(name)}"/>' for name, guid in sorted(self._users.items()))
        yield f"<Users>{''.join(users)}</Users>\n" if self._users else ""
        yield from self.codes.book()
        told = (f'<Variable guid="{guid}" name="{name}" typeOfVariable="Text"/>' for name, guid in _VARIABLES.items())
        yield f"<Variables>{''.join(told)}</Variables>\n"

    def _note_losses(self, marked: MarkedArticle) -> None:
        leave_out(self._losses, marked, SOURCES, CARRIED, BEYOND_BMP)
        self._losses.add(OLDER_LABELS, *(one.id for one in marked.annotations if one.label_set != self.version))
        self._losses.add(WORDS_OF_FRAMES, *(claim for claim, frame in marked.frames.items() if words_at(frame)))
        self._losses.add(PAGE, *([marked.article.id] if marked.article.boilerplate else []))


class _Article:
    """The parts of the project that one article gives."""

    def __init__(self, marked: MarkedArticle, project: _Project, register: Standing) -> None:
        self._marked, self._project, self._register = marked, project, register
        self._annotations = {one.id: one for one in marked.annotations}

    def source(self) -> Iterator[str]:
        """Yield the text's entry with its selections."""
        article = self._marked.article
        by = self._project.by(article.source.imported_by, article.source.imported_at)
        name = f'name="{attribute(article.title)}" plainTextPath="internal://{article.id}.txt"'
        yield f'<TextSource guid="{article.id}" {name} {by}>\n'
        yield from map(self._selection, self._marked.annotations)
        for claim, frame in self._marked.frames.items():
            yield from self._cues(self._annotations[claim], frame)
        yield from _values(article)
        yield "</TextSource>\n"

    def notes(self) -> Iterator[str]:
        """Yield what claim frames say in words, and the reasons of verdicts."""
        for claim, frame in self._marked.frames.items():
            one = self._annotations[claim]
            yield _note(f"frame:{claim}", "claim", self._project.by(one.reviewer, one.updated_at), told(frame))
        for verdict in chain.from_iterable(self._marked.verdicts.values()):
            by = self._project.by(verdict.reviewer, verdict.updated_at)
            if verdict.reason:
                yield _note(f"verdict:{verdict.claim}:{verdict.reviewer}", verdict.value, by, verdict.reason)

    def links(self) -> Iterator[str]:
        """Yield what claim frames point to."""
        for claim, frame in self._marked.frames.items():
            ends = [(part, end) for part, end in pointed(frame) if end in self._annotations]
            ends += [("cue", _cue(claim, one.start, one.end)) for one in frame.cue]
            for part, end in dict.fromkeys(ends):
                yield _link(derived_id("link", f"{claim}:{part}:{end}"), part, claim, end)

    def _selection(self, one: Annotation) -> str:
        name = one.form or one.quote[:_NAME]
        by = self._project.by(one.reviewer, one.created_at)
        modified = f'modifyingUser="{self._project.user(one.reviewer)}" modifiedDateTime="{one.updated_at[:19]}Z"'
        note = f"<Description>{content(one.note)}</Description>" if one.note else ""
        frame = (
            f'<NoteRef targetGUID="{derived_id("note", f"frame:{one.id}")}"/>' if one.id in self._marked.frames else ""
        )
        head = f'guid="{one.id}" name="{attribute(name)}" startPosition="{one.start}" endPosition="{one.end}" {by} {modified}'
        return f"<PlainTextSelection {head}>{note}{''.join(self._codings(one, by))}{frame}</PlainTextSelection>\n"

    def _codings(self, one: Annotation, by: str) -> Iterator[str]:
        yield _coding(one.id, self._project.codes.label(one.label), by)
        link = self._marked.links.get(one.id)
        meant = self._register.meant(self._marked, one.id) if link else None
        if meant:
            yield _coding(one.id, meant.id, by)
        elif link:
            yield _coding(one.id, self._project.codes.answer("register", link.answer), by)
        frame = self._marked.frames.get(one.id)
        for key, value in answers_of(frame) if frame else ():
            yield _coding(one.id, self._project.codes.answer(key, value), by)
        for verdict in self._marked.verdicts.get(one.id, ()):
            code = self._project.codes.answer("verdict", verdict.value)
            reason = derived_id("note", f"verdict:{verdict.claim}:{verdict.reviewer}") if verdict.reason else ""
            yield _coding(
                f"{one.id}:{verdict.reviewer}", code, self._project.by(verdict.reviewer, verdict.updated_at), reason
            )

    def _cues(self, claim: Annotation, frame: ClaimFrame) -> Iterator[str]:
        by = self._project.by(claim.reviewer, claim.updated_at)
        for start, end, quote in dict.fromkeys((one.start, one.end, one.quote) for one in frame.cue):
            guid = _cue(claim.id, start, end)
            head = f'guid="{guid}" name="{attribute(quote[:_NAME])}" startPosition="{start}" endPosition="{end}" {by}'
            yield f"<PlainTextSelection {head}>{_coding(guid, CUE, by)}</PlainTextSelection>\n"


def _coding(of: str, code: str, by: str, note: str = "") -> str:
    ref = f'<NoteRef targetGUID="{note}"/>' if note else ""
    return f'<Coding guid="{derived_id("coding", f"{of}:{code}")}" {by}><CodeRef targetGUID="{code}"/>{ref}</Coding>'


def _cue(claim: str, start: int, end: int) -> str:
    return derived_id("cue", f"{claim}:{start}:{end}")


def _note(of: str, name: str, by: str, text: str) -> str:
    head = f'guid="{derived_id("note", of)}" name="{attribute(name)}" {by}'
    return f"<Note {head}><PlainTextContent>{content(text)}</PlainTextContent></Note>\n"


def _link(guid: str, name: str, origin: str, end: str, inside: str = "") -> str:
    ends = f'originGUID="{origin}" targetGUID="{end}"'
    return f'<Link guid="{guid}" name="{attribute(name)}" direction="OneWay" {ends}>{inside}</Link>\n'


def _values(article: Article) -> Iterator[str]:
    for name, guid in _VARIABLES.items():
        value = article.source.url if name == "url" else getattr(article, name)
        if value:
            ref = f'<VariableRef targetGUID="{guid}"/>'
            yield f"<VariableValue>{ref}<TextValue>{content(value)}</TextValue></VariableValue>\n"


WRITER = Writer(
    "refi",
    N_("REFI-QDA: a project for MAXQDA, ATLAS.ti, NVivo, QualCoder"),
    ".qdpx",
    write,
    is_archive=True,
    keeps=N_(
        "Keeps texts, annotations of all reviewers as codings, notes, verdicts, answers of frames and "
        "relations as links. Leaves out source records and who linked two claims."
    ),
)
