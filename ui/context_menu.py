"""The page's context menu: what lies under the pointer, labels for the selection, and how its beginning can be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from annotator.news import range_at
from annotator.text.clitics import Reading
from ui.boilerplate import Greying
from ui.editing import Editing
from ui.page.view import PageView
from ui.session import Session
from ui.swatch import swatch
from ui.translate import isolated, language, tr

_LONGEST = 40


def context_menu(
    parent: QWidget, session: Session, page: PageView, editing: Editing, greying: Greying, offset: int
) -> QMenu:
    """Return the menu for a place of the page."""
    menu = QMenu(parent)
    _add_marks(menu, session, page, offset)
    if editing.span():
        _add_labels(menu, session, page, editing)
        _add_readings(menu, session, page, editing)
    copying = _add(menu, tr("Copy"), page.copy_selection)
    copying.setEnabled(page.selected_span() is not None)
    removing = _add(menu, tr("Remove the annotation"), partial(session.when_idle, editing.remove))
    removing.setEnabled(session.owns_selected())
    _add_greying(menu, session, page, greying, offset)
    return menu


def _add_marks(menu: QMenu, session: Session, page: PageView, offset: int) -> None:
    """List the marks under the pointer, innermost first, so that each can be reached."""
    for identity in page.marks_at(offset):
        mark = page.mark(identity)
        if mark:
            quote = _short(page.text[mark.start : mark.end])
            name = mark.name.partition("\n")[0]
            made = _add(menu, f"{name}: {quote}", partial(session.select, identity))
            made.setIcon(swatch(mark.colour, page.palette()))
            made.setCheckable(True)
            made.setChecked(identity == session.selected)
    menu.addSeparator()


def _add_labels(menu: QMenu, session: Session, page: PageView, editing: Editing) -> None:
    """Offer each label; its colour is the page's, for a menu has the theme's only once it is shown."""
    for label in session.now.labels:
        text = tr("Label as {label}").format(label=isolated(label.names.get(language(), label.key)))
        made = _add(menu, text, partial(session.when_idle, partial(editing.label, label.key)))
        made.setIcon(swatch(label.colour, page.palette()))
    menu.addSeparator()


def _add_greying(menu: QMenu, session: Session, page: PageView, greying: Greying, offset: int) -> None:
    """Offer to grey the selection, and to give what is greyed here back to the news."""
    menu.addSeparator()
    if page.selected_span():
        _add(menu, tr("Mark as page boilerplate"), partial(session.when_idle, greying.grey))
    if range_at(page.boilerplate, offset):
        _add(menu, tr("This belongs to the news"), partial(session.when_idle, partial(greying.give_back, offset)))


def _add_readings(menu: QMenu, session: Session, page: PageView, editing: Editing) -> None:
    """Offer each reading of the beginning by the words that it would give."""
    found = editing.readings()
    if len(found) < 2:
        return
    span = editing.span()
    menu.addSection(tr("Read the beginning as"))
    for reading in found:
        made = _add(menu, _words(page.text, reading), partial(session.when_idle, partial(editing.read_as, reading)))
        made.setCheckable(True)
        made.setChecked(span == (reading.start, reading.end) and reading.form == editing.form())
    menu.addSeparator()


def _add(menu: QMenu, text: str, do: Callable[[], object]) -> QAction:
    made = menu.addAction(text)
    made.triggered.connect(lambda: do())  # without what the signal tells
    return made


def _words(text: str, reading: Reading) -> str:
    span = _short(text[reading.start : reading.end])
    return f"{span} = {_short(reading.form)}" if reading.form else span


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"«{isolated(words if len(words) <= _LONGEST else words[:_LONGEST] + '…')}»"
