"""PDFs come in as they are read, not as they are drawn; what cannot be trusted is said."""

from __future__ import annotations

import os
import threading
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator import Project
from annotator.errors import ProjectError
from annotator.readers import reader_for
from annotator.readers.draft import Draft, Options
from annotator.readers.pdf import iso_date
from annotator.readers.pdf_glyphs import Glyph
from annotator.readers.pdf_layout import paragraphs_of
from annotator.readers.pdf_letters import plain_letters
from annotator.readers.pdf_lines import line_of
from annotator.readers.source_file import in_memory, on_disk
from tests.core.pdf_files import Sign, drawn, pdf

DATA = Path(__file__).parents[1] / "data/documents"
NEWS = [
    "أعلنت وزارة الدفاع السورية (قسد) في الأول من 2024-05-12 عن 1,500.5 لاجئ في المدينة",
    "قال Apple iPhone 15 Pro بلغ 50% في 12/5/2024 [تم] «شرحاً» إلى الإعلام العربي",
    "انشقاق ١٢ عنصراً (NATO) و COVID-19 لدى www.sana.sy الآن",
]
SENTENCE = (
    "أعلنت وزارة الدفاع السورية في دمشق عن انشقاق عناصر من قوات سوريا الديمقراطية "
    "ووصولهم إلى مناطق سيطرة الجيش في المدينة"
)


def read(data: bytes, name: str = "خبر.pdf") -> Draft | ProjectError:
    source = in_memory(name, data)
    (found,) = reader_for(source).read(source, Options())
    assert isinstance(found, Draft | ProjectError)
    return found


def draft(data: bytes, name: str = "خبر.pdf") -> Draft:
    found = read(data, name)
    assert isinstance(found, Draft), found
    return found


def page(*lines: str, right: float = 540, apart: float = 40, **how: bool) -> list[Sign]:
    """Draw lines so far apart that each is a paragraph."""
    return [sign for at, line in enumerate(lines) for sign in drawn(line, 760 - apart * at, right=right, **how)]


@pytest.mark.parametrize("shaped", [False, True])
@pytest.mark.parametrize("spaces", [False, True])
def test_what_is_drawn_from_right_to_left_is_read_in_order(shaped: bool, spaces: bool) -> None:
    found = draft(pdf([page(*NEWS, shaped=shaped, spaces=spaces)]))
    assert found.text.split("\n") == NEWS
    assert (found.language, found.direction, found.doubts) == ("ar", "rtl", ())
    assert any("joined forms" in str(note) for note in found.notes)


def test_the_order_in_the_file_means_nothing() -> None:
    signs = page(*NEWS, shaped=True)
    assert draft(pdf([signs[::-1]])).text == draft(pdf([sorted(signs, key=lambda one: one.x)])).text == "\n".join(NEWS)


_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ"
_WORDS = st.lists(st.text(_LETTERS, min_size=2, max_size=7), min_size=1, max_size=8)


@given(_WORDS, st.booleans())
@example(["لا", "الإله", "للاجئين"], True)
def test_any_arabic_words_come_back(words: list[str], shaped: bool) -> None:
    line = " ".join(["قال", *words])
    found = draft(pdf([page(line, shaped=shaped)]))
    assert found.text == line or any("backwards" in str(one) or "wrong" in str(one) for one in found.doubts)


@given(st.text(_LETTERS + "ًٌٍَُِّْـ،؛؟ ", min_size=1))
def test_plain_letters_stay_as_they_are(text: str) -> None:
    assert plain_letters(text) == text


def test_joined_forms_and_ligatures_become_plain_letters() -> None:
    assert (
        plain_letters("\ufefc \ufee3\ufea4\ufee4\ufeaa \ufc5b \ufe77 \ufef7\ufee7\ufe8e")
        == "لا محمد \u0630\u0670 \u0640\u064e لأنا"
    )


def test_a_ligature_that_names_its_letters_is_read_in_their_order() -> None:
    signs = [Sign("في", 500, 700, width=9), Sign(" ", 494, 700), Sign("لا", 485, 700, width=9), Sign("م", 479, 700)]
    assert draft(pdf([signs])).text == "في لام"


def test_harakat_go_to_the_letter_they_are_drawn_over() -> None:
    line = "وَقَد\u0651\u064eمَ الوَزيرُ شَرحاً"
    assert draft(pdf([page(line)])).text == line


def test_english_marks_of_quotation_stay_as_drawn() -> None:
    line = "قال “نعم” ثم ذهب"
    assert draft(pdf([page(line)])).text == line


def test_a_latin_page_keeps_its_order_and_arabic_in_it_is_turned() -> None:
    line = "The ministry (وزارة الدفاع) said on 12 May 2024 that it left."
    found = draft(pdf([[*drawn(line, 700), *drawn("A second line of this page.", 640)]]))
    assert found.text.split("\n")[0] == line
    assert found.direction == "ltr"


