"""A reader finds each article where they left it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.folders import settings_folder
from ui.reading_state import MOST_ARTICLES, Place, ReadingState


def file() -> Path:
    return settings_folder() / "reading.json"


def broken(content: bytes) -> ReadingState:
    file().parent.mkdir(parents=True, exist_ok=True)
    file().write_bytes(content)
    return ReadingState()


def test_an_article_never_read_begins_at_its_beginning() -> None:
    assert ReadingState().place("a") == Place(0, 0, "auto")


def test_the_places_are_there_after_a_restart() -> None:
    state = ReadingState()
    state.remember("a", Place(120, 140, "ltr"))
    state.remember("b", Place(7, 9))
    state.remember("a", Place(121, 150, "rtl"))
    state.save()
    again = ReadingState()
    assert (again.place("a"), again.place("b")) == (Place(121, 150, "rtl"), Place(7, 9, "auto"))
    assert [path.name for path in settings_folder().iterdir()] == ["reading.json"]


def test_the_articles_read_longest_ago_are_forgotten() -> None:
    state = ReadingState()
    for number in range(MOST_ARTICLES):
        state.remember(str(number), Place(number + 1))
    state.remember("0", Place(1))  # read again: now the latest
    state.remember("one more", Place(5))
    state.save()
    again = ReadingState()
    assert again.place("1") == Place()
    assert (again.place("0"), again.place("2"), again.place("one more")) == (Place(1), Place(3), Place(5))
    assert len(json.loads(file().read_text("utf-8"))) == MOST_ARTICLES


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"a": 1}', b'"a"'])
def test_a_broken_file_counts_as_none_and_is_replaced(content: bytes) -> None:
    state = broken(content)
    assert state.place("a") == Place()
    state.remember("a", Place(3, 4))
    state.save()
    assert ReadingState().place("a") == Place(3, 4)


@pytest.mark.parametrize(
    "entry",
    [
        {"top": -1, "caret": 0, "direction": "auto"},
        {"top": 0, "caret": True, "direction": "auto"},
        {"top": 0, "caret": 1.5, "direction": "auto"},
        {"top": 0, "caret": 0, "direction": "up"},
        {"top": 0, "caret": 0, "direction": ["rtl"]},
        {"top": 0},
        None,
    ],
)
def test_an_entry_that_makes_no_sense_is_left_out(entry: object) -> None:
    content = {"a": entry, "b": {"top": 1, "caret": 2, "direction": "rtl", "later": "unknown"}}
    state = broken(json.dumps(content).encode())
    assert (state.place("a"), state.place("b")) == (Place(), Place(1, 2, "rtl"))


def test_nothing_is_written_when_nothing_changed() -> None:
    state = ReadingState()
    state.save()
    assert not file().exists()
    state.remember("a", Place(1))
    state.save()
    file().unlink()
    state.remember("a", Place(1))
    state.save()
    assert not file().exists()


def test_a_disk_that_cannot_be_written_loses_only_the_places(home: Path) -> None:
    (home / "settings").write_text("a file where the folder should be")
    state = ReadingState()
    state.remember("a", Place(1))
    state.save()
    (home / "settings").unlink()
    state.save()
    assert ReadingState().place("a") == Place(1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_no_content_of_the_file_raises(content: bytes) -> None:
    assert isinstance(broken(content).place("a"), Place)
