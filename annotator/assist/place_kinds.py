"""Which kind of place a word or code of another gazetteer stands for: GeoNames, Who's On First, OCHA, OpenStreetMap, Arabic."""

from __future__ import annotations

import re

from annotator.text.fold import fold

# By kind, folded. The empty kind: a populated place of unknown size.
_WORDS = {
    "": "locality populated_place settlement place ppl ppll ppls ppla4 p community",
    "country": "country nation dependency adm0 admin0 pcli دوله",
    "governorate": "governorate region province macroregion state mohafaza adm1 admin1 محافظه ولايه",
    "district": (
        "district county localadmin sub_district subdistrict mantika nahia nahya adm2 adm3 admin2 admin3 منطقه ناحيه قضاء لواء"
    ),
    "city": "city pplc ppla ppla2 borough مدينه",
    "town": "town ppla3 بلده",
    "village": "village hamlet farm pplf isolated_dwelling قريه مزرعه",
    "front": "front جبهه محور",
    "crossing": "crossing border_crossing checkpoint معبر حاجز",
    "site": "site campus camp airport airbase bridge dam building venue airp brdg مخيم مطار سد جسر موقع",
    "area": "area neighbourhood neighborhood suburb quarter pplx rgn حي ريف",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}


def kind_named(value: str) -> str | None:
    """Return the kind a word or code stands for, empty where it says nothing of the size; None when it is not known."""
    key = re.sub(r"[^\w]+", "_", fold(value).strip())
    return "" if not key else _KINDS.get(key, _KINDS.get(key.removeprefix("ال")))
