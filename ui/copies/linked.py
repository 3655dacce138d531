"""Two pages that scroll together: whichever is scrolled takes the other to the place that corresponds to its first line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QObject

from ui.page.view import PageView

Place = Callable[[int, int], int]
"""From an offset of the text on a side (0 or 1) to the one that corresponds to it on the other."""


class LinkedScrolling(QObject):
    """Links two pages for as long as they live."""

    def __init__(self, pages: tuple[PageView, PageView], place: Place) -> None:
        super().__init__(pages[0])
        self._pages, self._place = pages, place
        self._leads = True
        for side, page in enumerate(pages):
            page.verticalScrollBar().valueChanged.connect(partial(self._follow, side))

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Let each page be scrolled for itself meanwhile."""
        before, self._leads = self._leads, False
        try:
            yield
        finally:
            self._leads = before

    def _follow(self, side: int, _: int) -> None:
        """Scroll the other text to what corresponds to the first line in view of this one."""
        if not self._leads:
            return
        with self.apart():
            page, other = self._pages[side], self._pages[1 - side]
            bar = page.verticalScrollBar()
            if bar.value() == bar.minimum():
                other.verticalScrollBar().setValue(0)
            else:
                offset, below = page.place()
                other.go_to(self._place(offset, side), below)
