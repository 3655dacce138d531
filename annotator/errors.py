"""The errors a person can do something about: the world failed, not the program.

Each class carries one sentence that says what happened and what to do. Anything else that is raised is a bug. The window
and the command line catch `ProjectError` and nothing else.
"""

from __future__ import annotations

from typing import Any, ClassVar

from annotator.language import N_, Sentence


class ProjectError(Exception):
    """Something outside the program failed; `sentence` says what and what to do."""

    template: ClassVar[str] = ""

    def __init__(self, **details: Any) -> None:
        self.sentence = Sentence(self.template, details)
        super().__init__(str(self.sentence))


class ProjectMissing(ProjectError):
    template = N_("There is no project at {path}. Check the name, or create a new project.")


class ProjectExists(ProjectError):
    template = N_("There is already a file at {path}. Choose another name: nothing was overwritten.")


class NotAProject(ProjectError):
    template = N_("{path} is not a Hashiya project. Nothing in it was changed.")


class NewerProject(ProjectError):
    template = N_("{path} was made by a newer Hashiya (format {found}; this one reads up to {known}). Update Hashiya.")


class OlderProject(ProjectError):
    template = N_(
        "{path} was made by an older Hashiya. Open it once for writing, so that it can be brought up to date."
    )


class ProjectLocked(ProjectError):
    template = N_("{holder} has this project open since {since} on {host}. Close it there first, then try again.")


class ProjectBusy(ProjectError):
    template = N_("Another program is using {path}. Close it and try again; nothing was changed.")


class ProjectDamaged(ProjectError):
    template = N_("{path} is damaged and cannot be read. Keep the file as it is and restore the newest backup.")


class CannotOpen(ProjectError):
    template = N_("{path} cannot be opened ({reason}). Check that the folder exists and that you may write there.")


class ReadOnlyProject(ProjectError):
    template = N_("{path} can only be read, not changed. Copy it to a folder where you may write.")


class DiskFull(ProjectError):
    template = N_(
        "The disk is full. The last change was not stored, everything before it was. Make room and try again."
    )


class NoRoom(DiskFull):
    template = N_(
        "There is no room for {path}: the disk is full. Make room there or choose another place; the project itself is "
        "unharmed."
    )


class DiskFailed(ProjectError):
    template = N_(
        "The disk could not be read or written ({reason}). The last change was not stored; everything before it was."
    )


class NoReviewer(ProjectError):
    template = N_("Whose work is this? Give the reviewer's name.")


class BadReviewerName(ProjectError):
    template = N_("A reviewer's name needs 1 to 80 characters on one line.")


class UnknownArticle(ProjectError):
    template = N_("There is no article {id} in this project.")


class UnknownAnnotation(ProjectError):
    template = N_("There is no annotation {id} in this project; it may have been removed.")


class UnknownLabel(ProjectError):
    template = N_("There is no label “{label}” in this project. Its labels are: {known}.")


class BadSpan(ProjectError):
    template = N_("The span {start}–{end} does not lie in the article, which has {length} characters.")


class NotYours(ProjectError):
    template = N_("This annotation is {owner}'s. Reviewers do not change each other's work: make your own annotation.")


class UnknownFormat(ProjectError):
    template = N_("There is no export format “{format}”. The formats are: {known}.")


class UnknownProfile(ProjectError):
    template = N_(
        "There is no redaction profile “{profile}”. The profiles are: {known}; your own is a JSON file, named by its path."
    )


class BadProfile(ProjectError):
    template = N_("The redaction profile {path} cannot be used: {reason} Nothing was written.")


class CannotWrite(ProjectError):
    template = N_("{path} cannot be written ({reason}). Choose another place; the project itself is unharmed.")


class FolderNotEmpty(ProjectError):
    template = N_("{path} is there already and is not empty. Choose another folder.")


class MissingPackage(ProjectError):
    template = N_("This format needs the Python package {package}, which is not installed beside Hashiya.")


class FolderInTheWay(ProjectError):
    template = N_(
        "There is already something at {path} that is no earlier export. Choose another name: nothing was changed."
    )


class CheckStopped(ProjectError):
    template = N_("The check was stopped before its end. Nothing is said about the project, and nothing was changed.")


class ProjectInTheWay(ProjectError):
    template = N_("{path} is a project of Hashiya. Choose another name: nothing was changed.")


class WrongSpan(ProjectError):
    template = N_(
        "Annotation {annotation} of “{title}” does not match its text, so nothing was written. Check the project "
        "(File ▸ Check the project) and restore a backup if it is damaged."
    )


class WouldLose(ProjectError):
    template = N_("The format cannot hold everything, so nothing was written:\n{losses}")


class ChangedSince(ProjectError):
    template = N_("{reviewer} has changed this since, so it cannot be taken back. Change it by hand if it is wrong.")


class NotAClaim(ProjectError):
    template = N_("Only a claim has a source, a verdict and relations. Give the annotation the label of a claim first.")


class WrongLabel(ProjectError):
    template = N_("“{words}” is not marked as {label}, and that is needed here. Change its label, or choose another.")


class OtherArticle(ProjectError):
    template = N_("“{words}” stands in another article. Choose something in the article of the claim.")


class UnknownValue(ProjectError):
    template = N_("“{value}” is no answer to “{attribute}”. The answers are: {known}.")


