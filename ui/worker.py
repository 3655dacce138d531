"""One thread beside the window's: it owns the open project, and does jobs on it in the order they are given."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

Then = Callable[[Any], None]
Failed = Callable[[BaseException], None]


class Worker(QObject):
    """Runs jobs in its thread and brings their results back to the window's."""

    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended = False
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="project")
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, job: Callable[[], Any], then: Then, failed: Failed) -> None:
        """Do a job; then call `then` with its result, or `failed` with its exception, in the window's thread."""
        future = self._executor.submit(job)
        future.add_done_callback(lambda done: self._finished.emit(done, then, failed))

    def finish(self, job: Callable[[], Any]) -> None:
        """Do a last job after all others, wait for it, and end the thread; results still on their way reach nobody."""
        self._executor.submit(job).result()
        self._executor.shutdown(wait=True)
        self._ended = True

    def _deliver(self, future: Future[Any], then: Then, failed: Failed) -> None:
        error = future.exception()
        if error is not None:
            failed(error)
        elif not self._ended:
            then(future.result())
