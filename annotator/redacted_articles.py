"""Redacting one article after the other: text, marks and what hangs on them, its details and its source record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar
from urllib.parse import unquote

from annotator.frames import ClaimFrame, Mention, Participant, Passage, SaidNumber, SaidTime, Speaker, Verdict
from annotator.model import Annotation, Article, Final, MarkedArticle, Source
from annotator.redacting import COVERED_NOTE, Counted
from annotator.redaction import ADDRESSES, BLACKED, DETAILS, IDS, ORIGINALS
from annotator.text.blackout import blacked, covered, united

_Pointing = TypeVar("_Pointing", Speaker, Participant, Mention)
_Said = TypeVar("_Said", Speaker, SaidTime, SaidNumber)


def told(marked: MarkedArticle, counted: Counted) -> MarkedArticle:
    """Return an article as it may be told; its annotations stand where they stood."""
    return _Telling(marked, counted).whole()


class _Telling:
    """Makes one article anew."""

    def __init__(self, marked: MarkedArticle, counted: Counted) -> None:
        self._marked, self._counted = marked, counted
        self._before, self._id = marked.article.text, counted.article(marked.article.id)
        ranges = united([*counted.secrets.texts.ranges(self._before), *self._hidden_spans()])
        self._after = blacked(self._before, ranges) if ranges else self._before
        counted.count(BLACKED, len(ranges))

    def whole(self) -> MarkedArticle:
        """Return the article anew."""
        marked = self._marked
        self._counted.count(IDS)
        layers = self._layer(marked)
        return MarkedArticle(
            article=self._article(),
            annotations=list(layers.annotations),
            packed_original=None,
            frames=layers.frames,
            verdicts=layers.verdicts,
            links=layers.links,
            relations=layers.relations,
            final=self._layer(marked.final) if marked.final else None,
            settled=marked.settled,
            hidden=marked.hidden,
        )

    # -- inside ---------------------------------------------------------------------------------------------------

    def _hidden_spans(self) -> Iterator[tuple[int, int]]:
        """Yield the spans whose label is hidden, or that mean an entity which is."""
        labels, meant = self._counted.profile.labels, self._counted.secrets.meant
        final = self._marked.final or Final()
        links = {**self._marked.links, **final.links}
        for one in (*self._marked.annotations, *final.annotations):
            link = links.get(one.id)
            if one.label in labels or (link and link.entity in meant):
                yield one.start, one.end

    def _layer(self, given: MarkedArticle | Final) -> Final:
        """Return the layers, or the final layer, anew, without where they came from."""
        counted = self._counted
        annotations = {one.id: self._annotation(one) for one in given.annotations}
        words = _Words(self._before, self._after, {key: one.words for key, one in annotations.items()}, counted)
        new_id = counted.annotation
        return Final(
            annotations=tuple(sorted(annotations.values(), key=lambda one: (one.start, -one.end, one.id))),
            frames={new_id(claim): words.frame(frame) for claim, frame in given.frames.items()},
            links={
                new_id(one): replace(link, annotation=new_id(one), entity=counted.entity(link.entity))
                for one, link in given.links.items()
            },
            relations=tuple(sorted(map(counted.relation, given.relations), key=attrgetter("id"))),
            verdicts={new_id(claim): tuple(self._verdicts(found)) for claim, found in given.verdicts.items()},
        )

    def _annotation(self, one: Annotation) -> Annotation:
        """Return an annotation anew; a plain form goes with the words that it was one of."""
        counted, quote = self._counted, self._after[one.start : one.end]
        return Annotation(
            counted.annotation(one.id), self._id, one.label, one.start, one.end, quote, counted.note(one.note),
            counted.reviewer(one.reviewer), one.created_at, one.updated_at,
            form=counted.words(one.form) if quote == one.quote else "",
            label_set=one.label_set,
            carried_from=counted.annotation(one.carried_from),
            to_confirm=one.to_confirm,
        )  # fmt: skip

    def _verdicts(self, verdicts: tuple[Verdict, ...]) -> list[Verdict]:
        counted = self._counted
        found = (
            replace(
                one,
                claim=counted.annotation(one.claim),
                reviewer=counted.reviewer(one.reviewer),
                reason=counted.note(one.reason, instead=COVERED_NOTE),
            )
            for one in verdicts
        )
        return sorted(found, key=attrgetter("reviewer"))

    def _article(self) -> Article:
        article, counted = self._marked.article, self._counted
        sha256 = article.sha256
        if self._after != self._before:
            sha256 = hashlib.sha256(self._after.encode()).hexdigest()
        return replace(
            article,
            id=self._id,
            title=self._title(article.title),
            text=self._after,
            sha256=sha256,
            source=self._source(article.source, sha256),
            outlet=counted.words(article.outlet, DETAILS),
            author=counted.words(article.author, DETAILS),
            replaces=counted.article(article.replaces),
        )

    def _title(self, title: str) -> str:
        """Return a title anew; one that was cut out of the text may end within a name, which the text knows."""
        begun = title.removesuffix("…")
        at = self._before.find(begun)
        if at < 0:
            return self._counted.words(title, DETAILS)
        told = self._after[at : at + len(begun)] + title[len(begun) :]
        self._counted.count(DETAILS, int(told != title))
        return told

    def _source(self, source: Source, sha256: str) -> Source:
        """Return a source record without the original; where it is to be found stays only if nothing there is hidden."""
        counted = self._counted
        counted.count(ORIGINALS)
        shown = Source(
            file="",
            bytes_sha256=sha256,
            encoding="utf-8",
            imported_at=source.imported_at,
            imported_by=counted.reviewer(source.imported_by),
            reader=source.reader,
            reader_version=source.reader_version,
            program=source.program,
        )
        if self._tells_where(source):
            counted.count(ADDRESSES)
            return shown
        return replace(shown, file=source.file, part=source.part, url=source.url, captured_at=source.captured_at)

    def _tells_where(self, source: Source) -> bool:
        """Tell whether file or address have a secret in them, or lead to a text that has."""
        found = self._counted.secrets.said.ranges
        return self._after != self._before or any(
            found(form) for given in (source.file, source.part, source.url) for form in (given, unquote(given))
        )


@dataclass(frozen=True, slots=True)
class _Words:
    """Gives the words of claim frames anew: as the text has them now, or what they point to."""

    before: str
    after: str
    annotations: dict[str, str]
    counted: Counted

    def frame(self, frame: ClaimFrame) -> ClaimFrame:
        """Return a claim frame anew."""
        new_id = self.counted.annotation
        return replace(
            frame,
            claim=new_id(frame.claim),
            source=self._speaker(frame.source),
            via=self._speaker(frame.via),
            cue=tuple(Passage(one.start, one.end, self.after[one.start : one.end]) for one in frame.cue),
            about=tuple(map(self._pointing, frame.about)),
            places=tuple(map(self._pointing, frame.places)),
            time=self._said(frame.time) if frame.time else None,
            numbers=tuple(replace(self._said(one), unit=self.counted.words(one.unit)) for one in frame.numbers),
            parent=new_id(frame.parent),
        )

    def _speaker(self, speaker: Speaker | None) -> Speaker | None:
        if speaker is None or speaker.annotation:
            return self._pointing(speaker) if speaker else None
        return self._said(speaker)

    def _pointing(self, one: _Pointing) -> _Pointing:
        """Return what points to an annotation, with the words that this has now.

        Which label an annotation had that is gone is not known any more: if labels are hidden, so are its words.
        """
        words = self.annotations.get(one.annotation)
        if words is None:
            hides = one.removed and self.counted.profile.labels
            words = covered(one.words) if hides else self.counted.words(one.words)
        return replace(one, annotation=self.counted.annotation(one.annotation), words=words)

    def _said(self, one: _Said) -> _Said:
        """Return words that may stand in the text at a place of their own."""
        start, end = one.start, one.end
        if start is not None and end is not None and self.before[start:end] == one.words:
            return replace(one, words=self.after[start:end])
        return replace(one, words=self.counted.words(one.words))
