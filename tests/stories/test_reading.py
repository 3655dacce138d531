"""A day of reading: places are kept, clitics go in and out, edges are dragged, words are found, nothing is hidden."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from annotator import Annotation, Project
from ui.page.banner import Banner
from ui.page.find_bar import FindBar
from ui.panels.label_bar import LabelBar

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
LONG = "\n".join(f"الفقرة رقم {number} من المقال الطويل عن مدينة دير حافر." for number in range(300))


class Reader:
    """A person at the window."""

    def __init__(self, qtbot: QtBot, application: Any) -> None:
        self.qtbot, self.application, self.session = qtbot, application, application.session
        self.window = application.window
        self.page = self.window.page
        self.window.activateWindow()
        self.page.setFocus()
        qtbot.waitUntil(self.page.hasFocus)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, text: str = "") -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(QApplication.focusWidget() or self.page, QKeyEvent(kind, key, modifiers, text))
        self.settle()

    def press_shortcut(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.page, key, modifiers)
        self.settle()

    def write(self, text: str) -> None:
        """Type Arabic letter by letter."""
        for letter in text:
            self.press(Qt.Key.Key_unknown, text=letter)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy and self.session.now.path is not None, timeout=10_000)

    def select(self, words: str) -> tuple[int, int]:
        start = self.page.text.index(words)
        self.page.select_span(start, start + len(words))
        return start, start + len(words)

    def selected(self) -> Annotation:
        found = self.session.selected_annotation()
        assert found
        return found

    def bring_in(self, *texts: str, folder: Path) -> None:
        paths = [folder / f"{number}.txt" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        self.session.change(lambda project: project.import_files(paths))
        self.settle()

    def open_article(self, beginning: str) -> None:
        self.qtbot.waitUntil(lambda: not self.window.queue.is_reading, timeout=10_000)
        wanted = next(row.id for row in self.window.queue.rows.rows if row.title.startswith(beginning))
        self.session.show_article(wanted)
        self.settle()


@pytest.fixture
def reader(start: Any, qtbot: QtBot) -> Reader:
    return Reader(qtbot, start())


def test_the_place_in_an_article_is_kept_also_after_a_restart(start: Any, qtbot: QtBot, tmp_path: Path) -> None:
    reader = Reader(qtbot, start())
    reader.bring_in(LONG, folder=tmp_path)
    reader.open_article("الفقرة")
    reader.page.verticalScrollBar().setValue(3000)
    reader.page.set_caret(3500)
    top, _ = reader.page.place()
    reader.open_article("أعلنت")
    assert reader.page.verticalScrollBar().value() == 0
    reader.open_article("الفقرة")
    assert (reader.page.place()[0], reader.page.caret()) == (top, 3500)
    reader.window.close()

    reader = Reader(qtbot, start())
    reader.open_article("الفقرة")
    assert (reader.page.place()[0], reader.page.caret()) == (top, 3500)


def test_the_direction_chosen_for_an_article_is_kept(reader: Reader, tmp_path: Path) -> None:
    reader.bring_in("English report\nعن دير حافر", folder=tmp_path)
    reader.open_article("English")
    reader.window.reading.set_direction("rtl")
    box = reader.page.span_rectangles(0, 7)[0]
    reader.open_article("أعلنت")
    assert reader.window.reading.direction == "auto"
    reader.open_article("English")
    assert reader.window.reading.direction == "rtl"
    assert abs(reader.page.span_rectangles(0, 7)[0].left() - box.left()) < 1.0


def test_p_takes_the_lam_out_and_the_plain_form_is_kept(reader: Reader) -> None:
    start, end = reader.select("للجيش السوري")
    reader.press_shortcut(Qt.Key.Key_P)
    assert reader.page.selected_span() == (start + 1, end)
    reader.press_shortcut(Qt.Key.Key_1)
    assert (reader.selected().quote, reader.selected().form) == ("لجيش السوري", "الجيش السوري")
    reader.press_shortcut(Qt.Key.Key_P)
    assert (reader.selected().quote, reader.selected().form) == ("للجيش السوري", "")
    reader.press_shortcut(Qt.Key.Key_Z, CTRL)
    assert (reader.selected().quote, reader.selected().form) == ("لجيش السوري", "الجيش السوري")
    reader.press_shortcut(Qt.Key.Key_Z, CTRL | SHIFT)
    assert reader.selected().quote == "للجيش السوري"


def test_the_keys_of_the_page_are_also_those_of_the_arabic_keyboard(reader: Reader) -> None:
    edges = {
        "start_out_word": "Ctrl+ج",
        "start_in_word": "Ctrl+Shift+ج",
        "end_out_word": "Ctrl+د",
        "end_in_word": "Ctrl+Shift+د",
    }
    others = {"clitic": "ح", "start_out": "ج", "end_out": "د", "label_actor": "١"}
    for action, key in {**edges, **others}.items():
        assert QKeySequence(key) in reader.window._menus.made(action).shortcuts()


def test_a_double_click_offers_the_word_without_its_clitic(reader: Reader, qtbot: QtBot, tmp_path: Path) -> None:
    reader.bring_in("وصل الوفد والجيش إلى المدينة", folder=tmp_path)
    reader.open_article("وصل")
    point = reader.page.span_rectangles(12, 13)[0].center().toPoint()
    qtbot.mouseDClick(reader.page.viewport(), LEFT, pos=point)
    assert reader.page.selected_span() == (10, 16)
    hints = [label.text() for label in reader.window.findChild(LabelBar).findChildren(QLabel)]
    assert any("الجيش" in hint and "والجيش" not in hint for hint in hints)
    reader.press_shortcut(Qt.Key.Key_P)
    assert reader.page.selected_span() == (11, 16)
    reader.press_shortcut(Qt.Key.Key_1)
    assert (reader.selected().quote, reader.selected().form) == ("الجيش", "")


def test_an_edge_is_dragged_and_the_annotation_stays_the_same_one(reader: Reader, qtbot: QtBot) -> None:
    reader.page.select_span(6, 18)
    reader.press_shortcut(Qt.Key.Key_1)
    identity = reader.selected().id
    boxes = reader.page.span_rectangles(6, 18)
    grip = QPoint(int(boxes[-1].left()), int(boxes[-1].center().y()))
    target = reader.page.span_rectangles(22, 23)[0].center().toPoint()
    viewport = reader.page.viewport()
    qtbot.mousePress(viewport, LEFT, pos=grip)
    for point in ((grip + target) / 2, target):
        far = QPointF(viewport.mapToGlobal(point))
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), far, Qt.MouseButton.NoButton, LEFT, NONE)
        QApplication.sendEvent(viewport, event)
    qtbot.mouseRelease(viewport, LEFT, pos=target)
    qtbot.waitUntil(lambda: reader.selected().end == 26)
    assert (reader.selected().id, reader.selected().quote) == (identity, "وزارة الدفاع السورية")
    assert reader.page.shown.dragged is None
    reader.press_shortcut(Qt.Key.Key_Z, CTRL)
    assert reader.selected().end == 18
    reader.press_shortcut(Qt.Key.Key_Z, CTRL | SHIFT)
    assert reader.selected().end == 26


def test_escape_gives_up_a_drag_and_only_then_the_annotation(reader: Reader, qtbot: QtBot) -> None:
    reader.page.select_span(6, 18)
    reader.press_shortcut(Qt.Key.Key_1)
    box, viewport = reader.page.span_rectangles(6, 18)[-1], reader.page.viewport()
    target = reader.page.span_rectangles(22, 23)[0].center().toPoint()
    qtbot.mousePress(viewport, LEFT, pos=QPoint(int(box.left()), int(box.center().y())))
    qtbot.mouseMove(viewport, target)
    assert reader.page.shown.dragged == (6, 26)
    reader.press_shortcut(Qt.Key.Key_Escape)
    qtbot.mouseMove(viewport, target + QPoint(0, 3))
    assert reader.page.shown.dragged is None
    qtbot.mouseRelease(viewport, LEFT, pos=target)
    assert (reader.selected().start, reader.selected().end) == (6, 18)
    reader.press_shortcut(Qt.Key.Key_Escape)
    assert reader.session.selected is None


def test_tab_goes_through_what_lies_under_the_pointer_and_then_on(reader: Reader, qtbot: QtBot) -> None:
    for start, end, key in (
        (31, 137, Qt.Key.Key_3),
        (47, 75, Qt.Key.Key_1),
        (47, 75, Qt.Key.Key_2),
        (194, 221, Qt.Key.Key_1),
    ):
        reader.page.select_span(start, end)
        reader.press_shortcut(key)
    reader.press_shortcut(Qt.Key.Key_Escape)
    point = reader.page.span_rectangles(52, 53)[0].center().toPoint()
    qtbot.mouseClick(reader.page.viewport(), LEFT, pos=point)
    seen = [(reader.selected().label, reader.selected().start)]
    for _ in range(3):
        reader.press_shortcut(Qt.Key.Key_Tab)
        seen.append((reader.selected().label, reader.selected().start))
    assert set(seen[:2]) == {("actor", 47), ("place", 47)}
    assert seen[2:] == [("claim", 31), ("actor", 194)]
    reader.press_shortcut(Qt.Key.Key_Escape)
    reader.page.set_caret(52)
    reader.press_shortcut(Qt.Key.Key_Tab)
    assert reader.selected().start == 47


def test_finding_folds_arabic_and_goes_round(reader: Reader, qtbot: QtBot) -> None:
    reader.press_shortcut(Qt.Key.Key_F, CTRL | SHIFT)
    bar = reader.window.findChild(FindBar)
    box = bar.findChild(QLineEdit)
    qtbot.waitUntil(box.hasFocus)
    reader.write("اداره الاعلام")
    qtbot.waitUntil(lambda: len(reader.page.shown.hits) == 3)
    hits = list(reader.page.shown.hits)
    assert {reader.page.text[start:end] for start, end in hits} == {"إدارة الإعلام"}
    assert any("٣" in label.text() or "3" in label.text() for label in bar.findChildren(QLabel))
    visited = [reader.page.shown.hit_now]
    for _ in range(3):
        reader.press_shortcut(Qt.Key.Key_F3)
        visited.append(reader.page.shown.hit_now)
    assert visited == [0, 1, 2, 0]
    reader.press_shortcut(Qt.Key.Key_F3, SHIFT)
    reader.press_shortcut(Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert reader.page.hasFocus()
    assert reader.page.selected_span() == hits[2]
    assert reader.page.shown.hits == []


def test_a_search_goes_on_in_the_next_article(reader: Reader, qtbot: QtBot, tmp_path: Path) -> None:
    reader.bring_in("لا قصف هنا، قصف هناك", folder=tmp_path)
    reader.press_shortcut(Qt.Key.Key_F, CTRL | SHIFT)
    reader.write("قصف")
    qtbot.waitUntil(lambda: reader.window.reading.finding._query == "قصف")
    reader.open_article("لا قصف")
    qtbot.waitUntil(lambda: len(reader.page.shown.hits) == 2)


def test_an_article_that_deceives_the_eye_says_so(reader: Reader, qtbot: QtBot, tmp_path: Path) -> None:
    reader.bring_in("عدد القتلى \u202e12345\u202c بحسب المصدر", folder=tmp_path)
    reader.open_article("عدد")
    banner = reader.window.reading.findChild(Banner)
    qtbot.waitUntil(banner.isVisible)
    assert not reader.page.shows_invisible
    banner.acted.emit()
    assert reader.page.shows_invisible
    reader.open_article("أعلنت")
    qtbot.waitUntil(lambda: not banner.isVisible())


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_the_context_menu_reaches_every_mark_and_every_reading(reader: Reader, qtbot: QtBot) -> None:
    for words, key in (("للجيش السوري", Qt.Key.Key_1), ("أنفسهم للجيش", Qt.Key.Key_3)):
        reader.select(words)
        reader.press_shortcut(key)
    first = next(one for one in reader.session.now.annotations if one.label == "actor")
    reader.session.select(first.id)
    reader.page.menu_asked.emit(QPoint(50, 50), first.start + 2)
    menu = reader.window.reading.findChildren(QMenu)[-1]
    texts = [made.text() for made in menu.actions()]
    assert sum("R1" in text for text in texts) == 2
    reading = next(
        made for made in menu.actions() if "«\u2068لجيش السوري\u2069» = «\u2068الجيش السوري\u2069»" in made.text()
    )
    reading.trigger()
    reader.settle()
    menu.close()
    qtbot.waitUntil(lambda: not reader.window.reading.findChildren(QMenu))
    assert (reader.selected().quote, reader.selected().form) == ("لجيش السوري", "الجيش السوري")


def test_a_click_on_a_card_selects_the_claim_and_back(reader: Reader, qtbot: QtBot) -> None:
    reader.window.resize(1280, 720)
    reader.page.select_span(31, 137)
    reader.press_shortcut(Qt.Key.Key_3)
    claim = reader.selected()
    reader.press_shortcut(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(reader.page._cards()) == 1)
    card = reader.page._cards()[0]
    assert card.mark.card[0] == "من يقول هذا؟"
    qtbot.mouseClick(reader.page.viewport(), LEFT, pos=card.box.center().toPoint())
    assert reader.selected() == claim
    assert reader.page.shown.selected == claim.id


def test_how_one_reads_is_kept(start: Any, qtbot: QtBot) -> None:
    reader = Reader(qtbot, start())
    reader.press_shortcut(Qt.Key.Key_Plus, CTRL)
    reader.press_shortcut(Qt.Key.Key_M, CTRL)
    reader.window.reading.set_measure("wide")
    reader.window.reading.set_leading("loose")
    reader.window.reading.set_font("Amiri")
    assert reader.page.document().defaultFont().pointSizeF() == 17.0
    reader.window.close()

    reader = Reader(qtbot, start())
    font = reader.page.document().defaultFont()
    assert (font.family(), font.pointSizeF()) == ("Amiri", 17.0)
    assert (reader.page.has_margin, reader.page._measure, reader.page._leading) == (False, 50.0, 1.6)
    assert reader.page.drawn_fonts() == {"Amiri"}
    reader.press_shortcut(Qt.Key.Key_0, CTRL)
    assert reader.page.document().defaultFont().pointSizeF() == 16.0


def test_only_this_paragraph_and_invisible_characters_are_switches(reader: Reader) -> None:
    focus, invisible = reader.window._menus.made("paragraph"), reader.window._menus.made("invisible")
    reader.press_shortcut(Qt.Key.Key_F8)
    assert reader.page.is_focused_on_paragraph
    assert focus.isChecked()
    reader.press_shortcut(Qt.Key.Key_F8)
    assert not focus.isChecked()
    invisible.trigger()
    assert reader.page.shows_invisible
    assert invisible.isChecked()


def test_somebody_elses_annotation_cannot_be_moved(reader: Reader) -> None:
    reader.page.select_span(6, 26)
    reader.press_shortcut(Qt.Key.Key_1)
    mark = reader.selected()
    reader.session.switch_reviewer("R2")
    reader.settle()
    reader.session.select(mark.id)
    assert not reader.page.shown.movable
    reader.press_shortcut(Qt.Key.Key_BracketRight)
    reader.press_shortcut(Qt.Key.Key_P)
    assert reader.session.now.annotations == (mark,)


def test_a_plain_form_survives_export_and_import(reader: Reader, qtbot: QtBot, tmp_path: Path) -> None:
    reader.select("للجيش السوري")
    reader.press_shortcut(Qt.Key.Key_P)
    reader.press_shortcut(Qt.Key.Key_1)
    out = tmp_path / "out.jsonl"
    reader.session.run(lambda project: project.export("jsonl", out), lambda _: None)
    qtbot.waitUntil(out.exists)
    with Project.create(tmp_path / "other.hashiya", reviewer="R1") as project:
        project.import_files([out])
        assert [one.form for one in project.annotations(project.articles()[0].id)] == ["الجيش السوري"]


def test_many_changes_at_once_are_all_shown(reader: Reader) -> None:
    """Jobs may be done before the window has taken what the one before left."""
    for start in range(0, 300, 5):
        reader.session.annotate(start, start + 4, "actor")
    reader.settle()
    assert [one.start for one in reader.session.now.annotations] == list(range(0, 300, 5))
    assert len(reader.page.shown.index) == 60
    for _ in range(30):
        reader.session.undo()
    reader.settle()
    assert [one.start for one in reader.session.now.annotations] == list(range(0, 150, 5))
    assert [mark.start for mark in reader.page.shown.index.marks] == list(range(0, 150, 5))


def test_the_marked_article_becomes_a_pdf(reader: Reader, qtbot: QtBot, tmp_path: Path) -> None:
    reader.page.select_span(6, 26)
    reader.press_shortcut(Qt.Key.Key_1)
    reader.session.revise(reader.selected().id, note="للمراجعة")
    reader.settle()
    printout = reader.window.reading.printout()
    assert [(entry.name, entry.count) for entry in printout.legend] == [("جهة فاعلة", 1)]
    assert [note.note for note in printout.notes] == ["للمراجعة"]
    out = tmp_path / "مقال.pdf"
    with qtbot.waitSignal(reader.window._printing.finished, timeout=10_000):
        reader.window._printing.write_pdf(printout, out)
    assert out.read_bytes().startswith(b"%PDF")
    assert "مقال.pdf" in reader.window.statusBar().currentMessage()
    with qtbot.waitSignal(reader.window._printing.failed, timeout=10_000):
        reader.window._printing.write_pdf(printout, tmp_path / "no folder" / "a.pdf")
    qtbot.waitUntil(lambda: bool(reader.window.findChildren(QMessageBox)))
