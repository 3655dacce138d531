"""A project full of secrets, each in every spelling that a reader would still understand, and a search for them."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from annotator import Project, SaidTime, Speaker
from annotator.text.fold import fold

LEAD, OTHER, GIVEN = "ليلى القسّوري", "Zaynabq", "سلمان الدغفل"
PERSON, PLACE = "قسورة الدنفي", "خربة الطرفاء"
WEAPON = "weapon"
# How the secret names stand in the texts, and nothing of them may be read afterwards.
SPELLED = (
    "قسورة الدنفي", "قَسْوَرَةُ الدَّنْفِيّ", "قســورة الدنفى", "قسوره الدنفي", "وقسورة الدنفي", "لقسورة\nالدنفي", "قسورة، الدنفي",
    "ﻗﺴﻮﺭﺓ الدنفي", "أبو جليبيب", "ابو جليبيب", "إبو جليبيب", "وأبوجليبيب", "بأبي جليبيب", "QASWARA Danfi", "خربة الطرفاء",
    "وخربة الطرفاء", "بخربةِ الطرفاءِ", "لخربه الطرفاء", "الأعورية", "للأعورية", "والاعورية", "وبالأعورية",
    "راجمة منجنيق", "وراجمةُ منجنيقٍ", "الكتيبة ٩٩١٧٣٣٩١", "الكتيبة 99173391", "ليلى القسوري", "عبد الشنفرى", "عبدالشنفرى",
)  # fmt: skip
TEXT = "أعلن مصدر أن {} وصل أمس.\n"
# What must not be found, in its search form: also ids and numbers by which one could look a secret up.
SOUGHT = (
    "قسوره", "الدنفي", "جليبيب", "qaswara", "danfi", "الطرفاء", "خربه", "الاعوريه", "لاعوريه", "منجنيق", "99173391", "القسوري",
    "zaynabq", "الدغفل", "شنفري", "زبرجد", "35.12345", "37.54321", "9912345", "q778899",
)  # fmt: skip


def secret_project(folder: Path) -> Project:
    """Make the project: two articles with secrets in them, one without, and secrets in everything else there is."""
    project = _imported(folder)
    article = max(project.articles(), key=lambda one: len(one.text)).id
    text = project.article(article).text
    project.add_label(WEAPON, names={"ar": "سلاح مثل راجمة منجنيق", "en": "Weapon"}, colour="#882255")
    project.revise_label("actor", example=f"قال [{PERSON}]", guideline={"ar": "اسألوا ليلى القسوري"})
    person = project.add_entity(
        "actor", [PERSON, "أبو جليبيب", ("Qaswara Danfi", "en"), "عبد الشنفرى"],
        notes="ملاحظة زبرجد", external={"wikidata": "Q778899"}, sensitive=True,
    )  # fmt: skip
    place = project.add_entity(
        "place", [PLACE], latitude=35.12345, longitude=37.54321, precision="exact", external={"geonames": "9912345"}
    )
    project.set_sensitive([place.id])
    gone = project.add_entity("actor", ["جليبيب الصغير"])
    project.merge_entities(person.id, gone.id)
    project.add_entity("place", ["مزرعة خربة الطرفاء"], latitude=35.12345, longitude=37.54321)
    project.add_entity("place", ["دير حافر"], latitude=36.159, longitude=37.707, parent=place.id, notes="زبرجد")
    marks = [_mark(project, article, text, words, label) for words, label in (
        (PERSON, "actor"), ("الأعورية", "actor"), ("راجمة منجنيق", WEAPON), (PLACE, "place"), ("أمس", "claim"),
    )]  # fmt: skip
    claim = project.annotate(article, 0, text.index("\n", 200), "claim", note=f"زبرجد {LEAD}")
    lam = text.index("لأعورية", text.index("للأعورية") + 1)
    form = project.annotate(article, lam, lam + len("لأعورية"), "actor", form="الأعورية")
    for mark in (marks[0], marks[1], form.id):
        project.link(mark, person.id)
    project.link(marks[3], place.id)
    cue = text.index(PERSON)
    project.frame(
        claim.id, source=marks[0], cue=[(cue, cue + len(PERSON))], places=[marks[3]], about=[(marks[1], "does")],
        time=SaidTime("2026-01-16", "يوم قسورة الدنفي"),
    )  # fmt: skip
    project.frame(marks[4], via=Speaker("unnamed", words="مقرب من قسورة الدنفي"))
    project.relate(claim.id, "contradicts", marks[4], note="زبرجد")
    project.judge(claim.id, "contested", reason="زبرجد")
    project.describe(article, title="لقاء مع قسورة الدنفي", outlet="إذاعة خربة الطرفاء", author="أبو جليبيب")
    project.note_article(article, "زبرجد")
    project.assign([article], [GIVEN])
    project.save_filter(f"عند {OTHER}", f"reviewer:{OTHER}")
    project.switch_reviewer(OTHER)
    project.judge(claim.id, "refuted", reason="زبرجد")
    project.annotate(article, 0, 4, "claim", note="زبرجد")
    return project


def _imported(folder: Path) -> Project:
    """Bring the articles in as records, so that they have addresses, originals and warnings."""
    source = folder / "in"
    source.mkdir()
    (source / "قسورة-الدنفي.txt").write_text("".join(TEXT.format(words) for words in SPELLED), encoding="utf-8")
    (source / "b.txt").write_text(f"زار وفد {PLACE} أمس.\nانتهى.", encoding="cp1256")
    (source / "c.txt").write_text("هطل المطر على الساحل.\nانتهى.", encoding="utf-8")
    with Project.create(folder / "before.hashiya", reviewer=LEAD) as project:
        project.import_files([source])
        out = project.export("jsonl", folder / "before.jsonl").path
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    for record in records:
        record["source"]["url"] = f"https://example.org/{quote('خربة-الطرفاء')}?by={OTHER}"
        record["source"]["warnings"] = [{"template": "{name}", "details": {"name": PERSON}}]
    out.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    made = Project.create(folder / "secret.hashiya", reviewer=LEAD)
    report = made.import_files([out])
    assert (len(report.imported), report.failed) == (3, [])
    return made


def _mark(project: Project, article: str, text: str, words: str, label: str) -> str:
    start = text.index(words)
    return project.annotate(article, start, start + len(words), label, note="زبرجد").id


def told(folder: Path) -> str:
    """Return all that an export tells, in search form: names of files, and what is in them unpacked and unescaped."""
    return "\n".join(fold(f"{given}\n{unquote(given)}\n{_unescaped(given)}") for given in _pieces(folder))


def _pieces(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        yield path.name
        if path.is_file():
            yield from _contents(path)


def _contents(path: Path) -> Iterator[str]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as zipped:
            for name in zipped.namelist():
                yield name
                yield zipped.read(name).decode("utf-8", "replace")
    elif path.suffix == ".parquet":
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(path)
        yield f"{table.schema} {table.schema.metadata} {table.to_pylist()}"
    elif path.suffix == ".spacy":
        yield from _docs(path)
    yield path.read_bytes().decode("utf-8", "replace")


def _docs(path: Path) -> Iterator[str]:
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("ar").vocab
    for doc in DocBin(store_user_data=True).from_disk(path).get_docs(vocab):
        yield f"{doc.text} {doc.to_json()} {doc.user_data} {[one.kb_id_ for one in doc.spans['hashiya']]}"
    yield "\n".join(vocab.strings)


def _unescaped(given: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), given)
