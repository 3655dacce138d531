"""The things of the product as frozen values: what a project holds and what its methods return.

Offsets are Unicode code points, half-open. Identifiers are UUIDs as text. Times are UTC, ISO 8601 with milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from annotator.decisions import Comment, Decision, FinalAnnotation, Role, Settings, Settlement
from annotator.entities import Entity, Link
from annotator.frames import ClaimFrame, Relation, Verdict
from annotator.language import Sentence

ACTOR, PLACE, CLAIM = "actor", "place", "claim"
"""The keys of the labels that the product itself knows something about."""

Direction = Literal["rtl", "ltr"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article's text came from: the record that proves what was read.

    `confidence` (0 to 1) says how sure the encoding is; None if it was given. `part` says which record of the file it is where
    the file holds several, `file_sha256` is that of the whole file then; else both are empty. `captured_at` is when the page
    was saved, if the file tells; `warnings` is what was noticed on reading.
    """

    file: str
    bytes_sha256: str
    encoding: str
    imported_at: str
    imported_by: str
    reader: str
    confidence: float | None = None
    reader_version: str = ""
    program: str = ""
    part: str = ""
    file_sha256: str = ""
    url: str = ""
    captured_at: str = ""
    warnings: tuple[Sentence, ...] = ()


BoilerplateKind = Literal["comments", "cookies", "share", "related", "navigation", "other"]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A stretch `[start, end)` of an article that belongs to the page it came from, not to the news: greyed and skipped."""

    start: int
    end: int
    kind: BoilerplateKind = "other"


@dataclass(frozen=True, slots=True)
class Details:
    """What is said about a text and may be put right by a reviewer. `date` is when it was published: ISO 8601, UTC where
    it has a time, or as much of it as is known (`2026-01-31`, `2026-01`); empty when unknown.
    """

    title: str
    outlet: str = ""
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One immutable text with its source record. `replaces` is the id of the article whose corrected version it is."""

    id: str
    title: str
    text: str
    sha256: str
    language: str
    direction: Direction
    source: Source
    outlet: str = ""
    author: str = ""
    date: str = ""
    boilerplate: tuple[Boilerplate, ...] = ()
    replaces: str = ""

    @property
    def details(self) -> Details:
        """What is said about the text."""
        return Details(self.title, self.outlet, self.author, self.date)


@dataclass(frozen=True, slots=True)
class Relative:
    """Another article that one has to do with, and what it is called."""

    id: str
    title: str
    outlet: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Relatives:
    """The article that an article corrects, those that correct it, and the other copies of its text."""

    corrects: Relative | None
    corrected_by: tuple[Relative, ...]
    copies: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """One row of the queue: an article without its text, and how many annotations of each label it has."""

    id: str
    title: str
    file: str
    imported_at: str
    counts: Mapping[str, int]


class Annotation(NamedTuple):
    """A labelled span `[start, end)` of an article; `quote` is the text it covers.

    `form` is its plain form where that differs from the quote: الجيش السوري for لجيش السوري; else empty. `label_set` is the
    version of the label set under which it was made. `carried_from` is the annotation of an earlier version of the article
    that it was carried over from; `to_confirm` says that its words changed on the way and its reviewer has not looked yet.

    A tuple, because there are more of these than of anything else and the rows of the store come as tuples.
    """

    id: str
    article: str
    label: str
    start: int
    end: int
    quote: str
    note: str
    reviewer: str
    created_at: str
    updated_at: str
    form: str = ""
    label_set: int = 1
    carried_from: str = ""
    to_confirm: bool = False

    @property
    def words(self) -> str:
        """Its plain form, or else its quote: what it is called in a frame, on a card or in a list."""
        return self.form or self.quote


