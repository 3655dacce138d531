"""The claims of a project: their frames, the reviewers' verdicts on them, and how they relate to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from annotator.errors import CyclicClaims, NotYours, OtherArticle, ReasonMissing, SameClaim, UnknownRelation
from annotator.frames import ClaimFrame, ClaimRow, Mention, Participant, Passage, Relation, Verdict
from annotator.framing import Framing, GivenNumber, GivenSpeaker, GivenTime, Span
from annotator.model import Annotation
from annotator.open_project import UNCHANGED, OpenProject
from annotator.store import board, claims
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.identity import frame_id, relation_id, verdict_id
from annotator.values import frame_value

NOT_EXAMINED = "not_examined"


class Claims(OpenProject):
    """The part of the project that is about claims."""

    def frame(
        self,
        claim: str,
        *,
        source: GivenSpeaker = UNCHANGED,
        via: GivenSpeaker = UNCHANGED,
        cue: Iterable[Span | Passage] = UNCHANGED,
        mode: str = UNCHANGED,
        kind: str = UNCHANGED,
        hedging: str = UNCHANGED,
        about: Iterable[Participant | tuple[str, str]] = UNCHANGED,
        places: Iterable[Mention | str] = UNCHANGED,
        time: GivenTime = UNCHANGED,
        numbers: Iterable[GivenNumber] = UNCHANGED,
        parent: str | None = UNCHANGED,
    ) -> ClaimFrame:
        """Give one's own claim a frame, or change what is given of it; nothing is written when nothing differs.

        A source is the id of an actor's annotation, "outlet", the span of an unnamed source's words, a Speaker or None.
        Raises NotAClaim, NotYours, BadSpan, UnknownAnnotation, OtherArticle, WrongLabel, UnknownValue, ImpossibleDate and
        CyclicClaims.
        """
        parts: dict[str, Any] = {
            "source": source,
            "via": via,
            "cue": cue,
            "mode": mode,
            "kind": kind,
            "hedging": hedging,
        }
        parts |= {"about": about, "places": places, "time": time, "numbers": numbers, "parent": parent}
        found = self._own_claim(claim)
        before = claims.frame(self._connection, uuid_bytes(found.id) or b"") or ClaimFrame(found.id)
        given = {name: value for name, value in parts.items() if value is not UNCHANGED}
        after = Framing(found, self._text_of(found.article), self.annotation).revised(before, given)
        after = replace(after, parent=self._checked_parent(found.id, after.parent or ""))
        self._check_values(after)
        return self._store_frame(before, after)

    def remove_frame(self, claim: str) -> None:
        """Take the frame off one's own claim. Raises UnknownAnnotation, NotAClaim or NotYours."""
        found = self._own_claim(claim)
        if claims.has_frame(self._connection, uuid_bytes(found.id) or b""):
            with self._step("unframe") as step:
                step.put("frame", None, entity=frame_id(found.id))
            self._tell_step(step, frame=(found.id,))

    def frame_of(self, claim: str) -> ClaimFrame | None:
        """Return the frame of a claim, or None when it has none."""
        return claims.frame(self._connection, uuid_bytes(claim) or b"")

    def frames(self, article: str) -> dict[str, ClaimFrame]:
        """Return the frames of an article's claims, by the ids of these; raise UnknownArticle."""
        return claims.frames_of(self._connection, self._article_bytes(article))

    def judge(self, claim: str, verdict: str, *, reason: str = "") -> Verdict | None:
        """Give one's own verdict on anybody's claim; `not_examined` takes it back, and then None is returned.

        Raises UnknownAnnotation, NotAClaim, UnknownValue or ReasonMissing.
        """
        found = self._claim(claim)
        self._need_value("verdict", verdict)
        before = claims.verdict(self._connection, uuid_bytes(found.id) or b"", self._reviewer)
        if verdict in ("", NOT_EXAMINED):
            self._take_verdict_back(before)
            return None
        if not reason.strip():
            raise ReasonMissing
        if before and (before.value, before.reason) == (verdict, reason):
            return before
        value = {"claim": found.id, "reviewer": self._reviewer, "value": verdict, "reason": reason}
        with self._step("judge") as step:
            value_now = value | {"label_set": self._label_set_version()}
            step.put_updated("verdict", value_now, verdict_id(found.id, self._reviewer))
        self._tell_step(step, verdict=(found.id,))
        return claims.verdict(self._connection, uuid_bytes(found.id) or b"", self._reviewer)

    def verdicts(self, article: str) -> dict[str, tuple[Verdict, ...]]:
        """Return all reviewers' verdicts on an article's claims, by the ids of these; raise UnknownArticle."""
        return claims.verdicts_of(self._connection, self._article_bytes(article))

    def relate(self, a: str, type: str, b: str, *, note: str = "") -> Relation:
        """Link two claims: `a` repeats, supports or contradicts `b`; the same link again changes its note.

        Raises UnknownAnnotation, NotAClaim, SameClaim or UnknownValue.
        """
        a, b = self._pair(a, type, b)
        identity = relation_id(a, type, b, self._reviewer)
        before = self._relation(a, identity)
        if before is None or before.note != note:
            value = {"a": a, "type": type, "b": b, "note": note, "reviewer": self._reviewer}
            with self._step("relate") as step:
                step.put_updated("relation", value, identity)
            self._tell_step(step, relation=(uuid_text(identity),))
        return self._relation(a, identity) or before  # type: ignore[return-value]  # it was just written

    def unrelate(self, a: str, type: str, b: str) -> None:
        """Take one's own link between two claims back. Raises UnknownAnnotation, NotAClaim or UnknownRelation."""
        a, b = self._pair(a, type, b)
        identity = relation_id(a, type, b, self._reviewer)
        if self._relation(a, identity) is None:
            raise UnknownRelation
        with self._step("unrelate") as step:
            step.put("relation", None, entity=identity)
        self._tell_step(step, relation=(uuid_text(identity),))

    def relations(self, claim: str) -> list[Relation]:
        """Return all reviewers' links between a claim and others, oldest first."""
        return claims.relations_of(self._connection, uuid_bytes(claim) or b"")

    def claim_rows(self) -> Iterator[ClaimRow]:
        """Yield a row for every claim of the project, in the order of the articles and of the text.

        It reads as it goes: the first rows are there at once, and nothing may be changed before the last was taken.
        """
        return board.claim_rows(self._connection)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _own_claim(self, claim: str) -> Annotation:
        found = self._claim(claim)
        if found.reviewer != self._reviewer:
            raise NotYours(owner=found.reviewer)
        return found

    def _store_frame(self, before: ClaimFrame, after: ClaimFrame) -> ClaimFrame:
        after = replace(after, label_set=before.label_set)
        if frame_value(after) == frame_value(before):
            return before
        value = frame_value(replace(after, label_set=self._label_set_version()))
        with self._step("frame") as step:
            step.put("frame", value | {"claim": after.claim}, entity=frame_id(after.claim))
        self._tell_step(step, frame=(after.claim,))
        return self.frame_of(after.claim) or after

    def _check_values(self, frame: ClaimFrame) -> None:
        for attribute in ("mode", "kind", "hedging"):
            self._need_value(attribute, getattr(frame, attribute))
        for one in frame.about:
            self._need_value("role", one.role)

    def _checked_parent(self, claim: str, parent: str) -> str:
        """Return the id of the claim in which this one is quoted; it must be of the same layer, and no ring may arise."""
        if not parent:
            return ""
        found = self._own_claim(parent)
        if found.article != self.annotation(claim).article:
            raise OtherArticle(words=found.words)
        if claims.is_quoted_in(self._connection, found.id, claim):
            raise CyclicClaims
        return found.id

    def _take_verdict_back(self, before: Verdict | None) -> None:
        if before:
            with self._step("judge") as step:
                step.put("verdict", None, entity=verdict_id(before.claim, before.reviewer))
            self._tell_step(step, verdict=(before.claim,))

    def _pair(self, a: str, type: str, b: str) -> tuple[str, str]:
        """Return the ids of two claims; for a link that holds both ways, in the order of the ids."""
        one, other = self._claim(a).id, self._claim(b).id
        if one == other:
            raise SameClaim
        self._need_value("relation", type or "?")
        symmetric = any(value.symmetric for value in self._attribute("relation").values if value.key == type)
        return (min(one, other), max(one, other)) if symmetric else (one, other)

    def _relation(self, claim: str, identity: bytes) -> Relation | None:
        return next((one for one in self.relations(claim) if one.id == uuid_text(identity)), None)
