"""The risk register of a series: risks, each with an owner and a state."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import ClassVar, NewType, Self

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.asin import asins_in
from facilitator.domain.decision import DecisionId
from facilitator.domain.entry import Entry, EntryKind
from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.people import PersonId

RiskId = NewType("RiskId", str)
"""`R1`, `R2`… unique in a series and never used twice."""


class RiskState(StrEnum):
    """How a risk stands, the worst first."""

    OUT_OF_CONTROL = "out_of_control"
    WATCHED = "watched"
    CONTROLLED = "controlled"
    OVER = "over"


RISK_STATE_NAMES = {
    RiskState.OUT_OF_CONTROL: N_("out of control"),
    RiskState.WATCHED: N_("watch"),
    RiskState.CONTROLLED: N_("under control"),
    RiskState.OVER: N_("closed"),
}
RISK_STATE_MARKS = {
    RiskState.OUT_OF_CONTROL: "▲",
    RiskState.WATCHED: "◆",
    RiskState.CONTROLLED: "✓",
    RiskState.OVER: "✗",
}
"""A sign for each, so that colour is never the only cue."""

_WORST_FIRST = tuple(RiskState)


class Risk(Entry, frozen=True, kw_only=True):
    """A problem that was named: it is carried from meeting to meeting until it is over."""

    entry_kind: ClassVar = EntryKind.RISK
    letter: ClassVar = "R"
    list_name: ClassVar = "risks"
    title_name: ClassVar = N_("Risk")
    short_name: ClassVar = N_("risk")

    id: RiskId
    text: str
    solution: str = ""
    """What is proposed against it."""
    owner: PersonId | None = None
    state: RiskState = RiskState.WATCHED
    raised_by: PersonId
    raised_on: date
    kpi: KpiId | None = None
    """The KPI that it weighs on."""
    marketplace: Marketplace = ALL
    """Of that KPI."""
    decision: DecisionId | None = None
    """The question that it became."""
    ended_by: str = ""
    """What ended it."""
    left_as: RiskState | None = None
    """Its state after the meeting before; None in the meeting that named it."""
    carried: int = 0
    """How many meetings it has come back to: its age in meetings."""
    is_sensitive: bool = False
    """Whether only the recorder's file has its words."""

    @property
    def people(self) -> tuple[PersonId | None, ...]:
        """Who raised it, and its owner."""
        return self.raised_by, self.owner

    @property
    def made(self) -> str | None:
        """The id of the decision that it became."""
        return self.decision

    @property
    def words(self) -> tuple[str, ...]:
        """Its solution, what ended it, and the id of its decision."""
        return self.solution, self.ended_by, self.decision or ""

    @property
    def state_code(self) -> str:
        """Its state."""
        return self.state

    @property
    def state_name(self) -> str:
        """Its state."""
        return RISK_STATE_NAMES[self.state]

    @property
    def remarks(self) -> tuple[str, ...]:
        """The proposed solution, and what ended it."""
        return self.solution, self.ended_by

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return self.state is not RiskState.OVER

    @property
    def is_new(self) -> bool:
        """Whether this meeting named it."""
        return self.left_as is None

    @property
    def is_worse(self) -> bool:
        """Whether it stands worse than after the meeting before."""
        before = self.left_as
        return before is not None and _WORST_FIRST.index(self.state) < _WORST_FIRST.index(before)

    @property
    def asins(self) -> tuple[str, ...]:
        """The products that it is about, as its words name them."""
        return asins_in(f"{self.text} {self.solution}")

    def enter_meeting(self) -> Self:
        """Return it a meeting older, with its state as that before the meeting."""
        return replace(self, left_as=self.state, carried=self.carried + 1)

    def redacted(self, placeholder: str) -> Self:
        """Return whose it is, and how it stands."""
        return type(self)(
            id=self.id,
            text=placeholder,
            solution=placeholder if self.solution else "",
            owner=self.owner,
            state=self.state,
            raised_by=self.raised_by,
            raised_on=self.raised_on,
            decision=self.decision,
            ended_by=placeholder if self.ended_by else "",
            left_as=self.left_as,
            carried=self.carried,
            is_sensitive=True,
        )


Risks = tuple[Risk, ...]


def sorted_by_severity(risks: Risks) -> Risks:
    """The register in the order in which it is read: by state, then by number."""
    return tuple(
        sorted(risks, key=lambda each: (_WORST_FIRST.index(each.state), len(each.id), each.id))
    )


def risks_in_state(risks: Risks, state: RiskState) -> Risks:
    """Those that stand like this."""
    return tuple(each for each in risks if each.state is state)


class RisksOfPerson(Struct, frozen=True, kw_only=True):
    """What one person named."""

    name: str
    named: int
    solved: int
    """Of them, with a proposed solution."""


def risks_by_person(risks: Iterable[tuple[str, Risk]]) -> tuple[RisksOfPerson, ...]:
    """What each person named, out of risks with the name of who raised them.

    Who came with the most solutions comes first.
    """
    raised = tuple(risks)
    named = Counter(name for name, _risk in raised)
    solved = Counter(name for name, risk in raised if risk.solution)
    people = (RisksOfPerson(name=each, named=named[each], solved=solved[each]) for each in named)
    return tuple(sorted(people, key=lambda each: (-each.solved, -each.named, each.name)))
