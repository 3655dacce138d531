"""In blind mode the window shows others' work from the moment on which one's own is done, and not a moment before."""

from __future__ import annotations

from pathlib import Path

from annotator import Change
from tests.core.two_readers import two_readers
from ui.snapshot import Snapshot, next_snapshot


def test_what_is_shown_follows_what_may_be_seen(tmp_path: Path) -> None:
    project, article = two_readers(tmp_path / "p.hashiya")
    with project:
        changes: list[Change] = []
        project.subscribe(changes.append)

        def shown(before: Snapshot) -> tuple[Snapshot, list[str]]:
            after = next_snapshot(project, before, changes, None)
            changes.clear()
            return after, sorted({one.reviewer for one in after.annotations})

        project.set_blind(True)
        now, names = shown(Snapshot())
        assert names == ["R1", "R2"]
        project.switch_reviewer("R3")
        now, names = shown(now)
        assert (names, now.blind) == ([], True)
        assert len(now.changed) == 7
        project.set_state([article], "done")
        now, names = shown(now)
        assert names == ["R1", "R2"]
        assert len(now.changed) == 7
        assert len(now.frames) == 2
        project.undo()
        now, names = shown(now)
        assert names == []
        assert now.frames == {}
        project.switch_reviewer("Lead")
        assert shown(now)[1] == ["R1", "R2"]
