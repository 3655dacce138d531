"""What the export dialog and its report say in the same words."""

from __future__ import annotations

from ui.importing.words import number
from ui.translate import tr, trn


def amount_words(articles: int, annotations: int) -> str:
    """Return how many articles and annotations these are."""
    parts = (
        trn("{count} article", "{count} articles", articles, shown=number(articles)),
        trn("{count} annotation", "{count} annotations", annotations, shown=number(annotations)),
    )
    return tr("{articles}, {annotations}").format(articles=parts[0], annotations=parts[1])
