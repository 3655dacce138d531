"""What must not be told: a built-in profile or one from a file, with what it does in words."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QWidget

from annotator.errors import ProjectError
from annotator.redaction import PROFILES, Profile, profile_of
from ui.choice_box import ChoiceBox
from ui.plain import PlainLabel, title_of
from ui.translate import isolated, running, say, tr

_FILE = "file"


class RedactionPart(QObject):
    """The box and its explanation; `changed` says that another profile is meant.

    While a file that was named cannot be read, there is a `problem`, and nothing may be exported: what should be hidden would
    be told.
    """

    changed = Signal()

    def __init__(self, given: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.box, self.explanation = ChoiceBox(), PlainLabel(wraps=True)
        self.given, self.problem = "", ""
        self.profile: Profile | None = None
        self._form: QFormLayout | None = None
        self.box.addItem(tr("Nothing: everything is told"), "")
        for profile in PROFILES:
            self.box.addItem(tr(profile.title), profile.name)
        self.box.addItem(tr("As a file says…"), _FILE)
        self.explanation.setProperty("quiet", "true")
        self.box.activated.connect(lambda _: self._choose())
        self.take(given)

    def add_to(self, form: QFormLayout) -> None:
        """Add the fields to a form."""
        form.addRow(title_of(self.box, tr("Must not be told")), self.box)
        form.addRow("", self.explanation)
        form.setRowVisible(self.explanation, bool(self.explanation.text()))
        self._form = form

    def take(self, given: str) -> None:
        """Take a profile by its name or the path of its file; none for an empty text."""
        self.given, self.problem, self.profile = given, "", None
        try:
            self.profile = profile_of(given) if given else None
        except ProjectError as error:
            self.problem = running(say(error.sentence))
        known = self.box.findData(given)
        self.box.setCurrentIndex(known if known >= 0 else self.box.findData(_FILE))
        self._explain()
        self.changed.emit()

    def _choose(self) -> None:
        chosen = self.box.currentData()
        if chosen == _FILE:
            self._ask_file()
        else:
            self.take(chosen)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self.box, tr("Redaction profile"), "", tr("Profiles (*.json)"))
        self.take(path or self.given)  # who chose no file has what was chosen before

    def _explain(self) -> None:
        profile = self.profile
        words = tr(profile.explanation) if profile and profile.explanation else ""
        if profile and not words:
            words = tr("As {name} says.").format(name=isolated(profile.name))
        self.explanation.setObjectName("problem" if self.problem else "")
        self.explanation.style().polish(self.explanation)
        self.explanation.setText(self.problem or words)
        if self._form:
            self._form.setRowVisible(self.explanation, bool(self.explanation.text()))
