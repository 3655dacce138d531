"""Taking a project out: stream the marked articles to a writer, prove every span, and say what the format could not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from annotator.decisions import Comment, Decision, Settlement
from annotator.errors import ProjectError, WouldLose, WrongSpan
from annotator.frames import Relation
from annotator.language import N_
from annotator.model import CLAIM, Assignment, Copy, MarkedArticle, MarkedProject, Reading
from annotator.redacted_articles import told
from annotator.redacting import Counted, secrets_of, told_project
from annotator.redaction import REDACTED, REVIEWS, Profile
from annotator.reports import ExportReport, Reason
from annotator.selecting import ALL, FINAL, Selection, has_claim, is_unsettled, selected
from annotator.store import claims, comments, decided, queries, reading, register, team, veil
from annotator.store.clock import uuid_text
from annotator.store.database import Connection
from annotator.store.marked import marked_articles
from annotator.version import PROGRAM
from annotator.writers import writer_for
from annotator.writers.losses import Losses
from annotator.writers.target import Target, archive, folder, one_file, whole_file
from annotator.writers.writer import Writer

_OfArticle = TypeVar("_OfArticle", Reading, Assignment, Copy, Decision, Settlement, Comment)
Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
UNSETTLED = Reason(
    "unsettled", N_("{count} articles were marked by several reviewers and nobody has settled which marks stand.")
)


HIDDEN = Reason(
    "hidden",
    N_("Of {count} articles others’ marks were left out: blind mode is on, and you are not done with these articles."),
)


class ExportCancelled(ProjectError):
    """The user stopped an export; nothing was left behind."""

    template = N_("The export was stopped. No file was written.")


class _Passage:
    """Passes marked articles on to a writer: proves and counts them, with progress and the user's wish to stop."""

    def __init__(self, total: int, progress: Progress | None, cancel: Cancel | None) -> None:
        self.total = total
        self.seen = 0
        self.articles = 0
        self.annotations = 0
        self._progress = progress
        self._cancel = cancel

    def coming(self, marked: Iterator[MarkedArticle]) -> Iterator[MarkedArticle]:
        """Pass on what comes from the store, with progress."""
        for one in marked:
            if self._cancel and self._cancel():
                raise ExportCancelled
            yield one
            self.seen += 1
            if self._progress:
                self._progress(self.seen, self.total)

    def going(self, marked: Iterator[MarkedArticle]) -> Iterator[MarkedArticle]:
        """Pass on what goes to the writer, proved and counted."""
        for one in marked:
            _prove(one)
            self.articles += 1
            self.annotations += len(one.annotations)
            yield one


