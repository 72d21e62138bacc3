"""Entries: what decisions, action items, parked topics, risks, notes and incidents have in common.

Each of them is an `Entry`. `entry_kinds` lists them; whatever handles all kinds alike (lookup,
numbering, carry-over, library, search, chains, redaction) works on that list.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from msgspec import Struct

from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.people import PersonId


class EntryKind(StrEnum):
    """The kinds of entry, by the names that files and `--json` have for them."""

    DECISION = "decision"
    ACTION = "action"
    TOPIC = "topic"
    RISK = "risk"
    NOTE = "note"
    INCIDENT = "incident"


class Entry(Struct, frozen=True, kw_only=True, gc=False):
    """One entry. Each kind has fields of its own, and overrides what differs from these defaults.

    A subclass may declare any of these properties as a field. (`gc=False`: entries are never in a
    cycle, and looking back reads thousands of them at once.)
    """

    entry_kind: ClassVar[EntryKind]
    letter: ClassVar[str]
    """The first letter of its ids: `D` of `D3`."""
    list_name: ClassVar[str]
    """The field of a meeting, and of what is carried over, that holds the entries of this kind."""
    title_name: ClassVar[str]
    """What it is, as a sentence begins."""
    short_name: ClassVar[str]
    """What it is, in a list."""
    is_numbered_by_meeting: ClassVar[bool] = False
    """Whether each meeting begins anew with 1; otherwise an id stands once in a series."""
    is_from_meetings: ClassVar[bool] = True
    """Whether its latest state is that of a meeting; otherwise it is that of its own journal."""

    if TYPE_CHECKING:

        @property
        def id(self) -> str:
            """Its letter and number; empty before it has one."""

        @property
        def text(self) -> str:
            """What it says, in its own words."""

    @property
    def number(self) -> int:
        """The number in its id; 0 where there is none."""
        digits = self.id.removeprefix(self.letter)
        return int(digits) if digits.isdecimal() else 0

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return False

    @property
    def is_carried_over(self) -> bool:
        """Whether some later meeting has it again."""
        return self.is_open

    def is_due(self, on: date) -> bool:
        """Whether it comes back to a meeting on the day `on`, once it is carried over."""
        return True

    def carry_over(self) -> Self:
        """Return it as it is passed on to the next meeting."""
        return self

    def enter_meeting(self) -> Self:
        """Return it as the meeting that takes it over begins with it."""
        return self

    @property
    def is_sensitive(self) -> bool:
        """Whether only the recorder's file has its words."""
        return False

    def redacted(self, placeholder: str) -> Self:
        """Return a copy without its words. Name each field that is kept: a new one is secret."""
        raise NotImplementedError

    @property
    def owner(self) -> PersonId | None:
        """Who answers for it."""
        return None

    @property
    def people(self) -> tuple[PersonId | None, ...]:
        """Whom it concerns, so that a search for them finds it."""
        return ()

    @property
    def due(self) -> date | None:
        """The day by which its owner has to be done."""
        return None

    @property
    def item_id(self) -> str | None:
        """The agenda item that it belongs to."""
        return None

    @property
    def kpi(self) -> KpiId | None:
        """The KPI that it is about."""
        return None

    @property
    def marketplace(self) -> Marketplace:
        """Of that KPI."""
        return ALL

    @property
    def parents(self) -> tuple[str, ...]:
        """The ids of the entries that it is a part of: where one is sensitive, so is this."""
        return ()

    @property
    def made(self) -> str | None:
        """The id of what it was turned into: where either is sensitive, so is the other."""
        return None

    @property
    def links(self) -> tuple[str, ...]:
        """The ids of all entries that it names, whatever for."""
        return (*self.parents, self.made) if self.made else self.parents

    @property
    def words(self) -> tuple[str, ...]:
        """All that a search finds it by, besides id, text and people."""
        return ()

    @property
    def labels(self) -> tuple[str, ...]:
        """More of these, as sentences for the catalogs."""
        return ()

    @property
    def state_code(self) -> str:
        """How it stands, as `--json` has it."""
        return "open" if self.is_open else "closed"

    @property
    def state_name(self) -> str:
        """How it stands, as a sentence for the catalogs."""
        return N_("open") if self.is_open else N_("closed")

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was said of how it stands."""
        return ()


EntryT = TypeVar("EntryT", bound=Entry)


def find_entry(entries: Iterable[EntryT], entry_id: str | None) -> EntryT | None:
    """Return the entry with this id; None where there is none."""
    return next((each for each in entries if each.id == entry_id), None)


def number_order(entry: Entry) -> tuple[int, str]:
    """Sort key that puts A9 before A10."""
    return len(entry.id), entry.id
