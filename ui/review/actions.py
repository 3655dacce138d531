"""The part of the table of actions that is about reviewing: comparing, one key a decision, the reasons, the team."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ui.action import Action, Can
from ui.review.choices import AGREED_KEYS, MAKE_KEYS, REASON_KEYS
from ui.review.sides import ARABIC, LATIN
from ui.review.words import reason_names
from ui.session import Session
from ui.translate import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_ARABIC_ZERO = 0x0660


def review_actions(window: MainWindow) -> list[Action]:
    """Return the actions of the menu Review, in its order."""
    review = window.review
    reviewing = review.reviewing
    return [
        Action(
            "compare", "review", tr("Compare…"), review.toggle, ("Ctrl+Shift+R",), _has_article,
            checked=lambda: reviewing.is_open,
        ),
        Action("next_difference", "review", tr("Next difference"), lambda: review.step(1), ("F7",), _when(review.differs)),
        Action(
            "previous_difference", "review", tr("Previous difference"), lambda: review.step(-1), ("Shift+F7",),
            _when(review.differs),
        ),
        Action(
            "twin", "review", tr("Side by side"), review.pane.toggle_twin, ("V", "ر"),
            _when(lambda: len(reviewing.review.sides) == 2), "review", checked=lambda: review.pane.is_twin,
        ),
        Action(
            "hide_names", "review", tr("Hide names"), lambda: reviewing.hide_names(not reviewing.hides_names), ("H", "ا"),
            _when(review.differs), "review", checked=lambda: reviewing.hides_names,
        ),
        *_deciding(window),
        *_reasons(window),
        Action(
            "settle", "review", tr("Settle the article, or open it again"), reviewing.toggle_settled, ("Ctrl+Shift+S",),
            _when(lambda: reviewing.can_settle), separator=True,
        ),
        Action(
            "fates", "review", tr("What became of my marks"), review.show_fates, ("Ctrl+Shift+O",), _has_article,
        ),
        Action(
            "comment", "review", tr("Write a comment"), window.write_comment, ("Shift+Return", "Shift+Enter"),
            lambda session: session.selected_annotation() is not None, "page", separator=True,
        ),
        Action("team", "review", tr("Reviewers and roles…"), window.show_team, ("Ctrl+Shift+T",), _has_project),
        Action("leave_review", "review", tr("Back to reading"), review.leave, ("Esc",), _when(review.is_open), "review"),
    ]  # fmt: skip


def _deciding(window: MainWindow) -> list[Action]:
    review = window.review
    reviewing = review.reviewing
    decides = _when(lambda: reviewing.can_decide)
    sides = [
        Action(
            f"take_{number}", "review", tr("Take side {letter}").format(letter=letter), partial(review.press, number),
            (str(number + 1), chr(_ARABIC_ZERO + number + 1), letter, ARABIC[number]),
            _when(partial(review.can_press, number)), "review", separator=number == 0,
        )
        for number, letter in enumerate(LATIN)
    ]  # fmt: skip
    return [
        *sides,
        Action("take_all", "review", tr("Take both or all"), reviewing.take_all, ("+", "="), decides, "review"),
        Action("take_none", "review", tr("Take none"), reviewing.take_none, ("0", "٠", "-"), decides, "review"),
        Action("take_other", "review", tr("Make another mark"), reviewing.make, MAKE_KEYS, decides, "review"),
        Action(
            "take_agreed", "review", tr("Take everything all agree on"), reviewing.take_agreed, AGREED_KEYS,
            _when(lambda: reviewing.can_settle), "review",
        ),
    ]  # fmt: skip


def _reasons(window: MainWindow) -> list[Action]:
    review = window.review
    reviewing = review.reviewing
    decides = _when(lambda: reviewing.can_decide)
    reasons = [
        Action(
            f"reason_{reason}", "review", tr("Reason: {reason}").format(reason=name),
            partial(reviewing.set_reason, reason), REASON_KEYS[reason], decides, "review", separator=number == 0,
        )
        for number, (reason, name) in enumerate(reason_names().items())
    ]  # fmt: skip
    note = Action(
        "decision_note", "review", tr("Note on the decision"), review.edit_note, ("Return", "Enter"), decides, "review"
    )
    return [*reasons, note]


def _when(holds: Callable[[], bool]) -> Can:
    """Return a condition that asks the review instead of the session."""
    return lambda _: holds()


def _has_project(session: Session) -> bool:
    return session.now.path is not None


def _has_article(session: Session) -> bool:
    return session.now.article is not None
