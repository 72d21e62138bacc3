"""Values by hand: whichever name of a KPI they are under, and what reports say of the same."""

from datetime import date

import pytest

from facilitator.domain.kpis.calculation import calculate_scorecard
from facilitator.domain.kpis.facts import Fact, Marketplace, Measure, PreparedData, Source
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Week
from facilitator.domain.kpis.manual_values import identify_manual_values, overruled_values

WEEK = Week(end=date(2026, 11, 22))
US = Marketplace("US")
ACOS = KpiDefinition(
    id=KpiId("acos"),
    name="ACoS",
    name_zh="广告销售成本比 ACoS",
    group="advertising",
    numerator=("ad_spend",),
    denominator=("ad_sales",),
    scale=100,
)
COVERAGE = KpiDefinition(
    id=KpiId("keyword_coverage"),
    name="Keyword coverage",
    name_zh="关键词覆盖率",
    group="brand health",
    numerator=("keywords_page_one",),
    denominator=("keywords_targeted",),
    scale=100,
)
DEFINITIONS = (ACOS, COVERAGE)


def by_hand(name: str, amount: float, day: date = WEEK.end) -> Fact:
    return Fact(
        day=day, marketplace=US, measure=Measure(name), amount=amount, source="kpi_values.csv"
    )


def data(*facts: Fact) -> PreparedData:
    return PreparedData(
        facts=facts,
        sources=(
            Source(file="kpi_values.csv", kind="kpi-values"),
            Source(file="ads.csv", kind="search-term"),
        ),
    )


def reported(name: str, amount: float) -> Fact:
    return Fact(
        day=WEEK.end, marketplace=US, measure=Measure(name), amount=amount, source="ads.csv"
    )


@pytest.mark.parametrize(
    "name",
    [
        "keyword_coverage",
        "Keyword Coverage",
        "keyword-coverage",
        "关键词覆盖率",
        "KEYWORD  COVERAGE",
    ],
)
def test_a_value_by_hand_may_be_under_any_name_of_its_kpi(name: str) -> None:
    found = identify_manual_values(data(by_hand(name, 60)), DEFINITIONS)

    assert found.facts == (by_hand("keyword_coverage", 60),)
    assert found.problems == ()


@pytest.mark.parametrize("name", ["keyword_covrage", "Keyword coverag", "关键词覆盖"])
def test_a_misspelt_kpi_is_told_with_the_nearest(name: str) -> None:
    found = identify_manual_values(data(by_hand(name, 60), by_hand(name, 61)), DEFINITIONS)

    (problem,) = found.problems
    assert found.facts == ()
    assert problem.rows == 2
    assert problem.translate() == (
        f"kpi_values.csv: Unknown KPI “{name}”. Did you mean “keyword_coverage”?"
    )


def test_a_name_that_no_kpi_is_near_to_is_told_with_all_of_them() -> None:
    (problem,) = identify_manual_values(data(by_hand("IPI", 400)), DEFINITIONS).problems

    assert (
        "Unknown KPI “IPI”. Use one of these KPIs: acos, keyword_coverage." in problem.translate()
    )


def test_two_names_of_one_kpi_are_two_values_of_one_week() -> None:
    found = identify_manual_values(data(by_hand("acos", 20), by_hand("ACoS", 21)), DEFINITIONS)

    assert found.facts == (by_hand("acos", 20),)
    assert "already has a value" in found.problems[0].translate()


def test_a_kpi_without_a_report_has_one_value_too() -> None:
    rank = KpiDefinition(
        id=KpiId("top10"), name="Top 10", group="brand health", numerator=("top10",)
    )

    found = identify_manual_values(data(by_hand("Top 10", 60), by_hand("top10", 61)), (rank,))

    assert found.facts == (by_hand("top10", 60),)
    assert len(found.problems) == 1


def test_measures_and_the_facts_of_reports_are_left_as_they_are() -> None:
    facts = (by_hand("ad_spend", 5), reported("ad_clicks", 2), reported("own_measure", 1))

    found = identify_manual_values(data(*facts), DEFINITIONS)

    assert (found.facts, found.problems) == (facts, ())


def overruled(*facts: Fact) -> list[str]:
    given = data(*facts)
    card = calculate_scorecard(
        given, DEFINITIONS, (), week=WEEK, weeks=2, marketplaces=(US,), rates=None
    )
    return [each.translate() for each in overruled_values(card, given, DEFINITIONS)]


def test_a_value_by_hand_that_a_report_outranks_is_told() -> None:
    spend, sales = reported("ad_spend", 25), reported("ad_sales", 100)

    assert overruled(spend, sales, by_hand("acos", 30)) == [
        "kpi_values.csv: acos US: the reports give 25.0, so the 30.0 recorded by hand does not "
        "count. Delete the row, or check the reports if they should say the same."
    ]


def test_a_value_by_hand_that_counts_or_says_the_same_is_not_told() -> None:
    spend, sales = reported("ad_spend", 25), reported("ad_sales", 100)

    assert overruled(by_hand("acos", 30)) == []
    assert overruled(spend, sales, by_hand("acos", 25.01)) == []
    assert overruled(spend, sales, by_hand("acos", 30, date(2026, 11, 15))) == []
