"""The register in words: what an entity is, how precise it is, why it is offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QLocale

from annotator.entities import Entity
from annotator.model import Attribute
from ui.translate import isolated, language, tr, trn

_SPOKEN = ("ar", "en", "abbr")
LANGUAGES = ("ar", "en", "abbr", "ku", "tr", "fr", "he", "und")


def kind_name(kind: str) -> str:
    """Return what is an actor or a place."""
    return tr("Place") if kind == "place" else tr("Actor")


def kind_words(entity: Entity, attributes: Iterable[Attribute]) -> str:
    """Return what an entity is, as exactly as it is known."""
    return subtypes(entity.kind, attributes).get(entity.subtype) or entity.subtype or kind_name(entity.kind)


def sensitive_words(entity: Entity) -> str:
    """Return that an entity is sensitive, or nothing."""
    return tr("sensitive") if entity.sensitive else ""


def subtypes(kind: str, attributes: Iterable[Attribute]) -> Mapping[str, str]:
    """Return the kinds of actor or place of the project by their keys, in the interface's language."""
    answers = next((one.values for one in attributes if one.key == f"{kind}_kind"), ())
    return {answer.key: answer.names.get(language(), answer.key) for answer in answers}


def why_words(why: str) -> str:
    """Return why an entity is offered."""
    reasons = {
        "before": tr("this name was linked to it before"),
        "exact": tr("has this name"),
        "plain": tr("has this name without what is written onto it"),
        "article": tr("occurs in this article"),
        "begins": tr("a name begins like this"),
        "word": tr("a word of its name begins like this"),
    }
    return reasons.get(why, why)


def precision_names() -> dict[str, str]:
    """Return how precise coordinates can be."""
    return {
        "exact": tr("Exact (±10 m)"),
        "vicinity": tr("Vicinity (±100 m)"),
        "locality": tr("Locality (±1 km)"),
        "area": tr("Administrative area"),
        "unknown": tr("Unknown precision"),
    }


def language_names() -> dict[str, str]:
    """Return the languages of names; others are shown by their tag."""
    return {
        "ar": tr("Arabic"), "en": tr("English"), "abbr": tr("Abbreviation"), "ku": tr("Kurdish"), "tr": tr("Turkish"),
        "fr": tr("French"), "he": tr("Hebrew"), "und": tr("Language unknown"),
    }  # fmt: skip


def mentions_words(count: int) -> str:
    """Return how often something is mentioned."""
    return trn("{count} mention", "{count} mentions", count)


def distance_words(km: float) -> str:
    """Return how far a place is from the nearest other place of the article."""
    shown = QLocale(language()).toString(km, "f", 1 if km < 10 else 0)
    return tr("{km} km from the places of this article").format(km=shown)


def point_words(latitude: float, longitude: float) -> str:
    """Return coordinates as they can be copied: a left-to-right isolate, with a point."""
    return f"\u2066{latitude:.5f}, {longitude:.5f}\u2069"


def joined(*parts: str) -> str:
    """Return the parts that are not empty in one line."""
    return " · ".join(filter(None, parts))


def others(entity: Entity, shown: str, *, most: int = 3) -> str:
    """Return the first other names of an entity."""
    known = [name.text for name in entity.names if name.language in _SPOKEN]
    names = list(dict.fromkeys(name for name in known if name != shown))[:most]
    return tr(", ").join(map(isolated, names))
