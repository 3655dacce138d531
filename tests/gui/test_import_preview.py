"""The preview of an import: what is uncertain is shown before it comes in, and read in another way while one looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox
from pytestqt.qtbot import QtBot

from annotator.language import Sentence
from annotator.model import Details
from annotator.readers.draft import Table
from annotator.reports import RefusedFile
from annotator.survey import Found, Near, Survey
from tests.listed import listed
from ui.dialogs.report import Report
from ui.importing import words
from ui.importing.article_card import ArticleCard
from ui.importing.found_model import FoundModel
from ui.importing.found_table import FoundTable
from ui.importing.importing import Importing
from ui.importing.plan import Decision, plan_of
from ui.importing.preview import Preview
from ui.session import Session
from ui.settings import Settings

TEXT = "أعلنت وزارة الدفاع السورية أن القوات دخلت مدينة دير حافر في ريف حلب الشرقي.\nReuters could not verify it.\n"
URGENT = "خبر عاجل"
SHORT = "بيان قصير عن مسكنة"
Key, Mod = Qt.Key, Qt.KeyboardModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Bench:
    """A window with nothing but the imports of a session."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session, self.window = qtbot, session, QMainWindow()
        qtbot.addWidget(self.window)
        self.settings = Settings()
        self.importing = Importing(session, self.settings, self.window)
        self.dialogs: list[Any] = []
        self.told: list[str] = []
        self.importing.reported.connect(self.dialogs.append)
        self.importing.told.connect(self.told.append)
        self.window.show()

    def preview(self) -> Preview:
        """Return the preview once it shows a plan."""
        self.qtbot.waitUntil(
            lambda: bool(self.importing.preview and not self.importing.preview.is_looking), timeout=10_000
        )
        assert self.importing.preview
        assert self.importing.preview.isVisible()
        return self.importing.preview

    def report(self) -> Report:
        self.qtbot.waitUntil(lambda: bool(self.dialogs), timeout=10_000)
        return self.dialogs.pop()  # type: ignore[no-any-return]

    def titles(self) -> list[str]:
        return [one.title for one in listed(self.session)][1:]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus
        self.qtbot.keyClick(focus, key, modifiers)


@pytest.fixture
def bench(qtbot: QtBot, session: Session) -> Iterator[Bench]:
    made = Bench(qtbot, session)
    yield made
    made.importing.end()


def answer(preview: Preview, text: str) -> None:
    box = next(one for one in preview.findChildren(QMessageBox) if one.isVisible())
    next(button for button in box.buttons() if button.text() == text).click()


def other(number: int) -> str:
    """Return a text that is like no other one of these."""
    return " ".join(f"خبر{number}كلمة{word}" for word in range(30))


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


# -- while it is being looked at --------------------------------------------------------------------------------------


def row_of(number: int) -> Found:
    """Return an article as a survey tells of it."""
    text = other(number)
    return Found(Path(f"{number}.txt"), 0, Details(f"خبر {number}"), "", "utf-8", 1.0, len(text), text, f"{number:064}")


@pytest.fixture
def looking(bench: Bench, qtbot: QtBot, tmp_path: Path) -> Preview:
    """A preview of files that are still being looked at."""
    preview = Preview(bench.importing._looking, bench.settings, bench.window, given=[tmp_path])
    qtbot.addWidget(preview)
    preview.show()
    return preview


def test_what_is_found_is_listed_at_once_but_cannot_come_in_yet(looking: Preview) -> None:
    refused = RefusedFile(Path("c.txt"), Sentence("It is empty."))
    looking.show_found([row_of(1), row_of(2)])
    assert looking.table.isVisible()
    assert looking.table.current().file == Path("1.txt")
    looking.table.go_to(1)
    looking.show_found([refused])
    assert looking.table.current().file == Path("2.txt")  # nothing moves under the reviewer's hands
    model = looking.table.model()
    assert [model.index(line, 0).data() for line in range(3)] == ["خبر 1", "خبر 2", "c.txt"]
    assert not looking.all.isEnabled()
    looking.begin(only_certain=False)
    assert looking.isVisible()


