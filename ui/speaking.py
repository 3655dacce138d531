"""What a screen reader says of the annotations: which one is selected, and which ones the caret enters and leaves.

Nothing is said twice: what was said when the caret entered it is not said again when it is then selected, and the other
way round.
"""

from __future__ import annotations

from annotator import Annotation
from annotator.model import Boilerplate
from annotator.news import range_at
from ui.boilerplate import boilerplate_names
from ui.page.speech import is_heard, say_aloud
from ui.page.view import PageView
from ui.session import Session
from ui.translate import language, tr, trn

_LONGEST = 200


class Speaking:
    """Follows the caret, and is told of the rest once the page shows it; speaks where there is somebody to hear it."""

    def __init__(self, session: Session, page: PageView) -> None:
        self._session, self._page = session, page
        self._here: list[str] = []
        self._entered = self._selected = ""
        self._going_to: int | None = None
        self._in_grey: Boilerplate | None = None
        page.caret_moved.connect(self._say_moved)

    # -- what happened --------------------------------------------------------------------------------------------

    def say_article(self) -> None:
        """Say which article comes."""
        article = self._session.now.article
        self._here, self._entered, self._selected, self._going_to = [], "", "", None
        self._in_grey = None
        if article and self._page.hasFocus():  # from elsewhere one hears what was chosen there
            say_aloud(self._page, article.title)

    def say_selected(self) -> None:
        """Say the selected annotation when it is another one or has changed, and that it is gone when it is."""
        if not is_heard():
            return
        annotation = self._session.selected_annotation()
        before, self._selected = self._selected, self._words(annotation) if annotation else ""
        if annotation and self._selected != before:
            known = annotation.id in self._here and self._entered == self._selected
            say_aloud(self._page, tr("Selected") if known else self._selected)
            self._here, self._going_to = self._page.marks_at(self._page.caret()), annotation.start
        elif before and not annotation and self._session.selected:
            say_aloud(self._page, tr("Annotation removed"))

    def _say_moved(self, offset: int) -> None:
        """Say the innermost annotation that the caret entered, or else the one that it left; page boilerplate too."""
        if not is_heard():
            return
        self._say_grey(offset)
        before, self._here = self._here, self._page.marks_at(offset)
        going_to, self._going_to = self._going_to, None
        if offset == going_to:  # the caret goes along to what has just been said
            return
        entered = [one for one in map(self._find, self._here) if one and one.id not in before]
        left = [one for one in map(self._find, before) if one and one.id not in self._here]
        self._entered = self._words(entered[0]) if entered else ""
        if entered:
            say_aloud(self._page, self._entered)
        elif left:
            say_aloud(self._page, tr("Left {label}").format(label=self._label(left[0])))

    def _say_grey(self, offset: int) -> None:
        """Say that the caret entered page boilerplate, or is back in the news."""
        before, self._in_grey = self._in_grey, range_at(self._page.boilerplate, offset)
        if self._in_grey and self._in_grey != before:
            say_aloud(self._page, boilerplate_names()[self._in_grey.kind])
        elif before and not self._in_grey:
            say_aloud(self._page, tr("News again"))

    # -- in words -------------------------------------------------------------------------------------------------

    def _words(self, annotation: Annotation) -> str:
        """Return label, text, plain form, reviewer, note and state of an annotation."""
        own = annotation.reviewer == self._session.now.reviewer
        there = len(self._page.marks_at(annotation.start))
        meaning = self._session.now.linked.words_of(annotation.id)
        parts = (
            self._label(annotation),
            f"«{annotation.quote[:_LONGEST]}»",
            annotation.form and tr("Plain form: {form}").format(form=annotation.form),
            tr("Reviewer: {name}").format(name=annotation.reviewer),
            meaning and tr("Means: {name}").format(name=meaning),
            annotation.note and tr("Note: {note}").format(note=annotation.note),
            "" if own else tr("Read only"),
            tr("Carried over from the earlier version: still right?") if annotation.to_confirm else "",
            trn("{count} annotation begins or runs here", "{count} annotations begin or run here", there)
            if there > 1
            else "",
        )
        return ". ".join(filter(None, parts))

    def _label(self, annotation: Annotation) -> str:
        labels = {label.key: label for label in self._session.now.labels}
        label = labels.get(annotation.label)
        return label.names.get(language(), label.key) if label else annotation.label

    def _find(self, identity: str) -> Annotation | None:
        return next((one for one in self._session.now.annotations if one.id == identity), None)
