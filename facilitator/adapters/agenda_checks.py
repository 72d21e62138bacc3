"""Checks of an agenda beyond its types: references, sums, targets, decisions."""

from collections.abc import Collection, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from facilitator.adapters.agenda_schema import (
    AgendaTable,
    DataTable,
    DecisionTable,
    KpiTable,
    LimitsTable,
)
from facilitator.adapters.strict_toml import Diagnostics
from facilitator.domain.agenda import MODULE_NAMES, Module
from facilitator.domain.errors import N_, message
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.people import Duty
from facilitator.domain.proposal import missing_values
from facilitator.domain.wording.money import speaks_of_money


def check_unique(
    names: Sequence[str], place: str, diagnostics: Diagnostics, key: str = "id"
) -> None:
    """Report each name that a list holds twice."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name and name in seen:
            diagnostics.add(
                f"{place}[{index}].{key}",
                message(N_("“{name}” is listed twice."), name=name),
            )
        seen.add(name)


def check_person_id(
    person: str | None, people: Collection[str], place: str, diagnostics: Diagnostics
) -> None:
    """Report a person who is not among the people of the agenda."""
    if person is not None and person not in people:
        diagnostics.add(
            place,
            message(N_("Unknown person “{person}”."), person=person),
            message(N_("Use one of these ids: {people}."), people=", ".join(people))
            if people
            else None,
        )


def check_kpi_id(
    kpi: str | None, kpis: Collection[str], place: str, diagnostics: Diagnostics
) -> None:
    """Report a KPI that is not defined."""
    if kpi and kpi not in kpis:
        diagnostics.add(
            place,
            message(N_("Unknown KPI “{kpi}”."), kpi=kpi),
            message(N_("Use one of these KPIs: {kpis}."), kpis=", ".join(kpis)),
        )


def check_decision(
    table: DecisionTable,
    place: str,
    diagnostics: Diagnostics,
    *,
    people: Collection[str],
    kpis: Collection[str],
) -> None:
    """Report what a decision lacks, and what it names that does not exist."""
    check_person_id(table.proposer, people, f"{place}.proposer", diagnostics)
    check_person_id(table.decider, people, f"{place}.decider", diagnostics)
    check_kpi_id(table.kpi, kpis, f"{place}.kpi", diagnostics)
    options = [option.id for option in table.options]
    check_unique(options, f"{place}.options", diagnostics)
    if not options:
        diagnostics.warn(
            place,
            message(
                N_(
                    "A question without options is answered with “approve”, “approve less” or "
                    "“not now”."
                )
            ),
            message(N_("Give at least two options, each with its cost and expected result.")),
        )
    elif len(options) < 2:
        diagnostics.add(
            place,
            message(N_("A question needs at least two options. This one has {n}."), n=len(options)),
            message(N_("“Leave things as they are” can be one of them.")),
        )
    if table.recommended is None and options:
        diagnostics.warn(
            place,
            message(N_("There is no recommendation.")),
            message(N_('Add recommended = "…" and why = "…".')),
        )
    elif table.recommended is not None and table.recommended not in options:
        diagnostics.add(
            f"{place}.recommended",
            message(N_("There is no option “{option}”."), option=table.recommended),
        )
    _check_proposal_form(table, place, diagnostics)


def _check_proposal_form(table: DecisionTable, place: str, diagnostics: Diagnostics) -> None:
    forms = (table.request, table.experiment, table.reallocation, table.risk)
    if sum(form is not None for form in forms) > 1:
        diagnostics.add(
            place,
            message(
                N_(
                    "A question can have only one form (request, experiment, reallocation or "
                    "risk). Keep one."
                )
            ),
        )
    if table.reallocation and table.reallocation.source == table.reallocation.target:
        diagnostics.add(
            f"{place}.reallocation",
            message(N_("A reallocation needs two different marketplaces.")),
        )
    if not any(forms) and speaks_of_money(table.question):
        diagnostics.warn(
            place,
            message(N_("The question speaks of money, but it is not a request.")),
            message(
                N_(
                    "Add [decisions.request] with amount, share, past_roi, roi_file, uplift and "
                    "weeks, so that it can be judged by its return."
                )
            ),
        )
    for lack in missing_values(table.request) if table.request else ():
        diagnostics.warn(
            f"{place}.request",
            message(
                N_("Missing in the request: {what}. It cannot be decided without."),
                what=message(lack),
            ),
        )


SHORTEST, LONGEST = 45, 60
"""Recommended length of a meeting, in minutes: long enough to decide, short enough to attend to."""


def check_agenda(table: AgendaTable, diagnostics: Diagnostics, *, kpis: Collection[str]) -> None:
    """Report what in an agenda does not fit together; `kpis` are the ids that are defined."""
    people = [person.id for person in table.people]
    _check_people(table, diagnostics)
    _check_items(table, diagnostics, people)
    _check_timeboxes(table, diagnostics)
    _check_modules(table, diagnostics)
    _check_kpis(table, diagnostics, people, kpis)
    _check_occasions(table, diagnostics)
    _check_marketplaces(table, diagnostics)
    for index, decision in enumerate(table.decisions):
        check_decision(decision, f"decisions[{index}]", diagnostics, people=people, kpis=kpis)


def check_time_zone(name: str, place: str, diagnostics: Diagnostics) -> ZoneInfo | None:
    """Return the time zone of this name; None if unknown, which is reported unless it is empty."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        diagnostics.add(
            place,
            message(N_("Unknown time zone “{name}”."), name=name),
            message(N_("Write it like Asia/Shanghai or Europe/Berlin.")),
        )
        return None


