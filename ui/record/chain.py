"""The chain of custody as sentences: what happened to an article, from the page it was to what is known of it today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from annotator.model import Article, Revision
from ui.dates import shown_moment
from ui.translate import isolated, language, running, tr, trn

_FIRST = frozenset({"import", "create"})
_Value = Mapping[str, Any]


def chain_of(article: Article, history: Sequence[Revision]) -> list[str]:
    """Return the sentences in the order in which things happened."""
    source, told = article.source, []
    if source.captured_at:
        told.append(_said(source.captured_at, tr("The page was saved.")))
    first, *rest = history or (None,)
    told.append(_said(source.imported_at, _imported(article)))
    if first and first.value is not None and first.action not in _FIRST:
        told.append(_said(first.at, _taken_in(first)))
    told += [_said(after.at, _what(before, after)) for before, after in pairwise(one for one in (first, *rest) if one)]
    return told


def _said(moment: str, what: str) -> str:
    return running(f"{shown_moment(moment, language())} — {what}")


def _imported(article: Article) -> str:
    source = article.source
    said = tr("{who} imported {file} with {program}; SHA-256 of the bytes: {hash}….")
    if not source.program:
        said = tr("{who} imported {file}; SHA-256 of the bytes: {hash}….")
    return said.format(
        who=isolated(source.imported_by),
        file=isolated(source.file),
        hash=isolated(source.bytes_sha256[:12]),
        program=isolated(source.program),
    )


def _taken_in(revision: Revision) -> str:
    return tr("{who} took it into this project.").format(who=isolated(revision.reviewer))


def _what(before: Revision, after: Revision) -> str:
    """Return what a step did to the article, by what it changed."""
    who = isolated(after.reviewer)
    if after.value is None:
        return tr("{who} took it out of the project.").format(who=who)
    if before.value is None:
        return tr("{who} brought it back.").format(who=who)
    changed = [*_details(before.value, after.value), *_ranges(before.value, after.value)]
    back = {"undo": tr("{who} took a step back: {what}"), "redo": tr("{who} did it again: {what}")}
    said = back.get(after.action, tr("{who}: {what}"))
    return said.format(who=who, what="; ".join(changed) or tr("nothing that shows here"))


def _details(before: _Value, after: _Value) -> list[str]:
    names = {"title": tr("Title"), "outlet": tr("Outlet"), "author": tr("Author"), "date": tr("Published")}
    said = tr("{field} from “{before}” to “{after}”")
    return [
        said.format(field=name, before=isolated(before.get(key, "")), after=isolated(after.get(key, "")))
        for key, name in names.items()
        if before.get(key, "") != after.get(key, "")
    ]


def _ranges(before: _Value, after: _Value) -> list[str]:
    if before.get("boilerplate", []) == after.get("boilerplate", []):
        return []
    count = len(after.get("boilerplate", ()))
    stretches = trn("{count} stretch is page boilerplate", "{count} stretches are page boilerplate", count)
    return [stretches if count else tr("All of it is news")]
