"""What belongs to the page and not to the news is found, and news is never taken for it."""

from __future__ import annotations

import json
import os
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import Project
from annotator.model import Boilerplate
from annotator.readers import plain_text
from annotator.readers.draft import Draft, Options
from annotator.readers.source_file import in_memory
from annotator.text.boilerplate import boilerplate_in

DATA = os.environ.get("HASHIYA_DATA")
NEWS = "قصف الجيش السوري قرية حميمة في ريف حلب الشرقي اليوم الجمعة، وأعلنت وزارة الدفاع ذلك في بيان لها."


def found(text: str) -> list[tuple[str, str]]:
    stretches = boilerplate_in(text)
    assert all(one.start == 0 or text[one.start - 1] in " \n" for one in stretches)
    assert all(one.end == len(text) or text[one.end] in " \n" for one in stretches)
    return [(one.kind, text[one.start : one.end]) for one in stretches]


def around(page: str, *, after: str = "") -> list[tuple[str, str]]:
    return found(f"{NEWS}\n\n{page}\n{after}")


def test_the_comment_form_of_the_seed_article_is_exactly_that(project: Project) -> None:
    assert project.article(project.articles()[0].id).boilerplate == (Boilerplate(1919, 2000, "comments"),)


def test_every_reader_gives_it() -> None:
    source = in_memory("a.txt", f"{NEWS}\n\nاترك تعليقاً\n".encode())
    [draft] = plain_text.read(source, Options())
    assert isinstance(draft, Draft)
    assert draft.boilerplate == (Boilerplate(len(NEWS) + 2, len(draft.text) - 1, "comments"),)


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("comments", "اترك تعليقاً\n\nلن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *"),
        ("comments", "اترك رداً إلغاء الرد\nلن يتم نشر عنوان بريدك الإلكتروني.\nالتعليق *\nالاسم *\nالبريد الإلكتروني *\n"
                     "احفظ اسمي، بريدي الإلكتروني، والموقع الإلكتروني في هذا المتصفح لاستخدامها المرة المقبلة في تعليقي."),
        ("comments", "أضِف تعليقًا جديدًا"), ("comments", "٣ تعليقات"), ("comments", "Leave a Reply\nName *\nEmail *"),
        ("comments", "الآراء الواردة أدناه لا تعبر عن رأي الموقع، بل عن رأي أصحابها."),
        ("cookies", "نستخدم ملفات تعريف الارتباط لتحسين تجربتك. باستمرارك في التصفح أنت توافق على ذلك.\nموافق"),
        ("cookies", "This website uses cookies to improve your experience.\nAccept all\nManage preferences"),
        ("share", "شارك المقال\nفيسبوك\nتويتر\nواتساب"), ("share", "Facebook | Twitter | WhatsApp | Telegram"),
        ("share", "فيسبوك\nتيليغرام\nنسخ الرابط"), ("share", "تابعونا على قناة التلغرام"), ("share", "Share this article"),
        ("related", "اقرأ أيضاً: انسحاب الجيش من دير حافر"), ("related", "إقرأ ايضا | انسحاب الجيش من دير حافر"),
        ("related", "أخبار ذات صلة\nانسحاب من دير حافر\nاجتماع في حلب"), ("related", "Read more: Talks in Aleppo"),
        ("related", "قد يهمك أيضاً\n\nانسحاب من دير حافر\n\nاجتماع في حلب"), ("related", "الأكثر قراءة\nاجتماع في حلب"),
        ("navigation", "الرئيسية > أخبار > سوريا"), ("navigation", "الرئيسية\nسوريا\nالعالم\nمن نحن\nاتصل بنا"),
        ("navigation", "Skip to content"), ("navigation", "الوسوم: سوريا، حلب"), ("navigation", "Home\nAbout us\nContact"),
        ("other", "جميع الحقوق محفوظة © 2026"), ("other", "اشترك في نشرتنا البريدية"), ("other", "ADVERTISEMENT"),
    ],
)  # fmt: skip
def test_what_pages_say_is_found(kind: str, page: str) -> None:
    assert around(page) == [(kind, page)]