def check_data_folder(folder: str, agenda: Path, diagnostics: Diagnostics) -> None:
    """Report a data folder outside the workspace, the folder that holds `agendas/`."""
    home = agenda.absolute().parent
    workspace = next((up.parent for up in (home, *home.parents) if up.name == "agendas"), home)
    try:
        is_inside = (home / folder).resolve().is_relative_to(workspace.resolve())
    except (OSError, RuntimeError):  # symbolic links that form a loop
        is_inside = False
    if not is_inside or Path(folder).is_absolute():
        diagnostics.add(
            "data.folder",
            message(N_("The data folder “{folder}” is outside the workspace."), folder=folder),
            message(N_("Use a folder near the agenda, such as data or ../weekly/data.")),
        )


def _check_people(table: AgendaTable, diagnostics: Diagnostics) -> None:
    names = [person.id for person in table.people]
    check_unique(names, "people", diagnostics)
    for index, person in enumerate(table.people):
        check_person_id(person.supervisor, names, f"people[{index}].supervisor", diagnostics)
        if person.supervisor and person.supervisor == person.id:
            diagnostics.add(
                f"people[{index}].supervisor",
                message(
                    N_("{name} is entered as their own supervisor. Name somebody else, or nobody."),
                    name=person.name or person.id,
                ),
            )
    for duty in Duty:
        having = [index for index, who in enumerate(table.people) if duty in who.duties]
        if not having:
            diagnostics.warn(
                "people",
                message(N_("No {duty} is named."), duty=message(_DUTY_NAMES[duty])),
                message(N_('Add duties = ["{duty}"] to one person.'), duty=duty.value),
            )
        for index in having[1:]:
            diagnostics.add(
                f"people[{index}].duties",
                message(
                    N_("There can be only one {duty}, and {name} is the first."),
                    name=table.people[having[0]].name or table.people[having[0]].id,
                    duty=message(_DUTY_NAMES[duty]),
                ),
            )


_DUTY_NAMES = {
    Duty.FACILITATOR: N_("facilitator"),
    Duty.TIMEKEEPER: N_("timekeeper"),
    Duty.RECORDER: N_("recorder"),
    Duty.DECIDER: N_("decider"),
}


def _check_items(table: AgendaTable, diagnostics: Diagnostics, people: Collection[str]) -> None:
    check_unique([item.id for item in table.items], "items", diagnostics)
    for index, item in enumerate(table.items):
        check_person_id(item.lead, people, f"items[{index}].lead", diagnostics)
    if not table.items:
        diagnostics.add(
            "",
            message(N_("The agenda has no items.")),
            message(N_("Add at least one [[items]] table.")),
        )


