"""Declare form fields for texts, dates, people and links, and parse what is typed into them."""

from collections.abc import Callable
from datetime import date
from functools import partial

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Person, PersonId
from facilitator.domain.risk import Risk
from facilitator.domain.working_days import NO_COUNTRY, WorkingDays
from facilitator.render.language import Language, _, current_language, day_off_text
from facilitator.render.scorecard import kpi_name
from facilitator.tui.dialogs.form import Choice, Field

DateParser = Callable[[str, date, WorkingDays], tuple[date, ...]]
"""Returns the dates that words may mean on a day: none, one, or several."""


class DateContext(Struct, frozen=True, kw_only=True):
    """What it takes to read a date in words: “fri” means another day each week."""

    on: date
    """The day on which the words are typed."""
    due_dates: DateParser
    days: WorkingDays = NO_COUNTRY
    """To count working days, and for the remark that nobody works on a day."""

    def meanings(self, text: str) -> tuple[date, ...]:
        """Return the dates that a text may mean; none where it is not a date."""
        return self.due_dates(text, self.on, self.days)

    def parse(self, text: str) -> date | None:
        """Return the date that a text means; None for no text.

        Raises RuleError where it is no date, or may mean several.
        """
        if not text.strip():
            return None
        match self.meanings(text):
            case ():
                raise RuleError(
                    N_("“{text}” is not a date. Try “fri”, “next fri”, “+3d”, “27” or 2026-11-27."),
                    text=text.strip(),
                )
            case (due,):
                return due
            case several:
                raise RuleError(_question(several), text=text.strip(), days=_in_full(several))

    def describe(self, text: str) -> str:
        """Return how a text is read: the day, and whether nobody works then."""
        if not text.strip():
            return ""
        match self.meanings(text):
            case ():
                return _("not a date")
            case (due,):
                off = day_off_text(self.days, due, current_language())
                return " · ".join(filter(None, (current_language().long_day(due), off)))
            case several:
                return _("{days}?").format(days=_in_full(several))


def _question(days: tuple[date, ...]) -> str:
    """Return the question which of several dates is meant."""
    if len({(each.month, each.day) for each in days}) == 1:
        return N_("“{text}” is past. Write it with the year: {days}?")
    return N_("“{text}” may mean more than one day. Write it in full: {days}?")


def _in_full(days: tuple[date, ...]) -> str:
    return _(" or ").join(each.isoformat() for each in days)


def text_field(
    id: str,  # noqa: A002
    label: str = "",
    value: str = "",
    *,
    is_last: bool = False,
) -> Field[str]:
    """Return a field whose value is its text."""
    return Field(id=id, label=label, value=value, parse=str, is_last=is_last)


def date_field(
    id: str,  # noqa: A002
    label: str,
    dates: DateContext,
    value: date | None = None,
) -> Field[date | None]:
    """Return a field for a date in words, whose label shows how they are read."""
    text = value.isoformat() if value else ""
    return Field(
        id=id,
        label=label,
        value=text,
        parse=dates.parse,
        help=dates.describe,
        is_replaced=bool(text),
    )


def find_person(text: str, people: tuple[Person, ...]) -> Person | None:
    """Return the one person that a text names: by name, by id, or by the beginning of a name."""
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
    """Return whom a text names; None for no text, RuleError where it names none of `people`."""
    person = find_person(text, people)
    if text.strip() and person is None:
        raise RuleError(
            N_("“{name}” is not one of the people. Choose one of {names}."),
            name=text.strip(),
            names=_(", ").join(each.name for each in people),
        )
    return person.id if person else None


def person_field(
    id: str,  # noqa: A002
    label: str,
    people: tuple[Person, ...],
    value: PersonId | None = None,
    *,
    is_replaced: bool = True,
    is_last: bool = False,
) -> Field[PersonId | None]:
    """Return a field for one of the people; `label` may hold `{names}`, for all of them."""
    names = tuple(each.name for each in people)
    return Field(
        id=id,
        label=label.format(names=_(", ").join(names)),
        value=next((each.name for each in people if each.id == value), ""),
        parse=partial(parse_person, people=people),
        completions=names,
        is_replaced=is_replaced,
        is_last=is_last,
    )


def person_choice(
    id: str,  # noqa: A002
    label: str,
    value: PersonId | None,
    people: tuple[Person, ...],
) -> Choice[PersonId]:
    """Return a list of the people, with nobody chosen where `value` is none of them."""
    return Choice(
        id=id,
        label=label,
        options=tuple((each.id, each.name) for each in people),
        value=known_person(value, people),
        is_list=True,
        is_optional=True,
    )


def known_person(person: PersonId | None, people: tuple[Person, ...]) -> PersonId | None:
    """Return the person, or None where they are no longer among the people."""
    return person if any(each.id == person for each in people) else None


IdNames = tuple[tuple[str, str], ...]
"""Ids, and what each is called."""


class LinkOptions(Struct, frozen=True, kw_only=True):
    """Everything of a meeting that an action item may be linked to."""

    decisions: IdNames = ()
    kpis: IdNames = ()
    marketplaces: tuple[str, ...] = ()


def display_name(wanted: str | None, names: IdNames) -> str:
    """Return what something is called; its id where it has no name here."""
    return dict(names).get(wanted, wanted) if wanted else ""


def parse_id(text: str, names: IdNames) -> str | None:
    """Return the one id that a text means: by id, by name, or by the beginning of a name.

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
        N_("“{text}” is not one of {names}."),
        text=text.strip(),
        names=_(", ").join(title for _id, title in names) or "–",
    )


def link_field(
    id: str,  # noqa: A002
    label: str,
    value: str,
    names: IdNames,
    completions: tuple[str, ...] = (),
) -> Field[str | None]:
    """Return a field for one of `names`, whose value is its id; completed by the names."""
    return Field(
        id=id,
        label=label,
        value=value,
        parse=partial(parse_id, names=names),
        completions=completions or tuple(name for _id, name in names),
    )


def kpi_field(label: str, value: KpiId | None, links: LinkOptions) -> Field[str | None]:
    """Return a field for the KPI that an entry is linked to."""
    return link_field("kpi", label, display_name(value, links.kpis), links.kpis)


def marketplace_field(value: Marketplace, links: LinkOptions) -> Field[str | None]:
    """Return a field for the marketplace that an entry is linked to; empty for all."""
    names = tuple((each, each) for each in links.marketplaces)
    return link_field("marketplace", _("Marketplace"), "" if value == ALL else value, names)


def link_options(meeting: Meeting, action: ActionItem | Risk, language: Language) -> LinkOptions:
    """Return all that a meeting knows, and what the item is linked to already."""
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
