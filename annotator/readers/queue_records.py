"""What records of `hashiya/1` hold of the queue, read strictly: how far reviewers are, who got what, copies, saved filters."""

from __future__ import annotations

from typing import Any

from annotator.language import N_
from annotator.model import Apart, Assignment, Copy, Reading, SavedFilter
from annotator.readers.hanging import Unacceptable, identity, string

_STATES = ("", "done")
_Record = dict[str, Any]


def reading_in(record: _Record) -> Reading:
    """Return a reviewer's state of reading."""
    state, flagged = record["state"], record["flagged"]
    if state not in _STATES or not isinstance(flagged, bool):
        raise Unacceptable(N_("a state of reading that is not known."))
    return Reading(
        identity(record["article"]), _named(record["reviewer"]), state, flagged, string(record["note"]),
        string(record["updated_at"]),
    )  # fmt: skip


def assignment_in(record: _Record) -> Assignment:
    """Return the assignment of a record."""
    return Assignment(identity(record["article"]), _named(record["reviewer"]))


def copy_in(record: _Record) -> Copy:
    """Return which article of a record is a copy of which."""
    article, original = identity(record["article"]), identity(record["original"])
    if article == original:
        raise Unacceptable(N_("an article that is a copy of itself."))
    return Copy(article, original)


def apart_in(record: _Record) -> Apart:
    """Return which two articles of a record are no copies of each other."""
    one, other = sorted((identity(record["one"]), identity(record["other"])))
    if one == other:
        raise Unacceptable(N_("an article that is told apart from itself."))
    return Apart(one, other)


def filter_in(record: _Record) -> SavedFilter:
    """Return the saved filter of a record."""
    return SavedFilter(_named(record["name"]), string(record["query"]))


def _named(value: Any) -> str:
    if not string(value).strip():
        raise Unacceptable(N_("a name that is empty."))
    return string(value)
