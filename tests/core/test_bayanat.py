"""Bulletins, actors and locations have the columns of Bayanat, and no claim becomes more than what somebody says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas
import pytest
import shapely

from annotator import Project
from annotator.exporting import losses_path
from annotator.writers.bayanat import several
from tests.core.whole_project import whole_project

# The fields that Bayanat's guide and its column mapping name, by what is imported.
FIELDS = {
    "bulletins": {
        "originid", "title", "title_ar", "sjac_title", "sjac_title_ar", "sources", "description", "locations", "labels",
        "verLabels", "related_actors", "source_link", "publish_date", "documentation_date", "comments", "tags",
    },
    "actors": {
        "originid", "type", "name", "name_ar", "nickname", "nickname_ar", "description", "sources", "labels", "tags",
    },
    "locations": {
        "id", "parent_id", "deleted", "title", "title_ar", "latlng", "location_type_id", "admin_level_id", "description",
        "postal_code", "country_id",
    },
}  # fmt: skip


def table(out: Path, name: str) -> pandas.DataFrame:
    """Read a sheet as Bayanat's import does."""
    return pandas.read_csv(out / f"{name}.csv", keep_default_na=False, dtype=str)


def parted(cell: str) -> list[str]:
    """Part a cell of several values: quoted ones whole, others at commas and spaces; one without a comma is one value."""
    if "," not in cell:
        return [cell] if cell else []
    return [found.strip('"') for found in re.findall(r'"[^"]+"|[^ ,]+', cell)]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    with whole_project(tmp_path / "a.hashiya") as project:
        return project.export("bayanat", tmp_path / "out").path


@pytest.mark.parametrize("name", FIELDS)
def test_every_column_is_a_field_of_bayanat(exported: Path, name: str) -> None:
    assert set(table(exported, name).columns) <= FIELDS[name]


def test_a_bulletin_holds_the_text_and_claims_as_said(exported: Path, tmp_path: Path) -> None:
    [row] = table(exported, "bulletins").itertuples()
    with Project.open(tmp_path / "a.hashiya") as project:
        article = project.article(project.articles()[0].id)
        claims = [one for one in project.annotations(article.id) if one.label == "claim"]
    assert (row.originid, row.title, row.title_ar) == (article.id, article.title, article.title)
    assert row.source_link == (article.source.url or "NA")
    heard = re.findall("<li>(.*?)</li>", row.description)
    assert len(heard) == len(claims) == 12
    assert all(f"«{' '.join(one.quote.split())}»" in line for one, line in zip(claims, heard, strict=True))
    assert "وزارة الدفاع السورية (أعلنت): «" in heard[0]
    assert "R1 holds: contested, سبب; R2 holds: refuted, سبب آخر" in heard[0]
    paragraphs = re.findall("<p>(.*?)</p>", row.description)[1:]
    assert "\n".join(paragraphs) == article.text
    assert parted(row.labels) == ["سلاح"]
    assert parted(row.locations) == ["دير حافر"]


def test_no_claim_becomes_an_event_or_is_verified(exported: Path) -> None:
    bulletins = table(exported, "bulletins")
    assert not {"events", "verLabels", "status"} & set(bulletins.columns)
    assert "2026-01-16" not in set(bulletins.publish_date), "the day a claim names is not that of the article"


def test_actors_and_locations_are_those_of_the_register(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.hashiya", reviewer="R1") as project:
        names = ["قوات سوريا الديمقراطية", ("SDF", "en"), ("قسد", "abbr")]
        group = project.add_entity("actor", names, subtype="armed_group", external={"wikidata": "Q1"})
        project.add_entity("actor", ["فلان"], subtype="person")
        aleppo = project.add_entity("place", ["محافظة حلب"], subtype="governorate")
        project.add_entity(
            "place", ["دير حافر"], latitude=36.159, longitude=37.707, precision="locality", parent=aleppo.id
        )
        out = project.export("bayanat", tmp_path / "out").path
    actors, locations = table(out, "actors"), table(out, "locations")
    row = actors[actors.originid == group.id].iloc[0]
    assert (row.type, row["name"], row.name_ar, row.nickname_ar) == ("Entity", "SDF", "قوات سوريا الديمقراطية", "قسد")
    assert "wikidata: Q1" in row.description
    assert set(actors.type) == {"Entity", "Person"}
    places = {row.title_ar: row for row in locations.itertuples()}
    town, above = places["دير حافر"], places["محافظة حلب"]
    assert (town.parent_id, above.parent_id, above.latlng, town.deleted) == (above.id, "", "", "false")
    reference, point = town.latlng.split(";")
    assert reference == "SRID=4326"
    assert shapely.from_wkt(point).coords[0] == (37.707, 36.159)


def test_signs_of_html_stay_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("قال <b> & ثم\nانتهى", "utf-8")
    with Project.create(tmp_path / "a.hashiya", reviewer="R1") as project:
        project.import_files([tmp_path / "in.txt"])
        out = project.export("bayanat", tmp_path / "out").path
    assert table(out, "bulletins").description[0] == "<p>قال &lt;b&gt; &amp; ثم</p><p>انتهى</p>"


def test_a_month_is_no_day(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.hashiya", reviewer="R1", starter=True) as project:
        article = project.articles()[0].id
        project.describe(article, date="2026-01")
        out = project.export("bayanat", tmp_path / "out").path
    assert table(out, "bulletins").publish_date[0] == ""
    assert "part_of_date" in losses_path(out).read_text("utf-8")


def test_a_title_that_is_too_long_is_cut_and_told(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.hashiya", reviewer="R1", starter=True) as project:
        article = project.articles()[0].id
        project.describe(article, title="ط" * 300)
        out = project.export("bayanat", tmp_path / "out").path
    assert table(out, "bulletins").title[0] == "ط" * 255
    losses = {one["reason"]: one for one in json.loads(losses_path(out).read_text("utf-8"))["losses"]}
    assert losses["field_too_long"]["ids"] == [article]


def test_several_values_are_parted_again() -> None:
    assert several([]) == ""
    for values in (["دير حافر"], ["دير حافر", "حلب"], ["أ, ب"], ["أ", "ب ج", "د"]):
        assert parted(several([*values, values[0]])) == values
