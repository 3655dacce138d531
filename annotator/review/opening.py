"""What is still to be decided about an article: differences without a decision, or of which something changed since.

A decision holds as long as exactly what it was about is there and says what it said then. Decisions of which that is no longer
true stay in force until somebody decides again, and are told with what is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.decisions import Decision, Fate
from annotator.review.comparing import Comparison, Match


@dataclass(frozen=True, slots=True)
class OpenDifference:
    """Something to decide about; `before` are earlier decisions about any of it. Without a match, all it was about is gone."""

    match: Match | None
    before: tuple[Decision, ...] = ()


Heads = Mapping[str, str]
"""What annotations and relations say now, as digests by their ids."""


def open_differences(comparison: Comparison, decisions: Sequence[Decision], heads: Heads) -> list[OpenDifference]:
    """Return what is to be decided, in the order of the text; what all agree on only where it was decided otherwise."""
    about = _by_source(decisions)
    found = [_opened(match, about, heads) for match in comparison.matches]
    there = {identity for match in comparison.matches for identity in match.ids}
    gone = [OpenDifference(None, (one,)) for one in decisions if not one.source_ids & there and one.outcome != "none"]
    return [one for one in found if one] + gone


def undecided(matches: Iterable[Match], decisions: Sequence[Decision]) -> list[Match]:
    """Return those of the matches about which nothing was decided yet."""
    about = _by_source(decisions)
    return [match for match in matches if not any(identity in about for identity in match.ids)]


def holds(decision: Decision, ids: Iterable[str], heads: Heads) -> bool:
    """Tell whether a decision was about just these, as they are now."""
    return decision.source_ids == set(ids) and all(heads.get(one.id) == one.head for one in decision.sources)


def fates(own: Iterable[str], decisions: Sequence[Decision], heads: Heads) -> list[Fate]:
    """Return what became of one's own annotations, in their order."""
    about = _by_source(decisions)
    return [_fate(one, about[one][0], heads) if one in about else Fate(one, "open") for one in own]


def _opened(match: Match, about: Mapping[str, list[Decision]], heads: Heads) -> OpenDifference | None:
    before = tuple(dict.fromkeys(decision for identity in match.ids for decision in about.get(identity, ())))
    if len(before) == 1 and (holds(before[0], match.ids, heads) or _still_agreed(match, before[0], heads)):
        return None
    return OpenDifference(match, before) if before or not match.agreed else None


def _still_agreed(match: Match, decision: Decision, heads: Heads) -> bool:
    """Tell whether everybody agrees on what was agreed on before, though a side was added or went."""
    there = [one for one in decision.sources if one.id in match.ids]
    return (
        match.agreed
        and decision.outcome == "agreed"
        and bool(there)
        and all(heads.get(one.id) == one.head for one in there)
    )


def _by_source(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    about: dict[str, list[Decision]] = {}
    for decision in decisions:
        for identity in decision.source_ids:
            about.setdefault(identity, []).append(decision)
    return about


def _fate(annotation: str, decision: Decision, heads: Heads) -> Fate:
    source = next(one for one in decision.sources if one.id == annotation)
    finals = tuple(final.id for final in decision.finals)
    taken = annotation in decision.taken and decision.outcome != "other"
    return Fate(
        annotation, "not_taken" if not finals else "taken" if taken else "changed", decision.reason, decision.note,
        decision.reviewer, finals, heads.get(annotation) != source.head,
    )  # fmt: skip
