"""How far sending or receiving is, and whether somebody wants it to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotator.bundle_errors import MergeCancelled
from annotator.errors import ProjectError

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]


@dataclass(slots=True)
class Pace:
    """Counts what was done, in operations or texts; raises `stopped` when it is to stop."""

    progress: Progress | None
    cancel: Cancel | None
    total: int
    stopped: type[ProjectError] = MergeCancelled
    done: int = 0

    def go(self, count: int) -> None:
        self.done += count
        if self.progress:
            self.progress(min(self.done, self.total), self.total)
        if self.cancel and self.cancel():
            raise self.stopped
