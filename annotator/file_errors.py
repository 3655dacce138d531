"""Why a file, or a part of one, does not come in: each a sentence that names what is the matter and what to do."""

from __future__ import annotations

from annotator.errors import ProjectError
from annotator.language import N_


class UnreadableFile(ProjectError):
    template = N_("The file cannot be read ({reason}).")


class FileChanged(ProjectError):
    template = N_("The file has changed since it was looked at. Look at it again before you import it.")


class BadMapping(ProjectError):
    template = N_(
        "“{given}” does not say which column is which. Write, for example, text=body,title=headline ({fields})."
    )


class FileTooBig(ProjectError):
    template = N_("The file is larger than {limit} MB, which no article is. Cut it into its articles first.")


class EmptyFile(ProjectError):
    template = N_("The file holds no text.")


class BinaryFile(ProjectError):
    template = N_("This is not a text file: it holds bytes that no text has. Save it as plain text first.")


class NotThisEncoding(ProjectError):
    template = N_("The file is not valid {encoding} (at byte {position}). Import it again with another encoding.")


class CutFile(ProjectError):
    template = N_(
        "The file ends in the middle of a character ({encoding}), so something was cut off. Get a complete copy."
    )


class UnknownEncoding(ProjectError):
    template = N_("“{encoding}” is not the name of a text encoding. Examples: utf-8, windows-1256, iso-8859-6, utf-16.")


class UnsureEncoding(ProjectError):
    template = N_("The encoding could not be recognised. Import the file again and name its encoding.")


class ForbiddenCharacter(ProjectError):
    template = N_(
        "The text holds {character} at position {position}, which no text may hold. The file is damaged or not text."
    )


class BadRecord(ProjectError):
    template = N_("Line {line}: {reason}")


class BadRow(ProjectError):
    template = N_("Row {row}: {reason}")


class NotReadable(ProjectError):
    template = N_("Nothing can be read from this file: {reason}")


class TextMissing(ProjectError):
    template = N_("there is no text under “{column}”.")


class NothingIsText(ProjectError):
    template = N_("nothing in it looks like a text. Say under which name the text stands.")


class MarkRefused(ProjectError):
    template = N_("The mark {id} was not taken: {reason}")


class LeftOut(ProjectError):
    """Not read or not taken on purpose; nothing failed."""

    template = N_("This was left out.")


class LinkLeftOut(LeftOut):
    template = N_("This is a link to another place; links are not followed.")


class UnknownKind(LeftOut):
    template = N_("Files of this kind ({ending}) are not read.")


class NotTaken(LeftOut):
    template = N_("Not taken: {what} ({count}).")


class PasswordProtected(ProjectError):
    template = N_(
        "The file is locked with a password. Open it in its own program, save it without the password and import that."
    )


class DamagedFile(ProjectError):
    template = N_("The file is damaged or was cut off: it cannot be read as {format}. Get a complete copy.")


class OtherFormat(ProjectError):
    template = N_("Files of {format} are not read. Open it in an office program, save it as {wanted} and import that.")


class PicturesOfText(ProjectError):
    template = N_(
        "The PDF holds pictures of pages and no text, as a scanner makes them. It needs text recognition (OCR) first."
    )


class NamelessSigns(ProjectError):
    template = N_(
        "The PDF does not say which letters {percent} percent of its signs are, so its text cannot be read. It needs text "
        "recognition (OCR) first, or another copy."
    )


class UnsafeArchive(ProjectError):
    template = N_("Nothing was unpacked: {reason} Unpack it by hand if you trust who made it.")


class UnsafeXml(ProjectError):
    template = N_("The file defines XML entities, which can fill the memory or name other files. It was not read.")


class NotAFeed(ProjectError):
    template = N_("The file holds no articles: it is no feed, or an empty one.")


class BadItem(ProjectError):
    template = N_("Item {number}: {reason}")


class NotPublished(ProjectError):
    template = N_("“{title}” was not published (state: {state}), so it was left out.")
