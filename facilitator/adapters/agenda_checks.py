"""What an agenda file must keep to beyond its types: references, sums, and who is there."""

from collections.abc import Collection, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from facilitator.adapters.agenda_decisions import check_decision
from facilitator.adapters.agenda_references import known, known_kpi, unique
from facilitator.adapters.agenda_schema import AgendaTable, KpiTable, LimitsTable
from facilitator.adapters.strict_toml import Faults
from facilitator.domain.agenda import MODULE_NAMES, Module
from facilitator.domain.errors import N_, message
from facilitator.domain.people import Duty

SHORTEST, LONGEST = 45, 60
"""Minutes: shorter leaves no time to decide, longer tires the room."""


def check_agenda(table: AgendaTable, faults: Faults, *, kpis: Collection[str]) -> None:
    """Find what does not fit together; `kpis` are the ids that are defined."""
    people = [person.id for person in table.people]
    _check_people(table, faults)
    _check_items(table, faults, people)
    _check_time(table, faults)
    _check_modules(table, faults)
    _check_kpis(table, faults, people, kpis)
    _check_occasions(table, faults)
    for index, decision in enumerate(table.decisions):
        check_decision(decision, f"decisions[{index}]", faults, people=people, kpis=kpis)


def check_zone(name: str, place: str, faults: Faults) -> ZoneInfo | None:
    """The time zone of this name; an empty one was told of before."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        faults.add(
            place,
            message(N_("Nobody knows the time zone “{name}”."), name=name),
            message(N_("Write it like Asia/Shanghai or Europe/Berlin.")),
        )
        return None


def check_folder(folder: str, agenda: Path, faults: Faults) -> None:
    """The data must lie in the workspace: the folder that holds `agendas/`."""
    home = agenda.absolute().parent
    workspace = next((up.parent for up in (home, *home.parents) if up.name == "agendas"), home)
    try:
        is_inside = (home / folder).resolve().is_relative_to(workspace.resolve())
    except (OSError, RuntimeError):  # links that lead round in a circle
        is_inside = False
    if not is_inside or Path(folder).is_absolute():
        faults.add(
            "data.folder",
            message(N_("The data folder “{folder}” leads out of the workspace."), folder=folder),
            message(N_("Name a folder beside the agenda, such as data or ../weekly/data.")),
        )


def _check_people(table: AgendaTable, faults: Faults) -> None:
    names = [person.id for person in table.people]
    unique(names, "people", faults)
    for index, person in enumerate(table.people):
        known(person.supervisor, names, f"people[{index}].supervisor", faults)
        if person.supervisor and person.supervisor == person.id:
            faults.add(
                f"people[{index}].supervisor",
                message(N_("{name} cannot supervise themselves."), name=person.name or person.id),
            )
    for duty in Duty:
        having = [index for index, who in enumerate(table.people) if duty in who.duties]
        if not having:
            faults.warn(
                "people",
                message(N_("Nobody is the {duty}."), duty=message(_DUTIES[duty])),
                message(N_('Give somebody duties = ["{duty}"].'), duty=duty.value),
            )
        for index in having[1:]:
            faults.add(
                f"people[{index}].duties",
                message(
                    N_("{name} is the {duty} already; only one person can be."),
                    name=table.people[having[0]].name or table.people[having[0]].id,
                    duty=message(_DUTIES[duty]),
                ),
            )


_DUTIES = {
    Duty.FACILITATOR: N_("facilitator"),
    Duty.TIMEKEEPER: N_("timekeeper"),
    Duty.RECORDER: N_("recorder"),
    Duty.DECIDER: N_("decider"),
}


def _check_items(table: AgendaTable, faults: Faults, people: Collection[str]) -> None:
    unique([item.id for item in table.items], "items", faults)
    for index, item in enumerate(table.items):
        known(item.lead, people, f"items[{index}].lead", faults)
    if not table.items:
        faults.add(
            "", message(N_("The agenda has no items.")), message(N_("Add an [[items]] table."))
        )


def _check_time(table: AgendaTable, faults: Faults) -> None:
    if not 2000 <= table.starts.year < 2100:
        faults.add(
            "starts", message(N_("The year {year} is out of range."), year=table.starts.year)
        )
    if not table.minutes:  # said already
        return
    planned = sum(item.minutes for item in table.items)
    if planned > table.minutes:
        faults.add(
            "items",
            message(
                N_("The items add up to {planned} minutes, but the meeting has {minutes}."),
                planned=planned,
                minutes=table.minutes,
            ),
            message(N_("Shorten some of them.")),
        )
    if not SHORTEST <= table.minutes <= LONGEST:
        faults.warn(
            "minutes",
            message(
                N_("The meeting is to last {minutes} minutes; {shortest} to {longest} work best."),
                minutes=table.minutes,
                shortest=SHORTEST,
                longest=LONGEST,
            ),
        )


def _check_modules(table: AgendaTable, faults: Faults) -> None:
    for module in Module:
        if all(item.module is not module for item in table.items):
            faults.warn(
                "items",
                message(N_("No item is about {module}."), module=message(MODULE_NAMES[module])),
                message(N_('Give one of them module = "{module}".'), module=module.value),
            )


def _check_occasions(table: AgendaTable, faults: Faults) -> None:
    for index, occasion in enumerate(table.data.occasions):
        if occasion.last_day < occasion.first_day:
            faults.add(
                f"data.occasions[{index}].last_day",
                message(
                    N_("The last day, {last}, comes before the first, {first}."),
                    last=occasion.last_day.isoformat(),
                    first=occasion.first_day.isoformat(),
                ),
            )


def _check_kpis(
    table: AgendaTable, faults: Faults, people: Collection[str], kpis: Collection[str]
) -> None:
    check_targets(table.kpis, faults, people)
    for index, kpi in enumerate(table.kpis):
        known_kpi(kpi.id, kpis, f"kpis[{index}].id", faults)


def check_targets(kpis: Sequence[KpiTable], faults: Faults, people: Collection[str]) -> None:
    """What `[[kpis]]` say of targets and owners, in an agenda or in a file of definitions."""
    unique([kpi.id for kpi in kpis], "kpis", faults)
    for index, kpi in enumerate(kpis):
        place = f"kpis[{index}]"
        known(kpi.owner, people, f"{place}.owner", faults)
        _check_limits(kpi, place, faults)
        shops = [own.marketplace for own in kpi.marketplaces]
        unique(shops, f"{place}.marketplaces", faults, key="marketplace")
        for position, own in enumerate(kpi.marketplaces):
            where = f"{place}.marketplaces[{position}]"
            _check_limits(own, where, faults)
            if own.at_most is None and own.at_least is None:
                faults.add(where, message(N_("This target has neither at_most nor at_least.")))


def _check_limits(target: LimitsTable, place: str, faults: Faults) -> None:
    low, high = target.at_least, target.at_most
    if low is not None and high is not None and low > high:
        faults.add(
            f"{place}.at_least",
            message(N_("at_least {low} is above at_most {high}."), low=low, high=high),
        )
