"""What the window shows of a project at one moment, and how the next such moment is read with the least of reading."""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotator import Annotation, Article, Change, Label, Project, Step
from annotator.decisions import Comment, Fate
from annotator.frames import ClaimFrame, Verdict
from annotator.model import Assignment, Attribute, LabelSet, Reading
from ui.register.linked import Linked, linked_of
from ui.relating import Related, related_of

_FEW = 50
_HARMLESS = frozenset({"annotate", "annotate_hits", "revise"})
_EXCHANGING = frozenset({"merge", "take_back"})
_FRAMING = frozenset({"annotation", "frame", "verdict"})
_SAYING = frozenset({"reading", "assignment"})
_SETTLING = frozenset({"decision", "settlement"})
_COMMENTING = frozenset({"comment", "resolved"})
_MARKING = frozenset({"annotation", "frame", "link"})
_DEFINING = frozenset({"label", "attribute"})
_UNVEILING = frozenset({"setting", "reviewer"})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the window shows of a project at one moment.

    `changed` are the annotations that look otherwise since the last job, also by what hangs on them, `touched` all that it
    touched: ids by kind. `frames`, `verdicts` and `related` (links to other claims) are those of the shown article, by the ids
    of their claims; `readings` and `assignments` are what reviewers say of it and to whom it was given. Of the other articles
    nothing is held here: there may be a hundred thousand. `blind` says that something may be hidden from this reviewer,
    `hides` that it is in the shown article. `comments` are those on the article's annotations, `fates` what became
    of the reader's.
    """

    path: Path | None = None
    reviewer: str = ""
    reviewers: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    article: Article | None = None
    readings: tuple[Reading, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    linked: Linked = field(default_factory=Linked)
    changed: frozenset[str] = frozenset()
    touched: Mapping[str, frozenset[str]] = field(default_factory=dict)
    frames: Mapping[str, ClaimFrame] = field(default_factory=dict)
    verdicts: Mapping[str, tuple[Verdict, ...]] = field(default_factory=dict)
    label_set: LabelSet | None = None
    related: Mapping[str, Related] = field(default_factory=dict)
    next_undo: Step | None = None
    next_redo: Step | None = None
    blind: bool = False
    hides: bool = False
    comments: Mapping[str, tuple[Comment, ...]] = field(default_factory=dict)
    fates: Mapping[str, Fate] = field(default_factory=dict)

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """The attributes of the label set."""
        return self.label_set.attributes if self.label_set else ()


def next_snapshot(project: Project, before: Snapshot, changes: list[Change], wanted: str | None) -> Snapshot:
    """Read what may have changed; what cannot have changed is taken over."""
    kinds = {kind for change in changes for kind in change.kinds}
    described = {one for change in changes for one in change.ids.get("article", ())}
    wanted = wanted or _touched_article(project, changes)
    shown, veiling = before.annotations, _sees_otherwise(project, before, changes)
    if veiling:
        wanted, before = wanted or shown_id(before), replace(before, article=None)
    article = _article(project, before, wanted, kinds, described)
    touched = frozenset(identity for change in changes for identity in change.ids.get("annotation", ()))
    annotations = _annotations(project, before, article, touched) if article else ()
    frames, verdicts = _frames(project, before, article, changes) if article else ({}, {})
    same = article is before.article
    linked = linked_of(project, before.linked, article, changes, same=same) if article else Linked()
    things = _things(changes)
    comments, fates = _reviewed(project, before, article, changes) if article else ({}, {})
    readings, assignments = _said(project, before, article, kinds) if article else ((), ())
    entities = things.get("entity", frozenset())
    looks = touched | things.get("link", frozenset()) | before.linked.meaning(entities) | linked.meaning(entities)
    related = related_of(project, before.related, annotations, changes, same=article is before.article)
    return Snapshot(
        path=project.path,
        reviewer=project.reviewer,
        reviewers=tuple(project.reviewers()),
        labels=tuple(project.labels()),
        article=article,
        readings=readings,
        assignments=assignments,
        annotations=annotations,
        linked=linked,
        changed=looks
        | (_differing({one.id: one for one in shown}, {one.id: one for one in annotations}) if veiling else frozenset())
        | _differing(before.frames, frames)
        | _differing(before.verdicts, verdicts)
        | _differing(before.related, related)
        | _differing(before.comments, comments)
        | _differing(before.fates, fates),
        touched=things,
        frames=frames,
        verdicts=verdicts,
        label_set=project.label_set() if before.label_set is None or kinds & _DEFINING else before.label_set,
        related=related,
        next_undo=project.next_undo(),
        next_redo=project.next_redo(),
        blind=project.is_blind,
        hides=article is not None and not project.sees_layers(article.id),
        comments=comments,
        fates=fates,
    )


def _sees_otherwise(project: Project, before: Snapshot, changes: list[Change]) -> bool:
    """Tell whether all that is shown is to be read anew.

    So it is where this reviewer may see more, or less, of the others' work than before, and after work came in or left again:
    a merger of entities that meets another changes what things mean that it does not touch.
    """
    if any(change.action in _EXCHANGING for change in changes):
        return True
    kinds = {kind for change in changes for kind in change.kinds}
    blind = before.blind or project.is_blind
    return before.reviewer != project.reviewer or (blind and bool(kinds & (_UNVEILING | {"reading"})))


def _frames(
    project: Project, before: Snapshot, article: Article, changes: list[Change]
) -> tuple[Mapping[str, ClaimFrame], Mapping[str, tuple[Verdict, ...]]]:
    """Return the frames and verdicts of the article's claims; marking and moving annotations changes none of them."""
    kinds = {kind for change in changes if change.action not in _HARMLESS for kind in change.kinds}
    if article is before.article and not kinds & _FRAMING:
        return before.frames, before.verdicts
    return project.frames(article.id), project.verdicts(article.id)


