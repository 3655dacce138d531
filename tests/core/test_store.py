"""What holds under bad luck: crashes, full disks, copies, tampering, foreign and newer files, two programs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from annotator import Project, ProjectError
from annotator.errors import (
    BadReviewerName,
    CheckStopped,
    DiskFull,
    NewerProject,
    NotAProject,
    OlderProject,
    ProjectExists,
    ProjectLocked,
    ProjectMissing,
    ReadOnlyProject,
)
from annotator.labels import starter_set
from annotator.store import projection
from annotator.store.clock import Clock, milliseconds_of
from annotator.store.migrations import FORMAT, migrations
from annotator.values import annotation_value, label_value
from tests.core.conftest import everything
from tests.core.whole_project import whole_project

ROOT = Path(__file__).parents[2]


def test_a_second_program_is_told_who_holds_the_project(project: Project, path: Path) -> None:
    with pytest.raises(ProjectLocked, match="R1 has this project open"):
        Project.open(path, reviewer="R2")
    with Project.open(path, read_only=True) as reader:
        assert len(reader.articles()) == 1


def test_reading_changes_nothing(project: Project, path: Path) -> None:
    project.close()
    with Project.open(path, read_only=True) as reader, pytest.raises(ReadOnlyProject):
        reader.annotate(reader.articles()[0].id, 0, 5, "actor")


@pytest.mark.parametrize("content", [b"", b"hello, this is no database" * 50])
def test_a_foreign_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "foreign.hashiya"
    file.write_bytes(content)
    with pytest.raises(NotAProject):
        Project.open(file, reviewer="R1")
    assert file.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    connection = sqlite.connect(str(file))
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(NotAProject):
        Project.open(file, reviewer="R1")
    assert file.read_bytes() == before


def test_a_newer_project_is_refused_with_a_sentence(project: Project, path: Path) -> None:
    project.close()
    connection = sqlite.connect(str(path))
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(NewerProject, match="newer Hashiya"):
        Project.open(path, reviewer="R1")


def test_missing_and_existing_files_are_said_so(path: Path) -> None:
    with pytest.raises(ProjectMissing):
        Project.open(path, reviewer="R1")
    Project.create(path, reviewer="R1").close()
    with pytest.raises(ProjectExists):
        Project.create(path, reviewer="R1")


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "x" * 81])
def test_a_reviewer_needs_a_proper_name(path: Path, name: str) -> None:
    with pytest.raises(BadReviewerName):
        Project.create(path, reviewer=name)
    assert not path.exists()


def test_the_log_only_grows(project: Project, article: str) -> None:
    project.annotate(article, 0, 5, "actor")
    for statement in ("UPDATE op SET body = '{}'", "DELETE FROM op", "UPDATE text SET text = ''", "DELETE FROM text"):
        with pytest.raises(sqlite.IntegrityError, match="only grows"):
            project._connection.execute(statement)


def test_tampering_is_found(project: Project, article: str) -> None:
    project.annotate(article, 6, 26, "actor")
    connection = project._connection
    connection.execute("DROP TRIGGER op_no_update")
    connection.execute("UPDATE op SET body = replace(body, 'actor', 'place') WHERE kind = 'annotation'")
    problems = [str(problem) for problem in project.check().problems]
    assert any("tampered" in problem for problem in problems)
    assert any("annotation" in problem for problem in problems)


def test_a_changed_text_is_found(project: Project, article: str) -> None:
    project.annotate(article, 6, 26, "actor")
    project._connection.execute("DROP TRIGGER text_no_update")
    project._connection.execute("UPDATE text SET text = 'x' || text")
    report = project.check()
    assert (report.annotations, report.verified) == (1, 0)
    assert len(report.problems) == 2


def test_the_state_can_be_rebuilt_from_the_log(project: Project, article: str) -> None:
    marks = [project.annotate(article, start, start + 4, "actor") for start in range(8)]
    project.remove(marks[0].id)
    project.undo()
    project.undo()
    before = project.annotations(article), project.next_undo(), project.next_redo()
    connection = project._connection
    connection.execute("BEGIN IMMEDIATE")
    projection.rebuild(connection)
    connection.execute("COMMIT")
    assert (project.annotations(article), project.next_undo(), project.next_redo()) == before
    assert project.check().problems == ()


def test_a_clean_restart_continues_the_replica(path: Path) -> None:
    assert write_once(path, create=True) == write_once(path)


def test_a_copy_gets_a_replica_of_its_own(path: Path, tmp_path: Path) -> None:
    first = write_once(path, create=True)
    copy = tmp_path / "copy.hashiya"
    shutil.copy(path, copy)
    assert write_once(copy) != first
    assert write_once(path) == first


def test_a_restored_backup_does_not_fork_the_history(path: Path, tmp_path: Path) -> None:
    first = write_once(path, create=True)
    backup = tmp_path / "backup"
    shutil.copy(path, backup)
    write_once(path)
    shutil.copy(backup, path)
    assert write_once(path) != first
    with Project.open(path, read_only=True) as project:
        assert project.check().problems == ()


def write_once(path: Path, *, create: bool = False) -> bytes:
    opening = Project.create(path, reviewer="R1", starter=True) if create else Project.open(path, reviewer="R1")
    with opening as project:
        project.annotate(project.articles()[0].id, 0, 5, "actor")
        return bytes(project._log.replica)


def test_a_clock_that_goes_back_does_not_disorder_the_log() -> None:
    times = iter([1000, 500, 500, 2000])
    clock = Clock(now=lambda: next(times))
    ids = [clock.next_id() for _ in range(4)]
    assert ids == sorted(ids)
    assert [milliseconds_of(one) for one in ids] == [1000, 1000, 1000, 2000]


def test_the_clock_overflows_into_the_next_millisecond() -> None:
    clock = Clock(now=lambda: 7)
    ids = [clock.next_id() for _ in range(5000)]
    assert ids == sorted(set(ids))
    assert milliseconds_of(ids[-1]) == 8


def test_the_format_is_the_number_of_migrations() -> None:
    assert len(migrations._migrations) == FORMAT


# The table of annotations of format 2, before they had a plain form.
OLD_ANNOTATION = """
    CREATE TABLE annotation (
        id BLOB PRIMARY KEY, op BLOB NOT NULL, article BLOB NOT NULL, label TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0), "end" INTEGER NOT NULL CHECK ("end" > start),
        quote TEXT NOT NULL CHECK (length(quote) = "end" - start), note TEXT NOT NULL,
        reviewer TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
    ) STRICT
