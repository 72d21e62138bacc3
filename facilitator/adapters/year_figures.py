"""The year of a KPI: its reports read far enough back to compare with the year before."""

from datetime import date

from facilitator.adapters.figures import definitions_of, read_data
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import Diagnostic
from facilitator.domain.kpis.fact_index import FactIndex
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import last_full_week
from facilitator.domain.kpis.year_over_year import (
    YearOverYear,
    first_day_of_year_before,
    year_over_year,
)


def count_year(agenda: Agenda, on: date) -> tuple[tuple[YearOverYear, ...], tuple[Diagnostic, ...]]:
    """Six weeks and twelve months of every KPI that has a value, the total before the shops.

    Read in this process, and kept nowhere: a journal would grow by two years each week.
    """
    plan = agenda.data
    week = last_full_week(on, plan.week_ends_on)
    definitions, _ = definitions_of(agenda)
    data = read_data(agenda, first_day_of_year_before(week))
    index = FactIndex.from_facts(data.facts, plan.marketplaces, plan.rates)
    counted = (
        year_over_year(index, definition, where, week=week, year_starts_in=plan.year_starts_in)
        for definition in definitions
        for where in (ALL, *sorted(index.marketplaces_with_facts))
    )
    return tuple(each for each in counted if each.has_values), data.problems
