"""How well reviewers agree, in the window: what to look at, the figures, and the articles behind the current one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from annotator import Project
from annotator.review.agreement import Agreement, ArticleAgreement, Figure, Pair, Row
from annotator.tallied import Tallied, table_of
from annotator.tallies import Statistics
from ui.choice_box import ChoiceBox
from ui.plain import PlainLabel, heard_title
from ui.statistics.counting import Counting, Progress
from ui.statistics.figures import FigureRow, figure_rows, headings, reviewers
from ui.statistics.table import FiguresTable
from ui.statistics.wording import Wording
from ui.translate import isolated, running, tr, trn

_SHARES = [760, 480]  # of the figures and of the articles


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the work the figures shall be about; empty choices mean all of it."""

    label: str = ""
    pair: tuple[str, ...] = ()
    month: str = ""
    version: int = 0

    def of(self, project: Project, progress: Progress, cancel: Callable[[], bool]) -> Agreement:
        """Measure it."""
        return project.agreement(
            reviewers=self.pair, labels=[self.label] if self.label else [], since=self.month, until=_after(self.month),
            version=self.version, progress=progress, cancel=cancel,
        )  # fmt: skip


@dataclass(slots=True)
class _Shown:
    """What is shown: the figures of what was asked for, those of all there is, and γ where it was asked for."""

    agreement: Agreement = field(default_factory=lambda: Agreement((), (), ()))
    gammas: dict[Pair, dict[str, Figure]] = field(default_factory=dict)
    rows: list[FigureRow] = field(default_factory=list)
    articles: list[ArticleAgreement] = field(default_factory=list)


