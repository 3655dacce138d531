"""One of the values that a thing has side by side, in words: whose it is, since when, and what of it differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.exchange.reports import Conflict, Side
from annotator.model import LabelSet
from ui.board.words import value_name
from ui.locale_words import shown_moment
from ui.pointing import slots
from ui.register.wording import precision_names
from ui.translate import isolated, language, running, tr

_NOT_SAID = "—"
_ANSWERED = {
    "mode": "mode",
    "kind": "kind",
    "hedging": "hedging",
    "value": "verdict",
    "type": "relation",
    "role": "role",
}
"""The parts whose value is an answer of the label set, with the attribute that asks."""
_KINDS = ("actor_kind", "place_kind")
_ASKED = ("mode", "kind", "hedging")
_EDGES = ("start", "end")  # beside nothing the words say it
_THINGS = ("annotation", "entity", "parent", "merged_into", "a", "b", "answer_to", "comment")
"""The parts that name another thing by its id."""

Known = Mapping[str, str]


def side_words(one: Side, conflict: Conflict, labels: LabelSet | None, known: Known) -> str:
    """Return one side. `known` are the words of things by their ids."""
    now = tr("shown now") if one is conflict.sides[0] else ""
    who = running(" · ".join(filter(None, (isolated(one.reviewer), shown_moment(one.at, language()), now))))
    if one.value is None:
        removed = tr("Removed")
        return f"{who}\n{running(removed)}"
    quote = str(one.value.get("quote") or "")
    parts = [running(f"{name}: {value}") for name, value in _parts(one, conflict, labels, known)]
    if not parts and not quote:
        parts = [running(tr("It differs in details that have no words here."))]
    return "\n".join(filter(None, (who, running(f"«{isolated(quote)}»") if quote else "", *parts)))


def ids_in(conflict: Conflict) -> Iterator[str]:
    """Yield the ids of other things that its values name."""
    for side in conflict.sides:
        yield from _ids(side.value or {})


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (found for name in _THINGS if isinstance(found := value.get(name), str) and found)
        value = tuple(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from _ids(one)


def _parts(one: Side, conflict: Conflict, labels: LabelSet | None, known: Known) -> Iterator[tuple[str, str]]:
    """Yield name and value of each part in which a side differs; beside one that was removed, what it has."""
    value, others = one.value or {}, [other.value for other in conflict.sides if other is not one and other.value]
    for name, title in _titles(conflict.kind, labels).items():
        if name not in value:
            continue
        said = _said(name, value[name], labels, known)
        differs = any(other.get(name) != value[name] for other in others)
        if differs or (said and not others and name not in _EDGES):
            yield title, said or _NOT_SAID


def _said(name: str, value: Any, labels: LabelSet | None, known: Known) -> str:
    """Return a value in words, each of several isolated; nothing where there is none."""
    if isinstance(value, bool):
        return tr("yes") if value else ""
    if isinstance(value, list | tuple):
        return tr(", ").join(filter(None, (_said(name, one, labels, known) for one in value)))
    if isinstance(value, Mapping):
        return _isolated(_said_in(value, labels, known))
    return _isolated(_named(name, "" if value is None else str(value), labels, known))


def _isolated(words: str) -> str:
    return isolated(words) if words else ""


def _named(name: str, text: str, labels: LabelSet | None, known: Known) -> str:
    if not text:
        return ""
    if name in _THINGS:
        return known.get(text) or tr("something that is not here any more")
    if name in _ANSWERED and labels:
        return value_name(labels, _ANSWERED[name], text)
    if name == "subtype" and labels:
        return next((said for one in _KINDS if (said := value_name(labels, one, text)) != text), text)
    return _choices(name, labels).get(text, text)


def _said_in(value: Mapping[str, Any], labels: LabelSet | None, known: Known) -> str:
    """Return what a part of a part says: who or where with the role, words with what they mean, names by language."""
    if value.get("kind") == "outlet":
        return tr("The outlet itself")
    named = known.get(str(value.get("annotation") or ""), "")
    words = named or str(value.get("words") or value.get("quote") or value.get("text") or "")
    rest = [_said(name, value.get(name), labels, known) for name in ("value", "unit", "role")]
    if "words" in value or "quote" in value or "text" in value:
        return " – ".join(filter(None, (words, " ".join(filter(None, rest)))))
    return tr(", ").join(filter(None, (_said(name, found, labels, known) for name, found in value.items())))


def _choices(name: str, labels: LabelSet | None) -> dict[str, str]:
    """Return the words of the values of a part that has only a few."""
    if name == "label" and labels:
        return {one.key: one.names.get(language(), one.key) for one in labels.labels}
    return {
        "state": {"done": tr("Done"), "settled": tr("Settled"), "open": tr("Open")},
        "answer": {"entity": tr("In the register"), "unknown": tr("unknown"), "ambiguous": tr("ambiguous")},
        "precision": precision_names(),
        "outcome": {
            "agreed": tr("All agreed"), "none": tr("None taken"), "one": tr("One side taken"),
            "several": tr("Several sides taken"), "other": tr("Another mark"),
        },
    }.get(name, {})  # fmt: skip


def _titles(kind: str, labels: LabelSet | None) -> dict[str, str]:
    """Return what the parts of a thing are called, in the order in which they are told; what is not named is not told."""
    asked = {one.key: one.names.get(language(), one.key) for one in labels.attributes} if labels else {}
    names = {
        "annotation": {
            "label": tr("Label"), "form": tr("Plain form"), "note": tr("Note"), "start": tr("Begins at"), "end": tr("Ends at"),
            "to_confirm": tr("Still to be confirmed"),
        },
        "frame": {slot.part: slot.name for slot in slots()} | {name: asked.get(name, name) for name in _ASKED},
        "link": {"annotation": tr("Annotation"), "answer": tr("Answer"), "entity": tr("Entity")},
        "entity": {
            "names": tr("Names"), "subtype": tr("Kind"), "notes": tr("Notes"), "external": tr("Ids elsewhere"),
            "latitude": tr("Latitude"), "longitude": tr("Longitude"), "precision": tr("Precision"), "parent": tr("Part of"),
            "merged_into": tr("Merged with"), "sensitive": tr("Sensitive"),
        },
        "verdict": {"value": tr("Verdict"), "reason": tr("Reason")},
        "relation": {"a": tr("Claim"), "type": tr("Relation"), "b": tr("Claim"), "note": tr("Note")},
        "reading": {"state": tr("State"), "flagged": tr("Flag"), "note": tr("Note")},
        "settlement": {"state": tr("State")},
        "comment": {"text": tr("Text")},
        "decision": {"outcome": tr("Decision"), "note": tr("Note")},
        "article": {
            "title": tr("Title"), "outlet": tr("Outlet"), "author": tr("Author"), "date": tr("Published"),
        },
        "label": {
            "names": tr("Names"), "guideline": tr("What it means"), "colour": tr("Colour"), "shortcut": tr("Shortcut key"),
        },
        "filter": {"query": tr("Filter")},
        "reviewer": {"role": tr("Role")},
    }  # fmt: skip
    return names.get(kind, {})
