"""A claim in few words: the lines of its card in the margin, and the places of its frame's parts on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator import Annotation
from annotator.decisions import Comment
from annotator.frames import ClaimFrame, Speaker, Verdict
from annotator.model import LabelSet
from ui.page.marks import Part
from ui.relating import Related, card_line
from ui.translate import isolated, language, tr, trn

_LONGEST = 80


def card_of(
    claim: Annotation,
    frame: ClaimFrame | None,
    verdicts: Sequence[Verdict],
    label_set: LabelSet | None,
    related: Related | None,
    comments: Sequence[Comment] = (),
) -> tuple[str, ...]:
    """Return who says the claim, with which words and through whom, what reviewers hold of it, and what contradicts it."""
    how = _how(frame) if frame else ""
    return (
        _who(frame.source) if frame and frame.source else tr("Who says this?"),
        how or f"«{' '.join(claim.quote[:_LONGEST].split())}»",
        *(f"• {_name(label_set, one.value)} · {isolated(one.reviewer)}" for one in verdicts),
        *filter(None, [card_line(related), comments_words(comments)]),
    )


def comments_words(comments: Sequence[Comment]) -> str:
    """Return how many comments there are and how many of them wait for an answer; empty when there are none."""
    if not comments:
        return ""
    count = trn("{count} comment", "{count} comments", len(comments))
    still_open = any(not one.resolved_by and not one.answer_to for one in comments)
    return count if still_open else tr("{comments}, resolved").format(comments=count)


def parts_of(frame: ClaimFrame, annotations: Mapping[str, Annotation]) -> list[Part]:
    """Return where the parts of a frame stand in the article; who says it and the words of saying are joined to the claim."""
    speakers = [one for one in (frame.source, frame.via) if one]
    others = [*(one.annotation for one in frame.about), *(one.annotation for one in frame.places)]
    joined = [(one.start, one.end) for one in frame.cue]
    joined += _found([one.annotation for one in speakers], annotations)
    joined += [(one.start, one.end) for one in speakers if one.start is not None and one.end is not None]
    outlined = _found(others, annotations)
    outlined += [(one.start, one.end) for one in frame.numbers if one.start is not None and one.end is not None]
    if frame.time and frame.time.start is not None and frame.time.end is not None:
        outlined.append((frame.time.start, frame.time.end))
    return [Part(*span, span in joined) for span in dict.fromkeys((*joined, *outlined))]


def _found(identities: Sequence[str], annotations: Mapping[str, Annotation]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in map(annotations.get, identities) if one]


def _who(speaker: Speaker) -> str:
    if speaker.kind == "outlet":
        return tr("The outlet itself")
    words = tr("Unnamed: {words}").format(words=speaker.words) if speaker.kind == "unnamed" else speaker.words
    return tr("{words} (no longer marked)").format(words=words) if speaker.removed else words


def _how(frame: ClaimFrame) -> str:
    """Return the words of saying and whom the claim came through."""
    cue = " … ".join(one.quote for one in frame.cue)
    via = tr("through {name}").format(name=isolated(_who(frame.via))) if frame.via else ""
    return " · ".join(filter(None, (cue, via)))


def _name(label_set: LabelSet | None, verdict: str) -> str:
    attributes = label_set.attributes if label_set else ()
    values = next((one.values for one in attributes if one.key == "verdict"), ())
    return next((one.names.get(language(), one.key) for one in values if one.key == verdict), verdict)
