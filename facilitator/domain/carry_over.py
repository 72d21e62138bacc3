"""What one meeting of a series leaves for the next."""

from collections.abc import Iterable
from datetime import date, datetime

from msgspec import Struct, field
from msgspec.structs import asdict, fields

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.entry import Entry, EntryT
from facilitator.domain.incident import Incident
from facilitator.domain.kpis.causes import CauseCount
from facilitator.domain.kpis.kpi import AgreedDefinition
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import PastValue
from facilitator.domain.note import ParkedTopic
from facilitator.domain.risk import Risk
from facilitator.domain.track_record import TrackRecord
from facilitator.domain.usual_times import UsualTime


class Override(Struct, frozen=True, kw_only=True):
    """Something that was amiss and accepted, with the reason given."""

    subject: str
    """What was amiss, as a sentence or the key of an open end."""
    reason: str


class NextNumbers(Struct, frozen=True, kw_only=True):
    """The next free numbers of a series, by kind of entry; they only ever grow.

    Notes are numbered by meeting. Incidents are numbered in their own journal.
    """

    action: int = 1
    decision: int = 1
    topic: int = 1
    risk: int = 1
    note: int = 1

    def next_id(self, kind: type[Entry], offset: int = 0) -> str:
        """Return the next free id of a kind, or one that comes `offset` after it."""
        return f"{kind.letter}{getattr(self, kind.entry_kind) + offset}"

    def after(self, entries: Iterable[Entry]) -> "NextNumbers":
        """Return the numbers that are free once these entries have theirs."""
        free = asdict(self)
        for entry in entries:
            if entry.entry_kind in free:
                free[entry.entry_kind] = max(free[entry.entry_kind], entry.number + 1)
        return NextNumbers(**free)


def highest_numbers(numbers: Iterable[NextNumbers]) -> NextNumbers:
    """Return the next numbers that are free for all of these."""
    used = tuple(numbers)
    return NextNumbers(
        **{each.name: max(getattr(one, each.name) for one in used) for each in fields(NextNumbers)}
    )


class OverruledClose(Struct, frozen=True, kw_only=True):
    """An action item that somebody closed between meetings, while a meeting said otherwise."""

    action_id: ActionId
    at: datetime
    """When it was closed; the meeting's step did not know of it, and counts."""
    by: str = ""
    """The login name of who closed it."""
    evidence: str = ""


class RuledQuestion(Struct, frozen=True, kw_only=True):
    """A question that an earlier meeting ruled: it is not asked again."""

    question: str
    decision: DecisionId
    on: date
    """The day of the ruling."""
    back_on: date | None = None
    """The day on which it comes up again; None if it does not, or nobody knows when."""


class CarryOver(Struct, frozen=True, kw_only=True):
    """What the meetings before left for this one."""

    actions: tuple[ActionItem, ...] = ()
    decisions: tuple[Decision, ...] = ()
    topics: tuple[ParkedTopic, ...] = ()
    values: tuple[PastValue, ...] = ()
    """As the last meeting saw them."""
    causes: tuple[CauseCount, ...] = ()
    """What KPIs were put down to, and how often."""
    occasions: tuple[Occasion, ...] = ()
    """Weeks that past meetings marked as unlike the others."""
    definitions: tuple[AgreedDefinition, ...] = ()
    """What past meetings agreed that the KPIs mean."""
    incidents: tuple[Incident, ...] = ()
    """Those of the series that no meeting has reviewed yet."""
    risks: tuple[Risk, ...] = ()
    """Those that are not over."""
    ruled: tuple[RuledQuestion, ...] = ()
    """The questions of earlier meetings that this one has no more."""
    usual: tuple[UsualTime, ...] = ()
    """What items took in the last meetings."""
    records: tuple[TrackRecord, ...] = ()
    """What became of what people proposed."""
    overruled: tuple[OverruledClose, ...] = ()
    """What was closed between meetings and does not count; told once."""
    focus: str = ""
    """Last time's answer to the opening question."""
    met_on: date | None = None
    """When the last meeting was; None for the first of a series."""
    numbers: NextNumbers = field(default_factory=NextNumbers)

    def entries_of(self, kind: type[EntryT]) -> tuple[EntryT, ...]:
        """Return the entries of one kind; none of a kind that no meeting passes on."""
        found: tuple[EntryT, ...] = getattr(self, kind.list_name, ())
        return found
