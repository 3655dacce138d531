"""Finding places by name: all namesakes, nearest first, in any spelling; and the places that ship."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.assist.gazetteer import Exactness, FoundPlace, Gazetteer, load, search_key
from annotator.assist.names import TaggedName, name_in
from annotator.assist.place import PLACE_KINDS, Place, kilometres, merged
from annotator.text.canonical import language_of

DEIR_HAFER, MASKANAH, DAMASCUS = (36.157, 37.708), (35.966, 38.042), (33.51, 36.29)


def place(id: str, *names: str, lat: float | None = None, lon: float | None = None, population: int = 0) -> Place:
    return Place("test", id, tuple(TaggedName(name, "ar") for name in names), lat=lat, lon=lon, population=population)


def ids(found: list[FoundPlace]) -> list[str]:
    return [one.place.id for one in found]


@pytest.fixture(scope="module")
def villages() -> Gazetteer:
    """Four villages of one name, one of them nobody knows where, and what else begins like it."""
    return Gazetteer(
        [
            place("south", "الروضة", lat=33.5, lon=36.5, population=900),
            place("east", "الروضة", lat=36.1, lon=37.9),
            place("west", "الرّوضه", lat=35.0, lon=36.0, population=50),
            place("nowhere", "الروضة"),
            place("city", "الرقة", "رقة", lat=35.95, lon=39.01, population=500_000),
            place("hill", "تل الروضة", lat=36.0, lon=37.8),
            place("camp", "مخيم روضة الشام", lat=34.0, lon=36.3),
        ]
    )


def test_places_of_one_name_come_together_the_nearest_first_and_the_unknown_last(villages: Gazetteer) -> None:
    found = villages.find("الروضة", near=[DEIR_HAFER])
    assert ids(found)[:4] == ["east", "west", "south", "nowhere"]
    assert [one.namesakes for one in found[:4]] == [3, 3, 3, 3]
    assert found[0].km == pytest.approx(18.4, abs=0.5)
    assert found[3].km is None


def test_without_a_point_the_bigger_place_comes_first_and_no_distance_is_told(villages: Gazetteer) -> None:
    found = villages.find("الروضة")
    assert ids(found)[:2] == ["south", "west"]
    assert all(one.km is None for one in found)


def test_a_limit_never_hides_a_namesake(villages: Gazetteer) -> None:
    assert ids(villages.find("الروضة", limit=1)) == ["south", "west", "east", "nowhere"]
    assert ids(villages.find("الرو", limit=1)) == ["south", "west", "east", "nowhere"]


def test_the_nearest_of_several_points_counts(villages: Gazetteer) -> None:
    found = villages.find("الروضة", near=[DAMASCUS, DEIR_HAFER])
    assert ids(found)[:2] == ["east", "south"]


@pytest.mark.parametrize(
    ("query", "wanted", "exactness"),
    [
        ("الروضه", "south", Exactness.EXACT),
        ("روضة", "south", Exactness.PLAIN),
        ("بالروضة", "south", Exactness.PLAIN),
        ("للروضة", "south", Exactness.PLAIN),
        ("وللرقة", "city", Exactness.PLAIN),
        ("مدينة الرقة", "city", Exactness.PLAIN),
        ("بمدينة الرقة", "city", Exactness.PLAIN),
        ("الرق", "city", Exactness.BEGINS),
        ("الشا", "camp", Exactness.WORD),
        ("والرق", "city", Exactness.PLAIN_BEGINS),
        ("شام مخيم", None, None),
        ("الشام مخيم", "camp", Exactness.PARTS),
    ],
)
def test_ways_to_ask(villages: Gazetteer, query: str, wanted: str | None, exactness: Exactness | None) -> None:
    found = villages.find(query)
    first = (found[0].place.id, found[0].exactness) if found else (None, None)
    assert first == (wanted, exactness)


@pytest.mark.parametrize("query", ["", "  ", "\u0640", "،", "()"])
def test_nothing_asked_nothing_found(villages: Gazetteer, query: str) -> None:
    assert villages.find(query) == []


@given(st.text(max_size=30))
def test_whatever_is_asked_the_answers_are_in_order_and_none_comes_twice(query: str) -> None:
    found = load().find(query, near=[DEIR_HAFER])
    ranks = [(one.exactness, math.inf if one.km is None else one.km) for one in found]
    assert ranks == sorted(ranks)
    assert len({id(one.place) for one in found}) == len(found)


@given(st.integers(0, 2500), st.sampled_from(["", "و", "ب", "ل"]))
def test_every_place_is_found_by_each_of_its_names(number: int, proclitic: str) -> None:
    one = load().places[number]
    for name in one.names:
        if search_key(name.text) and (not proclitic or language_of(name.text) == "ar"):
            found = load().find(_behind(proclitic, name.text), near=[one.point] if one.point else ())
            assert one in [hit.place for hit in found]


@pytest.mark.parametrize("name", ["لد", "لبنان", "البستان", "الله آباد"])
def test_whose_lam_it_is_stays_open(name: str) -> None:
    written = f"لل{name[1:]}" if not name.startswith("ال") else f"لل{name[2:]}"
    assert ids(Gazetteer([place("it", name)]).find(written)) == ["it"]


def _behind(proclitic: str, name: str) -> str:
    return f"لل{name[2:]}" if proclitic == "ل" and name.startswith("ال") else proclitic + name


def test_the_starter_knows_the_places_of_the_first_article_and_their_district() -> None:
    found = load().find("دير حافر", near=[MASKANAH])[0]
    assert found.place.source == "geonames"
    assert name_in(found.place.names, "en") == "Dayr Ḩāfir"
    assert name_in(found.place.district, "ar") == "حلب"
    assert found.place.country == "SY"
    assert found.km == pytest.approx(37, abs=1)
    assert load().find("مسكنة")[0].exactness is Exactness.EXACT


def test_a_city_and_its_governorate_are_both_offered() -> None:
    found = load().find("حلب")
    assert {(one.place.kind, one.exactness) for one in found[:2]} == {
        ("city", Exactness.EXACT), ("governorate", Exactness.EXACT)
    }  # fmt: skip
    assert load().find("محافظة حلب")[0].place.kind == "governorate"


def test_the_starter_table_is_sound() -> None:
    places = load().places
    assert len(places) > 2000
    assert len({(one.source, one.id) for one in places}) == len(places)
    for one in places:
        assert one.names
        assert all(name.text == name.text.strip() != "" for name in one.names)
        assert one.kind in (*PLACE_KINDS, "")
        assert (one.point is None) == (one.precision == "unknown")
        assert one.point is None or (29 < one.point[0] < 42.2 and 25 < one.point[1] < 49)
    arabic = [name.text for one in places for name in one.names if name.language == "ar"]
    assert not [name for name in arabic if any(letter in name for letter in "پچگکیەێۆڤہے،|")]
    syrian = [one for one in places if one.country == "SY" and one.source == "geonames" and one.kind != "country"]
    assert all(one.district for one in syrian)
    assert sum(one.names[0].language == "ar" for one in syrian) >= len(syrian) - 3


def test_distances_are_those_of_the_sphere() -> None:
    quarter = math.pi / 2 * 6371.0088
    assert kilometres((0, 0), (0, 90)) == pytest.approx(quarter)
    assert kilometres((90, 0), (-90, 0)) == pytest.approx(2 * quarter)
    assert kilometres(DEIR_HAFER, DEIR_HAFER) == 0
    assert kilometres((10, 179.9), (10, -179.9)) == pytest.approx(21.9, abs=0.1)


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=3))
def test_the_order_by_nearness_is_that_of_the_distances(points: list[tuple[float, float]]) -> None:
    grid = Gazetteer(
        place(f"{lat} {lon}", "قرية", lat=lat, lon=lon) for lat in range(-90, 91, 30) for lon in range(-180, 180, 60)
    )
    found = grid.find("قرية", near=points, limit=3)
    assert len(found) == len(grid)
    assert all(one.km is not None and other.km is not None and one.km <= other.km for one, other in pairwise(found))


@pytest.fixture
def many() -> Gazetteer:
    return Gazetteer(place(str(at), f"تل {at:04}", lat=30 + at / 1000, lon=36.0, population=at) for at in range(3000))


def test_among_very_many_the_nearest_are_found(many: Gazetteer) -> None:
    assert ids(many.find("تل", near=[(31.0, 36.0)], limit=3)) == ["1000", "1001", "999"]
    assert ids(many.find("تل", limit=3)) == ["2999", "2998", "2997"]


def test_a_place_that_two_gazetteers_know_is_shown_once_unless_they_disagree_where_it_is() -> None:
    ours = next(one for one in load().places if one.geonames == "167080")
    theirs = Place("other", "9", (TaggedName("مسكنه", "ar"),), "town", geonames="167080", lat=35.97, lon=38.05)
    far = Place("other", "10", (TaggedName("مسكنة", "ar"),), geonames="167080", lat=33.0, lon=36.0)
    unknown = Place("other", "11", (TaggedName("مسكنة", "ar"),))
    found = merged([ours, theirs, far, unknown])
    assert [one.id for one in found] == [ours.id, "10", "11"]
    assert found[0].point == ours.point
    assert (found[0].kind, found[0].names[-1].text) == ("town", "مسكنه")
    assert ours.external == {"geonames": "167080"}
    assert theirs.external == {"other": "9", "geonames": "167080"}
