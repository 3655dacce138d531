"""Which layers agreement is asked of: reviewers, labels and articles, chosen from the stream of those that were read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from annotator.review.units import Layer, ReadArticle


def asked(
    found: Iterable[ReadArticle],
    *,
    reviewers: Collection[str] = (),
    labels: Collection[str] = (),
    has_article: Callable[[str], bool] = lambda _: True,
) -> Iterator[ReadArticle]:
    """Yield the articles asked for that several of the reviewers read, with their layers and labels; empty choices mean all."""
    for one in found:
        kept = {
            name: _of_labels(layer, labels) for name, layer in one.layers.items() if not reviewers or name in reviewers
        }
        if len(kept) > 1 and has_article(one.id):
            yield replace(one, layers=kept)


def _of_labels(layer: Layer, labels: Collection[str]) -> Layer:
    return replace(layer, units=[unit for unit in layer.units if unit.label in labels]) if labels else layer
