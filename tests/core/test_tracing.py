"""What the ids of a loss report stand for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from annotator import Project
from annotator.redaction import profile_of
from annotator.reports import Loss
from tests.core.whole_project import whole_project


@pytest.fixture
def whole(path: Path) -> Iterator[Project]:
    with whole_project(path) as project:
        yield project


def lost(losses: tuple[Loss, ...], key: str) -> Loss:
    return next(loss for loss in losses if loss.reason.key == key)


def test_what_an_export_left_out_is_found_again(whole: Project, tmp_path: Path) -> None:
    report = whole.export("conll", tmp_path / "out")
    overlap = lost(report.losses, "overlap")
    found = whole.trace(overlap.ids)
    assert len(overlap.ids) == overlap.count == len(found)
    article = whole.articles()[0]
    for one in found.values():
        annotation = whole.annotation(one.id)
        assert (one.kind, one.article, one.words) == ("annotation", article.id, annotation.quote)


def test_articles_and_entities_are_found_too(whole: Project, tmp_path: Path) -> None:
    report = whole.export("conll", tmp_path / "out")
    entities = whole.trace(lost(report.losses, "entity").ids)
    assert {one.words for one in entities.values()} == {"الجيش", "الجيش السوري", "دير حافر"}
    assert {one.kind for one in entities.values()} == {"entity"}
    article = whole.articles()[0]
    (source,) = whole.trace(lost(report.losses, "source_record").ids).values()
    assert (source.kind, source.words) == ("article", article.title)


def test_a_final_annotation_leads_to_its_article(whole: Project) -> None:
    whole.switch_reviewer("R1")
    article = whole.articles()[0].id
    whole.take_agreed(article)
    whole.settle(article)
    final = whole.final_layer(article).annotations[0]
    assert whole.trace([final.id])[final.id].article == article


def test_what_is_not_there_is_left_out(whole: Project) -> None:
    assert not whole.trace([str(uuid4()), "no id at all"])


def test_the_ids_of_a_redacted_export_lead_nowhere(whole: Project, tmp_path: Path) -> None:
    report = whole.export("conll", tmp_path / "out", redaction=profile_of("public"))
    assert lost(report.losses, "source_record").ids
    assert not whole.trace(lost(report.losses, "source_record").ids)


def test_only_the_first_ids_are_held(whole: Project, tmp_path: Path) -> None:
    article = whole.articles()[0].id
    for start in range(250):
        whole.annotate(article, start, start + 1, "weapon", note="n")
    told = lost(whole.export("doccano", tmp_path / "out.jsonl").losses, "note")
    assert told.count == 250
    assert len(told.ids) == 200