class UnknownAttribute(ProjectError):
    template = N_("There is no attribute “{attribute}” in this project. Its attributes are: {known}.")


class CyclicClaims(ProjectError):
    template = N_("A claim cannot be quoted in itself, nor in a claim that is quoted in it.")


class ImpossibleDate(ProjectError):
    template = N_("“{value}” is no date: {reason} Write 2026, 2026-01, 2026-01-16 or 2026-01-16/2026-01-18.")


class BadDate(ProjectError):
    template = N_(
        "“{value}” is no date of publication: {reason} Write 2026, 2026-01, 2026-01-16 or 2026-01-16T09:30Z, in any digits."
    )


class TitleMissing(ProjectError):
    template = N_("An article needs a title. Write one, or its first words.")


class OverlappingRanges(ProjectError):
    template = N_("Two ranges of page boilerplate overlap at {start}–{end}. Join them into one.")


class ReasonMissing(ProjectError):
    template = N_("A verdict needs a reason. Write what speaks for it.")


class SameClaim(ProjectError):
    template = N_("A claim has no relation to itself. Choose another claim.")


class UnknownRelation(ProjectError):
    template = N_("You have not linked these two claims in this way.")


class UnknownEntity(ProjectError):
    template = N_("There is no such actor or place in the register ({id}); it may have been removed.")


class Nameless(ProjectError):
    template = N_("An actor or a place needs at least one name that is not empty.")


class WrongKind(ProjectError):
    template = N_("“{name}” is of the kind {kind}, and {wanted} is needed here.")


class BadCoordinates(ProjectError):
    template = N_(
        "{latitude}, {longitude} is no point on the map: latitude is −90 to 90 and longitude −180 to 180 degrees."
    )


class SameArticle(ProjectError):
    template = N_("An article is no corrected version of itself, nor of one that corrects it. Choose another article.")


class LabelExists(ProjectError):
    template = N_("There is already a label “{label}”. Choose another key.")


class NotGold(ProjectError):
    template = N_("{path} is not a file of gold annotations that fits this project ({reason}).")


class NotAGazetteer(ProjectError):
    template = N_("No places can be read from {path}: {reason} Choose another file.")


class NoNameColumn(ProjectError):
    template = N_("Say which column holds the names of the places: without a name no place can be taken in.")


class BadStarterActors(ProjectError):
    template = N_("The list of actors {file} cannot be used: {reason} Correct the file and try again.")


class BadQuery(ProjectError):
    template = N_("The search cannot be read at character {at}: {reason}.")


class BadPattern(ProjectError):
    template = N_("The pattern cannot be read at character {at}: {reason}.")


class PatternTooSlow(ProjectError):
    template = N_("The pattern takes too long on the article “{title}”. Make it simpler, or let fewer parts repeat.")


class UnknownState(ProjectError):
    template = N_("“{state}” is no state of an article. The states are: {known}.")


class BadFilter(ProjectError):
    """`start` and `end` tell where in the filter the mistake stands."""

    template = N_("At character {position}: {reason}")

    def __init__(self, *, reason: Sentence, start: int, end: int) -> None:
        super().__init__(reason=reason, position=start + 1)
        self.reason, self.start, self.end = reason, start, end


class BadFilterName(ProjectError):
    template = N_("A filter's name needs 1 to 80 characters on one line.")


class UnknownFilter(ProjectError):
    template = N_("There is no saved filter “{name}” in this project.")


class BadMoment(ProjectError):
    template = N_("“{value}” is no moment. Write 2026-01-16 or 2026-01-16T09:30; without a zone it is UTC.")


class NotALead(ProjectError):
    template = N_("Only a lead may do this ({leads}). Ask one of them, or have yourself named a lead.")


class LastLead(ProjectError):
    template = N_("A project needs a lead. Name another reviewer lead first.")


class UnknownRole(ProjectError):
    template = N_("“{role}” is no role. The roles are: {known}.")


class UnknownReviewer(ProjectError):
    template = N_("There is no reviewer “{name}” in this project. Its reviewers are: {known}.")


class UnknownLayer(ProjectError):
    template = N_("There is no layer “{layer}” in this project. The layers are: {known}.")


class BadShare(ProjectError):
    template = N_("The share that two are to read lies between 0 and 1 (0.2 is a fifth), not {share}.")


class BadSides(ProjectError):
    template = N_("Two to six different layers can be compared, not {count}.")


class StillOpen(ProjectError):
    template = N_("“{title}” cannot be called settled yet: {count} differences are still open.")


class UnknownSource(ProjectError):
    template = N_("This is nothing to decide about in this article, or it was changed meanwhile ({id}). Compare again.")


class UnknownPart(ProjectError):
    template = N_("“{part}” is no part of an annotation. The parts are: {known}.")


class UnknownReason(ProjectError):
    template = N_("“{reason}” is no reason. The reasons are: {known}.")


class UnknownComment(ProjectError):
    template = N_("This comment is not, or no longer, in the project ({id}).")


class EmptyComment(ProjectError):
    template = N_("A comment needs words. Write what you think of the mark.")


class NotThereThen(ProjectError):
    template = N_("This article was not in the project at that time. Choose a later one.")


class NothingThen(ProjectError):
    template = N_("This annotation did not exist at that time. Choose a later one.")