@dataclass(frozen=True, slots=True)
class Final:
    """The final layer of an article: annotations sorted by (start, -end, id), and what hangs on them, by their id.

    `became` tells for annotations of the layers which final ones were made of them.
    """

    annotations: tuple[Annotation, ...] = ()
    frames: Mapping[str, ClaimFrame] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    verdicts: Mapping[str, tuple[Verdict, ...]] = field(default_factory=dict)
    finals: Mapping[str, FinalAnnotation] = field(default_factory=dict)
    became: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reviewer says about an article as a whole: `state` is empty or `done`, then a flag and a note."""

    article: str
    reviewer: str
    state: str
    flagged: bool
    note: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """That an article was handed to a reviewer."""

    article: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class Copy:
    """That an article is a copy of another one, its original."""

    article: str
    original: str


@dataclass(frozen=True, slots=True)
class Apart:
    """That somebody said of two articles that they are no copies of one text, however alike they are."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter of the queue under a name."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article as a writer gets it: with its annotations, sorted by (start, -end, id), and what hangs on them, by their id.

    `packed_original` are the zlib-packed original bytes; None when they are just the UTF-8 of the text. `relations` are
    those of which this article has the first claim; the second may stand in another. `final` is what was decided about it, None
    where nothing was; `settled` says that a lead called it settled, `hidden` that others' layers are hidden by blind mode.
    """

    article: Article
    annotations: list[Annotation]
    packed_original: bytes | None
    frames: Mapping[str, ClaimFrame] = field(default_factory=dict)
    verdicts: Mapping[str, tuple[Verdict, ...]] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    final: Final | None = None
    settled: bool = False
    hidden: bool = False

    @property
    def own_relations(self) -> tuple[Relation, ...]:
        """Those of its relations whose both claims are here."""
        here = {one.id for one in self.annotations}
        return tuple(one for one in self.relations if one.a in here and one.b in here)


@dataclass(frozen=True, slots=True)
class Label:
    """What a span can be: its names by language, colour (`#rrggbb`), shortcut key and how its underline is drawn.

    `guideline` says by language when to use it. `version` is that of the label set in which its definition (names, guideline,
    examples) last changed, `changed` the one in which anything of it last changed.
    """

    key: str
    names: Mapping[str, str]
    colour: str
    shortcut: str
    style: str = "solid"
    long: bool = False
    guideline: Mapping[str, str] = field(default_factory=dict)
    example: str = ""
    counter_example: str = ""
    version: int = 1
    changed: int = 1


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """One answer that an attribute allows. `symmetric` is for relations: a contradicts b as b contradicts a."""

    key: str
    names: Mapping[str, str]
    guideline: Mapping[str, str] = field(default_factory=dict)
    example: str = ""
    counter_example: str = ""
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """A question of the claim frame or the register with its answers: mode, kind, hedging, role, verdict, relation …"""

    key: str
    names: Mapping[str, str]
    values: tuple[AttributeValue, ...]
    version: int = 1


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The project's own labels and attributes; `version` rises with each change and is never used twice."""

    version: int
    labels: tuple[Label, ...]
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One named change: what a person would undo at once."""

    id: str
    action: str
    reviewer: str
    at: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One entry of the history of a thing: who gave it which value and when. `value` is None when it was removed."""

    id: str
    at: str
    reviewer: str
    action: str
    value: Mapping[str, Any] | None
    kind: str = "annotation"


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit changed: the step and, by kind (`annotation`, `article` …), the ids it touched.

    Of the kinds that hang on an annotation (`frame`, `verdict`, `link`, `comment`, `resolved`) these are the ids of the
    annotations, of those that hang on an article (`reading`, `assignment`, `copy`, `decision`, `settlement`) the ids of the
    articles, of `label`, `attribute` and `setting` the keys, of `filter` the names.
    """

    action: str
    step: str
    ids: Mapping[str, tuple[str, ...]]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of things touched."""
        return frozenset(self.ids)


@dataclass(frozen=True, slots=True)
class MarkedProject:
    """All that a writer gets: the marked articles, which it takes one by one, and what belongs to no single one.

    `language` is the one that a report for people is written in (`ar` or `en`); formats for programs have none.
    """

    articles: Iterable[MarkedArticle]
    label_set: LabelSet | None = None
    entities: Iterable[Entity] = ()
    relations: Iterable[Relation] = ()
    readings: Iterable[Reading] = ()
    assignments: Iterable[Assignment] = ()
    copies: Iterable[Copy] = ()
    apart: Iterable[Apart] = ()
    filters: Iterable[SavedFilter] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)
    settings: Settings | None = None
    decisions: Iterable[Decision] = ()
    settlements: Iterable[Settlement] = ()
    comments: Iterable[Comment] = ()
    language: str = "en"

    def __iter__(self) -> Iterator[MarkedArticle]:
        return iter(self.articles)
