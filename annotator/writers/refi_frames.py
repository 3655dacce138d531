"""Claim frames as programs of qualitative analysis can take them: answers, what is pointed to, and the rest in words."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.frames import ClaimFrame, Speaker


def answers_of(frame: ClaimFrame) -> Iterator[tuple[str, str]]:
    """Yield the questions that a frame answers with a key of the label set."""
    for key in ("mode", "kind", "hedging"):
        value = getattr(frame, key)
        if value:
            yield key, value


def pointed(frame: ClaimFrame) -> Iterator[tuple[str, str]]:
    """Yield the annotations that a frame points to, each with what it is there."""
    for part, speaker in (("source", frame.source), ("via", frame.via)):
        if speaker and speaker.annotation:
            yield part, speaker.annotation
    yield from ((f"about: {one.role}", one.annotation) for one in frame.about)
    yield from (("place", one.annotation) for one in frame.places)
    if frame.parent:
        yield "parent", frame.parent


def words_at(frame: ClaimFrame) -> bool:
    """Tell whether a frame has words at a place of the text that get no selection of their own."""
    found = [*(one for one in (frame.source, frame.via, frame.time) if one), *frame.numbers]
    return any(one.start is not None for one in found)


def told(frame: ClaimFrame) -> str:
    """Return a frame line by line, as a note to read."""
    return "\n".join(_lines(frame))


def _lines(frame: ClaimFrame) -> Iterator[str]:
    for part, speaker in (("source", frame.source), ("via", frame.via)):
        if speaker:
            yield f"{part}: {_speaker(speaker)}"
    if frame.cue:
        yield f"cue: {' … '.join(one.quote for one in frame.cue)}"
    for key, value in answers_of(frame):
        yield f"{key}: {value}"
    yield from (f"about: {one.words} ({one.role})" for one in frame.about)
    yield from (f"place: {one.words}" for one in frame.places)
    if frame.time:
        yield f"time: {frame.time.value} {frame.time.words}".rstrip()
    for one in frame.numbers:
        yield f"number: {' '.join(word for word in (repr(one.value), one.unit, one.words) if word)}"


def _speaker(speaker: Speaker) -> str:
    return f"{speaker.words} ({speaker.kind})" if speaker.words else speaker.kind
