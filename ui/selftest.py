"""`--selftest`: proves in seconds that this installation works, without touching anything of the user's."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import Project

if TYPE_CHECKING:
    from ui.statistics.pictures import Form

_SERIES = {"x": "#332288", "y": "#44aa99"}


def selftest(picture: Path | None = None) -> int:
    """Build a project, mark, undo, export, check and paint a page in a temporary folder; return 0, or 1.

    With `picture`, open the window on the real screen too and save a picture of it there.
    """
    if picture is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["HASHIYA_HOME"] = folder
        problems = [*_core_problems(Path(folder)), *_qt_problems(picture)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("selftest: everything works")
    return 1 if problems else 0


def _core_problems(folder: Path) -> list[str]:
    with Project.create(folder / "selftest.hashiya", reviewer="selftest", starter=True) as project:
        article = project.articles()[0]
        project.annotate(article.id, 6, 26, "actor")
        project.undo()
        undone = project.annotations(article.id)
        project.redo()
        report = project.export("jsonl", folder / "selftest.jsonl")
        checked = project.check()
    facts = {
        "undo left a mark behind": not undone,
        "the export is not one article with one annotation": (report.written, report.annotations) == (1, 1),
        "the check found problems": not checked.problems and checked.verified == 1,
    }
    return [problem for problem, holds in facts.items() if not holds]


def _qt_problems(picture: Path | None) -> list[str]:
    from ui.app import make_app

    app = make_app()
    problems = _page_problems()
    if picture:
        from ui.selftest_window import window_problems

        problems += window_problems(app, picture)
    problems += _chart_problems()
    app.processEvents()
    return problems


def _page_problems() -> list[str]:
    from ui.page.marks import Mark
    from ui.page.view import PageView

    page = PageView()
    page.set_reading("Noto Naskh Arabic", 16.0)
    page.resize(600, 300)
    page.show_article("أعلنت وزارة الدفاع السورية")
    empty = page.grab().toImage()
    page.set_marks([Mark("1", 6, 26, "#2f6fde", "solid", False, "actor")])
    marked = page.grab().toImage()
    families = page.drawn_fonts()
    facts = {
        f"the page is drawn in {families}, not in the bundled font": families == {"Noto Naskh Arabic"},
        "a mark does not show on the page": empty != marked,
    }
    return [problem for problem, holds in facts.items() if not holds]


def _chart_problems() -> list[str]:
    """Draw one picture of each form: they come from libraries that nothing else here needs."""
    from annotator.tallied import Tallied
    from ui.statistics.chart import Chart
    from ui.statistics.pictures import Picture, Series

    forms: tuple[Form, ...] = ("columns", "bars", "points", "matrix")
    chart, values = Chart(), (0.25, 0.75)
    chart.resize(600, 400)
    series = tuple(Series(name, colour, values, (0.1, 0.5), (0.4, 0.9)) for name, colour in _SERIES.items())
    problems = []
    for form in forms:
        empty = Picture(form, form, form, ("x", "y"), (), Tallied(form, form, (), ()))
        chart.show_picture(empty)
        before = chart.image()
        chart.show_picture(replace(empty, series=series))
        if chart.image() == before or not chart.svg().startswith(b"<?xml"):
            problems.append(f"no picture of the form {form} is drawn")
    return problems
