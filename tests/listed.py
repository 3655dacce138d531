"""What articles the project of a session holds, read from its file: the window itself keeps no list of them."""

from __future__ import annotations

from annotator import Project
from annotator.model import ArticleSummary
from ui.session import Session


def listed(session: Session) -> tuple[ArticleSummary, ...]:
    """Return the articles in their order."""
    path = session.now.path
    if path is None:
        return ()
    with Project.open(path, read_only=True) as project:
        return tuple(project.summaries())
