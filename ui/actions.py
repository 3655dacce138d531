"""The table of actions: what can be done, by which key, when it is possible, and what does it.

Menus, shortcuts and the page of keys come from this table. Keys of the page work only while the page has the keyboard, so
that a digit typed into a note stays a digit. Beside the Latin keys stand those of the Arabic keyboard.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from ui.action import Action
from ui.pointing import slots
from ui.register.linking import can_link
from ui.review.actions import review_actions
from ui.session import Session
from ui.stepping import waits
from ui.translate import language, tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def actions(window: MainWindow) -> list[Action]:
    """Return all actions of a window, in the order of the menus."""
    return [
        *_file(window),
        *_edit(window),
        *_labels(window),
        *_edges(window),
        *_article(window),
        *_about(window),
        *_claim(window),
        *review_actions(window),
        *_view(window),
        *_help(window),
    ]


def _file(window: MainWindow) -> list[Action]:
    return [
        Action("new", "file", tr("New project…"), window.new_project, ("Ctrl+N",)),
        Action("open", "file", tr("Open project…"), window.open_project, ("Ctrl+O",)),
        *_import(window),
        Action("import_register", "file", tr("Import places and actors…"), window.import_register, (), _has_project),
        Action("export", "file", tr("Export…"), window.export, ("Ctrl+E",), _has_project),
        *_exchange(window),
        Action("print", "file", tr("Print…"), window.print_article, ("Ctrl+P",), _has_article, separator=True),
        Action("pdf", "file", tr("Save as PDF…"), window.save_pdf, ("Ctrl+Shift+P",), _has_article),
        Action("reviewer", "file", tr("Switch reviewer…"), window.switch_reviewer, (), _has_project, separator=True),
        Action("check", "file", tr("Check the project"), window.checking.check, (), _has_project),
        Action("quit", "file", tr("Quit"), window.quit, ("Ctrl+Q",), separator=True),
    ]


def _exchange(window: MainWindow) -> list[Action]:
    exchanging = window.exchanging
    return [
        Action("send", "file", tr("Send my work…"), exchanging.send, (), _has_project, separator=True),
        Action("receive", "file", tr("Receive work…"), exchanging.receive),
        Action("received", "file", tr("Received work…"), exchanging.show_received, (), _has_project),
        Action("conflicts", "file", tr("Changed on two machines"), window.below.show_conflicts, (), _has_project),
    ]


def _import(window: MainWindow) -> list[Action]:
    importing = window.importing
    return [
        Action("import", "file", tr("Import files…"), importing.choose_files, ("Ctrl+I",), _has_project, separator=True),
        Action("import_folder", "file", tr("Import a folder…"), importing.choose_folder, ("Ctrl+Shift+I",), _has_project),
        Action("paste", "file", tr("Paste an article"), importing.paste, ("Ctrl+V",), _has_project),
        Action("watch", "file", tr("Watch a folder…"), importing.watch, (), _has_project),
        Action(
            "preview", "file", tr("Always show the preview before an import"), importing.toggle_always,
            checked=importing.shows_always,
        ),
    ]  # fmt: skip


def _edit(window: MainWindow) -> list[Action]:
    session, editing = window.session, window.editing
    finding, reading = window.reading.finding, window.reading
    redo = ("Ctrl+Shift+Z", "Ctrl+Y")
    return [
        Action("undo", "edit", tr("Undo"), session.undo, ("Ctrl+Z",), lambda now: now.now.next_undo is not None),
        Action("redo", "edit", tr("Redo"), session.redo, redo, lambda now: now.now.next_redo is not None),
        Action(
            "search", "edit", tr("Search all articles"), window.search_all, ("Ctrl+F",), _has_project, separator=True
        ),
        Action("find", "edit", tr("Find in this article"), finding.open, ("Ctrl+Shift+F",), _has_article),
        Action("find_next", "edit", tr("Next match"), lambda: finding.next(1), ("F3",), _has_article),
        Action("find_previous", "edit", tr("Previous match"), lambda: finding.next(-1), ("Shift+F3",), _has_article),
        Action("next", "edit", tr("Next annotation"), lambda: reading.step(1), ("Tab",), _has_marks, "page", True),
        Action(
            "previous", "edit", tr("Previous annotation"), lambda: reading.step(-1), ("Shift+Tab",), _has_marks, "page"
        ),
        Action("clitic", "edit", tr("Clitic in or out"), editing.toggle_clitic, ("P", "ح"), _has_article, "page"),
        Action("link", "edit", tr("Link to the register…"), window.linking.open, ("L", "م"), can_link, "page"),
        Action("note", "edit", tr("Write a note"), window.edit_note, ("Return", "Enter"), _has_selected, "page"),
        Action("remove", "edit", tr("Remove the annotation"), editing.remove, ("Del", "Backspace"), _is_own, "page"),
        Action("leave", "edit", tr("Select nothing"), reading.leave, ("Esc",), lambda now: True, "page"),
        Action("labels", "edit", tr("Labels…"), window.edit_labels, (), _has_project, separator=True),
        Action("recheck", "edit", tr("Annotations to look at again…"), window.recheck, (), _has_project),
    ]


def _labels(window: MainWindow) -> list[Action]:
    return [
        Action(
            f"label_{label.key}",
            "edit",
            tr("Label as {label}").format(label=label.names.get(language(), label.key)),
            lambda key=label.key: window.editing.label(key),  # type: ignore[misc]
            (label.shortcut, _arabic_digit(label.shortcut)) if label.shortcut else (),
            _has_project,
            "page",
            separator=number == 0,
        )
        for number, label in enumerate(window.session.now.labels)
    ]


def _edges(window: MainWindow) -> list[Action]:
    """The four moves of the edges. `[` is the start and `]` the end; alone outwards, with Shift inwards, Ctrl by word."""
    move = window.editing.move_edge
    rows: list[tuple[str, str, tuple[str, ...], Literal["start", "end"], int, bool]] = [
        ("start_out", tr("Start earlier"), ("[", "ج"), "start", -1, False),
        ("start_in", tr("Start later"), ("Shift+[", "{", "Shift+ج"), "start", 1, False),
        ("end_out", tr("End later"), ("]", "د"), "end", 1, False),
        ("end_in", tr("End earlier"), ("Shift+]", "}", "Shift+د"), "end", -1, False),
        ("start_out_word", tr("Start a word earlier"), ("Ctrl+[", "Ctrl+ج"), "start", -1, True),
        ("start_in_word", tr("Start a word later"), ("Ctrl+Shift+[", "Ctrl+{", "Ctrl+Shift+ج"), "start", 1, True),
        ("end_out_word", tr("End a word later"), ("Ctrl+]", "Ctrl+د"), "end", 1, True),
        ("end_in_word", tr("End a word earlier"), ("Ctrl+Shift+]", "Ctrl+}", "Ctrl+Shift+د"), "end", -1, True),
    ]
    return [
        Action(
            name,
            "edit",
            text,
            lambda edge=edge, by=by, words=words: move(edge, by, words=words),  # type: ignore[misc]
            keys,
            _is_own,
            "page",
            separator=name == "start_out",
        )
        for name, text, keys, edge, by, words in rows
    ]


def _claim(window: MainWindow) -> list[Action]:
    """The parts of a claim's frame, each to be shown on the page."""
    pointing = window.reading.pointing
    return [
        Action(
            f"frame_{slot.part}",
            "claim",
            slot.name,
            partial(pointing.begin, slot.part),
            slot.keys,
            _is_own_claim,
            "page",
        )
        for slot in slots()
    ]