def _check_timeboxes(table: AgendaTable, diagnostics: Diagnostics) -> None:
    if not 2000 <= table.starts.year < 2100:
        diagnostics.add(
            "starts", message(N_("The year {year} is out of range."), year=table.starts.year)
        )
    if not table.minutes:  # said already
        return
    planned = sum(item.minutes for item in table.items)
    if planned > table.minutes:
        diagnostics.add(
            "items",
            message(
                N_("The items take {planned} minutes, but the meeting lasts {minutes}."),
                planned=planned,
                minutes=table.minutes,
            ),
            message(N_("Shorten some items, or lengthen the meeting.")),
        )
    if not SHORTEST <= table.minutes <= LONGEST:
        diagnostics.warn(
            "minutes",
            message(
                N_(
                    "The meeting is planned for {minutes} minutes. {shortest} to {longest} work "
                    "best."
                ),
                minutes=table.minutes,
                shortest=SHORTEST,
                longest=LONGEST,
            ),
        )


def _check_modules(table: AgendaTable, diagnostics: Diagnostics) -> None:
    for module in Module:
        if all(item.module is not module for item in table.items):
            diagnostics.warn(
                "items",
                message(N_("No item is about {module}."), module=message(MODULE_NAMES[module])),
                message(N_('Add module = "{module}" to one item.'), module=module.value),
            )


def _check_occasions(table: AgendaTable, diagnostics: Diagnostics) -> None:
    for index, occasion in enumerate(table.data.occasions):
        if occasion.last_day < occasion.first_day:
            diagnostics.add(
                f"data.occasions[{index}].last_day",
                message(
                    N_("The last day {last} is before the first day {first}."),
                    last=occasion.last_day.isoformat(),
                    first=occasion.first_day.isoformat(),
                ),
            )


def _check_marketplaces(table: AgendaTable, diagnostics: Diagnostics) -> None:
    """Warn of targets and reports of marketplaces that `[data]` does not list."""
    named: list[tuple[str, str]] = [
        (f"kpis[{index}].marketplaces[{position}].marketplace", own.marketplace)
        for index, kpi in enumerate(table.kpis)
        for position, own in enumerate(kpi.marketplaces)
    ]
    named += [
        (f"data.reports[{index}].marketplaces", marketplace)
        for index, slot in enumerate(table.data.reports)
        for marketplace in slot.marketplaces
    ]
    for place, marketplace in named:
        if not has_marketplace(table.data, marketplace):
            diagnostics.warn(
                place,
                message(
                    N_("{marketplace} is not one of the marketplaces in [data]."),
                    marketplace=marketplace,
                ),
                message(N_("It does not count here. Delete it, or add it to [data].")),
            )


def has_marketplace(data: DataTable, marketplace: str) -> bool:
    """Return whether `[data]` lists a marketplace; True for all if it lists none."""
    return not data.marketplaces or marketplace in (ALL, *data.marketplaces)


def _check_kpis(
    table: AgendaTable, diagnostics: Diagnostics, people: Collection[str], kpis: Collection[str]
) -> None:
    check_targets(table.kpis, diagnostics, people)
    for index, kpi in enumerate(table.kpis):
        check_kpi_id(kpi.id, kpis, f"kpis[{index}].id", diagnostics)


def check_targets(
    kpis: Sequence[KpiTable], diagnostics: Diagnostics, people: Collection[str]
) -> None:
    """Check targets and owners of `[[kpis]]`, in an agenda or in a file of definitions."""
    check_unique([kpi.id for kpi in kpis], "kpis", diagnostics)
    for index, kpi in enumerate(kpis):
        place = f"kpis[{index}]"
        check_person_id(kpi.owner, people, f"{place}.owner", diagnostics)
        _check_limits(kpi, place, diagnostics)
        shops = [own.marketplace for own in kpi.marketplaces]
        check_unique(shops, f"{place}.marketplaces", diagnostics, key="marketplace")
        for position, own in enumerate(kpi.marketplaces):
            where = f"{place}.marketplaces[{position}]"
            _check_limits(own, where, diagnostics)
            if own.at_most is None and own.at_least is None:
                diagnostics.add(where, message(N_("This target needs at_most, at_least or both.")))


def _check_limits(target: LimitsTable, place: str, diagnostics: Diagnostics) -> None:
    low, high = target.at_least, target.at_most
    if low is not None and high is not None and low > high:
        diagnostics.add(
            f"{place}.at_least",
            message(N_("at_least {low} is above at_most {high}."), low=low, high=high),
        )
