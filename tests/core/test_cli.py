"""The command line, as a pipeline uses it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import Project
from annotator.cli import main
from annotator.import_command import Stop

ROOT = Path(__file__).parents[2]


def hashiya(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def starter(path: Path) -> Path:
    assert hashiya("new", path, "--reviewer", "R1").returncode == 0
    return path


def test_the_whole_job_without_a_window(starter: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes("قصف الجيش قرية حميمة في ريف حلب".encode("cp1256"))
    imported = json.loads(hashiya("import", starter, tmp_path / "b.txt", "--json").stdout)
    article = imported["imported"][0]["article"]
    assert imported["imported"][0]["encoding"] == "windows-1256"
    mark = hashiya("annotate", starter, article, 4, 9, "actor", "--form", "جيش").stdout.strip()
    assert len(mark) == 36
    out = tmp_path / "out.jsonl"
    assert hashiya("export", starter, "--format", "jsonl", "--out", out).returncode == 0
    records = [json.loads(line) for line in out.read_text("utf-8").split("\n") if line]
    assert [(one["id"], one["form"]) for record in records for one in record["annotations"]] == [(mark, "جيش")]
    assert json.loads(hashiya("check", starter, "--json").stdout)["verified"] == 1
    assert json.loads(hashiya("stats", starter, "--json").stdout)["by_label"] == {"actor": 1}
    assert "Nothing is wrong." in hashiya("check", starter).stdout


def test_gold_comes_in_by_the_command_line(starter: Path, tmp_path: Path) -> None:
    gold = ROOT / "tests/data/seed_gold.json"
    assert "58 annotations" in hashiya("import-gold", starter, gold).stdout
    stats = json.loads(hashiya("stats", starter, "--json").stdout)
    assert stats["by_label"] == {"actor": 35, "claim": 12, "place": 11}
    assert (stats["frames"], stats["entities"]) == (12, 0)
    out = tmp_path / "out.jsonl"
    assert hashiya("export", starter, "--format", "jsonl", "--out", out).returncode == 0
    [record] = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert sum("claim" in one for one in record["annotations"]) == 12
    result = hashiya("import-gold", starter, __file__)
    assert (result.returncode, "gold annotations" in result.stderr) == (1, True)


def test_articles_are_searched_by_the_command_line(starter: Path) -> None:
    found = hashiya("search", starter, "الجيش", "--sort", "right", "--context", "20")
    assert "[للجيش] السوري، وجاء في" in found.stdout
    assert (len(found.stdout.splitlines()), "8 hits in 1 articles" in found.stderr) == (8, True)
    exactly = json.loads(hashiya("search", starter, "الجيش", "--no-clitics", "--limit", "2", "--json").stdout)
    assert [line["hit"] for line in exactly["lines"]] == ["الجيش", "الجيش"]
    assert hashiya("search", starter, "بدمشق").stdout == ""
    assert len(hashiya("search", starter, r"ال\w+ش\b", "--regex").stdout.splitlines()) == 6
    mistake = hashiya("search", starter, "(الجيش")
    assert (mistake.returncode, "at character 1" in mistake.stderr) == (1, True)


def test_an_empty_project_has_no_article(path: Path) -> None:
    hashiya("new", path, "--reviewer", "R1", "--empty")
    assert json.loads(hashiya("stats", path, "--json").stdout)["articles"] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("stats", "missing.hashiya"),
        ("new", "/", "--reviewer", "R1"),
        ("check", __file__),
        ("import", __file__, __file__),
    ],
)
def test_when_the_world_fails_there_is_one_sentence(arguments: tuple[str, ...]) -> None:
    result = hashiya(*arguments)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_refused_file_shows_in_the_exit_code(starter: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    result = hashiya("import", starter, tmp_path / "empty.txt")
    assert (result.returncode, "holds no text" in result.stderr) == (1, True)


@pytest.mark.parametrize("arguments", [("export", "x"), ("annotate", "x", "y", "one", "2", "actor"), ("import", "x")])
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    assert hashiya(*arguments).returncode == 2


def test_commands_without_a_window_load_no_qt(starter: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        f"import main; code = main.main(['stats', {str(starter)!r}])\n"
        "assert code == 0 and not [name for name in sys.modules if name.startswith(('PySide6', 'ui.'))]"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


NEWS = "أعلنت وزارة الدفاع أن الجيش سيطر على قرية حميمة في ريف حلب الشرقي بعد اشتباكات استمرت يومين. " * 4


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with an article, a copy of it under another title, and a file that is none."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text(NEWS, encoding="utf-8")
    (folder / "b.txt").write_text(f"عنوان آخر لهذا الخبر\n{NEWS}", encoding="utf-8")
    (folder / "c.txt").write_bytes(b"")
    return folder


def test_a_dry_run_tells_what_is_there_and_writes_nothing(starter: Path, inbox: Path) -> None:
    before = hashiya("stats", starter).stdout
    result = hashiya("import", starter, inbox, "--dry-run")
    assert (result.returncode, "holds no text" in result.stderr) == (1, True)
    assert "2 articles found, 1 of them new and certain, 1 refused." in result.stdout
    survey = json.loads(hashiya("import", starter, inbox, "--dry-run", "--json").stdout)
    assert [one["certain"] for one in survey["found"]] == [True, False]
    assert survey["found"][1]["near"][0]["similarity"] > 0.5
    assert hashiya("stats", starter).stdout == before


def test_only_what_is_certain_comes_in_and_the_report_is_saved(starter: Path, inbox: Path, tmp_path: Path) -> None:
    reports = [tmp_path / f"report.{ending}" for ending in ("json", "csv", "txt")]
    result = hashiya("import", starter, inbox, "--only-certain", "--report", reports[0])
    assert result.returncode == 1
    assert "1 left for later" in result.stderr
    report = json.loads(reports[0].read_text("utf-8"))
    files = {name: [Path(one["file"]).name for one in report[name]] for name in ("imported", "undecided", "failed")}
    assert files == {"imported": ["a.txt"], "undecided": ["b.txt"], "failed": ["c.txt"]}
    for file in reports[1:]:
        hashiya("import", starter, inbox, "--report", file)
    assert "c.txt" in reports[1].read_text("utf-8-sig")
    assert reports[1].read_text("utf-8-sig").splitlines()[0] == "outcome,file,article,title,encoding,confidence,reason"
    assert "2 already there" in reports[2].read_text("utf-8")


@pytest.mark.parametrize("given", ["body", "text=", "headline=title"])
def test_a_mapping_that_says_nothing_is_refused(starter: Path, inbox: Path, given: str) -> None:
    result = hashiya("import", starter, inbox, "--map", given)
    assert result.returncode == 1
    assert "which column is which" in result.stderr


def test_a_sensitive_actor_is_marked_and_leaves_the_export(starter: Path, tmp_path: Path) -> None:
    with Project.open(starter) as project:
        army = project.add_entity("actor", ["الجيش السوري"]).id
    assert "1 actors" in hashiya("sensitive", starter, army).stdout
    assert hashiya("sensitive", starter).stdout == f"{army}\tactor\tالجيش السوري\n"
    out = tmp_path / "out.jsonl"
    done = hashiya("export", starter, "--format", "jsonl", "--out", out, "--redact", "public", "--strict")
    assert (done.returncode, "stretches of the texts were blacked out" in done.stdout) == (0, True)
    assert "الجيش السوري" not in out.read_text("utf-8")
    (tmp_path / "mine.json").write_text('{"entities": false}', encoding="utf-8")
    assert (
        hashiya("export", starter, "--format", "jsonl", "--out", out, "--redact", tmp_path / "mine.json").returncode
        == 0
    )
    assert "للجيش السوري" in out.read_text("utf-8")
    assert "1 actors" in hashiya("sensitive", starter, army, "--off").stdout
    assert hashiya("sensitive", starter).stdout == ""
    unknown = hashiya("export", starter, "--format", "jsonl", "--out", out, "--redact", "publik")
    assert (unknown.returncode, "names, entities, public" in unknown.stderr) == (1, True)


def test_an_export_that_is_stopped_says_so_and_exits_with_130(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Stop, "pressed", True)
    for arguments in (["--format", "jsonl"], ["--format", "csv,jsonl", "--package"]):
        assert main(["export", str(starter), *arguments, "--out", str(tmp_path / "out")]) == 130
        assert capsys.readouterr().err == "The export was stopped. No file was written.\n"
    assert not [path.name for path in tmp_path.iterdir() if "out" in path.name]


def test_articles_are_chosen_for_an_export(starter: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    for arguments, written in (
        (("--articles", "state:todo"), 1),
        (("--articles=-state:todo",), 0),
        (("--articles", "reviewer:R9", "--reviewer", "R9"), 0),
        (("--since", "2020-01-01"), 1),
        (("--since", "2999-01-01T00:00+03:00"), 0),
    ):
        done = hashiya("export", starter, "--format", "jsonl", "--out", out, *arguments)
        assert (done.returncode, done.stdout.split()[0]) == (0, str(written))
