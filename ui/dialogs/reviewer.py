"""Choosing whose work is done from now on."""

from __future__ import annotations

from PySide6.QtWidgets import QInputDialog, QWidget

from ui.translate import tr


def ask_reviewer(reviewers: tuple[str, ...], current: str, parent: QWidget | None = None) -> str | None:
    """Ask for a reviewer of the project or a new name; return None when the user thinks better of it."""
    names = list(reviewers)
    at = names.index(current) if current in names else 0
    question = tr("Who is reading now? Choose a name or write a new one.")
    name, accepted = QInputDialog.getItem(parent, tr("Switch reviewer"), question, names, at, True)
    return name.strip() or None if accepted else None
