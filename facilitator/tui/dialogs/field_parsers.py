"""Read dates, people and links that are typed into form fields."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Person, PersonId
from facilitator.domain.risk import Risk
from facilitator.domain.working_days import NO_COUNTRY, WorkingDays
from facilitator.render.language import Language, _, current_language, day_off_text
from facilitator.render.scorecard import kpi_name

DateParser = Callable[[str, date], date | None]
"""Reads a date in words, as meant on a day."""


def parse_date(text: str, on: date, due_date: DateParser) -> date | None:
    """The date that a text means on the day `on`; None for no text, RuleError for no date."""
    if not text.strip():
        return None
    due = due_date(text, on)
    if due is None:
        raise RuleError(
            N_("“{text}” is not a date. Try “fri”, “+3d”, “下周五”, “27” or 2026-11-27."),
            text=text.strip(),
        )
    return due


def date_label(
    label: str, text: str, on: date, due_date: DateParser, days: WorkingDays = NO_COUNTRY
) -> str:
    """The label of a line for a date, with how what stands in the line is read.

    Where nobody works on that day, it says so.
    """
    if not text.strip():
        return label
    due = due_date(text, on)
    if due is None:
        return f"{label} → " + _("not a date")
    parts = (current_language().long_day(due), day_off_text(days, due, current_language()))
    return f"{label} → " + " · ".join(filter(None, parts))


def find_person(text: str, people: tuple[Person, ...]) -> Person | None:
    """The one person that a text names: by name, by id, or by the beginning of one name."""
    wanted = text.strip().casefold()
    if not wanted:
        return None
    for each in people:
        if wanted in (each.name.casefold(), each.id.casefold()):
            return each
    begun = [
        each
        for each in people
        if any(part.casefold().startswith(wanted) for part in (each.name, *each.name.split()))
    ]
    return begun[0] if len(begun) == 1 else None


def parse_person(text: str, people: tuple[Person, ...]) -> PersonId | None:
    """Whom a text names; None for no text, RuleError for nobody of the meeting."""
    person = find_person(text, people)
    if text.strip() and person is None:
        raise RuleError(
            N_("“{name}” is not one of the people: the owner is one of {names}."),
            name=text.strip(),
            names=", ".join(each.name for each in people),
        )
    return person.id if person else None


def known_person(person: PersonId | None, people: tuple[Person, ...]) -> PersonId | None:
    """The person, unless they are no longer among the people: then nobody."""
    return person if any(each.id == person for each in people) else None


IdNames = tuple[tuple[str, str], ...]
"""Ids, and what each is called."""


class LinkOptions(Struct, frozen=True, kw_only=True):
    """Everything of a meeting that an action item may be linked to."""

    decisions: IdNames = ()
    kpis: IdNames = ()
    marketplaces: tuple[str, ...] = ()


def display_name(wanted: str | None, names: IdNames) -> str:
    """What something is called; its id where it has no name here."""
    return dict(names).get(wanted, wanted) if wanted else ""


def parse_id(text: str, names: IdNames) -> str | None:
    """The one id that a text means: by id, by name, or by the beginning of one.

    None for no text; RuleError where nothing is called so.
    """
    wanted = text.strip().casefold()
    if not wanted:
        return None
    for name, title in names:
        if wanted in (name.casefold(), title.casefold()):
            return name
    begun = [name for name, title in names if title.casefold().startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    raise RuleError(
        N_("“{text}” is none of these: {names}."),
        text=text.strip(),
        names=", ".join(title for _id, title in names) or "–",
    )


def link_options(meeting: Meeting, action: ActionItem | Risk, language: Language) -> LinkOptions:
    """All that a meeting knows, and what the item hangs on already."""
    definitions = meeting.scorecard.definitions if meeting.scorecard else ()
    kpis = {str(each.id): kpi_name(each, language) for each in definitions}
    kpis |= {each.kpi: each.kpi for each in meeting.agenda.kpis if each.kpi not in kpis}
    decisions = {str(each.id): each.question for each in meeting.decisions}
    for known, linked in ((kpis, action.kpi), (decisions, action.decision)):
        if linked is not None:
            known.setdefault(linked, linked)
    places = dict.fromkeys((*meeting.agenda.data.marketplaces, action.marketplace))
    return LinkOptions(
        decisions=tuple(decisions.items()),
        kpis=tuple(kpis.items()),
        marketplaces=tuple(each for each in places if each != ALL),
    )
