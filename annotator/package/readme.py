"""`README.md` of a package: what its receiver has to know, in English and in Arabic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from annotator.language import N_, Translate, catalogue
from annotator.package.details import PackageDetails, on_one_line
from annotator.package.tally import Tally
from annotator.reports import Loss
from annotator.review.agreement import Agreement, Figure, Name
from annotator.review.agreement_record import FIGURE_NAMES
from annotator.version import PROGRAM

_SAID = (
    N_("**A claim is what somebody says, never a fact.** Who says it stands beside each claim that has a frame."),
    N_("A verdict is what one reviewer holds of a claim, and why. A claim without a verdict was not examined."),
    N_("Places of annotations count Unicode code points from 0, the end not included: `text[start:end]` in Python."),
    N_("Times are UTC."),
)
NOTHING_LOST = N_("Nothing was lost.")
_FILES = (
    ("data/", N_("the work itself, a folder for each format")),
    ("labels.json", N_("the label set: what each label and each answer means, with guidelines and examples")),
    ("agreement.json", N_("how well reviewers agree, with confidence intervals; only where several read the same articles")),
    ("losses/", N_("what each format could not hold, with ids and the rule that was used")),
    ("datapackage.json", N_("all files with sizes and hashes, and the columns and keys of the tables (Frictionless Data)")),
    ("ro-crate-metadata.json", N_("the same for archives (RO-Crate 1.1)")),
    ("SHA256SUMS", N_("hashes of all files; `sha256sum -c SHA256SUMS` proves that nothing was changed")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a README tells besides counts and details: newest change, from when on, of how many articles, losses, agreement."""

    created: str
    since: str
    of_articles: int
    losses: Mapping[str, tuple[Loss, ...]]
    agreement: Agreement | None = None


def readme(tally: Tally, details: PackageDetails, told: Told) -> str:
    """Return the text in both languages, Markdown."""
    english = _lines(tally, details, told, lambda template: template)
    arabic = _lines(tally, details, told, catalogue("ar").gettext)
    return "\n".join([*english, "", "---", "", '<div dir="rtl">', "", *arabic, "", "</div>", ""])


def title_of(details: PackageDetails, translate: Translate = str) -> str:
    """Return the title of a package: the one that was given, or what it is."""
    return on_one_line(details.title) or translate(N_("Annotations of news articles"))


def _lines(tally: Tally, details: PackageDetails, told: Told, say: Translate) -> Iterator[str]:
    yield f"# {title_of(details, say)}"
    yield ""
    yield from _whole(tally, told, say)
    yield ""
    yield from (f"- {say(sentence)}" for sentence in _SAID)
    yield from _section(say(N_("Files")), (f"- `{path}`: {say(purpose)}" for path, purpose in _FILES))
    yield from _section(say(N_("Numbers")), _numbers(tally, say))
    yield from _section(say(N_("How well reviewers agree")), _agreement(told.agreement, say))
    yield from _section(say(N_("Use and citation")), _use(details, say))
    yield from _section(say(N_("What the formats could not hold")), _losses(told, say))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield from ("", f"## {title}", "", *lines)


def _whole(tally: Tally, told: Told, say: Translate) -> Iterator[str]:
    made = N_("{articles} of {of} articles of a project, with {annotations} annotations, written by {program}.")
    yield say(made).format(
        articles=tally.articles, of=told.of_articles, annotations=tally.annotations, program=PROGRAM
    )  # fmt: skip
    if told.created:
        yield say(N_("The newest change in it is of {time}.")).format(time=told.created)
    if told.since:
        increment = N_(
            "Only articles that changed since {time} are here, each whole: it takes the place of what you had of it. What was "
            "removed since is listed in `losses/`."
        )
        yield say(increment).format(time=told.since)


def _numbers(tally: Tally, say: Translate) -> Iterator[str]:
    names = {
        N_("Claim frames"): tally.frames,
        N_("Verdicts"): tally.verdicts,
        N_("Links to actors and places"): tally.links,
        N_("Relations between claims"): tally.relations,
        N_("Actors and places"): tally.entities,
        N_("Reviewers"): len(tally.reviewers),
        N_("Version of the label set"): tally.label_set_version,
        N_("Version of the guideline"): tally.guideline_version,
    }
    yield from (f"- `{label}`: {count}" for label, count in sorted(tally.by_label.items()))
    yield from (f"- {say(name)}: {count}" for name, count in names.items())


def _use(details: PackageDetails, say: Translate) -> Iterator[str]:
    licence, citation = on_one_line(details.licence), on_one_line(details.citation)
    creators = "; ".join(f"{one.name} <{one.address}>" if one.address else one.name for one in details.made_by)
    for name, given, missing in (
        (N_("Licence"), licence, N_("None was given: ask whoever gave you this before you pass it on.")),
        (N_("Citation"), citation, N_("None was given.")),
        (N_("Made by"), creators, N_("Nobody was named.")),
    ):
        yield f"- {say(name)}: {given or say(missing)}"


def _agreement(found: Agreement | None, say: Translate) -> Iterator[str]:
    """Yield a line for all reviewers and for each two of them, with what was found and where it lies with 95 % confidence."""
    if not found:
        nobody = say(N_("No article in it was read by several reviewers."))
        yield f"- {nobody}"
        return
    for row in found.rows:
        if row.by == "all":
            of = " × ".join(f"`{name}`" for name in row.pair) or say(N_("All reviewers"))
            yield f"- {of}. {say(N_('Articles'))}: {row.articles}"
            yield from (f"  - {say(FIGURE_NAMES[name])}: {told}" for name, told in _figures(row.figures))


def _figures(figures: Mapping[Name, Figure]) -> Iterator[tuple[Name, str]]:
    """Yield the figures that are defined; why another is not stands in `agreement.json`."""
    for name, one in figures.items():
        if one.value is not None:
            between = "" if one.low is None or one.high is None else f" [{one.low:.3f}, {one.high:.3f}]"
            yield name, f"{one.value:.3f}{between}"


def _losses(told: Told, say: Translate) -> Iterator[str]:
    for name, losses in told.losses.items():
        yield f"- `{name}`: {'' if losses else say(NOTHING_LOST)}".rstrip()
        yield from (f"  - {loss.sentence.translated(say)}" for loss in losses)
