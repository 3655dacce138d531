"""What reviewing says: in which ways sides differ, what each has, what was decided and why, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.decisions import REASONS, Decision
from annotator.model import LabelSet
from annotator.review.comparing import Difference, DifferenceKind
from ui.board.words import value_name
from ui.pointing import slots
from ui.review.differing import Filter, Review, Row
from ui.review.sides import ShownSide
from ui.translate import isolated, language, tr, trn

_ASKED = ("mode", "kind", "hedging")
_LONGEST = 90


def kind_name(kind: DifferenceKind) -> str:
    """Return the name of a way to differ."""
    return {
        "only": tr("Only some marked it"), "boundary": tr("Boundary"), "label": tr("Label"), "frame": tr("Claim frame"),
        "entity": tr("Entity"), "relation": tr("Relation"),
    }[kind]  # fmt: skip


def filter_name(wanted: Filter) -> str:
    """Return the name of what a filter shows."""
    if wanted == "all":
        return tr("All differences")
    return tr("Still open") if wanted == "open" else kind_name(wanted)


def reason_names() -> dict[str, str]:
    """Return the names of the reasons, without the empty one."""
    names = {
        "guideline": tr("Guideline gap"), "ambiguous": tr("Ambiguous text"), "slip": tr("Slip"), "other": tr("Other reason")
    }  # fmt: skip
    return {reason: names[reason] for reason in REASONS if reason}


def difference_name(difference: Difference, labels: LabelSet | None) -> str:
    """Return in which way sides differ; of a frame, in which part."""
    if difference.kind != "frame":
        return kind_name(difference.kind)
    part = difference.attribute
    named = {one.part: one.name for one in slots()}
    asked = {one.key: one.names.get(language(), one.key) for one in labels.attributes} if labels else {}
    return named.get(part) or asked.get(part, part)  # type: ignore[call-overload]


def value_words(difference: Difference, side: str, review: Review, labels: LabelSet | None) -> str:
    """Return what a side has where it differs; a dash where it has nothing."""
    value = difference.values.get(side, "")
    if difference.kind == "label":
        return label_name(value, labels)
    if difference.kind == "entity":
        answers = {"unknown": tr("unknown"), "ambiguous": tr("ambiguous")}
        value = answers.get(value) or review.entities.get(value, value)
    elif difference.kind == "relation" and value and labels:
        value = value_name(labels, "relation", value)
    elif difference.attribute in _ASKED and value and labels:
        value = value_name(labels, difference.attribute, value)
    return isolated(_short(value)) if value else "—"


def label_name(key: str, labels: LabelSet | None) -> str:
    """Return the name of a label."""
    found = next((one for one in labels.labels if one.key == key), None) if labels else None
    return found.names.get(language(), key) if found else key


def quote_of(row: Row, review: Review) -> str:
    """Return the words that a row is about."""
    text, span = review.article.text if review.article else "", row.span
    return " ".join(text[slice(*span)].split()) if span else tr("Relation")


def kinds_words(row: Row) -> str:
    """Return in which ways the sides of a row differ."""
    if row.match is None:
        return tr("Removed since it was decided")
    return " · ".join(map(kind_name, row.kinds)) or tr("Agreed now, decided otherwise before")


def side_words(row: Row, side: ShownSide, review: Review, labels: LabelSet | None) -> str:
    """Return what a side has of a row: its label and words, then each part in which it differs."""
    if row.match is None or not row.taken_from(side.name):
        return tr("nothing")
    one = row.match.annotations.get(side.name)
    if one is None:
        return value_words(row.match.differences[0], side.name, review, labels)
    plain = {"only", "boundary", "label"}.isdisjoint(row.kinds)
    lines = [] if plain and row.kinds else [f"{label_name(one.label, labels)} «{isolated(_short(one.quote))}»"]
    for difference in row.match.differences:
        if difference.kind in ("frame", "entity"):
            name = difference_name(difference, labels)
            lines.append(f"{name}: {value_words(difference, side.name, review, labels)}")
    return "\n".join(lines)


def decided_words(row: Row, review: Review, labels: LabelSet | None) -> str:
    """Return what was decided about a row, with the reason; empty while nothing was."""
    decision = row.decision
    if decision is None:
        return ""
    said = _outcome_words(row, decision, review, labels)
    why = reason_names().get(decision.reason, "")
    return " · ".join(filter(None, (said, why, isolated(_short(decision.note)) if decision.note else "")))


def _outcome_words(row: Row, decision: Decision, review: Review, labels: LabelSet | None) -> str:
    if decision.outcome == "agreed":
        return tr("All agreed")
    if decision.outcome == "none":
        return tr("None taken")
    if decision.outcome == "other":
        final = next(iter(decision.finals), None)
        made = f"{label_name(final.label, labels)} «{isolated(_short(final.quote))}»" if final else ""
        return tr("Another: {made}").format(made=made)
    letters = [side.letter for side in review.sides if row.taken_from(side.name) in decision.taken]
    return tr("Taken: {letters}").format(letters=" + ".join(letters) or "—")


def state_words(row: Row, review: Review, labels: LabelSet | None) -> str:
    """Return how far a row is, in words."""
    said = decided_words(row, review, labels)
    if row.state == "settled":
        return said
    if row.state == "changed":
        return tr("Changed since: {decided}").format(decided=said)
    return tr("Open")


def spoken_row(row: Row, review: Review, labels: LabelSet | None, *, hidden: bool) -> str:
    """Return a row as it is read aloud."""
    sides = [
        f"{side.title(hidden=hidden)}: {side_words(row, side, review, labels)}" for side in review.sides if row.match
    ]
    return ". ".join((quote_of(row, review), kinds_words(row), *sides, state_words(row, review, labels)))


def progress_words(review: Review) -> str:
    """Return how much is settled."""
    count = len(review.rows)
    return tr("{done} of {all} settled").format(done=count - review.open, all=count)


def names_of(names: Sequence[str]) -> str:
    """Return several names with commas between."""
    return ("، " if language() == "ar" else ", ").join(map(isolated, names))


def agreed_words(count: int) -> str:
    """Return what taking everything agreed would do."""
    return trn("Take {count} agreed mark", "Take {count} agreed marks", count)


def counted(wanted: Filter, counts: Mapping[str, int]) -> str:
    """Return a filter with how many differences it shows."""
    return f"{filter_name(wanted)} ({counts.get(wanted, 0)})"


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
