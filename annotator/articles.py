"""Getting articles into a project: the survey before, the import itself, near copies and corrected versions."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import replace

from annotator.carrying_over import CarriedOver, CarryingOver
from annotator.copying import put_copy
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
from annotator.survey import Cancel, Choices, Near, Progress, Survey
from annotator.surveying import Surveyor
from annotator.text.shingles import Alike
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
    ) -> Survey:
        """Tell what files, and folders with all that is in them, hold, and what of it is there already; write nothing.

        `encoding` and `mapping` (field of an article -> column) are for files that `choices` says nothing about; of `choices`
        only the options are looked at: how each file is to be read. `progress` gets a `Pace`.
        """
        incoming = Incoming(
            paths, options=Options(encoding, mapping), choices=choices, progress=progress, cancel=cancel
        )
        return Surveyor(self._connection, incoming).run()

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
        """Return the articles whose texts are nearly the same, the most similar first; raise UnknownArticle."""
        own = nearness.sketch_of(self._connection, self._article_bytes(article))
        alike = Alike()
        alike.add(own)
        found = []
        for _, number, similarity in alike.meet(nearness.sketches(self._connection)):
            known = nearness.article_of(self._connection, number)
            if known and known.id != article:
                found.append(Near(similarity, known.title, known.id))
        return sorted(found, key=lambda near: -near.similarity)

    def copies_of(self, article: str) -> list[str]:
        """Return the group of copies that an article belongs to, the original first; empty when it belongs to none."""
        group = nearness.group_of(self._connection, self._article_bytes(article))
        return [uuid_text(one) for one in group] if len(group) > 1 else []

    def group_copies(self, original: str, articles: Iterable[str]) -> list[str]:
        """Group articles, each with its own group, as copies of one; return the whole group. Raises UnknownArticle."""
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
        self._tell_grouped(step, grouped)
        return self.copies_of(original)

    def ungroup(self, article: str) -> None:
        """Take an article out of its group of copies; of an original, the group is dissolved. Raises UnknownArticle."""
        identity = self._article_bytes(article)
        grouped = nearness.original_of(self._connection, identity) is not None
        members = [identity] if grouped else nearness.copies_of(self._connection, identity)
        with self._step("ungroup") as step:
            for one in members:
                step.put("copy", None, entity=copy_id(uuid_text(one)))
        self._tell_grouped(step, [uuid_text(one) for one in members])

    def _tell_grouped(self, step: StepWriter, articles: list[str]) -> None:
        if articles:
            self._tell_step(step, copy=tuple(articles))

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
