"""Articles come in from JSON of any make, each with its own bytes, and what is wrong is said by its number."""

from __future__ import annotations

import hashlib
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import Project
from annotator.readers import reader_for
from annotator.readers.draft import Draft, Options, Table
from annotator.readers.json_cutting import Cutter
from annotator.readers.published import published
from annotator.readers.source_file import in_memory

TEXT = "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم الجمعة، وأعلنت وزارة الدفاع ذلك."
words = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words | st.sampled_from(['"', "\\", "]},{["]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


def read(data: bytes | str, name: str = "a.json", **options: Any) -> tuple[list[Draft], list[str]]:
    """Return the drafts of a file and what was said of the rest."""
    source = in_memory(name, data.encode() if isinstance(data, str) else data)
    items = list(reader_for(source).read(source, Options(**options)))
    drafts = [one for one in items if isinstance(one, Draft)]
    return drafts, [str(one.sentence) for one in items if hasattr(one, "sentence")]


def table(data: str, name: str = "a.json", **options: Any) -> Table:
    source = in_memory(name, data.encode())
    shown = reader_for(source).table
    assert shown is not None
    return shown(source, Options(**options))


@given(items=st.lists(values, max_size=8), cuts=st.lists(st.integers(1, 30), max_size=30), spaces=st.booleans())
def test_an_array_is_cut_into_its_items_wherever_the_pieces_end(
    items: list[Any], cuts: list[int], spaces: bool
) -> None:
    data = json.dumps(items, ensure_ascii=spaces, indent=2 if spaces else None).encode()[1:]
    pieces = []
    for cut in cuts:
        pieces.append(data[:cut])
        data = data[cut:]
    cutter = Cutter(limit=1 << 20)
    found = list(cutter.cut([*pieces, data]))
    assert [json.loads(one.data or b"") for one in found] == items
    assert cutter.closed
    assert all(one.whole for one in found)


def test_an_item_that_is_too_long_costs_only_itself() -> None:
    cutter = Cutter(limit=10)
    found = list(cutter.cut([b'1, "', b"x" * 50, b'", ', b'{"a":2}]']))
    assert [one.data for one in found] == [b"1", None, b'{"a":2}']


def test_each_item_keeps_its_own_bytes(tmp_path: Path, project: Project) -> None:
    items = [
        f'{{"title": "خبر {n}", "content": "{TEXT} {n}", "source": "سانا", '
        f'"url": "https://example.org/{n}", "date": "2026-01-1{n}"}}'
        for n in range(3)
    ]
    data = ("[\n  " + ",\n  ".join(items) + "\n]\n").encode()
    (tmp_path / "news.json").write_bytes(data)
    report = project.import_files([tmp_path / "news.json"])
    for number, (item, one) in enumerate(zip(items, report.imported, strict=True), start=1):
        article = project.article(one.article)
        assert project.original(article.id) == item.encode()
        assert article.source.part == str(number)
        assert article.source.file_sha256 == hashlib.sha256(data).hexdigest()
        assert article.source.bytes_sha256 == hashlib.sha256(item.encode()).hexdigest()
        assert (article.outlet, article.date, article.title) == ("سانا", f"2026-01-1{number - 1}", f"خبر {number - 1}")
        assert article.source.url == f"https://example.org/{number - 1}"
    assert project.check().problems == ()


NAMES: list[tuple[dict[str, Any], dict[str, str]]] = [
    (
        {"text": TEXT, "headline": "ع", "published": "2026-01-16T10:00:00+03:00"},
        {"title": "ع", "date": "2026-01-16T07:00:00Z"},
    ),
    (
        {"النص": TEXT, "العنوان": "ع", "التاريخ": "١٦ كانون الثاني ٢٠٢٦", "المصدر": "سانا"},
        {"title": "ع", "date": "2026-01-16", "outlet": "سانا"},
    ),
    ({"نص الخبر": TEXT, "الكاتب": ["أ", "ب"], "رابط": "https://e.org"}, {"author": "أ، ب", "url": "https://e.org"}),
    (
        {"title": {"rendered": "ع"}, "content": {"rendered": TEXT}, "date_gmt": "2026-01-16T10:00:00Z"},
        {"title": "ع", "date": "2026-01-16T10:00:00Z"},
    ),
    ({"_source": {"body": TEXT, "author": {"name": "أ"}}}, {"author": "أ"}),
    (
        {"articleBody": TEXT, "datePublished": 1444444444, "publisher": {"name": "سانا"}},
        {"date": "2015-10-10T02:34:04Z", "outlet": "سانا"},
    ),
    ({"text": TEXT, "source": "https://e.org/1"}, {"url": "https://e.org/1", "outlet": ""}),
    ({"Full_Text": TEXT, "date_extracted": "x", "date": "2015-07-21 02:51:32"}, {"date": "2015-07-21"}),
]


@pytest.mark.parametrize(("record", "fields"), NAMES)
def test_usual_names_are_known(record: dict[str, Any], fields: dict[str, str]) -> None:
    [draft], said = read(json.dumps([record]))
    assert (draft.text, said, draft.doubts) == (TEXT, [], ())
    assert {name: getattr(draft, name) for name in fields} == fields


def test_a_text_without_a_usual_name_is_found_with_a_doubt() -> None:
    [draft], said = read(json.dumps([{"id": "1", "خ": TEXT, "k": "x"}]))
    assert (draft.text, said) == (TEXT, [])
    assert [str(one) for one in draft.doubts] == [
        "That its text stands under “خ” was guessed. If it is another, choose that one."
    ]
    assert draft.doubts[0] in draft.notes


def test_of_two_texts_the_longer_is_taken_with_a_doubt_and_a_mapping_decides() -> None:
    data = json.dumps([{"text": TEXT, "content": f"{TEXT} {TEXT}", "a": {"b.c": "ع"}}])
    [draft], _ = read(data)
    assert (draft.text, len(draft.doubts)) == (f"{TEXT} {TEXT}", 1)
    [draft], _ = read(data, mapping={"text": "text", "title": "a.b.c"})
    assert (draft.text, draft.title, draft.doubts) == (TEXT, "ع", ())


def test_a_list_of_paragraphs_is_a_text() -> None:
    [draft], _ = read(json.dumps([{"text": ["الأولى", "الثانية"]}]))
    assert draft.text == "الأولى\n\nالثانية"


def test_the_first_rows_are_shown_for_the_mapping() -> None:
    shown = table(json.dumps([{"a": {"b": "x" * 500}, "نص": TEXT, "n": n} for n in range(30)]))
    assert shown.columns == ("a.b", "نص", "n")
    assert len(shown.rows) == 20
    assert shown.rows[3] == ("x" * 300 + "…", TEXT, "3")
    assert shown.mapping == {"text": "نص"}
    assert table(f'{{"text": "{TEXT}"}}\n{{"text": "ب"}}\n', "a.jsonl").rows == ((TEXT,), ("ب",))


@pytest.mark.parametrize(
    ("data", "name", "reader"),
    [
        (json.dumps({"text": TEXT}, indent=1), "one.json", "json"),
        (json.dumps({"count": 1, "articles": [{"text": TEXT}]}), "in.json", "json"),
        (f'{{"text": "{TEXT}"}}\n', "one.jsonl", "jsonl"),
        (f'\ufeff[{{"text": "{TEXT}"}}]', "bom.json", "json"),
        (f'[{{"text": "{TEXT}"}}]', "array.txt", "json"),
        (f'[{{"text": "{TEXT}"}}]', "array.jsonl", "json"),
    ],
)
def test_every_form_of_json_is_known(data: str, name: str, reader: str) -> None:
    [draft], said = read(data, name)
    assert (draft.text, draft.reader, said) == (TEXT, reader, [])


def test_lines_are_known_although_the_file_is_called_json() -> None:
    drafts, said = read(f'{{"text": "{TEXT}"}}\n{{"text": "ب ج"}}\n', "lines.json")
    assert ([one.part for one in drafts], said) == (["1", "2"], [])


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings_are_read_and_their_bytes_kept(encoding: str) -> None:
    item = json.dumps({"text": TEXT, "title": "عنوان"}, ensure_ascii=False)
    data = f"[{item}, {item}]".encode(encoding)
    drafts, said = read(data)
    assert (said, {one.text for one in drafts}, {one.title for one in drafts}) == ([], {TEXT}, {"عنوان"})
    exact = "utf-8" if encoding == "utf-8-sig" else encoding.removesuffix("-le").replace("utf-16", "utf-16-le")
    assert drafts[1].original == item.encode(exact)
    assert drafts[1].original in data


Damage = Callable[[str], str]
BAD = [
    ('{"text": NaN}', "it holds NaN, which JSON does not know."),
    ('{"text": "x", "n": -Infinity}', "it holds -Infinity, which JSON does not know."),
    ('{"text": "x", "text": "y"}', "the key “text” stands in it twice."),
    ('{"text": "x", "a": {"b": 1, "b": 2}}', "the key “b” stands in it twice."),
    (f'{{"text": "x", "n": {"9" * 5000}}}', "it holds a number that is too large."),
    (f'{{"text": "x", "n": {"[" * 20_000}{"]" * 20_000}}}', "it is nested too deeply."),
    ('{"text": "x\\ud800"}', "it holds half a character (a lone surrogate)."),
    ('{"text": ""}', "there is no text under “text”."),
    ('{"other": "x"}', "there is no text under “text”."),
    ('{"text": "x" "y"}', "it is not valid JSON (at character 13)."),
    ('"just words"', "it is no object with keys and values."),
    ('{"text": "\\u0000"}', "The text holds U+0000 at position 0"),
    ("", "it is not valid JSON"),
]


@pytest.mark.parametrize(("item", "words"), BAD)
def test_a_bad_item_is_refused_with_its_number_and_the_others_come_in(item: str, words: str) -> None:
    good = json.dumps({"text": TEXT})
    drafts, said = read(f"[{good}, {item}, {good}]")
    assert [one.part for one in drafts] == ["1", "3"]
    assert len(said) == 1
    assert said[0].startswith(f"Item 2: {words}")


@pytest.mark.parametrize(("item", "words"), [one for one in BAD if one[0]])
def test_a_bad_line_is_refused_with_its_number_and_the_others_come_in(item: str, words: str) -> None:
    good = json.dumps({"text": TEXT})
    drafts, said = read(f"{good}\n\n{item}\n{good}", "a.jsonl")
    assert [one.part for one in drafts] == ["1", "4"]
    assert len(said) == 1
    assert said[0].startswith(f"Line 3: {words}")


def test_bytes_that_are_not_utf8_cost_their_record_only() -> None:
    good = json.dumps({"text": TEXT}, ensure_ascii=False).encode()
    drafts, said = read(b"[" + good + b', {"text": "\xff"}, ' + good + b"]")
    assert len(drafts) == 2
    assert said == ["Item 2: it holds bytes that are not UTF-8."]


@pytest.mark.parametrize(
    ("data", "drafts", "words"),
    [
        ("[", 0, "has no end"),
        (f'[{{"text": "{TEXT}"}}, {{"text": "قص', 1, "has no end"),
        (f'[{{"text": "{TEXT}"}}] []', 1, "more stands behind the end"),
        ("[]", 0, "holds no text"),
        (" \n", 0, "holds no text"),
        ("[1, 2]", 0, "no object"),
        ('{"text": ', 0, "not valid JSON"),
        ('[{"id": 1}, {"id": 2}]', 0, "nothing in it looks like a text"),
    ],
)  # fmt: skip
def test_what_is_cut_off_or_no_list_of_articles_is_said(data: str, drafts: int, words: str) -> None:
    found, said = read(data)
    assert len(found) == drafts
    assert words in said[-1]


@pytest.mark.parametrize("depth", [100, 500, 900, 990, 1010, 1024, 5000])
def test_depth_is_refused_or_read_but_never_too_much(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    drafts, said = read(f'[{{"text": "{TEXT}", "deep": {deep}}}]')
    assert len(drafts) + len(said) == 1
    read(deep, "a.jsonld")


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything(data: bytes) -> None:
    for name in ("a.json", "a.jsonl", "a.jsonld", "a.csv", "a.xlsx", "a.ann", "a.txt"):
        read(data, name)
        read(b'[{"text":"' + data, name)


def test_html_in_a_text_is_a_doubt() -> None:
    [draft], _ = read(json.dumps([{"text": f"<p>{TEXT}</p><p class='x'>ب</p>"}]))
    assert "HTML tags" in str(draft.doubts[0])


def test_a_date_that_is_not_understood_is_noted() -> None:
    [draft], _ = read(json.dumps([{"text": TEXT, "date": "أمس"}]))
    assert draft.date == ""
    assert str(draft.notes[0]) == "Its date was not understood: “أمس”."


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-01-16", "2026-01-16"), ("2026-01", "2026-01"), ("2026", "2026"), ("2026-13", ""),
        ("Fri, 16 Jan 2026 10:00:00 +0300", "2026-01-16T07:00:00Z"), ("16/01/2026", "2026-01-16"),
        ("31/02/2026", ""), ("1444444444000", "2015-10-10T02:34:04Z"), ("0001-01-01T00:00:00+14:00", "0001-01-01"),
        ("الجمعة 16 يناير 2026", "2026-01-16"), ("أمس", ""), ("16 يناير", ""), ("9" * 400, ""), ("", ""),
    ],
)  # fmt: skip
def test_dates_become_iso_as_far_as_they_are_understood(written: str, iso: str) -> None:
    assert published(written) == iso


def test_an_array_of_many_articles_needs_little_memory(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        record = orjson.dumps({"source": "س", "title": "ع", "content": f"[{TEXT}] " * 40, "url": "https://e.org"})
        source = in_memory("news.json", b"[" + b",".join([record] * count) + b"]")
        tracemalloc.start()
        assert sum(isinstance(one, Draft) for one in reader_for(source).read(source, Options())) == count
        reached = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return reached

    assert peak(3000) < peak(600) * 1.5
