"""CSV for Bayanat of SJAC: articles as bulletins, actors and places of the register as actors and locations.

Columns are the names of the fields in https://docs.bayanat.org (guide: bulletins, actors, locations, data import; 4.0.2).
Actors are imported by its column mapping; locations are read as they are, so they have whole numbers as ids, `deleted`, and
the place as EWKT. A cell for several values holds them in quotes with commas between.

A bulletin documents, it does not judge: claims stand in its description as what somebody says, and nobody gets a role in an
event, a verified label or a date that no reviewer gave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from annotator.entities import Entity, Name
from annotator.language import N_
from annotator.model import ACTOR, CLAIM, PLACE, Article, MarkedArticle, MarkedProject
from annotator.reports import Reason
from annotator.version import PROGRAM
from annotator.writers.left_out import leave_out
from annotator.writers.losses import FORMS, NOTES, RELATIONS, REVIEWERS, SOURCES, Losses
from annotator.writers.said_claims import said_claims
from annotator.writers.sheet import Sheet
from annotator.writers.standing import Standing, point_of, radius_of
from annotator.writers.target import Target
from annotator.writers.writer import Writer

BULLETIN = (
    "originid", "title", "title_ar", "sources", "description", "locations", "related_actors", "labels", "source_link",
    "publish_date", "documentation_date", "comments",
)  # fmt: skip
ACTOR_FIELDS = ("originid", "type", "name", "name_ar", "nickname", "nickname_ar", "description")
LOCATION = ("id", "parent_id", "deleted", "title", "title_ar", "latlng", "description")
AS_WORDS = Reason(
    "claim_as_words",
    N_("{count} claims stand as sentences in the description of their bulletin, with their frames and verdicts."),
    N_("Bayanat has no place for what somebody says; none of them became an event."),
)
UNLINKED = Reason(
    "unlinked", N_("{count} annotations that are no claims and that nobody linked to the register are left out.")
)
PLACES = Reason("offset", N_("Where in their texts {count} annotations stand, and when they were made, is left out."))
PARENTS = Reason("claim_parent", N_("In which other claim {count} claims are quoted is left out."))
PART_OF_DATE = Reason("part_of_date", N_("The dates of {count} articles name no day and are left out."))
AUTHORS = Reason("author", N_("The authors of {count} articles are left out."))
MERGED = Reason("merged_entity", N_("{count} actors and places that were merged into another are left out."))
CUT = Reason(
    "field_too_long", N_("{count} titles, names and links are longer than a field holds."), N_("Cut at 255 characters.")
)
_LONGEST = 255
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def write(project: MarkedProject, target: Target, losses: Losses) -> None:
    """Write `actors.csv`, `locations.csv` and `bulletins.csv`."""
    entities = list(project.entities)
    register = Standing(entities)
    losses.add(MERGED, *(entity.id for entity in entities if entity.merged_into))
    _sheet(target, losses, "actors.csv", ACTOR_FIELDS, _actors(register, losses))
    _sheet(target, losses, "locations.csv", LOCATION, _locations(register))
    _sheet(target, losses, "bulletins.csv", BULLETIN, _bulletins(project, register, losses))


def _sheet(
    target: Target, losses: Losses, name: str, columns: tuple[str, ...], rows: Iterator[tuple[str | int, ...]]
) -> None:
    with target.file(name) as file:
        sheet = Sheet(file, columns, losses)
        for row in rows:
            sheet.add(row)
        sheet.finish()


def _actors(register: Standing, losses: Losses) -> Iterator[tuple[str | int, ...]]:
    for entity in register:
        if entity.kind == "actor":
            name, others = _names(entity.names, arabic=False)
            name_ar, others_ar = _names(entity.names, arabic=True)
            fields = (name, name_ar, "; ".join(others), "; ".join(others_ar))
            kind = "" if not entity.subtype else "Person" if entity.subtype == "person" else "Entity"
            yield entity.id, kind, *(_fitting(one, entity.id, losses) for one in fields), _told_of(entity)


def _locations(register: Standing) -> Iterator[tuple[str | int, ...]]:
    """Yield the places; their ids count from 1, as the column takes whole numbers."""
    places = [entity for entity in register if entity.kind == "place"]
    numbers = {place.id: number for number, place in enumerate(places, start=1)}
    for place in places:
        title, others = _names(place.names, arabic=False)
        title_ar, others_ar = _names(place.names, arabic=True)
        above = register.standing(place.parent) if place.parent else None
        parent = numbers.get(above.id, "") if above else ""
        point = point_of(place)
        latlng = f"SRID=4326;POINT({point[0]!r} {point[1]!r})" if point else ""
        told = "; ".join(filter(None, (*others_ar, *others, _told_of(place))))
        yield numbers[place.id], parent, "false", title, title_ar, latlng, told


def _names(names: Iterable[Name], *, arabic: bool) -> tuple[str, list[str]]:
    """Return the first name in Arabic, or in other languages, and the further ones; abbreviations go with their letters."""
    found = [name.text for name in names if _is_arabic(name) == arabic]
    return (found[0], found[1:]) if found else ("", [])


def _is_arabic(name: Name) -> bool:
    return name.language.partition("-")[0] == "ar" or (name.language == "abbr" and not name.text.isascii())


def _told_of(entity: Entity) -> str:
    """Return in words what is known of an entity and has no field."""
    radius = radius_of(entity)
    known = [entity.subtype, *(f"{scheme}: {value}" for scheme, value in sorted(entity.external.items()))]
    if point_of(entity):
        known.append(f"precision: {entity.precision}{f' ({radius} m)' if radius else ''}")
    return "; ".join(filter(None, [*known, f"hashiya: {entity.id}", entity.notes]))


def _bulletins(project: MarkedProject, register: Standing, losses: Losses) -> Iterator[tuple[str | int, ...]]:
    own = {ACTOR, PLACE, CLAIM}
    names = (
        {label.key: label.names.get("ar", label.key) for label in project.label_set.labels} if project.label_set else {}
    )
    for marked in project:
        article = marked.article
        meant = [entity for one in marked.annotations if (entity := register.meant(marked, one.id))]
        labels = (names.get(one.label, one.label) for one in marked.annotations if one.label not in own)
        title, link = (_fitting(one, article.id, losses) for one in (article.title, article.source.url))
        yield (
            article.id, title, title if article.language == "ar" else "", several([article.outlet]),
            _description(marked, register), several(_shown(one) for one in meant if one.kind == "place"),
            several(_shown(one) for one in meant if one.kind == "actor"), several(labels), link or "NA",
            _published(article, losses), article.source.captured_at,
            f"{PROGRAM}: claims are what somebody says.",
        )  # fmt: skip
        _note_losses(marked, register, losses)


def _shown(entity: Entity) -> str:
    """Return the name by which Bayanat finds an entity: the Arabic one, else the one it is shown by."""
    return _names(entity.names, arabic=True)[0] or entity.name


def several(values: Iterable[str]) -> str:
    """Return values in one cell, each once, as Bayanat's import parts them: at commas, but not inside quotes."""
    given = [value.replace('"', "'") for value in dict.fromkeys(values) if value]
    if len(given) == 1 and "," not in given[0]:
        return given[0]
    return ",".join(f'"{value}"' for value in given)


