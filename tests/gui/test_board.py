"""The claim board: all claims of the project, filtered, sorted, grouped, linked and judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.frames import ClaimRow
from annotator.text.fold import fold
from ui.board import board as board_module
from ui.board.arrangement import Arrangement
from ui.board.board import Board
from ui.board.claims import COLUMNS, GROUPINGS, Claims, Filter, day_of, has_verdict
from ui.board.model import CONTRADICTED, HEAD
from ui.board.questions import LinkQuestion, VerdictQuestion
from ui.session import Session
from ui.translate import set_language

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key, Mod = Qt.Key, Qt.KeyboardModifier

FIRST = "أعلنت وزارة الدفاع انسحاب قسد من دير حافر يوم الجمعة."
SECOND = "نفت قسد الانسحاب من دير حافر. وقال مصدر إن القصف مستمر على مسكنة."


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    set_language("en")
    made = Session()
    made.failed.connect(pytest.fail)
    made.create(tmp_path / "p.hashiya", reviewer="R1")
    qtbot.waitUntil(lambda: made.now.path is not None, timeout=10_000)
    yield made
    made.close()


def mark(project: Project, article: str, words: str, label: str = "claim") -> str:
    start = project.article(article).text.index(words)
    return project.annotate(article, start, start + len(words), label).id


def fill(project: Project, folder: Path) -> dict[str, str]:
    """Bring in two articles with three claims; return the ids by short names."""
    ids = {}
    for name, text in (("one", FIRST), ("two", SECOND)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        ids[name] = project.import_files([folder / f"{name}.txt"]).imported[0].article
    ministry = mark(project, ids["one"], "وزارة الدفاع", "actor")
    ids["withdrawal"] = mark(project, ids["one"], "انسحاب قسد من دير حافر")
    place = mark(project, ids["one"], "دير حافر", "place")
    project.frame(ids["withdrawal"], source=ministry, cue=[(0, 5)], mode="indirect", kind="statement")
    project.frame(ids["withdrawal"], places=[place], time="2026-01-16")
    group = mark(project, ids["two"], "قسد", "actor")
    ids["denial"] = mark(project, ids["two"], "الانسحاب من دير حافر")
    project.frame(ids["denial"], source=group, mode="indirect", kind="denial", time="2026-01-17")
    ids["shelling"] = mark(project, ids["two"], "القصف مستمر على مسكنة")
    return ids


@pytest.fixture
def ids(session: Session, settle: Callable[[], None], tmp_path: Path) -> dict[str, str]:
    found: list[dict[str, str]] = []
    session.change(lambda project: fill(project, tmp_path), then=found.append)
    settle()
    return found[0]


@pytest.fixture
def board(session: Session, ids: dict[str, str], qtbot: QtBot) -> Board:
    made = Board(session)
    qtbot.addWidget(made)
    made.resize(1100, 400)
    with qtbot.waitSignal(made._loading.folded, timeout=10_000):
        made.show()
    made._loading._pause.setInterval(0)
    return made


def do(board: Board, qtbot: QtBot, job: Callable[[], object]) -> None:
    """Do what changes the project, and wait until the board shows it."""
    with qtbot.waitSignal(board._loading.folded, timeout=10_000):
        job()


def column(board: Board, name: str) -> list[str]:
    model = board.table.model()
    at = COLUMNS.index(name)
    return [
        str(model.index(row, at).data()).replace("\u2068", "").replace("\u2069", "") for row in range(model.rowCount())
    ]


def shown(board: Board) -> list[str]:
    """Return the beginnings of the claims on the board; heads of groups in brackets."""
    model = board.table.model()
    lines = zip(range(model.rowCount()), column(board, "source"), column(board, "quote"), strict=True)
    return [f"[{first}]" if model.index(at, 0).data(HEAD) is not None else quote[:7] for at, first, quote in lines]


def line(board: Board, claim: str) -> int:
    """Return the line of a claim."""
    numbers = [row.claim for row in board.claims.rows]
    return list(board._arrangement.shown).index(numbers.index(claim))


def select(board: Board, *claims: str) -> None:
    board.table.clearSelection()
    for claim in claims:
        index = board.table.model().index(line(board, claim), 0)
        board.table.selectionModel().setCurrentIndex(
            index, board.table.selectionModel().SelectionFlag.Select | board.table.selectionModel().SelectionFlag.Rows
        )


def search(board: Board, words: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(board._filters.changed):
        board._filters._box.setText(words)


def pick(combo: QComboBox, key: str) -> None:
    """Choose as a person does."""
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


# -- what is shown ----------------------------------------------------------------------------------------------------


def test_a_row_says_who_says_what_where_and_when(board: Board) -> None:
    assert column(board, "source") == ["وزارة الدفاع", "قسد", ""]
    assert column(board, "cue")[0] == "أعلنت"
    assert column(board, "quote") == ["انسحاب قسد من دير حافر", "الانسحاب من دير حافر", "القصف مستمر على مسكنة"]
    assert column(board, "place") == ["دير حافر", "", ""]
    assert "2026-01-16" in column(board, "date")[0]
    assert column(board, "verdicts") == ["Not examined"] * 3
    assert column(board, "links") == [""] * 3
    assert column(board, "reviewer") == ["R1"] * 3
    assert board._count.text() == "3 claims · 3 shown"


def test_a_claim_is_spoken_whole(board: Board) -> None:
    said = board.table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.replace("\u2068", "").replace("\u2069", "") == (
        "وزارة الدفاع. انسحاب قسد من دير حافر. دير حافر. Not examined"
    )


def test_an_outlet_and_an_unnamed_source_are_named_as_such(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot
) -> None:
    do(board, qtbot, lambda: session.change(lambda project: project.frame(ids["denial"], source="outlet")))
    start = SECOND.index("مصدر")
    do(board, qtbot, lambda: session.change(lambda project: project.frame(ids["shelling"], source=(start, start + 4))))
    assert column(board, "source") == ["وزارة الدفاع", "The outlet itself", "مصدر"]


def test_a_project_without_claims_says_what_to_do(session: Session, qtbot: QtBot, settle: Callable[[], None]) -> None:
    made = Board(session)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made._loading.folded):
        made.show()
    assert not made.table.isVisible()
    assert made._empty.isVisible()
    assert made._empty.text().startswith("No claims yet. Select on the page")
    assert made._count.text() == "0 claims · 0 shown"


# -- filter, sort, group ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "count"),
    [("دير حافر", 2), ("الدّفاع انسحاب", 1), ("حافر قسد", 2), ("مسكنه", 1), ("وزاره", 1), ("لا شيء", 0), ("  ", 3)],
)
def test_words_are_sought_folded_in_source_claim_and_place(board: Board, qtbot: QtBot, words: str, count: int) -> None:
    search(board, words, qtbot)
    assert board.table.model().rowCount() == count
    assert board._count.text().startswith("3 claims · ")
    assert board._empty.isVisible() == (count == 0)


def test_esc_in_the_box_brings_all_back(board: Board, qtbot: QtBot) -> None:
    search(board, "لا شيء", qtbot)
    assert board._empty.text().startswith("No claim is as the filter wants.")
    with qtbot.waitSignal(board._filters.changed):
        qtbot.keyClick(board._filters._box, Key.Key_Escape)
    assert board._count.text() == "3 claims · 3 shown"


def test_verdict_mode_and_kind_narrow_the_board(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot
) -> None:
    do(board, qtbot, lambda: session.change(lambda project: project.judge(ids["denial"], "contested", reason="لأن")))
    assert column(board, "verdicts") == ["Not examined", "Contested", "Not examined"]
    filters = board._filters
    pick(filters._verdict, "contested")
    assert shown(board) == ["الانسحا"]
    pick(filters._verdict, "not_examined")
    assert shown(board) == ["انسحاب ", "القصف م"]
    pick(filters._mode, "indirect")
    assert shown(board) == ["انسحاب "]
    pick(filters._kind, "denial")
    assert shown(board) == []
    filters.clear()
    assert len(shown(board)) == 3


def test_columns_sort_as_arabic_is_sorted_and_empty_comes_last(board: Board) -> None:
    header = board.table.horizontalHeader()
    header.setSortIndicator(COLUMNS.index("source"), Qt.SortOrder.AscendingOrder)
    assert column(board, "source") == ["قسد", "وزارة الدفاع", ""]
    header.setSortIndicator(COLUMNS.index("source"), Qt.SortOrder.DescendingOrder)
    assert column(board, "source") == ["وزارة الدفاع", "قسد", ""]
    header.setSortIndicator(COLUMNS.index("quote"), Qt.SortOrder.AscendingOrder)
    assert shown(board) == ["الانسحا", "القصف م", "انسحاب "]
    header.setSortIndicator(COLUMNS.index("date"), Qt.SortOrder.DescendingOrder)
    assert [one.strip("\u2066\u2069") for one in column(board, "date")] == ["2026-01-17", "2026-01-16", ""]


def test_groups_have_heads_with_counts_and_fold_away(board: Board, qtbot: QtBot) -> None:
    pick(board._filters._group, "source")
    assert shown(board) == [
        "[قسد · 1 claim]", "الانسحا", "[وزارة الدفاع · 1 claim]", "انسحاب ", "[No source given · 1 claim]", "القصف م",
    ]  # fmt: skip
    board.table.setCurrentIndex(board.table.model().index(0, 0))
    qtbot.keyClick(board.table, Key.Key_Space)
    assert shown(board)[:2] == ["[قسد · 1 claim]", "[وزارة الدفاع · 1 claim]"]
    assert board.table.model().index(0, 0).data(HEAD) is False
    assert board.table.currentIndex().row() == 0
    qtbot.keyClick(board.table, Key.Key_Return)
    assert len(shown(board)) == 6
    pick(board._filters._group, "")
    assert len(shown(board)) == 3


@pytest.mark.parametrize(
    ("by", "heads"),
    [
        ("place", ["[دير حافر · 1 claim]", "[No place given · 2 claims]"]),
        (
            "day",
            [
                "[Friday, January 16, 2026 · 1 claim]",
                "[Saturday, January 17, 2026 · 1 claim]",
                "[No date given · 1 claim]",
            ],
        ),
        ("actor", ["[Source not linked to the register · 3 claims]"]),
        ("verdicts", ["[Not examined · 3 claims]"]),
    ],
)
def test_every_grouping_names_what_is_shared(board: Board, by: str, heads: list[str]) -> None:
    board._group(by)
    assert [one for one in shown(board) if one.startswith("[")] == heads


def test_names_of_one_actor_are_one_group(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot, tmp_path: Path
) -> None:
    def job(project: Project) -> None:
        path = tmp_path / "three.txt"
        path.write_text("قالت قوات سوريا الديمقراطية إنها باقية.", encoding="utf-8")
        article = project.import_files([path]).imported[0].article
        claim = mark(project, article, "إنها باقية")
        actor = mark(project, article, "قوات سوريا الديمقراطية", "actor")
        project.frame(claim, source=actor)
        entity = project.add_entity("actor", [("قوات سوريا الديمقراطية", "ar"), ("قسد", "abbr")])
        source = project.frame_of(ids["denial"]).source  # type: ignore[union-attr]
        for one in (actor, source.annotation):  # type: ignore[union-attr]
            project.link(one, entity.id)

    do(board, qtbot, lambda: session.change(job))
    board._group("actor")
    heads = [one for one in shown(board) if one.startswith("[")]
    assert heads == ["[قوات سوريا الديمقراطية · 2 claims]", "[Source not linked to the register · 2 claims]"]


def test_heads_are_painted_across_and_mirrored_in_arabic(board: Board, qtbot: QtBot) -> None:
    board._group("source")
    board.table.setCurrentIndex(board.table.model().index(2, 0))
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        board.setLayoutDirection(direction)
        QApplication.processEvents()
        picture = board.table.viewport().grab().toImage()
        top = board.table.rowViewportPosition(0)
        left, right = ink(picture, QRect(28, top, 90, 20)), ink(picture, QRect(picture.width() - 118, top, 90, 20))
        assert min(left, right) == 0
        assert (left > 0) == (direction == Qt.LayoutDirection.LeftToRight)


def ink(picture: Any, box: QRect) -> int:
    """Return how many points of a box are dark."""
    points = ((x, y) for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom()))
    return sum(picture.pixelColor(x, y).lightness() < 128 for x, y in points)


# -- staying where one is ---------------------------------------------------------------------------------------------


def test_a_refresh_keeps_selection_grouping_and_sorting(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot, settle: Callable[[], None]
) -> None:
    board._group("source")
    board._sort("quote", True)
    select(board, ids["denial"], ids["shelling"])
    before = shown(board)
    do(board, qtbot, lambda: session.change(lambda project: project.judge(ids["denial"], "contested", reason="سبب")))
    assert shown(board) == before
    assert {board.claims.rows[row].claim for row in board.table.selected()} == {ids["denial"], ids["shelling"]}
    assert board.claims.rows[board.table.current() or 0].claim == ids["shelling"]
    do(board, qtbot, lambda: session.remove(ids["shelling"]))
    assert {board.claims.rows[row].claim for row in board.table.selected()} == {ids["denial"]}
    do(board, qtbot, session.undo)
    assert shown(board) == before


def test_a_refresh_keeps_the_place_one_has_scrolled_to(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot, tmp_path: Path
) -> None:
    def job(project: Project) -> None:
        path = tmp_path / "many.txt"
        path.write_text("\n".join(f"قال إن العدد {number}." for number in range(200)), encoding="utf-8")
        article = project.import_files([path]).imported[0].article
        text = project.article(article).text
        for number in range(200):
            start = text.index(f"العدد {number}.")
            project.annotate(article, start, start + len(f"العدد {number}"), "claim")

    do(board, qtbot, lambda: session.change(job))
    board.table.verticalScrollBar().setValue(1003)
    top = board.claims.rows[board._arrangement.row(board.table.rowAt(0)) or 0].claim
    at = board.table.rowViewportPosition(board.table.rowAt(0))
    do(board, qtbot, lambda: session.remove(ids["withdrawal"]))  # a line above what is in view
    assert board.claims.rows[board._arrangement.row(board.table.rowAt(0)) or 0].claim == top
    assert board.table.rowViewportPosition(board.table.rowAt(0)) == at


def test_a_hidden_board_reads_nothing_until_it_is_shown(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot, settle: Callable[[], None]
) -> None:
    board.hide()
    session.remove(ids["shelling"])
    settle()
    assert len(board.claims.rows) == 3
    do(board, qtbot, board.show)
    assert len(board.claims.rows) == 2


def test_the_first_claims_are_there_before_the_last(
    session: Session, board: Board, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.board.loading._FIRST", 2)
    fresh = Board(session)
    qtbot.addWidget(fresh)
    counts: list[tuple[int, str]] = []
    fresh._loading.loaded.connect(lambda claims: counts.append((len(claims.rows), fresh._count.text())))
    with qtbot.waitSignal(fresh._loading.folded):
        fresh.show()
    assert counts == [(2, "Reading the claims…"), (3, "3 claims · 3 shown")]


def test_another_project_takes_the_place_of_the_first(
    session: Session, board: Board, qtbot: QtBot, tmp_path: Path
) -> None:
    do(board, qtbot, lambda: session.create(tmp_path / "other.hashiya", reviewer="R1"))
    assert len(board.claims.rows) == 0
    assert board._empty.isVisible()


# -- going to a claim --------------------------------------------------------------------------------------------------


def test_enter_and_a_double_click_go_to_the_claim(board: Board, ids: dict[str, str], qtbot: QtBot) -> None:
    select(board, ids["denial"])
    with qtbot.waitSignal(board.claim_chosen) as told:
        qtbot.keyClick(board.table, Key.Key_Return)
    assert told.args == [ids["two"], ids["denial"]]
    where = board.table.visualRect(board.table.model().index(0, 2)).center()
    qtbot.mouseClick(board.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    with qtbot.waitSignal(board.claim_chosen) as told:
        qtbot.mouseDClick(board.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told.args == [ids["one"], ids["withdrawal"]]


def test_keys_lead_from_the_filter_to_the_table_and_out(board: Board, qtbot: QtBot) -> None:
    board.activateWindow()
    board._filters.begin()
    qtbot.keyClick(board._filters._box, Key.Key_Down)
    qtbot.waitUntil(board.table.hasFocus)
    assert board.table.current() == 0
    qtbot.keyClick(board.table, Key.Key_F, Mod.ControlModifier)
    qtbot.waitUntil(board._filters._box.hasFocus)
    with qtbot.waitSignal(board.left):
        qtbot.keyClick(board.table, Key.Key_Escape)


# -- linking -----------------------------------------------------------------------------------------------------------


def question(board: Board, kind: type, qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in board.findChildren(kind)))
    return next(one for one in board.findChildren(kind) if one.isVisible())


def link(board: Board, qtbot: QtBot, key: str, note: str = "") -> None:
    board.ask_link()
    asked = question(board, LinkQuestion, qtbot)
    asked.choose(key)
    asked._note.setText(note)
    do(board, qtbot, asked.accept)


def test_two_claims_contradict_each_other_and_it_can_be_taken_back(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot
) -> None:
    select(board, ids["denial"])
    assert not board._linking.isEnabled()
    select(board, ids["withdrawal"], ids["denial"])
    link(board, qtbot, "contradicts", "يوم واحد")
    assert column(board, "links") == ["1 link · 1 contradicts it", "1 link · 1 contradicts it", ""]
    index = board.table.model().index(0, COLUMNS.index("links"))
    assert index.data(CONTRADICTED) is True
    assert board.table.model().index(2, COLUMNS.index("links")).data(CONTRADICTED) is False
    do(board, qtbot, session.undo)
    assert column(board, "links") == [""] * 3
    do(board, qtbot, session.redo)
    assert column(board, "links")[1] == "1 link · 1 contradicts it"


def test_a_contradiction_is_seen_by_a_sign_beside_the_words(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot
) -> None:
    board.resize(1700, 400)
    place = board.table.visualRect(board.table.model().index(0, COLUMNS.index("links")))
    plain = board.table.viewport().grab(place).toImage()
    job = lambda project: project.relate(ids["withdrawal"], "contradicts", ids["denial"])  # noqa: E731
    do(board, qtbot, lambda: session.change(job))
    board.table.clearSelection()
    marked = board.table.viewport().grab(place).toImage()
    red = [
        (x, y)
        for x in range(marked.width())
        for y in range(marked.height())
        if marked.pixelColor(x, y).red() > marked.pixelColor(x, y).green() + 60
    ]
    assert red
    assert plain != marked


def test_one_claim_can_be_turned_round_and_three_are_linked_to_the_current_one(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot
) -> None:
    select(board, ids["withdrawal"], ids["shelling"])
    board.ask_link()
    asked = question(board, LinkQuestion, qtbot)
    asked.choose("supports")
    assert asked.links() == [(ids["shelling"], "supports", ids["withdrawal"])]
    asked._turn.click()
    assert asked.links() == [(ids["withdrawal"], "supports", ids["shelling"])]
    asked.choose("contradicts")
    assert asked._turn.isHidden()  # it has no direction
    asked.reject()
    select(board, ids["shelling"], ids["denial"], ids["withdrawal"])
    link(board, qtbot, "repeats")
    assert column(board, "links") == ["2 links", "1 link", "1 link"]


def test_the_links_of_a_claim_show_both_sides_and_the_note(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot, settle: Callable[[], None]
) -> None:
    select(board, ids["withdrawal"], ids["denial"])
    link(board, qtbot, "contradicts", "يوم واحد")
    select(board, ids["denial"])
    links = board._links
    qtbot.waitUntil(lambda: links._list.count() == 1)
    told = links._list.item(0).text().replace("\u2068", "").replace("\u2069", "")
    assert "وزارة الدفاع: «انسحاب قسد من دير حافر»" in told
    assert "Contradicts" in told
    assert "قسد: «الانسحاب من دير حافر»" in told
    assert told.endswith("R1 · يوم واحد")
    with qtbot.waitSignal(board.claim_chosen) as chosen:
        qtbot.keyClick(links._list, Key.Key_Return)
    assert chosen.args == [ids["one"], ids["withdrawal"]]
    do(board, qtbot, lambda: qtbot.keyClick(links._list, Key.Key_Delete))
    assert column(board, "links") == [""] * 3
    qtbot.waitUntil(lambda: links._list.count() == 0)
    assert links._empty.text().startswith("It has no links yet.")
    do(board, qtbot, session.undo)
    assert column(board, "links")[0] == "1 link · 1 contradicts it"


def test_nobody_takes_away_the_link_of_another(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot, settle: Callable[[], None]
) -> None:
    def job(project: Project) -> None:
        project.switch_reviewer("R2")
        project.relate(ids["withdrawal"], "supports", ids["shelling"])
        project.switch_reviewer("R1")

    do(board, qtbot, lambda: session.change(job))
    select(board, ids["shelling"])
    qtbot.waitUntil(lambda: board._links._list.count() == 1)
    assert not board._links._unlink.isEnabled()
    asked: list[object] = []
    board._links.unlink_asked.connect(asked.append)
    qtbot.keyClick(board._links._list, Key.Key_Delete)
    assert asked == []


# -- judging -----------------------------------------------------------------------------------------------------------


def test_a_verdict_needs_a_reason_and_none_is_chosen_beforehand(
    session: Session, board: Board, ids: dict[str, str], qtbot: QtBot
) -> None:
    select(board, ids["denial"])
    board.ask_verdict()
    asked = question(board, VerdictQuestion, qtbot)
    ok = asked.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    assert asked.verdict() == ""
    assert not ok.isEnabled()
    asked._verdict.setCurrentIndex(asked._verdict.findData("contested"))
    assert not ok.isEnabled()
    asked._reason.setPlainText("  ")
    assert not ok.isEnabled()
    asked._reason.setPlainText("مصدران يقولان خلافه")
    assert ok.isEnabled()
    do(board, qtbot, asked.accept)
    assert column(board, "verdicts") == ["Not examined", "Contested", "Not examined"]
    board.ask_verdict()
    again = question(board, VerdictQuestion, qtbot)
    assert (again.verdict(), again.reason()) == ("contested", "مصدران يقولان خلافه")
    again._verdict.setCurrentIndex(again._verdict.findData("not_examined"))
    do(board, qtbot, again.accept)
    assert column(board, "verdicts") == ["Not examined"] * 3
    do(board, qtbot, session.undo)
    assert column(board, "verdicts")[1] == "Contested"


def test_the_context_menu_offers_going_linking_and_every_verdict(
    board: Board, ids: dict[str, str], qtbot: QtBot
) -> None:
    select(board, ids["denial"])
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    with qtbot.waitSignal(board.table.menu_asked):
        QApplication.sendEvent(board.table.viewport(), asked)
    menu = next(one for one in board.findChildren(QMenu) if one.isVisible())
    assert [one.text() for one in menu.actions()] == ["Go to the claim", "Link the selected claims…", "Verdict"]
    verdicts = menu.actions()[2].menu()
    assert [one.text() for one in verdicts.actions()] == [
        "Not examined", "Corroborated", "Contested", "Refuted", "Unverifiable",
    ]  # fmt: skip
    assert "Sources say otherwise" in verdicts.actions()[2].toolTip()
    verdicts.actions()[2].trigger()
    asked_for = question(board, VerdictQuestion, qtbot)
    assert asked_for.verdict() == "contested"
    asked_for.reject()


# -- for everybody -----------------------------------------------------------------------------------------------------


def test_every_control_has_a_name(board: Board, ids: dict[str, str], qtbot: QtBot) -> None:
    select(board, ids["withdrawal"], ids["denial"])
    board.ask_link()
    board.ask_verdict()
    dialogs: list[QWidget] = [question(board, LinkQuestion, qtbot), question(board, VerdictQuestion, qtbot)]
    for root in (board, *dialogs):
        for one in root.findChildren(QWidget):
            if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name), one
    for dialog in dialogs:
        dialog.close()


def test_buttons_do_what_their_keys_do(board: Board, ids: dict[str, str], qtbot: QtBot) -> None:
    board.activateWindow()
    select(board, ids["withdrawal"], ids["denial"])
    board.table.setFocus()
    qtbot.keyClick(board.table, Key.Key_L, Mod.ControlModifier)
    question(board, LinkQuestion, qtbot).reject()
    qtbot.keyClick(board.table, Key.Key_J, Mod.ControlModifier)
    question(board, VerdictQuestion, qtbot).reject()
    buttons = [one for one in board.findChildren(QPushButton) if one.isVisible() and one.toolTip().endswith("\u2069)")]
    assert len(buttons) == 2


def test_a_low_board_has_the_links_beside_the_table_and_a_tall_one_below(board: Board) -> None:
    assert board._splitter.orientation() == Qt.Orientation.Horizontal
    board.resize(900, board_module._TALL + 40)
    assert board._splitter.orientation() == Qt.Orientation.Vertical


# -- the logic alone ---------------------------------------------------------------------------------------------------


def row(number: int, **changes: Any) -> ClaimRow:
    key = UUID(int=number + 1).bytes
    usual = ClaimRow(
        claim_key=key, article_key=key, start=0, quote=f"قول {number}", reviewer="R1", source_kind="", source_key=None,
        source="", cue="", mode="", kind="", place_key=None, place="", date="", source_entity_key=None,
        place_entity_key=None, title="", verdicts="", relations=0, contradictions=0,
    )  # fmt: skip
    return usual._replace(**changes)


texts = st.sampled_from(["", "قسد", "قَسد", "الجيش", "الجيـش", "وزارة الدفاع", "أحمد", "احمد"])
rows_of = st.lists(
    st.builds(
        dict,
        source=texts,
        quote=texts.filter(bool),
        place=texts,
        verdicts=st.sampled_from(["", "contested", "contested refuted", "refuted"]),
    ),
    max_size=12,
)


@given(rows_of, st.sampled_from(COLUMNS), st.booleans())
def test_sorting_keeps_every_row_and_the_order_of_equal_ones(
    given_rows: list[dict[str, Any]], by: str, descending: bool
) -> None:
    claims = Claims([row(number, **one) for number, one in enumerate(given_rows)])
    claims.fold_some(5)
    claims.fold_some(100)
    order = claims.ordered(range(len(given_rows)), by, descending=descending)
    assert sorted(order) == list(range(len(given_rows)))
    if by in ("source", "place"):
        values = [fold(getattr(claims.rows[one], by)) for one in order]
        filled = [one for one in values if one]
        assert values == filled + [""] * (len(values) - len(filled))
        assert filled == sorted(filled, reverse=descending)
        for value in set(values):
            same = [one for one, found in zip(order, values, strict=True) if found == value]
            assert same == sorted(same)


@given(rows_of, st.sampled_from(GROUPINGS))
def test_groups_hold_every_row_once(given_rows: list[dict[str, Any]], by: str) -> None:
    claims = Claims([row(number, **one) for number, one in enumerate(given_rows)])
    groups = claims.grouped(range(len(given_rows)), by)
    assert sorted(one for group in groups for one in group.rows) == list(range(len(given_rows)))
    assert len({group.value for group in groups}) == len(groups)


@given(rows_of, rows_of)
def test_words_folded_before_are_those_folded_anew(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    before = Claims([row(number, **values) for number, values in enumerate(one)])
    before.fold_some(100)
    after = Claims([row(number, **values) for number, values in enumerate(other)], before=before)
    fresh = Claims(after.rows)
    for claims in (after, fresh):
        claims.fold_some(100)
    assert after._words == fresh._words
    assert after.is_folded


def test_what_needs_the_words_waits_for_them() -> None:
    arrangement = Arrangement()
    arrangement.use(Claims([row(0, quote="ب"), row(1, quote="ا")]))
    arrangement.narrow(Filter(words="ا"))
    arrangement.sort("quote", descending=False)
    assert arrangement.needs_words
    assert list(arrangement.shown) == [0, 1]
    arrangement.claims.fold_some(10)
    arrangement.arrange()
    assert not arrangement.needs_words
    assert list(arrangement.shown) == [1]


def test_groups_that_were_folded_away_stay_so() -> None:
    arrangement = Arrangement()
    arrangement.use(Claims([row(0, source="قسد"), row(1, source="الجيش")]))
    arrangement.group("source")
    arrangement.toggle(0)
    assert list(arrangement.shown) == [-1, -2, 0]
    arrangement.use(Claims([row(0, source="قسد"), row(1, source="الجيش"), row(2, source="احمد")]))
    assert list(arrangement.shown) == [-1, 2, -2, -3, 0]


@pytest.mark.parametrize(
    ("value", "day"),
    [("2026-01-16", "2026-01-16"), ("2026-01-16T10:30", "2026-01-16"), ("2026-01", "2026-01"), ("x", "x"), ("", "")],
)
def test_only_what_means_one_day_is_of_a_day(value: str, day: str) -> None:
    assert day_of(value) == day


def test_a_claim_has_a_verdict_when_one_reviewer_gave_it() -> None:
    assert has_verdict("contested refuted", "refuted")
    assert not has_verdict("contested", "not_examined")
    assert has_verdict("", "not_examined")


def test_a_key_event_is_what_finds() -> None:
    from ui.board.table import _finds

    press = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_F, Mod.ControlModifier)
    assert _finds(press)
    assert not _finds(QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_F, Mod.NoModifier))
