"""Bundles that were damaged, changed or made up are refused with a sentence, and the project stays as it was."""

from __future__ import annotations

import json
import stat
import sys
import zipfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from bundle_forging import (
    ACTION,
    BODY,
    ENTITY,
    ID,
    KIND,
    PARENTS,
    REVIEWER,
    SEQ,
    STEP,
    TARGET,
    Op,
    Record,
    in_body,
    read,
    with_manifest,
    with_operations,
    write,
)

from annotator import Project
from annotator.bundle_errors import (
    BundleRefused,
    ForeignBundle,
    ForkedBundle,
    MissingTexts,
    MissingWork,
    NewerBundle,
    NotABundle,
    NotTheirs,
    TamperedBundle,
    WrongOperation,
)
from annotator.store import projection
from annotator.store.kinds import KINDS

Forge = Callable[[list[Op]], object]


class Two:
    """A's project, and a bundle of what B did in a copy of it: joined, marked, revised, framed, judged A's claim."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = Project.create(folder / "a.hashiya", reviewer="A", starter=True)
        self.article = self.project.articles()[0].id
        self.claim = self.project.annotate(self.article, 0, 20, "claim").id
        self.start = folder / "start.bundle"
        self.project.send(self.start)
        with Project.create_from(folder / "b.hashiya", [self.start], reviewer="B") as copy:
            mark = copy.annotate(self.article, 6, 12, "claim")
            copy.revise(mark.id, note="x")
            copy.frame(mark.id, mode="direct", cue=[(0, 5)])
            copy.judge(self.claim, "refuted", reason="سبب")
            self.bundle = folder / "b.bundle"
            copy.send(self.bundle, since_last=True)
        self.before = content(self.project)

    def refused(self, forged: Path, error: type[BundleRefused]) -> str:
        """Prove that a bundle is refused in the same way when it is looked at and when it is received."""
        with pytest.raises(error) as caught:
            self.project.receive([forged])
        assert content(self.project) == self.before
        assert not list(self.folder.glob("*before-merge*"))
        preview = self.project.look_at([forged])
        assert [str(one.refused) for one in preview.refused] == [str(caught.value)]
        assert self.project.receive([self.bundle]).new == 5
        return str(caught.value)


@pytest.fixture
def two(tmp_path: Path) -> Any:
    made = Two(tmp_path)
    yield made
    made.project.close()


def content(project: Project) -> list[Any]:
    """All that is in the file."""
    connection = project._connection
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    tables = [name for name in names if name != "search"]  # whose rows cannot be read, but those of its parts
    return [(name, connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in tables]


def kinds(two: Two) -> list[str]:
    lines = [data for name, data in read(two.bundle).items() if name.startswith("segments/")]
    return [json.loads(line)[KIND] for data in lines for line in data.splitlines()]


def test_the_bundle_that_is_forged_here_is_what_it_is_taken_for(two: Two) -> None:
    assert kinds(two) == ["reviewer", "annotation", "annotation", "frame", "verdict"]


def test_every_kind_that_the_projection_knows_can_be_received() -> None:
    assert KINDS.keys() == projection._ROWS.keys()


@pytest.mark.parametrize("field", range(11))
def test_a_change_of_any_field_breaks_the_chain(two: Two, field: int) -> None:
    def change(ops: list[Op]) -> None:
        op = ops[2]
        old = op[field]
        if field == SEQ:
            op[field] = old + 1
        elif field in (ACTION, REVIEWER, KIND, BODY):
            op[field] = old.replace(old[-1], "q", 1)
        elif field == TARGET:
            op[field] = "ab" * 16
        else:
            op[field] = ("0" if old[0] != "0" else "1") + old[1:]

    two.refused(with_operations(two.bundle, two.folder / "forged", change, sign=False), TamperedBundle)


@pytest.mark.parametrize(
    "change",
    [lambda ops: ops.pop(2), lambda ops: ops.insert(2, ops[1]), lambda ops: ops.reverse(), lambda ops: ops.pop()],
)
def test_operations_left_out_doubled_or_turned_round_break_the_chain(two: Two, change: Forge) -> None:
    two.refused(with_operations(two.bundle, two.folder / "forged", change, sign=False), TamperedBundle)


@pytest.mark.parametrize(
    "name",
    ["project", "name", "project_format", "program", "made_at", "sender", "reviewers", "since", "heads", "segments",
     "texts", "originals", "articles", "sha256", "digest"],
)  # fmt: skip
def test_a_change_of_any_field_of_the_manifest_is_noticed(two: Two, name: str) -> None:
    def change(manifest: Record) -> None:
        manifest[name] = {"articles": 7, "project_format": 1, "reviewers": ["Z"]}.get(name, "x")

    two.refused(with_manifest(two.bundle, two.folder / "forged", change, sign=False), TamperedBundle)


def test_a_newer_bundle_a_foreign_one_and_no_bundle_at_all_are_told_apart(two: Two) -> None:
    forged = two.folder / "forged"
    newer = with_manifest(two.bundle, forged, lambda manifest: manifest.update(version=2, program="Hashiya 9"))
    assert "Hashiya 9" in two.refused(newer, NewerBundle)


def test_a_bundle_of_a_newer_project_format_is_refused(two: Two) -> None:
    two.refused(
        with_manifest(two.bundle, two.folder / "forged", lambda manifest: manifest.update(project_format=999)),
        NewerBundle,
    )


def test_a_bundle_of_another_project_is_refused(two: Two) -> None:
    with Project.create(two.folder / "other.hashiya", reviewer="A", starter=True) as other:
        other.send(two.folder / "other.bundle")
    two.refused(two.folder / "other.bundle", ForeignBundle)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 broken"])
def test_what_is_no_zip_is_no_bundle(two: Two, content: bytes) -> None:
    (two.folder / "forged").write_bytes(content)
    two.refused(two.folder / "forged", NotABundle)


def test_a_missing_file_is_no_bundle(two: Two) -> None:
    two.refused(two.folder / "nowhere", NotABundle)


# -- a forger who knows how to make the hashes anew ------------------------------------------------------------------


WRONG: dict[str, Forge] = {
    "a quote that is not in the text": lambda ops: in_body(ops[1], quote="كلمات "),
    "a span outside the text": lambda ops: in_body(ops[1], start=10**6, end=10**6 + 6),
    "a span of nothing": lambda ops: in_body(ops[1], end=6),
    "an end that is no number": lambda ops: in_body(ops[1], end="12"),
    "a negative start": lambda ops: in_body(ops[1], start=-6),
    "a number that is a truth": lambda ops: in_body(ops[1], label_set=True),
    "a field that does not exist": lambda ops: in_body(ops[1], surprise=1),
    "a field that is missing": lambda ops: in_body(ops[1], note=...),
    "a cue that is not in the text": lambda ops: in_body(ops[3], cue=[{"start": 0, "end": 5, "quote": "xxxxx"}]),
    "a frame under the id of another claim": lambda ops: ops[3].__setitem__(ENTITY, "ab" * 16),
    "a verdict under another id": lambda ops: ops[4].__setitem__(ENTITY, "ab" * 16),
    "a verdict without a reason": lambda ops: in_body(ops[4], reason=None),
    "a body that is no JSON": lambda ops: ops[4].__setitem__(BODY, "{"),
    "a body that is a list": lambda ops: ops[4].__setitem__(BODY, "[]"),
    "a body nested too deep": lambda ops: ops[4].__setitem__(BODY, "[" * 5000 + "]" * 5000),
    "an unknown kind": lambda ops: ops[4].__setitem__(KIND, "surprise"),
    "a table of ours as kind": lambda ops: ops[4].__setitem__(KIND, "op"),
    "an action that is no word": lambda ops: ops[4].__setitem__(ACTION, "DROP TABLE"),
    "a reviewer without a name": lambda ops: (ops[4].__setitem__(REVIEWER, ""), in_body(ops[4], reviewer="")),
    "an id that is no UUIDv7": lambda ops: (ops[4].__setitem__(ID, "ab" * 16), ops[4].__setitem__(STEP, "ab" * 16)),
    "an id at the end of time": lambda ops: renamed(ops[4], "ffffffffffff7000" + "8" + "0" * 15),
    "an id before the project": lambda ops: renamed(ops[4], "0000000000017000" + "8" + "0" * 15),
    "an id that goes back": lambda ops: renamed(ops[4], ops[1][ID][:-4] + "0000"),
    "a step of somebody else": lambda ops: ops[4].__setitem__(STEP, "ab" * 16),
    "a step that goes on under another name": lambda ops: ops[4].__setitem__(STEP, ops[1][STEP]),
    "an undo of nothing": lambda ops: (ops[4].__setitem__(ACTION, "undo"), ops[4].__setitem__(TARGET, "ab" * 16)),
    "a target of what is no undo": lambda ops: ops[4].__setitem__(TARGET, ops[1][STEP]),
    "a change that replaces itself": lambda ops: ops[2].__setitem__(PARENTS, ops[2][ID]),
    "a change that replaces another thing": lambda ops: ops[2].__setitem__(PARENTS, ops[0][ID]),
    "a removal of what never was": lambda ops: ops[4].__setitem__(BODY, None),
}  # fmt: skip


def renamed(op: Op, identity: str) -> None:
    op[ID] = op[STEP] = identity


@pytest.mark.parametrize("name", WRONG)
def test_what_no_program_of_ours_writes_is_refused(two: Two, name: str) -> None:
    two.refused(with_operations(two.bundle, two.folder / "forged", WRONG[name]), WrongOperation)


THEIRS: dict[str, Forge] = {
    "marks in the name of another": lambda ops: in_body(ops[1], reviewer="A"),
    "revises in the name of another": lambda ops: in_body(ops[2], reviewer="A"),
    "is another than it says": lambda ops: ops[4].__setitem__(REVIEWER, "A"),
    "frames as another": lambda ops: ops[3].__setitem__(REVIEWER, "A"),
    "removes as another": lambda ops: (ops[2].__setitem__(REVIEWER, "A"), ops[2].__setitem__(BODY, None)),
}


@pytest.mark.parametrize("name", THEIRS)
def test_what_is_somebody_elses_is_not_changed(two: Two, name: str) -> None:
    two.refused(with_operations(two.bundle, two.folder / "forged", THEIRS[name]), NotTheirs)


@pytest.mark.parametrize("action", ["revise", "import", "undo"])
@pytest.mark.parametrize("removes", [True, False])
def test_nobody_overwrites_or_removes_anothers_annotation(two: Two, action: str, removes: bool) -> None:
    own = two.project._connection.execute(
        "SELECT hex(id), hex(entity), body FROM op WHERE kind = 'annotation' AND reviewer = 'A'"
    ).fetchone()

    def change(ops: list[Op]) -> None:
        op = ops[2]
        op[ACTION], op[ENTITY], op[PARENTS] = action, own[1].lower(), own[0].lower()
        op[BODY] = None if removes else own[2].replace('"note":""', '"note":"hm"')
        op[TARGET] = ops[1][STEP] if action == "undo" else None

    two.refused(with_operations(two.bundle, two.folder / "forged", change), NotTheirs)


def test_an_own_replica_that_somebody_else_went_on_with_is_a_fork(two: Two) -> None:
    path = two.folder / "a.hashiya"
    two.project.close()
    with Project.open(two.folder / "b.hashiya", reviewer="B") as copy:
        copy.annotate(two.article, 30, 36, "actor")
        copy.send(two.folder / "later", since_last=True)

    with_operations(two.bundle, two.folder / "forged", lambda ops: in_body(ops[4], reason="anders"))
    two.project = Project.open(path, reviewer="A")
    two.project.receive([two.folder / "forged"])
    with pytest.raises(ForkedBundle, match="another history"):
        two.project.receive([two.bundle])
    with pytest.raises(ForkedBundle):
        two.project.receive([two.folder / "later"])


def test_a_gap_says_which_work_is_missing(two: Two) -> None:
    with Project.open(two.folder / "b.hashiya", reviewer="B") as copy:
        copy.annotate(two.article, 30, 36, "actor")
        copy.send(two.folder / "later", since_last=True)
    with pytest.raises(MissingWork, match=r"operations 1–\d+ of replica .* ask B to send everything"):
        two.project.receive([two.folder / "later"])
    report = two.project.receive([two.folder / "later", two.bundle])
    assert [one.file for one in report.bundles] == ["b.bundle", "later"]


def test_articles_without_their_texts_are_refused_unless_the_texts_are_here(two: Two) -> None:
    file = two.folder / "new.txt"
    file.write_text("مقال جديد\nقصف الجيش القرية.\n", "utf-8")
    with Project.open(two.folder / "b.hashiya", reviewer="B") as copy:
        copy.import_files([file])
        copy.send(two.folder / "later", with_articles=False)
    with pytest.raises(MissingTexts, match="send it with the articles"):
        two.project.receive([two.folder / "later"])
    two.project.import_files([file])
    assert two.project.receive([two.folder / "later"]).articles == 0
    assert two.project.check().problems == ()


def test_a_text_that_was_changed_is_refused(two: Two) -> None:
    files = read(two.start)
    text = json.loads(files["texts/000001.jsonl"])
    files["texts/000001.jsonl"] = json.dumps("X" + text[1:]).encode() + b"\n"
    write(two.folder / "forged", files)
    with pytest.raises(TamperedBundle):
        Project.create_from(two.folder / "new.hashiya", [two.folder / "forged"], reviewer="C")
    assert not (two.folder / "new.hashiya").exists()


# -- hostile ZIPs ----------------------------------------------------------------------------------------------------


def _entry(name: str, mode: int = 0o644 | stat.S_IFREG) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr, entry.create_system = mode << 16, 3
    return entry


@pytest.mark.parametrize("name", ["../out", "/etc/x", "C:/x", "segments/../../x", "surprise.txt", "manifest.json"])
def test_names_that_lead_out_are_strange_or_come_twice_are_refused(two: Two, name: str) -> None:
    forged = write(two.folder / "forged", read(two.bundle))
    with zipfile.ZipFile(forged, "a") as archive, pytest.warns() if name == "manifest.json" else nullcontext():
        archive.writestr(_entry(name), b"x")
    two.refused(forged, NotABundle)


def test_a_link_is_refused(two: Two) -> None:
    forged = write(two.folder / "forged", read(two.bundle))
    with zipfile.ZipFile(forged, "a") as archive:
        archive.writestr(_entry("texts/000009.jsonl", 0o777 | stat.S_IFLNK), b"/etc/passwd")
    two.refused(forged, NotABundle)


def test_a_member_that_grows_too_much_is_refused(two: Two) -> None:
    forged = write(two.folder / "forged", read(two.bundle))
    with zipfile.ZipFile(forged, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("texts/000009.jsonl", b"0" * (20 << 20))
    two.refused(forged, NotABundle)


def test_an_unlisted_file_is_refused(two: Two) -> None:
    two.refused(write(two.folder / "forged", read(two.bundle) | {"texts/000009.jsonl": b'"x"\n'}), TamperedBundle)


def test_an_encrypted_member_is_refused(two: Two) -> None:
    data = bytearray(two.bundle.read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(sign, at + 4)
    (two.folder / "forged").write_bytes(data)
    two.refused(two.folder / "forged", NotABundle)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_bundle_that_was_cut_off_is_refused(two: Two, share: float) -> None:
    data = two.bundle.read_bytes()
    (two.folder / "forged").write_bytes(data[: int(len(data) * share)])
    two.refused(two.folder / "forged", NotABundle)
