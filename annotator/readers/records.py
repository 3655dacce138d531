"""From one record of a file (a JSON object, a row of a table) to a draft, by a mapping of its columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from annotator.file_errors import NothingIsText, NotReadable, TextMissing
from annotator.language import N_, Sentence
from annotator.readers.draft import Draft, draft_of
from annotator.readers.field_mapping import Mapped
from annotator.readers.published import published
from annotator.readers.source_file import SourceFile
from annotator.readers.utf8_view import Utf8View
from annotator.text.canonical import has_other_line_ends

SURE = 0.9
_TAGS = re.compile(r"<(?:p|br|div|span|a|img|h[1-6]|strong|em|ul|li)\b[^<>]*>", re.IGNORECASE)
_ONE_LINE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Records:
    """What all records of one file have in common."""

    source: SourceFile
    sha256: str
    encoding: str
    confidence: float | None
    mapping: Mapped
    reader: str
    reader_version: str = ""

    def __post_init__(self) -> None:
        """Refuse the whole file at once when no column of it can be the text."""
        if "text" not in self.mapping.columns:
            raise NotReadable(reason=NothingIsText().sentence)

    @classmethod
    def of(cls, source: SourceFile, view: Utf8View, mapping: Mapped, reader: str) -> Records:
        """Return what the records of a file that was cut into them have in common."""
        return cls(source, view.sha256, view.encoding, view.confidence, mapping, reader)

    def draft(
        self, field: Callable[[str], str], *, original: bytes, part: str, bytes_sha256: str = "", reader: str = ""
    ) -> Draft:
        """Return the draft of a record; `field` gives what stands in it for a field of an article.

        Raises TextMissing, EmptyFile or ForbiddenCharacter.
        """
        text = field("text")
        if not text.strip():
            raise TextMissing(column=self.mapping.columns.get("text", ""))
        written = field("date").strip()
        date = published(written) if written else ""
        doubts = (*self.mapping.doubts, *self._doubts(text))
        return draft_of(
            text,
            source=self.source,
            original=original,
            bytes_sha256=bytes_sha256,
            reader=reader or self.reader,
            reader_version=self.reader_version,
            encoding=self.encoding,
            confidence=self.confidence,
            title=_line(field("title")),
            notes=(*_notes(text, written if not date else ""), *doubts),
            doubts=doubts,
            part=part,
            file_sha256=self.sha256,
            outlet=_line(field("outlet")),
            author=_line(field("author")),
            date=date,
            url=field("url").strip(),
        )

    def _doubts(self, text: str) -> Iterator[Sentence]:
        if self.confidence is not None and self.confidence < SURE:
            details = {"encoding": self.encoding, "percent": round(self.confidence * 100)}
            yield Sentence(
                N_("Its encoding was guessed: {encoding} ({percent} %). If it reads wrongly, import it again."), details
            )
        if len(_TAGS.findall(text, 0, 20_000)) > 1:
            yield Sentence(N_("The text holds HTML tags. They were kept as they stand."))


def _notes(text: str, date: str) -> Iterator[Sentence]:
    if has_other_line_ends(text):
        yield Sentence(N_("Its line ends were made uniform; the original bytes are kept."))
    if date:
        yield Sentence(N_("Its date was not understood: “{date}”."), {"date": date[:80]})


def _line(text: str) -> str:
    return _ONE_LINE.sub(" ", text).strip()


def in_cells(mapping: Mapped, cells: Mapping[str, str]) -> Callable[[str], str]:
    """Return the function that gives what the cells of a row hold for a field of an article."""
    return lambda name: cells.get(mapping.columns.get(name, ""), "")


def has_surrogates(value: str) -> bool:
    """Tell whether a text holds half characters, which no file can hold."""
    return not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value)
