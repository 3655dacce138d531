"""Other people's gazetteers come in as far as they are good, and every line that was not is named with a reason."""

from __future__ import annotations

import contextlib
import csv
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.assist.columns import ColumnMapping, guess_mapping
from annotator.assist.gazetteer import Gazetteer, load
from annotator.assist.gazetteer_files import GazetteerFile, preview, read_gazetteer
from annotator.assist.names import name_in
from annotator.assist.place import Place, merged
from annotator.assist.swapped import exchanged, region_of
from annotator.errors import NoNameColumn, NotAGazetteer, ProjectError
from annotator.file_errors import BinaryFile, EmptyFile, UnknownEncoding, UnreadableFile

DATA = Path(__file__).parents[1] / "data/places"
ROWS = [
    ("تل الورد", "36.10", "37.20"), ("عين الغزال", "36.15", "37.25"), ("كفر زهر", "36.12", "37.18"),
    ("تل الشمس", "36.13", "37.22"), ("باب الريح", "36.14", "37.23"), ("حقل القطن", "36.06", "37.17"),
]  # fmt: skip


def read(path: Path) -> GazetteerFile:
    return read_gazetteer(path, preview(path).mapping, source="test")


def write(path: Path, rows: list[tuple[str, ...]], *, header: str = "name_ar,lat,lon", encoding: str = "utf-8") -> Path:
    path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding=encoding)
    return path


def said(file: GazetteerFile, line: int) -> list[tuple[str, str]]:
    return [(remark.outcome, str(remark.reason)) for remark in file.remarks if remark.line == line]


def by_id(file: GazetteerFile, id: str) -> Place:
    return next(place for place in file.places if place.id == id)


@pytest.fixture(scope="module")
def trouble() -> GazetteerFile:
    return read(DATA / "trouble.tsv")


def test_a_troubled_table_comes_in_as_far_as_it_is_good(trouble: GazetteerFile) -> None:
    assert (trouble.rows, len(trouble.places), trouble.refused) == (20, 16, 4)
    assert not [line for line in (2, 3, 4, 6, 17, 18) if said(trouble, line)]
    assert trouble.counts()["refused", "the row has no name that can be read."] == 2


def test_a_good_row_with_arabic_digits_and_a_decimal_comma(trouble: GazetteerFile) -> None:
    assert by_id(trouble, "A3").point == (36.05, 37.10)
    assert by_id(trouble, "A2").population == 800
    assert [name.text for name in by_id(trouble, "A1").names] == ["تل الورد", "Tall al Ward", "Tell Ward", "تل ورد"]
    assert by_id(trouble, "A15").names[0].text == "باب الريح"


@pytest.mark.parametrize(
    ("line", "outcome", "words"),
    [
        (5, "mended", "“Abu Nakhla” stands among the Arabic names"),
        (7, "noted", "seem exchanged: 37.3, 36.06"),
        (8, "mended", "no latitude 136.1"),
        (9, "noted", "no coordinates"),
        (10, "mended", "the id A8 belongs to line 9"),
        (11, "refused", "the same place stands in line 2"),
        (12, "mended", "“n/a” is no number of degrees"),
        (12, "mended", "“كثير” is no number of people"),
        (13, "mended", "0, 0 is no place"),
        (13, "noted", "“spring” is no known kind"),
        (14, "refused", "no name"),
        (15, "refused", "6 cells, but there are 9 columns"),
        (16, "mended", "the quotation marks do not fit"),
        (20, "mended", "one coordinate is missing"),
        (21, "mended", "“الاسم” holds bytes that are no utf-8"),
        (22, "refused", "no name"),
    ],
)
def test_each_trap_is_named_by_line(trouble: GazetteerFile, line: int, outcome: str, words: str) -> None:
    assert any(how == outcome and words in sentence for how, sentence in said(trouble, line))


def test_what_only_looks_exchanged_stays_and_loses_its_precision(trouble: GazetteerFile) -> None:
    suspect = by_id(trouble, "A6")
    assert (suspect.point, suspect.precision) == ((37.3, 36.06), "unknown")


