"""Grouping articles as copies of one text, also as was decided before their import, and saying that they are none."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from annotator.store import nearness
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.store.identity import apart_id, copy_id
from annotator.store.log import StepWriter
from annotator.survey import Place


class Copying:
    """Remembers which incoming articles are copies of which, until both are there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._articles: dict[Place, str] = {}
        self._waiting: dict[str, str | Place] = {}
        self._written: list[str] = []
        self.wanted: frozenset[Place] = frozenset()

    def met(self, place: Place, article: str, original: str | Place | None) -> None:
        """Take note of an article that is in the project now, and of what it is a copy of."""
        if place in self.wanted:
            self._articles[place] = article
        if original is not None:
            self._waiting[article] = original

    def write(self, step: StepWriter) -> Iterator[str]:
        """Group the articles whose originals are there; yield the ids of those that were grouped."""
        for article, wish in self._waiting.items():
            root = self._root(wish)
            identity = uuid_bytes(root) or b""
            if step.has(identity) or nearness.present(self._connection, [identity]):
                self._written.append(article)
                own = uuid_bytes(article) or b""
                for member in (own, *nearness.copies_of(self._connection, own)):
                    if put_copy(self._connection, step, member, identity):
                        yield uuid_text(member)

    def _root(self, wish: str | Place) -> str:
        """Return the article at the end of a chain of copies; empty when the first of it is not there yet."""
        article = wish if isinstance(wish, str) else self._articles.get(wish, "")
        met: set[str] = set()
        while article in self._waiting and article not in met:
            met.add(article)
            further = self._waiting[article]
            article = (further if isinstance(further, str) else self._articles.get(further, "")) or article
        root = nearness.original_of(self._connection, uuid_bytes(article) or b"")
        return uuid_text(root) if root else article

    def stored(self) -> None:
        """Forget what was written: it is durable."""
        for article in self._written:
            del self._waiting[article]
        self._written.clear()


def put_apart(connection: Connection, step: StepWriter, one: bytes, other: bytes) -> bool:
    """Say that two articles are no copies of one text; tell whether that is new."""
    pair = sorted((uuid_text(one), uuid_text(other)))
    identity = apart_id(*pair)
    if one == other or step.has(identity) or other in nearness.told_apart(connection, one):
        return False
    step.put("apart", {"one": pair[0], "other": pair[1]}, entity=identity)
    return True


def take_apart_back(connection: Connection, step: StepWriter, members: Collection[bytes]) -> list[str]:
    """Say no more of any two of these articles that they are no copies; return those of which that was said."""
    pairs = {
        tuple(sorted((uuid_text(one), uuid_text(other))))
        for one in members
        for other in nearness.told_apart(connection, one) & set(members)
    }
    for pair in pairs:
        step.put("apart", None, entity=apart_id(*pair))
    return sorted({article for pair in pairs for article in pair})


def put_copy(connection: Connection, step: StepWriter, article: bytes, original: bytes) -> bool:
    """Group one article under another that is no copy itself; tell whether this changes anything."""
    identity = copy_id(uuid_text(article))
    if article == original or step.has(identity) or nearness.original_of(connection, article) == original:
        return False
    step.put("copy", {"article": uuid_text(article), "original": uuid_text(original)}, entity=identity)
    return True
