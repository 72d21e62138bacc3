"""The year of a KPI: its reports read far enough back to compare with the year before."""

from datetime import date

from facilitator.adapters.figures import definitions_of, read_data
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import Diagnostic
from facilitator.domain.kpis.books import Books
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import last_full_week
from facilitator.domain.kpis.six_twelve import SixTwelve, first_day_of_year_before, six_twelve


def count_year(agenda: Agenda, on: date) -> tuple[tuple[SixTwelve, ...], tuple[Diagnostic, ...]]:
    """Six weeks and twelve months of every KPI that has a value, the total before the shops.

    Read in this process, and kept nowhere: a journal would grow by two years each week.
    """
    plan = agenda.data
    week = last_full_week(on, plan.week_ends_on)
    definitions, _ = definitions_of(agenda)
    data = read_data(agenda, first_day_of_year_before(week))
    books = Books.of(data.facts, plan.marketplaces, plan.rates)
    counted = (
        six_twelve(books, definition, where, week=week, year_starts_in=plan.year_starts_in)
        for definition in definitions
        for where in (ALL, *sorted(books.holding))
    )
    return tuple(each for each in counted if each.is_told), data.problems
