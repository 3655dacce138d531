"""What the parts of the project facade share: the open file, its log, the reviewer, and the listeners."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from annotator.errors import (
    BadReviewerName,
    BadSpan,
    NotAClaim,
    NotALead,
    NotYours,
    ReadOnlyProject,
    UnknownAnnotation,
    UnknownArticle,
    UnknownAttribute,
    UnknownLabel,
    UnknownValue,
)
from annotator.model import CLAIM, Annotation, Article, Attribute, Change, Label
from annotator.store import database, queries, team, veil
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.locks import ProjectLock
from annotator.store.log import Log, StepWriter

Listener = Callable[[Change], None]
UNCHANGED: Any = object()
_LONGEST_NAME = 80
_UNVEILING = frozenset({"setting", "reviewer", "reading"})  # by what more or less may be seen than before


class OpenProject:
    """An open project file as its parts see it; `Project` is made of this and of them."""

    def __init__(self, path: Path, connection: database.Connection, *, reviewer: str, lock: ProjectLock | None) -> None:
        self.path = path
        self._connection = connection
        self._log = Log(connection, path)
        self._reviewer = reviewer
        self._lock = lock
        self._listeners: list[Listener] = []
        self._last_text = ("", "")

    @property
    def reviewer(self) -> str:
        """The name of the reviewer whose work is being done."""
        return self._reviewer

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` told of every change after its commit, in this thread; return how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def labels(self) -> list[Label]:
        """Return the labels in their order."""
        return queries.labels(self._connection)

    def attributes(self) -> list[Attribute]:
        """Return the attributes, each with the answers it allows, in their order."""
        return queries.attributes(self._connection)

    def article(self, article: str) -> Article:
        """Return one article; raise UnknownArticle."""
        found = queries.article(self._connection, uuid_bytes(article) or b"")
        if found is None:
            raise UnknownArticle(id=article)
        return found

    def annotation(self, annotation: str) -> Annotation:
        """Return one annotation; raise UnknownAnnotation."""
        found = self.find_annotation(annotation)
        if found is None:
            raise UnknownAnnotation(id=annotation)
        return found

    def find_annotation(self, annotation: str) -> Annotation | None:
        """Return one annotation, or None when it is not, or no longer, in the project."""
        return queries.annotation(self._connection, uuid_bytes(annotation) or b"")

    # -- for the parts --------------------------------------------------------------------------------------------

    def _step(self, action: str) -> AbstractContextManager[StepWriter]:
        self._need_writing()
        return self._log.step(action, self._reviewer)

    def _need_writing(self) -> None:
        if self._lock is None:
            raise ReadOnlyProject(path=self.path)

    def _need_lead(self) -> None:
        self._need_writing()
        if team.role_of(self._connection, self._reviewer) != "lead":
            leads = (one.name for one in team.team(self._connection) if one.role == "lead")
            raise NotALead(leads=", ".join(leads))

    def _draw_veil(self) -> bool:
        """Hide what this reviewer may not see yet; tell whether anything is, or was, hidden.

        This is the one place that decides it: blind mode is on, and they are no lead.
        """
        was_veiled = veil.veiled(self._connection) is not None
        blind = team.settings(self._connection).blind
        if blind and team.role_of(self._connection, self._reviewer) != "lead":
            veil.draw(self._connection, self._reviewer)
            return True
        veil.lift(self._connection)
        return was_veiled

    def _tell(self, change: Change) -> None:
        if change.kinds & _UNVEILING:
            self._draw_veil()
        for listener in tuple(self._listeners):
            listener(change)

    def _tell_step(self, step: StepWriter, **ids: tuple[str, ...]) -> None:
        """Tell what a step touched, by kind; kinds without ids are left out."""
        self._tell(Change(step.action, uuid_text(step.id), {kind: found for kind, found in ids.items() if found}))

    def _article_bytes(self, article: str) -> bytes:
        """Return an article's id as the store keeps it; raise UnknownArticle."""
        identity = uuid_bytes(article) or b""
        if not queries.has_article(self._connection, identity):
            raise UnknownArticle(id=article)
        return identity

    def _text_of(self, article: str) -> str:
        """Return an article's text, kept from the last time: a text never changes, and a long one takes long to read."""
        identity = uuid_bytes(article) or b""
        if self._last_text[0] != article or not queries.has_article(self._connection, identity):
            self._last_text = (article, self.article(article).text)
        return self._last_text[1]

    def _own(self, annotation: str) -> Annotation:
        found = self.annotation(annotation)
        if found.reviewer != self._reviewer:
            raise NotYours(owner=found.reviewer)
        return found

    def _claim(self, claim: str) -> Annotation:
        found = self.annotation(claim)
        if found.label != CLAIM:
            raise NotAClaim
        return found

    def _need_label(self, key: str) -> None:
        known = [label.key for label in self.labels()]
        if key not in known:
            raise UnknownLabel(label=key, known=", ".join(known))

    def _attribute(self, key: str) -> Attribute:
        attributes = self.attributes()
        for attribute in attributes:
            if attribute.key == key:
                return attribute
        raise UnknownAttribute(attribute=key, known=", ".join(one.key for one in attributes))

    def _need_value(self, attribute: str, value: str) -> None:
        """Raise UnknownValue unless the value is one of the attribute's answers, or empty."""
        known = [one.key for one in self._attribute(attribute).values] if value else [value]
        if value not in known:
            raise UnknownValue(attribute=attribute, value=value, known=", ".join(known))

    def _label_set_version(self) -> int:
        return queries.label_set_version(self._connection)


def quote_of(text: str, start: int, end: int) -> str:
    """Return the words of a span; raise BadSpan."""
    if not 0 <= start < end <= len(text):
        raise BadSpan(start=start, end=end, length=len(text))
    return text[start:end]


def is_name(name: str) -> bool:
    """Tell whether something can be the name of a reviewer or of a filter: not empty, not too long, on one line."""
    return 0 < len(name) <= _LONGEST_NAME and name.isprintable()


def reviewer_name(name: str) -> str:
    """Return a reviewer's name without white space around it; raise BadReviewerName."""
    name = name.strip()
    if not is_name(name):
        raise BadReviewerName
    return name
