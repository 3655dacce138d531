"""Our own lossless form: JSON Lines `hashiya/1`, one article a line with its annotations.

Described in docs/formats/jsonl.md, with its JSON Schema beside it. Key order is fixed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any, BinaryIO

import orjson

from annotator.language import Sentence
from annotator.model import Annotation, Article, MarkedArticle
from annotator.text.quotes import prefix_of, suffix_of
from annotator.writers.writer import Writer

SCHEMA = "hashiya/1"


def write(articles: Iterable[MarkedArticle], file: BinaryIO) -> tuple[Sentence, ...]:
    """Write one record a line; nothing of the current state is lost."""
    for marked in articles:
        file.write(orjson.dumps(_record(marked), option=orjson.OPT_APPEND_NEWLINE))
    return ()


def _record(marked: MarkedArticle) -> dict[str, Any]:
    article = marked.article
    text = article.text
    return {
        "schema": SCHEMA,
        "id": article.id,
        "title": article.title,
        "text": text,
        "sha256": article.sha256,
        "language": article.language,
        "direction": article.direction,
        "source": _source(article, marked.packed_original),
        "annotations": [_annotation(annotation, text) for annotation in marked.annotations],
    }


def _source(article: Article, packed_original: bytes | None) -> dict[str, Any]:
    source = article.source
    record: dict[str, Any] = {
        "file": source.file,
        "bytes_sha256": source.bytes_sha256,
        "encoding": source.encoding,
        "confidence": source.confidence,
        "imported_at": source.imported_at,
        "imported_by": source.imported_by,
        "reader": source.reader,
    }
    if packed_original is not None:
        record["original"] = base64.b64encode(packed_original).decode("ascii")
    return record


def _annotation(annotation: Annotation, text: str) -> dict[str, Any]:
    start, end = annotation.start, annotation.end
    record = {
        "id": annotation.id,
        "label": annotation.label,
        "start": start,
        "end": end,
        "quote": annotation.quote,
        "prefix": prefix_of(text, start),
        "suffix": suffix_of(text, end),
        "reviewer": annotation.reviewer,
        "created_at": annotation.created_at,
        "updated_at": annotation.updated_at,
        "note": annotation.note,
    }
    return record | {"form": annotation.form} if annotation.form else record


WRITER = Writer("jsonl", ".jsonl", write)