def _reviewed(
    project: Project, before: Snapshot, article: Article, changes: list[Change]
) -> tuple[Mapping[str, tuple[Comment, ...]], Mapping[str, Fate]]:
    """Return the comments on the article's annotations, and what became of the reader's own marks."""
    kinds, same = {kind for change in changes for kind in change.kinds}, article is before.article
    comments, fates = before.comments, before.fates
    if not same or kinds & _COMMENTING:
        found: dict[str, list[Comment]] = {}
        for one in project.comments(article.id):
            found.setdefault(one.annotation, []).append(one)
        comments = {annotation: tuple(said) for annotation, said in found.items()}
    if not same or kinds & _SETTLING or (fates and kinds & _MARKING):
        decided = project.decisions(article.id)
        fates = {one.annotation: one for one in project.fates(article.id)} if decided else {}
    return comments, fates


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """Return the keys under which two mappings hold different things."""
    if before is after:
        return frozenset()
    return frozenset(key for key in {*before, *after} if before.get(key) != after.get(key))


def shown_id(snapshot: Snapshot) -> str | None:
    """Return the id of the shown article, or None."""
    return snapshot.article.id if snapshot.article else None


def _things(changes: list[Change]) -> dict[str, frozenset[str]]:
    """Return the ids of all that was touched, by kind."""
    kinds = {kind for change in changes for kind in change.kinds}
    return {kind: frozenset(one for change in changes for one in change.ids.get(kind, ())) for kind in kinds}


def _article(
    project: Project, before: Snapshot, wanted: str | None, kinds: set[str], described: set[str]
) -> Article | None:
    """Return the article to show: the one wanted, the one shown before, or the first; read anew when it was `described`."""
    shown = shown_id(before)
    if wanted and wanted != shown and project.has_article(wanted):
        return project.article(wanted)
    if shown and ("article" not in kinds or project.has_article(shown)):
        if shown in described:
            return project.article(shown)
        return before.article
    first = project.first_article()
    return project.article(first) if first else None


def _said(
    project: Project, before: Snapshot, article: Article, kinds: set[str]
) -> tuple[tuple[Reading, ...], tuple[Assignment, ...]]:
    """Return what reviewers say of the article as a whole, and to whom it was given."""
    if article is before.article and not kinds & _SAYING:
        return before.readings, before.assignments
    return tuple(project.readings(article.id)), tuple(project.assignments(article.id))


def _annotations(
    project: Project, before: Snapshot, article: Article, touched: frozenset[str]
) -> tuple[Annotation, ...]:
    """Return the article's annotations in order; of an article that is shown already only the touched ones are read."""
    if article is not before.article or len(touched) > _FEW:
        return tuple(project.annotations(article.id))
    if not touched:
        return before.annotations
    kept = [one for one in before.annotations if one.id not in touched]
    for one in filter(None, map(project.find_annotation, touched)):
        if one.article == article.id:
            insort(kept, one, key=lambda one: (one.start, -one.end, one.id))
    return tuple(kept)


def _touched_article(project: Project, changes: list[Change]) -> str | None:
    """Return the article, or that of the annotation, that an undo or redo touched alone: the reader should see it happen."""
    if not changes or changes[0].action not in ("undo", "redo"):
        return None
    things = _things(changes)
    articles = {one for kind in _SAYING | _SETTLING for one in things.get(kind, ())}
    if len(articles) == 1:
        return articles.pop()
    ids = list(things.get("annotation", frozenset()) | things.get("link", frozenset()))
    if not ids and len(things.get("article", ())) == 1:
        return next(iter(things["article"]))
    if len(ids) != 1:
        return None
    values = [revision.value for revision in project.history(ids[0]) if revision.value]
    return str(values[-1]["article"]) if values else None
