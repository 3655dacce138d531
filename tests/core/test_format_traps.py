"""Every format that holds spans gives back the ones that went in, from texts that exchange formats trip over.

What a format says it left out may be missing, nothing else; and what it gives back is read from its files alone.
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import spacy
from cassis import load_cas_from_xmi, load_typesystem
from spacy.tokens import DocBin

from annotator import Project, formats
from annotator.exporting import losses_path
from annotator.text.utf16 import Utf16Offsets
from tests.core import tei_reading as tei
from tests.core import webanno_tsv
from tests.core.refi_reading import QdaProject
from tests.core.trap_texts import TRAPS, marks_of, trap_project

# A text and the spans in it, in code points, each with its label.
Read = Iterator[tuple[str, list[tuple[int, int, str]]]]
# The reasons for which a whole annotation is missing.
MISSING = {"overlap", "only_line_ends", "no_token"}


def read_jsonl(out: Path) -> Read:
    for line in out.read_text("utf-8").split("\n")[:-1]:
        record = json.loads(line)
        if record.get("type", "article") == "article":
            yield record["text"], [(one["start"], one["end"], one["label"]) for one in record["annotations"]]


def read_doccano(out: Path) -> Read:
    for line in out.read_text("utf-8").split("\n")[:-1]:
        record = json.loads(line)
        spans = [(one["start_offset"], one["end_offset"], one["label"]) for one in record["entities"]]
        yield record["text"], spans


def read_label_studio(out: Path) -> Read:
    """Label Studio's own way: the text of a region is what JavaScript's slice gives."""
    for task in json.loads((out / "tasks.json").read_text("utf-8")):
        text, units = task["data"]["text"], task["data"]["text"].encode("utf-16-le")
        spans = []
        for item in (item for layer in task["annotations"] for item in layer["result"] if item["type"] == "labels"):
            value = item["value"]
            assert units[value["start"] * 2 : value["end"] * 2].decode("utf-16-le") == value["text"]
            back = Utf16Offsets(text).back
            spans.append((back(value["start"]), back(value["end"]), value["labels"][0]))
        yield text, spans


def read_brat(out: Path) -> Read:
    names = {}
    for line in (out / "visual.conf").read_text("utf-8").split("[drawing]")[0].splitlines()[1:]:
        if line:
            names[line.split(" | ")[0]] = line.split(" | ")[2]
    for path in sorted(out.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        spans = []
        for line in path.with_suffix(".ann").read_bytes().decode("utf-8").split("\n"):
            if line.startswith("T"):
                _, place, words = line.split("\t", 2)
                kind, *offsets = re.split("[ ;]", place)
                fragments = [tuple(map(int, fragment.split(" "))) for fragment in place.split(" ", 1)[1].split(";")]
                assert " ".join(text[start:end] for start, end in fragments) == words
                spans.append((int(offsets[0]), int(offsets[-1]), names[kind]))
        yield text, spans


def read_web_annotations(out: Path) -> Read:
    for path in sorted(out.glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        items = json.loads(path.with_suffix(".jsonld").read_text("utf-8"))["items"]
        spans = []
        for item in (one for one in items if one["motivation"] == "tagging"):
            position, quote = item["target"]["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            spans.append((position["start"], position["end"], item["body"][0]["value"]))
        yield text, spans


def read_csv(out: Path) -> Read:
    texts: dict[str, str] = {}
    spans: dict[str, list[tuple[int, int, str]]] = {}
    csv.field_size_limit(10_000_000)
    for name in ("articles", "annotations"):
        with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if name == "articles":
                    texts[row["id"]], spans[row["id"]] = row["text"].removeprefix("'"), []
                else:
                    spans[row["article"]].append((int(row["start"]), int(row["end"]), row["label"]))
    yield from ((text, spans[article]) for article, text in texts.items())


def read_prodigy(out: Path) -> Read:
    for line in out.read_text("utf-8").split("\n")[:-1]:
        task = json.loads(line)
        for span in task["spans"]:
            first, last = (task["tokens"][span[name]] for name in ("token_start", "token_end"))
            assert task["text"][span["start"] : first["start"]].strip() == ""
            assert task["text"][last["end"] : span["end"]].strip("\u200f\u200b \n") == ""
        yield task["text"], [(one["start"], one["end"], one["label"]) for one in task["spans"]]


def read_spacy(out: Path) -> Read:
    vocab = spacy.blank("ar").vocab
    for path in sorted(out.glob("*.spacy")):
        for doc in DocBin().from_disk(path).get_docs(vocab):
            yield doc.text, [(one.start_char, one.end_char, one.label_) for one in doc.spans["hashiya"]]


def read_tei(out: Path) -> Read:
    """The corpus with its articles included, as an XML parser sees it; every span is proved by its words."""
    corpus = tei.parsed_corpus(out)
    names = {one.get(tei.ID): one.get("n", "") for one in corpus.iter(tei.tag("category"))}
    for article in corpus.iter(tei.tag("TEI")):
        text = tei.text_of(article)
        spans = []
        for start, end, span in tei.marks_of(article):
            assert text[start:end] == tei.words_of(span)
            spans.append((start, end, names[span.get("ana").split()[0].split("#")[1]]))
        yield text, spans


def read_refi(out: Path) -> Read:
    for _, text, selections in QdaProject(out).sources():
        for one in selections:
            assert text[one.start : one.end].startswith(one.node.get("name"))
        yield text, [(one.start, one.end, one.codes[0]) for one in selections]


def read_uima(out: Path) -> Read:
    types = load_typesystem(out / "TypeSystem.xml")
    for path in sorted(out.glob("*.xmi")):
        cas = load_cas_from_xmi(path, typesystem=types)
        yield cas.sofa_string, [(one.begin, one.end, one.label) for one in cas.select("custom.Span")]


def read_webanno(out: Path) -> Read:
    for path in sorted(out.glob("*.tsv")):
        text, found, _ = webanno_tsv.read(path.read_bytes())
        yield text, [(one.start, one.end, one.values["label"]) for one in found if one.layer == "custom.Span"]


READERS: dict[str, Callable[[Path], Read]] = {
    "jsonl": read_jsonl,
    "doccano": read_doccano,
    "labelstudio": read_label_studio,
    "brat": read_brat,
    "w3c": read_web_annotations,
    "csv": read_csv,
    "prodigy": read_prodigy,
    "spacy": read_spacy,
    "tei": read_tei,
    "refi": read_refi,
    "uima": read_uima,
    "webanno": read_webanno,
}


@pytest.fixture(scope="module")
def traps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with trap_project(tmp_path_factory.mktemp("traps") / "traps.hashiya") as project:
        yield project


def out_path(folder: Path, name: str) -> Path:
    return folder / f"out{formats.writer_for(name).ending}"


def lost(out: Path) -> set[str]:
    losses = json.loads(losses_path(out).read_text("utf-8"))["losses"]
    return {identity for one in losses if one["reason"] in MISSING for identity in one["ids"]}


@pytest.mark.parametrize("name", READERS)
def test_every_span_comes_back_to_the_code_point(traps: Project, tmp_path: Path, name: str) -> None:
    out = out_path(tmp_path, name)
    traps.export(name, out)
    missing = lost(out)
    given = {trap.text: Counter[tuple[int, int, str]]() for trap in TRAPS}
    for article, marks in marks_of(traps).items():
        kept = Counter((one.start, one.end, one.label) for one in marks if one.id not in missing)
        given[traps.article(article).text] = kept
    back = {text: Counter(spans) for text, spans in READERS[name](out)}
    assert back == {text: spans for text, spans in given.items() if text in back}
    assert set(back) == set(given)


@pytest.mark.parametrize("name", formats.names())
def test_an_empty_project_gives_a_whole_export(tmp_path: Path, name: str) -> None:
    with Project.create(tmp_path / "empty.hashiya", reviewer="R1") as project:
        report = project.export(name, out_path(tmp_path, name))
    assert (report.written, report.annotations, report.losses) == (0, 0, ())
    assert report.path.exists()


@pytest.mark.parametrize("name", formats.names())
def test_the_same_project_gives_the_same_bytes(traps: Project, tmp_path: Path, name: str) -> None:
    contents = []
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        out = out_path(tmp_path / folder, name)
        traps.export(name, out)
        files = sorted(path for path in out.parent.rglob("*") if path.is_file())
        contents.append({str(path.relative_to(out.parent)): path.read_bytes() for path in files})
    assert contents[0] == contents[1]


@pytest.mark.parametrize("name", [name for name in formats.names() if not formats.writer_for(name).ending])
def test_a_folder_can_be_a_zip(traps: Project, tmp_path: Path, name: str) -> None:
    traps.export(name, tmp_path / "out")
    traps.export(name, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as zipped:
        packed = {member: zipped.read(member) for member in zipped.namelist()}
    files = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes() for path in (tmp_path / "out").rglob("*.*")
    }
    assert packed == files
