"""Training data: tokens that follow from the text, labels that the trainers' own software reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import conllu
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import get_entities
from spacy.tokens import DocBin
from spacy.training import Example

from annotator import Project
from annotator.exporting import losses_path
from annotator.text.tokens import pieces, sentences
from tests.core.trap_texts import WEAPON, marks_of, trap_project
from tests.core.whole_project import whole_project


def pieces_of(text: str, **cuts: list[int]) -> list[list[str]]:
    return [[text[a:b] for a, b in pieces(words)] for words in sentences(text, **cuts)]


def test_proclitics_stand_apart_and_sentences_end() -> None:
    first, second = pieces_of("وقالت الوزارة للجيش: “وصلوا بالأمس إلى 3.5 كم”. ثم ٢٠٢٦/١/٣!")
    assert first == [
        "و", "قالت", "الوزارة", "ل", "لجيش", ":", "“", "وصلوا", "ب", "الأمس", "إلى", "3.5", "كم", "”", ".",
    ]  # fmt: skip
    assert second == ["ثم", "٢٠٢٦/١/٣", "!"]


def test_a_word_is_cut_where_one_asks() -> None:
    assert pieces_of("بدمشق", cuts=[3]) == [["ب", "دم", "شق"]]


@given(st.text(alphabet="وبلكاجيش م\n.\u200f\u064e😀1,", max_size=60))
def test_tokens_stand_in_order_and_miss_nothing_that_is_seen(text: str) -> None:
    spans = [piece for words in sentences(text) for piece in pieces(words)]
    assert all(start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = {offset for a, b in spans for offset in range(a, b)}
    assert not {at for at, character in enumerate(text) if character.isalnum()} - covered


def conll_sentences(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    for block in path.read_bytes().decode("utf-8").split("\n\n"):
        rows = [line.split(" ") for line in block.split("\n") if line and not line.startswith("-DOCSTART-")]
        assert all(len(row) == 4 for row in rows)
        if rows:
            yield [row[0] for row in rows], [row[3] for row in rows]


@pytest.fixture
def traps(tmp_path: Path) -> Iterator[Project]:
    with trap_project(tmp_path / "traps.hashiya") as project:
        yield project


def test_seqeval_finds_the_names_in_conll(traps: Project, tmp_path: Path) -> None:
    traps.export("conll", tmp_path / "out")
    found = [
        (label, " ".join(words[start : end + 1]))
        for words, tags in conll_sentences(tmp_path / "out/all.conll")
        for label, start, end in get_entities(tags)
    ]
    assert ("place", "دير حافر") in found
    assert ("place", "دمشق") in found, "a proclitic stands apart, so the name keeps its place"
    assert (WEAPON.replace(" ", "_"), "رشاش ثقيل") in found
    losses = {one["reason"]: one for one in json.loads(losses_path(tmp_path / "out").read_text("utf-8"))["losses"]}
    assert losses["overlap"]["count"] == len(losses["overlap"]["ids"]) >= 4
    kept = (
        sum(map(len, marks_of(traps).values()))
        - losses["overlap"]["count"]
        - losses.get("no_token", {"count": 0})["count"]
    )
    assert len(found) == kept + losses["crosses_sentence"]["count"]


def test_every_label_has_a_file_where_other_labels_do_not_hide_it(traps: Project, tmp_path: Path) -> None:
    traps.export("conll", tmp_path / "out")
    names = dict(line.split("\t") for line in (tmp_path / "out/labels.txt").read_text("utf-8").splitlines())
    places = next(name for name, key in names.items() if key == "place")
    found = [
        " ".join(words[start : end + 1])
        for words, tags in conll_sentences(tmp_path / f"out/{places}.conll")
        for _, start, end in get_entities(tags)
    ]
    assert len(found) == sum(one.label == "place" for marks in marks_of(traps).values() for one in marks)


def test_conllu_keeps_words_and_the_way_back_to_the_text(traps: Project, tmp_path: Path) -> None:
    out = traps.export("conllu", tmp_path / "out.conllu").path
    marks = {one.id: one for found in marks_of(traps).values() for one in found}
    places: dict[str, list[tuple[int, int]]] = {}
    for sentence in conllu.parse(out.read_text("utf-8")):
        tokens = [token for token in sentence if isinstance(token["id"], int)]
        assert [token["id"] for token in tokens] == list(range(1, len(tokens) + 1))
        for token in tokens:
            span = int(token["misc"]["start_char"]), int(token["misc"]["end_char"])
            for said in filter(None, (token["misc"].get("Spans") or "").split(",")):
                places.setdefault(said.split(":")[1], []).append(span)
    assert {identity: (spans[0][0], spans[-1][1]) for identity, spans in places.items()} == {
        identity: (one.start, one.end) for identity, one in marks.items()
    }


def test_conllu_text_is_its_tokens(project: Project, tmp_path: Path) -> None:
    for sentence in conllu.parse(project.export("conllu", tmp_path / "out.conllu").path.read_text("utf-8")):
        text, covered = "", 0
        for token in sentence:
            if isinstance(token["id"], tuple):
                covered = token["id"][2]
            elif token["id"] <= covered:
                continue
            text += token["form"] + ("" if (token["misc"] or {}).get("SpaceAfter") == "No" else " ")
        assert text.rstrip(" ") == sentence.metadata["text"]
        assert any(isinstance(token["id"], tuple) for token in sentence) or "و" not in text[:1]


def test_spacy_trains_on_what_it_reads(tmp_path: Path) -> None:
    with whole_project(tmp_path / "a.hashiya") as project:
        out = project.export("spacy", tmp_path / "out").path
        text = project.articles()[0].text
        linked = project.entities(kind="place")[0].id
    nlp = spacy.blank("ar")
    [doc] = DocBin(store_user_data=True).from_disk(out / "00001.spacy").get_docs(nlp.vocab)
    assert doc.text == text
    assert len(doc.spans["hashiya"]) == 58
    assert linked in {span.kb_id_ for span in doc.spans["hashiya"]}
    assert doc.ents
    ner = nlp.add_pipe("ner")
    for label in ("actor", "place", "claim", "weapon"):
        ner.add_label(label)  # type: ignore[attr-defined]
    optimizer = nlp.initialize()
    losses = nlp.update([Example(nlp.make_doc(doc.text), doc)], sgd=optimizer)
    assert losses["ner"] > 0


def test_prodigy_tasks_are_the_same_for_the_same_text(project: Project, tmp_path: Path) -> None:
    project.annotate(project.articles()[0].id, 6, 26, "actor")
    [line] = project.export("prodigy", tmp_path / "out.jsonl").path.read_text("utf-8").splitlines()
    task = json.loads(line)
    [span] = task["spans"]
    words = task["tokens"][span["token_start"] : span["token_end"] + 1]
    assert "".join(word["text"] + " " * word["ws"] for word in words).strip() == "وزارة الدفاع السورية"
    assert (task["answer"], isinstance(task["_input_hash"], int)) == ("accept", True)
