"""Articles come in from tables, one a row, each with exactly its own bytes."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import Project
from annotator.readers import csv_table
from annotator.readers.draft import Draft, Options
from annotator.readers.source_file import in_memory
from annotator.text.canonical import is_seen

TEXT = "قصف الجيش السوري قرية حميمة، وأعلنت وزارة الدفاع ذلك؛ ثم انسحب."


def read(data: bytes | str, name: str = "a.csv", **options: Any) -> tuple[list[Draft], list[str]]:
    source = in_memory(name, data.encode() if isinstance(data, str) else data)
    items = list(csv_table.read(source, Options(**options)))
    drafts = [one for one in items if isinstance(one, Draft)]
    return drafts, [str(one.sentence) for one in items if not isinstance(one, Draft)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "utf-16"])
def test_every_separator_and_encoding_of_excel_is_known(separator: str, encoding: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerows(
        [
            ["العنوان", "النص", "المصدر", "التاريخ"],
            *([f"خبر {n}", f"{TEXT} {n}", "سانا", "16/01/2026"] for n in range(9)),
        ]
    )
    drafts, said = read(buffer.getvalue().encode(encoding))
    assert said == []
    assert [(one.title, one.text, one.part) for one in drafts] == [
        (f"خبر {n}", f"{TEXT} {n}", str(n + 2)) for n in range(9)
    ]
    assert {(one.outlet, one.date, one.doubts) for one in drafts} == {("سانا", "2026-01-16", ())}


def test_each_row_keeps_its_bytes_with_quoted_line_feeds(tmp_path: Path, project: Project) -> None:
    row = '"خبر ""عاجل""","الأولى\r\nالثانية، كلام كثير"'.encode()
    data = b"title,text\r\n" + row + b"\r\n" + 'ب,"نص آخر"'.encode()
    (tmp_path / "a.csv").write_bytes(data)
    report = project.import_files([tmp_path])
    first, second = (project.article(one.article) for one in report.imported)
    assert (first.title, first.text) == ('خبر "عاجل"', "الأولى\nالثانية، كلام كثير")
    assert project.original(first.id) == row
    assert project.original(second.id) == 'ب,"نص آخر"'.encode()
    assert (first.source.part, second.source.part) == ("2", "3")
    assert first.source.file_sha256 == hashlib.sha256(data).hexdigest()
    assert "line ends" in str(first.source.warnings[0])
    assert project.check().problems == ()


cells = st.text(st.sampled_from(list("اب \",;\n\r'x😀\u200f")), max_size=12)


@given(rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=6), end=st.sampled_from(["\r\n", "\n"]))
def test_what_the_csv_module_writes_comes_back_and_the_bytes_add_up(rows: list[tuple[str, str]], end: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([("title", "text"), *rows])
    drafts, _ = read(buffer.getvalue())
    filled = [row for row in rows if is_seen(row[1])]
    assert len(drafts) == len(filled)
    for draft, row in zip(drafts, filled, strict=True):
        assert next(csv.reader(io.StringIO(draft.original.decode(), newline=""))) == list(row)
        assert draft.original in buffer.getvalue().encode()


def test_a_table_without_heading_has_numbers_for_names_and_a_doubt() -> None:
    data = "".join(f"{n},{TEXT} وهذا كلام أطول من ذلك بكثير {n}\n" for n in range(4)).replace("،", " ")
    drafts, said = read(data)
    assert (len(drafts), said, drafts[0].part) == (4, [], "1")
    assert "“2” was guessed" in str(drafts[0].doubts[0])


def test_the_mapping_of_the_dialog_holds() -> None:
    data = f"a,b\nعنوان,{TEXT.replace('،', ' ')}\n"
    shown = csv_table.table(in_memory("a.csv", data.encode()), Options())
    assert (shown.columns, shown.rows[0][0]) == (("a", "b"), "عنوان")
    [draft], _ = read(data, mapping={"text": "b", "title": "a"})
    assert (draft.title, draft.doubts) == ("عنوان", ())


def test_the_hint_of_excel_is_no_heading() -> None:
    [draft], said = read("sep=;\r\ntitle;text\r\nع;نص، وفيه, فواصل\r\n")
    assert (draft.text, said) == ("نص، وفيه, فواصل", [])


def test_two_columns_of_one_name_are_told_apart() -> None:
    shown = csv_table.table(in_memory("a.csv", b"text,text,\nx,y,z\n"), Options())
    assert shown.columns == ("text", "text (2)", "3")


def test_a_quotation_mark_that_is_never_closed_costs_its_row_only() -> None:
    drafts, said = read('title,text\nأ,نص أول\nب,"نص بلا نهاية\nج,نص ثالث\nد,نص رابع\n')
    assert [one.part for one in drafts] == ["2", "4", "5"]
    assert said == ["Row 3: a quotation mark is opened in it and never closed."]


def test_bytes_of_another_encoding_cost_their_row_only() -> None:
    drafts, said = read("title,text\nأ,نص أول\n".encode() + b"x,\xff\xfe\n" + "ب,نص\n".encode())
    assert [one.part for one in drafts] == ["2", "4"]
    assert said == ["Row 3: it holds bytes that are not UTF-8."]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "holds no text"),
        ("title,text\n", "holds no text"),
        ("title,text\nx,\n", "Row 2: there is no text under “text”."),
        ("name,latitude\nحلب,36.2\nدمشق,33.5\n", "nothing in it looks like a text"),
        ("title,text\nx,\0\n", "not a text file"),
    ],
)
def test_what_holds_no_article_is_said(data: str, words: str) -> None:
    drafts, said = read(data)
    assert drafts == []
    assert words in said[0]


def test_an_article_of_a_megabyte_fits_into_a_cell() -> None:
    [draft], said = read(f'title,text\nx,"{TEXT * 20_000}"\n')
    assert (len(draft.text), said) == (len(TEXT) * 20_000, [])


def test_a_row_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "BIGGEST_PAGE", 1 << 20)
    drafts, said = read("title,text\nx,y\nz," + "ا" * (2 << 20))
    assert len(said) == 1
    assert "larger than 1 MB" in said[0]
    assert len(drafts) <= 1
