"""Which JSON values may stand in the body of an operation: small tests that a hostile file has to pass.

A shape tells of one value whether it is what it should be. Objects hold exactly the fields they are made of: what is missing
or unknown fails.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from string import Formatter
from typing import Any

Shape = Callable[[Any], bool]
_LONG = 1_000_000
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_BIGGEST = 1 << 53


def text(value: Any) -> bool:
    """Tell whether it is a string, of a length that people write."""
    return type(value) is str and len(value) <= _LONG


def words(value: Any) -> bool:
    """Tell whether it is a string that is not empty."""
    return text(value) and value != ""


def identity(value: Any) -> bool:
    """Tell whether it is a UUID as we write them."""
    return type(value) is str and _UUID.fullmatch(value) is not None


def identity_or_empty(value: Any) -> bool:
    """Tell whether it is a UUID as we write them, or the empty string."""
    return value == "" or identity(value)


def sha256(value: Any) -> bool:
    """Tell whether it is a SHA-256 in hexadecimal."""
    return type(value) is str and _SHA256.fullmatch(value) is not None


def colour(value: Any) -> bool:
    """Tell whether it is a colour: #rrggbb."""
    return type(value) is str and _COLOUR.fullmatch(value) is not None


def whole(value: Any) -> bool:
    """Tell whether it is a whole number that is not negative."""
    return type(value) is int and 0 <= value <= _BIGGEST


def truth(value: Any) -> bool:
    """Tell whether it is true or false."""
    return type(value) is bool


def number(value: Any) -> bool:
    """Tell whether it is a finite number."""
    return type(value) is int or (type(value) is float and math.isfinite(value))


def one_of(*allowed: str) -> Shape:
    """Return the shape of a choice among a few words."""
    return lambda value: type(value) is str and value in allowed


def within(lowest: float, highest: float) -> Shape:
    """Return the shape of a number in a range, both ends included."""
    return lambda value: number(value) and lowest <= value <= highest


def maybe(shape: Shape) -> Shape:
    """Return the shape of a value that may also be null."""
    return lambda value: value is None or shape(value)


def many(shape: Shape, *, least: int = 0) -> Shape:
    """Return the shape of a list of such values."""
    return lambda value: type(value) is list and len(value) >= least and all(map(shape, value))


def by_text(shape: Shape) -> Shape:
    """Return the shape of an object whose keys are free: names by language, ids by scheme."""
    return lambda value: type(value) is dict and all(map(text, value)) and all(map(shape, value.values()))


def fields(given: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """Return the shape of an object that holds all the given fields, maybe some optional ones, and no others."""
    known = {**given, **(optional or {})}
    needed = given.keys()

    def shape(value: Any) -> bool:
        if type(value) is not dict or not needed <= value.keys() <= known.keys():
            return False
        return all(known[name](found) for name, found in value.items())

    return shape


def sentence(value: Any) -> bool:
    """Tell whether it is a sentence: a template whose places are all filled by details, and nothing more clever."""
    if not _SENTENCE(value):
        return False
    try:
        places = [
            (name, spec, turn) for _, name, spec, turn in Formatter().parse(value["template"]) if name is not None
        ]
    except ValueError:
        return False
    details = value["details"]
    plain = all(name in details and name.isidentifier() and not spec and not turn for name, spec, turn in places)
    return plain and all(sentence(one) for one in details.values() if type(one) is dict)


def _detail(value: Any) -> bool:
    return text(value) or number(value) or truth(value) or type(value) is dict


_SENTENCE = fields({"template": text, "details": by_text(_detail)})
