"""The packaged KPI definitions, and what is said of a faulty file."""

from datetime import date
from pathlib import Path

import pytest

from facilitator.adapters.kpi_file import load_definitions
from facilitator.domain.errors import FacilitatorError, StorageError
from facilitator.domain.facts import ALL, Fact, Marketplace, Measure, PreparedData
from facilitator.domain.kpi import GROUPS, KpiId, Week
from facilitator.domain.scoring import MEASURE_LABELS, score

SUNDAY = date(2026, 11, 22)
WEEK = {
    "ad_impressions": 20000, "ad_clicks": 100, "ad_spend": 50, "ad_sales": 200, "ad_orders": 10,
    "ad_units": 11, "sessions": 400, "page_views": 800, "units_ordered": 60, "ordered_sales": 1000,
    "order_items": 50, "buy_box_views": 720, "units_available": 450, "units_shipped_t30": 270,
    "units_shipped_t90": 900, "units_aged_180": 45, "units_aged_all": 500, "units_returned": 3,
    "reviews_new": 8, "rating_points": 34, "bsr_top10_share": 61.5, "keyword_coverage": 70,
    "fba_fee_share": 14.5,
}  # fmt: skip
VALUES = {
    "order_growth": 25.0, "acos": 25.0, "roas": 4.0, "tacos": 5.0, "ctr": 0.5, "cvr": 15.0,
    "buy_box": 90.0, "return_rate": 5.0, "turnover": 900 * 365 / 90 / 450, "days_of_supply": 50.0,
    "aged_share": 9.0, "fba_fee_share": 14.5, "bsr_top10_share": 61.5, "organic_order_share": 80.0,
    "keyword_coverage": 70.0, "review_rating": 4.25,
}  # fmt: skip


def test_every_kpi_of_the_article_is_counted_as_its_definition_says() -> None:
    facts = [
        Fact(day=SUNDAY, marketplace=ALL, measure=Measure(name), amount=amount)
        for name, amount in WEEK.items()
    ]
    before = Fact(
        day=date(2026, 11, 15), marketplace=ALL, measure=Measure("order_items"), amount=40
    )

    card = score(
        PreparedData(facts=(*facts, before)),
        load_definitions(),
        (),
        week=Week(end=SUNDAY),
        weeks=1,
        marketplaces=(Marketplace("US"),),
        rates=None,
    )

    assert {each.kpi: each.current.value for each in card.series} == pytest.approx(VALUES)


def test_every_definition_is_told_in_both_languages() -> None:
    for each in load_definitions():
        assert all((each.name, each.name_zh, each.note, each.note_zh)), each.id
        assert each.group in GROUPS


def test_every_measure_has_a_name_for_people() -> None:
    used = {measure for each in load_definitions() for measure in each.measures}

    assert used <= MEASURE_LABELS.keys()


def test_less_is_better_where_it_costs() -> None:
    worse = {each.id for each in load_definitions() if not each.higher_is_better}

    assert worse == {"acos", "tacos", "return_rate", "aged_share", "fba_fee_share"}


def test_a_team_may_define_its_own(tmp_path: Path) -> None:
    file = tmp_path / "kpis.toml"
    file.write_text(
        """
        [[kpis]]
        id = "refund_rate"
        name = "Refund rate"
        group = "customers"
        numerator = ["units_refunded"]
        denominator = ["units_ordered"]
        scale = 100
        """,
        encoding="utf-8",
    )

    (only,) = load_definitions(file)

    assert (only.id, only.scale, only.decimals) == (KpiId("refund_rate"), 100.0, 1)


GOOD = 'id = "a"\nname = "A"\ngroup = "sales"\nnumerator = ["sessions"]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[[kpis]]\n{GOOD}scael = 3\n", "scael"),
        (f"[[kpis]]\n{GOOD}decimals = 99\n", r"kpis\[0\].decimals"),
        (f"[[kpis]]\n{GOOD}counting = 'mean'\n", "mean"),
        (f"[[kpis]]\n{GOOD}[[kpis]]\n{GOOD}", "twice"),
        (f"[[kpis]]\n{GOOD.replace('sales', 'fun')}", "fun"),
        ("[[kpis]]\nid = 'a'\nname = 'A'\ngroup = 'sales'\nnumerator = []\n", "numerator"),
        ("[[kpis]", "line 1"),
        ("", "kpis"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "kpis.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(FacilitatorError, match=said):
        load_definitions(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        load_definitions(tmp_path / "none.toml")
