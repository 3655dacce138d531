"""Comments on annotations, with answers: one's own can be changed, anybody's can be called resolved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotator.decisions import Comment
from annotator.errors import EmptyComment, NotYours, UnknownAnnotation, UnknownComment
from annotator.open_project import OpenProject
from annotator.store import comments, decided
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.identity import resolved_id
from annotator.store.log import StepWriter


class Commenting(OpenProject):
    """The part of the project that is about comments."""

    def comments(self, article: str) -> tuple[Comment, ...]:
        """Return the comments on an article's annotations, also on removed ones, oldest first; raise UnknownArticle."""
        return comments.comments_of(self._connection, self._article_bytes(article))

    def comment(self, annotation: str, text: str, *, answer_to: str = "") -> Comment:
        """Say something about anybody's annotation, also a final one; `answer_to` is a comment on the same annotation.

        Raises UnknownAnnotation, UnknownComment or EmptyComment.
        """
        article = self._commented(annotation)
        if answer_to and self._comment(answer_to).annotation != annotation:
            raise UnknownComment(id=answer_to)
        value = {"annotation": annotation, "article": article, "text": _words(text), "answer_to": answer_to}
        with self._step("comment") as step:
            identity = step.put_new("comment", value | {"reviewer": self._reviewer})
        self._tell_comment(step, annotation)
        return self._comment(uuid_text(identity))

    def revise_comment(self, comment: str, text: str) -> Comment:
        """Put one's own comment in other words. Raises UnknownComment, NotYours or EmptyComment."""
        before = self._own_comment(comment)
        after = replace(before, text=_words(text))
        if after != before:
            with self._step("revise_comment") as step:
                step.put_updated("comment", _value(after), uuid_bytes(before.id) or b"")
            self._tell_comment(step, before.annotation)
        return self._comment(comment)

    def remove_comment(self, comment: str) -> None:
        """Remove one's own comment; answers to it stay. Raises UnknownComment or NotYours."""
        found = self._own_comment(comment)
        with self._step("remove_comment") as step:
            step.put("comment", None, entity=uuid_bytes(found.id))
        self._tell_comment(step, found.annotation)

    def resolve_comment(self, comment: str, on: bool = True) -> Comment:
        """Call anybody's comment resolved, or not any more. Raises UnknownComment."""
        found = self._comment(comment)
        if bool(found.resolved_by) != on:
            value = {"comment": found.id, "annotation": found.annotation, "reviewer": self._reviewer}
            with self._step("resolve_comment" if on else "unresolve_comment") as step:
                if on:
                    step.put_updated("resolved", value, resolved_id(found.id))
                else:
                    step.put("resolved", None, entity=resolved_id(found.id))
            self._tell_step(step, resolved=(found.annotation,))
        return self._comment(comment)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _comment(self, comment: str) -> Comment:
        found = comments.comment(self._connection, uuid_bytes(comment) or b"")
        if found is None:
            raise UnknownComment(id=comment)
        return found

    def _own_comment(self, comment: str) -> Comment:
        found = self._comment(comment)
        if found.reviewer != self._reviewer:
            raise NotYours(owner=found.reviewer)
        return found

    def _commented(self, annotation: str) -> str:
        """Return the article of an annotation of a layer or of the final layer."""
        found = self.find_annotation(annotation)
        if found:
            return found.article
        final = decided.place_of_final(self._connection, uuid_bytes(annotation) or b"")
        if final is None:
            raise UnknownAnnotation(id=annotation)
        return uuid_text(final[0])

    def _tell_comment(self, step: StepWriter, annotation: str) -> None:
        self._tell_step(step, comment=(annotation,))


def _words(text: str) -> str:
    if not text.strip():
        raise EmptyComment
    return text.strip()


def _value(comment: Comment) -> dict[str, Any]:
    names = ("annotation", "article", "text", "answer_to", "reviewer", "created_at", "updated_at")
    return {name: getattr(comment, name) for name in names}
