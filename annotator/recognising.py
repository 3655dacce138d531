"""Finding page boilerplate in articles that are in the project already, as the import does for new ones.

What a reviewer said of an article stays, also that nothing of it is boilerplate, and so does what was found before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from annotator.model import Article, Boilerplate, Change
from annotator.open_project import OpenProject
from annotator.store import boilerplate, queries
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.text.boilerplate import boilerplate_in
from annotator.values import article_value

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
_BATCH = 500  # articles looked at before one transaction
_PART = 0.1  # seconds: short enough that whoever works meanwhile hardly waits


@dataclass(frozen=True, slots=True)
class PageParts:
    """What of an article would be greyed: the stretches, in code points, and the words of each."""

    article: str
    title: str
    ranges: tuple[Boilerplate, ...]
    words: tuple[str, ...]


@dataclass(slots=True)
class PagePartsReport:
    """What recognising did: the articles greyed, how many were looked at, and how many were left as a reviewer said."""

    greyed: list[PageParts] = field(default_factory=list)
    seen: int = 0
    kept: int = 0
    cancelled: bool = False


class Recognising(OpenProject):
    """The part of the project that recognises page boilerplate."""

    def page_parts(self, articles: Iterable[str] | None = None) -> Iterator[PageParts | None]:
        """Yield what would be greyed of articles, by default of all, one after the other; None where that is nothing.

        Articles of which a part is greyed already, or about which a reviewer decided, give None. Nothing is held open between
        two of them: the project may be changed meanwhile. Raises UnknownArticle.
        """
        return (self._found(article) for article in self._open_to_it(self._asked_for(articles)))

    def recognise(
        self,
        articles: Iterable[str] | None = None,
        *,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> PagePartsReport:
        """Grey the page boilerplate that is found in articles, by default in all, as one step.

        What a reviewer said, and what is greyed already, stays. A stop keeps what was done; one undo takes all of it back.
        Raises UnknownArticle.
        """
        parts = self.recognise_in_parts(articles, progress=progress, cancel=cancel)
        while True:
            try:
                next(parts)
            except StopIteration as end:
                report: PagePartsReport = end.value
                return report

    def recognise_in_parts(
        self,
        articles: Iterable[str] | None = None,
        *,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Generator[None, None, PagePartsReport]:
        """Do as `recognise`, pausing about ten times a second; the generator returns the report."""
        self._need_writing()
        wanted = self._asked_for(articles)
        rest, report, step_id = self._open_to_it(wanted), PagePartsReport(), b""
        while batch := list(_for_a_moment(islice(rest, _BATCH))):
            step_id = self._grey(batch, step_id, report)
            if progress:
                progress(report.seen, len(wanted))
            yield
            if cancel and cancel():
                report.cancelled = report.seen < len(wanted)
                break
        return report

    # -- inside ---------------------------------------------------------------------------------------------------

    def _asked_for(self, articles: Iterable[str] | None) -> list[bytes]:
        if articles is None:
            return queries.article_ids(self._connection)
        return [self._article_bytes(article) for article in dict.fromkeys(articles)]

    def _open_to_it(self, wanted: list[bytes]) -> Iterator[Article | None]:
        """Yield the articles that are open to what is found; None for one that is not, or is gone."""
        decided = boilerplate.decided(self._connection)
        for identity in wanted:
            is_open = identity not in decided and not boilerplate.has_any(self._connection, identity)
            yield queries.article(self._connection, identity) if is_open else None

    def _found(self, article: Article | None) -> PageParts | None:
        ranges = boilerplate_in(article.text) if article else ()
        if article is None or not ranges:
            return None
        words = tuple(article.text[one.start : one.end] for one in ranges)
        return PageParts(article.id, article.title, ranges, words)

    def _grey(self, batch: list[Article | None], step_id: bytes, report: PagePartsReport) -> bytes:
        """Store what is found in a batch as one transaction of the step; return the id of the step."""
        report.seen += len(batch)
        report.kept += sum(one is None for one in batch)
        found = [(article, parts) for article in batch if article and (parts := self._found(article))]
        if not found:
            return step_id
        with self._log.step("recognise", self._reviewer, id=step_id) as step:
            for article, parts in found:
                value = article_value(replace(article, boilerplate=parts.ranges))
                step.put("article", value, entity=uuid_bytes(article.id) or b"")
        report.greyed += [parts for _, parts in found]
        self._tell(Change("recognise", uuid_text(step.id), {"article": tuple(article.id for article, _ in found)}))
        return step.id


def _for_a_moment(articles: Iterator[Article | None]) -> Iterator[Article | None]:
    """Yield articles for as long as nobody notices that they wait."""
    until = time.monotonic() + _PART
    for article in articles:
        yield article
        if time.monotonic() > until:
            return
