"""Which part of a project goes out: labels, layers and articles, chosen from the stream of marked articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from annotator.model import CLAIM, Annotation, Final, MarkedArticle

ALL, FINAL = "all", "final"
_Hanging = TypeVar("_Hanging")


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for. Empty `labels` mean all of them, and so does None for `articles` (ids; an empty set means none);
    `layer` is `all`, `final` or a reviewer's name.

    The final layer of a settled article is what was decided. An article with one reviewer alone, about which nothing was
    decided, has that one's layer for its final one; every other one has none yet. `since` tells from which moment on the
    changed articles are chosen (else it is empty), `removed` by kind what is no longer there since.
    """

    labels: frozenset[str] = frozenset()
    articles: frozenset[str] | None = None
    layer: str = ALL
    since: str = ""
    removed: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.labels and self.articles is None and self.layer == ALL

    def has_article(self, article: str) -> bool:
        """Tell whether an article is asked for."""
        return self.articles is None or article in self.articles


EVERYTHING = Selection()


def selected(articles: Iterable[MarkedArticle], selection: Selection) -> Iterator[MarkedArticle]:
    """Yield what is selected of a stream of marked articles."""
    for marked in articles:
        if selection.has_article(marked.article.id):
            yield marked if selection.is_everything else _part(marked, selection)


def has_claim(selection: Selection, article: str, reviewer: str) -> bool:
    """Tell whether a claim of this article and reviewer is selected."""
    return (
        selection.has_article(article)
        and (not selection.labels or CLAIM in selection.labels)
        and selection.layer in (ALL, FINAL, reviewer)
    )


def is_unsettled(marked: MarkedArticle) -> bool:
    """Tell whether an article has no final layer: several layers, or others' that are hidden, and nobody called it settled."""
    if marked.settled:
        return False
    return marked.hidden or marked.final is not None or len({one.reviewer for one in marked.annotations}) > 1


def _part(marked: MarkedArticle, selection: Selection) -> MarkedArticle:
    if selection.layer == FINAL and is_unsettled(marked):
        return _with(marked, [])
    if selection.layer == FINAL and marked.final:
        marked = _settled(marked, marked.final)
    return _with(marked, [one for one in marked.annotations if _is_wanted(one, selection)])


def _settled(marked: MarkedArticle, final: Final) -> MarkedArticle:
    """Return the article with its final layer in the place of those of its reviewers."""
    return replace(
        marked, annotations=list(final.annotations), frames=final.frames, verdicts=final.verdicts, links=final.links,
        relations=final.relations,
    )  # fmt: skip


def _is_wanted(annotation: Annotation, selection: Selection) -> bool:
    wanted_layer = selection.layer in (ALL, FINAL) or annotation.reviewer == selection.layer
    return wanted_layer and (not selection.labels or annotation.label in selection.labels)


def _with(marked: MarkedArticle, annotations: list[Annotation]) -> MarkedArticle:
    kept = {one.id for one in annotations}
    return replace(
        marked,
        annotations=annotations,
        frames=_kept(marked.frames, kept),
        verdicts=_kept(marked.verdicts, kept),
        links=_kept(marked.links, kept),
        relations=tuple(one for one in marked.relations if one.a in kept),
    )


def _kept(hanging: Mapping[str, _Hanging], kept: set[str]) -> dict[str, _Hanging]:
    return {identity: one for identity, one in hanging.items() if identity in kept}