def test_lines_of_a_paragraph_are_joined_so_that_words_can_be_marked_over_their_ends() -> None:
    words = SENTENCE.split(" ")
    lines = [" ".join(words[:9]), " ".join(words[9:16]), " ".join(words[16:])]
    widths = [440 / len(lines[0]), 440 / len(lines[1]), 6]
    signs = [sign for at, (line, width) in enumerate(zip(lines, widths, strict=True))
             for sign in drawn(line, 700 - 18 * at, right=540, width=width)]  # fmt: skip
    signs += drawn("وبعد ذلك", 700 - 18 * 3 - 30, right=540)
    assert draft(pdf([signs])).text == f"{SENTENCE}\nوبعد ذلك"


def test_a_short_line_ends_its_paragraph() -> None:
    lines = ["عنوان قصير", "أعلنت وزارة الدفاع السورية عن انشقاق عناصر من قوات سوريا"]
    signs = [sign for at, line in enumerate(lines) for sign in drawn(line, 700 - 18 * at, right=540)]
    assert draft(pdf([signs])).text.split("\n") == lines


def test_columns_are_read_one_after_the_other_from_the_right() -> None:
    right = ["في العمود الأول من الصفحة", "نص يطول حتى آخر السطر هنا", "ثم ينتهي العمود الأول معه"]
    left = ["وفي العمود الثاني نص آخر", "يأتي بعد النص الأول كله", "لأنه يقع عن يسار الأول"]
    signs = drawn("عنوان يمتد فوق العمودين معاً من أول الصفحة إلى آخرها دون انقطاع أبداً في الوسط", 740, right=540)
    for at, (one, two) in enumerate(zip(right, left, strict=True)):
        signs += [*drawn(one, 690 - 18 * at, right=540), *drawn(two, 690 - 18 * at, right=260)]
    text = draft(pdf([signs])).text.replace("\n", " ")
    assert (
        text.index("العمودين")
        < text.index("الأول من")
        < text.index("معه")
        < text.index("وفي العمود الثاني")
        < text.index("يسار")
    )


def test_headers_and_page_numbers_stay_in_the_text_and_are_marked_as_boilerplate() -> None:
    pages = [
        [*drawn("جريدة الأخبار", 800, right=540), *drawn(f"خبر {word} من أخبار اليوم في دمشق", 700, right=540),
         *drawn(f"صفحة {number} من 3", 40, right=540)]
        for number, word in enumerate(("أول", "ثان", "ثالث"), start=1)
    ]  # fmt: skip
    found = draft(pdf(pages))
    marked = [found.text[one.start : one.end] for one in found.boilerplate]
    assert marked == [text for number in (1, 2, 3) for text in ("جريدة الأخبار", f"صفحة {number} من 3")]
    assert "خبر ثان من أخبار اليوم في دمشق" in found.text


_CELLS = st.dictionaries(
    st.tuples(st.integers(0, 30), st.integers(0, 40)), st.sampled_from("ابتسمقو3A(") , max_size=80
)  # fmt: skip


@given(_CELLS)
def test_no_sign_is_lost_wherever_it_stands(cells: dict[tuple[int, int], str]) -> None:
    signs = [Sign(text, 20 + 18 * column, 20 + 19 * row) for (column, row), text in cells.items()]
    text = "".join(one.text for one in paragraphs_of(_glyphs(signs), partial(line_of, rtl=True), rtl=True))
    assert Counter(text.replace(")", "(").replace(" ", "")) == Counter(cells.values())


def _glyphs(signs: list[Sign]) -> list[Glyph]:
    return [Glyph(one.text or "", one.x, one.x + one.width, one.y, one.size) for one in signs]


def test_columns_within_columns_without_end_are_no_trouble() -> None:
    signs = [Sign("ا", 20 * column, 19 * row) for column in range(60) for row in range(30)]
    found = paragraphs_of(_glyphs(signs), partial(line_of, rtl=True), rtl=True)
    assert sum(one.text.count("ا") for one in found) == len(signs)


def test_a_turned_page_reads_the_same() -> None:
    assert draft(pdf([page(*NEWS)], turn=90)).text == "\n".join(NEWS)


def test_arabic_drawn_by_a_program_that_knows_none_is_turned_round_and_doubted() -> None:
    lines = [SENTENCE, "وقالت الوزارة إن الجيش وصل إلى المدينة من الشرق في اليوم الأول"]
    signs = [
        Sign(letter, 30 + 4 * at, 700 - 50 * row, size=8, width=4)
        for row, line in enumerate(lines)
        for at, letter in enumerate(line)
    ]
    found = draft(pdf([signs]))
    assert found.text.split("\n") == lines
    assert "stored backwards" in str(found.doubts[0])


def test_pages_whose_signs_lack_names_are_doubted_by_their_number() -> None:
    holes = [
        Sign(None if at % 40 == 7 else one.text, one.x, one.y, one.size, one.width)
        for at, one in enumerate(page(*NEWS))
    ]
    found = draft(pdf([page(SENTENCE[:60]), holes]))
    assert "\ufffd" in found.text
    assert [str(one).endswith(": 2") for one in found.doubts] == [True]
    assert found.doubts[0] in found.notes


def test_pages_whose_words_are_no_words_are_doubted() -> None:
    junk = " ".join(["طظقضص", "ةشسيب", "ىلغفق", "خهعغ"] * 6)
    found = draft(pdf([page(junk[:70], junk[70:140])]))
    assert "may be wrong" in str(found.doubts[0])


