"""What a meeting begins with, read at the moment of its beginning, and what is new in it."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from facilitator.domain.agenda import Agenda
from facilitator.domain.carry_over import CarryOver, OverruledClose, highest_numbers
from facilitator.domain.entry import Entry
from facilitator.domain.entry_kinds import ENTRY_TYPES
from facilitator.domain.errors import N_, Message, message
from facilitator.domain.events.actions import ActionClosed
from facilitator.domain.kpis.kpi import Week


class Shown(Struct, frozen=True, kw_only=True):
    """What a screen showed before somebody pressed the key that begins the meeting."""

    agenda: Agenda
    carried: CarryOver
    week: Week | None = None
    """The week of its figures; None if they were not asked for yet."""


class Opening(Struct, frozen=True, kw_only=True):
    """What a meeting begins with."""

    agenda: Agenda
    carried: CarryOver = field(default_factory=CarryOver)
    news: tuple[Message, ...] = ()
    """What is not as it was shown, in sentences."""
    needs_figures: bool = False
    """Whether the figures that were shown are those of another week or agenda."""


def build_opening(shown: Shown, agenda: Agenda, carried: CarryOver, week: Week) -> Opening:
    """Return what a meeting begins with: agenda, carry-over and week as they were read just now.

    Where no meeting of the series is known any more, what was shown of them stays.
    """
    if carried.met_on is None:
        carried = replace(shown.carried, incidents=carried.incidents or shown.carried.incidents)
    numbers = highest_numbers((shown.carried.numbers, carried.numbers))
    is_other_agenda = replace(agenda, sent_at=shown.agenda.sent_at) != shown.agenda
    is_other_week = shown.week is not None and shown.week != week
    return Opening(
        agenda=agenda,
        carried=replace(carried, numbers=numbers),
        news=(
            *(_overruled_text(each, agenda) for each in carried.overruled),
            *_changed_entries(shown.carried, carried),
            *_changed_plan(week, is_other_agenda=is_other_agenda, is_other_week=is_other_week),
        ),
        needs_figures=is_other_agenda or is_other_week,
    )


def closed_text(close: ActionClosed, agenda: Agenda) -> Message:
    """Return who closed an action item that a meeting still has as open, and when."""
    return message(
        N_("{id}: {name} reported it done on {time}. Close it here too, or say what remains."),
        id=close.action_id,
        name=close.by or "–",
        time=_day_and_time(close.at, agenda),
    )


def _day_and_time(at: datetime, agenda: Agenda) -> str:
    return at.astimezone(agenda.starts.tzinfo).strftime("%m-%d %H:%M")


def _overruled_text(close: OverruledClose, agenda: Agenda) -> Message:
    return message(
        N_(
            "{id}: {name} reported it done on {time}, but the last meeting changed it without "
            "knowing that. What the meeting said counts: ask its owner."
        ),
        id=close.action_id,
        name=close.by or "–",
        time=_day_and_time(close.at, agenda),
    )


def _changed_entries(shown: CarryOver, carried: CarryOver) -> Iterator[Message]:
    """Yield a sentence that names what was closed, is new or was changed since it was shown."""
    before, now = _by_id(shown), _by_id(carried)
    closed = [each for each in before if each not in now]
    new = [each for each in now if each not in before]
    changed = [each for each in now if each in before and now[each] != before[each]]
    for text, ids in (
        (N_("Closed or postponed since the lobby was read: {ids}."), closed),
        (N_("New since the lobby was read: {ids}."), new),
        (N_("Changed since the lobby was read: {ids}."), changed),
    ):
        if ids:
            yield message(text, ids=", ".join(ids))


def _by_id(carried: CarryOver) -> dict[str, Entry]:
    return {each.id: each for kind in ENTRY_TYPES for each in carried.entries_of(kind)}


def _changed_plan(week: Week, *, is_other_agenda: bool, is_other_week: bool) -> Iterator[Message]:
    if is_other_agenda:
        yield message(N_("The agenda file was changed since then: the meeting has the new one."))
    if is_other_week:
        yield message(
            N_("The week under review is now {start} – {end}: its figures are being read."),
            start=week.start.isoformat(),
            end=week.end.isoformat(),
        )
