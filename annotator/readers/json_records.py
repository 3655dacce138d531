"""The records of a JSON file, whichever way they were cut out of it, as drafts.

Each record is told by its shape: our own form, marks of another tool, or a plain article whose keys are mapped. The mapping is
found from the first records, before the first draft is made, and then holds for all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from types import ModuleType
from typing import Any

from annotator.errors import ProjectError
from annotator.file_errors import EmptyFile, MarkRefused, NotTaken
from annotator.frames import Relation
from annotator.language import N_, Sentence
from annotator.model import CLAIM, Annotation
from annotator.readers import doccano, label_studio, prodigy
from annotator.readers.draft import Common, Draft, Options
from annotator.readers.field_mapping import SAMPLE, Mapped, flat, mapped, value_at, written
from annotator.readers.hanging import Unacceptable
from annotator.readers.json_values import record_in
from annotator.readers.marks import RELATIONS, Marks, RawRelation, foreign_id, settle
from annotator.readers.own_records import is_own, own_item
from annotator.readers.records import Records
from annotator.readers.source_file import SourceFile
from annotator.readers.utf8_view import Utf8View

_TOOLS: tuple[tuple[str, ModuleType], ...] = (
    ("label-studio", label_studio),
    ("prodigy", prodigy),
    ("doccano", doccano),
)
_OF_CLAIMS = ("repeats", "supports", "contradicts")


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record that was cut out: its number in the file, its bytes there as UTF-8, or why it could not be cut out."""

    number: int
    data: bytes
    error: ProjectError | None = None


@dataclass(frozen=True, slots=True)
class _Parsed:
    raw: RawRecord
    record: dict[str, Any]


class RecordReader:
    """Reads the records of one file; `refused` makes the error for a record's number and the reason."""

    def __init__(
        self,
        source: SourceFile,
        view: Utf8View,
        options: Options,
        *,
        reader: str,
        refused: Callable[[int, Any], ProjectError],
    ) -> None:
        self._source = source
        self._view = view
        self._options = options
        self._reader = reader
        self._refused = refused
        self._not_taken: Counter[str] = Counter()

    def read(self, raw: Iterable[RawRecord]) -> Iterator[Draft | Common | ProjectError]:
        """Yield what the records hold, or why one holds nothing, and last what was not taken of all of them."""
        parsed = (self._parsed(one) for one in raw)
        first = list(islice(parsed, SAMPLE))
        if not first:
            yield EmptyFile()
            return
        yield from self._all(first, parsed)
        for what, count in self._not_taken.items():
            yield NotTaken(what=Sentence(what), count=count)

    def _all(
        self, first: list[_Parsed | ProjectError], others: Iterator[_Parsed | ProjectError]
    ) -> Iterator[Draft | Common | ProjectError]:
        records: Records | None = None
        for one in chain(first, others):
            if isinstance(one, ProjectError):
                yield one
            elif is_own(one.record):
                yield self._own(one)
            else:
                records = records or Records.of(self._source, self._view, self._mapping([*first, one]), self._reader)
                yield from self._foreign(one, records)

    def rows(self, raw: Iterable[RawRecord]) -> list[dict[str, str]]:
        """Return the first records as rows of a table."""
        parsed = (self._parsed(one) for one in islice(raw, SAMPLE))
        return [flat(_fields(one.record)) for one in parsed if isinstance(one, _Parsed)]

    def _parsed(self, raw: RawRecord) -> _Parsed | ProjectError:
        if raw.error:
            return raw.error
        try:
            return _Parsed(raw, record_in(raw.data))
        except Unacceptable as error:
            return self._refused(raw.number, error.sentence)

    def _mapping(self, first: list[_Parsed | ProjectError]) -> Mapped:
        rows = [flat(_fields(one.record)) for one in first if isinstance(one, _Parsed) and not is_own(one.record)]
        return mapped(self._options.mapping, tuple(dict.fromkeys(name for row in rows for name in row)), rows)

    def _own(self, one: _Parsed) -> Draft | Common | ProjectError:
        try:
            return own_item(one.record, self._source)
        except (Unacceptable, ProjectError) as error:
            return self._refused(one.raw.number, error.sentence)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = Sentence(N_("a field is missing or of the wrong type ({field})."), {"field": error})
            return self._refused(one.raw.number, reason)

    def _foreign(self, one: _Parsed, records: Records) -> Iterator[Draft | ProjectError]:
        try:
            yield from self._drafts(one, records)
        except ProjectError as error:
            yield self._refused(one.raw.number, error.sentence)

    def _drafts(self, one: _Parsed, records: Records) -> Iterator[Draft | ProjectError]:
        name, tool = _tool_of(one.record)
        content = _fields(one.record)
        columns = records.mapping.columns

        def field(name: str) -> str:
            found = value_at(content, columns[name]) if name in columns else None
            return written(found, between="\n\n" if name == "text" else "، ")

        original = self._view.original(one.raw.data)
        draft = records.draft(field, original=original, part=str(one.raw.number), reader=name)
        if tool is None:
            yield draft
            return
        marks: Marks = tool.marks_of(one.record)
        draft, refused = marked(draft, marks, field("text"))
        self._not_taken += marks.not_taken
        yield draft
        for identity, reason in refused:
            yield self._refused(one.raw.number, MarkRefused(id=identity, reason=reason).sentence)


def marked(draft: Draft, marks: Marks, decoded: str) -> tuple[Draft, tuple[tuple[str, Sentence], ...]]:
    """Return the draft with its marks, and those that do not fit it with the reason; what is not taken is counted."""
    settled = settle(marks, decoded, draft.text)
    by_id: dict[str, Annotation] = {}
    for annotation in settled.annotations:
        by_id.setdefault(annotation.id, annotation)
    relations = tuple(filter(None, (_relation(one, by_id) for one in marks.relations)))
    if len(relations) < len(marks.relations):
        marks.not_taken[RELATIONS] += len(marks.relations) - len(relations)
    notes = (*draft.notes, *settled.notes)
    return replace(draft, annotations=settled.annotations, relations=relations, notes=notes), settled.refused


def _relation(raw: RawRelation, by_id: dict[str, Annotation]) -> Relation | None:
    """Return a relation that we have too: one between two claims."""
    a, b, kind = by_id.get(foreign_id(raw.a)), by_id.get(foreign_id(raw.b)), raw.type.casefold()
    if kind not in _OF_CLAIMS or a is None or b is None or a is b or {a.label, b.label} != {CLAIM}:
        return None
    return Relation("", a.id, kind, b.id, "", a.reviewer, "")


def is_marked(record: dict[str, Any]) -> bool:
    """Tell whether a record is an article with marks of another tool."""
    return _tool_of(record)[1] is not None


def _tool_of(record: dict[str, Any]) -> tuple[str, ModuleType | None]:
    return next(((name, tool) for name, tool in _TOOLS if tool.is_one(record)), ("", None))


def _fields(record: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a record in which the fields of an article stand."""
    _, tool = _tool_of(record)
    found: dict[str, Any] = tool.fields(record) if tool else record
    return found
