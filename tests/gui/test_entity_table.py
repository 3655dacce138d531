"""The list of entities: filtered by any of their names in any spelling, sorted, and following changes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from annotator.entities import Entity, Name
from ui.register.entity_table import KIND, MENTIONS, NAME, SENSITIVE, EntityTable, rows_of

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def actor(identity: str, *names: str, kind: str = "actor") -> Entity:
    return Entity(identity, kind, tuple(Name(name) for name in names))  # type: ignore[arg-type]


SDF = actor("1", "قوات سوريا الديمقراطية", "قسد")
ARMY = actor("2", "الجيش العربي السوري")
TOWN = actor("3", "الأبيض", "Al-Abyad", kind="place")


def table(*entities: Entity, counts: dict[str, int] | None = None) -> EntityTable:
    made = EntityTable()
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Warning)  # type: ignore[attr-defined]
    made.show(rows_of(entities, counts or {}), ())
    return made


def shown(model: EntityTable) -> list[str]:
    return [model.entity_at(row).id for row in range(model.rowCount())]  # type: ignore[union-attr]


def filtered(model: EntityTable, query: str, kind: str = "") -> list[str]:
    model.filter(query, kind)
    return shown(model)


def test_any_name_in_any_spelling_finds_an_entity() -> None:
    model = table(SDF, ARMY, TOWN)
    assert filtered(model, "قسد") == ["1"]
    assert filtered(model, "الابيض") == ["3"]
    assert filtered(model, "abyad") == ["3"]
    assert filtered(model, "السوري الجيش") == ["2"]
    assert filtered(model, "سور", "place") == []
    assert sorted(filtered(model, "")) == ["1", "2", "3"]
    assert filtered(model, "", "place") == ["3"]


def test_sensitive_ones_are_signed_spoken_and_found() -> None:
    model = table(SDF, replace(TOWN, sensitive=True))
    row = model.row_of(TOWN.id)
    assert model.index(row, KIND).data() == "sensitive · Place"
    assert model.index(row, NAME).data(Qt.ItemDataRole.AccessibleTextRole) == "الأبيض · sensitive · Place · 0 mentions"
    assert filtered(model, "", SENSITIVE) == ["3"]
    assert filtered(model, "قسد", SENSITIVE) == []


def test_mentions_and_names_sort_both_ways() -> None:
    model = table(SDF, ARMY, TOWN, counts={"1": 2, "3": 9})
    model.sort(MENTIONS, DOWN)
    assert shown(model) == ["3", "1", "2"]
    model.sort(MENTIONS, UP)
    assert shown(model) == ["2", "1", "3"]
    model.sort(NAME, UP)
    by_name = shown(model)
    model.sort(NAME, DOWN)
    assert shown(model) == by_name[::-1]


def test_changes_are_taken_over_and_the_filter_stays() -> None:
    model = table(SDF, ARMY, TOWN)
    model.filter("ا", "")
    new = actor("4", "الأمن العام")
    model.change([SDF.id], rows_of([new], {}), {"4": 5})
    assert sorted(shown(model)) == ["2", "3", "4"]
    assert model.total == 3
    assert model.index(model.row_of("4"), MENTIONS).data() == "5"
    assert model.row_of("1") == -1


def test_what_changed_nothing_draws_nothing() -> None:
    model = table(SDF, ARMY, counts={"1": 1})
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.change([], [], {"1": 1})
    assert resets == []
    model.change([], [], {"1": 2})
    assert resets == [True]


def test_a_screen_reader_hears_name_type_and_mentions() -> None:
    model = table(SDF, counts={"1": 2})
    told = model.index(0, NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "قوات سوريا الديمقراطية · Actor · 2 mentions"
    assert model.headerData(NAME, Qt.Orientation.Horizontal) == "Name"


def test_fifty_thousand_rows_are_filtered_and_sorted_fast_enough_for_every_key() -> None:
    model = EntityTable()
    model.show(rows_of(many(50_000), {}), ())
    slowest = max(seconds(lambda query=query: filtered_count(model, query)) for query in ("ق", "قر", "قرية 4", ""))
    assert slowest < 0.5  # far above what is measured, so that a busy machine does not fail it
    assert seconds(lambda: model.sort(MENTIONS, DOWN)) < 0.5
    assert model.rowCount() == 50_000


def many(count: int) -> Iterable[Entity]:
    return (actor(str(number), f"قرية {number}", f"Village {number}", kind="place") for number in range(count))


def filtered_count(model: EntityTable, query: str) -> int:
    model.filter(query, "")
    return model.rowCount()


def seconds(do: object) -> float:
    begin = time.perf_counter()
    do()  # type: ignore[operator]
    return time.perf_counter() - begin
