"""Reviewing as the main window sees it: the two parts that take the place of page and inspector while one compares."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.page.speech import say_aloud
from ui.review.pane import ComparePane
from ui.review.panel import ReviewPanel
from ui.review.reviewing import Reviewing
from ui.review.words import spoken_row
from ui.session import Session
from ui.settings import Settings


class ReviewParts(QObject):
    """Holds the parts. `opened` tells that they are to be shown, or page and inspector again."""

    opened = Signal(bool)
    told = Signal(str)

    def __init__(self, session: Session, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.reviewing = Reviewing(session, self)
        self.pane = ComparePane(session, settings, self.reviewing)
        self.panel = ReviewPanel(session, self.reviewing)
        self.pane.hide()
        self.panel.hide()
        self.pane.match_chosen.connect(self.reviewing.choose_match)
        self.panel.twin_wanted.connect(self.pane.toggle_twin)
        self.panel.mark_wanted.connect(self.pane.reveal_mark)
        self._arriving = False
        self.reviewing.opened.connect(self._show)
        self.reviewing.changed.connect(self._arrive)
        self.reviewing.told.connect(self.told)

    def is_open(self) -> bool:
        """Tell whether layers are compared."""
        return self.reviewing.is_open

    def differs(self) -> bool:
        """Tell whether there is a difference to go to."""
        return self.reviewing.is_open and bool(self.reviewing.review.rows)

    def keyed(self) -> tuple[QWidget, ...]:
        """Return the widgets in which the keys of a review work; what is typed into a field stays there."""
        return (self.panel, self.pane)

    def toggle(self) -> None:
        """Compare the shown article, or go back to reading it."""
        self.reviewing.toggle()

    def leave(self) -> None:
        """End what is asked for, or the comparison."""
        self.reviewing.leave()

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) difference, and say it."""
        self.reviewing.step(by)
        row = self.reviewing.row
        if row:
            hidden = self.reviewing.hides_names
            say_aloud(self.panel, spoken_row(row, self.reviewing.review, self._session.now.label_set, hidden=hidden))

    def can_press(self, number: int) -> bool:
        """Tell whether the key of a side means something: that side, or while another mark is made, a label."""
        return self.reviewing.can_decide and (self.reviewing.is_making or number < len(self.reviewing.review.sides))

    def press(self, number: int) -> None:
        """Take a side; while another mark is made, the key gives its label."""
        if not self.reviewing.is_making:
            self.reviewing.take(number)
            return
        label = next((one for one in self._session.now.labels if one.shortcut == str(number + 1)), None)
        if label:
            self.label(label.key)

    def label(self, key: str) -> None:
        """Give the other mark that is being made its label."""
        self.reviewing.make_of(self.pane.selected_span(), key)

    def show_fates(self) -> None:
        """Show what became of one's own marks of the shown article."""
        self.reviewing.open()
        self.panel.show_fates(True)

    def edit_note(self) -> None:
        """Go to the note on the decision."""
        self.panel.choices.edit_note()

    def _show(self, on: bool) -> None:
        self.opened.emit(on)
        self.panel.show_fates(False)
        self.pane.refresh()
        self.panel.refresh()
        self._arriving = on

    def _arrive(self) -> None:
        """Give the keyboard to the list, once it was read what there is."""
        if self._arriving:
            self._arriving = False
            self.panel.preferred().setFocus()
