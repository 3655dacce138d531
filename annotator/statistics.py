"""What the work on a project looks like: progress, labels, time, who and what is spoken of, claims by source and day."""

from __future__ import annotations

from annotator.open_project import OpenProject
from annotator.store import statistics
from annotator.tallies import Statistics


class Counting(OpenProject):
    """The part of a project that counts."""

    def statistics(self) -> Statistics:
        """Return what the project's work looks like; `agreement` tells how well reviewers agree.

        Days are those of UTC. Minutes come from the log: the times between two operations of a reviewer that follow each other
        on the same article, pauses of more than five minutes left out; what was read before the first mark is not known.
        """
        connection = self._connection
        return Statistics(
            progress=tuple(statistics.progress(connection)),
            labels=tuple(statistics.labels(connection, [label.key for label in self.labels()])),
            minutes=tuple(statistics.minutes(connection)),
            actors=tuple(statistics.named(connection, "actor")),
            places=tuple(statistics.named(connection, "place")),
            sources=tuple(statistics.sources(connection)),
            timeline=tuple(statistics.timeline(connection)),
        )
