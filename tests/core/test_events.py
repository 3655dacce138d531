"""Claims go out in ACLED-shaped columns, and no cell says more than a reviewer did."""

from __future__ import annotations

from pathlib import Path

import pandas

from annotator import Project
from annotator.writers.events import ACLED, OURS
from tests.core.whole_project import whole_project


def table(project: Project, out: Path) -> pandas.DataFrame:
    return pandas.read_csv(project.export("events", out).path, dtype=str, keep_default_na=False)


def test_a_framed_claim_fills_what_was_said(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        found = table(project, tmp_path / "out.csv")
    assert tuple(found.columns) == ACLED + OURS
    assert len(found) == 12
    row = found[found.event_date == "2026-01-16"].iloc[0]
    assert (row.year, row.time_precision, row.location) == ("2026", "1", "دير حافر")
    assert (row.longitude, row.latitude, row.geo_precision) == ("37.707", "36.159", "1")
    assert row.claim_source
    assert row.verdicts.count("reviewer") == 2


def test_nothing_is_invented(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        found = table(project, tmp_path / "out.csv")
    for column in (
        "event_type",
        "sub_event_type",
        "disorder_type",
        "fatalities",
        "inter1",
        "iso",
        "civilian_targeting",
    ):
        assert set(found[column]) == {""}


def test_a_month_is_no_day(project: Project, tmp_path: Path) -> None:
    claim = project.annotate(project.articles()[0].id, 6, 26, "claim")
    project.frame(claim.id, time="2026-01")
    row = table(project, tmp_path / "out.csv").iloc[0]
    assert (row.event_date, row.time_precision, row.year, row.claim_time) == ("", "", "2026", "2026-01")


def test_where_a_place_lies_comes_from_the_register(project: Project, tmp_path: Path) -> None:
    article = project.articles()[0].id
    claim, mark = project.annotate(article, 6, 26, "claim"), project.annotate(article, 6, 26, "place")
    country = project.add_entity("place", ["سوريا"], subtype="country")
    aleppo = project.add_entity("place", ["محافظة حلب"], subtype="governorate", parent=country.id)
    town = project.add_entity("place", ["دير حافر"], subtype="town", parent=aleppo.id)
    project.link(mark.id, town.id)
    project.frame(claim.id, places=[mark.id])
    row = table(project, tmp_path / "out.csv").iloc[0]
    assert (row.country, row.admin1, row.admin2, row.latitude) == ("سوريا", "محافظة حلب", "", "")