def test_what_was_decided_meanwhile_still_holds(looking: Preview) -> None:
    looking.show_found([row_of(1), row_of(2)])
    looking.leave()
    looking.card.title.setText("عنوان آخر")
    looking.table.go_to(1)
    looking.card.outlet.setText("سانا")
    looking.card.outlet.textEdited.emit("سانا")
    near = (Near(0.9, "خبر", "00000000-0000-4000-8000-000000000000"),)
    looking.show_plan(plan_of(Survey((row_of(1), replace(row_of(2), near=near)))))
    [second, first] = looking.plan.rows
    assert (looking.plan.decision(first).deed, looking.plan.decision(second).deed) == ("leave", "later")
    assert looking.plan.details_of(second).outlet == "سانا"
    assert looking.table.current() == second  # where the reviewer was
    looking.show_found([row_of(3)])  # told too late
    assert len(looking.plan.rows) == 2


def test_a_long_survey_tells_what_it_found_bit_by_bit(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{number}.txt", other(number)) for number in range(3)]
    came: list[Found] = []
    surveys: list[Survey] = []
    bench.importing._looking.survey(paths, surveys.append, failed=pytest.fail, came=came.extend)
    qtbot.waitUntil(lambda: bool(surveys), timeout=10_000)
    assert came == list(surveys[0].found[: len(came)])
    assert came


# -- when it is shown -------------------------------------------------------------------------------------------------


def test_what_is_certain_comes_in_without_a_question_and_undo_takes_it_back(
    bench: Bench, tmp_path: Path, settle: Callable[[], None]
) -> None:
    bench.importing.take([write(tmp_path, "a.txt", TEXT), write(tmp_path, "b.txt", other(2))])
    bench.report()
    assert bench.importing.preview is None
    assert len(bench.titles()) == 2
    bench.session.undo()
    settle()
    assert bench.titles() == []
    bench.session.redo()
    settle()
    assert len(bench.titles()) == 2


def test_it_is_always_shown_when_that_was_chosen(bench: Bench, tmp_path: Path) -> None:
    bench.importing.toggle_always()
    assert Settings().always_preview
    bench.importing.take([write(tmp_path, "a.txt", TEXT)])
    preview = bench.preview()
    assert preview.all.text() == "Import 1 article"
    preview._always.setChecked(False)
    assert not bench.importing.shows_always()
    preview.begin(only_certain=False)
    bench.report()
    assert len(bench.titles()) == 1


def test_it_shows_itself_while_a_long_look_goes_on_and_can_be_cancelled(
    bench: Bench, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.importing.importing._SHOWS_AFTER", 0)
    for number in range(400):
        write(tmp_path, f"{number}.txt", other(number))
    bench.importing.take([tmp_path])
    preview = bench.importing.preview
    assert preview
    qtbot.waitUntil(preview.isVisible)
    assert preview._bar.isVisible()
    assert not preview.all.isEnabled()
    preview.reject()
    assert bench.importing.preview is None
    answered: list[bool] = []
    bench.importing._looking.run(lambda: None, lambda _: answered.append(True))
    qtbot.waitUntil(lambda: bool(answered), timeout=10_000)
    assert bench.titles() == []
    assert bench.dialogs == []


def test_another_import_waits_in_line(bench: Bench, tmp_path: Path) -> None:
    bench.importing.take([write(tmp_path, "a.txt", SHORT, "cp1256")])
    bench.importing.take([write(tmp_path, "b.txt", TEXT)])
    bench.preview().reject()
    bench.report()
    assert bench.titles() == [TEXT.splitlines()[0]]


def test_a_project_that_is_opened_meanwhile_gets_nothing(
    bench: Bench, tmp_path: Path, settle: Callable[[], None]
) -> None:
    bench.importing.take([write(tmp_path, "a.txt", SHORT, "cp1256")])
    bench.preview()
    bench.session.create(tmp_path / "other.hashiya", reviewer="R1")
    settle()
    assert bench.importing.preview is None
    assert listed(bench.session) == ()


# -- deciding ---------------------------------------------------------------------------------------------------------


def test_another_encoding_is_read_and_shown_at_once_and_is_the_decision(bench: Bench, tmp_path: Path) -> None:
    file = write(tmp_path, "a.txt", URGENT, "iso8859-6")
    bench.importing.take([file])
    preview = bench.preview()
    card = preview.card
    assert card.beginning.toPlainText() == "خبر ظاجن"  # taken for windows-1256
    assert not preview.all.isEnabled()
    card.encoding.setCurrentIndex(card.encoding.findData("iso-8859-6"))
    card.encoding.activated.emit(card.encoding.currentIndex())
    bench.qtbot.waitUntil(lambda: card.beginning.toPlainText() == URGENT, timeout=10_000)
    assert card.title.text() == URGENT
    assert preview.all.isEnabled()
    preview.begin(only_certain=False)
    bench.report()
    assert bench.titles() == [URGENT]
    assert listed(bench.session)[1].file == "a.txt"


def test_an_import_that_is_wanted_while_a_file_is_read_again_waits_for_it(bench: Bench, tmp_path: Path) -> None:
    bench.importing.take([write(tmp_path, "a.txt", URGENT, "iso8859-6")])
    preview = bench.preview()
    preview._choose_encoding("windows-1252")
    preview._choose_encoding("iso-8859-6")
    preview.begin(only_certain=False)
    bench.report()
    assert bench.titles() == [URGENT]


def test_a_refused_file_can_be_read_in_another_encoding(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode()[:-30] + "ك".encode()[:1])  # cut in the middle of a character
    bench.importing.take([file])
    preview = bench.preview()
    assert preview.card._doubts.text().startswith("The file ends in the middle")
    assert not preview.card.deed.isVisible()
    assert preview.card.encoding.isVisible()
    preview._choose_encoding("windows-1256")
    bench.qtbot.waitUntil(lambda: preview.card.deed.isVisible(), timeout=10_000)
    assert preview.card.beginning.toPlainText() != ""


def test_what_is_typed_as_title_outlet_author_and_date_comes_in(bench: Bench, tmp_path: Path) -> None:
    bench.importing.toggle_always()
    bench.importing.take([write(tmp_path, "a.txt", TEXT)])
    preview = bench.preview()
    card = preview.card
    for field, text in ((card.title, "عنوان"), (card.outlet, "سانا"), (card.author, "R9"), (card.date, "٢٠٢٦-٠١-١٦")):
        field.setText(text)
        field.textEdited.emit(text)
    preview.begin(only_certain=False)
    bench.report()
    details: list[Details] = []
    identity = listed(bench.session)[1].id
    bench.session.run(lambda project: project.article(identity).details, details.append)
    bench.qtbot.waitUntil(lambda: bool(details))
    assert details == [Details("عنوان", "سانا", "R9", "2026-01-16")]


def test_a_date_that_is_none_is_said_so_and_not_taken(bench: Bench, tmp_path: Path) -> None:
    bench.importing.toggle_always()
    bench.importing.take([write(tmp_path, "a.txt", TEXT)])
    card = bench.preview().card
    for text, is_wrong in (("2026-01", False), ("2026-13-40", True), ("", False)):
        card.date.setText(text)
        card.date.textEdited.emit(text)
        assert card._problem.isVisible() is is_wrong
    assert "2026-13-40" in card._problem.text()
    card.outlet.textEdited.emit("")


def test_esc_asks_before_decisions_are_thrown_away(bench: Bench, tmp_path: Path) -> None:
    bench.importing.take([write(tmp_path, "a.txt", SHORT, "cp1256")])
    preview = bench.preview()
    preview.take()
    preview.reject()
    answer(preview, "Back")
    assert preview.isVisible()
    preview.reject()
    answer(preview, "Throw away")
    assert bench.importing.preview is None
    assert bench.titles() == []


def test_several_are_decided_and_named_at_once(bench: Bench, tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path, f"{number}.txt", f"{SHORT} {number}", "cp1256")
    bench.importing.take([tmp_path])
    preview = bench.preview()
    bench.press(Key.Key_A, Mod.ControlModifier)
    assert preview._cards.currentWidget() is preview.many
    assert preview.many._heading.text() == "3 lines are selected"
    preview.many.outlet.setText("سانا")
    preview.many._give.click()
    preview.many.take.click()
    preview.begin(only_certain=False)
    bench.report()
    assert len(bench.titles()) == 3
    outlets: list[set[str]] = []
    bench.session.run(lambda project: {one.outlet for one in project.articles()[1:]}, outlets.append)
    bench.qtbot.waitUntil(lambda: bool(outlets))
    assert outlets == [{"سانا"}]


def test_a_near_copy_is_grouped_with_its_text_and_a_new_version_keeps_the_annotations(
    bench: Bench, tmp_path: Path, settle: Callable[[], None]
) -> None:
    text = " ".join(f"كلمة{number}" for number in range(60))
    (tmp_path / "later").mkdir()
    bench.importing.take([write(tmp_path, "a.txt", f"{text} خاتمة")])
    bench.report()
    first = listed(bench.session)[1].id
    bench.session.change(lambda project: project.annotate(first, 0, 5, "actor"))
    settle()

    bench.importing.take([write(tmp_path / "later", "a.txt", f"{text} نهاية"), write(tmp_path, "b.txt", f"{text} آخر")])
    preview = bench.preview()
    assert preview.plan.counts().later == 2
    for row in list(preview.plan.rows):
        deeds = [decision for _, decision in words.deeds(row)]
        wanted = "version" if row.file.name == "a.txt" else "copy"
        preview.table.go_to(preview._model.line_of(row.file, row.number))
        preview.card.decided.emit(next(one for one in deeds if one.deed == wanted))
    preview.begin(only_certain=False)
    report = bench.report()
    assert "1 annotation carried over" in report._text
    assert "1 copy of another text" in report._text
    second, third = (one.id for one in listed(bench.session)[2:])
    found: list[Any] = []
    bench.session.run(
        lambda project: (project.article(second).replaces, len(project.annotations(second)), project.copies_of(third)),
        found.append,
    )
    settle()
    replaced, carried, copies = found[0]
    assert (replaced, carried) == (first, 1)
    assert third in copies
    bench.session.undo()
    settle()
    assert len(listed(bench.session)) == 2


def test_near_copies_and_new_versions_are_offered_as_what_they_are(qtbot: QtBot) -> None:
    card = ArticleCard(Settings())
    qtbot.addWidget(card)
    card.show()
    near = Near(0.93, "الخبر الأول", "id-1")
    found = replace(FOUND, near=(near,), corrects="id-1")
    plan = plan_of(Survey((found,)))
    card.show_row(plan.rows[0], plan)
    assert "93 % the same as" in card._doubts.text()
    offered = [card.deed.itemData(number) for number in range(card.deed.count())]
    assert Decision("version", "id-1") in offered
    assert Decision("copy", "id-1") in offered
    with qtbot.waitSignal(card.decided) as decided:
        card.deed.setCurrentIndex(offered.index(Decision("copy", "id-1")))
        card.deed.activated.emit(card.deed.currentIndex())
    assert decided.args == [Decision("copy", "id-1")]


def test_the_columns_of_a_table_are_mapped_above_its_first_rows(qtbot: QtBot) -> None:
    card = ArticleCard(Settings())
    qtbot.addWidget(card)
    card.show()
    table = Table(("العنوان", "body", "when"), (("خبر", TEXT, "2026-01-16"),), {"title": "العنوان"})
    plan = plan_of(Survey((FOUND,), tables={FOUND.file: table}))
    card.show_row(plan.rows[0], plan)
    assert card.columns.isVisible()
    assert card.columns.item(1, 1).text() == TEXT
    box = card.columns.boxes()[1]
    with qtbot.waitSignal(card.mapping_chosen) as chosen:
        box.setCurrentIndex(box.findData("text"))
        box.activated.emit(box.currentIndex())
    assert chosen.args == [{"title": "العنوان", "text": "body"}]
    # The answer shows the same columns: the box that has the keyboard stays.
    plan.tables[FOUND.file] = replace(table, mapping=chosen.args[0])
    card.show_row(plan.rows[0], plan)
    assert card.columns.boxes()[1] is box


FOUND = Found(Path("/in/a.txt"), 0, Details("خبر"), "", "utf-8", 1.0, len(TEXT), TEXT, "00")


# -- how it looks -----------------------------------------------------------------------------------------------------


def test_the_beginning_is_shown_as_it_will_be_read(qtbot: QtBot) -> None:
    card = ArticleCard(Settings())
    qtbot.addWidget(card)
    card.resize(700, 600)
    card.show()
    plan = plan_of(Survey((FOUND,)))
    card.show_row(plan.rows[0], plan)
    document = card.beginning.document()
    first, second = document.firstBlock(), document.firstBlock().next()
    assert first.textDirection() == Qt.LayoutDirection.RightToLeft
    assert second.textDirection() == Qt.LayoutDirection.LeftToRight
    assert document.defaultFont().family() == Settings().reading_font
    cursor, width = QTextCursor(first), card.beginning.viewport().width()
    assert card.beginning.cursorRect(cursor).x() > width - 20
    cursor.setPosition(second.position())
    assert card.beginning.cursorRect(cursor).x() < 20


def test_twenty_thousand_lines_cost_only_what_is_seen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    found = tuple(replace(FOUND, file=Path(f"/in/{number}.txt")) for number in range(20_000))
    model = FoundModel()
    table = FoundTable(model)
    qtbot.addWidget(table)
    table.resize(400, 500)
    asked: list[int] = []
    data = model.data
    monkeypatch.setattr(
        FoundModel, "data", lambda self, index, role=0: (asked.append(index.row()), data(index, role))[1]
    )
    model.show(plan_of(Survey(found)))
    table.show()
    qtbot.waitExposed(table)
    table.go_to(model.rowCount() - 1)
    table.viewport().repaint()
    assert asked
    assert len(set(asked)) < 60
    table.step(-1)
    assert table.current() == model.row_at(model.rowCount() - 2)


def test_the_heads_of_groups_are_passed_over_by_the_keys(bench: Bench, tmp_path: Path) -> None:
    write(tmp_path, "a.txt", SHORT, "cp1256")
    write(tmp_path, "b.txt", TEXT)
    write(tmp_path, "c.txt", "")
    bench.importing.take([tmp_path])
    table = bench.preview().table
    seen = []
    for key in (
        Key.Key_Home,
        Key.Key_Down,
        Key.Key_Down,
        Key.Key_Down,
        Key.Key_Up,
        Key.Key_Up,
        Key.Key_Up,
        Key.Key_End,
    ):
        bench.qtbot.keyClick(table, key)
        seen.append(table.current().file.stem)  # type: ignore[union-attr]
    assert seen == ["a", "b", "c", "c", "b", "a", "a", "c"]
    assert table.rows() == [table.current()]


# -- working meanwhile ------------------------------------------------------------------------------------------------


def test_one_marks_while_an_import_goes_on_and_undo_waits_for_its_end(
    bench: Bench, tmp_path: Path, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.articles._PART", 0.0)
    for number in range(300):
        write(tmp_path, f"{number:03}.txt", other(number))
    session = bench.session
    article = session.now.article
    assert article
    steps: list[str] = []
    session.stepped.connect(lambda way, step: steps.append(way))
    bench.importing.take([tmp_path])
    bench.qtbot.waitUntil(lambda: len(listed(session)) > 2, timeout=20_000)
    session.undo()
    bench.qtbot.waitUntil(lambda: bool(steps))
    assert steps == ["wait"]
    session.annotate(6, 26, "actor")
    bench.qtbot.waitUntil(lambda: bool(session.now.annotations))
    assert len(listed(session)) < 301
    assert bench.importing.strip.isVisibleTo(bench.window) or bench.importing.strip.isVisible()
    bench.report()
    assert len(listed(session)) == 301
    session.undo()
    settle()
    assert session.now.annotations == ()
    session.undo()
    settle()
    assert len(listed(session)) == 1


def test_an_import_can_be_stopped_and_says_so(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.articles._PART", 0.0)
    for number in range(300):
        write(tmp_path, f"{number:03}.txt", other(number))
    bench.importing.take([tmp_path])
    bench.qtbot.waitUntil(lambda: len(listed(bench.session)) > 2, timeout=20_000)
    bench.importing.strip.stop()
    report = bench.report()
    assert 0 < len(bench.titles()) < 300
    assert "stopped" in report._text


def test_the_report_is_copied_and_saved(bench: Bench, tmp_path: Path) -> None:
    bench.importing.take([write(tmp_path, "a.txt", TEXT)])
    report = bench.report()
    report.copy()
    assert "✓ a.txt" in QApplication.clipboard().text()
    for ending in ("txt", "csv", "json"):
        report.save(tmp_path / f"report.{ending}")
        assert "a.txt" in (tmp_path / f"report.{ending}").read_text("utf-8-sig")
    assert (tmp_path / "report.csv").read_bytes().startswith(b"\xef\xbb\xbf")
