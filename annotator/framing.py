"""From what a caller gives of a claim frame to its values: words are taken from the text, and what cannot be is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from annotator.errors import BadSpan, OtherArticle, WrongLabel
from annotator.frames import ClaimFrame, Mention, Participant, Passage, SaidNumber, SaidTime, Speaker
from annotator.model import ACTOR, PLACE, Annotation
from annotator.text.dates import checked_edtf

Span = tuple[int, int]
GivenSpeaker = Speaker | str | Span | None
GivenTime = SaidTime | str | tuple[int, int, str] | None
GivenNumber = SaidNumber | tuple[int, int, int | float, str]


class Framing:
    """Makes the parts of one claim's frame. `find` returns an annotation by its id, or raises UnknownAnnotation."""

    def __init__(self, claim: Annotation, text: str, find: Callable[[str], Annotation]) -> None:
        self._claim = claim
        self._text = text
        self._find = find

    def revised(self, before: ClaimFrame, given: dict[str, Any]) -> ClaimFrame:
        """Return the frame with what is given; mode, kind, hedging and parent are taken as they are.

        Raises BadSpan, UnknownAnnotation, OtherArticle, WrongLabel or ImpossibleDate.
        """
        return replace(before, **{name: self._made(name, value) for name, value in given.items()})

    def _made(self, name: str, value: Any) -> Any:
        make: dict[str, Callable[[Any], Any]] = {
            "source": self._speaker,
            "via": self._speaker,
            "cue": self._cue,
            "about": self._about,
            "places": self._places,
            "time": self._time,
            "numbers": self._numbers,
        }
        return make[name](value) if name in make else value

    def _speaker(self, given: GivenSpeaker) -> Speaker | None:
        if given is None or given == "":
            return None
        if given == "outlet":
            return Speaker("outlet")
        if isinstance(given, str):
            return Speaker("actor", given, self._words(given, ACTOR))
        if isinstance(given, Speaker):
            return self._checked_speaker(given)
        return Speaker("unnamed", words=self._quote(*given), start=given[0], end=given[1])

    def _checked_speaker(self, given: Speaker) -> Speaker | None:
        if given.kind == "actor" and given.removed:
            return given  # it came out of a frame and goes back into it
        if given.kind == "actor":
            return self._speaker(given.annotation)
        if given.kind == "unnamed" and given.start is not None and given.end is not None:
            return self._speaker((given.start, given.end))
        return given

    def _cue(self, given: Iterable[Span | Passage]) -> tuple[Passage, ...]:
        spans = ((one.start, one.end) if isinstance(one, Passage) else one for one in given)
        return tuple(Passage(start, end, self._quote(start, end)) for start, end in sorted(set(spans)))

    def _about(self, given: Iterable[Participant | tuple[str, str]]) -> tuple[Participant, ...]:
        return tuple(
            one
            if isinstance(one, Participant) and one.removed
            else self._participant(*((one.annotation, one.role) if isinstance(one, Participant) else one))
            for one in given
        )

    def _participant(self, annotation: str, role: str) -> Participant:
        return Participant(annotation, role, self._words(annotation, ACTOR))

    def _places(self, given: Iterable[Mention | str]) -> tuple[Mention, ...]:
        return tuple(
            one
            if isinstance(one, Mention) and one.removed
            else self._place(one if isinstance(one, str) else one.annotation)
            for one in given
        )

    def _place(self, annotation: str) -> Mention:
        return Mention(annotation, self._words(annotation, PLACE))

    def _time(self, given: GivenTime) -> SaidTime | None:
        if given is None or given == "":
            return None
        if isinstance(given, str):
            return SaidTime(checked_edtf(given))
        start, end, value = (given.start, given.end, given.value) if isinstance(given, SaidTime) else given
        words = given.words if isinstance(given, SaidTime) else ""
        checked = checked_edtf(value) if value else ""
        if start is None or end is None:
            return SaidTime(checked, words)
        return SaidTime(checked, self._quote(start, end), start, end)

    def _numbers(self, given: Iterable[GivenNumber]) -> tuple[SaidNumber, ...]:
        return tuple(self._number(one) for one in given)

    def _number(self, given: GivenNumber) -> SaidNumber:
        if not isinstance(given, SaidNumber):
            start, end, value, unit = given
            return SaidNumber(value, unit, self._quote(start, end), start, end)
        if given.start is None or given.end is None:
            return given
        return replace(given, words=self._quote(given.start, given.end))

    def _words(self, annotation: str, label: str) -> str:
        """Return the words of an annotation of the claim's article that has this label."""
        found = self._find(annotation)
        if found.article != self._claim.article:
            raise OtherArticle(words=found.words)
        if found.label != label:
            raise WrongLabel(words=found.words, label=label)
        return found.words

    def _quote(self, start: int, end: int) -> str:
        if not 0 <= start < end <= len(self._text):
            raise BadSpan(start=start, end=end, length=len(self._text))
        return self._text[start:end]
