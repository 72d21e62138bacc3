"""Decisions: a question, its options, positions on it, and its rulings."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, NewType, Self

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.entry import Entry, EntryKind
from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.people import PersonId
from facilitator.domain.proposal import (
    Experiment,
    Reallocation,
    Request,
    RiskProposal,
    missing_values,
)

DecisionId = NewType("DecisionId", str)
"""`D1`, `D2`… unique in a series and never used twice."""
OptionId = NewType("OptionId", str)
"""`A`, `B`… within its decision."""


class Option(Struct, frozen=True, kw_only=True, gc=False):
    """One possible answer."""

    id: OptionId
    title: str
    cost: str = ""
    """In the proposer's words, with amount and currency."""
    expected: str = ""
    """What it should bring."""


class Outcome(StrEnum):
    """How a ruling left the question."""

    CHOSEN = "chosen"
    POSTPONED = "postponed"
    RETURNED = "returned"
    """Given back to its proposer, with what is missing."""
    DROPPED = "dropped"


class PositionKind(StrEnum):
    """What somebody says of a question, on the record."""

    VETTED = "vetted"
    """A supervisor has checked it, and stands for it."""
    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


class Position(Struct, frozen=True, kw_only=True):
    """Where one person stands on a question."""

    person: PersonId
    view: PositionKind
    at: datetime
    words: str = ""


class Ruling(Struct, frozen=True, kw_only=True, gc=False):
    """What was decided, by whom, and why."""

    outcome: Outcome
    at: datetime
    option: OptionId | None = None
    """Set where an option was chosen."""
    until: date | None = None
    """For a postponed question: the day; None means the next meeting."""
    rationale: str = ""
    """For a returned question: what is missing."""
    decider: PersonId | None = None
    amendment: str = ""
    """How what was decided differs from the option chosen."""
    outside_on: date | None = None
    """The day, where it was decided outside the meeting."""
    review_on: date | None = None
    """When a settled question comes back by itself, to see what came of it."""
    kpi_value: float | None = None
    """What the KPI of the question stood at."""
    frees: timedelta = timedelta()
    """What a question put off leaves of the time for decisions, where the meeting was late."""
    is_kept: bool | None = None
    """Of a review of a granted request: whether it reached its target. Set by `apply`."""
    on: date | None = None
    """The day of the ruling in the team's time zone, or of the decision outside. Set by `apply`."""

    @property
    def settles(self) -> bool:
        """Whether it answers the question, for good or until its review."""
        return self.outcome in (Outcome.CHOSEN, Outcome.DROPPED)

    @property
    def comes_back(self) -> bool:
        """Whether some later meeting has the question again."""
        if self.outcome is Outcome.CHOSEN:
            return self.review_on is not None
        return self.outcome in (Outcome.POSTPONED, Outcome.RETURNED)

    @property
    def back_on(self) -> date | None:
        """The day from which on it comes back; None means the next meeting."""
        return self.review_on if self.outcome is Outcome.CHOSEN else self.until

    def redacted(self, placeholder: str) -> "Ruling":
        """Return how and when it was ruled; not why."""
        return Ruling(
            outcome=self.outcome,
            at=self.at,
            option=self.option,
            until=self.until,
            rationale=placeholder if self.rationale else "",
            decider=self.decider,
            outside_on=self.outside_on,
            review_on=self.review_on,
            on=self.on,
            frees=self.frees,
        )


class DecisionKind(StrEnum):
    """What kind of question it is; each has a short form of its own."""

    CHOICE = "choice"
    REQUEST = "request"
    EXPERIMENT = "experiment"
    REALLOCATION = "reallocation"
    RISK = "risk"


