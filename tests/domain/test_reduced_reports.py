"""Marks on the KPIs behind which a report holds far less than the week before."""

from collections.abc import Collection

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.scorecard import mark_reduced
from tests.domain.kpi_factories import ACOS, DE, US, fact, score_facts

FILE = "ads.csv"
FACTS = [
    fact(measure, amount, shop=shop, source=FILE, back=back)
    for measure, amount in (("ad_spend", 10), ("ad_sales", 100))
    for shop in (US, DE)
    for back in (0, 1)
]


def marked(reduced: Collection[tuple[str, Marketplace]]) -> list[Marketplace]:
    card = mark_reduced(score_facts(FACTS, ACOS, shops=(US, DE)), reduced)
    assert not any(each.is_reduced for series in card.series for each in series.readings[:-1])
    return [series.marketplace for series in card.series if series.current.is_reduced]


def test_a_reduced_report_marks_the_current_week_of_its_shop_and_of_the_total() -> None:
    assert marked([(FILE, DE)]) == [ALL, DE]


def test_a_report_reduced_in_all_shops_marks_all_of_them() -> None:
    assert marked([(FILE, ALL)]) == [ALL, DE, US]


def test_a_report_that_is_not_behind_a_kpi_does_not_mark_it() -> None:
    assert marked([("stock.csv", US)]) == []
