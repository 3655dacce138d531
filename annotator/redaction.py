"""Redaction profiles: what an export must not tell. Some are built in, others are small JSON files.

docs/formats/redaction.md says what each field does. What a file does not name is redacted, so that a forgotten field hides
too much and not too little.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import orjson

from annotator.errors import BadProfile, UnknownProfile
from annotator.language import N_, Sentence
from annotator.reports import Reason

Method = Literal["pseudonym", "block"]
_BIGGEST = 1 << 20
_SHORTEST_KEY = 16


@dataclass(frozen=True, slots=True)
class Profile:
    """What is redacted. `title` and `explanation` are templates for people; both are empty for a profile from a file.

    `reviewers`: their names become pseudonyms. `notes`: notes and reasons are left out. `labels`: the words marked with these
    are blacked out, wherever they stand. `entities`: so are the names of sensitive actors and places, which in the register
    get a pseudonym, or with the method `block` a name of ▇. `words` are blacked out too. Pseudonyms follow from `key`; from
    a secret of the project where it is empty.
    """

    name: str
    title: str = ""
    explanation: str = ""
    reviewers: bool = True
    notes: bool = True
    labels: frozenset[str] = frozenset()
    entities: bool = True
    method: Method = "pseudonym"
    words: tuple[str, ...] = ()
    key: str = ""


PROFILES: tuple[Profile, ...] = (
    Profile(
        "names",
        N_("Without the names of reviewers"),
        N_("Reviewers get pseudonyms that stay the same. Texts, notes and the register stay as they are."),
        notes=False,
        entities=False,
    ),
    Profile(
        "entities",
        N_("Without sensitive actors and places"),
        N_("Sensitive actors and places are blacked out in all texts and get pseudonyms in the register."),
        reviewers=False,
        notes=False,
    ),
    Profile(
        "public",
        N_("For the public"),
        N_("Sensitive actors and places, the names of reviewers, all notes and the reasons of verdicts are left out."),
    ),
)
"""The profiles that are built in, in the order in which they are offered."""

BLACKED = Reason(
    "redacted_text",
    N_("{count} stretches of the texts were blacked out."),
    N_("Each character became one ▇, so all places stay right."),
)
DETAILS = Reason(
    "redacted_detail", N_("{count} titles, outlets, authors and other words about articles were blacked out.")
)
SAID = Reason("redacted_words", N_("{count} words of claim frames, definitions and other texts were blacked out."))
PEOPLE = Reason(
    "redacted_reviewer",
    N_("{count} reviewers have a pseudonym."),
    N_("It is the same in every export of this project."),
)
REGISTER = Reason(
    "redacted_entity",
    N_("{count} actors and places have no name here; where they are and their ids elsewhere are left out."),
)
REVIEWS = Reason("redacted_review", N_("{count} decisions and comments are left out: they quote the articles."))
WITHOUT_NOTES = Reason("redacted_note", N_("{count} notes and reasons of verdicts are left out."))
ORIGINALS = Reason("redacted_source", N_("The original files of {count} articles and their hash values are left out."))
ADDRESSES = Reason("redacted_address", N_("The file names and addresses of {count} articles are left out."))
FILTERS = Reason("redacted_filter", N_("{count} saved filters are left out."))
IDS = Reason(
    "redacted_id",
    N_("{count} articles and all that hangs on them have other ids here."),
    N_("Ids that follow from a text could be used to guess what was blacked out."),
)
REDACTED = frozenset(
    {BLACKED, DETAILS, SAID, PEOPLE, REGISTER, WITHOUT_NOTES, REVIEWS, ORIGINALS, ADDRESSES, FILTERS, IDS}
)  # fmt: skip
"""What a redaction takes away is told as losses are, but was asked for: a strict export does not stop at it."""


def profile_of(given: str) -> Profile:
    """Return the built-in profile of a name, or that of a JSON file; raise UnknownProfile or BadProfile."""
    for profile in PROFILES:
        if profile.name == given:
            return profile
    path = Path(given)
    if path.suffix.lower() == ".json" or path.is_file():
        return read_profile(path)
    raise UnknownProfile(profile=given, known=", ".join(profile.name for profile in PROFILES))


def read_profile(path: Path) -> Profile:
    """Return the profile that a JSON file holds; raise BadProfile saying what is wrong with it."""
    try:
        with path.open("rb") as file:
            content = orjson.loads(file.read(_BIGGEST).removeprefix(codecs.BOM_UTF8))
    except OSError as error:
        reason = Sentence(N_("it cannot be read ({reason})."), {"reason": error.strerror or str(error)})
        raise BadProfile(path=path, reason=reason) from error
    except orjson.JSONDecodeError as error:
        raise BadProfile(path=path, reason=Sentence(N_("it is not JSON."))) from error
    if not isinstance(content, dict):
        raise BadProfile(path=path, reason=Sentence(N_("it is no JSON object.")))
    return Profile(path.stem, **{name: _checked(path, name, value) for name, value in content.items()})


def _checked(path: Path, name: str, value: Any) -> Any:
    """Return the value of a field as the profile keeps it."""
    if name not in _FIELDS:
        known = ", ".join(_FIELDS)
        raise BadProfile(
            path=path,
            reason=Sentence(N_("“{name}” is no field. The fields are: {known}."), {"name": name, "known": known}),
        )
    fits, kept = _FIELDS[name]
    if not fits(value):
        raise BadProfile(path=path, reason=Sentence(N_("“{name}” has a value that does not fit."), {"name": name}))
    return kept(value)


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)


_FIELDS: Mapping[str, tuple[Callable[[Any], bool], Callable[[Any], Any]]] = {
    "reviewers": (_is_bool, bool),
    "notes": (_is_bool, bool),
    "entities": (_is_bool, bool),
    "labels": (_is_texts, frozenset),
    "words": (_is_texts, tuple),
    "method": (lambda value: value in get_args(Method), str),
    "key": (lambda value: isinstance(value, str) and len(value) >= _SHORTEST_KEY, str),
}
