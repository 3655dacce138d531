"""A record of our own lossless form (`hashiya/1`) back in: an article with its annotations, or what belongs to no single one.

The format is described in docs/formats/jsonl.md.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Callable
from typing import Any

from annotator.language import N_
from annotator.model import Annotation, Boilerplate
from annotator.readers.draft import Common, Draft
from annotator.readers.hanging import (
    Unacceptable,
    entity_in,
    frames_in,
    label_set_in,
    links_in,
    relation_in,
    string,
    verdicts_in,
    whole,
)
from annotator.readers.queue_records import apart_in, assignment_in, copy_in, filter_in, reading_in
from annotator.readers.review_records import comment_in, decision_in, reviewer_in, setting_in, settlement_in
from annotator.readers.source_file import SourceFile
from annotator.text.canonical import CanonicalText, canonical
from annotator.values import sentence_of

SCHEMA = "hashiya/1"
_NAMED = re.compile(r"[a-z]+/\d+")
_SOURCE = ("reader_version", "program", "part", "file_sha256", "url", "captured_at")
_DETAILS = ("outlet", "author", "date", "replaces")
_BIGGEST_ORIGINAL = 1 << 30
_COMMON: dict[str, Callable[[dict[str, Any]], Common]] = {
    "label_set": label_set_in,
    "entity": entity_in,
    "relation": relation_in,
    "reading": reading_in,
    "assignment": assignment_in,
    "copy": copy_in,
    "apart": apart_in,
    "filter": filter_in,
    "reviewer": reviewer_in,
    "setting": setting_in,
    "decision": decision_in,
    "settlement": settlement_in,
    "comment": comment_in,
}


def is_own(record: Any) -> bool:
    """Tell whether a value from JSON claims to be a record of this form, or of a newer or other one that is named like it."""
    return (
        isinstance(record, dict) and isinstance(record.get("schema"), str) and bool(_NAMED.fullmatch(record["schema"]))
    )


def own_item(record: Any, file: SourceFile) -> Draft | Common:
    """Return what a record holds.

    Raises Unacceptable, ProjectError, and for fields that are missing or of a wrong type KeyError, TypeError, ValueError or
    AttributeError.
    """
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise Unacceptable(N_("this is not a record of the format {schema}."), schema=SCHEMA)
    if record.get("type", "article") == "article":
        return _draft(record, file)
    if record["type"] not in _COMMON:
        raise Unacceptable(N_("a record of the unknown type “{type}”."), type=record["type"])
    return _COMMON[record["type"]](record)


def _draft(record: dict[str, Any], file: SourceFile) -> Draft:
    frozen, sha256, source = _frozen(record["text"]), record["sha256"], record["source"]
    text = frozen.text
    if frozen.sha256 != sha256:
        raise Unacceptable(N_("the text does not match its SHA-256."))
    if record["direction"] not in ("rtl", "ltr"):
        raise ValueError("direction")
    items = record["annotations"]
    annotations = tuple(_annotation(item, record["id"], text) for item in items)
    return Draft(
        text=text,
        sha256=sha256,
        original=_original(source, frozen.utf8),
        bytes_sha256=source["bytes_sha256"],
        encoding=string(source["encoding"]),
        confidence=source.get("confidence"),
        reader=string(source["reader"]),
        file=string(source.get("file") or file.name),
        notes=tuple(sentence_of(one) for one in source.get("warnings", ())),
        **_strings(source, _SOURCE),
        **_strings(record, _DETAILS),
        boilerplate=tuple(_boilerplate(one, text) for one in record.get("boilerplate", ())),
        title=string(record["title"]),
        language=string(record["language"]),
        direction=record["direction"],
        id=string(record["id"]),
        imported_at=string(source["imported_at"]),
        imported_by=string(source["imported_by"]),
        annotations=annotations,
        frames=frames_in(items, annotations, text),
        verdicts=tuple(verdicts_in(items, annotations)),
        links=tuple(links_in(items, annotations)),
    )


def _strings(record: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return fields that an older record may lack."""
    return {name: string(record.get(name, "")) for name in names}


def _boilerplate(item: dict[str, Any], text: str) -> Boilerplate:
    start, end = whole(item["start"]), whole(item["end"])
    if not 0 <= start < end <= len(text):
        raise Unacceptable(N_("the span {start}–{end} does not lie in the text."), start=start, end=end)
    return Boilerplate(start, end, item["kind"])


def _frozen(value: Any) -> CanonicalText:
    frozen = canonical(string(value))
    if frozen.text != value:
        raise Unacceptable(N_("the text is not in canonical form (line ends or a byte order mark)."))
    return frozen


def _original(source: dict[str, Any], utf8: bytes) -> bytes:
    """Return the original bytes: those in the record, or else the UTF-8 of the text, proved by their SHA-256."""
    packed = source.get("original")
    try:
        data = utf8 if packed is None else _unpack(base64.b64decode(packed, validate=True))
    except (binascii.Error, zlib.error) as error:
        raise Unacceptable(N_("the original bytes cannot be unpacked.")) from error
    if hashlib.sha256(data).hexdigest() != source["bytes_sha256"]:
        raise Unacceptable(N_("the original bytes do not match their SHA-256."))
    return data


def _unpack(packed: bytes) -> bytes:
    """Unpack with a limit, so that a small hostile record cannot fill the memory."""
    data = zlib.decompressobj().decompress(packed, _BIGGEST_ORIGINAL)
    return data


def _annotation(item: dict[str, Any], article: str, text: str) -> Annotation:
    start, end, quote = item["start"], item["end"], item["quote"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise Unacceptable(N_("the span {start}–{end} does not lie in the text."), start=start, end=end)
    if text[start:end] != quote:
        raise Unacceptable(N_("the text at {start}–{end} is not the quote."), start=start, end=end)
    return Annotation(
        id=string(item["id"]),
        article=article,
        label=string(item["label"]),
        start=start,
        end=end,
        quote=quote,
        note=string(item["note"]),
        reviewer=string(item["reviewer"]),
        created_at=string(item["created_at"]),
        updated_at=string(item["updated_at"]),
        form=string(item.get("form", "")),
        label_set=whole(item.get("label_set", 1)),
        carried_from=string(item.get("carried_from", "")),
        to_confirm=bool(item.get("to_confirm", False)),
    )
