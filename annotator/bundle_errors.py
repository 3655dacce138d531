"""Why a bundle is not received, and why a merge is not taken back: each a sentence that says what to do."""

from __future__ import annotations

from annotator.errors import ProjectError
from annotator.language import N_


class BundleRefused(ProjectError):
    """A bundle of which nothing was taken; `file` is its name."""

    template = N_("{file} was not received. Nothing was changed.")


class NotABundle(BundleRefused):
    template = N_("{file} is not a bundle of Hashiya that can be read: {reason} Nothing was changed.")


class TamperedBundle(BundleRefused):
    template = N_("{file} was damaged or changed on its way ({reason}) Have it sent again; nothing was changed.")


class ForeignBundle(BundleRefused):
    template = N_("{file} belongs to another project, not to this one. Nothing was changed.")


class NewerBundle(BundleRefused):
    template = N_("{file} was made by a newer Hashiya ({program}). Update Hashiya; nothing was changed.")


class MissingWork(BundleRefused):
    template = N_(
        "{file} goes on from work that is not here: operations {first}–{last} of replica {replica}. Receive the bundles "
        "before it first, or ask {sender} to send everything from the start."
    )


class MissingThing(BundleRefused):
    template = N_(
        "{file} speaks of something that is neither in it nor here ({what}). Ask {sender} for a bundle of all reviewers "
        "from the start."
    )


class MissingTexts(BundleRefused):
    template = N_(
        "{file} brings articles without their texts, and they are not here. Ask {sender} to send it with the articles."
    )


class ForkedBundle(BundleRefused):
    template = N_(
        "{file} holds another history of replica {replica} from operation {seq} on: two programs wrote on in copies of one "
        "file. Keep both files and ask whoever made the copy; nothing was changed."
    )


class WrongOperation(BundleRefused):
    template = N_("{file} holds something that no Hashiya writes (operation {seq} of replica {replica}: {reason})")


class NotTheirs(BundleRefused):
    template = N_(
        "{file} changes in the name of {reviewer} what is {owner}'s (operation {seq} of replica {replica}). Reviewers do not "
        "change each other's work; nothing was changed."
    )


class NothingToSend(ProjectError):
    template = N_("There is nothing new to send since the last time. Send from the start if the last bundle was lost.")


class SendingCancelled(ProjectError):
    template = N_("Sending was stopped. No file was written.")


class SeveralProjects(ProjectError):
    template = N_("These bundles belong to different projects. Receive those of one project at a time.")


class MergeCancelled(ProjectError):
    template = N_("Receiving was stopped. Nothing was changed.")


class UnknownMerge(ProjectError):
    template = N_("There is nothing received that could be taken back.")


class LaterMerge(ProjectError):
    template = N_("More was received after that. Take back what was received last first.")


class BuiltUpon(ProjectError):
    template = N_(
        "This cannot be taken back as a whole: {count} later changes of yours build on what was received. The copy from before "
        "is {backup}."
    )


class NoConflict(ProjectError):
    template = N_("This is no conflict, or it is settled already.")