def test_what_has_no_coordinates_has_no_precision(trouble: GazetteerFile) -> None:
    for id in ("A7", "A8", "A9", "A10", "A16"):
        assert (by_id(trouble, id).point, by_id(trouble, id).precision) == (None, "unknown")


def test_latin_letters_and_broken_bytes_never_become_an_arabic_name(trouble: GazetteerFile) -> None:
    assert [name.language for name in by_id(trouble, "A4").names] == ["en"]
    assert [name.text for name in by_id(trouble, "A17").names] == ["Haql al Qutn"]
    assert by_id(trouble, "A13").names[0].text == "الرصيف"


def test_an_id_is_given_once(trouble: GazetteerFile) -> None:
    ids = [place.id for place in trouble.places if place.id]
    assert len(ids) == len(set(ids))
    assert "بيت الرمان" in [place.names[0].text for place in trouble.places if not place.id]


def test_impossible_coordinates_are_put_right_only_where_the_others_are(tmp_path: Path) -> None:
    far_east = [(f"قرية {at}", f"{35 + at / 50}", f"{105 + at / 50}") for at in range(8)]
    file = read(write(tmp_path / "east.csv", [*far_east, ("بلدة", "105.05", "35.05"), ("مدينة", "170", "20")]))
    assert file.places[8].point == (35.05, 105.05)
    assert "are put right" in said(file, 10)[0][1]
    assert file.places[9].point is None


def test_a_swapped_place_is_seen_by_the_others_of_its_district(tmp_path: Path) -> None:
    near = [(name, lat, lon, "الشرق") for name, lat, lon in ROWS]
    west = [(f"قرية {at}", str(32.5 + at / 20), str(36.1), "الجنوب") for at in range(40)]
    swapped = ("المخلوطة", "37.19", "36.11", "الشرق")
    file = read(write(tmp_path / "a.csv", [*near, *west, swapped], header="name_ar,lat,lon,district"))
    assert [remark.line for remark in file.remarks] == [48]
    assert "seem exchanged" in str(file.remarks[0].reason)


def test_a_file_with_all_coordinates_exchanged_is_told_by_places_that_we_know(tmp_path: Path) -> None:
    known = [one for one in load().places if one.country == "SY" and one.point and one.kind != "governorate"][:40]
    straight = [(one.names[0].text, str(one.lat), str(one.lon)) for one in known]
    path = write(tmp_path / "known.csv", straight)
    assert not read(path).remarks
    path = write(tmp_path / "exchanged.csv", [(name, lon, lat) for name, lat, lon in straight])
    remarks = read(path).remarks
    assert (remarks[0].line, remarks[0].outcome) == (0, "noted")
    assert "exchanged in the whole file" in str(remarks[0].reason)


def test_places_of_too_few_rows_are_not_judged() -> None:
    assert region_of([(36.1, 37.2)] * 4) is None
    region = region_of([(36.1, 37.2)] * 5)
    assert region
    assert region.is_swapped((37.2, 36.1))
    assert not region.is_swapped((36.1, 37.2))
    assert not region.is_swapped((0.0, 0.0))


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_place_among_the_others_is_never_called_swapped(lat: float, lon: float) -> None:
    region = region_of([(lat, lon)] * 5)
    assert region
    assert not region.is_swapped((lat, lon))
    assert exchanged(exchanged((lat, lon))) == (lat, lon)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso-8859-6"])
def test_tables_in_the_encodings_of_arabic(tmp_path: Path, encoding: str) -> None:
    file = read(write(tmp_path / "table.csv", ROWS * 3, encoding=encoding))
    assert {place.names[0].text for place in file.places} == {name for name, _, _ in ROWS}


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_with_any_delimiter_and_line_end(tmp_path: Path, ends: str, delimiter: str) -> None:
    lines = ["name_ar,lat,lon", *(",".join(row) for row in ROWS)]
    path = tmp_path / "table.csv"
    path.write_bytes(ends.join(line.replace(",", delimiter) for line in lines).encode())
    assert [place.point for place in read(path).places] == [(float(lat), float(lon)) for _, lat, lon in ROWS]