def _description(marked: MarkedArticle, register: Standing) -> str:
    """Return claims and text as HTML, which is what the field holds."""
    claims = [f"<li>{escape(line)}</li>" for line in said_claims(marked, register)]
    told = f"<p>الادعاءات كما قيلت (Claims as they were said):</p><ul>{''.join(claims)}</ul>" if claims else ""
    return told + "".join(f"<p>{escape(line)}</p>" for line in marked.article.text.split("\n"))


def _published(article: Article, losses: Losses) -> str:
    """Return the date if it names a day: Bayanat's import would add today's day to a month."""
    if article.date and not _DAY.match(article.date):
        losses.add(PART_OF_DATE, article.id)
        return ""
    return article.date


def _fitting(value: str, identity: str, losses: Losses) -> str:
    if len(value) > _LONGEST:
        losses.add(CUT, identity)
    return value[:_LONGEST]


def _note_losses(marked: MarkedArticle, register: Standing, losses: Losses) -> None:
    claims = [one.id for one in marked.annotations if one.label == CLAIM]
    others = [one.id for one in marked.annotations if one.label in (ACTOR, PLACE)]
    losses.add(AS_WORDS, *claims)
    losses.add(UNLINKED, *(one for one in others if not register.meant(marked, one)))
    losses.add(REVIEWERS, *(one.id for one in marked.annotations if one.label != CLAIM))
    losses.add(PLACES, *(one.id for one in marked.annotations))
    losses.add(PARENTS, *(claim for claim, frame in marked.frames.items() if frame.parent))
    if marked.article.author:
        losses.add(AUTHORS, marked.article.id)
    leave_out(losses, marked, SOURCES, FORMS, NOTES, RELATIONS)


WRITER = Writer(
    "bayanat",
    N_("CSV for Bayanat: bulletins, actors and locations, with claims as what somebody says"),
    "",
    write,
    keeps=N_(
        "Keeps texts, names, coordinates, and claims with verdicts as sentences. Leaves out where "
        "something stands in the text, annotations nobody linked, notes, relations."
    ),
)
