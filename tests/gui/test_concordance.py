"""The concordance: searching as one types, lines aligned on the hit, and choosing what is marked."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.concordance import KwicLine
from annotator.text.words import words_of
from ui.concordance import seeking
from ui.concordance.kwic import laid_out
from ui.concordance.marking import MarkQuestion
from ui.concordance.model import CHECK, LINE, MARKED, TITLE
from ui.concordance.panel import Concordance
from ui.session import Session
from ui.settings import Settings
from ui.translate import set_language

Key, Mod = Qt.Key, Qt.KeyboardModifier
Settle = Callable[[], None]
TEXTS = {
    "a.txt": "حلب تحت القصف، وقال الجيش إن حلب هادئة. ثم سكتت حلب",
    "b.txt": "وصل الوفد إلى بحلب مساء، وغادر الجيش",
    "c.txt": "The army entered Aleppo. In Aleppo, nothing (حلب) moved.",
}


@pytest.fixture(params=["ar", "en"])
def panel(
    request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot, session: Session, tmp_path: Path
) -> Iterator[Concordance]:
    """A concordance over four articles, in both directions of the window."""
    set_language(request.param)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if request.param == "ar" else Qt.LayoutDirection.LeftToRight)
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    made = Concordance(session, Settings())
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    qtbot.waitExposed(made)
    with qtbot.waitSignal(session.things_changed):
        session.change(lambda project: project.import_files([folder]))
    yield made
    set_language("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def find(panel: Concordance, qtbot: QtBot, settle: Settle) -> Callable[[str], None]:
    """Type something and wait for all that comes of it."""

    def run(query: str) -> None:
        panel.query.box.setText(query)
        panel.query._ask()
        wait(panel, qtbot, settle)

    return run


def wait(panel: Concordance, qtbot: QtBot, settle: Settle) -> None:
    settle()
    qtbot.waitUntil(lambda: not panel.seeking.under_way, timeout=10_000)
    panel.table._look()
    settle()


def cell(panel: Concordance, row: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    return panel.table.model().index(row, column).data(role)


def hits(panel: Concordance) -> list[str]:
    lines = (panel.results.line(row) for row in range(len(panel.results.places)))
    return [line.hit for line in lines if line]


def shown(panel: Concordance) -> str:
    return " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


# -- searching ----------------------------------------------------------------------------------------------------


def test_typing_searches_and_the_latest_wins(
    panel: Concordance, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = Project.search
    monkeypatch.setattr(
        Project, "search", lambda project, query, **how: asked.append(query) or search(project, query, **how)
    )
    panel.query.begin()
    for query in ("قصف", "دمشق", "بحلب"):
        panel.query.box.setText(query)
    qtbot.waitUntil(lambda: hits(panel) == ["بحلب"])
    assert asked == ["بحلب"]
    panel.query.box.setText("الجيش")
    panel.query._ask()
    panel.query.box.setText("القصف")
    panel.query._ask()
    wait(panel, qtbot, settle)
    assert hits(panel) == ["القصف"]


def test_switches_say_how_and_are_kept(panel: Concordance, find: Callable[[str], None]) -> None:
    find("حلب")
    assert sorted(hits(panel)) == sorted(["حلب"] * 5 + ["بحلب"])
    panel.query._clitics.click()
    find("حلب")
    assert hits(panel) == ["حلب"] * 5
    _choose(panel.query._kind, "pattern")
    assert not panel.query._clitics.isEnabled()
    find("حل[ب]")
    assert len(hits(panel)) == 6
    _choose(panel.query._within, "place")
    find("حل[ب]")
    assert hits(panel) == []
    again = Concordance(panel._session, Settings())
    again.query.show_labels(panel._session.now.labels)
    asked = again.query.question()
    assert (asked.clitics, asked.pattern, asked.within) == (False, True, "place")
    again.deleteLater()


def _choose(box: Any, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_hits_can_be_sorted_by_what_stands_beside_them(panel: Concordance, find: Callable[[str], None]) -> None:
    _choose(panel.query._order, "right")
    find("حلب")
    behind = after(panel)
    assert len(behind) == 6
    assert behind == sorted(behind)
    _choose(panel.query._order, "article")
    find("حلب")
    assert behind != after(panel)


def after(panel: Concordance) -> list[list[str]]:
    """The words that stand behind each hit."""
    lines = (panel.results.line(row) for row in range(len(panel.results.places)))
    return [words_of(line.right).split() for line in lines if line]


def test_a_mistake_is_told_below_the_line_and_goes_with_it(panel: Concordance, find: Callable[[str], None]) -> None:
    find("حلب")
    find("(حلب")
    assert panel._problem.isVisible()
    assert "1" in panel._problem.text()
    assert len(panel.results.places) == 6  # what was found before stays while one types
    find("(حلب)")
    assert not panel._problem.isVisible()


def test_an_empty_line_and_an_empty_result_say_what_to_do(panel: Concordance, find: Callable[[str], None]) -> None:
    assert panel._empty.isVisible()
    assert panel._empty.text()
    find("كوالالمبور")
    nothing = panel._empty.text()
    find("")
    assert panel._empty.text() not in ("", nothing)
    assert not panel._mark_all.isEnabled()


def test_a_long_search_comes_in_portions_and_can_be_stopped(
    panel: Concordance, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeking, "_PORTION", 0.0)
    portions: list[int] = []
    panel.seeking.grown.connect(portions.append)
    panel.query.box.setText("حلب")
    panel.query._ask()
    wait(panel, qtbot, settle)
    assert len(portions) > 2
    assert len(panel.results.places) == 6
    panel.seeking.grown.connect(lambda _: panel.seeking.stop())
    panel.query.box.setText("ال*")
    panel.query._ask()
    wait(panel, qtbot, settle)
    assert panel.results.read < panel.results.articles
    assert panel._count.text().strip()


def test_what_comes_into_the_project_is_found(
    panel: Concordance, find: Callable[[str], None], qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    find("طرطوس")
    (tmp_path / "late.txt").write_text("هنا طرطوس", encoding="utf-8")
    panel._session.change(lambda project: project.import_files([tmp_path / "late.txt"]))
    wait(panel, qtbot, settle)
    assert hits(panel) == ["طرطوس"]
    panel._session.undo()
    wait(panel, qtbot, settle)
    assert hits(panel) == []


def test_earlier_searches_come_back(panel: Concordance, find: Callable[[str], None]) -> None:
    find("حلب")
    panel.query.begin()
    QTest.keyClick(panel.query.box, Key.Key_Return)
    find("الجيش")
    QTest.keyClick(panel.query.box, Key.Key_Return)
    menu = panel.findChild(QToolButton, "earlier").menu()
    menu.aboutToShow.emit()
    assert [action.text().strip("\u2068\u2069") for action in menu.actions()] == ["الجيش", "حلب"]
    menu.actions()[1].trigger()
    assert panel.query.box.text() == "حلب"


# -- the lines ----------------------------------------------------------------------------------------------------


def test_every_hit_stands_in_the_middle(panel: Concordance, find: Callable[[str], None]) -> None:
    find("حلب OR Aleppo")
    box = QRectF(0, 0, 600, 30)
    for row in range(len(panel.results.places)):
        line = panel.results.line(row)
        assert line
        kwic = laid_out(line, panel.table._painter.font, box)
        assert abs(kwic.hit.center().x() - 300) < 1
        assert kwic.hit.width() > 5


def test_what_has_no_room_is_cut_off_at_the_far_ends_between_words(panel: Concordance) -> None:
    left, right = "قبلها كلمات كثيرة جدا هنا ", " وبعدها كلمات كثيرة جدا هناك"
    line = KwicLine("", "", 0, 0, 0, left, "حلب", right, "rtl")
    kwic = laid_out(line, panel.table._painter.font, QRectF(0, 0, 220, 30))
    before, after = kwic.text.split("حلب")
    assert before[0] == after[-1] == "…"
    assert left.endswith(before[1:])
    assert right.startswith(after[:-1])
    assert (left[: -len(before[1:])] or " ").endswith(" ")
    assert kwic.layout.lineAt(0).naturalTextWidth() <= 230
    long = laid_out(
        KwicLine("", "", 0, 0, 0, "", left * 9, "", "rtl"), panel.table._painter.font, QRectF(0, 0, 220, 30)
    )
    assert long.hit.width() < 220


def test_a_hit_inside_a_word_leaves_its_letters_joined(panel: Concordance) -> None:
    """The whole line is drawn as one text: the glyphs are those of the text without any hit."""
    font = QFont(panel.table._painter.font)
    box = QRectF(0, 0, 400, 40)
    in_word = laid_out(KwicLine("", "", 0, 0, 0, "ال", "عس", "كري", "rtl"), font, box)
    whole = laid_out(KwicLine("", "", 0, 0, 0, "", "العسكري", "", "rtl"), font, box)
    assert [run.glyphIndexes() for run in in_word.layout.glyphRuns()] == [
        run.glyphIndexes() for run in whole.layout.glyphRuns()
    ]


def test_lines_run_as_their_article_does(panel: Concordance) -> None:
    font, box = panel.table._painter.font, QRectF(0, 0, 600, 30)
    for direction, sign in (("rtl", 1), ("ltr", -1)):
        kwic = laid_out(KwicLine("", "", 0, 0, 0, "1 ", "حلب" if sign > 0 else "NATO", " 2", direction), font, box)
        first = kwic.layout.lineAt(0).cursorToX(0)[0] + kwic.at.x()
        assert (first - 300) * sign > 0


def test_lines_are_painted(panel: Concordance, find: Callable[[str], None]) -> None:
    find("حلب")
    picture = QImage(panel.table.size(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    panel.table.render(painter, QPoint())
    painter.end()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}
    assert len(colours) > 20


def test_a_screen_reader_is_told_the_line_and_whether_it_is_marked(
    panel: Concordance, find: Callable[[str], None], settle: Settle
) -> None:
    find("بحلب")
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert "إلى بحلب مساء" in cell(panel, 0, LINE, spoken)
    assert cell(panel, 0, MARKED, spoken) == ""
    place = panel.results.places[0]
    panel._session.change(lambda project: project.annotate(place.article, place.core, place.end, "place"))
    settle()
    panel.table._look()
    settle()
    name = {"ar": "مكان", "en": "Place"}["ar" if panel.isRightToLeft() else "en"]
    assert name in cell(panel, 0, MARKED, spoken)
    assert name in cell(panel, 0, LINE, spoken)
    assert cell(panel, 0, TITLE, spoken).startswith("وصل الوفد")
    assert all(widget.accessibleName() for widget in (panel.table, panel.query.box, panel._bar))


# -- keys ---------------------------------------------------------------------------------------------------------


def test_enter_walks_from_place_to_place_and_the_keyboard_stays(
    panel: Concordance, find: Callable[[str], None]
) -> None:
    find("حلب")
    opened: list[tuple[Any, ...]] = []
    panel.place_chosen.connect(lambda *place: opened.append(place))
    panel.query.begin()
    QTest.keyClick(panel.query.box, Key.Key_Down)
    assert panel.table.selected() == [0]
    QTest.keyClick(panel.table, Key.Key_Return)
    QTest.keyClick(panel.table, Key.Key_Down)
    QTest.keyClick(panel.table, Key.Key_Return)
    QTest.keyClick(panel.table, Key.Key_Return, Mod.AltModifier)
    first, second = panel.results.places[:2]
    assert opened == [(*first[:3], False), (*second[:3], False), (*second[:3], True)]


def test_space_chooses_and_what_is_chosen_is_counted(panel: Concordance, find: Callable[[str], None]) -> None:
    find("حلب")
    panel.table.begin()
    QTest.keyClick(panel.table, Key.Key_Space)
    assert cell(panel, 0, CHECK, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert "1" in panel._mark_chosen.text()
    QTest.keyClick(panel.table, Key.Key_A, Mod.ControlModifier)
    QTest.keyClick(panel.table, Key.Key_Space)
    assert len(panel.results.chosen()) == 6
    QTest.keyClick(panel.table, Key.Key_Space)
    assert panel.results.chosen() == []
    assert not panel._mark_chosen.isEnabled()
    panel.table.model().setData(
        panel.table.model().index(2, CHECK), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole
    )
    assert panel.results.chosen() == [panel.results.places[2]]


def test_lines_are_copied_and_saved(
    panel: Concordance, find: Callable[[str], None], settle: Settle, tmp_path: Path
) -> None:
    find("بحلب")
    panel.table.begin()
    QTest.keyClick(panel.table, Key.Key_C, Mod.ControlModifier)
    settle()
    assert "إلى\tبحلب\tمساء" in QGuiApplication.clipboard().text()
    told: list[str] = []
    panel.told.connect(told.append)
    panel.save_to(tmp_path / "hits.csv")
    settle()
    with (tmp_path / "hits.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    text = TEXTS["b.txt"]
    assert row["hit"] == text[int(row["start"]) : int(row["end"])] == "بحلب"
    assert "hits.csv" in told[0]


def test_escape_empties_the_line_then_leaves(panel: Concordance, find: Callable[[str], None], qtbot: QtBot) -> None:
    find("حلب")
    panel.query.begin()
    QTest.keyClick(panel.query.box, Key.Key_Escape)
    assert panel.query.box.text() == ""
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(panel.query.box, Key.Key_Escape)


# -- marking ------------------------------------------------------------------------------------------------------


def test_what_would_be_marked_is_shown_before(
    panel: Concordance, find: Callable[[str], None], qtbot: QtBot, settle: Settle
) -> None:
    find("حلب")
    first = panel.results.places[0]
    panel._session.change(lambda project: project.annotate(first.article, first.start, first.end, "place"))
    settle()
    panel._mark_all.click()
    question = panel.findChild(MarkQuestion)
    ok = question._box.buttons()[0] if question._box.buttons()[0].text() else question._box.buttons()[1]
    assert not ok.isEnabled()
    QTest.keyClicks(question, "2")
    qtbot.waitUntil(ok.isEnabled)
    assert question._list.count() == 5
    assert any("«حلب»" in question._list.item(row).text() for row in range(5))
    assert all(part in question._told.text() for part in (("5",)))
    told: list[str] = []
    panel.told.connect(told.append)
    question.accept()
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    settle()
    assert "5" in told[0]
    panel.table._look()
    settle()
    assert all(panel.results.line(row).labels == ("place",) for row in range(6))  # type: ignore[union-attr]
    panel._session.undo()
    settle()
    panel.table._look()
    settle()
    assert sum(bool(panel.results.line(row).labels) for row in range(6)) == 1  # type: ignore[union-attr]


def test_only_what_is_chosen_is_marked(
    panel: Concordance, find: Callable[[str], None], qtbot: QtBot, settle: Settle
) -> None:
    find("الجيش")
    panel.table.begin()
    QTest.keyClick(panel.table, Key.Key_Space)
    chosen = panel.results.chosen()
    panel._mark_chosen.click()
    question = panel.findChild(MarkQuestion)
    button = next(one for one in question.findChildren(QPushButton) if one.property("label") == "actor")
    button.click()
    qtbot.waitUntil(lambda: question._list.count() == 1)
    question.accept()
    qtbot.waitUntil(lambda: not panel.results.checked, timeout=10_000)
    marked: list[Any] = []
    panel._session.run(lambda project: list(project.search("actor:*").places()), marked.extend)
    settle()
    assert [(one.article, one.start) for one in marked] == [(one.article, one.core) for one in chosen]