def _article(window: MainWindow) -> list[Action]:
    """What is done with articles as a whole; where several are chosen in the queue, with all of them."""
    queue = window.queue
    doing = queue.doing
    return [
        Action("next_article", "article", tr("Next article"), lambda: queue.step(1), ("Alt+Down",), _has_project),
        Action("prev_article", "article", tr("Previous article"), lambda: queue.step(-1), ("Alt+Up",), _has_project),
        Action(
            "finish", "article", tr("Done, and the next one"), queue.finish, ("Ctrl+Return", "Ctrl+Enter"),
            lambda session: _has_article(session) and not window.review.is_open(), separator=True,
        ),
        Action("done", "article", tr("Done or not done"), doing.toggle_done, ("Ctrl+Shift+Return",), _has_article),
        Action("flag", "article", tr("Flag on or off"), doing.toggle_flag, ("Ctrl+D",), _has_article),
        Action(
            "article_note", "article", tr("Note on the article"), window.edit_article_note, ("Ctrl+Shift+N",), _has_article
        ),
        Action("assign", "article", tr("Assign…"), doing.assign, (), _has_article),
        Action("group", "article", tr("Group as copies of one text…"), doing.group, (), _has_article),
        Action("export_chosen", "article", tr("Export these…"), doing.export, (), _has_article),
        Action(
            "filter", "article", tr("Filter the queue"), queue.begin, ("Ctrl+Shift+K",), _has_project, separator=True
        ),
    ]  # fmt: skip