class AgreementPage(QWidget):
    """Shows figures. `article_chosen` gives an article, `articles_wanted` those behind a figure and what they are."""

    article_chosen = Signal(str)
    articles_wanted = Signal(object, str)

    def __init__(self, counting: Counting) -> None:
        super().__init__()
        self._counting, self._wording, self._shown, self._asked = counting, Wording(), _Shown(), Asked()
        self._labels, self._pairs, self._months, self._versions = (ChoiceBox() for _ in range(4))
        self._figures = ChoiceBox()
        self.table, self.articles = (
            FiguresTable(tr("Figures of agreement")),
            FiguresTable(tr("Articles behind the figure")),
        )
        self._behind, self._empty = PlainLabel(wraps=True), PlainLabel(wraps=True)
        self._gamma, self._queue = QPushButton(tr("Work out γ")), QPushButton(tr("Show in the queue"))
        self._lay_out()
        self._connect()

    def show_all(self, agreement: Agreement, wording: Wording) -> None:
        """Show the agreement of the whole project, and offer its parts; what was asked for before is asked for anew."""
        self._wording = wording
        self._offer(agreement)
        self._shown.gammas.clear()
        if self._asked == Asked():
            self._show(agreement)
        else:
            self._ask()

    def tallied(self) -> Tallied:
        """Return the figures that are shown as a table for a file."""
        return table_of("agreement", Statistics(), self._shown.agreement, tr)

    # -- asking ---------------------------------------------------------------------------------------------------

    def _offer(self, agreement: Agreement) -> None:
        means = [row for row in agreement.rows if not row.pair]
        keys = {by: [row.key for row in means if row.by == by] for by in ("label", "month", "version")}
        labels = self._wording.in_order(set(keys["label"]))
        self._fill(self._labels, tr("All labels"), [(key, self._wording.label(key)) for key in labels])
        pairs = [pair for pair in combinations(agreement.reviewers, 2) if agreement.row(pair=pair)]
        self._fill(self._pairs, tr("All reviewers"), [(pair, reviewers(pair)) for pair in pairs])
        self._fill(self._months, tr("All months"), [(month, isolated(month)) for month in keys["month"]])
        self._fill(self._versions, tr("All versions"), [(int(key), isolated(key)) for key in keys["version"]])
        names = _names(agreement)
        self._fill(self._figures, tr("All figures"), [(name, self._wording.figure(name)) for name in names])
        self._asked = self._choice()

    def _fill(self, box: ChoiceBox, everything: str, choices: list[tuple[object, str]]) -> None:
        """Offer choices; the one made before stays if it is still there."""
        before = box.currentText()
        box.clear()
        box.addItem(everything, None)
        for value, text in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(box.findText(before), 0))

    def _choice(self) -> Asked:
        pair = self._pairs.currentData()
        return Asked(
            self._labels.currentData() or "", tuple(pair or ()), self._months.currentData() or "",
            self._versions.currentData() or 0,
        )  # fmt: skip

    def _ask(self) -> None:
        self._asked = self._choice()
        self._shown.gammas.clear()
        self._counting.ask(self._asked.of, self._show)

    def _ask_gamma(self) -> None:
        """Work γ out for each pair that is shown; it takes a second for an article."""
        pairs = [row.pair for row in self._shown.agreement.rows if row.by == "all" and len(row.pair) == 2]
        labels = [self._asked.label] if self._asked.label else []

        def job(project: Project, progress: Progress, cancel: Callable[[], bool]) -> dict[Pair, dict[str, Figure]]:
            found = {}
            for pair in pairs:
                values = project.gamma(pair, labels=labels, progress=progress, cancel=cancel)
                found[pair] = dict(zip(("gamma", "gamma_cat"), values, strict=True))
            return found

        self._counting.ask(job, self._take_gammas)

    def _take_gammas(self, found: dict[Pair, dict[str, Figure]]) -> None:
        self._shown.gammas = found
        self._show(self._shown.agreement)

    # -- showing --------------------------------------------------------------------------------------------------

    def _show(self, agreement: Agreement) -> None:
        self._shown.agreement = agreement
        self._show_rows()
        some = bool(agreement.rows)
        self._splitter.setVisible(some)
        self._empty.setVisible(not some)
        self._gamma.setEnabled(some)

    def _show_rows(self) -> None:
        name = self._figures.currentData() or ""
        shown = self._shown
        shown.rows = figure_rows(shown.agreement, self._wording, shown.gammas, name=name)
        self.table.show_rows(headings(), [one.cells for one in shown.rows])
        self._show_articles(self.table.currentIndex().row())

    def _show_articles(self, number: int) -> None:
        """Show the articles in which the reviewers of a figure differ, those that differ most first."""
        row = self._shown.rows[number].row if 0 <= number < len(self._shown.rows) else None
        self._shown.articles = _behind(self._shown.agreement, row) if row else []
        cells = [
            ("—" if one.f1 is None else f"{one.f1:.2f}", one.equal, f"\u2066{one.units[0]} / {one.units[1]}\u2069",
             reviewers(one.pair), one.title)
            for one in self._shown.articles
        ]  # fmt: skip
        self.articles.show_rows((tr("F"), tr("Equal"), tr("Spans"), tr("Reviewers"), tr("Article")), cells)
        differing = len(row.differing) if row else 0
        words = trn("{count} article in which they differ", "{count} articles in which they differ", differing)
        self._behind.setText(running(words))
        self._queue.setEnabled(differing > 0)

    def _show_in_queue(self) -> None:
        number = self.table.currentIndex().row()
        if 0 <= number < len(self._shown.rows):
            row = self._shown.rows[number].row
            words = tr("{part}: where {reviewers} differ").format(
                part=self._wording.part(row.by, row.key), reviewers=reviewers(row.pair)
            )
            self.articles_wanted.emit(row.differing, words)

    def _open(self, number: int) -> None:
        self.article_chosen.emit(self._shown.articles[number].article)

    # -- laying out -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        choices, self._splitter, side = QHBoxLayout(), QSplitter(Qt.Orientation.Horizontal), QWidget()
        for box, name in (
            (self._labels, tr("Label")), (self._pairs, tr("Reviewers")), (self._months, tr("Month")),
            (self._versions, tr("Version of the label set")), (self._figures, tr("Figure")),
        ):  # fmt: skip
            choices.addWidget(heard_title(box, name))
            box.setToolTip(name)
            box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            choices.addWidget(box, 1)
        choices.addWidget(self._gamma)
        self._gamma.setToolTip(tr("Mathet's γ takes about a second for each of up to 50 articles of a pair."))
        self._empty.setText(tr("No article was read by several reviewers."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.hide()
        beside, below = QVBoxLayout(side), QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._behind, 1)
        below.addWidget(self._queue)
        beside.addLayout(below)
        beside.addWidget(self.articles, 1)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(side)
        self._splitter.setSizes(_SHARES)
        self._splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(choices)
        column.addWidget(self._splitter, 1)
        column.addWidget(self._empty, 1)

    def _connect(self) -> None:
        for box in (self._labels, self._pairs, self._months, self._versions):
            box.activated.connect(self._ask)
        self._figures.activated.connect(self._show_rows)
        self._gamma.clicked.connect(self._ask_gamma)
        self._queue.clicked.connect(self._show_in_queue)
        self.table.gone_to.connect(self._show_articles)
        self.table.opened.connect(lambda _: self._show_in_queue())
        self.articles.opened.connect(self._open)


def _behind(agreement: Agreement, row: Row) -> list[ArticleAgreement]:
    wanted = set(row.differing)
    return [one for one in agreement.articles if one.article in wanted and row.pair in ((), one.pair)]


def _names(agreement: Agreement) -> list[str]:
    return list(dict.fromkeys(name for row in agreement.rows for name in row.figures))


def _after(month: str) -> str:
    """Return the month after a month (2026-01), with which the articles of it end; empty for an empty one."""
    if not month:
        return ""
    number = int(month[:4]) * 12 + int(month[5:7])
    return f"{number // 12:04}-{number % 12 + 1:02}"
