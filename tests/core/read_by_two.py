"""Three articles that Amal and Basim read; Basim marked nothing in the last one, and says so."""

from __future__ import annotations

from pathlib import Path

from annotator import Project

TEXTS = ("أعلنت وزارة الدفاع عن دخول دير حافر.", "قالت سانا إن الجيش دخل مسكنة.", "لم يقل أحد شيئًا عن حلب.")


def unread(folder: Path) -> Project:
    """The articles before anybody marked anything, as Amal has them."""
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    project = Project.create(folder / "work.hashiya", reviewer="Amal")
    project.import_files(sorted(folder.glob("*.txt")))
    return project


def mark(project: Project, words: str, label: str) -> str:
    article = next(one for one in project.articles() if words in one.text)
    start = article.text.index(words)
    return project.annotate(article.id, start, start + len(words), label).id


def both_read(project: Project) -> None:
    mark(project, "وزارة الدفاع", "actor")
    mark(project, "دير حافر", "place")
    mark(project, "سانا", "actor")
    mark(project, "حلب", "place")
    project.switch_reviewer("Basim")
    mark(project, "وزارة الدفاع", "actor")
    mark(project, "حافر", "place")
    mark(project, "الجيش", "actor")
    project.set_state([one.id for one in project.articles()], "done")
