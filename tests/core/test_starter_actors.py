"""The starting list of actors is whole, and a list of one's own that is not is refused with the reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.assist.actors import ACTOR_KINDS, starter_actors
from annotator.assist.names import name_in
from annotator.errors import BadStarterActors
from annotator.text.fold import fold

GOOD = '[[actor]]\nkey = "a"\nar = ["جهة"]\nen = ["Body"]\nkind = "organisation"\nas_of = 2025\n'


def test_every_row_has_both_languages_a_kind_and_the_year_it_holds_for() -> None:
    actors = starter_actors()
    assert 40 <= len(actors) <= 90
    for actor in actors:
        assert {"ar", "en"} <= {name.language for name in actor.names}
        assert name_in(actor.names, "en").isascii()
        assert actor.kind in ACTOR_KINDS
        assert 2024 <= actor.as_of <= 2026
    assert {actor.kind for actor in actors} == set(ACTOR_KINDS)


def test_no_two_actors_share_a_name_however_it_is_spelt() -> None:
    owners: dict[str, set[str]] = {}
    for actor in starter_actors():
        for name in actor.names:
            owners.setdefault(fold(name.text), set()).add(actor.key)
    assert not {name: keys for name, keys in owners.items() if len(keys) > 1}


def test_every_chain_of_parents_ends() -> None:
    parents = {actor.key: actor.parent for actor in starter_actors()}
    for key in parents:
        seen = []
        while key:
            assert key not in seen
            seen.append(key)
            key = parents[key]


def test_the_actors_of_the_first_article_are_there() -> None:
    known = {fold(name.text): actor.key for actor in starter_actors() for name in actor.names}
    gold = json.loads((Path(__file__).parents[1] / "data/seed_gold.json").read_text("utf-8"))
    mentions = {fold(one["text"]) for one in gold["annotations"] if one["label"] == "actor"}
    assert {known.get(name) for name in mentions} >= {
        "ministry_of_defence", "media_department", "syrian_army", "operations_authority", "military_security", "sdf", "pkk",
        "us_forces", "syrian_state", "former_government_fighters",
    }  # fmt: skip
    assert known[fold("قسد")] == known[fold("تنظيم قسد")] == known[fold("قوات سوريا الديمقراطية")] == "sdf"
    assert known[fold("سانا")] == known[fold("وكالة الأنباء السورية")] == "sana"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('en = ["Body"]', ""), "needs a key of its own"),
        (("as_of = 2025", ""), "needs a key of its own"),
        (('"organisation"', '"club"'), "needs a key of its own"),
        (("as_of = 2025", 'as_of = "now"'), "wrong type"),
        (("as_of = 2025", "as_of = 2025\ncolour = 1"), "wrong type"),
        (("as_of = 2025", 'as_of = 2025\nparent = "b"'), "belongs to “b”"),
        (('key = "a"', "key = "), "cannot be used"),
        (("as_of = 2025\n", "as_of = 2025\n" + GOOD), "needs a key of its own"),
        (("as_of = 2025\n", "as_of = 2025\n" + GOOD.replace('"a"', '"b"').replace("جهة", "جِهه")), "name of two actors"),
    ],
)
def test_a_list_with_a_mistake_is_refused(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    path = tmp_path / "actors.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert len(starter_actors(path)) == 1
    path.write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(BadStarterActors, match=words):
        starter_actors(path)
