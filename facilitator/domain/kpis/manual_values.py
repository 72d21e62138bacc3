"""Values of KPIs that the team records by hand: find their KPI, and compare them with reports."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from msgspec.structs import replace

from facilitator.domain.errors import N_, Diagnostic, Message, Severity, message
from facilitator.domain.kpis.facts import Fact, Measure, PreparedData
from facilitator.domain.kpis.kpi import KpiDefinition
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.scorecard import KpiSeries, Scorecard

MANUAL_KIND = "kpi-values"
"""The report type of values that are recorded by hand."""


def identify_manual_values(
    data: PreparedData, definitions: Sequence[KpiDefinition]
) -> PreparedData:
    """Return the data with each value by hand under the id of its KPI.

    A team may write a KPI's id or one of its names, in any letter case. A name that no KPI has is
    told with the nearest id, and so is a second value for the same week and marketplace.
    """
    files = {source.file for source in data.sources if source.kind == MANUAL_KIND}
    if not files:
        return data
    ids = _ids_by_name(definitions)
    known = {name for each in definitions for name in each.measures} | MEASURE_LABELS.keys()
    facts: list[Fact] = []
    unknown: dict[tuple[str, str], int] = {}
    doubles: dict[tuple[str, str], int] = {}
    said: set[tuple[object, ...]] = set()
    for fact in data.facts:
        if fact.source not in files:
            facts.append(fact)
            continue
        measure = fact.measure if fact.measure in known else ids.get(_normalize(fact.measure))
        key = (measure, fact.marketplace, fact.day, fact.currency)
        if measure is None or key in said:
            counted = unknown if measure is None else doubles
            place = (fact.source, fact.measure)
            counted[place] = counted.get(place, 0) + 1
        else:
            said.add(key)
            facts.append(replace(fact, measure=measure))
    problems = (*_unknown_diagnostics(unknown, ids), *_double_diagnostics(doubles))
    return replace(data, facts=tuple(facts), problems=(*data.problems, *problems))


def _ids_by_name(definitions: Iterable[KpiDefinition]) -> dict[str, Measure]:
    """Return the id of each KPI by its names, an id before the names of others."""
    names = [(name, each.id) for each in definitions for name in (each.name, each.name_zh) if name]
    found = {_normalize(each.id): Measure(each.id) for each in definitions}
    for name, kpi in names:
        found.setdefault(_normalize(name), Measure(kpi))
    return found


def _normalize(name: str) -> str:
    """Return a name without case, blanks, and the signs between its words."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(each for each in plain if each.isalnum() or each == "%")


def _unknown_diagnostics(
    unknown: Mapping[tuple[str, str], int], ids: Mapping[str, Measure]
) -> Iterator[Diagnostic]:
    for (file, name), rows in unknown.items():
        close = get_close_matches(_normalize(name), ids, n=1)
        yield Diagnostic(
            file=file,
            message=message(N_("Unknown KPI “{kpi}”."), kpi=name),
            hint=message(N_("Did you mean “{code}”?"), code=ids[close[0]])
            if close
            else message(N_("Use one of these KPIs: {kpis}."), kpis=_listed(ids.values())),
            rows=rows,
        )


def _listed(ids: Iterable[Measure]) -> str:
    return ", ".join(dict.fromkeys(ids))


def _double_diagnostics(doubles: Mapping[tuple[str, str], int]) -> Iterator[Diagnostic]:
    for (file, name), rows in doubles.items():
        yield Diagnostic(
            file=file,
            message=message(
                N_("The KPI “{cell}” already has a value for this week and marketplace."),
                cell=name,
            ),
            hint=message(N_("Keep one of the two rows.")),
            rows=rows,
        )


def overruled_values(
    card: Scorecard, data: PreparedData, definitions: Collection[KpiDefinition]
) -> tuple[Diagnostic, ...]:
    """Return a warning for each value by hand that the reports of the week outrank.

    Values that are the same as shown are not told.
    """
    files = {source.file for source in data.sources if source.kind == MANUAL_KIND}
    by_hand = {
        (fact.measure, fact.marketplace): fact
        for fact in data.facts
        if fact.source in files and fact.day in card.week
    }
    decimals = {each.id: each.decimals for each in definitions}
    found = (
        (series, by_hand.get((Measure(series.kpi), series.marketplace)))
        for series in card.series
        if not series.currency
    )
    return tuple(
        Diagnostic(
            file=fact.source,
            message=_overruled(series, fact, decimals[series.kpi]),
            hint=message(N_("Delete the row, or check the reports if they should say the same.")),
            severity=Severity.WARNING,
            rows=1,
        )
        for series, fact in found
        if fact and _is_outranked(series, fact, decimals[series.kpi])
    )


def _is_outranked(series: KpiSeries, fact: Fact, decimals: int) -> bool:
    if series.current.is_worse_than_any_target:
        return True
    value = series.current.value
    is_reported = series.current.numerator is not None
    return (
        is_reported and value is not None and round(value, decimals) != round(fact.amount, decimals)
    )


def _overruled(series: KpiSeries, fact: Fact, decimals: int) -> Message:
    value = series.current.value
    return message(
        N_(
            "{kpi} {marketplace}: the reports give {reported}, so the {recorded} recorded by hand "
            "does not count."
        ),
        kpi=series.kpi,
        marketplace=series.marketplace,
        reported="∞" if value is None else f"{value:.{decimals}f}",
        recorded=f"{fact.amount:.{decimals}f}",
    )
