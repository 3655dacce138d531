"""The filter of the queue: what a line means, what is wrong with it, and what could come next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import BadFilter
from annotator.filter_completion import Known, complete
from annotator.filters import joined, parse, quoted, tokens
from annotator.labels import starter_labels
from annotator.language import catalogue
from annotator.queue_rows import GROUP_QUERIES, QueueRow, QueueRows, groups_of

LABELS = starter_labels()


def row(number: int, title: str, outlet: str = "", day: str = "", **more: object) -> QueueRow:
    return QueueRow(
        UUID(int=number).bytes, title, outlet, "", day, "2026-07-01T00:00:00.000Z", f"{number}.txt", None, **more
    )


ROWS = QueueRows(
    [
        row(1, "انشقاق عناصر من «قسد» على جبهة دير حافر", "وكالة سانا", "2026-01-16", counts={"actor": 9, "claim": 4},
            state="progress", assigned=("R1",), reviewers=("R1", "سارة")),
        row(2, "خروج المدنيين من منطقتي دير حافر ومسكنة", "عنب بلدي", "2026-01-15T10:00:00Z", counts={"claim": 1},
            contested=True, notes=("سارة",), assigned=("سارة",), reviewers=("R1", "سارة")),
        row(3, "وفدٌ أمريكيّ يصل إلى مدينة دير حافر", "وكالة سانا", "2026-01", state="done", flags=("R1",)),
        row(4, "Talks about NATO, again", "Reuters", "2025-12-31", original=UUID(int=3).bytes),
        row(5, "بلا مصدر ولا تاريخ", assigned=("R1", "سارة"), copies=2),
    ],
    "R1",
)  # fmt: skip


def found(query: str) -> list[int]:
    return [number + 1 for number in parse(query, labels=LABELS, today=date(2026, 1, 17)).numbers(ROWS)]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("دير حافر", [1, 2, 3]),
        ("وفد امريكي", [3]),
        ('"حافر دير"', []),
        ("«دير حافر» سانا", [1, 3]),
        ("nato", [4]),
        ("outlet:سانا state:todo", []),
        ("outlet:سانا,reuters", [1, 3, 4]),
        ('المصدر:"عنب بلدي"', [2]),
        ("state:todo", [2, 4, 5]),
        ("الحالة:للعمل", [2, 4, 5]),
        ('حالة:"قيد العمل"', [1]),
        ("is:done", [3]),
        ("label:claim", [1, 2]),
        ("label:claim>1", [1]),
        ('التسمية:"جهة فاعلة>=٩"', [1]),
        ("label:claim<1", [3, 4, 5]),
        ("has:claim", [1, 2]),
        ("has:contested", [2]),
        ("فيه:خلاف", [2]),
        ("has:note", [2]),
        ("has:flag", [3]),
        ("has:copies", [5]),
        ("is:copy", [4]),
        ("هو:نسخة", [4]),
        ("assigned:me", [1, 5]),
        ("المكلف:أنا", [1, 5]),
        ("assigned:none", [3, 4]),
        ("assigned:ساره", [2, 5]),
        ("reviewer:سارة", [1, 2]),
        ("after:2026-01-16", [1, 3]),
        ("بعد:٢٠٢٦-٠١-١٦", [1, 3]),
        ("before:2026", [4]),
        ("on:2026-01-15", [2, 3]),
        ("on:2026-01", [1, 2, 3]),
        ('on:"15 كانون الثاني 2026"', [2, 3]),
        ("on:أمس", [1, 3]),
        ("after:2026-01-15/2026-01-15 before:2026-01-16", [2, 3]),
        ("file:2.txt", [2]),
        ("title:سانا", []),
        ("-دير", [4, 5]),
        ("NOT دير", [4, 5]),
        ("ليس دير", [4, 5]),
        ("-has:date", [5]),
        ("--نسخ", []),
        ("مسكنة OR nato", [2, 4]),
        ("دير مسكنة أو قسد", [1, 2]),
        ("state:todo -outlet:reuters OR has:contested", [2, 5]),
        ("10:30", []),
        ("قال:", []),
    ],
)  # fmt: skip
def test_what_a_line_wants(query: str, wanted: list[int]) -> None:
    assert found(query) == wanted


@pytest.mark.parametrize(
    ("query", "words", "place"),
    [
        ("state:maybe", "“maybe” is not known here", (6, 11)),
        ("دير colour:red", "“colour:” is not known", (4, 10)),
        ("label:tank", "There is no label “tank”", (6, 10)),
        ("on:2026-02-30", "2026-02 has 28 days", (3, 13)),
        ("outlet:", "Say what comes after “outlet:”", (0, 7)),
        ("دير OR", "After this word comes a term", (4, 6)),
        ("OR دير", "OR stands between two terms", (0, 2)),
        ("NOT", "After this word comes a term", (0, 3)),
        ("has:wings,note", "“wings” is not known here", (4, 9)),
    ],
)
def test_a_mistake_is_said_in_a_sentence_with_its_place(query: str, words: str, place: tuple[int, int]) -> None:
    with pytest.raises(BadFilter) as caught:
        parse(query, labels=LABELS)
    assert words in str(caught.value.sentence)
    assert (caught.value.start, caught.value.end) == place
    assert words not in caught.value.sentence.translated(catalogue("ar").gettext)


def test_an_operator_in_quotes_is_a_word() -> None:
    assert found('"OR"') == []
    assert found('"أو"') == []


def test_the_count_of_a_group_is_what_its_query_finds() -> None:
    for group, query in GROUP_QUERIES.items():
        assert ROWS.counted[group] == len(found(query)) == sum(group in groups_of(one, "R1") for one in ROWS.rows)


def test_joined_filters_want_what_all_of_them_want() -> None:
    both = joined("state:todo OR state:progress", "", "outlet:سانا OR outlet:reuters")
    assert found(both) == [1, 4]


TERMS = st.one_of(
    st.sampled_from(
        [
            "state:todo", "الحالة:منجز", "outlet:سانا", 'outlet:"عنب بلدي",reuters', "label:claim", "label:actor>5",
            "has:contested", "has:note",
            "has:flag", "has:copies", "has:date", "is:copy", "assigned:me", "assigned:none", "reviewer:سارة",
            "after:2026-01-16", "before:2026", "on:2026-01", "file:txt", "title:دير", "author:x", "دير", '"دير حافر"',
        ]
    ),
    st.text(
        st.characters(exclude_characters=':"«“„', exclude_categories=["Zs", "Zl", "Zp", "Cc", "Cs"]), min_size=1, max_size=6
    )
    .filter(lambda word: word not in ("OR", "NOT", "أو", "او", "ليس", "|") and word.strip() == word and set(word) != {"-"}),
)  # fmt: skip


@given(TERMS)
def test_a_term_turned_round_is_the_complement(term: str) -> None:
    assert sorted(found(term) + found(f"-{term}")) == [1, 2, 3, 4, 5]
    assert found(f"NOT {term}") == found(f"-{term}")


@given(TERMS, TERMS)
def test_terms_meet_as_sets_do(one: str, other: str) -> None:
    assert set(found(f"{one} {other}")) == set(found(one)) & set(found(other))
    assert set(found(f"{one} OR {other}")) == set(found(one)) | set(found(other))


PIECES = st.sampled_from(
    [*'-:,،"«»“” >=<|', "OR", "NOT", "أو", "state:", "label:", "on:", "الحالة:", "2026", "٥", "ـ", "\u200f"]
)


def outcome(line: str) -> Sequence[int] | BadFilter:
    try:
        return parse(line, labels=LABELS).numbers(ROWS)
    except BadFilter as error:
        return error


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=12).map("".join))
def test_no_line_breaks_the_parser_or_the_completion(line: str) -> None:
    result = outcome(line)
    if isinstance(result, BadFilter):
        assert 0 <= result.start <= result.end <= len(line)
        assert str(result.sentence)
    else:
        assert set(result) <= set(range(5))
    rest = line
    for one in reversed(tokens(line)):
        rest = rest[: one.start] + rest[one.end :]
    assert not rest.strip()
    for cursor in range(len(line) + 1):
        made = complete(line, cursor, Known(LABELS, ("R1",), ("وكالة سانا",)), arabic=True)
        assert 0 <= made.start <= made.end == cursor


@given(st.text(min_size=1).filter(lambda text: text.strip() and '"' not in text))
def test_a_quoted_value_is_one_value(value: str) -> None:
    [token] = tokens(f"outlet:{quoted(value)}")
    assert [one.text for one in token.values] == [value]


def test_evaluation_stops_when_nobody_wants_the_answer() -> None:
    assert list(parse("دير").numbers(ROWS, unwanted=lambda: True)) == []


KNOWN = Known(LABELS, ("R1", "سارة"), ("وكالة سانا", "عنب بلدي"))


@pytest.mark.parametrize(
    ("line", "arabic", "texts"),
    [
        ("s", False, ("state:",)),
        ("دير حافر الحا", False, ("الحالة:",)),
        ("الم", False, ("المصدر:", "المكلف:", "المراجع:", "الملف:")),
        ("ال", True, ()),
        ("state:", True, ("todo", "progress", "done")),
        ("الحالة:", False, ("للعمل", '"قيد العمل"', "منجز")),
        ("outlet:سا", False, ('"وكالة سانا"',)),
        ("assigned:", False, ("me", "none", "any", "R1", "سارة")),
        ("label:", False, ("Actor", "Place", "Claim")),
        ("الوسم:", False, ('"جهة فاعلة"', "مكان", "ادّعاء")),
        ("has:note,con", False, ("contested",)),
        ('"st', False, ()),
        ("state:todo ", False, ()),
    ],
)
def test_what_is_offered_is_in_the_script_one_types(line: str, arabic: bool, texts: tuple[str, ...]) -> None:
    made = complete(line, len(line), KNOWN, arabic=arabic)
    assert made.texts == texts


def test_everything_offered_is_understood() -> None:
    keys = (
        "state:",
        "has:",
        "is:",
        "assigned:",
        "reviewer:",
        "label:",
        "outlet:",
        "الحالة:",
        "فيه:",
        "هو:",
        "المكلف:",
        "الوسم:",
    )
    for key in keys:
        texts = complete(key, len(key), KNOWN, arabic=True).texts
        assert texts
        for text in texts:
            parse(key + text, labels=LABELS)
