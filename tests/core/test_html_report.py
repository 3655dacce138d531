"""The report for people: the text stands in it character by character, marks join and part no letters, nothing is fetched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from annotator import Project
from annotator.exporting import losses_path
from annotator.model import Annotation, Article, Boilerplate, Source
from annotator.writers.html_marks import lanes_of, paragraphs
from tests.core.trap_texts import TRAPS, trap_project
from tests.core.whole_project import whole_project


def page_of(project: Project, out: Path, *, language: str = "ar") -> html.HtmlElement:
    return html.document_fromstring(project.export("html", out, language=language).path.read_bytes())


def text_of(article: html.HtmlElement) -> str:
    return "\n".join(line.text_content() for line in article.xpath(".//div[@class='page']//p"))


@pytest.fixture
def whole(tmp_path: Path) -> html.HtmlElement:
    with whole_project(tmp_path / "a.hashiya") as project:
        return page_of(project, tmp_path / "out.html")


def test_every_text_is_there_to_the_character(tmp_path: Path) -> None:
    with trap_project(tmp_path / "traps.hashiya") as project:
        page = page_of(project, tmp_path / "out.html")
        wanted = [article.text for article in project.articles()]
    assert [text_of(article) for article in page.xpath(".//article")] == wanted
    assert len(wanted) == len(TRAPS)


def test_each_line_of_the_contents_leads_to_its_article(tmp_path: Path) -> None:
    with trap_project(tmp_path / "traps.hashiya") as project:
        page = page_of(project, tmp_path / "out.html")
    lines = [(link.text_content(), link.get("href").removeprefix("#")) for link in page.xpath(".//nav//a")]
    articles = [(one.xpath(".//h2")[0].text_content(), one.get("id")) for one in page.xpath(".//article")]
    assert lines == articles
    assert len({identity for _, identity in articles}) == len(TRAPS)


def test_marks_cover_exactly_their_words(tmp_path: Path) -> None:
    with trap_project(tmp_path / "traps.hashiya") as project:
        page = page_of(project, tmp_path / "out.html", language="en")
    found = {article.xpath(".//h2")[0].text: article for article in page.xpath(".//article")}
    pieces = [
        (one.text, one.get("title")) for one in found["محافظ حلب عزام الغريب"].xpath(".//div[@class='page']//span")
    ]
    claim, actor, place = "Claim · R1", "Actor · R1", "Place · R1"
    assert [(text, sorted(title.split(" | "))) for text, title in pieces] == [
        ("محافظ ", [actor, claim]),
        ("حلب", [actor, actor, claim, place]),
        (" عزام الغريب", [claim]),
    ]


def test_the_claims_stand_in_the_margin_and_in_the_table(whole: html.HtmlElement) -> None:
    cards = whole.xpath(".//aside/a[@class='card']")
    rows = whole.xpath(".//tbody/tr")
    assert len(cards) == len(rows) == 12
    assert cards[0].get("href") == f"#{rows[0].get('id')}"
    cells = [cell.text_content() for cell in rows[0].xpath(".//td")]
    assert cells[:3] == ["1", "وزارة الدفاع السورية", "أعلنت"]
    assert cells[6:] == [
        "مدينة دير حافر = دير حافر",
        "2026-01-16",
        "متنازع عليه · R1: سبب\nمدحوض · R2: سبب آخر",
        "يناقض 2",
    ]


def test_a_claim_without_a_source_says_so_and_has_no_verdict(whole: html.HtmlElement) -> None:
    cells = [cell.text_content() for cell in whole.xpath(".//tbody/tr")[9].xpath(".//td")]
    assert (cells[1], cells[8]) == ("لم يُذكر", "")


def test_the_file_needs_nothing_but_itself(whole: html.HtmlElement) -> None:
    policy = whole.xpath('.//meta[@http-equiv="Content-Security-Policy"]')[0].get("content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert not whole.xpath(".//script | .//img | .//link | .//iframe | .//object")
    assert all(link.get("href").startswith("#") for link in whole.xpath(".//a"))
    assert "url(" not in whole.xpath(".//style")[0].text


def test_boilerplate_is_greyed_and_not_cut(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.hashiya", reviewer="R1", starter=True) as project:
        article = project.articles()[0]
        assert article.boilerplate
        greyed = page_of(project, tmp_path / "out.html").xpath(".//span[@class='g']")
    part = article.boilerplate[0]
    assert "".join(one.text for one in greyed) == article.text[part.start : part.end].replace("\n", "")


def test_what_a_page_cannot_show_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("قصف\x0b حلب & <b>غريب</b>".encode())
    with Project.create(tmp_path / "a.hashiya", reviewer="R1") as project:
        project.import_files([tmp_path / "a.txt"])
        page = page_of(project, tmp_path / "out.html")
    assert text_of(page) == "قصف\ufffd حلب & <b>غريب</b>"
    assert '"control_character"' in losses_path(tmp_path / "out.html").read_text("utf-8")


def test_it_is_written_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        arabic, english = (page_of(project, tmp_path / f"{name}.html", language=name) for name in ("ar", "en"))
    assert (arabic.get("dir"), english.get("dir")) == ("rtl", "ltr")
    assert [one.xpath(".//h1")[0].text for one in (arabic, english)] == ["مقالات معلَّمة", "Marked articles"]
    assert not re.search(
        "[a-zA-Z]{4,}", "".join(cell.text_content() for cell in arabic.xpath(".//th | .//ul[@class='legend']"))
    )


TEXTS = st.text("ابت \n\u0651😀\u200f", min_size=1, max_size=60)


@given(data=st.data(), text=TEXTS)
def test_pieces_are_the_text_and_know_what_lies_on_them(data: st.DataObject, text: str) -> None:
    """Whatever overlaps: pieces joined are the paragraphs, and each carries exactly the marks over it."""
    place = st.integers(0, len(text) - 1)
    spans = data.draw(st.lists(st.tuples(place, place).map(sorted).map(lambda at: (at[0], at[1] + 1)), max_size=8))
    marks = [mark(number, *span) for number, span in enumerate(spans)]
    source = Source("a.txt", "", "utf-8", "", "", "text")
    article = Article("a", "a", text, "", "ar", "rtl", source, boilerplate=(Boilerplate(0, 1),))
    lines = list(paragraphs(article, marks))
    assert "\n".join("".join(text[one.start : one.end] for one in pieces) for _, pieces in lines) == text
    for piece in (piece for _, pieces in lines for piece in pieces):
        over = {one.id for one in marks if one.start <= piece.start and piece.end <= one.end}
        assert {one.id for one in piece.marks} == over
        assert piece.start < piece.end
        assert piece.greyed == (piece.start == 0)
        assert not [one for one in marks if piece.start < one.start < piece.end or piece.start < one.end < piece.end]
    lanes = lanes_of(marks)
    assert all(
        lanes[one.id] != lanes[other.id] or lanes[one.id] == 5
        for one in marks
        for other in marks
        if one.id < other.id and one.start < other.end and other.start < one.end
    )


def mark(number: int, start: int, end: int) -> Annotation:
    return Annotation(f"{number}", "a", "actor", start, end, "", "", "R1", "", "")
