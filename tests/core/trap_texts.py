"""Texts and marks that exchange formats trip over, as a project; what each format gives back is compared with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator import Annotation, Project

WEAPON = "سلاح ثقيل"  # a label with a space and an Arabic name


@dataclass(frozen=True, slots=True)
class Trap:
    """A text and the words in it to mark, each with its label; `~` before a label means the last place of the words."""

    name: str
    text: str
    marks: tuple[tuple[str, str], ...] = ()


TRAPS = (
    Trap(
        "plain",
        "قالت الوزارة إن الجيش دخل دير حافر.",
        (("الوزارة", "actor"), ("الجيش", "actor"), ("دير حافر", "place")),
    ),
    Trap(
        "overlaps",
        "قوات سوريا الديمقراطية في حلب",
        (("قوات سوريا", "actor"), ("سوريا الديمقراطية في حلب", "claim"), ("حلب", "place")),
    ),
    Trap(
        "nesting",
        "محافظ حلب عزام الغريب",
        (("محافظ حلب عزام الغريب", "claim"), ("محافظ حلب", "actor"), ("حلب", "place"), ("حلب", "actor")),
    ),
    Trap("line_end", "سقطت القذيفة\nعلى الحي\n\nثم صمت", (("القذيفة\nعلى", "claim"), ("الحي\n\nثم", "actor"))),
    Trap("edges", "حلب ثم حماة", (("حلب", "place"), ("حماة", "place"), ("حلب ثم حماة", "claim"))),
    Trap("clitic", "وصل بدمشق وللجيش رأي", (("دمشق", "place"), ("لجيش", "actor"))),
    Trap("emoji", "😀👨‍👩‍👧 قصف حلب 🇸🇾 أمس", (("حلب", "place"), ("🇸🇾", "actor"))),
    Trap("marks", "قَصَفَ الجَيْشُ حَلَبَ", (("الجَيْشُ", "actor"), ("حَلَبَ", "place"))),
    Trap("decomposed", "ا\u0654مس في ح\u0651\u064eلب", (("ا\u0654مس", "claim"), ("ح\u0651\u064eلب", "place"))),
    Trap("tatweel", "الجـــيش في حـلب", (("الجـــيش", "actor"), ("حـلب", "place"))),
    Trap(
        "spaces",
        "في\u00a0حلب\u200f وحماة\u200b\tوإدلب",
        (("حلب", "place"), ("وإدلب", "place"), ("حلب\u200f وحماة", "claim")),
    ),
    Trap(
        "signs",
        'قال [أ] | "ب" _ \\ ; & < > \' # * -> نهاية %s {x}',
        (("[أ]", "actor"), ('"ب" _ \\ ;', "claim"), ("& <", "place"), ("نهاية", WEAPON)),
    ),
    Trap("label", "رشاش ثقيل من طراز كذا", (("رشاش ثقيل", WEAPON),)),
    Trap("formula", "=1+1\n@كلام\n+مدينة", (("=1+1", "claim"), ("@كلام", "actor"), ("+مدينة", "place"))),
    Trap("unmarked", "لا شيء هنا."),
    Trap("blank_lines", "\n\n  سطر بعد فراغ\n   \n", (("سطر", "place"), ("فراغ", "actor"))),
    Trap("long", "كلمة وأخرى. " * 40_000 + "حلب", (("~حلب", "place"), ("كلمة", "actor"))),
)


def trap_project(path: Path) -> Project:
    """Make a project of all traps, marked."""
    project = Project.create(path, reviewer="R1")
    project.add_label(WEAPON, names={"ar": WEAPON, "en": "Heavy weapon"}, colour="#882255")
    folder = path.parent / "traps"
    folder.mkdir()
    for number, trap in enumerate(TRAPS):
        (folder / f"{number:02}_{trap.name}.txt").write_bytes(trap.text.encode())
    report = project.import_files([folder])
    assert len(report.imported) == len(TRAPS), report.failed
    for done, trap in zip(report.imported, TRAPS, strict=True):
        for words, label in trap.marks:
            _mark(project, done.article, words, label)
    return project


def marks_of(project: Project) -> dict[str, list[Annotation]]:
    """Return all annotations of a project by article."""
    return {article.id: project.annotations(article.id) for article in project.articles()}


def _mark(project: Project, article: str, words: str, label: str) -> None:
    text = project.article(article).text
    sought = words.removeprefix("~")
    start = text.rindex(sought) if words.startswith("~") else text.index(sought)
    project.annotate(article, start, start + len(sought), label)
