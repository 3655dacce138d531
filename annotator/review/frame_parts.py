"""The parts of a claim frame in a form that can be compared between layers, and in words to be shown.

What a frame points to is another annotation in each layer. `place_of` says which of them mean the same: it returns for an
annotation the number of its match, so two frames agree where they point to the same match.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from annotator.frames import ClaimFrame, Mention, Participant, SaidNumber, SaidTime, Speaker

FRAME_PARTS = (
    "source", "via", "cue", "mode", "kind", "hedging", "about", "places", "time", "numbers", "parent",
)  # fmt: skip
"""The attributes of a frame that are compared, in the order in which differences are told."""
PlaceOf = Callable[[str], Hashable]


def comparable(frame: ClaimFrame, place_of: PlaceOf) -> dict[str, Hashable]:
    """Return each part as a value that is equal in two layers when they say the same."""
    return {
        "source": _speaker(frame.source, place_of),
        "via": _speaker(frame.via, place_of),
        "cue": tuple((one.start, one.end) for one in frame.cue),
        "mode": frame.mode,
        "kind": frame.kind,
        "hedging": frame.hedging,
        "about": frozenset((_pointed(one, place_of), one.role) for one in frame.about),
        "places": tuple(_pointed(one, place_of) for one in frame.places),
        "time": (frame.time.value, _spot(frame.time)) if frame.time else None,
        "numbers": frozenset((one.value, one.unit, _spot(one)) for one in frame.numbers),
        "parent": place_of(frame.parent) if frame.parent else None,
    }


def shown(frame: ClaimFrame, words_of: Mapping[str, str]) -> dict[str, str]:
    """Return each part in the words of the article and the keys of the label set; empty where nothing was said."""
    return {
        "source": _speaker_words(frame.source),
        "via": _speaker_words(frame.via),
        "cue": " … ".join(one.quote for one in frame.cue),
        "mode": frame.mode,
        "kind": frame.kind,
        "hedging": frame.hedging,
        "about": "، ".join(f"{one.words} ({one.role})" for one in frame.about),
        "places": "، ".join(one.words for one in frame.places),
        "time": " ".join(filter(None, (frame.time.words, frame.time.value))) if frame.time else "",
        "numbers": "، ".join(" ".join(filter(None, (str(one.value), one.unit))) for one in frame.numbers),
        "parent": words_of.get(frame.parent, ""),
    }


def frame_key(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a frame's stored value without what may change though nobody changed the frame: words of what it points to."""
    return {name: _without_words(found) for name, found in value.items() if name not in ("label_set", "claim")}


def _without_words(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_words(one) for one in value]
    if isinstance(value, dict) and value.get("annotation"):
        return {name: found for name, found in value.items() if name != "words"}
    return value


def _speaker(speaker: Speaker | None, place_of: PlaceOf) -> Hashable:
    if speaker is None:
        return None
    if speaker.annotation:
        return speaker.kind, _pointed(speaker, place_of)
    return speaker.kind, speaker.start, speaker.end, speaker.words if speaker.start is None else ""


def _pointed(one: Speaker | Mention | Participant, place_of: PlaceOf) -> Hashable:
    """Return the match of what is pointed to; of something that is gone, its words."""
    return one.words if one.removed else place_of(one.annotation)


def _spot(one: SaidTime | SaidNumber) -> Hashable:
    return one.start, one.end


def _speaker_words(speaker: Speaker | None) -> str:
    if speaker is None:
        return ""
    return speaker.words or speaker.kind
