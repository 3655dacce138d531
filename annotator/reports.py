"""What long work did, as values: imports, exports, checks, and what a project holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.language import N_, Sentence

SAME_TEXT = N_("The same text is already in the project: “{title}”.")
"""Why an article is passed over that is there."""


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """An article that came in. `confidence` (0 to 1) is that of the detected encoding; None if it was given."""

    file: Path
    article: str
    title: str
    encoding: str
    confidence: float | None
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file, or one record of it, that did not come in, and the sentence that says why."""

    file: Path
    reason: Sentence


@dataclass(slots=True)
class ImportReport:
    """What an import did, file by file. `cancelled` says that it was stopped; what came in before stays.

    `undecided` is what was left for a person to look at. `stopped` says why the import could not go on (the disk was full) and
    `stopped_at` at which file, if it could not. `copies` counts the articles that were grouped with another, `carried` the
    annotations that were carried over to a corrected version; `lost` says which could not be.
    """

    imported: list[ImportedFile] = field(default_factory=list)
    skipped: list[RefusedFile] = field(default_factory=list)
    failed: list[RefusedFile] = field(default_factory=list)
    undecided: list[RefusedFile] = field(default_factory=list)
    lost: list[RefusedFile] = field(default_factory=list)
    stopped: Sentence | None = None
    stopped_at: Path | None = None
    copies: int = 0
    carried: int = 0
    annotations: int = 0
    entities: int = 0
    relations: int = 0
    cancelled: bool = False

    @property
    def there(self) -> int:
        """How many were in the project already; what else was passed over is a link, or of a kind that is not read."""
        return sum(one.reason.template == SAME_TEXT for one in self.skipped)

    def add(self, other: ImportReport) -> None:
        """Take over what another report tells."""
        for name in ("imported", "skipped", "failed", "undecided", "lost"):
            getattr(self, name).extend(getattr(other, name))
        for name in ("copies", "carried", "annotations", "entities", "relations"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something does not fit: a key for programs, a template with `{count}` for people, and the rule that was used."""

    key: str
    template: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """How often something did not fit for one reason, over a whole export; `ids` are the first ones concerned, if any have one.

    The report beside the export has all ids.
    """

    reason: Reason
    count: int
    ids: tuple[str, ...] = field(default=(), compare=False)

    @property
    def sentence(self) -> Sentence:
        """The loss in words."""
        return Sentence(self.reason.template, {"count": self.count})


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote (how many articles and annotations, each proved), where, and what the format could not hold."""

    path: Path
    written: int
    annotations: int
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What a package holds: how many articles and annotations, where, and what each of its formats could not hold."""

    path: Path
    written: int
    annotations: int
    losses: Mapping[str, tuple[Loss, ...]]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: how many articles and annotations there are, how many quotes were proved, what is wrong.

    `finals` are the annotations of final layers, proved like the others. In blind mode only what may be seen is counted.
    """

    articles: int
    annotations: int
    verified: int
    operations: int
    problems: tuple[Sentence, ...]
    finals: int = 0


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a project holds: annotations by label and by reviewer, and the length of all texts in code points.

    `frames`, `verdicts`, `links` and `relations` count what hangs on annotations that are there, `finals` the annotations of
    final layers.
    """

    articles: int
    characters: int
    annotations: int
    by_label: Mapping[str, int]
    by_reviewer: Mapping[str, int]
    operations: int
    frames: int = 0
    verdicts: int = 0
    entities: int = 0
    links: int = 0
    relations: int = 0
    decisions: int = 0
    finals: int = 0
    comments: int = 0
