"""Saved web pages: the article is found, and its words are the page's own."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from annotator import Project
from annotator.errors import ProjectError
from annotator.file_errors import NotReadable
from annotator.readers import knows, reader_for
from annotator.readers.draft import Draft, Options
from annotator.readers.html import recognises
from annotator.readers.source_file import in_memory

DATA = os.environ.get("HASHIYA_DATA")
WORDS = (
    "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم الجمعة، وأعلنت وزارة الدفاع ذلك في بيان نشرته الوكالة، "
    "وقالت إن القصف جاء رداً على هجوم استهدف إحدى نقاطها."
)
FIRST, SECOND, THIRD = (f"{WORDS} {number}." for number in ("الأولى", "الثانية", "الثالثة"))
HEADLINE = "الجيش يقصف قرية حميمة في ريف حلب"
NEWS = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(body: str, head: str = "", *, charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="{charset}"><title>{HEADLINE} - الوكالة</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def article(body: str, head: str = "") -> str:
    """A page as news sites make them: menu, headline, share bar, article, related list, comment form, footer."""
    return page(
        f"""<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">سوريا</a></li></ul></nav>
        <main><article><h1>{HEADLINE}</h1>
        <div class="share"><a href="#">فيسبوك</a> <a href="#">تويتر</a></div>
        <div class="body">{body}</div>
        <section class="related"><h3>أخبار ذات صلة</h3><ul><li><a href="1">خبر عن شيء آخر تماما</a></li></ul></section>
        <div id="comments"><h3>اترك تعليقاً</h3><form><p>لن يتم نشر عنوان بريدك الإلكتروني.</p></form></div>
        </article></main><footer><p>جميع الحقوق محفوظة</p></footer>""",
        head,
    )


def read(data: str | bytes, name: str = "a.html", *, encoding: str | None = None) -> Draft | ProjectError:
    source = in_memory(name, data.encode() if isinstance(data, str) else data)
    [found] = reader_for(source).read(source, Options(encoding))
    assert isinstance(found, Draft | ProjectError)
    return found


def drawn(data: str | bytes, **options: str) -> Draft:
    found = read(data, **options)
    assert isinstance(found, Draft), found
    return found


def said(draft: Draft) -> list[str]:
    assert all(one in draft.notes for one in draft.doubts)
    return [str(one) for one in draft.notes]


# -- the text -----------------------------------------------------------------------------------------------------


def test_a_saved_page_comes_in_with_its_details_and_its_bytes(project: Project, tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="الوكالة"><link rel="canonical" href="https://example.com/news/1">'
        '<meta property="article:published_time" content="2026-01-16T15:30:00+03:00"><meta name="author" content="علي حسن">'
    )
    file = tmp_path / "خبر.html"
    file.write_text(article(NEWS, head), encoding="utf-8")
    report = project.import_files([file])
    found = project.article(report.imported[0].article)
    assert found.text == "\n\n".join((HEADLINE, FIRST, SECOND, THIRD))
    assert (found.title, found.outlet, found.author, found.date) == (
        HEADLINE,
        "الوكالة",
        "علي حسن",
        "2026-01-16T12:30:00Z",
    )
    assert (found.source.url, found.source.reader) == ("https://example.com/news/1", "html")
    assert re.fullmatch(r"trafilatura \d+\.\d+.*", found.source.reader_version)
    assert project.original(found.id) == file.read_bytes()
    assert report.imported[0].notes == ()
    assert project.check().problems == ()


def test_subheads_lists_quotations_and_tables_stay_in_their_place() -> None:
    draft = drawn(
        article(f"""<p class="lead">مقدمة الخبر.</p><p>{FIRST}</p><h2>ردود الفعل</h2><p>قصير.</p>
        <blockquote><p>«لن نقبل بهذا».</p></blockquote><ul><li>البند الأول</li><li>البند <b>الثاني</b></li></ul>
        <table><tr><th>المدينة</th><th>القتلى</th></tr><tr><td>حلب</td><td>٣</td></tr></table><p>{SECOND}</p><p>(سانا)</p>""")
    )
    assert draft.text == (
        f"{HEADLINE}\n\nمقدمة الخبر.\n\n{FIRST}\n\nردود الفعل\n\nقصير.\n\n«لن نقبل بهذا».\n\nالبند الأول\nالبند الثاني\n\n"
        f"المدينة\tالقتلى\nحلب\t٣\n\n{SECOND}\n\n(سانا)"
    )


def test_a_dateline_before_and_an_agency_after_the_article_belong_to_it() -> None:
    draft = drawn(article(f"<p>دمشق-سانا</p>{NEWS}<p>(رويترز)</p>"))
    assert draft.text.split("\n\n") == [HEADLINE, "دمشق-سانا", FIRST, SECOND, THIRD, "(رويترز)"]


def test_a_lead_is_known_by_the_name_of_what_holds_it() -> None:
    lead = '<div class="field op-subtitle"><div class="items"><div>هجوم ثان في أسبوع</div></div></div>'
    byline = '<div class="field byline"><div class="items"><div>كتب علي حسن</div></div></div>'
    assert drawn(article(lead + byline + NEWS)).text.split("\n\n") == [
        HEADLINE,
        "هجوم ثان في أسبوع",
        FIRST,
        SECOND,
        THIRD,
    ]


def test_line_breaks_of_the_page_are_kept() -> None:
    draft = drawn(article(f"<div>{FIRST}<br>{SECOND}<br><br>{THIRD}</div>"))
    assert draft.text == f"{HEADLINE}\n\n{FIRST}\n{SECOND}\n\n{THIRD}"


def test_the_characters_are_those_of_the_page() -> None:
    """What trafilatura returns is NFC and lacks joiners and marks of direction; those of the page stay."""
    odd = "كِتَـــاب\u00a0مو\u200cضع\u200f ألف \u0627\u0654 \u202bنص\u202c 😀\u200d👩 ﻻ e\u0301"
    draft = drawn(article(f"<p>{FIRST} {odd}</p><p>{SECOND}</p>"))
    assert odd in draft.text
    assert draft.text.endswith(SECOND)


def test_words_of_neighbouring_elements_never_glue() -> None:
    body = "<div>قبل<p>أول</p>بين<div>ثان<span>ي</span></div>بعد</div><dl><dt>ا</dt><dd>ب</dd></dl><h2>ج</h2>د"
    draft = drawn(page(f"<!--StartFragment-->{body}<!--EndFragment-->"))
    assert draft.text.split() == ["قبل", "أول", "بين", "ثاني", "بعد", "ا", "ب", "ج", "د"]


def test_what_is_never_shown_is_left_out() -> None:
    hidden = "<script>1</script><style>2</style><noscript>3</noscript><p hidden>4</p><p style='display: none'>5</p>"
    body = f"{hidden}<textarea>6</textarea><svg><text>7</text></svg><p>نص</p><template>8</template>"
    draft = drawn(page(f"<!--StartFragment-->{body}<!--EndFragment-->"))
    assert draft.text == "نص"


def test_a_page_without_an_article_is_taken_whole_and_this_is_a_doubt() -> None:
    draft = drawn(page("".join(f"<p>سطر {number}</p>" for number in range(20_000))))
    assert draft.text.startswith("سطر 0\n\nسطر 1\n\n")
    assert draft.text.endswith("سطر 19999")
    assert said(draft) == ["No article was recognised in the page, so all its visible text was taken."]
    assert len(draft.doubts) == 1


def test_an_article_that_stands_only_in_the_data_of_the_page_is_found_there() -> None:
    data = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": f"{FIRST}\n\n{SECOND}\u200f &amp; "}
    body = f'<script type="application/ld+json">{json.dumps(data)}</script><div id="app">جار التحميل</div>'
    draft = drawn(page(body))
    assert draft.text == f"{FIRST}\n\n{SECOND}\u200f &"
    assert "is not shown there" in said(draft)[0]


@pytest.mark.parametrize(
    "copied",
    [
        "<html><body>\n<!--StartFragment-->{}<!--EndFragment-->\n</body></html>",
        '<meta http-equiv="content-type" content="text/html; charset=utf-8">{}',
        "{}",
    ],
)
def test_what_was_copied_from_a_browser_is_taken_whole(copied: str) -> None:
    menu = "<ul><li><a href=x>الرئيسية</a></li><li>اثنان</li></ul>"
    draft = drawn(copied.format(f"<p>واحد</p>{menu}{NEWS}"), name="a.html")
    assert draft.text == "\n\n".join(("واحد", "الرئيسية\nاثنان", FIRST, SECOND, THIRD))
    assert draft.notes == ()


def test_the_comment_form_of_a_page_taken_whole_is_greyed_and_not_cut() -> None:
    draft = drawn(page("<p>خبر.</p><h3>اترك تعليقاً</h3><p>لن يتم نشر عنوان بريدك الإلكتروني.</p>"))
    stretches = [draft.text[one.start : one.end] for one in draft.boilerplate if one.kind == "comments"]
    assert stretches == [draft.text[draft.text.index("اترك") :]]


@pytest.mark.parametrize(
    ("head", "known"),
    [
        ("<!DOCTYPE html>", True), ("\ufeff\r\n<!doctype HTML PUBLIC>", True), ("<html lang='ar'>", True),
        ("<!-- saved from url=(0024)https://example.com/a -->\n<!DOCTYPE html>", True),
        ('<?xml version="1.0"?>\n<!DOCTYPE html>\n<html>', True), ('<?xml version="1.0"?><rss>', False),
        ("قال: <html>", False), ("<htmlish>", False), ("", False),
    ],
)  # fmt: skip
def test_a_page_is_known_by_its_beginning(head: str, known: bool) -> None:
    assert recognises(head.encode()) is known
    assert recognises(head.encode("utf-16")) is known


def test_pages_in_folders_are_known_by_their_endings() -> None:
    assert all(knows(Path(name)) for name in ("a.html", "a.HTM", "a.xhtml", "a.mht", "a.mhtml"))


# -- title, outlet, date, address ---------------------------------------------------------------------------------


def test_the_title_is_the_headline_without_the_name_of_the_site() -> None:
    assert drawn(page(f"<h1>{HEADLINE}</h1>{NEWS}")).title == HEADLINE
    assert drawn(page(NEWS)).title.startswith(HEADLINE)


@pytest.mark.parametrize(
    ("said_so", "date"),
    [
        ('<meta property="article:published_time" content="2026-01-16T15:30:00+03:00">', "2026-01-16T12:30:00Z"),
        ('<meta itemprop="datePublished" content="2026-01-16">', "2026-01-16"),
        ('<meta name="DC.date.issued" content="2026-01-16T10:00:00">', "2026-01-16"),
        ('<span property="dc:date" content="2026-01-16T00:00:00+03:00">الجمعة</span>', "2026-01-16"),
        ('<time datetime="2026-01-16T09:05Z">اليوم</time>', "2026-01-16T09:05:00Z"),
        ("<time>الجمعة ١٦ كانون الثاني ٢٠٢٦</time>", "2026-01-16"),
        ('<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},'
         '{"@type":["NewsArticle"],"headline":"س\n","datePublished":"2026-01-16T09:05:00Z"}]}</script>',
         "2026-01-16T09:05:00Z"),
    ],
)  # fmt: skip
def test_the_date_is_what_the_page_says_for_machines(said_so: str, date: str) -> None:
    draft = drawn(article(said_so + NEWS))
    assert (draft.date, draft.doubts) == (date, ())


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("الجمعة 16 كانون الثاني 2026", "2026-01-16"), ("16 يناير/كانون الثاني 2026 - 14:33", "2026-01-16"),
        ("نشر في: ١٦ جانفي ٢٠٢٦", "2026-01-16"), ("يناير 16, 2026", "2026-01-16"), ("16/1/2026", "2026-01-16"),
        ("January 16, 2026", "2026-01-16"),
    ],
)  # fmt: skip
def test_a_date_that_only_stands_beside_the_headline_is_a_doubt(words: str, date: str) -> None:
    draft = drawn(article(f'<div class="meta">{words}</div>{NEWS}'))
    assert draft.date == date
    assert words in said(draft)[0]
    assert len(draft.doubts) == 1


def test_a_date_of_the_address_is_a_doubt() -> None:
    draft = drawn(article(NEWS, '<link rel="canonical" href="https://example.com/2026/1/16/news">'))
    assert draft.date == "2026-01-16"
    assert said(draft) == ["Its date 2026-01-16 was read from its address."]


@pytest.mark.parametrize(
    "words",
    ["12 رجب 1447 هـ", "27/7/1447", "الجمعة 16 يناير", "© 2026", "وقع ذلك في 16 كانون الثاني 2025 " + "بعيدا " * 20],
)
def test_no_date_is_guessed(words: str) -> None:
    """The hijri calendar is left alone, and neither a year nor a date in the article is when it was published."""
    assert drawn(article(f"<div>{words}</div>{NEWS}")).date == ""


def test_several_dates_are_a_doubt() -> None:
    times = "<time datetime='2026-01-16'></time>" + NEWS + "<aside><time datetime='2026-01-18'></time></aside>"
    draft = drawn(article(times))
    assert draft.date == "2026-01-16"
    assert "several dates" in said(draft)[0]


@pytest.mark.parametrize(
    ("comment", "url", "captured"),
    [
        ("<!-- saved from url=(0030)https://www.example.com/news/1 -->", "https://www.example.com/news/1", ""),
        ("<!--\n Page saved with SingleFile \n url: https://www.example.com/news/1 \n saved date: Fri Jan 16 2026 "
         "12:00:05 GMT+0300 (Arabian Standard Time)\n-->", "https://www.example.com/news/1", "2026-01-16T09:00:05Z"),
        ("<!-- saved from url=(0014)about:internet -->", "", ""),
    ],
)  # fmt: skip
def test_a_saved_page_knows_where_it_came_from(comment: str, url: str, captured: str) -> None:
    draft = drawn(page(f"<h1>{HEADLINE}</h1>{NEWS}").replace("<html", f"{comment}<html", 1))
    assert (draft.url, draft.captured_at) == (url, captured)
    assert draft.outlet == ("example.com" if url else "")
    assert comment[:8] not in draft.text


# -- encodings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "name"), [("cp1256", "windows-1256"), ("iso8859-6", "iso-8859-6"), ("utf-8", "utf-8")]
)
@pytest.mark.parametrize("declared", ["windows-1256", "iso-8859-6", "utf-8", "windows-1252", "x-unknown"])
def test_the_declared_encoding_is_checked_against_the_bytes(codec: str, name: str, declared: str) -> None:
    body = f"<h1>{HEADLINE}</h1>{NEWS}"
    draft = drawn(page(body, charset=declared).encode(codec))
    assert draft.encoding == name
    assert draft.text == "\n\n".join((HEADLINE, FIRST, SECOND, THIRD))
    assert (draft.confidence or 0) >= 0.85
    wrong = declared not in (name, "x-unknown") or (declared == "x-unknown" and name != "utf-8")
    assert bool(draft.notes) == wrong
    assert bool(draft.doubts) == (wrong and name != "utf-8")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_byte_order_mark_or_utf_16_settles_the_encoding(codec: str) -> None:
    draft = drawn(page(f"<h1>{HEADLINE}</h1>{NEWS}", charset="windows-1256").encode(codec))
    assert draft.text.endswith(THIRD)
    assert draft.notes == ()


def test_an_encoding_that_is_given_wins() -> None:
    data = page(f"<h1>{HEADLINE}</h1>{NEWS}").encode("cp1256")
    draft = drawn(data, encoding="windows-1256")
    assert (draft.encoding, draft.confidence) == ("windows-1256", None)
    assert "not valid utf-8" in str(read(data, encoding="utf-8"))


def test_a_giant_page_comes_in_when_pictures_make_it_one_and_is_refused_when_words_do() -> None:
    picture = f'<img src="data:image/png;base64,{"QUJD" * 4_500_000}">'
    assert drawn(page(f"<h1>{HEADLINE}</h1>{picture}{NEWS}")).text.startswith(f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}")
    refused = read(page(f"<p>{'كلمة ' * 3_500_000}</p>"))
    assert isinstance(refused, NotReadable)
    assert "16 million characters" in str(refused)


def test_a_page_cut_off_comes_in_as_far_as_it_goes_and_says_so() -> None:
    whole = page(f"<h1>{HEADLINE}</h1>{NEWS}").encode()
    draft = drawn(whole[: whole.index("الثالثة".encode()) + 3])
    assert draft.text.startswith(f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}")
    assert [one.split(" (")[0] for one in said(draft)] == [
        "Some of its bytes are not valid utf-8 and stand as � in the text",
        "The page breaks off before its end; something may be missing.",
    ]
    assert len(draft.doubts) == 2


# -- real pages ---------------------------------------------------------------------------------------------------


def shares(found: str, wanted: str) -> tuple[float, float]:
    """Return recall and precision by words."""
    have, want = (Counter(re.findall(r"\w+", text)) for text in (found, wanted))
    common = sum((have & want).values())
    return common / sum(want.values()), common / sum(have.values())


@pytest.mark.skipif(not DATA, reason="HASHIYA_DATA names no folder")
def test_real_pages_give_their_articles() -> None:
    folder = Path(DATA or "") / "html"
    cnn = drawn((folder / "newspaper4k/arabic_article.html").read_bytes())
    wanted = json.loads((folder / "newspaper4k/arabic_article.json").read_text(encoding="utf-8"))
    recall, precision = shares(cnn.text, (folder / "newspaper4k/arabic_article.txt").read_text(encoding="utf-8"))
    assert (recall, cnn.title, cnn.url) == (1.0, wanted["title"], wanted["url"])
    news = "".join(cnn.text[a:b] for a, b in news_of(cnn))
    assert shares(news, (folder / "newspaper4k/arabic_article.txt").read_text(encoding="utf-8"))[1] > 0.96 > precision
    assabah = drawn((folder / "trafilatura/assabah.com.tn.article.html").read_bytes())
    [checked] = json.loads((folder / "trafilatura/assabah.expected.json").read_text(encoding="utf-8")).values()
    assert all(words in assabah.text for words in [*checked["with"], "- الجيل الذي سعى النظام"])
    assert not any(words in assabah.text for words in checked["without"])
    assert assabah.date == "2019-02-08"
    for number in range(1, 5):
        lorem = drawn((folder / f"readability/rtl-{number}/source.html").read_bytes())
        assert (lorem.title, lorem.text.count("Lorem ipsum")) == ("Lorem", 2)


def news_of(draft: Draft) -> list[tuple[int, int]]:
    """Return the stretches of a draft that are no boilerplate."""
    ends = [0, *(place for one in draft.boilerplate for place in (one.start, one.end)), len(draft.text)]
    return list(zip(ends[::2], ends[1::2], strict=True))


@pytest.mark.skipif(not DATA, reason="HASHIYA_DATA names no folder")
def test_a_misleading_declaration_is_seen_through() -> None:
    draft = drawn((Path(DATA or "") / "encodings/tika/testArabicMisleadingCharset.html").read_bytes())
    assert draft.text.startswith("في قرية من القرى كان هناك رجل حكيم")
    assert "declares the encoding utf-8" in said(draft)[0]
