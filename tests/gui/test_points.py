"""Coordinates as people type and paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.register.points import degrees_text, pasted_pair, point_of


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_a_field_shows_is_read_back_as_the_same(latitude: float, longitude: float) -> None:
    latitude, longitude = round(latitude, 6), round(longitude, 6)
    if all("e" not in degrees_text(one) for one in (latitude, longitude)):
        point = point_of(degrees_text(latitude), degrees_text(longitude))
        assert (point.latitude, point.longitude, point.problem) == (latitude, longitude, "")


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_gives_a_point_on_the_map_or_a_sentence(latitude: str, longitude: str) -> None:
    point = point_of(latitude, longitude)
    if point.latitude is None or point.longitude is None:
        assert point.latitude is None
        assert point.longitude is None
        assert bool(point.problem) == bool(latitude.strip() or longitude.strip())
    else:
        assert -90 <= point.latitude <= 90
        assert -180 <= point.longitude <= 180


@pytest.mark.parametrize("latitude", ["36.157", " 36.157 ", "٣٦٫١٥٧", "36,157", "36.157°", "٣٦.١٥٧"])
def test_arabic_digits_and_decimal_commas_are_understood(latitude: str) -> None:
    assert point_of(latitude, "37.7").latitude == 36.157


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        ("136", "37", "exchanged"), ("200", "37", "Latitude"), ("36", "190", "Longitude"),
        ("36", "", "belong together"), ("", "37", "belong together"), ("north", "37", "number"),
    ],
)  # fmt: skip
def test_what_is_no_point_says_why(latitude: str, longitude: str, said: str) -> None:
    point = point_of(latitude, longitude)
    assert said in point.problem
    assert point.latitude is None


def test_a_pair_from_a_map_is_parted() -> None:
    assert pasted_pair("36.157, 37.708") == ("36.157", "37.708")
    assert pasted_pair("36.157 37.708") == ("36.157", "37.708")
    assert pasted_pair("-12.5;130.8") == ("-12.5", "130.8")
    assert pasted_pair("36,157") is None
    assert pasted_pair("36.157") is None
    assert pasted_pair("دير حافر") is None
