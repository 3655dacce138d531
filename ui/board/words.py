"""What the claim board says of a claim: the words of its cells, of the heads of its groups and of its links."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale

from annotator.frames import ClaimRow
from annotator.model import AttributeValue, LabelSet
from ui.board.claims import Claims, Group
from ui.translate import isolated, language, tr, trn

_LONGEST = 200
_LEFT, _RIGHT = "\u200e", "\u200f"  # what Qt finds the direction of a label by; it looks past what is isolated


def titles() -> dict[str, str]:
    """Return the titles of the columns, in their order."""
    return {
        "source": tr("Source"),
        "cue": tr("Cue"),
        "quote": tr("Claim"),
        "place": tr("Place"),
        "date": tr("Date"),
        "verdicts": tr("Verdict"),
        "links": tr("Links"),
        "title": tr("Article"),
        "reviewer": tr("Reviewer"),
    }


def cell(row: ClaimRow, column: str, labels: LabelSet) -> str:
    """Return what stands in a cell."""
    if column == "source":
        return source(row)
    if column == "verdicts":
        return verdicts(row.verdicts, labels)
    if column == "links":
        return links(row)
    if column == "date":
        return f"\u2066{row.date}\u2069" if row.date else ""
    return short(str(getattr(row, column)))


def source(row: ClaimRow) -> str:
    """Return who says a claim."""
    if row.source_kind == "outlet":
        return tr("The outlet itself")
    if row.source_kind == "unnamed" and not row.source:
        return tr("Unnamed source")
    return short(row.source)


def verdicts(keys: str, labels: LabelSet) -> str:
    """Return the names of verdicts; where there is none, that nobody has examined the claim."""
    names = [value_name(labels, "verdict", key) for key in keys.split()]
    return tr(", ").join(names) if names else tr("Not examined")


def links(row: ClaimRow) -> str:
    """Return how many claims a claim is linked to, and how many of them contradict it."""
    if not row.relations:
        return ""
    words = trn("{count} link", "{count} links", row.relations)
    if row.contradictions:
        words += " · " + trn("{count} contradicts it", "{count} contradict it", row.contradictions)
    return words


def head(group: Group, by: str, claims: Claims) -> str:
    """Return the head of a group: what its claims share, and how many they are."""
    count = trn("{count} claim", "{count} claims", len(group.rows))
    return f"{isolated(_shared(claims.rows[group.rows[0]], group, by, claims))} · {count}"


def spoken(row: ClaimRow, labels: LabelSet) -> str:
    """Return a claim as a screen reader says it."""
    parts = [cell(row, column, labels) for column in ("source", "quote", "place", "verdicts", "links")]
    return ". ".join(filter(None, parts))


def short(text: str) -> str:
    """Return a text on one line that cannot disturb what stands beside it."""
    words = " ".join(text[: 2 * _LONGEST].split())
    return isolated(words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…") if words else ""


def quoted(row: ClaimRow) -> str:
    """Return a claim in quotation marks, with who says it; it runs as the interface does, whatever its words do."""
    who = source(row)
    words = f"«{short(row.quote)}»"
    return (_RIGHT if language() == "ar" else _LEFT) + (f"{who}: {words}" if who else words)


def values(labels: LabelSet, attribute: str) -> tuple[AttributeValue, ...]:
    """Return the answers that an attribute allows."""
    return next((one.values for one in labels.attributes if one.key == attribute), ())


def value_name(labels: LabelSet, attribute: str, key: str) -> str:
    """Return the name of an answer in the language of the interface."""
    found = next((one for one in values(labels, attribute) if one.key == key), None)
    return found.names.get(language(), key) if found else key


def _shared(row: ClaimRow, group: Group, by: str, claims: Claims) -> str:
    if by == "verdicts":
        return verdicts(row.verdicts, claims.labels)
    if not group.value:
        return {
            "source": tr("No source given"),
            "place": tr("No place given"),
            "day": tr("No date given"),
            "actor": tr("Source not linked to the register"),
        }[by]
    if by == "source":
        return source(row)
    if by == "day":
        return _day(str(group.value))
    words = row.place if by == "place" else row.source
    return claims.names.get(group.value, words) if isinstance(group.value, bytes) else words


def _day(value: str) -> str:
    day = QDate.fromString(value, "yyyy-MM-dd")
    return QLocale(language()).toString(day, QLocale.FormatType.LongFormat) if day.isValid() else value
