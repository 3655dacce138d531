"""Comparing the layers of an article and settling them into the final one, decision by decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from annotator.decision_values import decision_value
from annotator.decisions import Decision, Fate, Settlement
from annotator.errors import BadSides, StillOpen
from annotator.model import Annotation, Final
from annotator.review.comparing import Comparison, Match, Side, compare
from annotator.review.deciding import Choice, Deciding, Layers, Other
from annotator.review.final import FINAL, side_of
from annotator.review.opening import OpenDifference, fates, open_differences, undecided
from annotator.reviewing import Reviewing
from annotator.store import claims, decided, queries, register
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.identity import decision_id, final_id, settlement_id
from annotator.store.log import StepWriter

_FEWEST, _MOST = 2, 6
_NO_PARTS: Mapping[str, str] = {}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All layers of an article compared, what of it is still to be decided, and what was decided."""

    comparison: Comparison
    open: tuple[OpenDifference, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What there is to know of an article for settling it."""

    layers: Layers
    comparison: Comparison
    decisions: tuple[Decision, ...]

    @property
    def heads(self) -> dict[str, str]:
        return {identity: head for identity, (head, _) in self.layers.heads.items()}

    def open(self) -> list[OpenDifference]:
        return open_differences(self.comparison, self.decisions, self.heads)


class Settling(Reviewing):
    """The part of the project that makes one final layer of several."""

    def compare(self, article: str, sides: Sequence[str | Side] | None = None) -> Comparison:
        """Match two to six layers of an article and say how they differ; without `sides`, the layers of all who read it.

        A side is a reviewer's name, `final`, or a Side of one's own such as suggestions. Raises UnknownArticle or BadSides.
        """
        wanted = list(self.layers(article) if sides is None else sides)
        names = {side.name if isinstance(side, Side) else side for side in wanted}
        if not _FEWEST <= len(wanted) <= _MOST or len(names) < len(wanted):
            raise BadSides(count=len(names))
        layers = self._layers_of(article)
        made = [side if isinstance(side, Side) else self._side(article, side, layers) for side in wanted]
        return compare(article, made, symmetric=self._symmetric())

    def open_differences(self, article: str) -> tuple[OpenDifference, ...]:
        """Return what is still to be decided about an article: no decision yet, or something changed since; in text order.

        Raises UnknownArticle.
        """
        return tuple(self._known(article).open())

    def reviewed(self, article: str) -> Reviewed:
        """Return all of an article at once that one settles it by: what `compare`, `open_differences` and `decisions` tell.

        Raises UnknownArticle, or BadSides where fewer than two or more than six read it.
        """
        known = self._known(article)
        if not _FEWEST <= len(known.comparison.sides) <= _MOST:
            raise BadSides(count=len(known.comparison.sides))
        return Reviewed(known.comparison, tuple(known.open()), known.decisions)

    def decisions(self, article: str) -> tuple[Decision, ...]:
        """Return what was decided about an article; raise UnknownArticle."""
        return decided.decisions(self._connection, self._article_bytes(article))

    def settlement(self, article: str) -> Settlement | None:
        """Return who called an article settled, or opened it again, or None if nobody did; raise UnknownArticle."""
        return decided.settlement(self._connection, self._article_bytes(article))

    def final_layer(self, article: str) -> Final:
        """Return the final layer of an article as far as it was decided; raise UnknownArticle."""
        key = self._article_bytes(article)
        verdicts = claims.verdicts_of(self._connection, key)
        return decided.final_layer(self._connection, key, verdicts) or Final()

    def fates(self, article: str) -> tuple[Fate, ...]:
        """Return what became of one's own annotations of an article, in the order of the text; raise UnknownArticle."""
        key = self._article_bytes(article)
        own = [one.id for one in queries.annotations_of(self._connection, key) if one.reviewer == self._reviewer]
        heads = {identity: head for identity, (head, _) in decided.heads(self._connection, key).items()}
        return tuple(fates(own, decided.decisions(self._connection, key), heads))

    # -- deciding -------------------------------------------------------------------------------------------------

    def decide(
        self,
        article: str,
        sources: Iterable[str],
        *,
        take: Iterable[str] = (),
        parts: Mapping[str, str] = _NO_PARTS,
        other: Other | None = None,
        reason: str = "",
        note: str = "",
    ) -> Decision:
        """Decide about annotations (or relations) of several layers that mean the same; only a lead may.

        `sources` are the ids of a match, `take` those of them that stand: one, several, or none. `parts` names for parts of an
        annotation (`span`, `label`, `note`, `entity`, `frame`, or a part of the frame such as `mode`) the source it comes from
        instead; `other` is an annotation that no layer has. Earlier decisions about any of the sources are replaced. Of sources
        decided about earlier that are all gone, none can be taken. Raises
        NotALead, UnknownArticle, UnknownSource, UnknownPart, UnknownReason, UnknownLabel or BadSpan.
        """
        self._need_lead()
        if other:
            self._need_label(other.label)
        earlier = self.decisions(article)
        layers = replace(self._layers_of(article), gone={id: one for one in earlier for id in one.source_ids})
        ids = tuple(dict.fromkeys(sources))
        taken = tuple(one for one in ids if one in set(take)) + tuple(one for one in take if one not in ids)
        choice = Choice(taken, parts, other, reason, note.strip())
        made = self._deciding(article, layers).decision(_decision_id(article, ids), ids, choice)
        made = self._with_version(made) if other else made
        if _same(made, earlier):
            return next(one for one in earlier if one.id == made.id)
        with self._step("decide") as step:
            _put_decision(step, made, earlier)
        self._tell_step(step, decision=(article,))
        return next(one for one in self.decisions(article) if one.id == made.id)

    def take_agreed(self, article: str) -> int:
        """Take into the final layer all that every layer agrees on and nobody decided about yet; only a lead may.

        Returns how much that is. Raises NotALead or UnknownArticle.
        """
        self._need_lead()
        known = self._known(article)
        made = self._agreed(article, known)
        if made:
            with self._step("take_agreed") as step:
                for decision in made:
                    _put_decision(step, decision, ())
            self._tell_step(step, decision=(article,))
        return len(made)

    def settle(self, article: str) -> Settlement:
        """Call an article settled, taking what all agree on; only a lead may. Raises NotALead, UnknownArticle or StillOpen."""
        self._need_lead()
        known = self._known(article)
        still_open = known.open()
        if still_open:
            raise StillOpen(title=self.article(article).title, count=len(still_open))
        return self._put_settlement("settle", article, "settled", self._agreed(article, known))

    def reopen(self, article: str) -> Settlement:
        """Open a settled article again; what was decided stays. Only a lead may. Raises NotALead or UnknownArticle."""
        self._need_lead()
        return self._put_settlement("reopen", article, "open", ())

    # -- inside ---------------------------------------------------------------------------------------------------

    def _known(self, article: str) -> _Known:
        layers = self._layers_of(article)
        sides = [self._side(article, name, layers) for name in self.layers(article)]
        comparison = compare(article, sides, symmetric=self._symmetric())
        return _Known(layers, comparison, self.decisions(article))

    def _layers_of(self, article: str) -> Layers:
        key = self._article_bytes(article)
        return Layers(
            {one.id: one for one in queries.annotations_of(self._connection, key)},
            claims.frames_of(self._connection, key),
            register.links_of(self._connection, key),
            {one.id: one for one in claims.relations_from(self._connection, key)},
            decided.heads(self._connection, key),
        )

    def _side(self, article: str, name: str, layers: Layers) -> Side:
        if name == FINAL:
            return side_of(self.final_layer(article))
        own = [one for one in layers.annotations.values() if one.reviewer == name]
        return Side(
            name, own, _of(layers.frames, own), _of(layers.links, own),
            [one for one in layers.relations.values() if one.reviewer == name],
            _of(claims.verdicts_of(self._connection, uuid_bytes(article) or b""), own),
        )  # fmt: skip

    def _symmetric(self) -> frozenset[str]:
        relation = next((one for one in self.attributes() if one.key == "relation"), None)
        return frozenset(one.key for one in relation.values if one.symmetric) if relation else frozenset()

    def _deciding(self, article: str, layers: Layers) -> Deciding:
        return Deciding(
            article, self._text_of(article), layers, self._reviewer, lambda one, n: uuid_text(final_id(one, n))
        )  # fmt: skip

    def _agreed(self, article: str, known: _Known) -> list[Decision]:
        deciding = self._deciding(article, known.layers)
        return [
            deciding.decision(_decision_id(article, match.ids), match.ids, _as_agreed(match))
            for match in undecided(known.comparison.agreed, known.decisions)
        ]

    def _with_version(self, made: Decision) -> Decision:
        version = self._label_set_version()
        return replace(made, finals=tuple(replace(one, label_set=version) for one in made.finals))

    def _put_settlement(self, action: str, article: str, state: str, agreed: Sequence[Decision]) -> Settlement:
        key = self._article_bytes(article)
        layers = decided.fingerprints(self._connection, [key])[key]
        before = decided.settlement(self._connection, key)
        if before and not agreed and (before.state, before.layers) == (state, layers):
            return before
        with self._step(action) as step:
            for decision in agreed:
                _put_decision(step, decision, ())
            value = {"article": article, "state": state, "layers": layers, "reviewer": self._reviewer}
            step.put_updated("settlement", value, settlement_id(article))
        self._tell_step(step, settlement=(article,), decision=(article,) if agreed else ())
        return decided.settlement(self._connection, key) or before  # type: ignore[return-value]  # it was just written


def _of(hanging: Mapping[str, _T], own: Iterable[Annotation]) -> dict[str, _T]:
    return {one.id: hanging[one.id] for one in own if one.id in hanging}


def _decision_id(article: str, sources: Iterable[str]) -> str:
    return uuid_text(decision_id(article, sources))


def _as_agreed(match: Match) -> Choice:
    """Return the choice of the first side for what all agree on; it stands for all of them."""
    return Choice(take=match.ids, agreed=True)


def _same(made: Decision, earlier: Iterable[Decision]) -> bool:
    """Tell whether just this was decided before, by the same lead."""
    value = _without_times(made)
    return any(one.id == made.id and _without_times(one) == value for one in earlier)


def _without_times(decision: Decision) -> dict[str, object]:
    return decision_value(decision) | {"created_at": "", "updated_at": ""}


def _put_decision(step: StepWriter, made: Decision, earlier: Iterable[Decision]) -> None:
    """Write a decision, and take back earlier ones about any of its sources."""
    identity = uuid_bytes(made.id) or b""
    before = None
    for one in earlier:
        if one.id == made.id:
            before = one
        elif one.source_ids & made.source_ids:
            step.put("decision", None, entity=uuid_bytes(one.id))
    value = decision_value(made)
    if before:
        step.put_updated("decision", value | {"created_at": before.created_at}, identity)
    else:
        step.put_new("decision", value, entity=identity)