def _about(window: MainWindow) -> list[Action]:
    """What is said about the article as a whole, and what of it is no news."""
    about = window.about_article
    greying, stepping, confirm = window.reading.greying, window.reading.stepping, window.editing.confirm
    return [
        Action(
            "record", "article", tr("Article record…"), about.show_record, ("Ctrl+Shift+E",), _has_article, separator=True
        ),
        Action("copies", "article", tr("Copies of this text…"), about.show_copies, ("Ctrl+Shift+D",), _has_article),
        Action(
            "grey", "article", tr("Mark as page boilerplate"), greying.grey, ("G", "ل"), _has_article, "page",
            separator=True,
        ),
        Action(
            "give_back", "article", tr("This belongs to the news"), greying.give_back, ("U", "ع"), _has_grey, "page"
        ),
        Action("recognise", "article", tr("Recognise page parts…"), window.recognise, (), _has_project),
        Action(
            "confirm", "article", tr("Still right: confirm the carried annotation"), confirm, ("K", "ن"),
            _is_own_waiting, "page", separator=True,
        ),
        Action(
            "next_waiting", "article", tr("Next annotation to confirm"), stepping.step_to_confirm,
            ("Shift+K", "Shift+ن"), _has_waiting, "page",
        ),
    ]  # fmt: skip


def _view(window: MainWindow) -> list[Action]:
    reading = window.reading
    return [
        Action(
            "register",
            "view",
            tr("Register of actors and places"),
            lambda: window.show_register(),
            ("Ctrl+R",),
            _has_project,
        ),
        Action(
            "map", "view", tr("Map"), window.toggle_map, ("Ctrl+Shift+M",), _has_project, checked=window.map.isVisible
        ),
        Action(
            "history",
            "view",
            tr("History"),
            window.below.toggle_history,
            ("Ctrl+Shift+Y",),
            _has_project,
            checked=window.past.dock.isVisible,
        ),
        Action(
            "as_of",
            "view",
            tr("Article as it was…"),
            window.past.show_last,
            (),
            lambda now: _has_article(now) and not window.review.is_open(),
        ),
        Action("larger", "view", tr("Larger text"), lambda: reading.zoom(1), ("Ctrl++", "Ctrl+="), separator=True),
        Action("smaller", "view", tr("Smaller text"), lambda: reading.zoom(-1), ("Ctrl+-",)),
        Action("usual", "view", tr("Usual text size"), lambda: reading.zoom(0), ("Ctrl+0",)),
        *_switches(window),
        Action(
            "next_part", "view", tr("Next part of the window"), lambda: window.regions.step(1), ("F6",), separator=True
        ),
        Action(
            "previous_part", "view", tr("Previous part of the window"), lambda: window.regions.step(-1), ("Shift+F6",)
        ),
    ]


def _switches(window: MainWindow) -> list[Action]:
    reading, page = window.reading, window.page
    return [
        Action(
            "margin", "view", tr("Margin with the claims"), reading.toggle_margin, ("Ctrl+M",),
            separator=True, checked=lambda: page.has_margin,
        ),
        Action(
            "invisible", "view", tr("Invisible characters"), reading.toggle_invisible, ("Ctrl+Shift+8", "Ctrl+*"),
            checked=lambda: page.shows_invisible,
        ),
        Action(
            "board", "view", tr("Claim board"), window.below.toggle_board, ("Ctrl+B",), _has_project,
            checked=window.below.board.isVisible,
        ),
        Action(
            "statistics", "view", tr("Statistics and agreement"), window.below.toggle_statistics, ("Ctrl+T",), _has_project,
            checked=window.below.statistics.isVisible,
        ),
        Action(
            "paragraph", "view", tr("Only this paragraph"), reading.toggle_focus, ("F8",),
            checked=lambda: page.is_focused_on_paragraph,
        ),
    ]  # fmt: skip


def _help(window: MainWindow) -> list[Action]:
    return [
        Action("keys", "help", tr("Keys"), window.show_keys, ("F1",)),
        Action("about", "help", tr("About Hashiya"), window.about),
    ]


def _has_project(session: Session) -> bool:
    return session.now.path is not None


def _has_article(session: Session) -> bool:
    return session.now.article is not None


def _has_marks(session: Session) -> bool:
    return bool(session.now.annotations)


def _has_selected(session: Session) -> bool:
    return session.selected_annotation() is not None


def _is_own_claim(session: Session) -> bool:
    selected = session.selected_annotation()
    return selected is not None and selected.label == "claim" and session.owns_selected()


def _is_own(session: Session) -> bool:
    return session.owns_selected()


def _has_grey(session: Session) -> bool:
    return session.now.article is not None and bool(session.now.article.boilerplate)


def _is_own_waiting(session: Session) -> bool:
    selected = session.selected_annotation()
    return selected is not None and waits(selected, session.now.reviewer)


def _has_waiting(session: Session) -> bool:
    return any(waits(one, session.now.reviewer) for one in session.now.annotations)


def _arabic_digit(key: str) -> str:
    return chr(ord(key) - ord("0") + 0x0660) if key.isascii() and key.isdigit() else key
