"""What sending and receiving did, as values, and the report of a merge as JSON and as text that can be saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from annotator.language import N_, Sentence, Translate
from annotator.writers.target import whole_file

Kinds = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sendable:
    """How much a bundle would hold: operations, and the articles among what they bring."""

    operations: int
    articles: int


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What was sent: where it lies, how many operations and articles it holds, and since when (empty: from the start)."""

    path: Path
    operations: int
    articles: int
    reviewers: tuple[str, ...] | None
    from_start: bool
    bytes: int


@dataclass(frozen=True, slots=True)
class Content:
    """What one bundle brings: who made it when, and how many of its operations are `new` here and how many `known`.

    `made`, `changed` and `removed` count by kind what these did; `by_reviewer` counts the new operations. `refused` says why
    nothing of it can be taken.
    """

    file: str
    sender: str
    made_at: str
    reviewers: tuple[str, ...] | None
    new: int
    known: int
    made: Kinds
    changed: Kinds
    removed: Kinds
    by_reviewer: Kinds
    warnings: tuple[Sentence, ...] = ()
    refused: Sentence | None = None


def unreadable(file: str, refused: Sentence) -> Content:
    """Return what is told of a file that cannot be read at all."""
    return Content(file, "", "", None, 0, 0, {}, {}, {}, {}, (), refused)


@dataclass(frozen=True, slots=True)
class Preview:
    """What receiving bundles would do, or did: each of them, and how many conflicts arise."""

    bundles: tuple[Content, ...]
    conflicts: int

    @property
    def articles(self) -> int:
        """How many articles are new."""
        return self._sum("article")

    @property
    def annotations(self) -> int:
        """How many annotations are new."""
        return self._sum("annotation")

    @property
    def new(self) -> int:
        """How many operations are new."""
        return sum(one.new for one in self.bundles)

    @property
    def known(self) -> int:
        """How many operations are here already."""
        return sum(one.known for one in self.bundles)

    @property
    def warnings(self) -> tuple[Sentence, ...]:
        """What should be looked at before."""
        return tuple(warning for one in self.bundles for warning in one.warnings)

    @property
    def refused(self) -> tuple[Content, ...]:
        """The bundles of which nothing can be taken."""
        return tuple(one for one in self.bundles if one.refused)

    def _sum(self, kind: str) -> int:
        return sum(one.made.get(kind, 0) for one in self.bundles)


@dataclass(frozen=True, slots=True)
class MergeReport(Preview):
    """What receiving bundles did. `merge` is its number, by which it can be taken back; None when there was nothing new.

    `backup` is the copy of the project from before.
    """

    merge: int | None = None
    at: str = ""
    backup: Path | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge as it is remembered; `taken_back` says when it was, or is empty."""

    number: int
    at: str
    senders: tuple[str, ...]
    operations: int
    backup: Path
    taken_back: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of several values that a thing has side by side: by which operation, whose, when. None: removed."""

    operation: str
    reviewer: str
    at: str
    value: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A thing that was changed side by side; the first of its sides is the one shown.

    `told` is the id by which changes of it are told: of a frame its claim, of a reading its article.
    """

    entity: str
    kind: str
    told: str
    sides: tuple[Side, ...]


def merge_record(report: Preview, translate: Translate) -> dict[str, Any]:
    """Return a preview or a report as JSON."""
    record: dict[str, Any] = {
        "bundles": [_content_record(one, translate) for one in report.bundles],
        "articles": report.articles,
        "annotations": report.annotations,
        "operations": {"new": report.new, "known": report.known},
        "conflicts": report.conflicts,
        "warnings": [one.translated(translate) for one in report.warnings],
    }
    if isinstance(report, MergeReport):
        record |= {"merge": report.merge, "at": report.at, "backup": str(report.backup) if report.backup else None}
    return record


def _content_record(one: Content, translate: Translate) -> dict[str, Any]:
    warnings = [warning.translated(translate) for warning in one.warnings]
    return asdict(one) | {"warnings": warnings, "refused": one.refused.translated(translate) if one.refused else None}


def save_merge_report(report: Preview, path: Path, translate: Translate) -> None:
    """Write a preview or a report into a file: as JSON where its name ends so, else as text. Raises CannotWrite or DiskFull."""
    if path.suffix.casefold() == ".json":
        content = orjson.dumps(merge_record(report, translate), option=orjson.OPT_INDENT_2)
    else:
        content = "".join(f"{line}\n" for line in merge_lines(report, translate)).encode()
    with whole_file(path) as file:
        file.write(content)


def merge_lines(report: Preview, translate: Translate) -> Iterator[str]:
    """Yield a preview or a report as lines of text."""
    for one in report.bundles:
        if one.refused:
            yield f"! {one.refused.translated(translate)}"
            continue
        template = translate(N_("{file}: from {sender}, {at}; {new} operations new, {known} known already."))
        yield template.format(file=one.file, sender=one.sender, at=one.made_at, new=one.new, known=one.known)
        for sign, kinds in (("+", one.made), ("*", one.changed), ("-", one.removed)):
            if kinds:
                yield f"  {sign} " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    template = translate(N_("{articles} articles and {annotations} annotations are new; {conflicts} conflicts arise."))
    yield template.format(articles=report.articles, annotations=report.annotations, conflicts=report.conflicts)
    yield from (f"! {warning.translated(translate)}" for warning in report.warnings)
    if isinstance(report, MergeReport) and report.backup:
        yield translate(N_("The copy from before is {backup}.")).format(backup=report.backup)
