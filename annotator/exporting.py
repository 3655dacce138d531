"""Taking a project out: stream the marked articles to a writer, prove every span, and say what the format could not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
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
from annotator.writers.target import Target, Watch, archive, folder, one_file, whole_file
from annotator.writers.writer import Writer

_OfArticle = TypeVar("_OfArticle", Reading, Assignment, Copy, Decision, Settlement, Comment)
_Thing = TypeVar("_Thing")
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


class Passage:
    """Passes marked articles on to a writer: proves and counts them, with progress and the user's wish to stop.

    `before` of the `total` articles have been seen by writers before this one.
    """

    def __init__(self, total: int, progress: Progress | None, cancel: Cancel | None, *, before: int = 0) -> None:
        self.total = total
        self.seen = before
        self.articles = 0
        self.annotations = 0
        self._progress = progress
        self._cancel = cancel
        self._stopped = False

    def watch(self) -> None:
        """Raise ExportCancelled if the user wants to stop; only once, for what tidies up then is not to be stopped in turn."""
        if self._cancel and not self._stopped and self._cancel():
            self._stopped = True
            raise ExportCancelled

    def watched(self, things: Iterable[_Thing]) -> Iterator[_Thing]:
        """Yield things as long as the user does not want to stop."""
        for one in things:
            self.watch()
            yield one

    def coming(self, marked: Iterator[MarkedArticle]) -> Iterator[MarkedArticle]:
        """Pass on what comes from the store, with progress."""
        for one in self.watched(marked):
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
    passage = Passage(queries.count_articles(connection), progress, cancel)
    with Losses() as losses, ExitStack() as last:
        with _target(writer, out, passage.watch) as target:
            told = write_into(
                target, writer, connection,
                selection=selection, redaction=redaction, passage=passage, losses=losses, language=language,
            )  # fmt: skip
            if strict:
                refuse_losses(losses)
            report = last.enter_context(whole_file(losses_path(out)))  # stands after the export, not before
            losses.write(report, report_head(writer, passage, told))
        return ExportReport(out, passage.articles, passage.annotations, losses.found())


def write_into(
    target: Target,
    writer: Writer,
    connection: Connection,
    *,
    selection: Selection,
    redaction: Profile | None = None,
    passage: Passage,
    losses: Losses,
    language: str = "en",
) -> Selection:
    """Have a writer write what is selected, as a redaction profile wants it, if one is given.

    Return the selection in the ids and names that were told.
    """
    counted = counted_for(connection, redaction, losses) if redaction else None
    marked = _marked_project(connection, passage, selection, losses, counted)
    writer.write(replace(marked, language=language), target, losses)
    return counted.selection(selection) if counted else selection


def refuse_losses(losses: Losses) -> None:
    """Raise WouldLose if anything was lost that nobody wanted to leave out."""
    lost = [loss for loss in losses.found() if loss.reason not in REDACTED]
    if lost:
        raise WouldLose(losses="\n".join(str(loss.sentence) for loss in lost))


def stream(
    connection: Connection, selection: Selection, redaction: Profile | None = None
) -> Iterator[MarkedArticle]:  # fmt: skip
    """Yield what is selected, one article at a time; as a redaction profile wants it, if one is given."""
    if redaction is None:
        yield from selected(marked_articles(connection), selection)
        return
    with Losses() as losses:
        counted = counted_for(connection, redaction, losses)
        yield from selected(_articles(connection, selection, _Settling(), counted), counted.selection(selection))


def losses_path(out: Path) -> Path:
    """Return where the loss report of an export lies."""
    return out.with_name(f"{out.name}.losses.json")


def counted_for(connection: Connection, redaction: Profile, losses: Losses) -> Counted:
    """Return what redacts a project; what is secret is found in all layers, also where they are hidden from whoever exports."""
    with veil.lifted(connection):
        secrets = secrets_of(connection, redaction)
    counted = Counted(secrets, losses)
    stats = queries.stats(connection)
    counted.count(REVIEWS, stats.decisions + stats.comments)
    return counted


def _target(writer: Writer, out: Path, watch: Watch) -> AbstractContextManager[Target]:
    if writer.is_archive or (not writer.ending and out.suffix.lower() == ".zip"):
        return archive(out, watch=watch)
    if writer.ending:
        return one_file(out, watch=watch)
    return folder(out, ours=lambda path: losses_path(path).is_file(), watch=watch)


def _marked_project(
    connection: Connection, passage: Passage, selection: Selection, losses: Losses, counted: Counted | None
) -> MarkedProject:  # fmt: skip
    settling = _Settling()
    found = passage.coming(_articles(connection, selection, settling, counted))
    wanted = counted.selection(selection) if counted else selection
    whole = selection.layer == ALL and not selection.labels and counted is None
    project = MarkedProject(
        articles=passage.going(selected(_noting(found, losses, wanted), wanted)),
        label_set=queries.label_set(connection),
        entities=passage.watched(register.all_entities(connection)),
        relations=passage.watched(_relations(connection, selection, settling)),
        readings=passage.watched(_of_articles(reading.readings(connection), selection)),
        assignments=passage.watched(_of_articles(reading.assignments(connection), selection)),
        copies=passage.watched(
            one for one in _of_articles(reading.copies(connection), selection) if selection.has_article(one.original)
        ),
        apart=passage.watched(
            one for one in reading.apart(connection) if all(map(selection.has_article, (one.one, one.other)))
        ),
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
        if selection.layer == FINAL and selection.has_article(marked.article.id):
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
    return (one for one in found if selection.has_article(one.article))


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
        yield from (one for one in settling.relations if selection.articles is None or one.b in there)


def _noting(articles: Iterator[MarkedArticle], losses: Losses, selection: Selection) -> Iterator[MarkedArticle]:
    """Pass the articles on, noting those that go out without what others did, and those without a final layer."""
    for marked in articles:
        wanted = selection.has_article(marked.article.id)
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


def report_head(writer: Writer, passage: Passage, selection: Selection) -> dict[str, object]:
    """Return what a loss report begins with: what was written, and for an increment what is no longer there."""
    head: dict[str, object] = {
        "format": writer.name,
        "program": PROGRAM,
        "articles": passage.articles,
        "annotations": passage.annotations,
        "verified": passage.annotations,
    }
    return head | ({"since": selection.since, "removed": selection.removed} if selection.since else {})
