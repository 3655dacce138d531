"""A sentence can be shown in any language, and names in it cannot turn it round."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import CannotOpen, NotAProject
from annotator.language import Sentence


def bracketed(name: str) -> str:
    return f"[{name}]"


def test_names_and_paths_are_isolated_and_numbers_are_not() -> None:
    sentence = Sentence(
        "{path}: {name} has {count:,} of {share:.0%}", {"path": Path("a"), "name": "R1", "count": 1200, "share": 0.5}
    )
    assert sentence.translated(str, isolate=bracketed) == "[a]: [R1] has 1,200 of 50%"
    assert str(sentence) == "a: R1 has 1,200 of 50%"


def test_a_sentence_within_a_sentence_is_isolated_only_in_its_names() -> None:
    inner = NotAProject(path="x").sentence
    outer = CannotOpen(path="y", reason=inner).sentence
    shown = outer.translated(str, isolate=bracketed)
    assert shown.startswith("[y] cannot be opened ([x] is not a Hashiya project.")
