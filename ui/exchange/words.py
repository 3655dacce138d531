"""Bundles, merges and conflicts in the words of the window. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotator import BundleReport, Merge, Preview
from annotator.exchange.reports import Conflict, Content
from annotator.exchange.reports import Side as ConflictSide
from ui.locale_words import shown_moment
from ui.translate import isolated, language, running, say, tr, trn


def heading(found: Preview) -> str:
    """Return what receiving brings, in one line."""
    parts = [
        trn("{count} new article", "{count} new articles", found.articles),
        trn("{count} new annotation", "{count} new annotations", found.annotations),
    ]
    if found.conflicts:
        parts.append(trn("{count} conflict", "{count} conflicts", found.conflicts))
    return running(" · ".join(parts))


def lines(found: Preview) -> Iterator[str]:
    """Yield a line for each bundle, with what it brings or why it is refused, and what should be looked at."""
    for one in found.bundles:
        yield running(say(one.refused)) if one.refused else _brings(one)
        yield from (f"  ! {say(warning)}" for warning in one.warnings)


def _brings(one: Content) -> str:
    told = tr("{file}: from {sender}, {at}; new changes: {new}, known already: {known}")
    filled = told.format(
        file=isolated(one.file),
        sender=isolated(one.sender),
        at=shown_moment(one.made_at, language()),
        new=one.new,
        known=one.known,
    )
    return running(filled)


def sent(report: BundleReport) -> str:
    """Return what was sent."""
    told = tr("{operations} changes and {articles} articles were written to {path}.")
    return running(told.format(operations=report.operations, articles=report.articles, path=isolated(str(report.path))))


def taken_back(merge: Merge) -> str:
    """Return what was taken back."""
    told = tr("What was received at {at} was taken back; changes: {operations}.")
    return running(told.format(at=shown_moment(merge.at, language()), operations=merge.operations))


def will_take_back(merge: Merge) -> str:
    """Return the question whether a merge is to be taken back."""
    told = tr("Take back what came from {senders} at {at}? What you did since stays, unless it builds on that.")
    return running(told.format(senders=isolated("، ".join(merge.senders)), at=shown_moment(merge.at, language())))


def side(one: ConflictSide, conflict: Conflict, labels: Mapping[str, str]) -> str:
    """Return one of the values that a thing has side by side: whose, when, and what of it differs.

    `labels` are the names of the labels by their keys.
    """
    who = running(f"{isolated(one.reviewer)} · {shown_moment(one.at, language())}")
    if one.value is None:
        return f"{who}\n{running(tr('Removed'))}"
    others = [other.value for other in conflict.sides if other is not one]
    names = _names()
    told = [
        running(f"{names.get(name, name)}: {isolated(labels.get(str(value)) or _shown(value))}")
        for name, value in one.value.items()
        if _differs(name, value, others)
    ]
    words = str(one.value.get("quote") or one.value.get("name") or "")
    return "\n".join(filter(None, (who, running(f"«{isolated(words)}»") if words else "", *told)))


def _names() -> dict[str, str]:
    """Return what the parts of things are called."""
    return {
        "label": tr("Label"), "note": tr("Note"), "start": tr("Begins at"), "end": tr("Ends at"), "quote": tr("Text"),
        "form": tr("Plain form"), "mode": tr("Mode"), "kind": tr("Kind"), "source": tr("Who says it"),
        "value": tr("Verdict"), "reason": tr("Reason"), "state": tr("State"), "title": tr("Title"), "text": tr("Text"),
    }  # fmt: skip


def _differs(name: str, value: Any, others: list[Mapping[str, Any] | None]) -> bool:
    return name != "updated_at" and any(other is None or other.get(name) != value for other in others)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_shown(found)}" for name, found in value.items() if found)
    return ", ".join(map(_shown, value)) if isinstance(value, list | tuple) else str(value)
