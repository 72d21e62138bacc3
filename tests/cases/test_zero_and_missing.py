"""What is zero, what is missing, and what is worse than any target."""

import json

import pytest

from tests.cases.exports import ads, business, inventory, lines
from tests.cases.workbench import Workbench, wants

ACOS = '[[kpis]]\nid = "acos"\nat_most = 25\nowner = "boss"'
SUPPLY = '[[kpis]]\nid = "days_of_supply"\nat_most = 90\nowner = "boss"'
RATES = '[data.rates]\nbase = "USD"\non = 2026-11-20\nper_unit = { EUR = 1.1, GBP = 1.3 }'
CEREBRO = "Keyword Phrase,Search Volume,Position (Rank),Relative Rank"


def test_spend_without_any_sales_is_off_target_and_told_in_words(bench: Workbench) -> None:
    bench.make({"US/st.csv": ads(sales="0.00", orders=0)}, kpis=ACOS)

    answer = bench.kpi()
    table = bench.table()

    for where in ("US", "ALL"):
        acos = answer.series("acos", where)
        assert (acos["value"], acos["status"], acos["is_red"]) == (None, "off_target", True)
        assert (acos["numerator"], acos["denominator"]) == (175.0, 0.0)
        assert acos["is_worse_than_any_target"]
    assert "∞" in table
    assert "no ad sales for $175 of ad spend" in table.replace("US$", "$")


def test_json_never_holds_an_infinity(bench: Workbench) -> None:
    bench.make({"US/st.csv": ads(sales="0.00", orders=0)}, kpis=ACOS)

    text = json.dumps(bench.kpi().fields, allow_nan=False)

    assert "Infinity" not in text


def test_neither_spend_nor_sales_is_nothing_to_count(bench: Workbench) -> None:
    bench.make({"US/st.csv": ads(spend="0.00", sales="0.00", orders=0)}, kpis=ACOS)

    acos = bench.kpi().series("acos", "US")

    assert (acos["value"], acos["is_red"]) == (None, False)
    assert acos["status"] != "off_target"
    assert "nothing to count" in bench.table()


def test_stock_that_nobody_buys_is_worse_than_any_days_of_supply(bench: Workbench) -> None:
    bench.make({"US/inv.csv": inventory(("2026-11-22", "A", 500, 0, 0))}, kpis=SUPPLY)

    supply = bench.kpi().series("days_of_supply", "US")

    assert (supply["value"], supply["status"], supply["is_red"]) == (None, "off_target", True)
    assert (supply["numerator"], supply["denominator"]) == (500.0, 0.0)


def test_no_stock_and_no_sales_is_nothing_to_count(bench: Workbench) -> None:
    bench.make({"US/inv.csv": inventory(("2026-11-22", "A", 0, 0, 0))}, kpis=SUPPLY)

    supply = bench.kpi().series("days_of_supply", "US")

    assert (supply["value"], supply["is_red"]) == (None, False)


def test_a_kpi_without_an_upper_limit_has_no_value_over_zero(bench: Workbench) -> None:
    bench.make({"US/st.csv": ads(spend="0.00")})  # ROAS: sales over no spend

    roas = bench.kpi().series("roas", "US")

    assert roas.get("value") is None
    assert roas.get("status") != "off_target"


def test_the_worst_shop_stands_first(bench: Workbench) -> None:
    bench.make(
        {
            "DE/st.csv": ads(currency="EUR", spend="90.00"),
            "UK/st.csv": ads(currency="GBP"),
            "US/st.csv": ads(sales="0.00", orders=0),
        },
        "DE",
        "UK",
        "US",
        kpis=ACOS,
        data=RATES,
    )
    rows = bench.table().splitlines()
    first = next(number for number, line in enumerate(rows) if line.startswith("ACoS"))

    assert rows[first + 1].split()[0] == "US"


def test_the_first_row_of_a_kpi_has_its_name_where_no_rate_makes_a_total(
    bench: Workbench,
) -> None:
    files = {"US/st.csv": ads(sales="0.00", orders=0), "UK/st.csv": ads(currency="GBP")}
    rows = bench.make(files, "US", "UK", kpis=ACOS).table().splitlines()

    assert rows[2].startswith("ACoS")


def test_no_shop_vanishes_because_its_figure_is_missing(bench: Workbench) -> None:
    bench.make(
        {
            "US/st.csv": ads(),
            "US/business.csv": business(),
            "DE/business.csv": business(sales="100,00 €"),
        },
        "US",
        "DE",
    )
    german = bench.kpi().series("tacos", "DE")

    assert german.get("status") == "missing"


