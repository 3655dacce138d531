"""What a step did, in the terms of a sentence: which one it is and what fills it.

Each action has a maker here. It is given the step's first operations; what is counted is counted over the whole step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.language import N_, Sentence
from annotator.log_entry import Detail
from annotator.lookups import Lookups, cut, entity_name, words_of
from annotator.store.clock import id_after, uuid_text
from annotator.store.operations import Operation

Value = dict[str, Any]
Said = tuple[str, dict[str, Detail]]
_FRAME_PARTS = {
    "source": N_("source"), "cue": N_("cue"), "via": N_("via"), "mode": N_("mode"), "kind": N_("kind"),
    "hedging": N_("hedging"), "about": N_("about whom"), "places": N_("where"), "time": N_("when"),
    "numbers": N_("numbers"), "parent": N_("claim it is quoted in"),
}  # fmt: skip
_DETAILS = {"title": N_("title"), "outlet": N_("outlet"), "author": N_("author"), "date": N_("date")}


@dataclass(frozen=True, slots=True)
class Did:
    """One operation: the `value` it gave, or the one it took away when it `removed` the thing."""

    operation: Operation
    value: Value
    removed: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A step as its maker sees it."""

    action: str
    did: Sequence[Did]
    counts: Mapping[str, int]
    lookups: Lookups

    def of(self, kind: str) -> list[Did]:
        """Return the operations on things of a kind."""
        return [one for one in self.did if one.operation.kind == kind]

    def count(self, kind: str) -> int:
        """Return how many things of a kind the step touched."""
        return self.counts.get(kind, 0)

    def before(self, one: Did) -> Value:
        """Return the value that a thing had before."""
        return self.lookups.value(uuid_text(one.operation.entity), one.operation.id)

    def words(self, annotation: str) -> str:
        """Return the words of an annotation at that time."""
        return self.lookups.words(annotation, id_after(self.did[-1].operation.id))


def said_of(done: Done) -> Said:
    """Return which sentence tells what a step did, and what fills it; a step of an unknown kind is told in general."""
    kind, maker = _MAKERS.get(done.action, ("", _unknown))
    found = maker(done) if not kind or done.of(kind) else None
    return found or ("other", {"action": done.action, "count": sum(done.counts.values())})


def _unknown(done: Done) -> Said | None:
    return None


# -- annotations --------------------------------------------------------------------------------------------------


def _annotate(done: Done) -> Said | None:
    marks = done.of("annotation")
    details: dict[str, Detail] = {"label": done.lookups.label(marks[0].value["label"])}
    if done.count("annotation") > 1:
        return "annotate.many", details | {"count": done.count("annotation")}
    return "annotate", details | {"words": words_of(marks[0].value)}


def _revise(done: Done) -> Said | None:
    marks = done.of("annotation")
    value, before = marks[0].value, done.before(marks[0])
    details: dict[str, Detail] = {"words": words_of(value), "old": words_of(before)}
    if value["label"] != before.get("label"):
        labels = done.lookups.label(before.get("label", "")), done.lookups.label(value["label"])
        return "revise.label", {"words": details["words"], "old": labels[0], "label": labels[1]}
    if (value["start"], value["end"]) != (before["start"], before["end"]):
        return "revise.span", details
    if value["note"] != before["note"]:
        return "revise.note" if value["note"] else "revise.no_note", details | {"note": cut(value["note"])}
    if value.get("form", "") != before.get("form", "") and value.get("form"):
        return "revise.form", {"words": cut(value["quote"]), "form": value["form"]}
    return "revise", details


def _marked(name: str) -> Callable[[Done], Said | None]:
    """Return a maker of a sentence that only names the annotation and its label."""

    def make(done: Done) -> Said | None:
        value = done.of("annotation")[0].value
        return name, {"words": words_of(value), "label": done.lookups.label(value["label"])}

    return make


def _restore(done: Done) -> Said | None:
    first = done.did[0]
    mark = first.value if first.operation.kind == "annotation" else done.lookups.value(
        first.value.get("claim") or first.value.get("annotation", ""), first.operation.id
    )  # fmt: skip
    return "restore", {"words": words_of(mark)}


def _restore_layer(done: Done) -> Said | None:
    return "restore_layer", {"count": sum(done.counts.values())}


# -- claims -------------------------------------------------------------------------------------------------------


def _frame(done: Done) -> Said | None:
    frame = done.of("frame")[0]
    before = done.before(frame)
    changed = [
        name for part, name in _FRAME_PARTS.items() if frame.value.get(part) != (before.get(part) or _none(part))
    ]
    words = done.words(frame.value["claim"])
    return ("frame", {"words": words, "parts": _listed(changed)}) if changed else ("frame.same", {"words": words})


