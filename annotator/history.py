"""The history of a project: who did what when, what an article was at a time, and going back to that."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from annotator.errors import CyclicClaims, NothingThen, NotThereThen, NotYours, UnknownAnnotation
from annotator.log_entry import LogEntry, Past
from annotator.model import Annotation
from annotator.open_project import OpenProject
from annotator.store import claims, history, veil
from annotator.store.clock import first_id_of, id_after, time_of, uuid_bytes
from annotator.store.history import Told, Window
from annotator.store.identity import frame_id, link_id
from annotator.store.log import StepWriter
from annotator.store.operations import Operation, subject
from annotator.store.past import article_before, values_before
from annotator.telling import SHOWN, Telling
from annotator.text.moments import moment_of

_END = b"\xff" * 16
# What is somebody's own, in the order in which it is given back.
_OWN = ("annotation", "frame", "link", "verdict", "relation")
_DATED = frozenset({"annotation", "verdict", "relation"})
Value = dict[str, Any] | None


class History(OpenProject):
    """The part of the project that is about its past."""

    def log(
        self,
        *,
        article: str = "",
        annotation: str = "",
        reviewer: str = "",
        since: str = "",
        until: str = "",
        before: str = "",
        limit: int = 100,
    ) -> list[LogEntry]:
        """Return what was done in the project, to an article or to an annotation, newest first, a page at a time.

        `since` and `until` are times (ISO 8601, UTC; the first is in, the second out). The next page begins `before` the last
        step of this one; the end is reached when a page is empty. Raises UnknownArticle, UnknownAnnotation or BadMoment.
        """
        window = Window(_first(since, bytes(16)), min(_first(until, _END), uuid_bytes(before) or _END), reviewer)
        read, found = self._reading(article, annotation), list[LogEntry]()
        veiled = veil.veiled(self._connection)
        telling = Telling(self._connection, self._hides, self.labels(), self.attributes(), veiled=veiled)
        while len(found) < limit and (page := read(window, limit - len(found))):
            found += filter(None, map(telling.entry, page))
            window = Window(window.since, page[-1].step.id, reviewer)
        return found

    def as_of(self, article: str, at: str) -> Past:
        """Return an article as the project showed it at a time, or right after a step whose id is given instead.

        Raises BadMoment, or NotThereThen when the article was not in the project.
        """
        before = self._after(at)
        found = article_before(self._connection, uuid_bytes(article) or b"", before, self._hides)
        if found is None:
            raise NotThereThen
        return Past(time_of(_step_before(before)), *found)

    def restore(self, annotation: str, at: str) -> Annotation:
        """Give one's own annotation, with its frame and its link, the state it had at a time or after a step.

        One that was removed comes back; nothing is written when nothing differs. Raises UnknownAnnotation, NotYours, BadMoment,
        NothingThen, UnknownLabel or CyclicClaims.
        """
        before, identity = self._after(at), uuid_bytes(annotation) or b""
        owner = history.last_value(self._connection, identity, _END)
        if owner is None:
            raise UnknownAnnotation(id=annotation)
        if owner["reviewer"] != self._reviewer:
            raise NotYours(owner=owner["reviewer"])
        then = values_before(self._connection, [identity, frame_id(annotation), link_id(annotation)], before)
        if identity not in then or then[identity].body is None:
            raise NothingThen
        self._check_frame(then.get(frame_id(annotation)))
        self._give_back("restore", [identity, frame_id(annotation), link_id(annotation)], then)
        return self.annotation(annotation)

    def restore_layer(self, article: str, at: str) -> int:
        """Give one's own layer of an article, with one's verdicts and relations, the state it had at a time or after a step.

        Returns how many things changed; nothing is written when none did. Raises UnknownArticle, BadMoment or UnknownLabel.
        """
        before = self._after(at)
        things = history.things_of_article(self._connection, self._article_bytes(article))
        return self._give_back("restore_layer", things, values_before(self._connection, things, before))

    # -- inside ---------------------------------------------------------------------------------------------------

    def _hides(self, operation: Operation, value: Value) -> bool:
        """Tell whether an operation is hidden from this reviewer, by the value it gave or took away.

        This is the one place that decides it for the history; blind mode is what hides.
        """
        return veil.hides(self._connection, operation.kind, value, operation.reviewer)

    def _reading(self, article: str, annotation: str) -> Callable[[Window, int], list[Told]]:
        """Return what reads a page of the steps about an annotation, an article, or anything."""
        if not article and not annotation:
            return lambda window, limit: history.steps(self._connection, window, limit, shown=SHOWN)
        things = self._things_of(article, annotation)
        return lambda window, limit: history.steps_about(self._connection, things, window, limit, shown=SHOWN)

    def _things_of(self, article: str, annotation: str) -> set[bytes]:
        if not annotation:
            return history.things_of_article(self._connection, self._article_bytes(article))
        identity = uuid_bytes(annotation) or b""
        if history.last_value(self._connection, identity, _END) is None:
            raise UnknownAnnotation(id=annotation)
        return history.things_of_annotation(self._connection, identity)

    def _after(self, at: str) -> bytes:
        """Return the id before which lies all that was done up to a time, or up to the end of a step."""
        step = history.step(self._connection, uuid_bytes(at) or b"", shown=1)
        if step:
            return id_after(history.end_of(self._connection, step.step))
        return first_id_of(moment_of(at) + 1)

    def _give_back(self, action: str, things: Collection[bytes], then: dict[bytes, Operation]) -> int:
        """Give what is one's own among some things the values they had then, as one step; return how many changed."""
        now = values_before(self._connection, things, _END)
        wanted = [*self._differing(now, then)]
        for operation, _, value in wanted:
            self._check(operation.kind, value)
        if not wanted:
            return 0
        touched: dict[str, list[str]] = {}
        with self._step(action) as step:
            for operation, had, value in wanted:
                _put(step, operation.kind, value, operation.entity)
                touched.setdefault(operation.kind, []).append(subject(operation, value or had))
        self._tell_step(step, **{kind: tuple(ids) for kind, ids in touched.items()})
        return len(wanted)

    def _check_frame(self, frame: Operation | None) -> None:
        """Raise CyclicClaims when a claim with the frame it had would be quoted in itself, among the others of today."""
        value = frame.value() if frame else None
        if value and value["parent"] and claims.is_quoted_in(self._connection, value["parent"], value["claim"]):
            raise CyclicClaims

    def _check(self, kind: str, value: Value) -> None:
        """Raise UnknownLabel when the label of a value is gone."""
        if value and kind == "annotation":
            self._need_label(value["label"])

    def _differing(
        self, now: dict[bytes, Operation], then: dict[bytes, Operation]
    ) -> Iterator[tuple[Operation, Value, Value]]:
        """Yield what is one's own and another than it was: its operation, a value it had, and the one it had then."""
        for operation in sorted(
            now.values(), key=lambda one: (_OWN.index(one.kind) if one.kind in _OWN else 9, one.id)
        ):
            value = then[operation.entity].value() if operation.entity in then else None
            if operation.kind in _OWN and _undated(value) != _undated(operation.value()):
                had = operation.value() or history.last_value(self._connection, operation.entity, _END) or {}
                if self._owner(operation.kind, had) == self._reviewer:
                    yield operation, had, value

    def _owner(self, kind: str, value: dict[str, Any]) -> str:
        """Return whose a thing is; a frame and a link are of whoever marked what they hang on."""
        hangs_on = value["claim"] if kind == "frame" else value["annotation"] if kind == "link" else ""
        if not hangs_on:
            return str(value["reviewer"])
        marked = history.last_value(self._connection, uuid_bytes(hangs_on) or b"", _END)
        return str(marked["reviewer"]) if marked else ""


def _put(step: StepWriter, kind: str, value: Value, entity: bytes) -> None:
    if value is not None and kind in _DATED:
        step.put_updated(kind, value, entity)
    else:
        step.put(kind, value, entity=entity)


def _undated(value: Value) -> Value:
    """Return a value without when it was given."""
    return value if value is None else {name: found for name, found in value.items() if name != "updated_at"}


def _first(moment: str, otherwise: bytes) -> bytes:
    """Return the first id of a moment; another where none is given."""
    return first_id_of(moment_of(moment)) if moment else otherwise


def _step_before(bound: bytes) -> bytes:
    """Return the greatest id below another."""
    return (int.from_bytes(bound, "big") - 1).to_bytes(16, "big")
