"""Nothing that a profile hides leaves the project: not in a text, not beside it, not in a name, an id or a number."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotator import Project, formats
from annotator.errors import BadProfile, UnknownLabel, UnknownProfile, WouldLose
from annotator.exporting import losses_path
from annotator.redaction import PROFILES, REDACTED, Profile, profile_of, read_profile
from annotator.selecting import Selection
from annotator.text.blackout import SIGN, Blackout, blacked
from annotator.text.fold import fold
from annotator.text.words import words_of
from tests.core.secret_project import LEAD, OTHER, SOUGHT, WEAPON, secret_project, told

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs/formats/hashiya-1.schema.json").read_text("utf-8"))
NAMES, ENTITIES, PUBLIC = PROFILES
STRICT = replace(PUBLIC, labels=frozenset({WEAPON}), words=("الكتيبة ٩٩١٧٣٣٩١",))
SETTLED = Selection(layer=LEAD)


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with secret_project(tmp_path_factory.mktemp("secret")) as project:
        yield project


def out_path(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    return folder / f"out{formats.writer_for(name).ending}"


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def kinds(path: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for record in records(path):
        found.setdefault(record.get("type", "article"), []).append(record)
    return found


def traces(project: Project) -> list[str]:
    """Return the ids and hash values by which one could look up, or try out, what was hidden."""
    found = [entity.id for entity in project.entities() if entity.sensitive]
    for article in project.articles():
        found += [article.id, *(one.id for one in project.annotations(article.id))]
        if "الطرفاء" in article.text:
            found += [article.sha256, article.source.bytes_sha256]
    return found


# -- the whole output, of every writer --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", formats.names())
def test_a_project_full_of_secrets_shows_what_is_sought(secret: Project, tmp_path: Path, name: str) -> None:
    """Else the next test could not fail."""
    if formats.is_available(formats.writer_for(name)):
        secret.export(name, out_path(tmp_path / "x", name))
        assert any(words in told(tmp_path / "x") for words in SOUGHT)


@pytest.mark.parametrize("selection", [Selection(), SETTLED, Selection(labels=frozenset({"claim"}))])
@pytest.mark.parametrize("name", formats.names())
def test_no_secret_is_in_an_export(secret: Project, tmp_path: Path, name: str, selection: Selection) -> None:
    if not formats.is_available(formats.writer_for(name)):
        pytest.skip("its package is not installed")
    report = secret.export(name, out_path(tmp_path / "x", name), selection=selection, redaction=STRICT)
    found = told(tmp_path / "x")
    assert [words for words in (*SOUGHT, *traces(secret)) if words in found] == []
    assert losses_path(report.path).is_file()
    assert "redacted_text" in {loss.reason.key for loss in report.losses}


@pytest.mark.parametrize("name", formats.names())
def test_the_same_redaction_gives_the_same_bytes(secret: Project, tmp_path: Path, name: str) -> None:
    if not formats.is_available(formats.writer_for(name)):
        pytest.skip("its package is not installed")
    contents = []
    for folder in (tmp_path / "one", tmp_path / "other"):
        secret.export(name, out_path(folder, name), redaction=STRICT)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        contents.append({str(path.relative_to(folder)): path.read_bytes() for path in files})
    assert contents[0] == contents[1]


def test_a_stream_for_other_programs_is_redacted_too(secret: Project) -> None:
    marked = list(secret.stream(SETTLED, redaction=STRICT))
    assert {one.reviewer for each in marked for one in each.annotations} == {"مراجع " + number_of(secret)}
    assert not any("قسورة" in each.article.text for each in marked)


def number_of(project: Project) -> str:
    [reviewer] = {one.reviewer for each in project.stream(SETTLED, redaction=PUBLIC) for one in each.annotations}
    return reviewer.removeprefix("مراجع ")


# -- what stays -------------------------------------------------------------------------------------------------------


def test_every_offset_stays_and_every_other_character(secret: Project) -> None:
    by_length = {len(each.article.text): each for each in secret.stream(redaction=STRICT)}
    for each in secret.stream():
        text, new = each.article.text, by_length[len(each.article.text)].article.text
        assert all(one == other or other == SIGN for one, other in zip(text, new, strict=True))
        spans = sorted((one.start, one.end, one.label) for one in each.annotations)
        now = by_length[len(text)].annotations
        assert sorted((one.start, one.end, one.label) for one in now) == spans
        assert all(new[one.start : one.end] == one.quote for one in now)


def test_a_redacted_export_is_a_sound_one_and_comes_in_again(secret: Project, tmp_path: Path) -> None:
    out = secret.export("jsonl", tmp_path / "out.jsonl", redaction=STRICT).path
    for record in records(out):
        Draft202012Validator(SCHEMA).validate(record)
    with Project.create(tmp_path / "b.hashiya", reviewer="R9") as other:
        report = other.import_files([out])
        assert (len(report.imported), report.annotations, report.relations) == (3, 8, 1)
        assert {str(one.reason)[:16] for one in report.failed} == {"A record speaks "}  # of who reads the old article
        assert other.check().problems == ()
        assert len(other.links(linked_article(other))) == 4
        assert [entity.sensitive for entity in other.entities()].count(True) == 3


def test_what_is_no_copy_is_told_by_the_new_ids(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("خبر آخر لا سر فيه", encoding="utf-8")
    with secret_project(tmp_path) as project:
        project.import_files([tmp_path / "other.txt"])
        first, *_, last = (one.id for one in project.articles())
        project.keep_apart(first, [last])
        out = project.export("jsonl", tmp_path / "out.jsonl", redaction=STRICT).path
    found = kinds(out)
    [apart] = found["apart"]
    assert {apart["one"], apart["other"]} <= {record["id"] for record in found["article"]}
    assert first not in out.read_text("utf-8")
    assert last not in out.read_text("utf-8")


def linked_article(project: Project) -> str:
    return max((article.id for article in project.articles()), key=lambda one: len(project.links(one)))


def test_an_article_without_secrets_keeps_its_text_and_where_it_was(secret: Project, tmp_path: Path) -> None:
    found = kinds(secret.export("jsonl", tmp_path / "out.jsonl", redaction=ENTITIES).path)["article"]
    [rain] = [record for record in found if record["text"].startswith("هطل")]
    assert rain["source"]["file"] == ""  # its address has a secret in it, and who has file and place can look there
    assert SIGN not in rain["title"] + rain["text"]
    assert all("original" not in record["source"] for record in found)


def test_the_strict_export_does_not_stop_at_what_it_was_asked_to_hide(secret: Project, tmp_path: Path) -> None:
    report = secret.export("jsonl", tmp_path / "out.jsonl", redaction=STRICT, strict=True)
    assert {loss.reason for loss in report.losses} <= REDACTED
    with pytest.raises(WouldLose) as caught:
        secret.export("doccano", tmp_path / "x.jsonl", redaction=STRICT, strict=True)
    assert "▇" not in str(caught.value)


def test_the_report_counts_and_tells_nothing(secret: Project, tmp_path: Path) -> None:
    report = secret.export("jsonl", tmp_path / "out.jsonl", redaction=STRICT)
    losses = {one["reason"]: one for one in json.loads(losses_path(report.path).read_text("utf-8"))["losses"]}
    assert (losses["redacted_reviewer"]["count"], losses["redacted_entity"]["count"]) == (3, 4)
    assert losses["redacted_filter"]["count"] == 1
    assert losses["redacted_source"]["count"] == 3
    assert all(one["ids"] == [] for one in losses.values())


# -- pseudonyms -------------------------------------------------------------------------------------------------------


def test_pseudonyms_stay_the_same_from_export_to_export(tmp_path: Path) -> None:
    with secret_project(tmp_path) as project:
        first = kinds(project.export("jsonl", tmp_path / "1.jsonl", redaction=STRICT).path)
        project.set_sensitive([project.add_entity("actor", ["آخر"]).id])
        project.switch_reviewer("أحمد الأول")
        project.annotate(project.articles()[0].id, 0, 3, "claim")
        later = kinds(project.export("jsonl", tmp_path / "2.jsonl", redaction=STRICT).path)
    assert all(entity in later["entity"] for entity in first["entity"])
    assert len(later["entity"]) == len(first["entity"]) + 1
    assert reviewers(first) < reviewers(later)
    assert [record["id"] for record in first["article"]] == [record["id"] for record in later["article"]]


def reviewers(found: dict[str, list[dict[str, Any]]]) -> set[str]:
    return {one["reviewer"] for record in found["article"] for one in record["annotations"]}


def test_hidden_entities_get_neutral_names_and_nothing_else(secret: Project, tmp_path: Path) -> None:
    found = kinds(secret.export("jsonl", tmp_path / "out.jsonl", redaction=PUBLIC).path)["entity"]
    hidden = [one for one in found if one["sensitive"]]
    assert len(hidden) == 4  # the person and what was merged into it, the place, and the farm that has its name
    for one in hidden:
        assert re.fullmatch(r"(طرف|مكان) \d{8}", one["names"][0]["text"])
        assert (one["notes"], one["external"], one["latitude"], one["parent"]) == ("", {}, None, "")
    [town] = [one for one in found if one["names"][0]["text"] == "دير حافر"]
    assert town["parent"] in {one["id"] for one in hidden}
    merged = [one for one in hidden if one["merged_into"]]
    assert [one["names"] for one in hidden if one["id"] == merged[0]["merged_into"]] == [merged[0]["names"]]


def test_the_method_block_gives_names_of_blocks(secret: Project, tmp_path: Path) -> None:
    found = kinds(secret.export("jsonl", tmp_path / "out.jsonl", redaction=replace(PUBLIC, method="block")).path)
    assert {"▇" * 12, "▇" * 13} <= {one["names"][0]["text"] for one in found["entity"]}


def test_a_key_makes_pseudonyms_that_two_projects_share(tmp_path: Path) -> None:
    with_key = replace(PUBLIC, key="a long sentence that nobody guesses")
    found = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        with secret_project(tmp_path / name) as project:
            one = project.export("jsonl", tmp_path / f"{name}1.jsonl", redaction=with_key).path
            other = project.export("jsonl", tmp_path / f"{name}2.jsonl", redaction=PUBLIC).path
            found.append((reviewers(kinds(one)), reviewers(kinds(other))))
    assert found[0][0] == found[1][0]
    assert found[0][1].isdisjoint(found[1][1])


def test_names_alone_leave_news_and_notes_but_for_the_names(secret: Project, tmp_path: Path) -> None:
    found = kinds(secret.export("jsonl", tmp_path / "out.jsonl", redaction=NAMES).path)
    text = max((record["text"] for record in found["article"]), key=len)
    assert "قسورة الدنفي" in text
    notes = {one["note"] for record in found["article"] for one in record["annotations"]}
    assert notes == {"", "زبرجد", f"زبرجد {SIGN * len(LEAD)}"}
    everything = told(tmp_path)
    assert [name for name in (LEAD, OTHER) if fold(name) in everything] == []


def test_what_pointed_to_a_mark_that_is_gone_is_hidden_with_its_label(tmp_path: Path) -> None:
    with secret_project(tmp_path) as project:
        article = linked_article(project)
        project.switch_reviewer(LEAD)
        start = project.article(article).text.index("مصدر")
        actor = project.annotate(article, start, start + 4, "actor")
        claim = next(one for one in project.annotations(article) if one.label == "claim" and one.reviewer == LEAD)
        project.frame(claim.id, source=actor.id)
        project.remove(actor.id)
        hidden = replace(PUBLIC, labels=frozenset({"actor"}))
        frames = [frame for each in project.stream(redaction=hidden) for frame in each.frames.values()]
    assert SIGN * 4 in {frame.source.words for frame in frames if frame.source}


# -- finding secrets in texts -----------------------------------------------------------------------------------------

LETTERS = "حخدذرزسشصضطظعغقمنه"
words = st.text(LETTERS, min_size=3, max_size=7)
contexts = st.text("ابتث .،\n«»😀\u200f-", max_size=20)
MARKS = ["", "\u064e", "\u0651\u064f", "ـ", "ــ\u0652", "\u200d"]


@st.composite
def spelled(draw: st.DrawFn, name: list[str]) -> str:
    """Return a name as somebody else might write it: with marks, tatweel, other spaces and something written onto it."""
    before = draw(st.sampled_from(["", "و", "ف", "ب", "ل", "وَب", "ولـ"]))
    written = ("".join(letter + draw(st.sampled_from(MARKS)) for letter in word) for word in name)
    return before + draw(st.sampled_from([" ", "  ", "\u00a0", "\n", " - "])).join(written)


@settings(deadline=None)
@given(data=st.data(), name=st.lists(words, min_size=1, max_size=3), around=st.lists(contexts, min_size=2, max_size=4))
def test_a_text_keeps_its_length_and_all_that_is_no_secret(
    data: st.DataObject, name: list[str], around: list[str]
) -> None:
    text = around[0]
    for context in around[1:]:
        text += f" {data.draw(spelled(name))} كذا {context}"
    blackout = Blackout([" ".join(name)])
    found, ranges = blackout.of(text), blackout.ranges(text)
    assert len(found) == len(text)
    assert len(ranges) == len(around) - 1
    assert " ".join(name) not in " ".join(words_of(found).split())
    inside = {at for start, end in ranges for at in range(start, end)}
    for at, (one, other) in enumerate(zip(text, found, strict=True)):
        assert (other in (SIGN, "\n")) if at in inside else other == one


@settings(deadline=None)
@example(text="000", ranges=[(0, 3), (1, 1)])
@given(text=st.text(max_size=60), ranges=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=5))
def test_whatever_is_blacked_out_keeps_its_length(text: str, ranges: list[tuple[int, int]]) -> None:
    spans = sorted((start, min(start + length, len(text))) for start, length in ranges if start < len(text))
    found = blacked(text, spans)
    assert len(found) == len(text)
    assert found.count("\n") == text.count("\n")
    assert all(set(found[start:end]) <= {SIGN, "\n"} for start, end in spans)


@pytest.mark.parametrize(
    ("secret_word", "text", "expected"),
    [
        ("الجيش", "قال للجيش وبالجيش والجيش", "قال ل▇▇▇▇ وب▇▇▇▇▇ و▇▇▇▇▇"),
        ("دمشق", "بدمشق ولدمشق الدمشقي دمشقي", "ب▇▇▇▇ ول▇▇▇▇ الدمشقي دمشقي"),
        ("سام", "وسام حسام", "و▇▇▇ حسام"),
        ("رد", "ورد كرد رد", "ورد كرد ▇▇"),
        ("مؤنس", "مؤنس مونس مئنس مءنس", "▇▇▇▇ ▇▇▇▇ ▇▇▇▇ ▇▇▇▇"),
        ("عبد الرحمن", "عبدالرحمن وعبد الرحمن", "▇▇▇▇▇▇▇▇▇ و▇▇▇▇▇▇▇▇▇▇"),
        ("عبدالرحمن", "عبد الرحمن", "▇▇▇▇▇▇▇▇▇▇"),
        ("أبو زيد", "لأبي زيد وأبا زيد أبوزيد", "ل▇▇▇▇▇▇▇ و▇▇▇▇▇▇▇ ▇▇▇▇▇▇"),
        ("سعد ابن عمر", "سعد بن عمر", "▇▇▇▇▇▇▇▇▇▇"),
        ("لواء 12", "اللواء ١٢ ولواء 12", "▇▇▇▇▇▇▇▇▇ و▇▇▇▇▇▇▇"),
        ("Ali Hasan", "ALI-HASAN, Áli Hasan", "▇▇▇▇▇▇▇▇▇, ▇▇▇▇▇▇▇▇▇"),
        ("🇸🇾", "في 🇸🇾 اليوم", "في ▇▇ اليوم"),
        ("", "شيء", "شيء"),
    ],
)  # fmt: skip
def test_a_name_is_found_as_arabic_writes_it(secret_word: str, text: str, expected: str) -> None:
    assert Blackout([secret_word]).of(text) == expected


# -- profiles ---------------------------------------------------------------------------------------------------------


def test_a_profile_is_a_name_or_a_small_file_and_hides_what_it_does_not_name(tmp_path: Path) -> None:
    assert profile_of("public") is PUBLIC
    mine = tmp_path / "mine.json"
    mine.write_text('\ufeff{"labels": ["place"], "notes": false, "words": ["كذا"]}', encoding="utf-8")
    assert profile_of(str(mine)) == Profile("mine", notes=False, labels=frozenset({"place"}), words=("كذا",))
    mine.write_text("{}", encoding="utf-8")
    assert replace(read_profile(mine), name="") == replace(PUBLIC, name="", title="", explanation="")


@pytest.mark.parametrize(
    ("content", "words_said"),
    [
        ("nothing", "it is not JSON"),
        ("[1]", "no JSON object"),
        ('{"lables": ["place"]}', "“lables” is no field. The fields are: reviewers"),
        ('{"labels": "place"}', "“labels” has a value"),
        ('{"words": [""]}', "“words” has a value"),
        ('{"reviewers": 1}', "“reviewers” has a value"),
        ('{"method": "hash"}', "“method” has a value"),
        ('{"key": "short"}', "“key” has a value"),
    ],
)  # fmt: skip
def test_a_wrong_profile_says_what_is_wrong(tmp_path: Path, content: str, words_said: str) -> None:
    (tmp_path / "p.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadProfile, match=re.escape(words_said)):
        profile_of(str(tmp_path / "p.json"))


def test_a_profile_that_is_not_there_or_does_not_fit_writes_nothing(secret: Project, tmp_path: Path) -> None:
    with pytest.raises(UnknownProfile, match="names, entities, public"):
        profile_of("publik")
    with pytest.raises(BadProfile, match="cannot be read"):
        profile_of(str(tmp_path / "none.json"))
    with pytest.raises(UnknownLabel, match="weapons"):
        secret.export("jsonl", tmp_path / "x.jsonl", redaction=replace(PUBLIC, labels=frozenset({"weapons"})))
    assert list(tmp_path.iterdir()) == []
