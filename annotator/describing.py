"""What a reviewer puts right about an article: its details, and which part of it is page boilerplate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.errors import TitleMissing
from annotator.model import Article, Boilerplate, Relatives
from annotator.news import Given, checked_ranges
from annotator.open_project import UNCHANGED, OpenProject
from annotator.store import custody
from annotator.store.clock import uuid_bytes
from annotator.store.relatives import relatives
from annotator.text.publication import checked_publication
from annotator.values import article_value
from annotator.writers.target import whole_file


class Describing(OpenProject):
    """The part of the project that is about the record of an article. Its text never changes."""

    def describe(
        self,
        article: str,
        *,
        title: str = UNCHANGED,
        outlet: str = UNCHANGED,
        author: str = UNCHANGED,
        date: str = UNCHANGED,
    ) -> Article:
        """Change what is given of an article's details; nothing is written when nothing differs.

        `date` is when it was published: a year, month or day of ISO 8601, or a day with time and zone, in any digits.
        Raises UnknownArticle, TitleMissing or BadDate.
        """
        before = self.article(article)
        given: dict[str, Any] = {"title": title, "outlet": outlet, "author": author, "date": date}
        wanted: dict[str, Any] = {
            name: " ".join(value.split()) for name, value in given.items() if value is not UNCHANGED
        }
        if wanted.get("title") == "":
            raise TitleMissing
        if "date" in wanted:
            wanted["date"] = checked_publication(wanted["date"])
        return self._put_article("describe", before, replace(before, **wanted))

    def set_boilerplate(self, article: str, ranges: Iterable[Given]) -> Article:
        """Say which ranges of an article belong to the page it came from and not to the news: they are greyed and skipped.

        They replace those there were; none gives everything back to the news. Raises UnknownArticle, BadSpan or
        OverlappingRanges.
        """
        before = self.article(article)
        found: tuple[Boilerplate, ...] = checked_ranges(ranges, len(before.text))
        return self._put_article("boilerplate", before, replace(before, boilerplate=found))

    def relatives(self, article: str) -> Relatives:
        """Return the other versions and copies of an article that are in the project; raise UnknownArticle."""
        return relatives(self._connection, self._article_bytes(article))

    def save_original(self, article: str, path: str | Path) -> None:
        """Write the bytes that an article was made from to a file.

        Raises UnknownArticle, CannotWrite or DiskFull; then no file is left.
        """
        found = custody.original(self._connection, self._article_bytes(article)) or b""
        with whole_file(Path(path)) as file:
            file.write(found)

    def _put_article(self, action: str, before: Article, after: Article) -> Article:
        if after == before:
            return before
        with self._step(action) as step:
            step.put("article", article_value(after), entity=uuid_bytes(before.id) or b"")
        self._tell_step(step, article=(before.id,))
        return self.article(before.id)
