"""The chain of custody as sentences: what happened to an article, from the page it was to what is known of it today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.evidence import Evidence
from annotator.handling import Handling
from ui.locale_words import shown_moment
from ui.translate import isolated, language, running, tr, trn

_Changes = Mapping[str, tuple[Any, Any]]
_DETAILS = ("title", "outlet", "author", "date")


def chain_of(evidence: Evidence) -> list[str]:
    """Return the sentences in the order in which things happened."""
    source = evidence.source
    told = [_said(source.captured_at, tr("The page was saved."))] if source.captured_at else []
    told.append(_said(source.imported_at, _imported(evidence)))
    return [*told, *(_said(one.at, _what(one)) for one in evidence.custody[1:])]


def _said(moment: str, what: str) -> str:
    return running(f"{shown_moment(moment, language())} — {what}")


def _imported(evidence: Evidence) -> str:
    source = evidence.source
    said = tr("{who} imported {file} with {program}; SHA-256 of the bytes: {hash}….")
    if not source.program:
        said = tr("{who} imported {file}; SHA-256 of the bytes: {hash}….")
    return said.format(
        who=isolated(source.imported_by),
        file=isolated(source.file),
        hash=isolated(source.bytes_sha256[:12]),
        program=isolated(source.program),
    )


def _what(one: Handling) -> str:
    """Return what a step did to the article, by what it changed."""
    who = isolated(one.by)
    if "title" in one.changes and one.changes["title"][1] is None:
        return tr("{who} took it out of the project.").format(who=who)
    done = [*_details(one.changes), *_others(one.changes)]
    back = {"undo": tr("{who} took a step back: {what}"), "redo": tr("{who} did it again: {what}")}
    if not done and one.action == "ungroup":
        return tr("{who} took it out of its group of copies.").format(who=who)
    if not done and one.action not in back:
        return tr("{who} brought it into the project again.").format(who=who)
    said = back.get(one.action, tr("{who}: {what}"))
    return said.format(who=who, what="; ".join(done) or tr("it is as it was"))


def _details(changes: _Changes) -> Iterator[str]:
    names = {"title": tr("Title"), "outlet": tr("Outlet"), "author": tr("Author"), "date": tr("Published")}
    changed, given = tr("{field} from “{before}” to “{after}”"), tr("{field}: “{after}”")
    for key in _DETAILS:
        if key in changes:
            before, after = changes[key]
            said = changed if before else given
            yield said.format(field=names[key], before=isolated(before or ""), after=isolated(after or ""))


def _others(changes: _Changes) -> Iterator[str]:
    """Say what else changed: which part is no news, which article it corrects, which one it is a copy of."""
    if "boilerplate" in changes:
        count = len(changes["boilerplate"][1] or ())
        stretches = trn("{count} stretch is page boilerplate", "{count} stretches are page boilerplate", count)
        yield stretches if count else tr("all of it is news")
    if "replaces" in changes:
        yield tr("it corrects another article") if changes["replaces"][1] else tr("it corrects no other article")
    if "original" in changes:
        yield tr("it is a copy of another article")