def test_p_codes_name_their_levels() -> None:
    seen = preview(DATA / "pcodes.csv")
    assert seen.mapping == ColumnMapping(
        name_ar="admin4Name_ar", name_en="admin4Name_en", id="admin4Pcode", lat="LATITUDE_Y", lon="LONGITUDE_X",
        country="admin0Pcode", district="admin1Name_ar", parent="admin3Name_ar",
    )  # fmt: skip
    place = read(DATA / "pcodes.csv").places[1]
    assert (place.id, place.country, name_in(place.parent, "ar")) == ("SY0002", "SY", "ناحية السهل")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["الرمز", "الاسم", "المحافظة", "خط العرض", "خط الطول"], ("الاسم", "خط العرض", "خط الطول", "المحافظة")),
        (["ADM1_AR", "ADM3_EN", "ADM3_AR", "ADM3_PCODE", "y", "x"], ("ADM3_AR", "y", "x", "")),
        (
            ["Arabic Name", "Latitude", "Longitude", "Governorate"],
            ("Arabic Name", "Latitude", "Longitude", "Governorate"),
        ),
        (["nothing", "of", "this"], ("", "", "", "")),
    ],
)
def test_columns_are_known_by_their_names(header: list[str], expected: tuple[str, ...]) -> None:
    found = guess_mapping(header, [])
    assert (found.name_ar, found.lat, found.lon) == expected[:3]
    assert expected[3] in (found.district, found.parent)


def test_a_table_of_geonames_without_heading_is_known_by_its_columns(tmp_path: Path) -> None:
    cells = [
        "7",
        "Tall al Ward",
        "Tall al Ward",
        "Tell Ward,تل الورد",
        "36.1",
        "37.2",
        "P",
        "PPL",
        "SY",
        *[""] * 5,
        "1200",
        "",
        "410",
    ]
    path = tmp_path / "SY.txt"
    path.write_text("\t".join([*cells, "Asia/Damascus", "2020-01-01"]) + "\n", encoding="utf-8")
    (place,) = read(path).places
    assert (place.id, place.country, place.point, place.population) == ("7", "SY", (36.1, 37.2), 1200)
    assert "تل الورد" in [name.text for name in place.names]


def test_columns_without_names_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("\n".join(f"{at},{','.join(row)}" for at, row in enumerate(ROWS)), encoding="utf-8")
    seen = preview(path)
    assert (seen.mapping.name_ar, seen.mapping.lat, seen.mapping.lon) == ("2", "3", "4")
    assert len(read(path).places) == len(ROWS)


def test_a_parent_may_be_the_id_of_another_row(tmp_path: Path) -> None:
    rows = [
        ("1", "محافظة الوادي", "", "36", "37"),
        ("2", "تل الورد", "1", "36.1", "37.2"),
        ("3", "عين", "99", "36", "37"),
    ]
    file = read(write(tmp_path / "a.csv", rows, header="id,name_ar,parent_id,lat,lon"))
    assert [name_in(place.parent, "ar") for place in file.places] == ["", "محافظة الوادي", ""]


def test_a_preview_reads_only_the_first_rows(tmp_path: Path) -> None:
    seen = preview(write(tmp_path / "a.csv", ROWS), rows=2)
    assert seen.header == ("name_ar", "lat", "lon")
    assert [row["name_ar"] for row in seen.rows] == ["تل الورد", "عين الغزال"]


def test_geojson_writes_longitude_first_and_areas_say_so() -> None:
    file = read(DATA / "areas.geojson")
    assert (file.rows, len(file.places), file.refused) == (6, 5, 1)
    assert by_id(file, "w1").point == (36.1, 37.2)
    assert [name.text for name in by_id(file, "w1").names] == ["تل الورد", "Tall al Ward", "تل ورد", "Tell Ward"]
    assert by_id(file, "w2").point == pytest.approx((36.1, 37.2))
    assert by_id(file, "w2").precision == "area"
    assert said(file, 2) == [("noted", "an area; the point is its centre.")]
    assert by_id(file, "w3").point is None
    assert "no point can be taken" in said(file, 4)[0][1]
    assert said(file, 5) == [("refused", "this is no feature of GeoJSON.")]
    assert by_id(file, "w5").point == pytest.approx((35.3, 38.3))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"\n \n", EmptyFile),
        (b"PK\x03\x04\x00\x00\x00\x08\x00\xff\xfe\x12", BinaryFile),
        (b'{"type": "FeatureCollection", "features": [', NotAGazetteer),
        (b'{"type": "Topology"}', NotAGazetteer),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, content: bytes, error: type[ProjectError]) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(error):
        preview(path)


