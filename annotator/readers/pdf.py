"""PDF files with a text layer: one article a file.

A PDF holds signs and their places, not sentences. The text is put together from where the signs stand: rows, columns,
paragraphs, and within a row from what is seen to what is read. Pages whose words look wrong are named as a doubt.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any

from annotator.errors import ProjectError
from annotator.file_errors import DamagedFile, EmptyFile, NamelessSigns, PasswordProtected, PicturesOfText
from annotator.language import N_, Sentence
from annotator.model import Boilerplate
from annotator.readers.draft import Draft, Options, Reader, draft_of
from annotator.readers.pdf_glyphs import UNKNOWN, Glyph, glyphs_of
from annotator.readers.pdf_layout import Paragraph, paragraphs_of
from annotator.readers.pdf_letters import is_plausible, turned_words, word_score, words_of
from annotator.readers.pdf_lines import line_of
from annotator.readers.source_file import SourceFile
from annotator.readers.wrong_ending import ending_notes
from annotator.text.canonical import language_of

_ENDINGS = frozenset({".pdf"})
_FEW_SIGNS = 20  # a page with fewer is a picture if a picture fills it
_PICTURE = 0.4  # of the page
_UNKNOWN_DOUBT, _UNKNOWN_REFUSED = 0.005, 0.2  # of the signs
_BAD_TITLE = re.compile(r"(?i)microsoft \w+ - |untitled|\S+\.(docx?|odt|rtf|indd|qxd|pdf|html?)$|\W*$")
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:\d\d)?(?:([-+Zz])(?:(\d\d)'?(\d\d)?)?)?")
_PAGE_NUMBER = re.compile(r"\W*(?:صفحة|الصفحة|page)?\W*(\d+)(?:\s*(?:من|of|/)\s*\d+)?\W*", re.IGNORECASE)
_PDFIUM = threading.Lock()  # it may run only once at a time in a process


@dataclass(frozen=True, slots=True)
class _Page:
    paragraphs: tuple[Paragraph, ...] = ()
    signs: int = 0
    unknown: int = 0
    is_picture: bool = False
    is_broken: bool = False
    backwards: bool = False

    @property
    def texts(self) -> list[str]:
        return [text for one in self.paragraphs if (text := one.text)]

    @property
    def missing(self) -> int:
        return sum(text.count(UNKNOWN) for text in self.texts)

    @property
    def is_doubtful(self) -> bool:
        return self.unknown > _UNKNOWN_DOUBT * self.signs or not is_plausible(words_of(" ".join(self.texts)))


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    """Yield the one article of a PDF, or the error that says why there is none."""
    try:
        yield _draft(source, source.read())
    except ProjectError as error:
        yield error


def _draft(source: SourceFile, data: bytes) -> Draft:
    with _PDFIUM:
        details, pages, version = _contents(data)
    _refuse_unreadable(pages)
    text, boilerplate = _text(pages)
    if not text:
        raise EmptyFile
    doubts = tuple(_doubts(pages))
    title = details.get("Title", "").strip()
    draft = draft_of(
        text,
        source=source,
        original=data,
        reader="pdf",
        encoding="pdf",
        confidence=None,
        title="" if _BAD_TITLE.match(title) else title,
        notes=(*ending_notes(source, _ENDINGS, "PDF"), *_notes(text, details), *doubts),
        doubts=doubts,
        reader_version=version,
        author=details.get("Author", ""),
        captured_at=iso_date(details.get("CreationDate", "")),
    )
    return replace(draft, boilerplate=boilerplate)


def _contents(data: bytes) -> tuple[dict[str, str], list[_Page], str]:
    """Return what a PDF says of itself, its pages, and the version of what read it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PasswordProtected from error
        raise DamagedFile(format="PDF") from error
    try:
        pages = [_page(document, number, pypdfium2.PdfiumError) for number in range(len(document))]
        return document.get_metadata_dict(), pages, f"pypdfium2 {pypdfium2.version.PYPDFIUM_INFO}"
    finally:
        document.close()


def _page(document: Any, number: int, failure: type[Exception]) -> _Page:
    try:
        page = document[number]
    except failure:
        return _Page(is_broken=True)
    try:
        text_page = page.get_textpage()
        glyphs = glyphs_of(text_page)
        text_page.close()
        return _page_of(glyphs, is_filled=partial(_is_filled, page))
    except failure:
        return _Page(is_broken=True)
    finally:
        page.close()


def _page_of(glyphs: Sequence[Glyph], *, is_filled: Callable[[], bool]) -> _Page:
    signs = [one for one in glyphs if one.text.strip()]
    rtl = language_of("".join(one.text for one in signs)[:20_000]) == "ar"
    paragraphs = paragraphs_of(glyphs, partial(line_of, rtl=rtl), rtl=rtl)
    backwards = _is_backwards(paragraphs)
    if backwards:
        paragraphs = paragraphs_of(glyphs, partial(line_of, rtl=False, as_seen=False), rtl=False)
    return _Page(
        tuple(paragraphs),
        len(signs),
        sum(one.is_unknown for one in signs),
        is_picture=len(signs) < _FEW_SIGNS and is_filled(),
        backwards=backwards,
    )


