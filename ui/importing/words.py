"""What the preview and the progress of an import say, in words; no Qt but the locale's numbers."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from annotator.file_errors import BinaryFile, CutFile, NotThisEncoding, UnsureEncoding
from annotator.import_report import file_name
from annotator.readers import READERS
from annotator.survey import Found, Near, Pace
from ui.importing.plan import Counts, Decision, Group, Plan, Row
from ui.translate import isolated, language, say, tr, trn

_ENCODING_TROUBLE = frozenset(one.template for one in (BinaryFile, CutFile, NotThisEncoding, UnsureEncoding))
_LONG_TITLE = 60


def number(value: float) -> str:
    """Return a whole number as the interface's language writes it."""
    return QLocale(language()).toString(round(value))


def percent(share: float) -> str:
    """Return a share (0 to 1) as a percentage."""
    return tr("{number} %").format(number=number(share * 100))


def file_kinds() -> str:
    """Return the filter of a file dialog with all endings that can be read."""
    endings = sorted({ending for reader in READERS for ending in reader.endings})
    return tr("Articles ({endings})").format(endings=" ".join(f"*{one}" for one in endings))


# -- encodings --------------------------------------------------------------------------------------------------------


def encodings() -> dict[str, str]:
    """Return the encodings that Arabic files come in, the likeliest first, by the names that Python knows."""
    return {
        "utf-8": tr("UTF-8 (all languages)"),
        "windows-1256": tr("windows-1256 (Arabic, Windows)"),
        "iso-8859-6": tr("ISO-8859-6 (Arabic)"),
        "utf-16": tr("UTF-16 (with a mark of its byte order)"),
        "utf-16-le": tr("UTF-16, little-endian"),
        "utf-16-be": tr("UTF-16, big-endian"),
        "cp720": tr("cp720 (Arabic, DOS)"),
        "cp864": tr("cp864 (Arabic, IBM)"),
        "mac-arabic": tr("MacArabic (Arabic, old Macintosh)"),
        "windows-1252": tr("windows-1252 (Western Europe)"),
    }


def detected(found: Found | None) -> str:
    """Return what was found out about an encoding, for the choice to leave it at that."""
    if found is None or found.confidence is None:
        return tr("As it was recognised")
    return tr("Recognised: {encoding} ({percent})").format(
        encoding=isolated(found.encoding), percent=percent(found.confidence)
    )


def may_choose_encoding(row: Row, plan: Plan) -> bool:
    """Tell whether another encoding could help: of a file that is not text there is none to choose."""
    if row.refused:
        return row.refused.reason.template in _ENCODING_TROUBLE or bool(plan.options_of(row.file).encoding)
    return row.found is not None and (row.found.confidence is not None or bool(plan.options_of(row.file).encoding))


# -- rows -------------------------------------------------------------------------------------------------------------


def group_title(group: Group, plan: Plan) -> str:
    """Return the heading of a group with how many there are."""
    rows = [row for row in plan.rows if row.group == group]
    if group == "open":
        left = sum(plan.decision(row).deed == "later" for row in rows)
        return tr("To decide: {left} of {count} left").format(left=number(left), count=number(len(rows)))
    titles = {
        "columns": tr("Which column holds the text?"),
        "certain": tr("Certain"),
        "there": tr("Already there"),
        "refused": tr("Refused"),
    }
    return f"{titles[group]} ({number(len(rows))})"


def title(row: Row, plan: Plan) -> str:
    """Return the title of an article, or the name of a refused file."""
    return plan.details_of(row).title or file_name(row.file)


def state(row: Row, plan: Plan) -> str:
    """Return in a few words what becomes of a row, or why somebody should look."""
    if row.refused:
        return say(row.refused.reason)
    if row.group == "there":
        return tr("already there")
    deed = plan.decision(row).deed
    words = {
        "take": tr("comes in"),
        "leave": tr("left out"),
        "copy": tr("comes in as a copy"),
        "version": tr("comes in as a new version"),
    }
    return words.get(deed) or _question(row)


def details(row: Row, plan: Plan) -> str:
    """Return what stands below the title: what becomes of it and its file; of a refused file, whose name is above, why."""
    words = state(row, plan)
    return words if row.refused else f"{words} · {isolated(file_name(row.file))}"


def _question(row: Row) -> str:
    found = row.found
    if found and found.corrects:
        return tr("a new version?")
    if found and found.near:
        return tr("nearly the same as another ({percent})").format(percent=percent(found.near[0].similarity))
    return tr("please look")


def spoken(row: Row, plan: Plan) -> str:
    """Return a row as a screen reader says it."""
    return ". ".join((title(row, plan), state(row, plan), file_name(row.file)))