def export(
    connection: Connection,
    format: str | Writer,
    out: Path,
    *,
    selection: Selection,
    redaction: Profile | None = None,
    strict: bool = False,
    language: str = "en",
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> ExportReport:
    """Write what is selected in a format; the loss report `OUT.losses.json` lies beside it, also when nothing is lost.

    A format is named, or is a Writer. `redaction` says what must not be told. `language` (`ar` or `en`) is the one in which a
    report for people is written.

    Raises UnknownFormat, UnknownLabel (of the redaction), WrongSpan, WouldLose (only if `strict`), FolderInTheWay, CannotWrite,
    DiskFull or ExportCancelled; in each case nothing of it is left.
    """
    writer = writer_for(format) if isinstance(format, str) else format
    passage = _Passage(queries.count_articles(connection), progress, cancel)
    with Losses() as losses:
        with _target(writer, out) as target:
            counted = _counted(connection, redaction, losses) if redaction else None
            marked = _marked_project(connection, passage, selection, losses, counted)
            writer.write(replace(marked, language=language), target, losses)
            lost = [loss for loss in losses.found() if loss.reason not in REDACTED]
            if strict and lost:
                raise WouldLose(losses="\n".join(str(loss.sentence) for loss in lost))
        _report_losses(out, losses, writer, passage)
        return ExportReport(out, passage.articles, passage.annotations, losses.found())


def stream(
    connection: Connection, selection: Selection, redaction: Profile | None = None
) -> Iterator[MarkedArticle]:  # fmt: skip
    """Yield what is selected, one article at a time; as a redaction profile wants it, if one is given."""
    if redaction is None:
        yield from selected(marked_articles(connection), selection)
        return
    with Losses() as losses:
        counted = _counted(connection, redaction, losses)
        yield from selected(_articles(connection, selection, _Settling(), counted), counted.selection(selection))


def losses_path(out: Path) -> Path:
    """Return where the loss report of an export lies."""
    return out.with_name(f"{out.name}.losses.json")


def _counted(connection: Connection, redaction: Profile, losses: Losses) -> Counted:
    """Return what redacts; what is secret is found in all layers, also where they are hidden from whoever exports."""
    with veil.lifted(connection):
        secrets = secrets_of(connection, redaction)
    counted = Counted(secrets, losses)
    stats = queries.stats(connection)
    counted.count(REVIEWS, stats.decisions + stats.comments)
    return counted


def _target(writer: Writer, out: Path) -> AbstractContextManager[Target]:
    if writer.is_archive or (not writer.ending and out.suffix.lower() == ".zip"):
        return archive(out)
    if writer.ending:
        return one_file(out)
    return folder(out, ours=lambda path: losses_path(path).is_file())


def _marked_project(
    connection: Connection, passage: _Passage, selection: Selection, losses: Losses, counted: Counted | None
) -> MarkedProject:  # fmt: skip
    settling = _Settling()
    found = passage.coming(_articles(connection, selection, settling, counted))
    wanted = counted.selection(selection) if counted else selection
    whole = selection.layer == ALL and not selection.labels and counted is None
    project = MarkedProject(
        articles=passage.going(selected(_noting(found, losses, wanted), wanted)),
        label_set=queries.label_set(connection),
        entities=register.all_entities(connection),
        relations=_relations(connection, selection, settling),
        readings=_of_articles(reading.readings(connection), selection),
        assignments=_of_articles(reading.assignments(connection), selection),
        copies=_of_articles(reading.copies(connection), selection),
        filters=reading.filters(connection),
        roles={} if counted else team.given_roles(connection),
        settings=None if counted else team.settings(connection),
        decisions=_of_articles(decided.all_decisions(connection), selection) if whole else (),
        settlements=_of_articles(decided.settlements(connection), selection) if whole else (),
        comments=_of_articles(comments.comments(connection), selection) if whole else (),
    )
    return told_project(project, counted) if counted else project


def _articles(
    connection: Connection, selection: Selection, settling: _Settling, counted: Counted | None
) -> Iterator[MarkedArticle]:
    """Yield the articles, those that may not be told as they are redacted, noting on the way what is settled."""
    order = _order(connection, counted) if counted else None
    for marked in marked_articles(connection, order):
        if selection.layer == FINAL and (not selection.articles or marked.article.id in selection.articles):
            settling.take(marked)
        yield _told(marked, counted) if counted else marked


def _order(connection: Connection, counted: Counted) -> Iterator[bytes]:
    """Yield the articles in the order of their new ids: the old order came from the old ones."""
    times = queries.import_times(connection)
    order = sorted((at, counted.article(uuid_text(identity)), identity) for at, identity in times)
    return (identity for *_, identity in order)


def _told(marked: MarkedArticle, counted: Counted) -> MarkedArticle:
    """Return an article as it may be told; it is proved as it is stored, before anything is blacked out."""
    _prove(marked)
    return told(marked, counted)


def _of_articles(found: Iterable[_OfArticle], selection: Selection) -> Iterator[_OfArticle]:
    """Yield what belongs to articles that are selected."""
    return (one for one in found if not selection.articles or one.article in selection.articles)


@dataclass(slots=True)
class _Settling:
    """What is found out about final layers while the articles go by: those without one, and what is in the others."""

    unsettled: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    relations: list[Relation] = field(default_factory=list)
    became: dict[str, str] = field(default_factory=dict)

    def take(self, marked: MarkedArticle) -> None:
        """Take note of an article."""
        if is_unsettled(marked):
            self.unsettled.add(marked.article.id)
        elif marked.final:
            self.settled.add(marked.article.id)
            self.relations += marked.final.relations
            self.became.update(marked.final.became)


def _relations(connection: Connection, selection: Selection, settling: _Settling) -> Iterator[Relation]:
    """Yield the relations whose two claims are selected; to be taken after the articles, when it is known what is settled."""
    for relation, one, other in claims.relations(connection):
        if all(has_claim(selection, *end) and end[0] not in settling.unsettled for end in (one, other)):
            if one[0] not in settling.settled and other[0] not in settling.settled:
                yield relation
            elif one[0] not in settling.settled and relation.b in settling.became:
                yield replace(relation, b=settling.became[relation.b])
    if not selection.labels or CLAIM in selection.labels:
        there = set(settling.became.values())
        yield from (one for one in settling.relations if not selection.articles or one.b in there)


def _noting(articles: Iterator[MarkedArticle], losses: Losses, selection: Selection) -> Iterator[MarkedArticle]:
    """Pass the articles on, noting those that go out without what others did, and those without a final layer."""
    for marked in articles:
        wanted = not selection.articles or marked.article.id in selection.articles
        if wanted and marked.hidden:
            losses.add(HIDDEN, marked.article.id)
        elif wanted and selection.layer == FINAL and is_unsettled(marked):
            losses.add(UNSETTLED, marked.article.id)
        yield marked


def _prove(marked: MarkedArticle) -> None:
    """Raise WrongSpan unless every annotation stands in the text as its quote says."""
    text = marked.article.text
    for one in marked.annotations:
        if text[one.start : one.end] != one.quote:
            raise WrongSpan(title=marked.article.title, article=marked.article.id, annotation=one.id)


def _report_losses(out: Path, losses: Losses, writer: Writer, passage: _Passage) -> None:
    head: dict[str, object] = {
        "format": writer.name,
        "program": PROGRAM,
        "articles": passage.articles,
        "annotations": passage.annotations,
        "verified": passage.annotations,
    }
    with whole_file(losses_path(out)) as file:
        losses.write(file, head)
