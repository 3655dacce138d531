"""The chain of custody of an article: what was done to its record, by whom and when, as values and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.language import N_, Translate


@dataclass(frozen=True, slots=True)
class Handling:
    """One entry of the chain of custody: who did what to the article's record, when, and what differed afterwards.

    `operation` is its entry in the project's log, `installation` the copy of the program that wrote it. `changes` gives the
    values before and after, by the name of the field; an article that was taken back has none after.
    """

    at: str
    by: str
    action: str
    operation: str
    installation: str
    changes: Mapping[str, tuple[Any, Any]]


_ACTIONS = {
    "import": N_("collected: imported"),
    "create": N_("collected: came with the project"),
    "describe": N_("details put right"),
    "boilerplate": N_("page boilerplate marked"),
    "recognise": N_("page boilerplate recognised"),
    "carry": N_("made the corrected version of another"),
    "group": N_("grouped with copies of its text"),
    "ungroup": N_("taken out of its group of copies"),
    "apart": N_("told apart from another text"),
    "undo": N_("a step was taken back"),
    "redo": N_("a step was done again"),
}
_FIELDS = {
    "title": N_("Title"),
    "outlet": N_("Outlet"),
    "author": N_("Author"),
    "date": N_("Published"),
    "boilerplate": N_("Page boilerplate"),
    "replaces": N_("Corrects"),
    "original": N_("Copy of"),
}


def custody_line(one: Handling, say: Translate) -> str:
    """Return one entry as a line: when, who, what, and each value that differs from before."""
    action = say(_ACTIONS[one.action]) if one.action in _ACTIONS else one.action
    return " · ".join(filter(None, (one.at, one.by, action, "; ".join(_changes(one, say)))))


def _changes(one: Handling, say: Translate) -> Iterator[str]:
    for name, values in one.changes.items():
        before, after = (_shown(value, say) for value in values)
        yield f"{say(_FIELDS.get(name, name))}: {before} → {after}"


def _shown(value: Any, say: Translate) -> str:
    """Return a value as it stands in a line: words in quotation marks, stretches of the text by their offsets."""
    if not value:
        return say(N_("nothing"))
    if isinstance(value, list):
        return ", ".join(f"{one['start']}–{one['end']}" for one in value)
    return f"“{value}”"
