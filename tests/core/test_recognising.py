"""Page boilerplate is recognised in articles that came in before it could be, and what a reviewer said stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import Project
from annotator.cli import main
from annotator.model import Boilerplate, Change
from annotator.readers import draft

NEWS = "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم الجمعة، وأعلنت وزارة الدفاع ذلك في بيان لها."
FORM = "اترك تعليقاً\n\nلن يتم نشر عنوان بريدك الإلكتروني."


@pytest.fixture
def older(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three articles with a comment form, and one without, as they came in before any form was recognised."""
    paths = [tmp_path / f"{number}.txt" for number in range(4)]
    for number, path in enumerate(paths):
        path.write_text(f"خبر {number}\n{NEWS}\n\n{FORM if number < 3 else ''}\n", encoding="utf-8")
    with monkeypatch.context() as before:
        before.setattr(draft, "boilerplate_in", lambda text: ())
        imported = project.import_files(paths).imported
    return [one.article for one in imported]


def greyed(project: Project, articles: list[str]) -> list[str]:
    """The greyed words of each article."""
    found = map(project.article, articles)
    return ["|".join(one.text[part.start : part.end] for part in one.boilerplate) for one in found]


def test_it_is_shown_before_anything_is_greyed(project: Project, older: list[str]) -> None:
    written = project.stats().operations
    shown = [one for one in project.page_parts() if one]
    assert [one.article for one in shown] == older[:3]
    assert {one.words for one in shown} == {(FORM,)}
    assert [one.ranges[0].kind for one in shown] == ["comments"] * 3
    assert project.stats().operations == written


def test_all_articles_are_greyed_in_one_step(project: Project, older: list[str]) -> None:
    told: list[Change] = []
    project.subscribe(told.append)
    report = project.recognise()
    assert [one.article for one in report.greyed] == older[:3]
    assert (report.seen, report.kept, report.cancelled) == (5, 1, False)  # the starter article had its form already
    after = [FORM, FORM, FORM, ""]
    assert greyed(project, older) == after
    assert [change.ids for change in told] == [{"article": tuple(older[:3])}]
    for _ in range(2):
        assert project.undo()
        assert greyed(project, older) == [""] * 4
        assert project.redo()
        assert greyed(project, older) == after
    assert project.check().problems == ()
    assert project.recognise().greyed == []


def test_only_those_chosen_are_greyed(project: Project, older: list[str]) -> None:
    report = project.recognise([older[1], older[3], older[1]])
    assert (len(report.greyed), report.seen) == (1, 2)
    assert greyed(project, older) == ["", FORM, "", ""]


def test_what_a_reviewer_said_stays(project: Project, older: list[str]) -> None:
    first, second, third, _ = older
    project.set_boilerplate(first, [(0, 3)])
    project.set_boilerplate(second, [(0, 3)])
    project.set_boilerplate(second, [])  # all of it is news
    project.switch_reviewer("R2")
    assert [one.article for one in project.page_parts() if one] == [third]
    report = project.recognise()
    assert ([one.article for one in report.greyed], report.kept) == ([third], 3)
    assert [one.boilerplate for one in map(project.article, older[:2])] == [(Boilerplate(0, 3),), ()]


def test_what_a_reviewer_took_back_was_not_said(project: Project, older: list[str]) -> None:
    project.set_boilerplate(older[0], [(0, 3)])
    project.undo()
    assert len(project.recognise().greyed) == 3


def test_a_stop_keeps_what_was_done_and_the_rest_can_follow(
    project: Project, older: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.recognising._BATCH", 2)
    told: list[tuple[int, int]] = []
    report = project.recognise(progress=lambda *far: told.append(far), cancel=lambda: len(told) == 2)
    assert (told, report.cancelled, report.seen) == ([(2, 5), (4, 5)], True, 4)
    done = len(report.greyed)
    assert 0 < done < 4
    assert len(project.recognise().greyed) == 3 - done
    assert greyed(project, older)[:3] == [FORM] * 3
    for _ in range(2 if done < 3 else 1):
        project.undo()
    assert greyed(project, older) == [""] * 4
    assert project.check().problems == ()


def test_other_work_can_come_between_its_parts(
    project: Project, older: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.recognising._BATCH", 1)
    parts = project.recognise_in_parts()
    next(parts)
    project.set_boilerplate(older[2], [(0, 3)])
    for _ in parts:
        pass
    assert project.article(older[2]).boilerplate == (Boilerplate(0, 3),)
    assert greyed(project, older)[:2] == [FORM, FORM]
    assert project.check().problems == ()


def test_the_command_line_does_it_too(
    project: Project, older: list[str], path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project.close()
    assert main(["recognise", str(path), "--dry-run"]) == 0
    said = capsys.readouterr()
    assert f"{older[0]}: خبر 0" in said.out
    assert "comments: اترك تعليقاً لن يتم نشر" in said.out
    assert "found in 3 articles. Nothing was written." in said.err
    assert main(["recognise", str(path), older[0]]) == 0
    assert "greyed in 1 articles of 1; 0 were left" in capsys.readouterr().err
    assert main(["recognise", str(path), "--filter", 'title:"خبر 1"', "--json"]) == 0
    assert [one["article"] for one in json.loads(capsys.readouterr().out)["greyed"]] == [older[1]]
    assert main(["recognise", str(path)]) == 0
    assert "greyed in 1 articles of 5; 3 were left" in capsys.readouterr().err


def test_a_recognised_article_is_skipped_by_the_search(project: Project, older: list[str]) -> None:
    assert len(list(project.search("بريدك"))) == 3
    project.recognise()
    assert list(project.search("بريدك")) == []
