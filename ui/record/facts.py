"""The source record of an article as rows of a name and a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model import Article
from ui.locale_words import shown_moment, shown_share
from ui.translate import isolated, language, tr


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: what it is, its value, and whether that is a code that one copies rather than reads."""

    name: str
    value: str
    code: bool = False


def facts_of(article: Article) -> list[Fact]:
    """Return what is known of where an article came from; what else is not known has no row."""
    return [fact for fact in _facts(article) if fact.value]


def _facts(article: Article) -> Iterator[Fact]:
    source, spoken = article.source, language()
    yield Fact(tr("File"), source.file, True)
    yield Fact(tr("Part of the file"), source.part, True)
    # Where and when it was captured is the first that is asked of evidence, so it is said too where nobody knows.
    unknown = tr("not recorded")
    yield Fact(tr("Address"), source.url or unknown, bool(source.url))
    yield Fact(tr("Captured"), shown_moment(source.captured_at, spoken) or unknown)
    yield Fact(tr("Imported"), _imported(article))
    yield Fact(tr("Read with"), _joined(source.reader, source.reader_version, source.program))
    yield Fact(tr("Encoding"), _encoding(article))
    yield Fact(tr("SHA-256 of the bytes"), source.bytes_sha256, True)
    yield Fact(tr("SHA-256 of the text"), article.sha256, True)
    yield Fact(tr("SHA-256 of the whole file"), source.file_sha256, True)
    yield Fact(tr("Number in this project"), article.id, True)


def _imported(article: Article) -> str:
    source = article.source
    said = tr("{when}, by {who}")
    return said.format(when=shown_moment(source.imported_at, language()), who=isolated(source.imported_by))


def _encoding(article: Article) -> str:
    encoding, sure = isolated(article.source.encoding), article.source.confidence
    if sure is None:
        return encoding
    return tr("{encoding}, recognised with a confidence of {share}").format(
        encoding=encoding, share=shown_share(sure, language())
    )


def _joined(*parts: str) -> str:
    return " · ".join(isolated(part) for part in parts if part)
