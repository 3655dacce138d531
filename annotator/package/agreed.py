"""How well the reviewers agree on what a package holds: the figures that its receiver judges the work by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotator.exporting import Passage, counted_for
from annotator.redacting import Counted
from annotator.redaction import Profile
from annotator.review.agreement import Agreement
from annotator.review.asked import asked
from annotator.review.measuring import measured
from annotator.review.units import ReadArticle
from annotator.selecting import ALL, FINAL, Selection
from annotator.store import layers
from annotator.store.database import Connection
from annotator.writers.losses import Losses


def agreement_on(
    connection: Connection, selection: Selection, redaction: Profile | None, passage: Passage
) -> Agreement | None:
    """Return the agreement on what is selected, in the names and ids that are told; None where there is nothing to measure.

    The final layer is judged by the layers that it was made of. Raises ExportCancelled.
    """
    if selection.layer not in (ALL, FINAL):
        return None
    found = passage.watched(layers.read_articles(connection))
    wanted = asked(found, labels=selection.labels, has_article=selection.has_article)
    if redaction:
        with Losses() as losses:
            wanted = _told(wanted, counted_for(connection, redaction, losses))
    agreement = measured(wanted, watch=passage.watch)
    return agreement if agreement.rows else None


def _told(articles: Iterable[ReadArticle], counted: Counted) -> Iterator[ReadArticle]:
    """Yield articles as they may be told, in the order of their new ids; what their texts are called stays away."""
    told = (_as_told(one, counted) for one in articles)
    yield from sorted(told, key=lambda one: one.id)


def _as_told(article: ReadArticle, counted: Counted) -> ReadArticle:
    named = {counted.reviewer(name): layer for name, layer in article.layers.items()}
    return replace(article, id=counted.article(article.id), title="", layers=named)
