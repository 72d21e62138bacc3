"""Rows whose status or amounts change in a newer export still count once."""

from pathlib import Path

import pytest

from facilitator.adapters.reports import read_folder
from facilitator.domain.kpis.facts import PreparedData

ORDERS = (
    "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\t"
    "item-price\n"
)


def written(folder: Path, header: str, **files: tuple[str, ...]) -> PreparedData:
    for name, rows in files.items():
        text = header + "".join(f"{row}\n" for row in rows)
        (folder / f"{name}_US.txt").write_text(text, encoding="utf-8")
    return read_folder(folder)


def order(number: int, status: str, quantity: int, price: str, day: int = 16) -> str:
    moment = f"2026-11-{day}T18:00:00+00:00"
    return f"{number}\t{moment}\t{status}\tAmazon.com\tA\t{quantity}\tUSD\t{price}"


def sums(data: PreparedData) -> dict[str, float]:
    found: dict[str, float] = {}
    for fact in data.facts:
        found[fact.measure] = found.get(fact.measure, 0.0) + fact.amount
    return found


def test_an_order_that_was_pending_is_counted_once_when_it_is_shipped(tmp_path: Path) -> None:
    data = written(
        tmp_path,
        ORDERS,
        a=(order(1, "Pending", 2, ""),),
        b=(order(1, "Shipped", 2, "20.00"), order(2, "Shipped", 1, "9.00", day=17)),
    )

    assert sums(data) == {"units_ordered": 3, "ordered_sales": 29.0, "order_items": 2}


def test_an_order_that_was_cancelled_since_is_not_counted(tmp_path: Path) -> None:
    data = written(
        tmp_path,
        ORDERS,
        a=(order(1, "Pending", 5, "50.00"), order(2, "Pending", 1, "9.00")),
        b=(order(1, "Cancelled", 0, ""), order(2, "Shipped", 1, "9.00")),
    )

    assert sums(data) == {"units_ordered": 1, "ordered_sales": 9.0, "order_items": 1}


@pytest.mark.parametrize(
    ("header", "older", "newer", "measure"),
    [
        (
            "week_ending\tmarketplace\tkpi\tvalue\tnote\n",
            "2026-11-15\tUS\tcoupons\t5\tfirst guess",
            "2026-11-15\tUS\tcoupons\t7\tcorrected",
            "coupons",
        ),
        (
            "date\tasin\trating\treviews_new\tnegative_new\ttop_issue\n",
            "2026-11-15\tB000000001\t4.5\t4\t1\tlid",
            "2026-11-15\tB000000001\t4.5\t7\t1\thandle",
            "reviews_new",
        ),
        (
            "Date\tCampaign Name\tBidding strategy\tClicks\tSpend\t7 Day Total Sales\n",
            "2026-11-15\tA\tFixed bids\t5\t1.00\t9",
            "2026-11-15\tA\tDynamic bids\t7\t1.00\t9",
            "ad_clicks",
        ),
        (
            "Date\tCampaign Name\tCampaign ID\tClicks\tSpend\t7 Day Total Sales\n",
            "2026-11-15\tA\t170574860392093\t5\t1.00\t9",
            "2026-11-15\tA, renamed\t170574860392093\t7\t1.00\t9",
            "ad_clicks",
        ),
    ],
)
def test_the_identity_of_a_row_does_not_depend_on_its_other_cells(
    tmp_path: Path, header: str, older: str, newer: str, measure: str
) -> None:
    data = written(tmp_path, header, a=(older,), b=(newer,))

    assert sums(data)[measure] == 7
