"""The project's labels are edited in a dialog, and what was marked by an older definition is looked at again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.model import AttributeValue
from ui.dialogs.colour import MUTED, ColourField, contrasts
from ui.dialogs.keys import new_key
from ui.dialogs.labels import Labels
from ui.dialogs.recheck import Recheck
from ui.guideline import guideline
from ui.panels.inspector import Inspector
from ui.panels.label_bar import LabelBar
from ui.session import Session
from ui.translate import set_language

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key = Qt.Key
SHORTCUTS = [("Undo", ("Ctrl+Z",)), ("Clitic in or out", ("P", "ح")), ("Label as Actor", ("1", "١"))]


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    """The window that the dialogs belong to."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(session: Session, owner: QWidget, settle: Callable[[], None]) -> Labels:
    made = Labels(session, SHORTCUTS, owner)
    made.show()
    settle()
    return made


def field(root: QWidget, name: str, kind: type = QLineEdit) -> Any:
    """Return the visible field that a screen reader calls so."""
    return next(one for one in root.findChildren(kind) if one.accessibleName() == name and one.isVisible())


def choose(dialog: Labels, text: str) -> None:
    items = dialog._list.findItems(text, Qt.MatchFlag.MatchExactly)
    dialog._list.setCurrentItem(items[0])


def label(session: Session, key: str) -> Any:
    return next(one for one in session.now.labels if one.key == key)


def test_labels_and_attributes_are_listed_with_the_version(dialog: Labels) -> None:
    texts = [dialog._list.item(row).text() for row in range(dialog._list.count())]
    assert texts[:6] == ["Labels", "Actor", "Place", "Claim", "Attributes", "Mode"]
    assert dialog._version.text() == "Version 1 of the label set"
    assert field(dialog, "Name in English").text() == "Actor"
    assert field(dialog, "Guideline in Arabic", QPlainTextEdit).toPlainText().startswith("من يفعل")


def test_a_renamed_label_is_stored_with_the_button_and_can_be_taken_back(
    session: Session, dialog: Labels, settle: Callable[[], None]
) -> None:
    assert not dialog._store.isEnabled()
    field(dialog, "Name in English").setText("Party")
    assert dialog._store.isEnabled()
    dialog._store.click()
    settle()
    assert label(session, "actor").names["en"] == "Party"
    assert dialog._version.text() == "Version 2 of the label set"
    assert not dialog._store.isEnabled()
    assert dialog._list.currentItem().text() == "Party"
    session.undo()
    settle()
    assert label(session, "actor").names["en"] == "Actor"
    assert field(dialog, "Name in English").text() == "Actor"
    session.redo()
    settle()
    assert field(dialog, "Name in English").text() == "Party"


def test_going_on_and_closing_store_too(session: Session, dialog: Labels, settle: Callable[[], None]) -> None:
    field(dialog, "Example").setText("قال [الناطق]")
    choose(dialog, "Place")
    settle()
    assert label(session, "actor").example == "قال [الناطق]"
    assert dialog._list.currentItem().text() == "Place"
    field(dialog, "Counter-example").setText("مسكنة")
    dialog.reject()
    settle()
    assert label(session, "place").counter_example == "مسكنة"
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("2", "The key \u20682\u2069 belongs to the label \u2068Place\u2069 already."),
        ("٢", "The key \u2068٢\u2069 belongs to the label \u2068Place\u2069 already."),
        ("p", "The key \u2068p\u2069 already does this: Clitic in or out."),
        ("ح", "The key \u2068ح\u2069 already does this: Clitic in or out."),
    ],
)
def test_a_key_that_is_taken_is_refused_with_the_reason(
    session: Session, dialog: Labels, settle: Callable[[], None], key: str, sentence: str
) -> None:
    field(dialog, "Shortcut key").setText(key)
    assert not dialog.store()
    assert dialog._told.isVisible()
    assert dialog._told.text() == sentence
    choose(dialog, "Claim")
    assert dialog._list.currentItem().text() == "Actor"  # one stays until it is right
    dialog.reject()
    assert dialog.isVisible()
    settle()
    assert label(session, "actor").shortcut == "1"


def test_its_own_key_and_no_key_are_fine(session: Session, dialog: Labels, settle: Callable[[], None]) -> None:
    key = field(dialog, "Shortcut key")
    key.setText("١")
    assert dialog._label.problem() == ""
    key.setText("")
    key.textEdited.emit("")
    assert dialog.store()
    settle()
    assert label(session, "actor").shortcut == ""


def test_a_label_without_a_name_and_a_colour_that_is_none_are_refused(dialog: Labels) -> None:
    code = field(dialog, "Colour")
    code.setText("#12")
    assert not dialog.store()
    assert dialog._told.text().startswith("Give the colour as #")
    code.setText("#123456")
    for name in ("Name in Arabic", "Name in English"):
        field(dialog, name).setText(" ")
    assert not dialog.store()
    assert dialog._told.text() == "A label needs a name."
    field(dialog, "Name in Arabic").setText("جهة")
    assert dialog.store()