def deeds(row: Row) -> list[tuple[str, Decision]]:
    """Return what can become of an article, in words."""
    found = row.found
    if found is None or row.group not in ("open", "certain"):
        return []
    alone = tr("Take it as an article of its own") if found.near or found.corrects else tr("Take it")
    later = [(tr("Decide later: it stays out for now"), Decision("later"))] if row.group == "open" else []
    return [
        *later,
        (alone, Decision("take")),
        *([(_new_version(found), Decision("version", found.corrects))] if found.corrects else []),
        *((_copy_of(near), Decision("copy", near.key)) for near in found.near),
        (tr("Leave it out"), Decision("leave")),
    ]


def _copy_of(near: Near) -> str:
    text = tr("Take it as a copy of “{title}” ({percent} the same)")
    return text.format(title=isolated(_short(near.title)), percent=percent(near.similarity))


def _new_version(found: Found) -> str:
    known = next((near.title for near in found.near if near.article == found.corrects), "")
    if not known:
        return tr("Take it as a new version; its annotations are carried over")
    text = tr("Take it as a new version of “{title}”; the annotations are carried over")
    return text.format(title=isolated(_short(known)))


def _short(words: str) -> str:
    return words if len(words) <= _LONG_TITLE else words[: _LONG_TITLE - 1] + "…"


def remarks(row: Row) -> tuple[list[str], list[str]]:
    """Return the sentences about a row: those for which somebody should look, and the others."""
    if row.refused:
        return [say(row.refused.reason)], []
    found = row.found
    if found is None:
        return [], []
    doubts = [say(one) for one in found.doubts]
    near = [_nearly(one) for one in found.near]
    there = [tr("The same text is already in the project.")] if found.same_as else []
    others = [say(one) for one in found.notes if one not in found.doubts]
    return [*doubts, *near, *there], others


def _nearly(near: Near) -> str:
    where = tr("which is in the project") if near.article else tr("which is to be imported too")
    text = tr("{percent} the same as “{title}”, {where}.")
    return text.format(percent=percent(near.similarity), title=isolated(_short(near.title)), where=where)


def facts(row: Row) -> str:
    """Return where an article comes from and how long it is."""
    found = row.found
    if found is None:
        return isolated(str(row.file))
    parts = [
        isolated(file_name(row.file)),
        trn("{count} character", "{count} characters", found.length, shown=number(found.length)),
    ]
    if found.annotations:
        parts.append(
            trn("{count} annotation", "{count} annotations", found.annotations, shown=number(found.annotations))
        )
    return " · ".join([*parts, *([isolated(found.url)] if found.url else [])])


def summary(counts: Counts) -> str:
    """Return what would happen now, in one line."""
    parts = [
        trn("{count} article comes in", "{count} articles come in", counts.taken, shown=number(counts.taken)),
        trn("{count} waits for you", "{count} wait for you", counts.later, shown=number(counts.later))
        if counts.later
        else "",
        trn(
            "{count} table waits for its columns",
            "{count} tables wait for their columns",
            counts.columns,
            shown=number(counts.columns),
        )
        if counts.columns
        else "",
        trn("{count} left out", "{count} left out", counts.left, shown=number(counts.left)) if counts.left else "",
        trn("{count} already there", "{count} already there", counts.there, shown=number(counts.there))
        if counts.there
        else "",
        trn("{count} could not be read", "{count} could not be read", counts.refused, shown=number(counts.refused))
        if counts.refused
        else "",
        _unlisted(counts.unlisted) if counts.unlisted else "",
    ]
    return " · ".join(filter(None, parts))


def _unlisted(count: int) -> str:
    return trn(
        "{count} more, not listed, comes in as it is",
        "{count} more, not listed, come in as they are",
        count,
        shown=number(count),
    )


# -- how far it is ----------------------------------------------------------------------------------------------------


def pace_words(pace: Pace) -> str:
    """Return how many articles there are so far, how fast they come, and how long the rest takes."""
    parts = [trn("{count} article", "{count} articles", pace.articles, shown=number(pace.articles))]
    if pace.seconds >= 1 and pace.articles:
        parts.append(tr("{rate} a second").format(rate=number(max(pace.rate, 1))))
    left = pace.seconds_left
    if left is not None and pace.share < 1:
        parts.append(left_words(left))
    return " · ".join(parts)


def left_words(seconds: float) -> str:
    """Return how long something still takes, roughly."""
    if seconds < 60:
        count = max(round(seconds / 5) * 5, 1)
        return trn("about {count} second left", "about {count} seconds left", count, shown=number(count))
    count = round(seconds / 60)
    return trn("about {count} minute left", "about {count} minutes left", count, shown=number(count))
