"""The statistics: pictures in both directions and themes, the same as tables and files, and the figures of agreement."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import Project
from annotator.review.agreement import Agreement
from annotator.tallies import DayOfClaims, DayOfWork, Named, ReadingTime, Statistics
from tools.packaging import contents
from ui.page.palette import shade
from ui.panels.queue import Queue
from ui.session import Session
from ui.statistics.axes import Names, Numbers
from ui.statistics.panel import FIGURES, StatisticsPanel
from ui.statistics.pictures import NAMES, Counted, picture
from ui.theme import Theme
from ui.translate import set_language

Settle = Callable[[], None]
TEXTS = ("أعلنت وزارة الدفاع عن دخول دير حافر.", "قالت سانا إن الجيش دخل مسكنة.", "لم يقل أحد شيئًا عن حلب.")
WRONG = 3  # the articles, of which the reviewers differ in two


def both_read(project: Project) -> None:
    """R1 and R2 mark the same words of the first article, and differ in the others."""
    folder = project.path.parent / "in"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    project.import_files([folder])
    for reviewer, marks in (
        ("R2", [("وزارة الدفاع", "actor"), ("مسكنة", "place"), ("حلب", "place")]),
        ("R1", [("وزارة الدفاع", "actor"), ("مسكنة", "actor"), ("أحد", "actor")]),
    ):
        project.switch_reviewer(reviewer)
        for words, label in marks:
            article = next(one for one in project.articles() if one.text in TEXTS and words in one.text)
            start = article.text.index(words)
            project.annotate(article.id, start, start + len(words), label)


def coloured(panel: StatisticsPanel) -> set[int]:
    """Return the colours that the shown picture must have, one of them at least."""
    shown = panel.chart.picture
    assert shown is not None
    names = {*shown.colours, *(series.colour for series in shown.series)}
    return {shade(name, dark=False).rgb() for name in names}


def colours_of(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)}


@pytest.fixture(params=["ar", "en"])
def panel(
    request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot, session: Session, settle: Settle
) -> Iterator[StatisticsPanel]:
    """The statistics of a project that two reviewers read, in both directions of the window."""
    set_language(request.param)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if request.param == "ar" else Qt.LayoutDirection.LeftToRight)
    session.change(both_read)
    settle()
    made = StatisticsPanel(session)
    qtbot.addWidget(made)
    made.resize(1000, 420)
    made.show()
    qtbot.waitUntil(lambda: made.is_ready, timeout=10_000)
    yield made
    made.counting.end()
    set_language("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_every_picture_can_be_seen_as_a_table_and_saved(panel: StatisticsPanel, settle: Settle, tmp_path: Path) -> None:
    for name in ("progress", "labels", "minutes", "confusion", "actors", "places"):
        panel.choose(name)
        assert panel._stack.currentWidget() is panel.chart
        panel._as_table.setChecked(True)
        assert panel._stack.currentWidget() is panel.table
        assert panel.table.cells.rows
        panel._as_table.setChecked(False)
        for ending in ("png", "svg", "csv"):
            panel.save_to(tmp_path / f"{name}.{ending}")
        settle()
        image = QImage(str(tmp_path / f"{name}.png"))
        assert name == "confusion" or colours_of(image) & coloured(panel)  # there, colours are mixed with the ground
        drawing = ElementTree.parse(tmp_path / f"{name}.svg").getroot()
        assert panel.chart.picture is not None
        assert panel.chart.picture.title in "".join(drawing.itertext())
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.reader(file))) == len(panel.chart.picture.table.rows) + 1


def test_axes_stand_where_reading_begins(panel: StatisticsPanel) -> None:
    """From right to left the first day is at the right, and so are the numbers."""
    panel.choose("progress")
    panel.chart.image()  # only what is painted is laid out
    mirrored = panel.layoutDirection() == Qt.LayoutDirection.RightToLeft
    plot = panel.chart._plot.getPlotItem()
    shown = {side for side, axis in plot.axes.items() if axis["item"].isVisible()}
    assert shown == {"bottom", "right" if mirrored else "left"}
    assert plot.getViewBox().xInverted() is mirrored
    axis = plot.getAxis("right" if mirrored else "left")
    assert (axis.geometry().left() > plot.getViewBox().geometry().left()) is mirrored


def test_labels_have_their_colours_in_both_themes(panel: StatisticsPanel, qapp: QApplication) -> None:
    panel.choose("labels")
    shown = panel.chart.picture
    assert shown is not None
    assert shown.colours[0] == panel._session.now.labels[0].colour
    for theme in ("light", "dark"):
        Theme(qapp).apply(theme)
        image = panel.chart.image()
        wanted = shade(shown.colours[0], dark=theme == "dark").rgb()
        assert wanted in colours_of(image)


def test_a_picture_can_be_copied_and_so_can_its_figures(panel: StatisticsPanel) -> None:
    panel.choose("labels")
    panel.copy()
    assert not QGuiApplication.clipboard().image().isNull()
    panel._as_table.setChecked(True)
    panel.copy()
    assert "R2\t1" in QGuiApplication.clipboard().text()


def test_a_change_is_counted_after_a_while(panel: StatisticsPanel, qtbot: QtBot) -> None:
    session = panel._session
    panel._pause.setInterval(0)
    panel.choose("labels")
    before = panel.chart.picture
    article = session.now.article
    assert article is not None
    session.annotate(0, 3, "place")
    qtbot.waitUntil(lambda: panel.is_ready and panel.chart.picture != before, timeout=10_000)
    assert panel.chart.picture is not None
    assert sum(row[2] for row in panel.chart.picture.table.rows) == 7  # type: ignore[misc]


def test_what_takes_long_is_counted_only_when_asked_for(panel: StatisticsPanel, qtbot: QtBot) -> None:
    panel._quick = False
    panel._session.annotate(0, 3, "place")
    qtbot.waitUntil(lambda: panel._again.isVisibleTo(panel), timeout=10_000)
    assert not panel.is_ready
    panel._again.click()
    qtbot.waitUntil(lambda: panel.is_ready, timeout=10_000)


def test_a_count_that_was_stopped_tells_nobody(panel: StatisticsPanel, settle: Settle) -> None:
    told: list[object] = []
    panel.counting.ask(lambda project, progress, cancel: "answer", told.append)
    panel._stop.click()
    settle()
    panel.counting._worker.finish(lambda: None)
    panel.counting._ended = True
    assert told == []


def test_figures_have_intervals_or_say_why_there_are_none(panel: StatisticsPanel, qtbot: QtBot) -> None:
    panel.choose(FIGURES)
    page = panel.figures
    rows = {(one.row.by, one.row.key, one.row.pair, one.name): one.cells for one in page._shown.rows}
    assert rows["all", "", ("R1", "R2"), "f1"][3] == "0.33"
    assert "–" in str(rows["all", "", ("R1", "R2"), "f1"][4])
    assert rows["all", "", ("R1", "R2"), "entities"][3] == "—"
    assert len(str(rows["all", "", ("R1", "R2"), "entities"][4])) > 20
    page._labels.setCurrentIndex(page._labels.findData("place"))
    page._labels.activated.emit(0)
    qtbot.waitUntil(lambda: {one.row.key for one in page._shown.rows if one.row.by == "label"} == {"place"})


def test_behind_a_figure_are_the_articles_that_differ(panel: StatisticsPanel, qtbot: QtBot) -> None:
    panel.choose(FIGURES)
    page = panel.figures
    assert len(page._shown.articles) == WRONG - 1
    with qtbot.waitSignal(panel.articles_wanted) as wanted:
        page._queue.click()
    assert set(wanted.args[0]) == {one.article for one in page._shown.articles}
    with qtbot.waitSignal(panel.article_chosen) as chosen:
        page.articles.setFocus()
        qtbot.keyClick(page.articles, Qt.Key.Key_Return)
    assert chosen.args == [page._shown.articles[0].article]


def test_gamma_is_worked_out_when_asked_for(panel: StatisticsPanel, qtbot: QtBot) -> None:
    panel.choose(FIGURES)
    page = panel.figures
    assert not any(one.name == "gamma" for one in page._shown.rows)
    page._gamma.click()
    qtbot.waitUntil(lambda: any(one.name == "gamma" for one in page._shown.rows), timeout=20_000)


def test_blind_mode_shows_nothing_of_others(panel: StatisticsPanel, settle: Settle, qtbot: QtBot) -> None:
    session = panel._session
    session.change(lambda project: project.set_blind(True))
    session.switch_reviewer("R2")
    settle()
    qtbot.waitUntil(lambda: panel.is_ready, timeout=10_000)
    panel.choose("labels")
    assert panel.chart.picture is not None
    assert {row[1] for row in panel.chart.picture.table.rows} <= {"R2", ""}
    panel.choose(FIGURES)
    assert panel.figures.table.cells.rows == []


def test_the_queue_shows_only_what_was_picked(session: Session, qtbot: QtBot, settle: Settle) -> None:
    session.change(both_read)
    settle()
    queue = Queue(session)
    qtbot.addWidget(queue)
    queue.show()
    qtbot.waitUntil(lambda: len(queue.rows) == len(TEXTS) + 1 and not queue.is_reading, timeout=10_000)
    picked = [row.id for row in queue.rows.rows[:2]]
    queue.pick(picked, "Two of them")
    qtbot.waitUntil(lambda: queue.shown_articles() == picked, timeout=10_000)
    assert queue._picked.isVisibleTo(queue)
    queue.want("state:done")
    assert not queue._picked.isVisibleTo(queue)
    queue.want("")
    qtbot.waitUntil(lambda: queue.shown_articles() is None, timeout=10_000)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_project_says_why_there_is_nothing(name: str) -> None:
    shown = picture(name, Counted())
    assert shown.is_empty
    assert shown.empty


def test_days_without_work_have_their_place_and_unknown_days_are_told() -> None:
    work = (DayOfWork("2026-01-30", "Amal", 3, 1), DayOfWork("2026-02-02", "Amal", 1, 0))
    claims = (DayOfClaims("", "article", 2), DayOfClaims("2026-01-16", "claim", 1))
    counted = Counted(Statistics(progress=work, timeline=claims), Agreement((), (), ()))
    shown = picture("progress", counted)
    assert shown.categories == ("2026-01-30", "2026-01-31", "2026-02-01", "2026-02-02")
    assert shown.series[0].values == (3.0, 0.0, 0.0, 1.0)
    assert "2" in picture("timeline", counted).note


def test_of_many_names_the_first_are_drawn_and_all_are_in_the_table() -> None:
    names = tuple(Named(f"name {number}", "", 100 - number, 100) for number in range(50))
    shown = picture("actors", Counted(Statistics(actors=names)))
    assert (len(shown.categories), len(shown.table.rows)) == (8, 50)
    assert "50" in shown.note


def test_minutes_are_told_in_columns() -> None:
    times = tuple(ReadingTime(str(number), "", "Amal", float(number), 3) for number in (0, 4, 4, 99))
    shown = picture("minutes", Counted(Statistics(minutes=times)))
    values = dict(zip(shown.categories, shown.series[0].values, strict=True))
    assert (values["0–1"], values["3–5"], values["60+"]) == (1.0, 2.0, 1.0)


@pytest.mark.parametrize(("most", "wanted"), [(2.1, [1, 2]), (9.5, [2, 4, 6, 8]), (105, [20, 40, 60, 80, 100])])
def test_numbers_on_an_axis_are_few_and_round(qapp: QApplication, most: float, wanted: list[int]) -> None:
    axis = Numbers("left")
    assert [place for _, places in axis.tickValues(0, most, 220) for place in places] == wanted
    assert [place for _, places in axis.tickValues(most, 0, 220) for place in places] == wanted  # mirrored


def test_names_that_would_touch_are_left_out(qapp: QApplication) -> None:
    axis = Names("bottom", [f"2026-01-{day:02}" for day in range(1, 31)])
    [(every, places)] = axis.tickValues(-0.5, 29.5, 600)
    assert every > 1
    assert axis.tickStrings(places, 1.0, every)[0] == "2026-01-01"


def test_pictures_are_drawn_without_what_packages_leave_out() -> None:
    script = (
        f"import sys; sys.modules.update(dict.fromkeys({contents.UNUSED_MODULES!r}))\n"
        "from PySide6.QtWidgets import QApplication\nfrom ui.statistics.chart import Chart\n"
        "from ui.statistics.pictures import Counted, picture\n"
        "app = QApplication([]); chart = Chart(); chart.show_picture(picture('labels', Counted())); assert chart.svg()\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=contents.ROOT, check=True)
