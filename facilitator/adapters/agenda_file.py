"""Read agenda files from TOML strictly, and create them from a template."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from facilitator.adapters.agenda_checks import (
    check_agenda,
    check_data_folder,
    check_time_zone,
    has_marketplace,
)
from facilitator.adapters.agenda_schema import (
    AgendaTable,
    DataTable,
    DecisionTable,
    ItemTable,
    KpiTable,
    RatesTable,
)
from facilitator.adapters.atomic_file import create_file, make_folder, read_error
from facilitator.adapters.kpi_file import build_marketplace_targets, build_target, read_kpi_ids
from facilitator.adapters.publication_file import read_publication
from facilitator.adapters.strict_toml import decode, read_toml
from facilitator.domain.agenda import Agenda, DataPlan, Item, ItemId, ReportSlot
from facilitator.domain.decision import Decision, DecisionId, OptionId
from facilitator.domain.errors import N_, Diagnostic, FacilitatorError, StorageError, message
from facilitator.domain.file_name import same_but_for_case, series_name_fault
from facilitator.domain.kpis.facts import Currency, Marketplace
from facilitator.domain.kpis.kpi import KpiId, KpiPlan, Rates, SignalRules
from facilitator.domain.text import one_line

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MARKETPLACES = re.compile(r"^marketplaces = \[[^\]]*\]", re.MULTILINE)
_MARKETPLACE_TARGET = re.compile(
    r'^\[\[kpis\.marketplaces\]\].*\nmarketplace = "(?P<place>\w+)"\n(?:.+\n)*\n', re.MULTILINE
)
_TEMPLATES = {"en": "agenda_template.toml", "zh_CN": "agenda_template_zh.toml"}


def read_agenda(path: Path) -> tuple[Agenda | None, tuple[Diagnostic, ...]]:
    """Read an agenda file; return the agenda and all diagnostics.

    The agenda is None exactly if one of the diagnostics is an error.
    """
    raw, diagnostics = read_toml(path)
    if raw is None:
        return None, diagnostics.problems
    table = decode(AgendaTable, raw, "", diagnostics)
    kpis, doubts = read_kpi_ids(path.parent, [each.id for each in table.people])
    check_agenda(table, diagnostics, kpis=kpis)
    check_data_folder(table.data.folder, path, diagnostics)
    zone = check_time_zone(table.timezone, "timezone", diagnostics)
    check_time_zone(table.data.timezone or "", "data.timezone", diagnostics)
    problems = (*diagnostics.problems, *doubts)
    if zone is None or any(each.is_error for each in problems):
        return None, problems
    agenda = _build_agenda(table, zone, str(path))
    sent, doubts = read_publication(path)
    if sent is not None and sent.is_for(agenda.starts):
        agenda = replace(agenda, sent_at=sent.sent_at)
    return agenda, (*problems, *doubts)


def reread_agenda(agenda: Agenda) -> Agenda:
    """Return an agenda as its file has it now; the same one if the file is gone.

    Raises FacilitatorError if the file has errors by now.
    """
    path = Path(agenda.file)
    if not path.is_file():
        return agenda
    found, problems = read_agenda(path)
    if found is None:
        fault = next(each for each in problems if each.is_error)
        text = N_("{file}, line {line}: {fault}") if fault.line else N_("{what}: {reason}")
        where = {"file": path, "line": fault.line or 0, "what": path}
        raise FacilitatorError(
            N_("The agenda was changed and has errors: {fault} Correct it, then press r."),
            fault=message(text, **where, fault=fault.message, reason=fault.message),
        )
    return found


def create_agenda(
    path: Path,
    *,
    title: str,
    series: str,
    starts: datetime,
    language: str,
    marketplaces: Sequence[str] = (),
    taken: Iterable[str] = (),
) -> None:
    """Write a new agenda from a language's template, with lines for `marketplaces` alone, if any.

    The time zone is that of `starts` if it is a `ZoneInfo`; any other aware time is written in
    UTC, and a naive one keeps the template's zone. `taken` are the names of other series.
    Raises StorageError if the file exists or cannot be written, FacilitatorError if `series` is
    not a valid name, or one that differs from another in upper and lower case only.
    """
    _check_series(series, (*taken, *_folder_names(path.parent.parent)))
    values = {"title": one_line(title), "series": series}
    if starts.tzinfo is not None:
        zone = starts.tzinfo.key if isinstance(starts.tzinfo, ZoneInfo) else None
        starts = starts if zone else starts.astimezone(UTC)
        values["timezone"] = zone or "UTC"
    text = Path(__file__).with_name(_TEMPLATES[language]).read_text(encoding="utf-8")
    for key, value in values.items():
        if value:
            text = _set_key(text, key, json.dumps(value, ensure_ascii=False))
    text = _set_key(text, "starts", starts.replace(tzinfo=None, microsecond=0).isoformat())
    text = _set_marketplaces(text, marketplaces)
    try:
        make_folder(path.parent)
        create_file(path, text.encode())
    except FileExistsError as error:
        raise StorageError(
            N_("{file} already exists and was not changed. Choose another name."), file=path
        ) from error
    except OSError as error:
        raise StorageError(
            N_("{file} cannot be written: {reason}."), file=path, reason=error.strerror or error
        ) from error


def _check_series(series: str, taken: Iterable[str]) -> None:
    """Raise FacilitatorError where a series cannot have this name."""
    if fault := series_name_fault(series):
        raise FacilitatorError(fault.text, **dict(fault.values))
    if twin := same_but_for_case(series, taken):
        raise FacilitatorError(
            N_(
                "There is “{other}” already, which differs from “{series}” only in upper and lower "
                "case. Choose another name."
            ),
            other=twin,
            series=series,
        )


def _folder_names(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(each.name for each in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise read_error(folder, error) from error


def _set_key(text: str, key: str, value: str) -> str:
    return re.sub(rf"^{key} = .*$", lambda _: f"{key} = {value}", text, count=1, flags=re.MULTILINE)


def _set_marketplaces(text: str, marketplaces: Sequence[str]) -> str:
    """Return a template that names only these marketplaces; as it is if there are none."""
    if not marketplaces:
        return text
    listed = json.dumps(list(marketplaces))
    text = _MARKETPLACES.sub(lambda _: f"marketplaces = {listed}", text)
    return _MARKETPLACE_TARGET.sub(
        lambda found: found[0] if found["place"] in marketplaces else "", text
    )


def _build_agenda(table: AgendaTable, zone: ZoneInfo, file: str) -> Agenda:
    is_local = table.starts.tzinfo is None
    return Agenda(
        title=table.title,
        series=table.series,
        starts=table.starts.replace(tzinfo=zone) if is_local else table.starts.astimezone(zone),
        length=timedelta(minutes=table.minutes),
        language=table.language,
        currency=Currency(table.currency),
        country=table.country,
        people=tuple(
            replace(each, duties=tuple(dict.fromkeys(each.duties))) for each in table.people
        ),
        items=tuple(map(_build_item, table.items)),
        decisions=tuple(
            _build_decision(each, n) for n, each in enumerate(table.decisions, start=1)
        ),
        kpis=tuple(_build_kpi_plan(each, table.data) for each in table.kpis),
        data=_build_data_plan(table.data),
        file=file,
        timezone=table.timezone,
        notice=timedelta(hours=table.notice_hours),
    )


def _build_item(table: ItemTable) -> Item:
    return Item(
        id=ItemId(table.id),
        title=table.title,
        kind=table.kind,
        timebox=timedelta(minutes=table.minutes),
        lead=table.lead,
        module=table.module,
        question=table.question,
        is_protected=table.protected,
        may_be_cut=table.may_cut,
        is_sensitive=table.sensitive,
    )


def _build_kpi_plan(table: KpiTable, data: DataTable) -> KpiPlan:
    own = [each for each in table.marketplaces if has_marketplace(data, each.marketplace)]
    return KpiPlan(
        kpi=KpiId(table.id),
        target=build_target(table),
        by_marketplace=build_marketplace_targets(own),
        owner=table.owner,
    )


def _build_data_plan(table: DataTable) -> DataPlan:
    return DataPlan(
        folder=table.folder,
        week_ends_on=_WEEKDAYS.index(table.week_ends_on),
        timezone=table.timezone or "",
        year_starts_in=table.year_starts_in,
        history_weeks=table.history_weeks,
        marketplaces=table.marketplaces,
        reports=tuple(
            ReportSlot(
                kind=each.kind,
                is_required=each.required,
                marketplaces=tuple(
                    place for place in each.marketplaces if has_marketplace(table, place)
                ),
                max_age_days=each.max_age_days,
            )
            for each in table.reports
        ),
        rates=None if table.rates is None else _build_rates(table.rates),
        signals=SignalRules(swing=table.swing / 100),
        occasions=table.occasions,
        disagreement=table.disagreement / 100,
    )


def _build_rates(table: RatesTable) -> Rates:
    per_unit = tuple((Currency(code), worth) for code, worth in table.per_unit.items())
    return Rates(base=Currency(table.base), on=table.on, per_unit=per_unit)


def _build_decision(table: DecisionTable, number: int) -> Decision:
    """Return one of `[[decisions]]`; its id is replaced when the meeting opens."""
    return Decision(
        id=DecisionId(f"P{number}"),
        question=table.question,
        background=table.background,
        options=table.options,
        recommended=None if table.recommended is None else OptionId(table.recommended),
        why=table.why,
        proposer=table.proposer,
        decider=table.decider,
        proposed_on=table.proposed_on,
        kpi=table.kpi,
        marketplace=Marketplace(table.marketplace),
        request=table.request,
        experiment=table.experiment,
        reallocation=table.reallocation,
        risk=table.risk,
        is_sensitive=table.sensitive,
    )
