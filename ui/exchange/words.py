"""Bundles, merges and conflicts in the words of the window. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator import BundleReport, Merge, Preview
from annotator.exchange.manifest import Manifest
from annotator.exchange.reports import Content, Kinds, Sendable
from ui.importing.words import number
from ui.locale_words import shown_moment
from ui.translate import isolated, language, running, say, tr, trn


def heading(found: Preview) -> str:
    """Return what receiving brings, in one line."""
    parts = [
        trn("{count} new article", "{count} new articles", found.articles, shown=number(found.articles)),
        trn("{count} new annotation", "{count} new annotations", found.annotations, shown=number(found.annotations)),
    ]
    if found.conflicts:
        parts.append(trn("{count} conflict", "{count} conflicts", found.conflicts, shown=number(found.conflicts)))
    return running(" · ".join(parts))


def outcome(found: Preview) -> str:
    """Return what receiving brings, or why it brings nothing, in one line."""
    if found.new:
        return heading(found)
    return cannot(len(found.refused)) if found.refused else tr("Everything in it is here already.")


def lines(found: Preview) -> Iterator[str]:
    """Yield a line for each bundle, with what it brings or why it is refused, and what should be looked at."""
    for one in found.bundles:
        if one.refused:
            yield running(f"✗ {say(one.refused)}")
        else:
            yield from _brings(one)
        yield from (running(f"    ! {say(warning)}") for warning in one.warnings)


def _brings(one: Content) -> Iterator[str]:
    told = tr("• {file} – from {sender}, {at}: {what}")
    at, what = (
        shown_moment(one.made_at, language()),
        trn("{count} new change", "{count} new changes", one.new, shown=number(one.new)),
    )
    yield running(told.format(file=isolated(one.file), sender=isolated(one.sender), at=at, what=what))
    for title, kinds in (
        (tr("new: {what}"), one.made),
        (tr("changed: {what}"), one.changed),
        (tr("removed: {what}"), one.removed),
    ):
        if any(kinds.values()):
            yield _beneath(title.format(what=_counted(kinds)))
    if one.known:
        yield _beneath(
            trn(
                "{count} change is known already",
                "{count} changes are known already",
                one.known,
                shown=number(one.known),
            )
        )


def _beneath(text: str) -> str:
    return running(f"    {text}")


def _counted(kinds: Kinds) -> str:
    """Return how many of which kind; what is not named is told together."""
    named = {
        "article": trn("{count} article", "{count} articles", (many := kinds.get("article", 0)), shown=number(many)),
        "annotation": trn(
            "{count} annotation", "{count} annotations", (many := kinds.get("annotation", 0)), shown=number(many)
        ),
        "frame": trn(
            "{count} claim frame", "{count} claim frames", (many := kinds.get("frame", 0)), shown=number(many)
        ),
        "entity": trn(
            "{count} actor or place", "{count} actors and places", (many := kinds.get("entity", 0)), shown=number(many)
        ),
        "comment": trn("{count} comment", "{count} comments", (many := kinds.get("comment", 0)), shown=number(many)),
    }
    others = sum(count for kind, count in kinds.items() if kind not in named)
    parts = [text for kind, text in named.items() if kinds.get(kind)]
    return " · ".join(
        [
            *parts,
            *([trn("{count} other thing", "{count} other things", others, shown=number(others))] if others else []),
        ]
    )


def much(found: Sendable, *, with_articles: bool) -> str:
    """Return how much a bundle would hold."""
    if not found.operations:
        return running(tr("There is nothing new to send."))
    counted = found if with_articles else Sendable(found.operations, 0)
    return running(tr("In it: {what}").format(what=_parts(counted)))


def _parts(found: Sendable) -> str:
    parts = [trn("{count} change", "{count} changes", found.operations, shown=number(found.operations))]
    if found.articles:
        parts.append(trn("{count} article", "{count} articles", found.articles, shown=number(found.articles)))
    return " · ".join(parts)


def cannot(count: int) -> str:
    """Return how many files cannot be received."""
    return trn("{count} file cannot be received.", "{count} files cannot be received.", count)


def of_other_project(one: Manifest) -> str:
    """Return what a bundle of another project is."""
    told = tr("This is work on another project, “{name}”: from {sender}, {at}.")
    at = shown_moment(one.made_at, language())
    return running(told.format(name=isolated(one.name), sender=isolated(one.sender), at=at))


def received(one: Merge) -> str:
    """Return a merge as a line of a list."""
    parts = [
        shown_moment(one.at, language()),
        tr("from {senders}").format(senders=_names(one.senders)),
        trn("{count} change", "{count} changes", one.operations, shown=number(one.operations)),
    ]
    if one.taken_back:
        parts.append(tr("taken back {at}").format(at=shown_moment(one.taken_back, language())))
    return running(" · ".join(parts))


def kind_name(kind: str) -> str:
    """Return what a thing in conflict is called."""
    names = {
        "annotation": tr("Annotation"), "frame": tr("Claim frame"), "link": tr("Link to the register"),
        "entity": tr("Actor or place"), "verdict": tr("Verdict"), "relation": tr("Link of two claims"),
        "reading": tr("State or note of an article"), "comment": tr("Comment"), "decision": tr("Decision"),
        "article": tr("Details of an article"), "label": tr("Label"), "settlement": tr("What was settled"),
    }  # fmt: skip
    return names.get(kind) or tr("Setting of the project")


def to_settle(count: int) -> str:
    """Return how many conflicts are to be settled."""
    return running(trn("{count} conflict to settle", "{count} conflicts to settle", count, shown=number(count)))


def sent(report: BundleReport) -> str:
    """Return what was sent."""
    told = tr("Written to {path}: {what}")
    what = _parts(Sendable(report.operations, report.articles))
    return running(told.format(what=what, path=isolated(str(report.path))))


def taken_back(merge: Merge) -> str:
    """Return what was taken back."""
    told = tr("What was received at {at} was taken back; changes: {operations}.")
    return running(told.format(at=shown_moment(merge.at, language()), operations=number(merge.operations)))


def will_take_back(merge: Merge) -> str:
    """Return the question whether a merge is to be taken back."""
    told = tr(
        "Take back what came from {senders} at {at}? What you did since stays. If any of it builds on what came, nothing is "
        "taken back."
    )
    return running(told.format(senders=_names(merge.senders), at=shown_moment(merge.at, language())))


def _names(names: Sequence[str]) -> str:
    return ("، " if language() == "ar" else ", ").join(map(isolated, names))
