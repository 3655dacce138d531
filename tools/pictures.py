"""Makes the pictures of the documentation: `make pictures`.

The window in both languages and themes with the seed article marked, and pages with the hard cases: nested and crossing
marks, mixed directions, a long text, invisible characters, finding, one paragraph in focus.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
FOLDER = ROOT / "docs/pictures"
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
GOLD = json.loads((ROOT / "tests/data/seed_gold.json").read_text("utf-8"))["annotations"]
MIXED = (
    "أعلن حلف NATO في بيان (رقم 2026/17) أن 12 طائرة من طراز F-16 حلّقت فوق مدينة دير حافر.\n"
    "The statement, published by وكالة سانا on 16 January 2026, names 3 groups: قسد, YPG and «هيئة العمليات».\n"
    "قال المتحدث: “لا إله إلا الله” ثم ذكر بلدتي مسكنة وحميمة (ريف حلب الشرقي)."
)
HIDDEN = "ذكر المصدر أن عدد القتلى \u202e12345\u202c في مدينة\u00a0دير\u200f حافر، وأن الجيـــــش\u200c السوري انسحب."
NESTED = (
    "أعلنت إدارة الإعلام والاتصال في وزارة الدفاع السورية انشقاق عناصر من قوات سوريا الديمقراطية في مدينة دير حافر."
)
Spans = list[tuple[str, str]]


def main() -> None:
    """Write all pictures."""
    from ui.app import make_app

    app = make_app()
    for language in ("ar", "en"):
        for theme in ("light", "dark"):
            picture(app, f"window-{language}-{theme}", [], language=language, theme=theme, then=mark_gold)
    whole = "إدارة الإعلام والاتصال في وزارة الدفاع السورية"
    nested: Spans = [
        ("claim", "انشقاق عناصر من قوات سوريا الديمقراطية في مدينة دير حافر"),
        ("actor", whole), ("actor", "وزارة الدفاع السورية"),
        ("place", "السورية انشقاق"), ("actor", "قوات سوريا الديمقراطية"), ("place", "سوريا"), ("place", "مدينة دير حافر"),
        ("claim", "قوات سوريا الديمقراطية في مدينة دير حافر"),
    ]  # fmt: skip
    picture(app, "page-nested", nested, text=NESTED)
    mixed: Spans = [
        ("actor", "حلف NATO"), ("claim", "12 طائرة من طراز F-16 حلّقت فوق مدينة دير حافر"), ("place", "مدينة دير حافر"),
        ("actor", "وكالة سانا on 16"), ("actor", "قسد, YPG and «هيئة"), ("claim", "لا إله إلا الله"), ("place", "مسكنة وحميمة"),
    ]  # fmt: skip
    picture(app, "page-mixed", mixed, text=MIXED, theme="dark")
    picture(app, "page-chips", [("actor", "الجيـــــش\u200c السوري")], text=HIDDEN, then=show_invisible)
    picture(app, "page-long", [], then=read_far_down)
    picture(app, "page-find", [], theme="dark", language="en", then=find)
    picture(app, "claim-frame", [], then=fill_a_frame)
    picture(app, "claim-board", [], language="en", then=show_board)
    picture(app, "map", [], theme="dark", then=show_map)
    picture(app, "review-ar", [], then=show_review)
    picture(app, "review-en", [], language="en", then=show_review)
    for language in ("ar", "en"):
        picture(app, f"import-{language}", [], language=language, then=look_at_files)
        picture(app, f"search-{language}", [], language=language, then=search)
        picture(app, f"statistics-{language}", [], language=language, then=count)
        picture(app, f"export-{language}", [], language=language, then=export)


def picture(
    app: Any,
    name: str,
    spans: Spans,
    *,
    text: str = SEED,
    language: str = "ar",
    theme: str = "light",
    then: Callable[[Any, Callable[[], None]], Any] | None = None,
) -> None:
    """Start the application with one article, mark these words in it, do what else is wanted, and take the picture.

    It shows the window, or what `then` returns.
    """
    from ui.app import Application
    from ui.settings import Settings

    with tempfile.TemporaryDirectory() as home:
        os.environ["HASHIYA_HOME"] = home
        settings = Settings()
        settings.reviewer, settings.language, settings.theme = "سامية", language, theme
        application = Application(app, settings)
        application.start(None)
        wait = waiting(application)
        wait()
        bring_in(application, text, Path(home), wait)
        for label, words in spans:
            start = text.index(words)
            application.session.annotate(start, start + len(words), label)
        assert application.window
        application.window.resize(1280, 720)
        wait()
        shown = (then(application, wait) if then else None) or application.window
        application.session.when_idle(lambda: None)
        wait()
        shown.grab().save(str(FOLDER / f"{name}.png"))
        application.window.close()


def waiting(application: Any) -> Callable[[], None]:
    """Return what waits until all is stored and shown."""
    from PySide6.QtCore import QEventLoop, QTimer

    def wait() -> None:
        loop = QEventLoop()
        application.session.when_idle(lambda: QTimer.singleShot(200, loop.quit))
        loop.exec()

    return wait


def bring_in(application: Any, text: str, folder: Path, wait: Callable[[], None]) -> None:
    """Show a text: the seed article is there already, any other is imported."""
    if text == SEED:
        return
    path = folder / "article.txt"
    path.write_text(text, encoding="utf-8")
    application.session.change(lambda project: project.import_files([path]))
    wait()
    application.window.queue.step(1)
    wait()


def mark_gold(application: Any, wait: Callable[[], None]) -> None:
    """Mark the seed article as a careful reviewer did."""
    for one in GOLD:
        application.session.annotate(one["start"], one["end"], one["label"])
    wait()
    claims = [one.id for one in application.session.now.annotations if one.label == "claim"]
    application.session.select(claims[1])


def show_invisible(application: Any, wait: Callable[[], None]) -> None:
    """Show the chips."""
    application.window.page.show_invisible(True)


def read_far_down(application: Any, wait: Callable[[], None]) -> None:
    """Read an article of a megabyte somewhere in its middle."""
    text = f"{SEED}\n" * 500
    bring_in(application, text, Path(os.environ["HASHIYA_HOME"]), wait)
    for one in GOLD:
        start = text.index(SEED, 500_000)
        application.session.annotate(start + one["start"], start + one["end"], one["label"])
    wait()
    application.session.select(None)
    application.window.page.go_to(text.index(SEED, 500_000) + 140, 40.0)


def fill_a_frame(application: Any, wait: Callable[[], None]) -> None:
    """Fill in the frame of the second claim, as tests/data/seed_gold.json has it."""
    mark_gold(application, wait)
    session = application.session
    known = {(one.start, one.end): one.id for one in session.now.annotations}
    claim = known[194, 316]
    session.frame(
        claim, source=known[146, 192], cue=[(141, 145)], mode="direct", kind="statement",
        about=[(known[212, 221], "does")], places=[known[226, 239]], numbers=[(201, 208, 6, "عناصر")],
    )  # fmt: skip
    session.judge(claim, "contested", "مصدر آخر يذكر عددًا آخر")
    session.select(claim)
    wait()
    application.window.page.go_to(141, 60.0)


def show_board(application: Any, wait: Callable[[], None]) -> None:
    """Open the claim board with two claims that contradict each other."""
    fill_a_frame(application, wait)
    session = application.session
    claims = [one.id for one in session.now.annotations if one.label == "claim"]
    session.change(lambda project: project.relate(claims[0], "contradicts", claims[1], note="العدد"))
    wait()
    application.window.below.toggle_board()
    for _ in range(8):
        wait()


def show_review(application: Any, wait: Callable[[], None]) -> None:
    """Have two readers mark the article, each in their own way, and compare them; two differences are settled."""
    session = application.session

    def read(project: Any) -> None:
        article = project.first_article()
        for reader, name in enumerate(("ليلى", "عمر")):
            project.switch_reviewer(name)
            for number, one in enumerate(GOLD):
                if not (reader and number % 5 == 1):
                    project.annotate(article, one["start"], one["end"] - 4 * (reader and number % 7 == 2), one["label"])
        project.switch_reviewer("سامية")

    session.change(read)
    wait()
    review = application.window.review
    review.toggle()
    for do in (review.reviewing.take_agreed, lambda: review.press(1), lambda: review.press(0)):
        wait()
        do()
    wait()


def show_map(application: Any, wait: Callable[[], None]) -> None:
    """Link the places of the article to the register, and open the map."""
    mark_gold(application, wait)
    session = application.session
    points = {"دير حافر": (36.157, 37.708), "مسكنة": (35.963, 38.04), "حلب": (36.2, 37.16)}

    def link(project: Any) -> None:
        for name, (lat, lon) in points.items():
            place = project.add_entity("place", [name], latitude=lat, longitude=lon, precision="locality")
            for one in project.annotations(session.now.article.id):
                if one.label == "place" and name in one.quote:
                    project.link(one.id, place.id)

    session.change(link)
    wait()
    application.window.toggle_map()
    for _ in range(8):
        wait()


def find(application: Any, wait: Callable[[], None]) -> None:
    """Find a word as people type it."""
    mark_gold(application, wait)
    application.session.select(None)
    application.window.reading.finding.open()
    application.window.reading.finding._bar.begin("اداره الاعلام")


def look_at_files(application: Any, wait: Callable[[], None]) -> Any:
    """Look at files before they come in: some texts, one that is there already, and some that cannot be read."""
    from ui.importing.preview import Preview

    folder = Path(os.environ["HASHIYA_HOME"]) / "أخبار"
    folder.mkdir()
    (folder / "الوطن-2026-01-17.txt").write_text(MIXED, encoding="utf-8")
    (folder / "بيان.html").write_text(f"<html><title>بيان</title><body><p>{NESTED}</p></body></html>", encoding="utf-8")
    (folder / "قديم.txt").write_bytes(HIDDEN.replace("\u202e", "").replace("\u202c", "").encode("cp1256", "ignore"))
    (folder / "النص نفسه.txt").write_text(SEED, encoding="utf-8")
    (folder / "تقرير.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "فارغ.txt").write_bytes(b"")
    application.window.importing.take([folder])
    for _ in range(6):
        wait()
    [dialog] = application.window.findChildren(Preview)
    dialog.resize(1000, 640)
    return dialog


def search(application: Any, wait: Callable[[], None]) -> None:
    """Find a name in all articles, with whatever stands joined to it."""
    mark_gold(application, wait)
    application.session.select(None)
    application.window.below.search("الجيش")
    for _ in range(4):
        wait()


def count(application: Any, wait: Callable[[], None]) -> None:
    """Show how two readers agree, label by label."""
    show_review(application, wait)
    window = application.window
    window.review.toggle()
    wait()
    window.below.toggle_statistics()
    window.below.statistics.panel.choose("labels")
    for _ in range(8):
        wait()


def export(application: Any, wait: Callable[[], None]) -> Any:
    """Ask what goes out."""
    from ui.export.dialog import ExportDialog

    mark_gold(application, wait)
    application.window.export()
    for _ in range(4):
        wait()
    [dialog] = application.window.findChildren(ExportDialog)
    dialog.place_part.line.setText("/home/samia/starter.jsonl")  # the temporary place would be another in each picture
    dialog.resize(1060, 610)
    return dialog


if __name__ == "__main__":
    main()
