"""Who says what, about whom, where and when: the values of claim frames, verdicts and relations between claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article at their place; `quote` is `text[start:end]`."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a claim: an `actor` (an annotation), the `outlet` itself, or an `unnamed` source with its words.

    `words` stay when the actor's annotation is removed; then `removed` is true. It is found out when read, never written.
    `start` and `end` tell where the words of an unnamed source stand, if they stand in the article.
    """

    kind: Literal["actor", "outlet", "unnamed"]
    annotation: str = ""
    words: str = ""
    start: int | None = None
    end: int | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """An annotation that a frame points to, with its words; they stay when the annotation is removed."""

    annotation: str
    words: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor whom a claim is about and its `role` (does, suffers, mentioned, or what the label set adds)."""

    annotation: str
    role: str
    words: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class SaidTime:
    """When it is said to have happened: the words, and the date or interval they mean (EDTF, ISO 8601-2 level 1)."""

    value: str
    words: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """A number that a claim gives: its value, what is counted, and the words that say so."""

    value: int | float
    unit: str = ""
    words: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimFrame:
    """Who says a claim, with which words, about whom, where and when. What is said is the span of the claim itself.

    `mode`, `kind`, `hedging` and the roles are keys of the project's label set; empty when nobody has said. `parent` is the
    claim in which this one is quoted. `label_set` is the version of the label set under which the frame was made.
    """

    claim: str
    source: Speaker | None = None
    via: Speaker | None = None
    cue: tuple[Passage, ...] = ()
    mode: str = ""
    kind: str = ""
    hedging: str = ""
    about: tuple[Participant, ...] = ()
    places: tuple[Mention, ...] = ()
    time: SaidTime | None = None
    numbers: tuple[SaidNumber, ...] = ()
    parent: str = ""
    label_set: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reviewer holds of a claim, and why. Where there is none, the claim was not examined."""

    claim: str
    reviewer: str
    value: str
    reason: str
    updated_at: str
    label_set: int = 1


@dataclass(frozen=True, slots=True)
class Relation:
    """One reviewer's link between two claims: `a` repeats, supports or contradicts `b`."""

    id: str
    a: str
    type: str
    b: str
    note: str
    reviewer: str
    updated_at: str


class ClaimRow(NamedTuple):
    """One row of the claim board, light: ids are raw bytes until they are asked for as text.

    `source`, `place` and `cue` are words; `date` is EDTF; `verdicts` are those of all reviewers, joined by a space; `relations`
    and `contradictions` count links to other claims. What nobody said is empty.
    """

    claim_key: bytes
    article_key: bytes
    start: int
    quote: str
    reviewer: str
    source_kind: str
    source_key: bytes | None
    source: str
    cue: str
    mode: str
    kind: str
    place_key: bytes | None
    place: str
    date: str
    source_entity_key: bytes | None
    place_entity_key: bytes | None
    title: str
    verdicts: str
    relations: int
    contradictions: int

    @property
    def claim(self) -> str:
        """The id of the claim."""
        return _text(self.claim_key)

    @property
    def article(self) -> str:
        """The id of the article."""
        return _text(self.article_key)

    @property
    def source_entity(self) -> str:
        """The id of the entity that the source was linked to, or empty."""
        return _text(self.source_entity_key)

    @property
    def place_entity(self) -> str:
        """The id of the entity that the first place was linked to, or empty."""
        return _text(self.place_entity_key)


def _text(key: bytes | None) -> str:
    return str(UUID(bytes=key)) if key else ""
