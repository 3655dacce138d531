"""What an import brings of reviewing: roles, settings, decisions, settled articles, comments. What is there stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict

from annotator.decision_values import decision_value
from annotator.decisions import Comment, Decision, Reviewer, Setting, Settlement
from annotator.frames import ClaimFrame
from annotator.store import claims, team
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.database import Connection
from annotator.store.identity import decision_id, final_id, resolved_id, setting_id, settlement_id
from annotator.store.log import StepWriter
from annotator.taking import Taker

OfReview = Reviewer | Setting | Decision | Settlement | Comment
"""What an import brings of who reviews and what was decided and said."""
TextOf = Callable[[str], str | None]


class ReviewTaker:
    """Takes what belongs to reviewing into a project; roles and settings only if a lead imports them."""

    def __init__(self, connection: Connection, taker: Taker, reviewer: str) -> None:
        self._connection = connection
        self._taker = taker
        self._by_lead = team.role_of(connection, reviewer) == "lead"

    def may_take(self, item: OfReview) -> bool:
        """Tell whether whoever imports may bring this."""
        return self._by_lead or not isinstance(item, Reviewer | Setting)

    def take(self, step: StepWriter, item: OfReview) -> Iterator[tuple[str, str]]:
        """Take one thing if it is not there; yield the kinds and the ids by which it is told."""
        if isinstance(item, Reviewer):
            self._taker.take_role(item)
        elif isinstance(item, Setting):
            if self._is_new(step, "setting", setting_id(item.key)):
                step.put("setting", asdict(item), entity=setting_id(item.key))
                yield "setting", item.key
        elif isinstance(item, Decision):
            if self._is_new(step, "decision", uuid_bytes(item.id) or b""):
                self._taker.ensure_reviewer(step, item.reviewer)
                step.put("decision", decision_value(item), entity=uuid_bytes(item.id))
                yield "decision", item.article
        elif isinstance(item, Settlement):
            if self._is_new(step, "settlement", settlement_id(item.article)):
                self._taker.ensure_reviewer(step, item.reviewer)
                step.put("settlement", asdict(item), entity=settlement_id(item.article))
                yield "settlement", item.article
        else:
            yield from self._take_comment(step, item)

    def _take_comment(self, step: StepWriter, item: Comment) -> Iterator[tuple[str, str]]:
        value = asdict(item)
        resolved = {"comment": item.id, "annotation": item.annotation, "reviewer": value.pop("resolved_by")}
        resolved["updated_at"] = value.pop("resolved_at")
        identity = uuid_bytes(value.pop("id")) or b""
        if self._is_new(step, "comment", identity):
            self._taker.ensure_reviewer(step, item.reviewer)
            step.put("comment", value, entity=identity)
            yield "comment", item.annotation
            if item.resolved_by:
                self._taker.ensure_reviewer(step, item.resolved_by)
                step.put("resolved", resolved, entity=resolved_id(item.id))
                yield "resolved", item.annotation

    def _is_new(self, step: StepWriter, kind: str, identity: bytes) -> bool:
        return not step.has(identity) and not claims.has(self._connection, kind, identity)


def fits(item: OfReview, text_of: TextOf) -> bool:
    """Tell whether what a record says of an article fits it: the article is there, ids and words are what they must be."""
    if isinstance(item, Reviewer | Setting):
        return True
    text = text_of(item.article)
    return text is not None and (not isinstance(item, Decision) or _decision_fits(item, text))


def _decision_fits(item: Decision, text: str) -> bool:
    made = [*(one.id for one in item.finals), *(one.id for one in item.relations)]
    ids = [item.id, *made]
    derived = [decision_id(item.article, item.source_ids), *(final_id(item.id, n) for n in range(len(made)))]
    return ids == list(map(uuid_text, derived)) and all(
        text[one.start : one.end] == one.quote and (one.frame is None or _frame_fits(one.frame, text))
        for one in item.finals
    )


def _frame_fits(frame: ClaimFrame, text: str) -> bool:
    spans = [(one.start, one.end, one.quote) for one in frame.cue]
    others = (frame.source, frame.via, frame.time, *frame.numbers)
    return all(text[start:end] == quote for start, end, quote in spans) and all(
        one.start is None or text[one.start : one.end] == one.words for one in others if one
    )
