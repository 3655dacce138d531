"""W3C Web Annotations (JSON-LD) with the text they speak of, which lies beside them.

https://www.w3.org/TR/annotation-model/. Positions are code points, as its section 4.2.5 demands, though Hypothesis counts
UTF-16 units; where a position does not hold its quote, the one place is taken where the quote stands with the words around it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from annotator.errors import ProjectError
from annotator.file_errors import BadItem, MarkRefused, NotReadable, NotTaken
from annotator.language import N_, Sentence
from annotator.readers import plain_text
from annotator.readers.draft import Draft, Options, Reader
from annotator.readers.hanging import Unacceptable
from annotator.readers.json_records import marked
from annotator.readers.json_values import value_in
from annotator.readers.marks import Marks, RawMark, RawRelation
from annotator.readers.source_file import SourceFile

BODIES = N_("bodies of annotations other than labels and notes")
OTHERS = N_("annotations of other annotations")
_TOLD = re.compile(rb'ns/anno(?:\.jsonld)?"|"type"\s*:\s*"Annotation(?:Page|Collection)?"')
_LIKELY_ENDINGS = (".txt", ".text")
_LABELS, _NOTES, _OTHER = ("tagging", "classifying"), ("commenting", "describing", "highlighting"), "other"
_DEEPEST = 6
_Item = dict[str, Any]


def read(source: SourceFile, options: Options) -> Iterator[Draft | ProjectError]:
    """Yield the articles that the annotations speak of, with these, then what was not taken and why."""
    try:
        items = list(_annotations(value_in(source.read().removeprefix(b"\xef\xbb\xbf"))))
    except Unacceptable as error:
        yield NotReadable(reason=error.sentence)
        return
    except ProjectError as error:
        yield error
        return
    by_text: dict[str, list[tuple[int, _Item]]] = defaultdict(list)
    about: dict[str, list[_Item]] = defaultdict(list)
    for number, item in enumerate(items, start=1):
        target = _target(item)
        if target.get("selector") is None and _identity(target) in {str(one.get("id")) for one in items}:
            about[_identity(target)].append(item)
        else:
            by_text[_identity(target.get("source", target))].append((number, item))
    for name, own in by_text.items():
        yield from _article(source, options, name, own, about, alone=len(by_text) == 1)


def _annotations(value: Any, depth: int = 0) -> Iterator[_Item]:
    """Yield the annotations of a page, a collection with its pages in it, a list, or the one that stands alone."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _annotations(one, depth + 1)
    elif isinstance(value, dict) and "target" in value:
        yield value
    elif isinstance(value, dict):
        for name in ("items", "first", "@graph"):
            if isinstance(value.get(name), dict | list):
                yield from _annotations(value[name], depth + 1)


def _article(
    source: SourceFile,
    options: Options,
    name: str,
    items: list[tuple[int, _Item]],
    about: dict[str, list[_Item]],
    *,
    alone: bool,
) -> Iterator[Draft | ProjectError]:
    text = _text_beside(source, name, alone=alone)
    if text is None:
        reason = Sentence(N_("the text it speaks of ({file}) is not beside the file."), {"file": name or "?"})
        yield from (BadItem(number=number, reason=reason) for number, _ in items)
        return
    for draft in plain_text.read(text, options):
        if isinstance(draft, Draft):
            yield from _marked(draft, items, about)
        else:
            yield draft


def _marked(
    draft: Draft, items: list[tuple[int, _Item]], about: dict[str, list[_Item]]
) -> Iterator[Draft | ProjectError]:
    marks = Marks()
    for number, item in items:
        marks.marks.append(_mark(item, number, marks.not_taken))
        for other in about.get(str(item.get("id")), ()):
            _take_other(other, item, marks)
    draft, refused = marked(draft, marks, draft.original.decode(draft.encoding))
    yield draft
    yield from (MarkRefused(id=identity, reason=reason) for identity, reason in refused)
    yield from (NotTaken(what=Sentence(what), count=count) for what, count in marks.not_taken.items())


def _text_beside(source: SourceFile, name: str, *, alone: bool) -> SourceFile | None:
    """Return the file with the text: the one that the annotations name, or that has the name of their file."""
    named = PurePosixPath(name.replace("\\", "/")).name
    stem = source.path.name.partition(".")[0]
    for candidate in (named, *(f"{stem}{ending}" for ending in _LIKELY_ENDINGS if alone)):
        if candidate.lower().endswith(_LIKELY_ENDINGS) and (found := source.beside(candidate)):
            return found
    return None


def _mark(item: _Item, number: int, not_taken: Counter[str]) -> RawMark:
    said = [_said(body, item) for body in _list(item.get("body", item.get("bodyValue")))]
    labels = [value for purpose, value in said if purpose in _LABELS]
    notes = [*labels[1:], *(value for purpose, value in said if purpose in _NOTES)]
    if others := sum(purpose == _OTHER for purpose, _ in said):
        not_taken[BODIES] += others
    position, quote = _selector(item, "TextPositionSelector"), _selector(item, "TextQuoteSelector")
    exact = quote.get("exact")
    return RawMark(
        str(item.get("id", number)), next(iter(labels), None), position.get("start"), position.get("end"),
        exact if isinstance(exact, str) else None, "\n".join(notes), _creator(item),
        (str(quote.get("prefix") or ""), str(quote.get("suffix") or "")),
    )  # fmt: skip


def _said(body: Any, item: _Item) -> tuple[str, str]:
    """Return the purpose of a body and its words; what is neither a label nor a note is of another purpose."""
    parts = body if isinstance(body, dict) else {"value": body}
    purpose, value = parts.get("purpose") or item.get("motivation") or "commenting", parts.get("value")
    known = isinstance(value, str) and parts.get("format") != "application/json" and purpose in (*_LABELS, *_NOTES)
    return (str(purpose), str(value)) if known else (_OTHER, "")


def _take_other(other: _Item, item: _Item, marks: Marks) -> None:
    """Take what links an annotation to another, as a relation; anything else about an annotation is counted."""
    bodies = [one for one in _list(other.get("body")) if isinstance(one, dict)]
    to = next((_identity(one) for one in bodies if one.get("purpose") == "linking"), "")
    kind = next((str(one.get("value")) for one in bodies if one.get("purpose") == "tagging"), "")
    if other.get("motivation") == "linking" and to:
        marks.relations.append(RawRelation(str(item.get("id")), kind, to))
    else:
        marks.not_taken[OTHERS] += 1


def _target(item: _Item) -> _Item:
    first: Any = next(iter(_list(item.get("target"))), {})
    return first if isinstance(first, dict) else {"id": first}


def _identity(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("id") or value.get("source") or "")
    return value if isinstance(value, str) else ""


def _selector(item: _Item, kind: str) -> _Item:
    """Return the selector of a kind, also one that refines another."""
    waiting = _list(_target(item).get("selector"))
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict):
            if one.get("type") == kind:
                return one
            waiting += _list(one.get("refinedBy"))
    return {}


def _creator(item: _Item) -> str:
    creator = next(iter(_list(item.get("creator", item.get("user")))), "")
    if isinstance(creator, dict):
        return str(creator.get("name") or creator.get("nickname") or creator.get("id") or "")
    return str(creator)


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _recognises(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") and bool(_TOLD.search(head))


READER = Reader("w3c", frozenset({".jsonld"}), read, _recognises)