def test_a_file_that_is_not_there_and_a_mapping_without_names(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        preview(tmp_path / "none.csv")
    with pytest.raises(UnknownEncoding):
        preview(DATA / "pcodes.csv", encoding="klingon")
    with pytest.raises(NoNameColumn):
        read_gazetteer(DATA / "pcodes.csv", ColumnMapping(lat="LATITUDE_Y"), source="test")


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=8))
def test_of_a_written_table_every_row_is_taken_or_refused(rows: list[tuple[str, ...]]) -> None:
    mapping = ColumnMapping(name_ar="name", lat="lat", lon="lon", id="id")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("name", "lat", "lon", "id"), *rows])
        found = read_gazetteer(path, mapping, source="test", encoding="utf-8")
    assert len(found.places) + found.refused == found.rows


@given(st.binary(min_size=1, max_size=200))
@settings(max_examples=200)
def test_whatever_bytes_follow_the_good_rows_stay(tail: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "table.csv", ROWS)
        path.write_bytes(path.read_bytes() + tail)
        mapping = ColumnMapping(name_ar="name_ar", lat="lat", lon="lon")
        found = read_gazetteer(path, mapping, source="test", encoding="utf-8")
    assert [place.names[0].text for place in found.places[: len(ROWS)]] == [name for name, _, _ in ROWS]
    assert len(found.places) + found.refused == found.rows


ALPHABETS = ["{}[]:,\"'\n a1.\ttype", "\0\xff\xfe\xc3\xd8\n,ab"]


@given(
    st.one_of(st.binary(max_size=80), *(st.text(one).map(lambda text: text.encode("latin-1")) for one in ALPHABETS)),
    st.sampled_from(["csv", "geojson"]),
)
@settings(max_examples=300)
def test_any_bytes_are_a_table_or_refused_with_a_sentence(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{suffix}"
        path.write_bytes(content)
        with contextlib.suppress(ProjectError):
            header = preview(path).header
            found = read_gazetteer(path, ColumnMapping(name_ar=header[0] if header else "x"), source="test")
            assert len(found.places) + found.refused == found.rows


def test_a_deep_or_impossible_geometry_is_only_a_remark(tmp_path: Path) -> None:
    path = tmp_path / "deep.geojson"
    deep, far = "[" * 900 + "]" * 900, '{"type": "Point", "coordinates": [1e300, 36]}'
    feature = f'{{"properties": {{"name": "تل", "tags": {deep}}}, "geometry": {far}}}'
    path.write_text(f'{{"features": [{feature}]}}', encoding="utf-8")
    file = read(path)
    assert file.places[0].point is None
    assert len(file.remarks) >= 1


@pytest.mark.skipif(not os.environ.get("HASHIYA_DATA"), reason="HASHIYA_DATA names no folder")
def test_ten_thousand_places_of_whos_on_first() -> None:
    file = read(Path(os.environ["HASHIYA_DATA"]) / "places/wof_sy.tsv")
    assert (file.rows, len(file.places)) == (10_682, 10_682)
    latin = [count for (_, reason), count in file.counts().items() if "without an Arabic letter" in reason]
    assert latin == [1580]
    together = Gazetteer(merged([*load().places, *file.places]))
    assert [place.source for place in together.named("دير حافر")] == ["geonames", "test"]
    villages = Gazetteer(file.places).find("حميمة", near=[(36.157, 37.708)])
    assert any(one.km is not None and one.km < 6 for one in villages)
