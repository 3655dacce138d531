"""What the history calls things: names and words as they were when something was done to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.model import Attribute, Label
from annotator.store import history
from annotator.store.clock import uuid_bytes
from annotator.store.database import Connection

_LONGEST = 70
_END = b"\xff" * 16
Value = dict[str, Any]


class Lookups:
    """Finds names for as long as one page is read."""

    def __init__(self, connection: Connection, labels: Iterable[Label], attributes: Iterable[Attribute]) -> None:
        self._connection = connection
        self._labels = {one.key: one.names for one in labels}
        self._attributes = {one.key: one for one in attributes}
        self._titles: dict[str, str] = {}

    def label(self, key: str) -> Mapping[str, str]:
        """Return the names of a label by language; of one that is gone, its key."""
        return self._labels.get(key) or {"en": key}

    def answer(self, attribute: str, key: str) -> Mapping[str, str]:
        """Return the names of an answer by language; of one that is gone, its key."""
        found = self._attributes.get(attribute)
        return next((one.names for one in found.values if one.key == key), {"en": key}) if found else {"en": key}

    def value(self, thing: str, before: bytes) -> Value:
        """Return the last value that a thing had before an operation; empty when it never had one."""
        return history.last_value(self._connection, uuid_bytes(thing) or b"", before) or {}

    def title(self, article: str) -> str:
        """Return what an article is called, or was at last."""
        if article not in self._titles:
            self._titles[article] = cut(self.value(article, _END).get("title", ""))
        return self._titles[article]

    def words(self, annotation: str, before: bytes) -> str:
        """Return the words of an annotation."""
        return words_of(self.value(annotation, before))

    def entity(self, identity: str, before: bytes) -> str:
        """Return the name of an entity."""
        return entity_name(self.value(identity, before))


def words_of(annotation: Value) -> str:
    """Return the words of the value of an annotation: its plain form, or its quote."""
    return cut(annotation.get("form") or annotation.get("quote", ""))


def entity_name(entity: Value) -> str:
    """Return the name of the value of an entity."""
    return cut(entity["names"][0]["text"]) if entity.get("names") else ""


def cut(text: str) -> str:
    """Return a text on one line, and not too long for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