class Decision(Entry, frozen=True, kw_only=True):
    """A question, its options with a recommendation, and its ruling once there is one."""

    entry_kind: ClassVar = EntryKind.DECISION
    letter: ClassVar = "D"
    list_name: ClassVar = "decisions"
    title_name: ClassVar = N_("Decision")
    short_name: ClassVar = N_("decision")

    id: DecisionId
    question: str
    background: str = ""
    options: tuple[Option, ...] = ()
    recommended: OptionId | None = None
    why: str = ""
    """Why this option is recommended."""
    proposer: PersonId | None = None
    decider: PersonId | None = None
    proposed_on: date | None = None
    times_postponed: int = 0
    kpi: KpiId | None = None
    """The KPI that it came from."""
    marketplace: Marketplace = ALL
    """Of that KPI."""
    request: Request | None = None
    experiment: Experiment | None = None
    reallocation: Reallocation | None = None
    risk: RiskProposal | None = None
    """At most one of these four; a question without any is a plain choice."""
    stances: tuple[Position, ...] = ()
    """One a person."""
    lapsed: Position | None = None
    """The vetting that was lost, because the question was changed after it."""
    ruling: Ruling | None = None
    past: tuple[Ruling, ...] = ()
    """The rulings of earlier meetings, each of which brought it back."""
    shortcut_reason: str = ""
    """Why a ruling past the supervisor was accepted as it is."""
    is_sensitive: bool = False
    """Whether only the recorder's file has its words."""

    @property
    def text(self) -> str:
        """The question."""
        return self.question

    @property
    def owner(self) -> PersonId | None:
        """Who ruled it, or is to rule it."""
        return self.ruling.decider if self.ruling else self.decider

    @property
    def people(self) -> tuple[PersonId | None, ...]:
        """Its proposer and its decider."""
        return self.proposer, self.owner

    @property
    def words(self) -> tuple[str, ...]:
        """Background, options, rulings and what was said of it."""
        return (
            self.background,
            self.why,
            *(each.title for each in self.options),
            *(word for each in self.rulings for word in (each.rationale, each.amendment)),
            *(each.words for each in self.stances),
        )

    @property
    def state_code(self) -> str:
        """The outcome of its ruling, or `open`."""
        return self.ruling.outcome if self.ruling else "open"

    @property
    def remarks(self) -> tuple[str, ...]:
        """Why it was ruled as it was."""
        return (self.ruling.rationale,) if self.ruling else ()

    @property
    def kind(self) -> DecisionKind:
        """Its kind, which is that of its short form."""
        forms = {
            DecisionKind.REQUEST: self.request,
            DecisionKind.EXPERIMENT: self.experiment,
            DecisionKind.REALLOCATION: self.reallocation,
            DecisionKind.RISK: self.risk,
        }
        return next((kind for kind, form in forms.items() if form is not None), DecisionKind.CHOICE)

    @property
    def is_incomplete(self) -> bool:
        """Whether it is a request that lacks a figure: it cannot be ruled."""
        return self.request is not None and any(missing_values(self.request))

    @property
    def vetting(self) -> Position | None:
        """Who stands for it as a supervisor, and since when."""
        return next((each for each in self.stances if each.view is PositionKind.VETTED), None)

    @property
    def is_review(self) -> bool:
        """Whether it was settled before, and came back to see what came of it."""
        return any(each.outcome is Outcome.CHOSEN for each in self.past)

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """Every ruling so far, the oldest first."""
        return (*self.past, self.ruling) if self.ruling else self.past

    @property
    def is_approved(self) -> bool:
        """Whether one of its options was ever chosen."""
        return any(each.outcome is Outcome.CHOSEN for each in self.rulings)

    @property
    def is_reviewed(self) -> bool:
        """Whether it was ruled once more after an option was chosen."""
        outcomes = [each.outcome for each in self.rulings if each.settles]
        return Outcome.CHOSEN in outcomes[:-1]

    @property
    def is_kept(self) -> bool | None:
        """Whether it reached its target, as of the last review; None where that is not known."""
        known = (each.is_kept for each in reversed(self.rulings) if each.is_kept is not None)
        return next(known, None)

    @property
    def settled_on(self) -> date | None:
        """The day on which a ruling first answered or dropped it; None while it waits."""
        return next((each.on for each in self.rulings if each.settles), None)

    @property
    def days_to_ruling(self) -> int | None:
        """The days from the proposal until it was settled; None where that is not known."""
        if self.settled_on is None or self.proposed_on is None:
            return None
        return max((self.settled_on - self.proposed_on).days, 0)

    @property
    def requested_option(self) -> OptionId | None:
        """The option that grants a request: the recommended one, else the first."""
        return self.recommended or next((option.id for option in self.options), None)

    @property
    def is_carried_over(self) -> bool:
        """Whether some later meeting rules it, or looks at what came of it."""
        return self.ruling is None or self.ruling.comes_back

    def is_due(self, on: date) -> bool:
        """Whether it comes up on the day `on`; one that was put off to later does not."""
        back_on = self.ruling.back_on if self.ruling else None
        return back_on is None or back_on <= on

    def carry_over(self) -> Self:
        """Return the question as the next meeting has it, with its ruling among the past ones.

        What was only put off comes back vetted; any other question is looked at anew.
        """
        if self.ruling is None:
            return self
        is_put_off = self.ruling.outcome is Outcome.POSTPONED
        return replace(
            self,
            ruling=None,
            past=(*self.past, self.ruling),
            stances=self.stances if is_put_off else (),
            lapsed=self.lapsed if is_put_off else None,
            shortcut_reason="",
        )

    def redacted(self, placeholder: str) -> Self:
        """Return who asked, who stands where and how it was ruled; not what it is about."""
        return type(self)(
            id=self.id,
            question=placeholder,
            proposer=self.proposer,
            decider=self.decider,
            proposed_on=self.proposed_on,
            times_postponed=self.times_postponed,
            stances=tuple(replace(each, words="") for each in self.stances),
            ruling=self.ruling.redacted(placeholder) if self.ruling else None,
            past=tuple(each.redacted(placeholder) for each in self.past),
            shortcut_reason=placeholder if self.shortcut_reason else "",
            is_sensitive=True,
        )

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a ruling."""
        return self.ruling is None

    def option(self, option_id: OptionId | None) -> Option | None:
        """The option with this id."""
        return next((option for option in self.options if option.id == option_id), None)

    @property
    def chosen(self) -> Option | None:
        """The option that was chosen."""
        return self.option(self.ruling.option) if self.ruling else None