def _none(part: str) -> object:
    return [] if part in ("cue", "about", "places", "numbers") else None if part in ("source", "via", "time") else ""


def _unframe(done: Done) -> Said | None:
    return "unframe", {"words": done.words(done.of("frame")[0].value["claim"])}


def _judge(done: Done) -> Said | None:
    verdict = done.of("verdict")[0]
    words, value = done.words(verdict.value["claim"]), verdict.value
    if verdict.removed:
        return "judge.back", {"words": words}
    return "judge", {
        "words": words, "verdict": done.lookups.answer("verdict", value["value"]), "reason": cut(value["reason"])
    }  # fmt: skip


def _relate(done: Done) -> Said | None:
    one = done.of("relation")[0]
    details: dict[str, Detail] = {"words": done.words(one.value["a"]), "other": done.words(one.value["b"])}
    return ("unrelate", details) if one.removed else (
        "relate", details | {"relation": done.lookups.answer("relation", one.value["type"])}
    )  # fmt: skip


# -- the register -------------------------------------------------------------------------------------------------


def _link(done: Done) -> Said | None:
    link = done.of("link")[0]
    words, answer = done.words(link.value["annotation"]), link.value["answer"]
    if link.removed:
        return "unlink", {"words": words}
    if answer != "entity":
        return f"link.{answer}", {"words": words}
    name = done.lookups.entity(link.value["entity"], id_after(done.did[-1].operation.id))
    new = done.action == "link_new" and bool(done.of("entity"))
    return "link_new" if new else "link", {"words": words, "entity": name}


def _add_entity(done: Done) -> Said | None:
    if done.count("entity") > 1:
        return "add_entity.many", {"count": done.count("entity")}
    return "add_entity", {"entity": entity_name(done.of("entity")[0].value)}


def _revise_entity(done: Done) -> Said | None:
    return "revise_entity", {"entity": entity_name(done.of("entity")[0].value)}


def _merge_entities(done: Done) -> Said | None:
    entities = done.of("entity")
    kept = next((one for one in entities if not one.value["merged_into"]), entities[-1])
    return "merge_entities", {"old": entity_name(entities[0].value), "entity": entity_name(kept.value)}


def _split_entity(done: Done) -> Said | None:
    return "split_entity", {"entity": entity_name(done.of("entity")[0].value), "count": done.count("link")}


# -- articles -----------------------------------------------------------------------------------------------------


def _import(done: Done) -> Said | None:
    articles, marks = done.count("article"), done.count("annotation")
    if articles == 1 and not marks:
        return "import", {"title": cut(done.of("article")[0].value["title"])}
    if articles:
        return ("import.marked", {"count": articles, "marks": marks}) if marks else ("import.many", {"count": articles})
    return ("import.marks", {"marks": marks}) if marks else None


def _create(done: Done) -> Said | None:
    """Return that the project was created, or of the articles that come with it that they were imported."""
    return _import(done) if done.count("article") else ("create", {})


def _describe(done: Done) -> Said | None:
    one = done.of("article")[0]
    before = done.before(one)
    changed = [name for part, name in _DETAILS.items() if one.value.get(part, "") != before.get(part, "")]
    details: dict[str, Detail] = {"title": cut(one.value["title"])}
    return ("describe", details | {"parts": _listed(changed)}) if changed else ("describe.same", details)


def _titled(name: str, kind: str, *, says: str = "") -> Callable[[Done], Said | None]:
    """Return a maker of a sentence about one article by its title, or about several by their number."""

    def make(done: Done) -> Said | None:
        of_kind = done.of(kind)
        articles = {one.value.get("article") or uuid_text(one.operation.entity) for one in of_kind}
        details: dict[str, Detail] = {"note": cut(str(of_kind[0].value.get(says) or ""))} if says else {}
        if len(articles) > 1:
            return f"{name}.many", details | {"count": max(done.count(kind), len(articles))}
        title = done.lookups.title(articles.pop())
        return name, details | {"title": title}

    return make


def _state(done: Done) -> Said | None:
    is_done = done.of("reading")[0].value["state"] == "done"
    return _titled("done" if is_done else "not_done", "reading")(done)


def _note_article(done: Done) -> Said | None:
    noted = done.of("reading")[0].value["note"]
    return _titled("note_article" if noted else "note_article.none", "reading", says="note")(done)


