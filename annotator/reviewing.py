"""Who reviews: roles, blind mode, who reads what, and how far everybody is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from annotator.decisions import ROLES, DoubleReading, Draw, Reviewer, Role, Settings, Workload
from annotator.errors import BadShare, LastLead, UnknownReviewer, UnknownRole
from annotator.open_project import OpenProject, reviewer_name
from annotator.review.lots import drawn
from annotator.store import queries, team, veil
from annotator.store import queue as store
from annotator.store.clock import uuid_bytes, uuid_text
from annotator.store.identity import assignment_id, reviewer_id, setting_id
from annotator.store.log import StepWriter


class Reviewing(OpenProject):
    """The part of the project that is about those who work on it."""

    def team(self) -> tuple[Reviewer, ...]:
        """Return all reviewers with their roles, sorted by name. Whoever made the project is its lead until a role is given."""
        return team.team(self._connection)

    def role_of(self, name: str) -> Role:
        """Return the role of a reviewer."""
        return team.role_of(self._connection, name)

    @property
    def is_lead(self) -> bool:
        """Whether the reviewer whose work is being done is a lead."""
        return self.role_of(self._reviewer) == "lead"

    def set_role(self, name: str, role: Role) -> None:
        """Have a reviewer be a lead or a plain reviewer; only a lead may.

        Raises NotALead, UnknownRole, UnknownReviewer or LastLead.
        """
        self._need_lead()
        roles = {one.name: one.role for one in self.team()}
        if role not in ROLES:
            raise UnknownRole(role=role, known=", ".join(ROLES))
        if name not in roles:
            raise UnknownReviewer(name=name, known=", ".join(roles))
        if not any((role if one == name else given) == "lead" for one, given in roles.items()):
            raise LastLead
        if roles[name] != role:
            with self._step("set_role") as step:
                self._put_own_role(step, besides=name)
                _put_role(step, name, role)
            self._tell_reviewers(step)

    # -- what holds for everybody ---------------------------------------------------------------------------------

    def settings(self) -> Settings:
        """Return what holds for everybody in the project."""
        return team.settings(self._connection)

    def set_blind(self, on: bool) -> None:
        """Switch blind mode on or off; only a lead may. Raises NotALead."""
        self._need_lead()
        if on != self.settings().blind:
            with self._step("set_blind") as step:
                self._put_own_role(step)
                _put_setting(step, team.BLIND, on)
            self._tell_reviewers(step, setting=(team.BLIND,))

    @property
    def is_blind(self) -> bool:
        """Whether what others did is hidden from this reviewer in articles whose own layer they have not called done.

        Blind mode hides nothing from a lead. What is hidden is in no list, count, search, export or history.
        """
        return veil.veiled(self._connection) is not None

    def sees_layers(self, article: str) -> bool:
        """Tell whether this reviewer may see others' layers of an article; raise UnknownArticle."""
        key = self._article_bytes(article)
        if not self.is_blind:
            return True
        own = store.readings_by(self._connection, self._reviewer, [key]).get(key)
        return own is not None and own.state == "done"

    def layers(self, article: str) -> tuple[str, ...]:
        """Return the reviewers who marked something in an article or called it done, sorted; raise UnknownArticle."""
        key = self._article_bytes(article)
        names = {one.reviewer for one in queries.annotations_of(self._connection, key)}
        if self.sees_layers(article):
            names |= {one.reviewer for one in store.readings(self._connection, key) if one.state == "done"}
        return tuple(sorted(names))

    # -- who reads what -------------------------------------------------------------------------------------------

    def assign_double(
        self, share: float, seed: int, reviewers: Iterable[str], *, articles: Iterable[str] | None = None
    ) -> Draw:
        """Draw who reads which articles, so that two read a share (0 to 1) of them, as one step; only a lead may.

        Drawn are the given articles, which are taken from all others, or those that nobody was given yet. The same articles,
        seed, share and reviewers give the same lots on every machine; seed, share and names are kept in the settings. Raises
        NotALead, BadShare, BadReviewerName, UnknownReviewer or UnknownArticle.
        """
        self._need_lead()
        if not 0 <= share <= 1:
            raise BadShare(share=share)
        names = sorted({reviewer_name(name) for name in reviewers})
        if not names:
            raise UnknownReviewer(name="", known=", ".join(queries.reviewers(self._connection)))
        lots = drawn(self._to_draw(articles), share, seed, names)
        with self._step("assign_double") as step:
            changed = self._put_lots(step, lots)
            _put_setting(step, team.DOUBLE, asdict(DoubleReading(share, seed, tuple(names))))
        self._tell_step(step, assignment=tuple(changed), setting=(team.DOUBLE,))
        counts = {name: sum(name in given for given in lots.values()) for name in names}
        return Draw(len(lots), sum(len(given) > 1 for given in lots.values()), counts)

    def workload(self) -> tuple[Workload, ...]:
        """Return how far everybody is with the articles they were given, sorted by name."""
        return team.workload(self._connection)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _to_draw(self, articles: Iterable[str] | None) -> list[str]:
        if articles is not None:
            return [uuid_text(self._article_bytes(article)) for article in dict.fromkeys(articles)]
        given = team.assigned_articles(self._connection)
        return [uuid_text(key) for key in queries.article_ids(self._connection) if key not in given]

    def _put_lots(self, step: StepWriter, lots: Mapping[str, tuple[str, ...]]) -> list[str]:
        have: dict[str, set[str]] = {article: set() for article in lots}
        for _, one in store.assignments(self._connection, [uuid_bytes(article) or b"" for article in lots]):
            have[one.article].add(one.reviewer)
        for article, names in lots.items():
            for name in sorted(have[article] ^ set(names)):
                value = {"article": article, "reviewer": name} if name in names else None
                step.put("assignment", value, entity=assignment_id(article, name))
        return [article for article, names in lots.items() if have[article] != set(names)]

    def _put_own_role(self, step: StepWriter, *, besides: str = "") -> None:
        """Write down that this reviewer is a lead, which may only follow from their having made the project."""
        if self._reviewer != besides and self._reviewer not in team.given_roles(self._connection):
            _put_role(step, self._reviewer, "lead")

    def _tell_reviewers(self, step: StepWriter, **ids: tuple[str, ...]) -> None:
        named = (uuid_text(operation.entity) for operation in step.operations if operation.kind == "reviewer")
        self._tell_step(step, reviewer=tuple(named), **ids)


def _put_role(step: StepWriter, name: str, role: Role) -> None:
    step.put("reviewer", {"name": name, "role": role}, entity=reviewer_id(name))


def _put_setting(step: StepWriter, key: str, value: Any) -> None:
    step.put("setting", {"key": key, "value": value}, entity=setting_id(key))
