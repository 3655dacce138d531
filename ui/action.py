"""A row of the table of actions: what can be done, by which key, when it is possible, and what does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ui.session import Session

Can = Callable[[Session], bool]
Menu = Literal["file", "edit", "article", "claim", "review", "view", "help"]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can do. `scope` is where its keys work: in the whole window, or only on the page, or in a review.

    An action with `checked` is a switch.
    """

    id: str
    menu: Menu
    text: str
    run: Callable[[], None]
    keys: tuple[str, ...] = ()
    can: Can = lambda session: True
    scope: Literal["window", "page", "review"] = "window"
    separator: bool = False
    checked: Callable[[], bool] | None = None