def test_a_new_label_gets_a_key_from_its_name_and_a_colour_of_its_own(
    session: Session, dialog: Labels, settle: Callable[[], None]
) -> None:
    dialog.add_label()
    assert dialog._list.currentItem().text() == "New label"
    field(dialog, "Name in English").setText("Weapon type")
    field(dialog, "Shortcut key").setText("4")
    field(dialog, "Underline", QComboBox).setCurrentIndex(1)
    assert dialog.store()
    choose(dialog, "Place")
    settle()
    made = label(session, "weapon_type")
    assert (made.names, made.shortcut, made.style) == ({"ar": "Weapon type", "en": "Weapon type"}, "4", "dotted")
    assert made.colour in set(MUTED) - {one.colour for one in session.now.labels if one.key != "weapon_type"}
    texts = [dialog._list.item(row).text() for row in range(dialog._list.count())]
    assert texts[1:5] == ["Actor", "Place", "Claim", "Weapon type"]
    session.undo()
    settle()
    assert [one.key for one in session.now.labels] == ["actor", "place", "claim"]


def test_a_new_label_without_a_name_is_dropped(session: Session, dialog: Labels, settle: Callable[[], None]) -> None:
    dialog.add_label()
    choose(dialog, "Claim")
    settle()
    assert len(session.now.labels) == 3
    assert not dialog._list.findItems("New label", Qt.MatchFlag.MatchExactly)


def test_values_of_an_attribute_are_added_renamed_and_explained(
    session: Session, dialog: Labels, settle: Callable[[], None]
) -> None:
    choose(dialog, "Kind")
    form = dialog._attribute
    form._list.setCurrentRow(1)
    form._definition._names["en"].setText("Blame")
    form.add_value()
    assert not dialog.store()
    assert dialog._told.text() == "The attribute and each of its values need a name."
    form._definition._names["en"].setText("Apology")
    form._definition._names["ar"].setText("اعتذار")
    form._definition._guidelines["ar"].setPlainText("يعتذر عن فعل.")
    assert dialog.store()
    settle()
    values = read_values(session, settle, "kind")
    assert [value.key for value in values][-2:] == ["report", "apology"]
    assert values[1].key == "accusation"
    assert values[1].names["en"] == "Blame"
    assert values[-1].guideline == {"ar": "يعتذر عن فعل."}
    assert [form._list.item(row).text() for row in range(form._list.count())][-1] == "Apology"
    session.undo()
    settle()
    assert len(read_values(session, settle, "kind")) == len(values) - 1


def read_values(session: Session, settle: Callable[[], None], key: str) -> tuple[AttributeValue, ...]:
    found: list[Any] = []
    session.run(lambda project: project.label_set(), found.append)
    settle()
    return next(one.values for one in found[0].attributes if one.key == key)


def test_looking_at_every_page_changes_nothing(session: Session, dialog: Labels, settle: Callable[[], None]) -> None:
    for row in range(dialog._list.count()):
        dialog._list.setCurrentRow(row)
        for value in range(dialog._attribute._list.count()):
            dialog._attribute._list.setCurrentRow(value)
        assert not dialog._store.isEnabled()
    dialog.reject()
    settle()
    assert session.now.next_undo is None


def test_every_field_has_a_name_and_tab_reaches_it(dialog: Labels) -> None:
    for what in ("Actor", "Kind"):
        choose(dialog, what)
        for kind in (QLineEdit, QPlainTextEdit, QComboBox, QPushButton):
            for one in dialog.findChildren(kind):
                if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                    assert QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name), one
    assert field(dialog, "Guideline in Arabic", QPlainTextEdit).tabChangesFocus()


@given(st.text(max_size=12), st.sets(st.text("ab_12", max_size=3)))
def test_a_new_key_is_plain_and_never_taken(name: str, taken: set[str]) -> None:
    key = new_key(name, "label", taken)
    assert key not in taken
    assert key
    assert key == key.casefold()
    assert key.replace("_", "").isalnum()
    assert key.isascii()


# -- colours ----------------------------------------------------------------------------------------------------------


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_every_colour_can_be_seen_and_read_on_either_theme(colour: str) -> None:
    for theme in ("light", "dark"):
        line, text = contrasts(colour, theme)
        assert line >= 4.5
        assert text >= 4.5


def test_the_colour_field_says_what_becomes_of_a_colour(qtbot: QtBot) -> None:
    set_language("en")
    colours = ColourField()
    qtbot.addWidget(colours)
    colours.set_colour("#DDCC77")
    assert colours._told["dark"].text().startswith("On dark: line ")
    assert "drawn as" not in colours._told["dark"].text()
    assert "drawn as" in colours._told["light"].text()
    told: list[bool] = []
    colours.changed.connect(lambda: told.append(True))
    colours._offered[0].click()
    assert colours.colour() == MUTED[0]
    assert told
    colours.set_colour("nonsense")
    assert colours.colour() == ""
    assert colours._told["light"].text() == "This is no colour."


