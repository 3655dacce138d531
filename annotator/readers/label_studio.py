"""Marks in tasks of Label Studio: its full JSON export, and the short one (JSON-MIN).

https://labelstud.io/guide/export. Its page counts as JavaScript does, in UTF-16 units, but exports that went through
Python count code points: the words kept with each region decide. Only regions of text become annotations; answers
to questions about them are notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotator.readers.marks import CANCELLED, OF_TEXTS, PREDICTED, UTF16, Marks, RawMark, RawRelation

_LABELLED = ("labels", "hypertextlabels", "paragraphlabels")


def is_one(record: dict[str, Any]) -> bool:
    """Tell whether a record is a task of Label Studio."""
    return _is_full(record) or any(_is_short(value) for value in record.values())


def fields(record: dict[str, Any]) -> dict[str, Any]:
    """Return the data of the task."""
    if _is_full(record):
        return {"data": record["data"]}
    return {name: value for name, value in record.items() if not _is_short(value)}


def marks_of(record: dict[str, Any]) -> Marks:
    """Return the marks of a task, those of all its annotators."""
    found = Marks(counting=UTF16)
    if not _is_full(record):
        _take_short(record, found)
        return found
    for annotation in _dicts(record.get("annotations") or record.get("completions")):
        results = list(_dicts(annotation.get("result")))
        if annotation.get("was_cancelled"):
            found.not_taken[CANCELLED] += 1
        else:
            _take(results, _by(annotation), found)
    for prediction in _dicts(record.get("predictions")):
        found.not_taken[PREDICTED] += sum(1 for _ in _dicts(prediction.get("result")))
    return found


def _is_full(record: dict[str, Any]) -> bool:
    lists = (record.get(name) for name in ("annotations", "completions", "predictions"))
    return isinstance(record.get("data"), dict) and any(isinstance(one, list) for one in lists)


def _is_short(value: Any) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and "start" in first and "end" in first and isinstance(first.get("labels"), list)


def _take_short(record: dict[str, Any], found: Marks) -> None:
    by = _person(record.get("annotator"))
    for value in record.values():
        for number, one in enumerate(_dicts(value) if _is_short(value) else (), start=1):
            found.marks += _regions(str(one.get("id", number)), one, "", by)


def _take(results: list[dict[str, Any]], by: str, found: Marks) -> None:
    regions = {str(one.get("id")) for one in results if one.get("type") in _LABELLED}
    notes: dict[str, list[str]] = {}
    for one in results:
        notes.setdefault(str(one.get("id")), []).append(_note(one))
    for one in results:
        identity, value = str(one.get("id")), one.get("value")
        if one.get("type") == "relation":
            found.relations += _relations(one)
        elif one.get("type") in _LABELLED and isinstance(value, dict):
            note = "\n".join(filter(None, (*notes[identity], _meta(one))))
            found.marks += _regions(identity, value, note, by)
        elif not (_note(one) and identity in regions):
            found.not_taken[OF_TEXTS] += 1


def _regions(identity: str, value: dict[str, Any], note: str, by: str) -> Iterator[RawMark]:
    """Yield one mark for each label of a region; in HTML the offsets in the whole text stand apart."""
    place = value.get("globalOffsets") if isinstance(value.get("globalOffsets"), dict) else value
    labels: list[Any] = next((value[name] for name in _LABELLED if isinstance(value.get(name), list)), [])
    quote = value["text"] if isinstance(value.get("text"), str) else None
    for label in labels or [None]:
        yield RawMark(identity, label, (place or {}).get("start"), (place or {}).get("end"), quote, note, by)


def _relations(one: dict[str, Any]) -> list[RawRelation]:
    labels: Any = one.get("labels") if isinstance(one.get("labels"), list) else []
    return [RawRelation(str(one.get("from_id")), str(label), str(one.get("to_id"))) for label in labels or [""]]


def _note(one: dict[str, Any]) -> str:
    """Return an answer to a question about a region as a note: its text, or what was chosen with the question's name."""
    kind, value = one.get("type"), one.get("value")
    if not isinstance(value, dict) or kind not in ("textarea", "choices"):
        return ""
    return (
        _lines(value.get("text")) if kind == "textarea" else f"{one.get('from_name')}: {_lines(value.get('choices'))}"
    )


def _meta(one: dict[str, Any]) -> str:
    meta = one.get("meta")
    return _lines(meta.get("text")) if isinstance(meta, dict) else ""


def _lines(value: Any) -> str:
    return "\n".join(str(one) for one in value) if isinstance(value, list) else str(value or "")


def _by(annotation: dict[str, Any]) -> str:
    meta = annotation.get("meta")
    told = meta.get("reviewer") if isinstance(meta, dict) else None
    return str(told) if told else _person(annotation.get("completed_by"))


def _person(value: Any) -> str:
    """Return who annotated; Label Studio often tells only a number."""
    if isinstance(value, dict):
        names = " ".join(str(value.get(name) or "") for name in ("first_name", "last_name")).strip()
        return names or str(value.get("email") or value.get("username") or value.get("id") or "")
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Label Studio {value}"
    return value if isinstance(value, str) else ""


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())
