"""Keys for new labels and answers: what exports call them."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

_NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")


def new_key(name: str, kind: str, taken: Collection[str]) -> str:
    """Return a key made of an English name that is not taken; without such a name, of what it is: `label_1`."""
    plain = _NOT_IN_KEYS.sub("_", name.casefold()).strip("_")
    if plain and plain not in taken:
        return plain
    numbered = (f"{plain or kind}_{number}" for number in count(2 if plain else 1))
    return next(key for key in numbered if key not in taken)
