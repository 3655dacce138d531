"""Printing a long article holds the window up for moments only."""

from __future__ import annotations

import gc
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtWidgets import QApplication

from ui.dialogs.printing import SLICE, pdf_steps
from ui.fonts import load_fonts
from ui.page.marks import Mark
from ui.page.paper.printout import Note, Printout

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds/articles").iterdir()).read_text("utf-8")
LONGEST = 0.050 - SLICE / 1000  # a slice ends with the step that reaches its end


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    load_fonts(qapp)


def long_printout() -> Printout:
    """A megabyte of text with 10,000 marks, 2,500 cards and 1,000 notes."""
    text = f"{SEED}\n" * 500
    marks = tuple(
        Mark(
            str(at), at, at + 40, "#DDCC77", "dashed", at % 400 == 0, "claim", ("Who?", "«…»") if at % 400 == 0 else ()
        )
        for at in range(0, 1_000_000, 100)
    )
    notes = tuple(Note(str(at), text[at : at + 40], "claim", "R1", "a note") for at in range(0, 1_000_000, 1000))
    return Printout(title="long", text=text, marks=marks, notes=notes)


def test_no_step_of_printing_a_megabyte_holds_the_window_up(tmp_path: Path) -> None:
    printout, taken, last = long_printout(), [], perf_counter()
    gc.collect()
    gc.disable()  # a full collection takes 50 ms by itself, here as anywhere
    try:
        for _ in pdf_steps(printout, tmp_path / "out.pdf"):
            taken.append(perf_counter() - last)
            last = perf_counter()
    finally:
        gc.enable()
    ordered = sorted(taken)
    longest, median = ordered[-1] * 1000, ordered[len(taken) // 2] * 1000
    print(f"\n{len(taken)} steps, {sum(taken):.1f} s; longest {longest:.0f} ms, median {median:.1f} ms")
    assert ordered[int(len(taken) * 0.999)] < LONGEST
