"""What an article's claims say, for people who read a report: cards for the margin, and the rows of a table.

Everything here is what somebody says; a verdict stands only where a reviewer gave one, with the name and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.frames import ClaimFrame, Relation, Speaker, Verdict
from annotator.language import N_, Translate
from annotator.model import CLAIM, Annotation, LabelSet, MarkedArticle
from annotator.writers.standing import Standing

COLUMNS = (
    N_("Number"),
    N_("Who says it"),
    N_("Words of saying"),
    N_("What is said"),
    N_("How it is said"),
    N_("About whom"),
    N_("Where"),
    N_("When"),
    N_("Verdicts"),
    N_("Other claims"),
)
"""The headings of the table of claims."""


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """A claim in words: the cells of its row are in the order of `COLUMNS` without the number."""

    number: int
    annotation: Annotation
    who: str
    cue: str
    verdicts: tuple[str, ...]
    cells: tuple[str, ...]


class Telling:
    """Puts frames into words of one language, with the answers' names from the label set."""

    def __init__(self, label_set: LabelSet | None, register: Standing, translate: Translate, language: str) -> None:
        self._register, self._translate, self._language = register, translate, language
        self._not_said = translate(N_("not said"))
        attributes = label_set.attributes if label_set else ()
        self._answers = {
            (one.key, value.key): value.names.get(language, value.key) for one in attributes for value in one.values
        }

    def claims(self, marked: MarkedArticle) -> list[ToldClaim]:
        """Return the claims of an article in the order of the text, numbered from 1."""
        found = [one for one in marked.annotations if one.label == CLAIM]
        numbers = {one.id: number for number, one in enumerate(found, start=1)}
        relations = marked.own_relations if marked.relations else ()
        return [self._told(one, marked, numbers, relations) for one in found]

    def words(self, marked: MarkedArticle, one: Annotation) -> str:
        """Return what an annotation is called, and the name of the register's entity that it means where that differs."""
        return self._linked(marked, one.id, one.words)

    def _told(
        self, one: Annotation, marked: MarkedArticle, numbers: Mapping[str, int], relations: Sequence[Relation]
    ) -> ToldClaim:
        frame = marked.frames.get(one.id) or ClaimFrame(one.id)
        who = self._who(marked, frame.source) if frame.source else self._not_said
        cue = " … ".join(part.quote for part in frame.cue)
        verdicts = tuple(self._verdict(verdict) for verdict in marked.verdicts.get(one.id, ()))
        via = self._translate(N_("through {name}")).format(name=self._who(marked, frame.via)) if frame.via else ""
        cells = (
            _joined((who, via)),
            cue,
            one.quote,
            _joined(self._answer(name, getattr(frame, name)) for name in ("mode", "kind", "hedging")),
            _joined(
                f"{self._linked(marked, at.annotation, at.words)} ({self._answer('role', at.role)})"
                for at in frame.about
            ),
            _joined(self._linked(marked, at.annotation, at.words) for at in frame.places),
            self._when(frame),
            "\n".join(verdicts),
            _joined(self._related(one, numbers, relations)),
        )
        return ToldClaim(numbers[one.id], one, who, cue, verdicts, cells)

    def _who(self, marked: MarkedArticle, speaker: Speaker) -> str:
        if speaker.kind == "outlet":
            return _joined((self._translate(N_("The outlet itself")), marked.article.outlet))
        if speaker.kind == "unnamed":
            return self._translate(N_("Unnamed: {words}")).format(words=speaker.words)
        return self._linked(marked, speaker.annotation, speaker.words)

    def _linked(self, marked: MarkedArticle, annotation: str, words: str) -> str:
        entity = self._register.meant(marked, annotation)
        return words if entity is None or entity.name == words else f"{words} = {entity.name}"

    def _when(self, frame: ClaimFrame) -> str:
        numbers = (f"{one.value:g} {one.unit}".strip() for one in frame.numbers)
        time = frame.time
        told = time.value if time and time.value == time.words else _joined((time.words, time.value)) if time else ""
        return _joined((told, *numbers))

    def _verdict(self, verdict: Verdict) -> str:
        told = f"{self._answer('verdict', verdict.value)} · {verdict.reviewer}"
        return f"{told}: {verdict.reason}" if verdict.reason else told

    def _related(self, one: Annotation, numbers: Mapping[str, int], relations: Sequence[Relation]) -> Iterator[str]:
        for relation in relations:
            if relation.a == one.id and relation.b in numbers:
                yield f"{self._answer('relation', relation.type)} {numbers[relation.b]}"

    def _answer(self, attribute: str, value: str) -> str:
        return self._answers.get((attribute, value), value)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
