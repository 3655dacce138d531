"""Searches as people type them, read into a tree; what cannot be read is told with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import BadQuery
from annotator.search_query import Every, Marked, Near, Node, Some, Within, Words, label_names, parse

NAMES = label_names({
    "actor": {"ar": "جهة فاعلة", "en": "Actor"}, "place": {"ar": "مكان", "en": "Place"}, "claim": {"ar": "ادعاء", "en": "Claim"}
})  # fmt: skip
A, B, C = Words(("حلب",)), Words(("قصف",)), Words(("إدلب",))


def read(query: str) -> Node:
    return parse(query, NAMES)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("حلب", A),
        ("  حلب، ", A),
        ("حلب*", Words(("حلب",), begins=True)),
        ("=حلب", Words(("حلب",), exact=True)),
        ('="حلب قصف"', Words(("حلب", "قصف"), exact=True)),
        ('"الجيش السوري"', Words(("الجيش", "السوري"))),
        ("«الجيش السوري»", Words(("الجيش", "السوري"))),
        ("“الجيش السور*”", Words(("الجيش", "السور"), begins=True)),
        ("3.5", Words(("3", "5"))),
        ("12:30", Words(("12", "30"))),
        ("قال: حلب", Every((Words(("قال",)), A))),
        ("حلب قصف", Every((A, B))),
        ("حلب AND قصف", Every((A, B))),
        ("حلب & قصف", Every((A, B))),
        ("حلب ـوـ قصف", Every((A, B))),
        ("حلب OR قصف", Some((A, B))),
        ("حلب | قصف", Some((A, B))),
        ("حلب ـأوـ قصف", Some((A, B))),
        ("حلب NOT قصف", Every((A,), (B,))),
        ("حلب -قصف", Every((A,), (B,))),
        ("حلب !قصف", Every((A,), (B,))),
        ("حلب ـليسـ قصف", Every((A,), (B,))),
        ("-قصف حلب", Every((A,), (B,))),
        ("حلب قصف OR إدلب", Some((Every((A, B)), C))),
        ("حلب (قصف OR إدلب)", Every((A, Some((B, C))))),
        ("(حلب)(قصف)", Every((A, B))),
        ("حلب ~5 قصف", Near(A, B, 5)),
        ("حلب +٥ قصف", Near(A, B, 5)),
        ("حلب NEAR/0 قصف", Near(A, B, 0)),
        ("حلب ~5 قصف ~2 إدلب", Near(Near(A, B, 5), C, 2)),
        ("حلب ~5 (قصف OR إدلب)", Near(A, Some((B, C)), 5)),
        ("place:حلب", Within("place", A)),
        ("مكان:حلب", Within("place", A)),
        ("جهة_فاعلة:حلب", Within("actor", A)),
        ("PLACE:حلب", Within("place", A)),
        ("ٱدعاءِ:حلب", Within("claim", A)),
        ('place:"حلب قصف"', Within("place", Words(("حلب", "قصف")))),
        ("place:(حلب OR قصف)", Within("place", Some((A, B)))),
        ("place:حلب قصف", Every((Within("place", A), B))),
        ("-place:حلب قصف", Every((B,), (Within("place", A),))),
        ("in:claims حلب قصف", Within("claim", Every((A, B)))),
        ("حلب في:ادعاء", Within("claim", A)),
        ("in:claim place:حلب", Within("claim", Within("place", A))),
        ("في حلب", Every((Words(("في",)), A))),
        ("in:claims", Marked("claim")),
        ("place:*", Marked("place")),
        ("label:place", Marked("place")),
        ("وسم:مكان قصف", Every((Marked("place"), B))),
        ("place:* ~3 قصف", Near(Marked("place"), B, 3)),
        ("حلب ، ~ + قصف", Every((A, B))),
        ("و", Words(("و",))),
        ("حلب أو قصف", Every((A, Words(("أو",)), B))),
        ("or and not", Every((Words(("or",)), Words(("and",)), Words(("not",))))),
    ],
)
def test_a_search_is_read_as_it_is_meant(query: str, tree: Node) -> None:
    assert read(query) == tree


@pytest.mark.parametrize(
    ("query", "at", "says"),
    [
        ("", 1, "no words"),
        ("  ، ", 1, "no words"),
        ("(حلب", 1, "not closed"),
        ("حلب)", 4, "nothing was opened"),
        ("حلب ()", 5, "nothing in this parenthesis"),
        ('حلب "قصف', 5, "not closed"),
        ('"', 1, "not closed"),
        ("حلب OR", 5, "OR stands between"),
        ("OR حلب", 1, "OR stands between"),
        ("حلب AND", 5, "AND stands between"),
        ("& حلب", 1, "AND stands between"),
        ("NOT قصف", 1, "beside what must not"),
        ("حلب OR -قصف", 8, "beside what must not"),
        ("حلب NOT", 8, "NOT stands before"),
        ("حلب ~5", 5, "between two things"),
        ("~5 حلب", 1, "between two things"),
        ("حلب ~500 قصف", 5, "at most 100"),
        ("ح*", 2, "at least 2 letters"),
        ("حل*ب", 3, "only behind"),
        ("*", 1, "at least 2 letters"),
        ("plase:حلب", 1, "no label “plase”"),
        ("حلب in:nowhere", 8, "no label “nowhere”"),
        ("=)", 2, "behind the equals sign"),
        ("place:)", 7, "behind the name of a label"),
        ("ا" * 1001, 1001, "at most 1000"),
        ("(" * 30 + "حلب" + ")" * 30, 21, "too many"),
    ],
)
def test_a_mistake_is_told_with_its_place(query: str, at: int, says: str) -> None:
    with pytest.raises(BadQuery) as told:
        read(query)
    assert told.value.sentence.details["at"] == at
    assert says in str(told.value)


@given(st.text(st.sampled_from('حلبقص ()"“”«»|&~+-!=*:5٥ANDORTـأو\u200fplace in:نصر\n'), max_size=40))
def test_whatever_is_typed_is_read_or_refused_with_a_place_in_it(query: str) -> None:
    told = None
    try:
        read(query)
    except BadQuery as error:
        told = error
    assert told is None or 1 <= told.sentence.details["at"] <= len(query) + 1
