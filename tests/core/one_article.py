"""One marked article written without a project, for tests that try many texts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO

from hypothesis import strategies as st

from annotator.model import Annotation, Article, MarkedArticle, MarkedProject, Source
from annotator.writers import writer_for
from annotator.writers.losses import Losses

Mark = tuple[int, int, str]
_THEN = "2026-01-01T00:00:00.000Z"


class InMemory:
    """A target that keeps what is written."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    @contextmanager
    def file(self, name: str = "") -> Iterator[BinaryIO]:
        written = BytesIO()
        yield written
        self.files[name] = written.getvalue()


def written(name: str, text: str, marks: list[Mark]) -> dict[str, bytes]:
    """Return the files that a format makes of a text with these marks."""
    source = Source("a.txt", "0" * 64, "utf-8", _THEN, "R1", "plain_text")
    article = Article("a", "عنوان", text, "0" * 64, "ar", "rtl", source)
    found = [
        Annotation(f"{number}", "a", label, start, end, text[start:end], "", "R1", _THEN, _THEN)
        for number, (start, end, label) in enumerate(sorted(marks, key=lambda one: (one[0], -one[1])))
    ]
    target = InMemory()
    with Losses() as losses:
        writer_for(name).write(MarkedProject([MarkedArticle(article, found, None)]), target, losses)
    return target.files


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """Texts of what formats trip over, with up to five marks anywhere in them."""
    alphabet = "وبلكاج م\n\t.؟\u200f\u064e\u00a0\u0640😀1\\[]|_*;->\"'&<#=\x85\u2028"
    text = draw(st.text(alphabet=alphabet, min_size=1, max_size=40))
    places = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))), max_size=5))
    label = st.sampled_from(["actor", "سلاح ثقيل", "a[1]|b_", "*", "_"])
    return text, [(start, end, draw(label)) for start, end in places if start < end]
