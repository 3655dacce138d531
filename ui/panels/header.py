"""The strip at the top: the product, the project, whether everything is stored, and who is reading."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.plain import PlainLabel, plain_tip
from ui.session import Session
from ui.translate import isolated, tr


class Header(QFrame):
    """Shows project, stored state and reviewer."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAccessibleName(tr("Project and reviewer"))
        self._session = session
        self._project, self._stored, self._reviewer = PlainLabel(), PlainLabel(), PlainLabel()
        self._light = PlainLabel("•")
        brand = PlainLabel(tr("Hashiya"))
        brand.setObjectName("brand")
        self._project.setProperty("quiet", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(14)
        row.addWidget(brand)
        row.addWidget(self._project)
        row.addStretch(1)
        stored = QHBoxLayout()
        stored.setSpacing(5)
        stored.addWidget(self._light)
        stored.addWidget(self._stored)
        row.addLayout(stored)
        row.addWidget(self._reviewer)
        session.project_changed.connect(self.refresh)
        session.busy_changed.connect(self._show_stored)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's project and reviewer."""
        now = self._session.now
        self._project.setText(tr("Project: {name}").format(name=isolated(now.path.stem)) if now.path else "")
        self._project.setToolTip(plain_tip(str(now.path or "")))
        self._reviewer.setText(tr("Reviewer: {name}").format(name=isolated(now.reviewer)) if now.reviewer else "")
        self._show_stored(self._session.busy)

    def _show_stored(self, busy: bool) -> None:
        colour, text = ("#b8660b", tr("Storing…")) if busy else ("#16875a", tr("Stored"))
        self._light.setStyleSheet(f"color: {colour}")
        self._stored.setText(text)
