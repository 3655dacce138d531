"""What the ids of a loss report stand for, so that a person can look at what did not fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from annotator.open_project import OpenProject
from annotator.store import decided, queries, register
from annotator.store.clock import uuid_bytes, uuid_text


@dataclass(frozen=True, slots=True)
class Traced:
    """A thing of the project: an annotation (also a final one) with its article and quote, an article with its title, or an
    actor or a place of the register with its name.
    """

    id: str
    kind: Literal["annotation", "article", "entity"]
    article: str
    words: str


class Tracing(OpenProject):
    """The part of the project that finds things by their ids alone."""

    def trace(self, ids: Iterable[str]) -> dict[str, Traced]:
        """Return by id what is there and may be seen; of a redacted export that is little, for ids are others there."""
        found = ((one, self._traced(one, uuid_bytes(one) or b"")) for one in dict.fromkeys(ids))
        return {identity: traced for identity, traced in found if traced}

    def _traced(self, identity: str, key: bytes) -> Traced | None:
        annotation = queries.annotation(self._connection, key)
        if annotation:
            return Traced(identity, "annotation", annotation.article, annotation.quote)
        title = queries.title(self._connection, key)
        if title is not None:
            return Traced(identity, "article", identity, title)
        entity = register.entity(self._connection, key)
        if entity:
            return Traced(identity, "entity", "", entity.name)
        final = decided.place_of_final(self._connection, key)
        return Traced(identity, "annotation", uuid_text(final[0]), final[1]) if final else None
