"""A brat parser of other people's reads what we write, and finds the words where they stand."""

from __future__ import annotations

from pathlib import Path

from pybrat.parser import BratParser, Example

from tests.core.trap_texts import marks_of, trap_project
from tests.core.whole_project import whole_project


def parsed(out: Path, *, error: str = "raise") -> list[Example]:
    examples: list[Example] = BratParser(error=error).parse(out)
    for one in examples:
        for entity in one.entities:
            assert " ".join(one.text[span.start : span.end] for span in entity.spans) == entity.mention
    return examples


def test_everything_of_a_whole_project_is_parsed(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        project.export("brat", tmp_path / "out")
        article = project.articles()[0]
        wanted = sorted((one.start, one.end) for one in project.annotations(article.id))
    [example] = parsed(tmp_path / "out")
    assert example.text == article.text
    assert sorted((one.start, one.end) for one in example.entities) == wanted
    assert example.relations


def test_the_traps_are_parsed_to_the_code_point(tmp_path: Path) -> None:
    """The parser wants no two labels on one span, which brat allows: it tells that and goes on."""
    with trap_project(tmp_path / "traps.hashiya") as project:
        project.export("brat", tmp_path / "out")
        marks = {project.article(article).text: found for article, found in marks_of(project).items()}
    examples = parsed(tmp_path / "out", error="ignore")
    assert {one.text for one in examples} == set(marks)
    for one in examples:
        found = {(entity.spans[0].start, entity.spans[-1].end) for entity in one.entities}
        assert found == {(mark.start, mark.end) for mark in marks[one.text]}
