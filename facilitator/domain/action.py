"""Action items: who does what by when, and what shows that it is done."""

import re
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
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
from facilitator.domain.working_days import WorkingDays

ActionId = NewType("ActionId", str)
"""`A1`, `A2`… unique in a series and never used twice."""


class ActionStatus(StrEnum):
    """Where an action item stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


ACTION_STATUS_NAMES = {
    ActionStatus.OPEN: N_("open"),
    ActionStatus.IN_PROGRESS: N_("in progress"),
    ActionStatus.BLOCKED: N_("blocked"),
    ActionStatus.DONE: N_("✓ done"),
    ActionStatus.DROPPED: N_("dropped"),
}
DONE_WITHOUT_EVIDENCE = N_("done, nothing shown")
"""How an action item reads that is done and that nothing shows to be done."""
CLOSED = (ActionStatus.DONE, ActionStatus.DROPPED)
"""Nothing remains to be done."""


class Recourse(StrEnum):
    """What can become of an action item that comes back again and again."""

    KILL = "kill"
    SPLIT = "split"
    HAND_OVER = "hand_over"
    NEW_DATE = "new_date"


GIVEN_UP = (Recourse.KILL, Recourse.SPLIT)
"""After these the action item itself is dropped."""


class ActionRuling(Struct, frozen=True, kw_only=True):
    """What the decider ruled on an action item that came back again and again."""

    recourse: Recourse
    reason: str
    age: int
    """In meetings, when it was ruled."""
    decider: PersonId | None = None


DEFAULT_TERM = timedelta(days=7)
"""The time until an action item is due by default: at the next weekly meeting."""
MEETINGS_UNTIL_RULING = 3
"""The number of meetings it may come back to before the decider has to rule on it."""


def default_due(meeting_day: date, days: WorkingDays) -> date:
    """Return when an action item is due by default: the first working day from next week's day."""
    return days.from_day(meeting_day + DEFAULT_TERM)