def test_signs_without_names_are_no_text() -> None:
    assert "does not say which letters" in str(read(pdf([[Sign(None, 50 + 6 * at, 700) for at in range(60)]])))


def test_a_scan_is_refused_with_what_it_needs() -> None:
    assert "text recognition (OCR)" in str(read(pdf([[], []], pictures=frozenset({0, 1}))))
    stamped = pdf([drawn("ص 1", 40), drawn("ص 2", 40)], pictures=frozenset({0, 1}))
    assert "text recognition (OCR)" in str(read(stamped))


def test_scanned_pages_among_others_are_named() -> None:
    found = draft(pdf([page(*NEWS), []], pictures=frozenset({1})))
    assert "pictures without text" in str(found.doubts[0])
    assert str(found.doubts[0]).endswith(": 2")


def test_a_locked_pdf_asks_for_one_without_a_password() -> None:
    assert "locked with a password" in str(read((DATA / "locked.pdf").read_bytes()))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(5000), pdf([page(*NEWS)])[:300]])
def test_a_damaged_pdf_is_called_so(data: bytes) -> None:
    assert "damaged or was cut off" in str(read(data))


def test_an_empty_pdf_holds_no_text() -> None:
    assert "holds no text" in str(read(pdf([[]])))


def test_what_a_pdf_says_of_itself_is_kept_as_what_it_is() -> None:
    info = "/Title<feff06270646063406420627 0642>/Author(Samia)/CreationDate(D:20260131150000+03'00')".replace(" ", "")
    found = draft(pdf([page(*NEWS)], info=info))
    assert (found.title, found.author, found.date, found.captured_at) == ("انشقاق", "Samia", "", "2026-01-31T12:00Z")
    assert any("2026-01-31T12:00Z" in str(note) for note in found.notes)
    assert found.reader_version.startswith("pypdfium2 ")
    assert draft(pdf([page(*NEWS)], info="/Title(Microsoft Word - a.doc)")).title == NEWS[0]


@pytest.mark.parametrize(
    ("written", "date"),
    [("D:20260131", "2026-01-31"), ("D:202601", "2026-01"), ("D:2026", "2026"), ("D:20260131120000Z", "2026-01-31T12:00Z"),
     ("D:20260131120000-05'30'", "2026-01-31T17:30Z"), ("D:20261399", ""), ("yesterday", ""), ("D:00010101000000+14'00'", ""),
     ("D:20260131120000+99'00'", "")],
)  # fmt: skip
def test_dates_of_pdfs(written: str, date: str) -> None:
    assert iso_date(written) == date


def test_a_pdf_is_known_by_its_bytes_whatever_its_name_says() -> None:
    found = draft(pdf([page(*NEWS)]), "خبر.txt")
    assert any("“.txt”" in str(note) and "PDF" in str(note) for note in found.notes)


def test_the_original_is_the_file_and_the_article_can_be_checked(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "خبر.pdf"
    file.write_bytes(pdf([page(*NEWS)]))
    report = project.import_files([file])
    (brought,) = [one.article for one in report.imported]
    assert project.original(brought) == file.read_bytes()
    assert project.article(brought).source.reader == "pdf"
    assert project.check().problems == ()


def test_two_at_a_time_do_not_meet_in_pdfium() -> None:
    data = pdf([page(*NEWS)])
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.extend(draft(data).text for _ in range(5))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["\n".join(NEWS)] * 20


def test_a_pdf_printed_by_a_common_toolkit_gives_the_article_back() -> None:
    """Qt puts its spaces anywhere, names ligatures by their joined forms and leaves the digit 6 without a name."""
    (seed,) = (Path(__file__).parents[2] / "seeds/articles").glob("*.txt")
    paragraphs = [line for line in seed.read_text(encoding="utf-8").split("\n") if line.strip()]
    found = draft((DATA / "printed-by-qt.pdf").read_bytes())
    *text, number = found.text.split("\n")
    assert text == [line.strip().replace("6", "\ufffd") for line in paragraphs]
    assert [found.text[one.start : one.end] for one in found.boilerplate] == [number] == ["1"]


@pytest.mark.skipif("HASHIYA_DATA" not in os.environ, reason="needs HASHIYA_DATA")
def test_real_pdfs() -> None:
    folder = Path(os.environ.get("HASHIYA_DATA", "")) / "documents"
    found = {
        file.name: next(iter(reader_for(on_disk(file)).read(on_disk(file), Options())))
        for file in folder.rglob("*.pdf")
    }
    fonts = found["ArabicCIDTrueType.pdf"]
    assert isinstance(fonts, Draft)
    assert fonts.text.replace("\n", " ") == " ".join(["انواع الخطوط العربية"] * 4)
    for name in ("habibi.pdf", "habibi-oneline-cmap.pdf", "habibi-rotated.pdf"):
        love = found[name]
        assert isinstance(love, Draft)
        assert "حَبيبي" in love.text  # its signs claim more text than they show, which no reader can take apart …
        assert love.doubts  # … and so it is doubted
