"""Bundles of a project that is not the open one: what they are, and a copy of that project made from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from annotator import Project
from annotator.bundle_errors import BundleRefused, SeveralProjects
from annotator.exchange.bundle_file import manifest_of
from annotator.exchange.manifest import Manifest
from annotator.language import Sentence
from ui.exchange import words
from ui.plain import PlainLabel
from ui.translate import running, tr


@dataclass(frozen=True, slots=True)
class Foreign:
    """The bundles of another project, and what the one that has its beginning says of itself; else the first."""

    paths: tuple[Path, ...]
    manifest: Manifest

    @property
    def from_start(self) -> bool:
        """Whether a project can begin with it."""
        return not self.manifest.since


def foreign(paths: Sequence[Path], project: Project | None) -> Foreign | None:
    """Return what the bundles are if all that can be read belong to one project that is not this one, else None."""
    found = {path: one for path in paths if (one := _manifest(path))}
    if len({one.project for one in found.values()}) != 1:
        return None
    first = min(found.values(), key=lambda one: (bool(one.since), one.made_at))
    return None if project and first.project == project.project_id else Foreign(tuple(found), first)


def refusals(paths: Sequence[Path]) -> list[Sentence]:
    """Return why no project can begin with these bundles: what is wrong with which, or that they are of several projects."""
    found = []
    for path in paths:
        try:
            manifest_of(path)
        except BundleRefused as error:
            found.append(error.sentence)
    return found or [SeveralProjects().sentence]


def _manifest(path: Path) -> Manifest | None:
    try:
        return manifest_of(path)
    except BundleRefused:  # looking at it will say why
        return None


class BeginDialog(QDialog):
    """Asks whether a copy of the other project is to be made; accepted if so."""

    def __init__(self, found: Foreign, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Receive work"))
        self.heading = PlainLabel(words.of_other_project(found.manifest), wraps=True)
        self.heading.setObjectName("heading")
        advice = (
            tr("It holds everything from the start: you can make your own copy of that project from it and work there.")
            if found.from_start
            else tr(
                "It goes on from earlier work. Open your copy of that project and receive it there; if you have none, ask "
                "for a file with everything from the start."
            )
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(tr("Cancel") if found.from_start else tr("Close"))
        self.go = buttons.addButton(tr("Make a copy of the project…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setVisible(found.from_start)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        for widget in (self.heading, PlainLabel(running(advice), wraps=True), buttons):
            column.addWidget(widget)
        self.setMinimumWidth(500)
        (self.go if found.from_start else cancel).setFocus()