@pytest.mark.parametrize("rank", ["306+", "0", ">306", "-", "N/R", "", "—"])
def test_what_is_no_rank_is_not_on_page_one(bench: Workbench, rank: str) -> None:
    text = lines(CEREBRO, "alpha,900,3,1", f"beta,100,{rank},0", "gamma,500,60,2", "delta,9,48,2")
    answer = bench.make({"US/US_AMAZON_cerebro_B000000001_2026-11-21.csv": text}).kpi()

    assert answer.sums("keyword_coverage", "US") == (2.0, 4.0)
    assert answer.value("keyword_coverage", "US") == 50.0
    assert answer.code == 0


REDUCED = {
    "only sales": ("Date,Ordered Product Sales", "$100.00"),
    "sessions and units": ("Date,Sessions - Total,Units Ordered", "100,10"),
    "old names": ("Date,Ordered Product Sales,Units Ordered,Sessions", "$100.00,10,100"),
    "in German": ("Datum,Bestellte Einheiten,Sitzungen – Summe", "10,100"),
    "in Chinese": ("日期,已订购商品销售额,已订购商品数量,会话数 - 总计", "$100.00,10,100"),
}


@pytest.mark.parametrize("kind", REDUCED)
def test_a_business_report_with_hidden_columns_is_read(bench: Workbench, kind: str) -> None:
    head, cells = REDUCED[kind]
    rows = (f"2026-11-{day},{cells}" for day in range(16, 23))
    answer = bench.make({"US/business.csv": lines(head, *rows)}).kpi()
    fields = bench.inspected("US/business.csv")

    assert fields["kind"] == "business"
    assert answer.code == 0
    if "Units" in head or "Einheiten" in head or "数量" in head:
        assert answer.sums("cvr", "US") == (70.0, 700.0)


def test_goods_that_the_seller_ships_are_passed_over_quietly(bench: Workbench) -> None:
    head = (
        "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tmfn-listing-exists\t"
        "mfn-fulfillable-quantity\tafn-listing-exists\tafn-warehouse-quantity\t"
        "afn-fulfillable-quantity\tafn-unsellable-quantity\tafn-reserved-quantity\t"
        "afn-total-quantity\tper-unit-volume\tafn-inbound-working-quantity\t"
        "afn-inbound-shipped-quantity\tafn-inbound-receiving-quantity"
    )
    rows = (
        "A\tX1\tB0CHILD0001\tPress\tNew\t20\tNo\t\tYes\t60\t50\t2\t8\t60\t0.1\t0\t0\t0",
        "B\t\tB0CHILD0002\tMug\tNew\t20\tYes\t40\tNo\t\t\t\t\t\t\t\t\t",
    )
    bench.make({"US/stock 2026-11-22.txt": lines(head, *rows)})

    answer = bench.kpi()

    assert answer.files == []
    assert bench.inspected("US/stock 2026-11-22.txt")["rows_refused"] == 0


def test_goods_without_figures_in_a_stock_report_are_passed_over_quietly(bench: Workbench) -> None:
    fbm = "2026-11-22,B,,B0CHILD0002,Mug,New,,,,,,,,,USD,,,,,,,US\n"
    bench.make({"US/inv.csv": inventory(("2026-11-22", "A", 100, 80, 240)) + fbm})

    answer = bench.kpi()

    assert answer.sums("days_of_supply", "US") == (100.0, 80.0)
    assert (answer.code, answer.files) == (0, [])


@pytest.mark.parametrize(
    "hidden",
    [
        "Units Ordered,Total Order Items,Page Views - Total",
        "Ordered Product Sales,Units Ordered,Total Order Items,Page Views - Total",
        "Ordered Product Sales,Sessions - Total,Total Order Items,Page Views - Total",
    ],
)
def test_a_business_report_of_few_columns_is_read_for_what_it_has(
    bench: Workbench, hidden: str
) -> None:
    rows = [line.split(",") for line in business().splitlines()]
    kept = [at for at, name in enumerate(rows[0]) if name not in hidden.split(",")]
    text = lines(*(",".join(row[at] for at in kept) for row in rows))
    bench.make({"US/business.csv": text})

    assert bench.inspected("US/business.csv")["kind"] == "business"


def test_a_missing_report_is_never_a_zero(bench: Workbench) -> None:
    bench.make({"US/business.csv": business()}, data=wants("returns"))

    rate = bench.kpi().series("return_rate", "US")

    assert rate == {} or (rate["value"], rate["status"]) == (None, "missing")
