"""Marking a project's articles: annotations are made, changed and removed, each by its own reviewer."""

from __future__ import annotations

from typing import Any

from annotator.model import Annotation
from annotator.open_project import UNCHANGED, OpenProject, quote_of
from annotator.store import queries, register
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.identity import link_id
from annotator.text.clitics import plain_form
from annotator.values import annotation_value


class Marking(OpenProject):
    """The part of a project that marks."""

    def annotate(self, article: str, start: int, end: int, label: str, *, note: str = "", form: str = "") -> Annotation:
        """Mark the span `[start, end)` (code points) with a label; `form` is its plain form where the quote is not that.

        Raises UnknownArticle, UnknownLabel or BadSpan.
        """
        quote = quote_of(self._text_of(article), start, end)
        self._need_label(label)
        version = self._label_set_version()
        made = Annotation("", article, label, start, end, quote, note, self._reviewer, "", "", form, version)
        value = annotation_value(made)
        with self._step("annotate") as step:
            identity = step.put_new("annotation", value)
        made = self.annotation(uuid_text(identity))
        self._tell_step(step, annotation=(made.id,))
        return made

    def revise(
        self,
        annotation: str,
        *,
        start: int = UNCHANGED,
        end: int = UNCHANGED,
        label: str = UNCHANGED,
        note: str = UNCHANGED,
        form: str = UNCHANGED,
    ) -> Annotation:
        """Change what is given of one's own annotation; nothing is written when nothing differs.

        When the span changes and no form is given, an annotation that has a form gets that of its new span.
        Raises UnknownAnnotation, NotYours, UnknownLabel or BadSpan.
        """
        before = self._own(annotation)
        given: dict[str, Any] = {"start": start, "end": end, "label": label, "note": note, "form": form}
        wanted = {name: value for name, value in given.items() if value is not UNCHANGED}
        if all(getattr(before, name) == value for name, value in wanted.items()):
            return before
        self._need_label(str(wanted.get("label", before.label)))
        value = annotation_value(self._revised(before, wanted))
        with self._step("revise") as step:
            step.put_updated("annotation", value, uuid_bytes(annotation) or b"")
        self._tell_step(step, annotation=(before.id,))
        return self.annotation(annotation)

    def remove(self, annotation: str) -> None:
        """Remove one's own annotation with its link; the log keeps both. Raises UnknownAnnotation or NotYours."""
        found = self._own(annotation)
        identity = uuid_bytes(found.id) or b""
        linked = register.link(self._connection, identity) is not None
        with self._step("remove") as step:
            step.put("annotation", None, entity=identity)
            if linked:
                step.put("link", None, entity=link_id(found.id))
        self._tell_step(step, annotation=(found.id,), link=(found.id,) if linked else ())

    def annotations(self, article: str) -> list[Annotation]:
        """Return the annotations of an article, sorted by (start, -end); raise UnknownArticle."""
        return queries.annotations_of(self._connection, self._article_bytes(article))

    def _revised(self, before: Annotation, wanted: dict[str, Any]) -> Annotation:
        """Return the annotation with what is wanted, its quote and its form brought along."""
        after = before._replace(**wanted)
        text = self._text_of(before.article)
        quote = quote_of(text, after.start, after.end)
        moved = (after.start, after.end) != (before.start, before.end)
        derived = before.form and moved and "form" not in wanted
        version = self._label_set_version() if "label" in wanted else before.label_set
        form = plain_form(text, after.start, after.end) if derived else after.form
        # Whoever moved it has looked at it.
        to_confirm = before.to_confirm and not moved
        return after._replace(quote=quote, form=form, label_set=version, to_confirm=to_confirm)