# -- where labels are chosen -------------------------------------------------------------------------------------------


def test_the_guideline_is_shown_where_a_label_is_chosen(session: Session, qtbot: QtBot) -> None:
    bar, inspector = LabelBar(session), Inspector(session)
    for part in (bar, inspector):
        qtbot.addWidget(part)
    tip = bar._buttons[1].toolTip()
    assert "The name of a place" in tip
    assert "[مدينة دير حافر]" in tip
    assert "أدوية مسكنة" in tip
    assert "أدوية مسكنة" in bar._buttons[1].accessibleDescription()
    assert inspector._label.itemData(1, Qt.ItemDataRole.ToolTipRole) == tip


def test_a_guideline_is_text_and_never_markup() -> None:
    value = AttributeValue("x", {}, {"en": "<b>a & b</b>"})
    assert "&lt;b&gt;a &amp; b" in guideline(value)
    assert guideline(AttributeValue("x", {})) == ""


def test_the_label_bar_follows_a_change(session: Session, qtbot: QtBot, settle: Callable[[], None]) -> None:
    bar = LabelBar(session)
    qtbot.addWidget(bar)
    session.change(lambda project: project.revise_label("actor", names={"ar": "جهة", "en": "Party"}))
    settle()
    assert "Party" in bar._buttons[0].text()


# -- the re-check queue ------------------------------------------------------------------------------------------------


@pytest.fixture
def recheck(session: Session, owner: QWidget, settle: Callable[[], None]) -> Recheck:
    """The queue with two annotations of R1 and one of R2 that are older than the definition of their label."""

    def job(project: Project) -> None:
        article = project.articles()[0].id
        project.annotate(article, 6, 11, "actor")
        project.annotate(article, 20, 26, "actor")
        project.annotate(article, 40, 44, "place")
        project.switch_reviewer("R2")
        project.annotate(article, 50, 55, "actor")
        project.switch_reviewer("R1")
        project.revise_label("actor", guideline={"en": "Only armed ones."})

    session.change(job)
    settle()
    made = Recheck(session, owner)
    made.show()
    settle()
    return made


def quotes(recheck: Recheck) -> list[str]:
    model = recheck.table.model()
    return [model.index(row, 0).data().strip("\u2068\u2069") for row in range(model.rowCount())]


def test_the_queue_lists_what_is_older_than_its_definition(session: Session, recheck: Recheck) -> None:
    text = session.now.article.text  # type: ignore[union-attr]
    assert quotes(recheck) == [text[6:11].strip(), text[20:26].strip(), text[50:55].strip()]
    assert recheck._count.text() == "3 annotations were made before their definitions changed."
    assert recheck.table.model().index(0, 1).data() == "\u2068Actor\u2069"


def test_enter_goes_there_space_confirms_and_del_removes(
    session: Session, recheck: Recheck, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    first = recheck.current()
    assert first
    with qtbot.waitSignal(recheck.annotation_chosen) as told:
        qtbot.keyClick(recheck.table, Key.Key_Return)
    assert told.args == [first.article, first.id]
    qtbot.keyClick(recheck.table, Key.Key_Space)
    settle()
    assert len(quotes(recheck)) == 2
    qtbot.keyClick(recheck.table, Key.Key_Delete)
    settle()
    assert len(quotes(recheck)) == 1
    assert recheck.current().reviewer == "R2"  # type: ignore[union-attr]
    assert not recheck._right.isEnabled()
    assert recheck._right.toolTip() == "This is for \u2068R2\u2069 to say."
    qtbot.keyClick(recheck.table, Key.Key_Space)
    settle()
    assert len(quotes(recheck)) == 1
    session.undo()
    session.undo()
    settle()
    assert len(quotes(recheck)) == 3


def test_the_labels_dialog_offers_the_queue(
    session: Session, recheck: Recheck, dialog: Labels, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    assert dialog._recheck.isVisible()
    assert dialog._recheck.text() == "Look again at 3 annotations…"
    choose(dialog, "Place")
    field(dialog, "Example").setText("في [حلب]")
    dialog._store.click()
    settle()
    assert dialog._recheck.text() == "Look again at 4 annotations…"
    with qtbot.waitSignal(dialog.recheck_asked):
        dialog._recheck.click()
    assert not dialog.isVisible()


def test_an_empty_queue_says_so(session: Session, owner: QWidget, settle: Callable[[], None]) -> None:
    made = Recheck(session, owner)
    settle()
    assert made._count.text() == "Nothing is left to look at again."
    assert not made._go.isEnabled()