class ActionItem(Entry, frozen=True, kw_only=True):
    """A task with one owner."""

    entry_kind: ClassVar = EntryKind.ACTION
    letter: ClassVar = "A"
    list_name: ClassVar = "actions"
    title_name: ClassVar = N_("Action item")
    short_name: ClassVar = N_("action item")

    id: ActionId
    title: str
    owner: PersonId | None = None
    due: date | None = None
    criterion: str = ""
    """The acceptance criterion: how to see that it is done."""
    decision: DecisionId | None = None
    """The decision that it carries out."""
    kpi: KpiId | None = None
    """The KPI that it is to move, or to explain."""
    marketplace: Marketplace = ALL
    """Where it is to be done, and that of the KPI."""
    given_by: PersonId | None = None
    """Who handed it to its owner, where nobody decided it."""
    shortcut_reason: str = ""
    """Why it was accepted that it went past the owner's supervisor."""
    status: ActionStatus = ActionStatus.OPEN
    evidence: str = ""
    """What shows that it is done, or why it was dropped."""
    created_on: date | None = None
    first_due: date | None = None
    """The first due date; it never changes."""
    carried: int = 0
    """How many meetings it has come back to: its age in meetings."""
    review_note: str = ""
    """What its owner said about it at the last review."""
    blocked_by: str = ""
    """What it waits for, while it is blocked."""
    taken_by: PersonId | None = None
    """Who said “I take it” at the read-back; it holds as long as they own it."""
    ruling: ActionRuling | None = None
    split_from: ActionId | None = None
    """The action item that it is a part of."""
    closed_on: date | None = None
    """The day on which it was done or dropped; unknown of what earlier versions closed."""
    due_when_closed: date | None = None
    """The due date that was agreed on that day."""
    is_sensitive: bool = False
    """Whether only the recorder's file has its words."""

    @property
    def text(self) -> str:
        """Its title."""
        return self.title

    @property
    def people(self) -> tuple[PersonId | None, ...]:
        """Its owner."""
        return (self.owner,)

    @property
    def parents(self) -> tuple[str, ...]:
        """The decision that it carries out, and the action item that it is a part of."""
        return tuple(each for each in (self.decision, self.split_from) if each)

    @property
    def words(self) -> tuple[str, ...]:
        """Its acceptance criterion, what was said of it, and the id of its decision."""
        return (self.criterion, *self.remarks, self.decision or "")

    @property
    def state_code(self) -> str:
        """Its status."""
        return self.status

    @property
    def state_name(self) -> str:
        """Its status."""
        return ACTION_STATUS_NAMES[self.status]

    @property
    def remarks(self) -> tuple[str, ...]:
        """Its evidence, what blocks it, and what its owner said at the last review."""
        return self.evidence, self.blocked_by, self.review_note

    def close(self, status: ActionStatus, evidence: str, on: date | None = None) -> Self:
        """Return it done or dropped on a day, with what shows that.

        What was done before keeps its day: only its evidence came later.
        """
        closed = replace(self, status=status, evidence=evidence, blocked_by="")
        if self.status is status and self.closed_on is not None:
            return closed
        return replace(closed, closed_on=on, due_when_closed=self.due if on else None)

    def reopen(self) -> Self:
        """Return it open again, as if nobody had closed it."""
        return replace(
            self, status=ActionStatus.OPEN, evidence="", closed_on=None, due_when_closed=None
        )

    def enter_meeting(self) -> Self:
        """Return it a meeting older."""
        return replace(self, carried=self.carried + 1)

    def redacted(self, placeholder: str) -> Self:
        """Return who owes it by when, and how it stands."""
        ruling = self.ruling
        return type(self)(
            id=self.id,
            title=placeholder,
            owner=self.owner,
            due=self.due,
            decision=self.decision,
            status=self.status,
            created_on=self.created_on,
            first_due=self.first_due,
            carried=self.carried,
            evidence=placeholder if self.evidence else "",
            closed_on=self.closed_on,
            due_when_closed=self.due_when_closed,
            blocked_by=placeholder if self.blocked_by else "",
            taken_by=self.taken_by,
            ruling=replace(ruling, reason=placeholder) if ruling else None,
            split_from=self.split_from,
            given_by=self.given_by,
            shortcut_reason=placeholder if self.shortcut_reason else "",
            is_sensitive=True,
        )

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.status not in CLOSED

    @property
    def days_late(self) -> int:
        """How many days after the due date that was agreed then it was done; 0 if it was not."""
        if self.status is not ActionStatus.DONE or not self.closed_on or not self.due_when_closed:
            return 0
        return max((self.closed_on - self.due_when_closed).days, 0)

    @property
    def is_done_in_time(self) -> bool:
        """Whether it was done, and not after the due date that was agreed then."""
        return self.status is ActionStatus.DONE and not self.days_late

    @property
    def is_done_without_evidence(self) -> bool:
        """Whether it is done, and nothing was said that shows it."""
        return self.status is ActionStatus.DONE and not self.evidence

    @property
    def is_taken(self) -> bool:
        """Whether its owner has said so."""
        return self.owner is not None and self.taken_by == self.owner

    @property
    def needs_ruling(self) -> bool:
        """Whether it has come back so often that the decider has to rule."""
        ruled_at = self.ruling.age if self.ruling else 0
        return self.is_open and self.carried - ruled_at >= MEETINGS_UNTIL_RULING

    @property
    def is_given_up_by_ruling(self) -> bool:
        """Whether the decider killed or split it."""
        is_over = self.ruling is not None and self.ruling.recourse in GIVEN_UP
        return is_over and self.status is ActionStatus.DROPPED

    @property
    def asins(self) -> tuple[str, ...]:
        """The products that it is about, as its words name them."""
        return asins_in(f"{self.title} {self.criterion}")

    def is_overdue(self, on: date) -> bool:
        """Whether it should have been done before the day `on`."""
        return self.is_open and self.due is not None and self.due < on


_ABSOLUTE_OR_RELATIVE_PATH = re.compile(r"(?:~?[/\\]|\.{1,2}[/\\]|[A-Za-z]:[/\\]).+")
_FILE_NAME = re.compile(
    r"(?!\w+:|www\.)\S+\.(?:csv|tsv|txt|xlsx?|docx?|pptx?|pdf|png|jpe?g|gif|webp|mp4|zip|json|html?|md|eml)",
    re.IGNORECASE,
)


def evidence_file_path(evidence: str) -> Path | None:
    """The file on this machine that evidence names; None for a link, a figure, or a sentence.

    Only what cannot be meant otherwise counts as a file: “A/B test” and “24.99” do not.
    """
    text = evidence.strip()
    if _ABSOLUTE_OR_RELATIVE_PATH.fullmatch(text) or _FILE_NAME.fullmatch(text):
        return Path(text)
    return None