@pytest.mark.parametrize(
    "news",
    [
        "وعلّق الوزير على ذلك قائلا: اترك تعليقا لمن شاء.",
        "التعليق على البيان جاء متأخرا، وشارك في المؤتمر وزراء من دول عدة.",
        "شارك في المؤتمر وزراء من دول عدة",
        "شاركت قوات من الجيش في العملية",
        "قالت شركة ميتا إنها تستخدم ملفات تعريف الارتباط لتتبع المستخدمين.",
        "The company's share of the market fell, and Facebook said it uses cookies.",
        "Share prices fell",
        "الاسم",
        "فيسبوك",
        "فيسبوك\nوقالت الشركة",
        "التعليقات",
        "موافق",
        "البحث",
        "الرئيسية هي الطريق بين حلب ودير حافر",
        "آخر الأخبار من حلب تقول إن القصف توقف.",
        "اقرأ البيان كاملا كما نشرته الوكالة",
        "شاهد أيضا كيف انسحبت القوات من القرية وهو يروي ذلك للوكالة",
        "Home\nAway",
        "المزيد من القوات وصلت إلى دير حافر.",
        "ذات صلة بالتنظيم",
        "جميع الحقوق التي طالب بها الأهالي محفوظة",
    ],
)
def test_news_is_not_taken_for_it(news: str) -> None:
    assert around(news, after=f"\n{NEWS}\n") == []


def test_where_the_news_goes_on_only_the_first_title_is_taken() -> None:
    page = f"{NEWS}\n\nاقرأ أيضا\n\nانسحاب من دير حافر\n\nردود الفعل\n\n{NEWS}\n"
    assert found(page) == [("related", "اقرأ أيضا\n\nانسحاب من دير حافر")]
    listed = f"{NEWS}\n\nاقرأ أيضا\nانسحاب من دير حافر\nاجتماع في حلب\n\n{NEWS}\n"
    assert found(listed) == [("related", "اقرأ أيضا\nانسحاب من دير حافر\nاجتماع في حلب")]


def test_a_long_list_of_short_lines_is_no_menu() -> None:
    poem = "\n".join(["البحث", *["بيت قصير"] * 20, "القائمة", *["بيت قصير"] * 20, "بحث", *["بيت قصير"] * 20])
    assert found(poem) == []


@given(
    st.text(max_size=60),
    st.sampled_from(["اترك تعليقاً", "فيسبوك\nتويتر\nواتساب", "الرئيسية > أخبار", "اقرأ أيضا\nخبر"]),
)
def test_stretches_are_whole_lines_in_order(text: str, page: str) -> None:
    text = f"{text}\n{page}\n{text}".replace("\r", "")
    stretches = boilerplate_in(text)
    assert stretches
    assert all(one.end <= other.start for one, other in pairwise(stretches))
    for one in stretches:
        assert not text[one.start].isspace()
        assert not text[text.rfind("\n", 0, one.start) + 1 : one.start].strip()
        assert not text[one.end : (text + "\n").find("\n", one.end)].strip()


@pytest.mark.parametrize(
    "line", ["الرئيسية\nس\nس\nس\nس\nس\nس\nس", "فيسبوك\nنص", "اقرأ أيضا\nخبر\n\nخبر", "الاسم", "شارك"]
)
def test_a_hundred_thousand_lines_take_no_longer_than_their_number(line: str) -> None:
    start = time.monotonic()
    boilerplate_in(f"{line}\n" * (100_000 // (line.count("\n") + 1)))
    assert time.monotonic() - start < 10


@pytest.mark.skipif(not DATA, reason="HASHIYA_DATA names no folder")
def test_real_articles_are_left_alone() -> None:
    lines = (Path(DATA or "") / "articles/conflict_demo.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line)["text"] for line in lines]
    assert len(articles) == 79
    assert [found(article) for article in articles if boilerplate_in(article)] == []


@pytest.mark.skipif(not DATA, reason="HASHIYA_DATA names no folder")
def test_it_is_the_range_of_the_careful_reviewer() -> None:
    gold = json.loads((Path(DATA or "") / "gold/seed_gold.json").read_text(encoding="utf-8"))
    text = (Path(DATA or "") / "seeds" / gold["article"]["file"]).read_text(encoding="utf-8")
    assert [(one.start, one.end) for one in boilerplate_in(text)] == [tuple(gold["boilerplate"].values())]
