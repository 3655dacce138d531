"""One JSON value from bytes, strictly: what is no JSON, or what parsers read differently, is refused with a reason."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from annotator.language import N_
from annotator.readers.hanging import Unacceptable

_NOT_A_NUMBER = re.compile(rb"-?(?:NaN|Infinity)")
_DEEP = N_("it is nested too deeply.")


def value_in(data: bytes) -> Any:
    """Return the value of JSON bytes; raise Unacceptable."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _refusal(data, error) from error


def record_in(data: bytes) -> dict[str, Any]:
    """Return an object of JSON bytes in which no key stands twice; raise Unacceptable."""
    record = value_in(data)
    if not isinstance(record, dict):
        raise Unacceptable(N_("it is no object with keys and values."))
    _refuse_twice(data)
    return record


def _refuse_twice(data: bytes) -> None:
    try:
        json.loads(data, object_pairs_hook=_without_twins)
    except RecursionError as error:
        raise Unacceptable(_DEEP) from error


def _without_twins(pairs: list[tuple[str, Any]]) -> None:
    """Refuse a key that stands twice: which of the values counts, each parser decides for itself."""
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        twin = next(name for at, name in enumerate(names) if name in names[:at])
        raise Unacceptable(N_("the key “{key}” stands in it twice."), key=twin[:60])


def _refusal(data: bytes, error: orjson.JSONDecodeError) -> Unacceptable:
    message = error.msg
    if "valid UTF-8" in message:
        return Unacceptable(N_("it holds bytes that are not UTF-8."))
    if "surrogate" in message:
        return Unacceptable(N_("it holds half a character (a lone surrogate)."))
    if "depth" in message or "recursion" in message:
        return Unacceptable(_DEEP)
    if "infinity" in message:
        return Unacceptable(N_("it holds a number that is too large."))
    # Offsets of orjson are characters; in what is no UTF-8 it gives none.
    at = len(data.decode("utf-8", errors="replace")[: error.pos].encode())
    found = _NOT_A_NUMBER.match(data, max(at - 1, 0)) or _NOT_A_NUMBER.match(data, at)
    if found:
        return Unacceptable(N_("it holds {value}, which JSON does not know."), value=found.group().decode())
    return Unacceptable(N_("it is not valid JSON (at character {position})."), position=error.pos)
