"""Makes the pictures of the documentation: the seed article, marked, in both languages and themes.

Run with the test environment's Python: `.venv/bin/python tools/pictures.py`.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
GOLD = json.loads((ROOT / "tests/data/seed_gold.json").read_text("utf-8"))["annotations"]
SHOWN = (("ar", "light"), ("ar", "dark"), ("en", "light"), ("en", "dark"))


def main() -> None:
    """Write docs/pictures/window-LANGUAGE-THEME.png."""
    from PySide6.QtCore import QEventLoop, QTimer

    from ui.app import Application, make_app
    from ui.settings import Settings

    app = make_app()

    def wait(application: Application) -> None:
        loop = QEventLoop()
        application.session.when_idle(lambda: QTimer.singleShot(150, loop.quit))
        loop.exec()

    for language, theme in SHOWN:
        with tempfile.TemporaryDirectory() as home:
            os.environ["HASHIYA_HOME"] = home
            settings = Settings()
            settings.reviewer, settings.language, settings.theme = "سامية", language, theme
            application = Application(app, settings)
            application.start(None)
            wait(application)
            for one in GOLD:
                application.session.annotate(one["start"], one["end"], one["label"])
            wait(application)
            claims = [one.id for one in application.session.now.annotations if one.label == "claim"]
            application.session.select(claims[1])
            assert application.window
            application.window.resize(1280, 720)
            wait(application)
            application.window.grab().save(str(ROOT / f"docs/pictures/window-{language}-{theme}.png"))
            application.window.close()


if __name__ == "__main__":
    main()