def _is_backwards(paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether the words are right only when read from the wrong side: a program drew Arabic as if it were Latin."""
    words = words_of(" ".join(one.text for one in paragraphs))
    turned = word_score(turned_words(words))
    return turned > max(2, word_score(words)) and turned > 0.12 * len(words)


def _is_filled(page: Any) -> bool:
    """Tell whether a picture fills much of a page."""
    from pypdfium2 import raw

    width, height = page.get_size()
    boxes = (one.get_bounds() for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    return any((right - left) * (top - bottom) > _PICTURE * width * height for left, bottom, right, top in boxes)


def _refuse_unreadable(pages: Sequence[_Page]) -> None:
    signs, missing = sum(page.signs for page in pages), sum(page.missing for page in pages)
    if any(page.is_picture for page in pages) and signs < _FEW_SIGNS * len(pages):
        raise PicturesOfText
    if pages and all(page.is_broken for page in pages):
        raise DamagedFile(format="PDF")
    if missing > _UNKNOWN_REFUSED * signs:
        raise NamelessSigns(percent=round(100 * missing / signs))


def _text(pages: Sequence[_Page]) -> tuple[str, tuple[Boilerplate, ...]]:
    """Return the text of all pages, a paragraph a line, and which of it are headers, footers and page numbers."""
    repeated = _repeated(pages)
    lines: list[str] = []
    marked: list[Boilerplate] = []
    at = 0
    for number, page in enumerate(pages, start=1):
        texts = page.texts
        for index, text in enumerate(texts):
            is_edge = index in (0, len(texts) - 1)
            if is_edge and (_without_digits(text) in repeated or _is_number(text, number)):
                marked.append(Boilerplate(at, at + len(text)))
            lines.append(text)
            at += len(text) + 1
    return "\n".join(lines), tuple(marked)


def _repeated(pages: Sequence[_Page]) -> frozenset[str]:
    """Return what stands first or last on at least three pages and half of them, without digits."""
    edges = [{_without_digits(text) for text in (page.texts[0], page.texts[-1])} for page in pages if page.texts]
    every = {text for page in edges for text in page if text}
    return frozenset(text for text in every if sum(text in page for page in edges) >= max(3, len(edges) / 2))


def _without_digits(text: str) -> str:
    return re.sub(r"[\d\W]+", " ", text).strip()


def _is_number(text: str, page: int) -> bool:
    found = _PAGE_NUMBER.fullmatch(text)
    return found is not None and int(found.group(1)) == page


def _notes(text: str, details: dict[str, str]) -> Iterator[Sentence]:
    if language_of(text) == "ar":
        yield Sentence(
            N_("A PDF holds signs and places: joined forms were put back to plain letters, and lines to reading order.")
        )
    made = iso_date(details.get("CreationDate", ""))
    if made:
        yield Sentence(N_("The PDF was made on {date}; that need not be when it was published."), {"date": made})


def _doubts(pages: Sequence[_Page]) -> Iterator[Sentence]:
    kinds: tuple[tuple[str, Callable[[_Page], bool]], ...] = (
        (N_("The text of these pages may be wrong or lack letters (compare with the PDF): {pages}"),
         lambda page: page.is_doubtful),
        (N_("On these pages Arabic was stored backwards and has been turned round (compare with the PDF): {pages}"),
         lambda page: page.backwards),
        (N_("These pages are pictures without text, so what they say is missing: {pages}"), lambda page: page.is_picture),
        (N_("These pages are damaged, so what they say is missing: {pages}"), lambda page: page.is_broken),
    )  # fmt: skip
    for template, holds in kinds:
        numbers = [str(number) for number, page in enumerate(pages, start=1) if holds(page)]
        if numbers:
            yield Sentence(template, {"pages": ", ".join(numbers)})


def iso_date(written: str) -> str:
    """Return a date as PDF writes it (ISO 32000-1, 7.9.4) in ISO 8601, in UTC where it has a zone; empty if it is none."""
    found = _DATE.match(written)
    if not found:
        return ""
    year, month, day, hour, minute, sign, off_hours, off_minutes = found.groups()
    try:
        moment = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), tzinfo=UTC)
    except ValueError:
        return ""
    if hour is None or sign is None:
        return moment.date().isoformat() if day else "-".join(part for part in (year, month) if part)
    away = timedelta(hours=int(off_hours or 0), minutes=int(off_minutes or 0)) * (-1 if sign == "-" else 1)
    try:
        return moment.replace(tzinfo=timezone(away)).astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    except (ValueError, OverflowError):
        return ""


READER = Reader("pdf", _ENDINGS, read, recognises=lambda head: b"%PDF-" in head[:1024])
