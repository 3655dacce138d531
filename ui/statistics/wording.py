"""How labels, verdicts, sources and figures are called in the statistics."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from annotator.language import N_
from annotator.model import Label, LabelSet
from annotator.review.agreement_record import FIGURE_NAMES
from ui.board.words import value_name
from ui.translate import isolated, language, tr

_PARTS = {
    "all": N_("Everything"),
    "label": N_("Label"),
    "month": N_("Month"),
    "version": N_("Version of the label set"),
}
_UNKNOWN = "#6b7280"


@dataclass(frozen=True, slots=True)
class Wording:
    """Names in the language of the window; `labels` are those of the project, with their attributes."""

    labels: LabelSet = field(default_factory=lambda: LabelSet(1, (), ()))

    def label(self, key: str) -> str:
        """Return the name of a label."""
        found = self._known().get(key)
        return found.names.get(language(), key) if found else isolated(key)

    def colour(self, key: str) -> str:
        """Return the colour of a label."""
        found = self._known().get(key)
        return found.colour if found else _UNKNOWN

    def in_order(self, keys: Collection[str]) -> tuple[str, ...]:
        """Return labels in the order of the label set; those it lacks come last."""
        known = [key for key in self._known() if key in keys]
        return (*known, *sorted(set(keys) - set(known)))

    def verdict(self, key: str) -> str:
        """Return the name of a verdict."""
        if key == "differing":
            return tr("Verdicts differ")
        return tr("Not examined") if key == "not_examined" else value_name(self.labels, "verdict", key)

    def verdicts(self, keys: Collection[str]) -> tuple[str, ...]:
        """Return verdicts in the order of the label set, those that are none at the end."""
        asked = next((one.values for one in self.labels.attributes if one.key == "verdict"), ())
        order = [one.key for one in asked if one.key != "not_examined"]
        known = [key for key in order if key in keys]
        last = [key for key in ("differing", "not_examined") if key in keys]
        return (*known, *sorted(set(keys) - {*known, *last}), *last)

    def source(self, words: str, kind: str) -> str:
        """Return who says a claim."""
        if kind == "outlet":
            return tr("The outlet itself")
        if kind == "unnamed" and not words:
            return tr("Unnamed source")
        return isolated(words) if words else tr("Nobody said who")

    def figure(self, name: str) -> str:
        """Return the name of a figure of agreement."""
        return tr(FIGURE_NAMES[name])

    def part(self, by: str, key: str) -> str:
        """Return which part of what was read a row of agreement is about."""
        if by == "all":
            return tr(_PARTS[by])
        return f"{tr(_PARTS[by])}: {self.label(key) if by == 'label' else isolated(key)}"

    def readers(self, table: str) -> Mapping[str, Callable[[str], str]]:
        """Return for the columns of a table that hold keys what gives their names."""
        readers: dict[str, dict[str, Callable[[str], str]]] = {
            "labels": {"label": self.label},
            "confusion": {"one": self._marked, "other": self._marked},
            "sources": {
                "verdict": self.verdict,
                "kind": _kind,
                "source": lambda words: isolated(words) if words else "—",
            },
            "agreement": {"figure": self.figure, "by": lambda by: tr(_PARTS[by])},
            "timeline": {"by": _day_from},
        }
        return readers.get(table, {})

    def _marked(self, key: str) -> str:
        return self.label(key) if key else tr("not marked")

    def _known(self) -> Mapping[str, Label]:
        return {one.key: one for one in self.labels.labels}


def _kind(kind: str) -> str:
    return {"actor": tr("Actor"), "outlet": tr("The outlet itself"), "unnamed": tr("Unnamed source")}.get(kind, "")


def _day_from(by: str) -> str:
    return tr("the day the claim gives") if by == "claim" else tr("the day of the article")
