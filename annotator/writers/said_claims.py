"""Claims as lines for people, where a format has no place for them: who says it, in which words, and what is said."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.frames import ClaimFrame, Speaker, Verdict
from annotator.model import CLAIM, MarkedArticle
from annotator.writers.standing import Standing


def said_claims(marked: MarkedArticle, register: Standing) -> Iterator[str]:
    """Yield each claim of an article in a line: its source and cue, its words, and what its frame and reviewers say of it."""
    for one in marked.annotations:
        if one.label == CLAIM:
            frame = marked.frames.get(one.id)
            before = _saying(frame, marked, register) if frame else ""
            said = [*(_framed(frame, marked, register) if frame else ())]
            said += [_judged(verdict) for verdict in marked.verdicts.get(one.id, ())]
            words = " ".join(one.quote.split())
            more = f" [{'; '.join(said)}]" if said else ""
            yield f"{before or '؟'}: «{words}»{more} ({one.reviewer})"


def _saying(frame: ClaimFrame, marked: MarkedArticle, register: Standing) -> str:
    cue = " … ".join(one.quote for one in frame.cue)
    return " ".join(filter(None, (_name(frame.source, marked, register), cue and f"({cue})")))


def _framed(frame: ClaimFrame, marked: MarkedArticle, register: Standing) -> Iterator[str]:
    told = {
        "via": _name(frame.via, marked, register),
        "about": ", ".join(
            f"{_meant(one.annotation, one.words, marked, register)} ({one.role})" for one in frame.about
        ),
        "place": ", ".join(_meant(one.annotation, one.words, marked, register) for one in frame.places),
        "time": frame.time.value if frame.time else "",
        "numbers": ", ".join(f"{one.value} {one.unit}".strip() for one in frame.numbers),
        "mode": frame.mode,
        "kind": frame.kind,
        "hedging": frame.hedging,
    }
    yield from (f"{name}: {value}" for name, value in told.items() if value)


def _name(speaker: Speaker | None, marked: MarkedArticle, register: Standing) -> str:
    if speaker is None:
        return ""
    if speaker.kind == "outlet":
        return marked.article.outlet
    return _meant(speaker.annotation, speaker.words, marked, register)


def _meant(annotation: str, words: str, marked: MarkedArticle, register: Standing) -> str:
    entity = register.meant(marked, annotation) if annotation else None
    return entity.name if entity else words


def _judged(verdict: Verdict) -> str:
    return f"{verdict.reviewer} holds: {verdict.value}, {verdict.reason}".removesuffix(", ")
