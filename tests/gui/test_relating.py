"""A claim's card says which claims contradict it, on both sides."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from annotator import Project
from ui.relating import Related, card_line
from ui.session import Session
from ui.translate import set_language


def two_claims(project: Project) -> tuple[str, str]:
    article = project.articles()[0].id
    return project.annotate(article, 30, 60, "claim").id, project.annotate(article, 90, 120, "claim").id


def test_both_sides_know_of_a_contradiction_and_are_shown_anew(
    session: Session, settle: Callable[[], None], qtbot: QtBot
) -> None:
    ids: list[tuple[str, str]] = []
    session.change(two_claims, then=ids.append)
    settle()
    one, other = ids[0]
    quotes = {annotation.id: annotation.quote for annotation in session.now.annotations}
    assert session.now.related == {}
    with qtbot.waitSignal(session.annotations_changed) as told:
        session.change(lambda project: project.relate(one, "contradicts", other))
    settle()
    assert told.args[0] == {one, other}
    assert session.now.related == {one: Related(1, (quotes[other],)), other: Related(1, (quotes[one],))}
    session.change(lambda project: project.revise(other, end=119))
    settle()
    assert session.now.related[one].contradictions == (quotes[other][:-1],)
    session.remove(other)
    settle()
    assert session.now.related == {}
    for _ in range(2):
        session.undo()
        settle()
    assert session.now.related[one].contradictions == (quotes[other],)


def test_a_card_names_the_first_contradiction_and_counts_the_others() -> None:
    set_language("en")
    assert card_line(None) == ""
    assert card_line(Related(2, ())) == "2 links"
    assert card_line(Related(1, ("قول",))) == "≠ Contradicted: «\u2068قول\u2069»"
    assert card_line(Related(4, ("قول", "ثان", "ثالث"))).endswith("» and 2 more")
    assert "ط" * 61 not in card_line(Related(1, ("ط" * 500,)))
