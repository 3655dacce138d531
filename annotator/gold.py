"""Bringing in a file of gold annotations: one article's annotations with their claim frames, as one JSON object.

`article.sha256` names an article of the project; each of `annotations` has `id`, `label`, `start`, `end`, `text`, maybe `form`;
a claim also `source`, `via` (ids of the file), `cue` (a span or several), `mode`, `kind`. All of it is one step. Ids in the
project follow from the file, so reading it again adds nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from annotator.errors import NotGold, ProjectError, UnknownAnnotation
from annotator.file_errors import UnreadableFile
from annotator.frames import ClaimFrame
from annotator.framing import Framing
from annotator.language import N_, Sentence
from annotator.model import CLAIM, Annotation, Article
from annotator.open_project import OpenProject, quote_of
from annotator.reports import ImportReport
from annotator.store import queries, veil
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.identity import article_id, gold_id
from annotator.taking import Taker
from annotator.values import annotation_value

_Item = dict[str, Any]
_SPOKEN = ("source", "via")


class Gold(OpenProject):
    """The part of the project that reads gold annotations."""

    def import_gold(self, path: str | Path) -> ImportReport:
        """Mark an article as a gold file says, as one step of this reviewer.

        Raises UnreadableFile, NotGold, or what is wrong with a frame; then nothing is marked.
        """
        path = Path(path)
        self._need_writing()
        try:
            content = orjson.loads(path.read_bytes())
            article, items = self._gold_article(content["article"]["sha256"]), content["annotations"]
            marks = {item["id"]: self._gold_mark(article, item) for item in items}
            frames = [self._gold_frame(article, item, marks) for item in items if item["label"] == CLAIM]
        except OSError as error:
            raise UnreadableFile(reason=error.strerror or error) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = Sentence(N_("a field is missing or of the wrong type ({field})."), {"field": error})
            raise NotGold(path=path, reason=reason) from error
        except ProjectError as error:
            raise NotGold(path=path, reason=error.sentence) from error
        return self._store_gold(list(marks.values()), frames)

    def _gold_article(self, sha256: str) -> Article:
        return self.article(uuid_text(article_id(sha256)))

    def _gold_mark(self, article: Article, item: _Item) -> Annotation:
        start, end = _checked_span(article.text, item)
        label = str(item["label"])
        identity = uuid_text(gold_id(article.sha256, self._reviewer, item["id"], label, start, end))
        return Annotation(
            identity, article.id, label, start, end, item["text"], str(item.get("note", "")), self._reviewer, "", "",
            str(item.get("form", "")), self._label_set_version(),
        )  # fmt: skip

    def _gold_frame(self, article: Article, item: _Item, marks: dict[str, Annotation]) -> ClaimFrame:
        by_id = {mark.id: mark for mark in marks.values()}

        def find(identity: str) -> Annotation:
            if identity not in by_id:
                raise UnknownAnnotation(id=identity)
            return by_id[identity]

        claim = marks[item["id"]]
        given: dict[str, Any] = {name: item[name] for name in ("mode", "kind", "hedging") if item.get(name)}
        given |= {name: marks[item[name]].id for name in _SPOKEN if item.get(name)}
        given["cue"] = [_checked_span(article.text, one) for one in _several(item.get("cue"))]
        return Framing(claim, article.text, find).revised(ClaimFrame(claim.id, label_set=claim.label_set), given)

    def _store_gold(self, marks: list[Annotation], frames: list[ClaimFrame]) -> ImportReport:
        taker, report = Taker(self._connection), ImportReport()
        with veil.lifted(self._connection), self._step("import") as step:
            added = [mark for mark in marks if not queries.annotation(self._connection, uuid_bytes(mark.id) or b"")]
            for mark in added:
                taker.ensure_label(mark.label)
                step.put_new("annotation", annotation_value(mark), entity=uuid_bytes(mark.id))
            framed = [frame.claim for frame in frames if taker.take_frame(step, frame)]
            taker.finish_batch(step)
        if step.operations:
            self._tell_step(step, annotation=tuple(mark.id for mark in added), frame=tuple(framed))
        report.annotations = len(added)
        return report


def _checked_span(text: str, item: _Item) -> tuple[int, int]:
    """Return a span whose words are those that the file gives; raise BadSpan or ValueError."""
    start, end = int(item["start"]), int(item["end"])
    if quote_of(text, start, end) != item["text"]:
        raise ValueError(item["text"])
    return start, end


def _several(cue: Any) -> list[_Item]:
    if not cue:
        return []
    return list(cue) if isinstance(cue, list) else [cue]
