"""What records of `hashiya/1` hold of reviewing, read strictly: roles, settings, decisions, settled articles, comments."""

from __future__ import annotations

from typing import Any

from annotator.decision_values import decision_of
from annotator.decisions import (
    OUTCOMES,
    REASONS,
    ROLES,
    Comment,
    Decision,
    Reviewer,
    Setting,
    Settlement,
)
from annotator.language import N_
from annotator.readers.hanging import Unacceptable, identity, string, whole

_Record = dict[str, Any]
_STATES = ("settled", "open")
_ANSWERS = ("unknown", "ambiguous", "entity")


def reviewer_in(record: _Record) -> Reviewer:
    """Return the role that a record gives a reviewer."""
    name, role = string(record["name"]), record["role"]
    if not name.strip() or role not in ROLES:
        raise Unacceptable(N_("a reviewer without a name, or with an unknown role."))
    return Reviewer(name, role)


def setting_in(record: _Record) -> Setting:
    """Return the setting of a record."""
    key, value = record["key"], record["value"]
    if key == "blind" and isinstance(value, bool):
        return Setting(key, value)
    if key != "double" or not 0 <= float(value["share"]) <= 1 or not isinstance(value["seed"], int):
        raise Unacceptable(N_("a setting that is not known."))
    names = [string(name) for name in value["reviewers"]]
    return Setting(key, {"share": value["share"], "seed": value["seed"], "reviewers": names})


def decision_in(record: _Record) -> Decision:
    """Return the decision of a record; whether its words stand in the article is seen when that is known."""
    ids = [identity(source["id"]) for source in record["sources"]]
    fitting = record["outcome"] in OUTCOMES and record["reason"] in REASONS and set(record["taken"]) <= set(ids)
    if not (ids and fitting and len(set(ids)) == len(ids) and record["of"] in ("annotation", "relation")):
        raise Unacceptable(N_("a decision that cannot be."))
    for final in record["finals"]:
        _check_final(final)
    for name in ("note", "reviewer", "created_at", "updated_at"):
        string(record[name])
    for relation in record["relations"]:
        _check_relation(relation)
    identity(record["article"])
    return decision_of(identity(record["id"]), record)


def settlement_in(record: _Record) -> Settlement:
    """Return whether a record calls an article settled or open."""
    if record["state"] not in _STATES:
        raise Unacceptable(N_("an article that is neither settled nor open."))
    texts = (string(record[name]) for name in ("layers", "reviewer", "updated_at"))
    return Settlement(identity(record["article"]), record["state"], *texts)


def comment_in(record: _Record) -> Comment:
    """Return the comment of a record."""
    texts = ("text", "reviewer", "created_at", "updated_at", "resolved_by", "resolved_at")
    found = {name: string(record[name]) for name in texts}
    if not found["text"].strip():
        raise Unacceptable(N_("a comment without words."))
    ids = {name: identity(record[name]) for name in ("id", "annotation", "article")}
    return Comment(**ids, **found, answer_to=identity(record["answer_to"], empty=True))


def _check_final(final: _Record) -> None:
    start, end = whole(final["start"]), whole(final["end"])
    if not start < end or len(string(final["quote"])) != end - start:
        raise Unacceptable(N_("the text at {start}–{end} is not the quote."), start=start, end=end)
    for name in ("label", "note", "form"):
        string(final[name])
    for one in (final["id"], *final["sources"]):
        identity(one)
    whole(final["label_set"])
    if final["link"] and final["link"]["answer"] not in _ANSWERS:
        raise Unacceptable(N_("a decision that cannot be."))


def _check_relation(relation: _Record) -> None:
    for name in ("id", "a", "b"):
        identity(relation[name])
    for name in ("type", "note"):
        string(relation[name])
