"""The golden totals of a weekly business review come out exactly.

The scenarios in `wbr/` (settings, daily figures and expected totals) are those of
working-backwards/wbr-app on GitHub, under the Apache License 2.0, as they stand there.

Compared are the six weeks, the twelve months and the box totals of every metric that is a sum
or a last value. Not compared are `x_axis` and the lengths of data frames, which are about its
charts; the months of its business year, which are the same twelve in another order; and
`TotalPMs_TARGET`, a *first* value, which nothing here counts. Where it shows a change of 0 for
want of a year before, there is no change here.
"""

import csv
import math
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from facilitator.domain.kpis.fact_index import FactIndex
from facilitator.domain.kpis.facts import Fact, Marketplace, Measure
from facilitator.domain.kpis.kpi import Aggregation, KpiDefinition, KpiId, Week
from facilitator.domain.kpis.year_over_year import PeriodComparison, YearOverYear, year_over_year

FOLDER = Path(__file__).with_name("wbr")
US = Marketplace("US")
SCENARIOS = {1: date(2021, 9, 25), 3: date(2021, 9, 25), 6: date(2023, 3, 25)}
CASES = [
    (1, "PageViewsFiscal", "PageViews", Aggregation.SUM, 1),
    (1, "PageViewsTrailing", "PageViews", Aggregation.SUM, 1),
    (3, "PageViews", "PageViews", Aggregation.SUM, 6),  # a business year that ends in May
    (6, "Total_PMs", "Total_PMs", Aggregation.LATEST, 1),
    (6, "Total_PMsv2", "Total_PMsv2", Aggregation.LATEST, 1),
    (6, "MRR", "MRR", Aggregation.LATEST, 1),
    (6, "MRR_TARGET", "MRR_Target", Aggregation.LATEST, 1),
]
NAN = math.nan


def index_of(scenario: int, column: str) -> FactIndex:
    with (FOLDER / f"scenario_{scenario}_original.csv").open(encoding="utf-8-sig") as file:
        facts = [
            Fact(day=day(row["Date"]), marketplace=US, measure=Measure("it"), amount=float(cell))
            for row in csv.DictReader(file)
            if (cell := row[column])
        ]
    return FactIndex.from_facts(facts, [], None)


def day(text: str) -> date:
    form = "%a, %d-%b-%Y" if "-" in text else "%m/%d/%y"
    return datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no zone)


def expected(scenario: int, metric: str) -> dict[str, list[float]]:
    """The lists of numbers of one test: this file is YAML, of which no more is needed."""
    text = (FOLDER / f"scenario_{scenario}_expected.yml").read_text(encoding="utf-8")
    (test,) = (each for each in text.split("test_case_no") if f'"{metric}"' in each)
    lists = re.findall(r"(\w+)\s*:\s*\[([^\]]*)\]", test)
    return {
        name: [float(number.replace("!!float", "").replace(".nan", "nan")) for number in numbers]
        for name, listed in lists
        if name != "x_axis"
        for numbers in [listed.split(",")]
    }


def calculate(
    scenario: int, column: str, counting: Aggregation, year_starts_in: int
) -> YearOverYear:
    definition = KpiDefinition(
        id=KpiId("it"), name="It", group="sales", numerator=("it",), counting=counting
    )
    week = Week(end=SCENARIOS[scenario])
    index = index_of(scenario, column)
    return year_over_year(index, definition, US, week=week, year_starts_in=year_starts_in)


def values(compared: tuple[PeriodComparison, ...]) -> tuple[list[float], list[float]]:
    """Return this year's and last year's values, NaN where there is none."""
    return (
        [NAN if each.now.value is None else each.now.value for each in compared],
        [NAN if each.year_before.value is None else each.year_before.value for each in compared],
    )


def exactly(numbers: list[float]) -> object:
    """Equal to the decimals that the expected numbers are written with."""
    return pytest.approx(numbers, abs=0.0051, rel=1e-12, nan_ok=True)


@pytest.mark.parametrize(("scenario", "metric", "column", "counting", "year"), CASES)
def test_six_weeks_match_the_golden_values(
    scenario: int, metric: str, column: str, counting: Aggregation, year: int
) -> None:
    golden = expected(scenario, metric)

    now, before = values(calculate(scenario, column, counting, year).weeks)

    assert now == exactly(golden["cy_6_weeks"])
    assert before == exactly(golden["py_6_weeks"])


@pytest.mark.parametrize(("scenario", "metric", "column", "counting", "year"), CASES)
def test_twelve_months_match_the_golden_values(
    scenario: int, metric: str, column: str, counting: Aggregation, year: int
) -> None:
    golden = expected(scenario, metric)
    this_year, last_year = golden["cy_monthly"], golden["py_monthly"]
    if metric == "PageViewsFiscal":  # January to December: the trailing months lie in both lists
        this_year, last_year = last_year[8:] + this_year[:8], [NAN] * 4 + last_year[:8]

    now, before = values(calculate(scenario, column, counting, year).months)

    assert now == exactly(this_year)
    assert before == exactly(last_year)


@pytest.mark.parametrize(("scenario", "metric", "column", "counting", "year"), CASES)
def test_totals_to_date_match_the_golden_values(
    scenario: int, metric: str, column: str, counting: Aggregation, year: int
) -> None:
    golden = expected(scenario, metric)["box_totals"]
    if metric == "MRR_TARGET":  # no year before: it shows 0
        golden = [NAN if each == 0 else each for each in golden]

    calculated = calculate(scenario, column, counting, year)
    week, month = calculated.weeks[-1], calculated.month_to_date
    quarter, business_year = calculated.quarter_to_date, calculated.year_to_date
    box = [
        week.now.value, percent(calculated.week_on_week), percent(week.change),
        month.now.value, percent(month.change),
        quarter.now.value, percent(quarter.change),
        business_year.now.value, percent(business_year.change),
    ]  # fmt: skip

    assert box == exactly(golden)


def percent(share: float | None) -> float:
    return NAN if share is None else 100 * share