"""


def as_format_2(path: Path) -> None:
    """Turn a project file without plain forms into what the program of format 2 had written."""
    connection = sqlite.connect(str(path))
    connection.execute("ALTER TABLE annotation RENAME TO newer")
    connection.execute(OLD_ANNOTATION)
    columns = 'id, op, article, label, start, "end", quote, note, reviewer, created_at, updated_at'
    connection.execute(f"INSERT INTO annotation SELECT {columns} FROM newer")
    connection.execute("DROP TABLE newer")
    connection.execute('CREATE INDEX annotation_place ON annotation (article, start, "end" DESC, id)')
    without_frames(connection)
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0003_plain_form'")
    connection.execute("PRAGMA user_version = 2")
    connection.commit()
    connection.close()


def without_frames(connection: sqlite.Connection) -> None:
    """Take away what format 4 brought: tables, an index of the log, and the attributes at the end of it."""
    for table in ("attribute", "entity", "frame", "link", "relation", "verdict"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP INDEX op_definition")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0004_frames'")


def as_format_3(path: Path) -> None:
    """Turn a project file into what the program of format 3 had written."""
    connection = sqlite.connect(str(path))
    without_frames(connection)
    connection.execute("DROP INDEX annotation_label")
    connection.execute("ALTER TABLE annotation DROP COLUMN label_set")
    connection.execute("PRAGMA user_version = 3")
    connection.commit()
    connection.close()


def test_a_check_can_be_stopped_and_begun_anew(path: Path) -> None:
    with Project.create(path, reviewer="R1", starter=True) as project:
        with pytest.raises(CheckStopped):
            project.check(cancel=lambda: True)
        assert project.check(cancel=lambda: False).problems == ()


def test_a_project_of_format_3_is_brought_up_to_date(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        # Format 3 knew no attributes and wrote no version into annotations and labels.
        older.setattr(Project, "_put_starter_attributes", lambda *_: None)
        older.setattr("annotator.project.label_value", lambda label, at: old_label(label_value(label, at)))
        older.setattr("annotator.marking.annotation_value", lambda one: without(annotation_value(one), "label_set"))
        with Project.create(path, reviewer="R1", starter=True) as project:
            article = project.articles()[0].id
            mark = project.annotate(article, 6, 26, "actor")
            project.annotate(article, 31, 137, "claim")
            project.undo()
            before = project.annotations(article), project.next_undo(), project.next_redo()
    as_format_3(path)
    with Project.open(path, reviewer="R1") as newer:
        assert (newer.annotations(article), newer.next_undo(), newer.next_redo()) == before
        assert newer.check().problems == ()
        assert newer.label_set().version == 1
        assert [one.key for one in newer.attributes()] == [one.key for one in starter_set().attributes]
        assert newer.redo()
        claim = newer.annotations(article)[1]
        newer.frame(claim.id, source=mark.id, mode="indirect")
        newer.revise_label("actor", example="[قسد]")
        assert newer.annotations_to_recheck() == [mark]
        assert newer.check().problems == ()
        written = newer.stats().operations
    with Project.open(path, reviewer="R1") as again:
        assert again.stats().operations == written


def old_label(value: dict[str, object]) -> dict[str, object]:
    return without(value, "guideline", "example", "counter_example", "version", "changed")


def without(value: dict[str, object], *names: str) -> dict[str, object]:
    return {name: found for name, found in value.items() if name not in names}


def test_a_project_of_format_2_is_brought_up_to_date_and_a_copy_stays(project: Project, path: Path) -> None:
    article = project.articles()[0].id
    marks = [project.annotate(article, start, start + 4, "actor") for start in range(8)]
    project.undo()
    before = project.annotations(article), project.next_undo(), project.next_redo()
    project.close()
    as_format_2(path)
    with pytest.raises(OlderProject):
        Project.open(path, read_only=True)
    with Project.open(path, reviewer="R1") as newer:
        assert (newer.annotations(article), newer.next_undo(), newer.next_redo()) == before
        assert newer.check().problems == ()
        assert newer.redo()
        assert newer.annotate(article, 0, 5, "actor", form="x").form == "x"
        assert newer.revise(marks[0].id, form="y").form == "y"
        assert newer.check().problems == ()
    [copy] = path.parent.glob("*.before-format-*")
    assert copy.name == f"test.before-format-{FORMAT}.1.hashiya"
    kept = sqlite.connect(str(copy))
    assert kept.execute("PRAGMA user_version").fetchone() == (2,)
    assert kept.execute("SELECT count(*) FROM annotation").fetchone() == (7,)
    kept.close()


def test_killed_at_any_moment_nothing_acknowledged_is_lost(path: Path) -> None:
    with Project.create(path, reviewer="R1", starter=True) as project:
        article = project.articles()[0].id
    script = (
        "import sys; sys.path.insert(0, sys.argv[3])\n"
        "from annotator import Project\n"
        "project = Project.open(sys.argv[1], reviewer='R1')\n"
        "for number in range(1000):\n"
        "    print(project.annotate(sys.argv[2], number, number + 5, 'actor').id, flush=True)\n"
    )
    acknowledged: list[str] = []
    for stop_after in (1, 40, 250, 700):
        command = [sys.executable, "-c", script, str(path), article, str(ROOT)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            acknowledged += [process.stdout.readline().strip() for _ in range(stop_after)]
            process.kill()
            acknowledged += [line.strip() for line in process.stdout if len(line) == 37]
    with Project.open(path, reviewer="R1") as project:
        stored = {one.id for one in project.annotations(article)}
        assert set(acknowledged) <= stored
        assert project.check().problems == ()


def test_a_full_disk_says_so_and_goes_on_when_there_is_room(project: Project, article: str) -> None:
    mark = project.annotate(article, 0, 5, "actor")
    pages = project._connection.execute("PRAGMA page_count").fetchone()[0]
    project._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull):
        write_until_it_fails(project, mark.id)
    kept = project.annotation(mark.id).note
    project._connection.execute("PRAGMA max_page_count = 1000000")
    project.revise(mark.id, note="room again")
    before = project.history(mark.id)[-2].value
    assert before is not None
    assert before["note"] == kept
    assert project.check().problems == ()


def write_until_it_fails(project: Project, mark: str) -> None:
    for number in range(2000):
        project.revise(mark, note=f"{number} " * 200)


def test_every_error_has_a_sentence() -> None:
    kinds = ProjectError.__subclasses__()
    assert len(kinds) > 20
    assert all(kind.template.strip().endswith((".", "}")) for kind in kinds)


def as_format_5(path: Path) -> None:
    """Turn a project file into what the program of format 5 had written: without all that came with review."""
    connection = sqlite.connect(str(path))
    for table in ("apart", "comment", "decision", "final", "resolved", "setting", "settlement"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("ALTER TABLE reviewer DROP COLUMN role")
    connection.execute("ALTER TABLE frame DROP COLUMN digest")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0006_review'")
    connection.execute("PRAGMA user_version = 5")
    connection.commit()
    connection.close()


def test_a_project_of_format_5_is_brought_up_to_date(path: Path) -> None:
    with whole_project(path) as project:
        before = everything(project)
    as_format_5(path)
    with pytest.raises(OlderProject):
        Project.open(path, read_only=True)
    with Project.open(path, reviewer="R2") as newer:
        assert everything(newer) == before
        assert newer.check().problems == ()
        assert [(one.name, one.role) for one in newer.team()] == [("R1", "lead"), ("R2", "reviewer")]
        newer.switch_reviewer("R1")
        article = newer.articles()[0].id
        newer.take_agreed(article)
        newer.set_blind(True)
        (path.parent / "other.txt").write_text("مقال آخر", encoding="utf-8")
        other = newer.import_files([path.parent / "other.txt"]).imported[0].article
        newer.keep_apart(article, [other])
        assert newer.told_apart(other) == [article]
        assert newer.check().problems == ()
