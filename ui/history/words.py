"""An entry of the history in words: what its row shows and what is said of it aloud."""

from __future__ import annotations

from annotator.log_entry import LogEntry
from annotator.log_words import told
from ui.locale_words import shown_moment
from ui.translate import isolated, language, running, say, tr


def sentence(entry: LogEntry) -> str:
    """Return who did what."""
    return running(say(told(entry, language())))


def details(entry: LogEntry) -> str:
    """Return when it was done, where, and whether it was taken back since."""
    taken_back = tr("taken back since") if entry.taken_back else ""
    place = isolated(entry.title) if entry.title else ""
    return running(" · ".join(filter(None, (shown_moment(entry.at, language()), taken_back, place))))
