"""The sentences of the history, a template for each thing that can have been done.

They are told without whoever did it (`what`) and with (`told`). In Arabic they name the deed, not the doer doing it, so that
they fit every reviewer.
"""

from __future__ import annotations

from collections.abc import Mapping

from annotator.language import N_, Sentence
from annotator.log_entry import Detail, LogEntry

_TEMPLATES = {
    "annotate": N_("marked «{words}» as {label}"),
    "annotate.many": N_("marked {count} places as {label}"),
    "revise": N_("changed «{words}»"),
    "revise.label": N_("changed the label of «{words}» from {old} to {label}"),
    "revise.span": N_("moved the edges of «{old}»: now «{words}»"),
    "revise.note": N_("wrote a note on «{words}»: {note}"),
    "revise.no_note": N_("took the note off «{words}»"),
    "revise.form": N_("gave «{words}» the plain form «{form}»"),
    "remove": N_("removed «{words}» ({label})"),
    "confirm": N_("confirmed «{words}»"),
    "restore": N_("brought «{words}» back to an earlier state"),
    "restore_layer": N_("brought a whole layer back to an earlier state; changed: {count}"),
    "frame": N_("filled in the frame of the claim «{words}»: {parts}"),
    "frame.same": N_("filled in the frame of the claim «{words}»"),
    "unframe": N_("took the frame off the claim «{words}»"),
    "judge": N_("gave the claim «{words}» the verdict {verdict}: {reason}"),
    "judge.back": N_("took back the verdict on the claim «{words}»"),
    "relate": N_("linked two claims: «{words}» – {relation} – «{other}»"),
    "unrelate": N_("took back the link between «{words}» and «{other}»"),
    "link": N_("linked «{words}» to {entity}"),
    "link.unknown": N_("said that nobody knows whom «{words}» means"),
    "link.ambiguous": N_("said that «{words}» may mean several"),
    "link_new": N_("added {entity} to the register and linked «{words}» to it"),
    "unlink": N_("took the link off «{words}»"),
    "add_entity": N_("added {entity} to the register"),
    "add_entity.many": N_("added {count} actors and places to the register"),
    "revise_entity": N_("changed {entity} in the register"),
    "merge_entities": N_("merged {old} into {entity} in the register"),
    "split_entity": N_("split {entity} off in the register, with mentions: {count}"),
    "import": N_("imported the article «{title}»"),
    "import.many": N_("imported {count} articles"),
    "import.marked": N_("imported articles: {count}, with annotations: {marks}"),
    "import.marks": N_("imported annotations: {marks}"),
    "describe": N_("put the details of «{title}» right: {parts}"),
    "describe.same": N_("put the details of «{title}» right"),
    "boilerplate": N_("said what of «{title}» belongs to its page and not to the news"),
    "boilerplate.many": N_("said what of {count} articles belongs to their pages and not to the news"),
    "group": N_("called «{title}» a copy of another article"),
    "group.many": N_("grouped {count} articles as copies of one text"),
    "ungroup": N_("took «{title}» out of its group of copies"),
    "ungroup.many": N_("took {count} articles out of their group of copies"),
    "apart": N_("said which articles are no copies of each other"),
    "set_sensitive": N_("said in the register who is sensitive"),
    "settle_conflict": N_("chose between two changes of one thing"),
    "carry": N_("carried annotations over to the corrected version «{title}»"),
    "carry.again": N_("carried annotations over to a corrected version: {count}"),
    "done": N_("called «{title}» done"),
    "done.many": N_("called {count} articles done"),
    "not_done": N_("called «{title}» not done any more"),
    "not_done.many": N_("called {count} articles not done any more"),
    "flag": N_("flagged «{title}»"),
    "flag.many": N_("flagged {count} articles"),
    "unflag": N_("took the flag off «{title}»"),
    "unflag.many": N_("took the flag off {count} articles"),
    "note_article": N_("wrote a note on the article «{title}»: {note}"),
    "note_article.none": N_("took the note off the article «{title}»"),
    "assign": N_("gave «{title}» to {note}"),
    "assign.many": N_("gave articles to reviewers: {count}"),
    "unassign": N_("took «{title}» from {note}"),
    "unassign.many": N_("took articles from reviewers: {count}"),
    "save_filter": N_("saved the filter {name}"),
    "remove_filter": N_("removed the filter {name}"),
    "add_label": N_("added the label {name}"),
    "revise_label": N_("changed the label {name}"),
    "revise_attribute": N_("changed the attribute {name}"),
    "create": N_("created the project"),
    "join": N_("joined the project"),
    "join.other": N_("took the reviewer {name} into the project"),
    "comment": N_("commented on «{words}»: {note}"),
    "revise_comment": N_("changed a comment on «{words}»: {note}"),
    "remove_comment": N_("removed a comment on «{words}»"),
    "resolve_comment": N_("called a comment resolved"),
    "unresolve_comment": N_("called a comment not resolved any more"),
    "decide": N_("decided: «{words}» is {label}"),
    "decide.none": N_("decided on a difference in «{title}»"),
    "take_agreed": N_("took over what all layers of «{title}» agree on"),
    "settle": N_("called «{title}» settled"),
    "reopen": N_("opened «{title}» again"),
    "set_role": N_("changed the role of {name}"),
    "set_blind": N_("switched blind mode"),
    "assign_double": N_("drew lots: who reads «{title}»"),
    "assign_double.many": N_("drew lots: who reads which articles"),
    "undo": N_("took back: {what}"),
    "redo": N_("did again: {what}"),
    "undo.hidden": N_("took a step back"),
    "redo.hidden": N_("did a step again"),
    "other": N_("did “{action}”; changed: {count}"),
}


def what(entry: LogEntry, language: str) -> Sentence:
    """Return what was done, without who did it; `language` (`ar` or `en`) chooses among the names of labels and answers."""
    if entry.target:
        return Sentence(_TEMPLATES[entry.said], {"what": what(entry.target, language)})
    details = {name: _in(found, language) for name, found in entry.details.items()}
    return Sentence(_TEMPLATES[entry.said], details)


def told(entry: LogEntry, language: str) -> Sentence:
    """Return who did what."""
    return Sentence(N_("{reviewer} {what}"), {"reviewer": entry.reviewer, "what": what(entry, language)})


def _in(detail: Detail, language: str) -> str | int | Sentence:
    """Return a detail as the language names it: in another one where it has no name in this."""
    if isinstance(detail, Mapping):
        return detail.get(language) or next(iter(detail.values()), "")
    return detail
