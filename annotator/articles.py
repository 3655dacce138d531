"""Getting articles into a project: the survey before, the import itself, near copies and corrected versions."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import replace

from annotator.carrying_over import CarriedOver, CarryingOver
from annotator.copying import put_apart, put_copy, take_apart_back
from annotator.errors import SameArticle
from annotator.importing import Importer
from annotator.incoming import AnyFile, Incoming
from annotator.open_project import OpenProject
from annotator.readers.draft import Options
from annotator.reports import ImportReport
from annotator.store import nearness, veil
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.identity import copy_id
from annotator.store.log import StepWriter
from annotator.survey import Cancel, Choices, Near, Progress, Survey, Told
from annotator.surveying import Surveyor
from annotator.text.shingles import Alike, similarity
from annotator.values import article_value

_NO_CHOICES: Choices = {}
_PART = 0.1  # seconds: short enough that whoever works meanwhile hardly waits
_NO_MAPPING: Mapping[str, str] = {}


class Articles(OpenProject):
    """The part of the project that takes articles in."""

    def survey(
        self,
        paths: Iterable[AnyFile],
        *,
        encoding: str | None = None,
        mapping: Mapping[str, str] = _NO_MAPPING,
        choices: Choices = _NO_CHOICES,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
        told: Told | None = None,
    ) -> Survey:
        """Tell what files, and folders with all that is in them, hold, and what of it is there already; write nothing.

        `encoding` and `mapping` (field of an article -> column) are for files that `choices` says nothing about; of `choices`
        only the options are looked at: how each file is to be read. `progress` gets a `Pace`; `told` gets each article and each
        refusal as soon as it is read, before it is known what it is like.
        """
        incoming = Incoming(
            paths, options=Options(encoding, mapping), choices=choices, progress=progress, cancel=cancel
        )
        return Surveyor(self._connection, incoming, told=told).run()

    def import_files(
        self,
        paths: Iterable[AnyFile],
        *,
        encoding: str | None = None,
        mapping: Mapping[str, str] = _NO_MAPPING,
        choices: Choices = _NO_CHOICES,
        only_certain: bool = False,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> ImportReport:
        """Import files, and folders with all that is in them; what is refused is reported with a reason.

        `choices` are what was decided after a survey. With `only_certain`, what somebody should look at first is left for
        later and reported as undecided. `progress` gets a `Pace`; when `cancel()` is true the import stops. What came in before
        that, or before the disk was full, stays; importing the same again goes on from there.
        """
        self._need_writing()
        incoming = Incoming(
            paths, options=Options(encoding, mapping), choices=choices, progress=progress, cancel=cancel
        )
        importer = Importer(
            self._connection, self._log, reviewer=self._reviewer, told=self._tell, only_certain=only_certain
        )  # fmt: skip
        return importer.run(incoming)

    def import_in_parts(
        self,
        paths: Iterable[AnyFile],
        *,
        choices: Choices = _NO_CHOICES,
        only_certain: bool = False,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Generator[None, None, ImportReport]:
        """Import like `import_files`, pausing about ten times a second; the generator returns the report.

        In the pauses the project may be changed; all that the import brings is one step nevertheless. It must not be undone
        before it has ended.
        """
        self._need_writing()
        incoming = Incoming(paths, options=Options(), choices=choices, progress=progress, cancel=cancel)
        importer = Importer(
            self._connection, self._log, reviewer=self._reviewer, told=self._tell, only_certain=only_certain
        )  # fmt: skip
        return importer.run_in_parts(incoming, seconds=_PART)

    # -- copies ---------------------------------------------------------------------------------------------------

    def near_copies(self, article: str) -> list[Near]:
        """Return the articles whose texts are nearly the same, the most similar first; raise UnknownArticle.

        Those of which somebody said that they are no copies are left out. Only the first 3,000 characters count.
        """
        apart = set(self.told_apart(article))
        return [near for near in self._alike(article) if near.article not in apart]

    def told_apart(self, article: str) -> list[str]:
        """Return the articles of which somebody said that they are no copies of this one; raise UnknownArticle."""
        found = nearness.told_apart(self._connection, self._article_bytes(article))
        return sorted(uuid_text(one) for one in nearness.present(self._connection, found))

    def resemblances(self, article: str, others: Iterable[str]) -> dict[str, float]:
        """Return how alike (0 to 1) the texts of others are to that of an article; raise UnknownArticle.

        Texts that are too short to be compared, of fewer than 12 words, are left out.
        """
        own = nearness.sketch_of(self._connection, self._article_bytes(article))
        sketches = {other: nearness.sketch_of(self._connection, self._article_bytes(other)) for other in others}
        return {other: similarity(own, sketch) for other, sketch in sketches.items() if own and sketch}

    def _alike(self, article: str) -> list[Near]:
        own = nearness.sketch_of(self._connection, self._article_bytes(article))
        alike = Alike()
        alike.add(own)
        found = []
        for _, number, alikeness in alike.meet(nearness.sketches(self._connection)):
            known = nearness.article_of(self._connection, number)
            if known and known.id != article:
                found.append(Near(alikeness, known.title, known.id))
        return sorted(found, key=lambda near: -near.similarity)

    def copies_of(self, article: str) -> list[str]:
        """Return the group of copies that an article belongs to, the original first; empty when it belongs to none."""
        group = nearness.group_of(self._connection, self._article_bytes(article))
        return [uuid_text(one) for one in group] if len(group) > 1 else []

    def group_copies(self, original: str, articles: Iterable[str]) -> list[str]:
        """Group articles, each with its own group, as copies of one; return the whole group. Raises UnknownArticle.

        What was said of two of them, that they are no copies, is said no more.
        """
        root = self._article_bytes(original)
        members = {
            one: None
            for article in (original, *articles)
            for one in nearness.group_of(self._connection, self._article_bytes(article))
        }
        with self._step("group") as step:
            grouped = [uuid_text(one) for one in members if put_copy(self._connection, step, one, root)]
            if nearness.original_of(self._connection, root):
                step.put("copy", None, entity=copy_id(original))
                grouped.append(original)
            parted = take_apart_back(self._connection, step, members)
        self._tell_grouped(step, grouped, parted)
        return self.copies_of(original)

    def keep_apart(self, article: str, others: Iterable[str]) -> None:
        """Say that others are no copies of an article's text: they leave its group, and are not told as near copies again.

        Where the article is a copy of one of them, it is the article that leaves. Raises UnknownArticle.
        """
        own = self._article_bytes(article)
        found = [self._article_bytes(other) for other in others]
        with self._step("apart") as step:
            parted = [uuid_text(one) for one in found if put_apart(self._connection, step, own, one)]
            left = list(self._part(step, own, found))
        self._tell_grouped(step, left, [article, *parted] if parted else [])

    def ungroup(self, article: str) -> None:
        """Take an article out of its group of copies; of an original, the group is dissolved. Raises UnknownArticle."""
        identity = self._article_bytes(article)
        grouped = nearness.original_of(self._connection, identity) is not None
        members = [identity] if grouped else nearness.copies_of(self._connection, identity)
        with self._step("ungroup") as step:
            for one in members:
                step.put("copy", None, entity=copy_id(uuid_text(one)))
        self._tell_grouped(step, [uuid_text(one) for one in members])

    def _part(self, step: StepWriter, own: bytes, others: Collection[bytes]) -> Iterator[str]:
        """Have those of others that are in an article's group leave it, or the article, if it is one of these that leads."""
        root = nearness.original_of(self._connection, own)
        for one in others:
            leaving = own if one == root else one
            together = one == root or nearness.original_of(self._connection, one) in {root or own, own}
            if together and one != own and not step.has(copy_id(uuid_text(leaving))):
                step.put("copy", None, entity=copy_id(uuid_text(leaving)))
                yield uuid_text(leaving)

    def _tell_grouped(self, step: StepWriter, articles: Collection[str], parted: Collection[str] = ()) -> None:
        if articles or parted:
            self._tell_step(step, copy=tuple(articles), apart=tuple(parted))

    # -- versions -------------------------------------------------------------------------------------------------

    def carry_over(self, old: str, new: str) -> CarriedOver:
        """Make one article the corrected version of another, and carry everybody's annotations over to it.

        What was carried before is not carried again. Raises UnknownArticle or SameArticle.
        """
        before, after = self.article(old), self.article(new)
        if before.id == after.id or before.replaces == after.id:
            raise SameArticle
        with veil.lifted(self._connection) as told, self._step("carry") as step:
            carrying = CarryingOver(self._connection, step, before, after.id, after.text, told=told)
            touched = list(carrying.run())
            if after.replaces != before.id:
                value = article_value(replace(after, replaces=before.id))
                step.put("article", value, entity=uuid_bytes(after.id))
                touched.append(("article", after.id))
        if touched:
            kinds = {kind for kind, _ in touched}
            self._tell_step(step, **{kind: tuple(key for one, key in touched if one == kind) for kind in sorted(kinds)})
        return carrying.report