def _carry(done: Done) -> Said | None:
    articles = done.of("article")
    title = cut(articles[0].value["title"]) if articles else ""
    return ("carry", {"title": title}) if title else ("carry.again", {"count": done.count("annotation")})


# -- what holds for the project -----------------------------------------------------------------------------------


def _named(name: str, kind: str) -> Callable[[Done], Said | None]:
    """Return a maker of a sentence that says the name of a thing."""

    def make(done: Done) -> Said | None:
        value = done.of(kind)[0].value
        return name, {"name": value.get("names") or str(value.get("name", ""))}

    return make


def _plain(name: str) -> Callable[[Done], Said | None]:
    return lambda done: (name, {})


def _join(done: Done) -> Said | None:
    one = done.of("reviewer")[0]
    name = str(one.value["name"])
    return ("join", {}) if name == one.operation.reviewer else ("join.other", {"name": name})


# -- reviewing ----------------------------------------------------------------------------------------------------


def _comment(name: str) -> Callable[[Done], Said | None]:
    def make(done: Done) -> Said | None:
        value = done.of("comment")[0].value
        return name, {"words": done.words(value["annotation"]), "note": cut(value.get("text", ""))}

    return make


def _decide(done: Done) -> Said | None:
    """Return the sentence of a decision: by the words it made, or those of its first source when none stands."""
    value = done.of("decision")[0].value
    finals = value.get("finals") or ()
    if finals:
        return "decide", {"words": words_of(finals[0]), "label": done.lookups.label(finals[0]["label"])}
    return _titled("decide.none", "decision")(done)


_MAKERS: dict[str, tuple[str, Callable[[Done], Said | None]]] = {
    "annotate": ("annotation", _annotate), "annotate_hits": ("annotation", _annotate),
    "revise": ("annotation", _revise), "remove": ("annotation", _marked("remove")),
    "confirm": ("annotation", _marked("confirm")), "restore": ("", _restore), "restore_layer": ("", _restore_layer),
    "frame": ("frame", _frame), "unframe": ("frame", _unframe), "judge": ("verdict", _judge),
    "relate": ("relation", _relate), "unrelate": ("relation", _relate),
    "link": ("link", _link), "link_new": ("link", _link), "unlink": ("link", _link),
    "add_entity": ("entity", _add_entity), "revise_entity": ("entity", _revise_entity),
    "merge_entities": ("entity", _merge_entities), "split_entity": ("entity", _split_entity),
    "import": ("", _import), "describe": ("article", _describe), "boilerplate": ("article", _titled("boilerplate", "article")),
    "group": ("copy", _titled("group", "copy")), "ungroup": ("copy", _titled("ungroup", "copy")), "carry": ("", _carry),
    "apart": ("", _plain("apart")), "recognise": ("article", _titled("boilerplate", "article")),
    "set_sensitive": ("", _plain("set_sensitive")), "settle_conflict": ("", _plain("settle_conflict")),
    "set_state": ("reading", _state), "flag": ("reading", _titled("flag", "reading")),
    "unflag": ("reading", _titled("unflag", "reading")), "note_article": ("reading", _note_article),
    "assign": ("assignment", _titled("assign", "assignment", says="reviewer")),
    "unassign": ("assignment", _titled("unassign", "assignment", says="reviewer")),
    "save_filter": ("filter", _named("save_filter", "filter")), "remove_filter": ("filter", _named("remove_filter", "filter")),
    "add_label": ("label", _named("add_label", "label")), "revise_label": ("label", _named("revise_label", "label")),
    "revise_attribute": ("attribute", _named("revise_attribute", "attribute")),
    "create": ("", _create), "join": ("reviewer", _join),
    "comment": ("comment", _comment("comment")), "revise_comment": ("comment", _comment("revise_comment")),
    "remove_comment": ("comment", _comment("remove_comment")), "resolve_comment": ("", _plain("resolve_comment")),
    "unresolve_comment": ("", _plain("unresolve_comment")),
    "decide": ("decision", _decide), "take_agreed": ("decision", _titled("take_agreed", "decision")),
    "settle": ("settlement", _titled("settle", "settlement")), "reopen": ("settlement", _titled("reopen", "settlement")),
    "set_role": ("reviewer", _named("set_role", "reviewer")), "set_blind": ("", _plain("set_blind")),
    "assign_double": ("assignment", _titled("assign_double", "assignment")),
}  # fmt: skip


def _listed(names: Sequence[str]) -> Sentence:
    """Return names of parts as one sentence: each with a comma before the next."""
    first = Sentence(names[0])
    return Sentence(N_("{one}, {more}"), {"one": first, "more": _listed(names[1:])}) if len(names) > 1 else first
