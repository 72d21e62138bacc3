"""Agenda files: TOML that people write, read strictly, and a template to begin with."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from facilitator.adapters.agenda_checks import check_agenda, check_folder, check_zone
from facilitator.adapters.agenda_decisions import decision_of, person_id
from facilitator.adapters.agenda_schema import (
    SERIES,
    AgendaTable,
    DataTable,
    ItemTable,
    KpiTable,
    OccasionTable,
    PersonTable,
    RatesTable,
)
from facilitator.adapters.kpi_file import read_kpi_ids, shop_targets, target_of
from facilitator.adapters.publication_file import read_publication
from facilitator.adapters.strict_toml import clean, decode, read_toml
from facilitator.domain.agenda import Agenda, DataPlan, Item, ItemId, ReportSlot
from facilitator.domain.errors import N_, Diagnostic, FacilitatorError, StorageError
from facilitator.domain.kpis.facts import Currency, Marketplace
from facilitator.domain.kpis.kpi import KpiId, KpiPlan, Rates, SignalRules
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.people import Person, PersonId

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TEMPLATES = {"en": "agenda_template.toml", "zh_CN": "agenda_template_zh.toml"}


def read_agenda(path: Path) -> tuple[Agenda | None, tuple[Diagnostic, ...]]:
    """Read a prepared agenda, and everything that is wrong with it at once.

    There is an agenda exactly where none of the problems is an error.
    """
    raw, faults = read_toml(path)
    if raw is None:
        return None, faults.problems
    table = decode(AgendaTable, raw, "", faults)
    kpis, doubts = read_kpi_ids(path.parent, [each.id for each in table.people])
    check_agenda(table, faults, kpis=kpis)
    check_folder(table.data.folder, path, faults)
    zone = check_zone(table.timezone, "timezone", faults)
    check_zone(table.data.timezone or "", "data.timezone", faults)
    problems = (*faults.problems, *doubts)
    if zone is None or any(each.is_error for each in problems):
        return None, problems
    agenda = _agenda(table, zone, str(path))
    sent, doubts = read_publication(path)
    if sent is not None and sent.is_for(agenda.starts):
        agenda = replace(agenda, sent_at=sent.sent_at)
    return agenda, (*problems, *doubts)


def new_agenda(path: Path, *, title: str, series: str, starts: datetime, language: str) -> None:
    """Write an agenda with comments, to be filled in; never over one that is there.

    The time zone is that of `starts` where it is a `ZoneInfo`; any other aware moment is
    written in UTC, and a naive one keeps the template's zone.
    """
    if not re.fullmatch(SERIES, series):
        raise FacilitatorError(
            N_("“{series}” cannot name a series; use a–z, 0–9, - and _ only."), series=clean(series)
        )
    values = {"title": clean(title), "series": series}
    if starts.tzinfo is not None:
        zone = starts.tzinfo.key if isinstance(starts.tzinfo, ZoneInfo) else None
        starts = starts if zone else starts.astimezone(UTC)
        values["timezone"] = zone or "UTC"
    text = Path(__file__).with_name(_TEMPLATES[language]).read_text(encoding="utf-8")
    for key, value in values.items():
        if value:
            text = _filled_in(text, key, json.dumps(value, ensure_ascii=False))
    text = _filled_in(text, "starts", starts.replace(tzinfo=None, microsecond=0).isoformat())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise StorageError(
            N_("{file} is there already and was left alone; choose another name."), file=path
        ) from error
    except OSError as error:
        raise StorageError(
            N_("{file} cannot be written: {reason}."), file=path, reason=error.strerror or error
        ) from error


def _filled_in(text: str, key: str, value: str) -> str:
    return re.sub(rf"^{key} = .*$", lambda _: f"{key} = {value}", text, count=1, flags=re.MULTILINE)


def _agenda(table: AgendaTable, zone: ZoneInfo, file: str) -> Agenda:
    is_local = table.starts.tzinfo is None
    return Agenda(
        title=table.title,
        series=table.series,
        starts=table.starts.replace(tzinfo=zone) if is_local else table.starts.astimezone(zone),
        length=timedelta(minutes=table.minutes),
        language=table.language,
        currency=Currency(table.currency),
        country=table.country,
        people=tuple(map(_person, table.people)),
        items=tuple(map(_item, table.items)),
        decisions=tuple(decision_of(each, n) for n, each in enumerate(table.decisions, start=1)),
        kpis=tuple(map(_plan, table.kpis)),
        data=_data(table.data),
        file=file,
        timezone=table.timezone,
        notice=timedelta(hours=table.notice_hours),
    )


def _person(table: PersonTable) -> Person:
    return Person(
        id=PersonId(table.id),
        name=table.name,
        role=table.role,
        department=table.department,
        hourly_rate=table.hourly_rate,
        duties=tuple(dict.fromkeys(table.duties)),
        supervisor=person_id(table.supervisor),
    )


def _item(table: ItemTable) -> Item:
    return Item(
        id=ItemId(table.id),
        title=table.title,
        kind=table.kind,
        timebox=timedelta(minutes=table.minutes),
        lead=person_id(table.lead),
        module=table.module,
        question=table.question,
        is_protected=table.protected,
        may_be_cut=table.may_cut,
        is_sensitive=table.sensitive,
    )


def _plan(table: KpiTable) -> KpiPlan:
    return KpiPlan(
        kpi=KpiId(table.id),
        target=target_of(table),
        by_marketplace=shop_targets(table.marketplaces),
        owner=person_id(table.owner),
    )


def _data(table: DataTable) -> DataPlan:
    return DataPlan(
        folder=table.folder,
        week_ends_on=_WEEKDAYS.index(table.week_ends_on),
        timezone=table.timezone or "",
        year_starts_in=table.year_starts_in,
        history_weeks=table.history_weeks,
        marketplaces=tuple(map(Marketplace, table.marketplaces)),
        reports=tuple(
            ReportSlot(
                kind=each.kind,
                is_required=each.required,
                marketplaces=tuple(map(Marketplace, each.marketplaces)),
                max_age_days=each.max_age_days,
            )
            for each in table.reports
        ),
        rates=None if table.rates is None else _rates(table.rates),
        signals=SignalRules(swing=table.swing / 100),
        occasions=tuple(map(_occasion, table.occasions)),
        disagreement=table.disagreement / 100,
    )


def _occasion(table: OccasionTable) -> Occasion:
    return Occasion(
        first_day=table.first_day,
        last_day=table.last_day,
        what=table.what,
        marketplaces=tuple(map(Marketplace, table.marketplaces)),
    )


def _rates(table: RatesTable) -> Rates:
    per_unit = tuple((Currency(code), worth) for code, worth in table.per_unit.items())
    return Rates(base=Currency(table.base), on=table.on, per_unit=per_unit)
