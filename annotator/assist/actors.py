"""The actors that a project may start with, read from `seeds/actors.toml`."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.assist.names import ABBREVIATION, TaggedName
from annotator.errors import BadStarterActors
from annotator.folders import seeds_folder
from annotator.language import N_, Sentence
from annotator.text.fold import fold

ACTOR_KINDS = ("state_force", "armed_group", "person", "organisation", "civilians", "media", "unnamed")
_LANGUAGES = {"ar": "ar", "short": ABBREVIATION, "en": "en"}
_KEYS = {*_LANGUAGES, "key", "kind", "parent", "as_of"}


@dataclass(frozen=True, slots=True)
class StarterActor:
    """An actor of the starting list: Arabic names first, then short ones, then English.

    `kind` is one of ACTOR_KINDS, `parent` the key of the body it belongs to or empty, `as_of` the year for which the row holds.
    """

    key: str
    names: tuple[TaggedName, ...]
    kind: str
    parent: str
    as_of: int


def starter_actors(path: Path | None = None) -> list[StarterActor]:
    """Return the actors of a list, by default the one that ships.

    Raises BadStarterActors when a row lacks something, is of no known kind or belongs to a body that is not in the list, or
    when two actors share a name.
    """
    file = path or seeds_folder() / "actors.toml"
    try:
        rows = tomllib.loads(file.read_text("utf-8")).get("actor", [])
    except (OSError, ValueError) as error:
        raise BadStarterActors(file=file.name, reason=error) from error
    actors = [_actor(row, file) for row in rows]
    for problem in _problems(actors):
        raise BadStarterActors(file=file.name, reason=problem)
    return actors


def _actor(row: Any, file: Path) -> StarterActor:
    if not (
        isinstance(row, dict) and row.keys() <= _KEYS and all(_is_good(name, value) for name, value in row.items())
    ):
        raise BadStarterActors(
            file=file.name, reason=Sentence(N_("a field is missing or of the wrong type ({field})."), {"field": row})
        )
    names = tuple(TaggedName(text, language) for field, language in _LANGUAGES.items() for text in row.get(field, ()))
    return StarterActor(row.get("key", ""), names, row.get("kind", ""), row.get("parent", ""), row.get("as_of", 0))


def _is_good(name: str, value: Any) -> bool:
    if name in _LANGUAGES:
        return isinstance(value, list) and all(isinstance(text, str) and text.strip() == text != "" for text in value)
    return isinstance(value, int if name == "as_of" else str)


def _problems(actors: Sequence[StarterActor]) -> Iterator[Sentence]:
    """Yield what is wrong with a list."""
    owners: dict[str, str] = {}
    keys = Counter(actor.key for actor in actors)
    for actor in actors:
        languages = {name.language for name in actor.names}
        if not {"ar", "en"} <= languages or not actor.as_of or actor.kind not in ACTOR_KINDS or keys[actor.key] > 1:
            template = N_(
                "“{actor}” needs a key of its own, an Arabic and an English name, a known kind and the year it holds for."
            )
            yield Sentence(template, {"actor": actor.key})
        if actor.parent and actor.parent not in keys:
            yield Sentence(
                N_("“{actor}” belongs to “{parent}”, which is not in the list."),
                {"actor": actor.key, "parent": actor.parent},
            )
        for name in actor.names:
            owner = owners.setdefault(fold(name.text), actor.key)
            if owner != actor.key:
                yield Sentence(
                    N_("“{name}” is a name of two actors: {one} and {other}."),
                    {"name": name.text, "one": owner, "other": actor.key},
                )
