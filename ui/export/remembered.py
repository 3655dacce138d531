"""What was chosen for the last export of a project, so that the next one begins with it. Knows no Qt.

Which articles go out is not remembered: nobody should get a part who thinks it is the whole.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

import orjson

from annotator.selecting import ALL


@dataclass(frozen=True, slots=True)
class Remembered:
    """The choices. `without` are the labels that were left out, `redaction` is the name of a profile or the path of a file,
    `last` the moment of the last export that was written.
    """

    formats: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    layer: str = ALL
    redaction: str = ""
    strict: bool = False
    packed: bool = False
    zipped: bool = True
    title: str = ""
    licence: str = ""
    citation: str = ""
    creators: str = ""
    language: str = ""
    folder: str = ""
    last: str = ""

    def done(self, asked_at: str) -> Self:
        """Return it after an export was written; one that failed or was stopped is no last export."""
        return replace(self, last=asked_at)

    def written(self) -> str:
        """Return it as a text."""
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what a text says; what it does not say, or says wrongly, is as at first."""
        try:
            found = orjson.loads(text)
        except orjson.JSONDecodeError:
            return cls()
        if not isinstance(found, dict):
            return cls()
        known = {one.name: one.default for one in fields(cls)}
        return cls(**{name: _like(known[name], value) for name, value in found.items() if name in known})


def _like(usual: Any, value: Any) -> Any:
    """Return a value if it is of the kind of the usual one, else that one."""
    if isinstance(usual, tuple):
        return tuple(map(str, value)) if isinstance(value, list) else usual
    return value if isinstance(value, type(usual)) else usual
