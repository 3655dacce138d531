"""An annotation as the page shows it: its colour, what hovering tells of it, and the card of a claim."""

from __future__ import annotations

from annotator import Annotation, Label
from annotator.model import CLAIM
from ui.claim_card import card_of, comments_words
from ui.page.marks import Mark
from ui.snapshot import Snapshot
from ui.translate import isolated, language, tr


def mark_of(annotation: Annotation, label: Label, now: Snapshot) -> Mark:
    """Return an annotation of a snapshot as the page shows it."""
    name = f"{label.names.get(language(), label.key)} · {isolated(annotation.reviewer)}"
    meaning = now.linked.words_of(annotation.id)
    means = tr("Means: {name}").format(name=meaning) if meaning else ""
    doubt = tr("Carried over from the earlier version: still right?") if annotation.to_confirm else ""
    comments = comments_words(now.comments.get(annotation.id, ()))
    words = "\n".join(filter(None, (name, doubt, means, annotation.note, comments)))
    card = _card(annotation, now) if label.key == CLAIM else ()
    place = (annotation.start, annotation.end)
    return Mark(annotation.id, *place, label.colour, label.style, label.long, words, card, annotation.to_confirm)


def _card(claim: Annotation, now: Snapshot) -> tuple[str, ...]:
    frame, verdicts = now.frames.get(claim.id), now.verdicts.get(claim.id, ())
    return card_of(claim, frame, verdicts, now.label_set, now.related.get(claim.id), now.comments.get(claim.id, ()))
