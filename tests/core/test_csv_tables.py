"""Tables go out as CSV: with keys that hold, readable by those who read tables, and without a cell that runs."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pandas
import pytest
from openpyxl import load_workbook

from annotator import Project
from annotator.writers.tables import ENTITY_COLUMNS, OF_ARTICLES
from tests.core.whole_project import whole_project


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_opens_in_a_spreadsheet_and_runs_nothing(project: Project, tmp_path: Path) -> None:
    article = project.articles()[0].id
    for note in ("=1+1", " \u200f+SUM(A1)", "＝x", "plain", "-"):
        project.annotate(article, 6, 26, "actor", note=note)
    report = project.export("csv", tmp_path / "out")
    assert (report.path / "annotations.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = rows_of(report.path, "annotations")
    assert [row["note"] for row in rows] == ["'=1+1", "' \u200f+SUM(A1)", "'＝x", "plain", "'-"]
    assert {row["quote"] for row in rows} == {"وزارة الدفاع السورية"}
    assert [(loss.reason.key, loss.count) for loss in report.losses] == [("formula", 4)]


def test_a_plain_form_stands_beside_the_quote(project: Project, tmp_path: Path) -> None:
    article = project.articles()[0].id
    project.annotate(article, 6, 26, "actor", form="وزارة الدفاع")
    project.annotate(article, 6, 20, "actor")
    rows = rows_of(project.export("csv", tmp_path / "out").path, "annotations")
    assert [row["form"] for row in rows] == ["وزارة الدفاع", rows[1]["quote"]]


def test_pandas_reads_spans_that_fit_the_text(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        out = project.export("csv", tmp_path / "out").path
    articles, annotations = (pandas.read_csv(out / f"{name}.csv") for name in ("articles", "annotations"))
    joined = annotations.merge(articles, left_on="article", right_on="id", suffixes=("", "_article"))
    assert len(joined) == 58
    assert all(row.text[row.start : row.end] == row.quote for row in joined.itertuples())


def test_every_key_points_to_a_row(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        out = project.export("csv", tmp_path / "out").path
    ids = {name: {row["id"] for row in rows_of(out, name)} for name in ("articles", "annotations", "entities")}
    for table in OF_ARTICLES:
        rows = rows_of(out, table.name)
        assert rows, table.name
        for column in (column for column in table.columns if column.points_to):
            assert {row[column.name] for row in rows} - {""} <= ids[column.points_to], (table.name, column.name)
    assert list(rows_of(out, "entities")[0]) == [column.name for column in ENTITY_COLUMNS]


def test_a_database_asks_who_said_what(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        out = project.export("csv", tmp_path / "out").path
    found = duckdb.sql(
        f"SELECT count(*), count(source_words) FROM read_csv('{out}/claims.csv') WHERE source_kind = 'actor'"
    ).fetchall()
    assert found[0][0] == found[0][1] > 5


def test_a_merged_entity_is_read_as_the_one_that_stands(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        out = project.export("csv", tmp_path / "out").path
        standing = {entity.id for entity in project.entities() if not entity.merged_into}
    mentions = rows_of(out, "mentions")
    assert {row["answer"] for row in mentions} == {"entity", "ambiguous"}
    assert {row["entity"] for row in mentions} - {""} <= standing


def test_a_workbook_and_parquet_hold_the_same_rows(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        folder, book = project.export("csv", tmp_path / "out").path, project.export("xlsx", tmp_path / "out.xlsx").path
        arrow = project.export("parquet", tmp_path / "arrow").path
    for name in (*(table.name for table in OF_ARTICLES), "entities"):
        plain = pandas.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        sheet = pandas.read_excel(book, name, dtype=str, keep_default_na=False)
        typed = pandas.read_parquet(arrow / f"{name}.parquet")
        assert list(plain.columns) == list(sheet.columns) == list(typed.columns)
        for column in plain.columns:
            if column not in ("latitude", "longitude", "radius_m"):
                assert list(plain[column]) == list(sheet[column]) == list(typed[column].astype(str)), (name, column)


def test_numbers_are_numbers_in_parquet(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        arrow = project.export("parquet", tmp_path / "arrow").path
    types = dict(duckdb.sql(f"SELECT name, type FROM parquet_schema('{arrow}/annotations.parquet')").fetchall())
    assert (types["start"], types["quote"]) == ("INT32", "BYTE_ARRAY")
    where = duckdb.sql(f"SELECT longitude FROM '{arrow}/entities.parquet' WHERE longitude IS NOT NULL").fetchall()
    assert where == [(37.707,)]


@pytest.mark.parametrize("text", ["=1+1", "#N/A", "#REF!"])
def test_a_text_that_looks_like_a_formula_or_an_error_is_a_text_in_a_workbook(
    project: Project, tmp_path: Path, text: str
) -> None:
    project.annotate(project.articles()[0].id, 6, 26, "actor", note=text)
    book = load_workbook(project.export("xlsx", tmp_path / "out.xlsx").path)
    cell = next(cell for row in book["annotations"] for cell in row if cell.value == text)
    assert cell.data_type == "s"


def test_what_a_cell_cannot_hold_is_told(project: Project, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("كلمة " * 10_000, encoding="utf-8")
    (tmp_path / "bell.txt").write_text("جرس\x07 يرن", encoding="utf-8")
    project.import_files([tmp_path / "long.txt", tmp_path / "bell.txt"])
    report = project.export("xlsx", tmp_path / "out.xlsx")
    assert {loss.reason.key for loss in report.losses} == {"cell_too_long", "control_character"}
    texts = [row[-1].value for row in load_workbook(report.path)["articles"]]
    assert max(len(text) for text in texts) == 32_767
    assert "جرس\ufffd يرن" in texts
