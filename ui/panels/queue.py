"""The queue: the articles that a filter wants, in an order, and which of them is shown."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.filter_completion import Known
from annotator.filters import Filter, joined, parse
from annotator.queue_rows import QueueRow, QueueRows
from ui.plain import PlainLabel
from ui.queue.delegate import QueueDelegate
from ui.queue.doing import Doing
from ui.queue.foot import Foot
from ui.queue.groups import Groups
from ui.queue.list_view import QueueList
from ui.queue.loading import Loading
from ui.queue.model import QueueModel
from ui.queue.ordering import Ordering
from ui.queue.picked import Picked
from ui.queue.saved import SavedFilters
from ui.queue.search_line import SearchLine
from ui.queue.sifting import Sifted, Sifter, Wish
from ui.session import Session
from ui.translate import tr

_OUTLETS = 40  # most frequent ones that are offered


class Queue(QWidget):
    """The list of articles; going to one shows it, and Enter or a click goes on to the page."""

    article_chosen = Signal(str)
    left = Signal()
    told = Signal(str)
    sifted = Signal()  # other articles are shown than before
    import_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows, self._path = QueueRows(), session.now.path
        self._model = QueueModel()
        self._delegate = QueueDelegate(session)
        self._list = QueueList(self._model, self._delegate)
        self._line = SearchLine(self.known)
        self._groups, self._ordering, self._foot, self._picked = Groups(), Ordering(), Foot(), Picked()
        self._saved = SavedFilters(session, lambda: self._query())
        self._empty, self._remedy = PlainLabel(wraps=True), QPushButton()
        self._wanted: str | None = None
        self._place, self._kept = 0, False
        self._sifter = Sifter(session, self)
        self.doing = Doing(session, self.chosen, self)
        self._lay_out()
        self._connect()
        self._loading = Loading(session, self)
        self._loading.loaded.connect(self._take)
        self._show_sifted(Sifted(Wish(self._rows), ()))

    @property
    def rows(self) -> QueueRows:
        """The rows of all articles, or the first ones while the others are being read."""
        return self._rows

    @property
    def is_reading(self) -> bool:
        """Whether rows are still being read or sifted: what is shown may not be the last word."""
        return self._loading.is_reading or self._sifter.is_busy

    def shown_articles(self) -> list[str] | None:
        """Return the ids of the articles in the list; None when these are all."""
        if len(self._model.shown) == len(self._rows):
            return None
        return [self._rows.rows[number].id for number in self._model.shown]

    def preferred(self) -> QWidget | None:
        """Return what takes the keyboard when one comes to the queue: the list, or the line while that is empty."""
        if not self._list.isHidden():
            return self._list
        return self._line.box if len(self._rows) else None

    def begin(self) -> None:
        """Take the keyboard to the filter."""
        self._line.begin()

    def step(self, by: int) -> None:
        """Show the next (1) or previous (-1) article of the list."""
        row = self._model.row(self._target(by))
        if row:
            self.article_chosen.emit(row.id)

    def finish(self) -> None:
        """Say that one is done with the shown article, and show the next of the list."""
        article, following = self._session.now.article, self._model.row(self._target(1))
        if article is None:
            return
        target = following.id if following else None
        self._session.change(lambda project: project.set_state([article.id], "done"), article=target)
        if following is None:
            self.told.emit(tr("That was the last article of the list."))

    def chosen(self) -> list[QueueRow]:
        """Return the rows that are chosen, while the list has the keyboard; else that of the shown article."""
        # Not `hasFocus`: while a dialog or a menu is open, the window is not the active one.
        lines = self._list.chosen() if self.window().focusWidget() is self._list else []
        rows = [row for row in map(self._model.row, lines) if row]
        return rows or self._shown_rows()

    def want(self, query: str) -> None:
        """Want what a filter says, and nothing besides."""
        self._picked.pick((), "")
        self._groups.choose("all")
        if query == self._line.query:
            self._ask()
        self._line.write(query)

    def pick(self, articles: Collection[str], words: str) -> None:
        """Want only these articles, by their ids, and say in `words` which they are."""
        self.want("")
        self._picked.pick([_key(one) for one in articles], words)
        self._ask()

    @property
    def filter(self) -> str:
        """What is wanted at the moment, in the language of the filter; empty for everything."""
        return self._query()

    def known(self) -> Known:
        """Return what can be named in a filter."""
        now = self._session.now
        return Known(now.labels, now.reviewers, self._rows.outlets()[:_OUTLETS])

    # -- sifting --------------------------------------------------------------------------------------------------

    def _query(self) -> str:
        return joined(self._groups.query, self._line.query) if self._line.is_sound else ""

    def _take(self, rows: QueueRows) -> None:
        self._rows = rows
        self._groups.show_counts(rows.counted)
        self._ask(same_wish=True)

    def _ask(self, *, same_wish: bool = False) -> None:
        """Ask for what is wanted now. While the wish stays the same, the shown article stays in the list."""
        number = self._shown_number()
        stays = same_wish and number is not None and self._is_listed(number)
        self._sifter.ask(
            Wish(
                self._rows, _all_of(parse(self._groups.query), self._line.filter, self._picked.filter), self._ordering.by,
                descending=self._ordering.descending, keep=number if stays else None,
            )
        )  # fmt: skip

    def _show_sifted(self, found: Sifted) -> None:
        if found.wish.rows is not self._rows:
            return
        chosen = [row.key for row in map(self._model.row, self._list.chosen()) if row]
        self._kept = found.kept
        if self._model.show(found.wish.rows, found.shown):
            self._show_current()
            if len(chosen) > 1:
                self._list.choose([line for line in map(self._model.line_of, chosen) if line >= 0])
            self.sifted.emit()
        elif not self._list.currentIndex().isValid():
            self._show_current()
        self._tell()

    def _tell(self) -> None:
        """Say how much there is, and what to do where there is nothing."""
        shown, total = len(self._model.shown), len(self._rows)
        self._list.setVisible(shown > 0)
        self._empty_box.setVisible(shown == 0)
        for part in (self._top, self._foot):
            part.setVisible(total > 0)
        self._foot.show_counts(self._rows.counted, shown, whole=self._rows.whole)
        if total:
            self._empty.setText(tr("No article is as the filter wants."))
            self._remedy.setText(tr("Clear the filter"))
        else:
            self._empty.setText(tr("No articles yet. Bring some in with File › Import, or drop files here."))
            self._remedy.setText(tr("Import files…"))
        self._remedy.setVisible(bool(total) or self._session.now.path is not None)
        self._foot.show_hidden(bool(shown) and not self._list.currentIndex().isValid() and self._is_known())

    # -- which article is shown -----------------------------------------------------------------------------------

    def _choose(self, line: int) -> None:
        row, article = self._model.row(line), self._session.now.article
        if row and (article is None or row.id != article.id or self._wanted):
            self._wanted = row.id
            self.article_chosen.emit(row.id)

    def _show_stored(self, busy: bool) -> None:
        if not busy and self._wanted:
            self._wanted = None
            self._show_current()

    def _show_current(self) -> None:
        """Show which article is shown; while one is on its way, that one: keys are faster than the disk."""
        article = self._session.now.article
        if self._wanted and article and article.id != self._wanted and self._list.currentIndex().isValid():
            return
        number = self._shown_number()
        line = -1 if number is None else self._model.line_of(self._rows.rows[number].key)
        self._place = line if line >= 0 else self._place
        self._list.go_to(line)

    def _show_article(self) -> None:
        self._show_current()
        if self._kept:
            self._ask(same_wish=True)
        self._tell()

    def _target(self, by: int) -> int:
        """Return the line of the next or previous article; where the shown one is not in the list, of what is in its place."""
        line = self._list.currentIndex().row()
        if line >= 0:
            return line + by
        return min(self._place, len(self._model.shown) - 1) if by > 0 else self._place - 1

    def _shown_rows(self) -> list[QueueRow]:
        number = self._shown_number()
        return [] if number is None else [self._rows.rows[number]]

    def _shown_number(self) -> int | None:
        article = self._session.now.article
        return self._rows.numbers.get(_key(article.id)) if article else None

    def _is_listed(self, number: int) -> bool:
        return self._list.currentIndex().isValid() and self._model.line_of(self._rows.rows[number].key) >= 0

    def _is_known(self) -> bool:
        return self._rows.whole and self._shown_number() is not None

    # -- laying out -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setAccessibleName(tr("Queue of articles"))
        self._list.setAccessibleName(tr("Articles"))
        self._list.setAccessibleDescription(
            tr("Arrows show an article, Enter goes on to its text; Shift and Ctrl choose several.")
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._remedy.setAutoDefault(False)
        self._top, self._empty_box = QWidget(), QWidget()
        above, below, top = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self._top)
        above.addWidget(self._line, 1)
        below.addWidget(self._ordering, 1)
        below.addWidget(self._saved)
        top.setContentsMargins(12, 10, 12, 6)
        top.setSpacing(7)
        top.addLayout(above)
        top.addWidget(self._picked)
        top.addWidget(self._groups)
        top.addLayout(below)
        nothing = QVBoxLayout(self._empty_box)
        nothing.addStretch(1)
        nothing.addWidget(self._empty)
        nothing.addWidget(self._remedy, 0, Qt.AlignmentFlag.AlignCenter)
        nothing.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self._list, 1)
        column.addWidget(self._empty_box, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        session = self._session
        session.labels_changed.connect(self._line.read_again)
        session.project_changed.connect(self._show_project)
        session.article_changed.connect(self._show_article)
        session.busy_changed.connect(self._show_stored)
        self._sifter.sifted.connect(self._show_sifted)
        self._line.wanted.connect(self._ask)
        self._line.left.connect(self._to_list)
        self._groups.chosen.connect(self._ask)
        self._ordering.chosen.connect(self._ask)
        self._saved.wanted.connect(self.want)
        self._foot.all_wanted.connect(lambda: self.want(""))
        self._picked.given_up.connect(lambda: self.want(""))
        self._remedy.clicked.connect(lambda: self.want("") if len(self._rows) else self.import_wanted.emit())
        self._list.gone_to.connect(self._choose)
        self._list.left.connect(self.left)
        self._list.seek_asked.connect(self._line.go_on)
        self._list.menu_asked.connect(self._show_menu)
        self.doing.told.connect(self.told)

    def _show_project(self) -> None:
        """Begin anew with another project; another reviewer goes on with the same filter."""
        self._wanted = None
        if self._session.now.path != self._path:
            self._path = self._session.now.path
            self.want("")

    def _to_list(self) -> None:
        """Go from the line to the list."""
        if not self._list.isHidden():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_menu(self, where: QPoint) -> None:
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.doing.menu(self).popup(where)


def _all_of(*filters: Filter) -> Filter:
    return Filter(tuple(group for one in filters for group in one.groups))


def _key(identity: str) -> bytes:
    return bytes.fromhex(identity.replace("-", ""))
