"""What must not change a figure: the order of rows, columns and files, and how they are split."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.adapters.reports import read_folder
from facilitator.domain.kpis.facts import Marketplace, PreparedData

FIRST = date(2026, 11, 9)
HEAD = (
    "Date", "Currency", "Campaign Name", "Ad Group Name", "Targeting", "Match Type",
    "Customer Search Term", "Impressions", "Clicks", "Spend", "7 Day Total Sales ",
    "7 Day Total Orders (#)", "Country",
)  # fmt: skip
Row = tuple[str, ...]
Figures = dict[tuple[object, ...], float]

_folders = count()


@st.composite
def rows_of_ads(draw: st.DrawFn, least: int = 1) -> list[Row]:
    """Return rows of a search term report; no two rows are about the same term."""
    length = draw(st.integers(least, 7))
    spends = draw(st.lists(st.integers(0, 9999), min_size=length, max_size=length))
    days = draw(st.lists(st.integers(0, 13), min_size=length, max_size=length))
    shops = draw(st.lists(st.sampled_from(["US", "CA"]), min_size=length, max_size=length))
    return [
        (
            str(FIRST + timedelta(days=day)),
            {"US": "USD", "CA": "CAD"}[shop],
            "C",
            "G",
            "kw",
            "EXACT",
            f"term {number}",
            "1000",
            "50",
            f"{spend / 100:.2f}",
            f"{number * 10}.00",
            str(number),
            shop,
        )
        for number, (spend, day, shop) in enumerate(zip(spends, days, shops, strict=True))
    ]


def text_of(rows: Sequence[Row], head: Row = HEAD) -> str:
    return "\n".join(",".join(row) for row in (head, *rows)) + "\n"


def read(tmp_path: Path, files: Mapping[str, str]) -> PreparedData:
    """Write files into a folder of their own and read it."""
    folder = tmp_path / str(next(_folders))
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return read_folder(folder, (Marketplace("US"), Marketplace("CA")))


def figures(data: PreparedData) -> Figures:
    """Return the sum of each measure by window, marketplace and currency."""
    sums: Figures = defaultdict(float)
    for fact in data.facts:
        days = fact.first_day or fact.day, fact.day
        sums[*days, fact.marketplace, fact.measure, fact.currency, fact.product] += fact.amount
    return {key: round(amount, 6) for key, amount in sums.items()}


def totals(data: PreparedData) -> dict[str, float]:
    """Return the sum of each measure."""
    sums: dict[str, float] = defaultdict(float)
    for fact in data.facts:
        sums[fact.measure] += fact.amount
    return {measure: round(amount, 6) for measure, amount in sums.items()}


quick = settings(
    max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@quick
@given(rows=rows_of_ads(), chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(tmp_path: Path, rows: list[Row], chance: Random) -> None:
    mixed = chance.sample(rows, len(rows))

    assert figures(read(tmp_path, {"st.csv": text_of(rows)})) == figures(
        read(tmp_path, {"st.csv": text_of(mixed)})
    )


@quick
@given(rows=rows_of_ads(), order=st.permutations(range(len(HEAD))))
def test_the_order_of_columns_changes_nothing(
    tmp_path: Path, rows: list[Row], order: list[int]
) -> None:
    mixed = [tuple(row[place] for place in order) for row in rows]
    head = tuple(HEAD[place] for place in order)

    assert figures(read(tmp_path, {"st.csv": text_of(rows)})) == figures(
        read(tmp_path, {"st.csv": text_of(mixed, head)})
    )


@quick
@given(rows=rows_of_ads(2), places=st.lists(st.integers(0, 2), min_size=7, max_size=7))
def test_how_rows_are_split_into_files_changes_nothing(
    tmp_path: Path, rows: list[Row], places: list[int]
) -> None:
    parts: dict[int, list[Row]] = defaultdict(list)
    for row, place in zip(rows, places, strict=False):
        parts[place].append(row)

    whole = read(tmp_path, {"st.csv": text_of(rows)})
    split = read(tmp_path, {f"st part{place}.csv": text_of(part) for place, part in parts.items()})

    assert figures(split) == figures(whole)


@quick
@given(rows=rows_of_ads(2), names=st.permutations(["a.csv", "b.csv", "US/c.csv"]))
def test_the_names_of_files_change_nothing(
    tmp_path: Path, rows: list[Row], names: list[str]
) -> None:
    cut = len(rows) // 2
    files = (rows[:cut], rows[cut:])

    first = read(tmp_path, {"a.csv": text_of(files[0]), "b.csv": text_of(files[1])})
    other = read(tmp_path, {names[0]: text_of(files[0]), names[1]: text_of(files[1])})

    assert figures(other) == figures(first)


@quick
@given(
    rows=rows_of_ads(),
    name=st.sampled_from(["US/st.csv", "US.csv", "st_US_2026.csv", "st US.csv", "st amazon.com.csv",
                          "US/2026/st.csv", "shops/US/st.csv"]),
)  # fmt: skip
def test_a_shop_told_by_folder_by_name_or_by_rows_is_the_same(
    tmp_path: Path, rows: list[Row], name: str
) -> None:
    of_us = [(*row[:1], "USD", *row[2:-1], "US") for row in rows]
    without = [row[:-1] for row in of_us]

    assert figures(read(tmp_path, {name: text_of(without, HEAD[:-1])})) == figures(
        read(tmp_path, {"st.csv": text_of(of_us)})
    )


@pytest.mark.parametrize("length", [1, 999, 20_000])
def test_the_length_of_a_file_changes_no_row(tmp_path: Path, length: int) -> None:
    rows = [
        (str(FIRST + timedelta(days=number % 14)), "USD", "C", "G", "kw", "EXACT", f"t{number}",
         "10", "5", "0.25", "1.00", "1", "US")
        for number in range(length)
    ]  # fmt: skip

    sums = totals(read(tmp_path, {"st.csv": text_of(rows)}))

    assert (sums["ad_spend"], sums["ad_clicks"]) == (length * 0.25, length * 5)


class Kind:
    """A kind of report: a file name with a place for more of it, a header, and its rows."""

    def __init__(self, name: str, head: str, row: Callable[[int, int], str]) -> None:
        self._name = name
        self._head = head
        self._row = row

    def file(self, note: str, rows: Mapping[int, int]) -> dict[str, str]:
        """Return a file by its name; `rows` are amounts by the number of their row."""
        lines = [self._head, *(self._row(number, amount) for number, amount in rows.items())]
        text = "\n".join(lines) + "\n"
        return {self._name.format(note): text}


def _day(number: int) -> date:
    return FIRST + timedelta(days=number % 3)


_ADS = "Currency,Impressions,Clicks,Spend,7 Day Total Sales ,7 Day Total Orders (#)"


def _ads(amount: int) -> str:
    return f"USD,1000,{amount},{amount}.50,{amount * 4},{amount // 9}"


KINDS = {
    "search-term": Kind(
        "US/search{}.csv",
        f"Date,Campaign Name,Ad Group Name,Targeting,Match Type,Customer Search Term,{_ADS}",
        lambda number, amount: f"{_day(number)},C,G,kw,EXACT,t{number},{_ads(amount)}",
    ),
    "targeting": Kind(
        "US/targeting{}.csv",
        f"Date,Campaign Name,Ad Group Name,Targeting,Match Type,{_ADS}",
        lambda number, amount: f"{_day(number)},C,G,kw{number},EXACT,{_ads(amount)}",
    ),
    "campaign": Kind(
        "US/campaign{}.csv",
        f"Date,Campaign Name,Bidding strategy,{_ADS}",
        lambda number, amount: f"{_day(number)},C{number},Fixed,{_ads(amount)}",
    ),
    "placement": Kind(
        "US/placement{}.csv",
        f"Date,Campaign Name,Bidding strategy,Placement,{_ADS}",
        lambda number, amount: f"{_day(number)},C{number},Fixed,Other on-Amazon,{_ads(amount)}",
    ),
    "advertised-product": Kind(
        "US/advertised{}.csv",
        f"Date,Campaign Name,Ad Group Name,Advertised SKU,Advertised ASIN,{_ADS}",
        lambda number, amount: f"{_day(number)},C,G,S{number},B00000000{number},{_ads(amount)}",
    ),
    "summary": Kind(
        "US/summary{}.csv",
        f"Start Date,End Date,Campaign Name,Ad Group Name,Targeting,Customer Search Term,{_ADS}",
        lambda number, amount: f"2026-10-26,{_day(number)},C,G,kw,t{number},{_ads(amount)}",
    ),
    "erp-campaign": Kind(
        "US/erp{} 2026-11-16_2026-11-22.csv",
        "广告活动,曝光量,点击,花费-本币,广告订单,广告销售额-本币",
        lambda number, amount: f"A{number},1000,{amount},{amount}.5,2,{amount * 4}",
    ),
    "business": Kind(
        "US/business{}.csv",
        "Date,Ordered Product Sales,Units Ordered,Total Order Items,Page Views - Total,"
        "Sessions - Total",
        lambda number, amount: (
            f"{FIRST + timedelta(days=number)},{amount * 9}.00,{amount},{amount},{amount * 30},"
            f"{amount * 20}"
        ),
    ),
    "business-child": Kind(
        "US/child{}.csv",
        "Date,(Parent) ASIN,(Child) ASIN,SKU,Ordered Product Sales,Units Ordered,"
        "Total Order Items,Page Views - Total,Sessions - Total",
        lambda number, amount: (
            f"{_day(number)},B0PARENT00,B0CHILD00{number},S,{amount * 9}.00,{amount},{amount},"
            f"{amount * 30},{amount * 20}"
        ),
    ),
    "all-orders": Kind(
        "US/orders{}.txt",
        "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tasin\tquantity\t"
        "currency\titem-price",
        lambda number, amount: (
            f"111-{number}\t{_day(number)}T18:00:00+00:00\tShipped\t"
            f"{'Non-Amazon' if number == 3 else 'Amazon.com'}\tS\tB000000001\t1\t"
            f"{'' if number == 3 else 'USD'}\t{'' if number == 3 else amount}"
        ),
    ),
    "returns": Kind(
        "US/returns{}.txt",
        "return-date\torder-id\tsku\tasin\tquantity\tdetailed-disposition\treason\tstatus\t"
        "license-plate-number",
        lambda number, amount: (
            f"{_day(number)}T10:00:00-08:00\t111-{number}\tS\tB000000001\t{amount}\tSELLABLE\t"
            f"UNWANTED_ITEM\tUnit returned\tLPN{number}"
        ),
    ),
    "seller-feedback": Kind(
        "US/feedback{}.txt",
        "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email",
        lambda number, amount: f"11/{13 + number}/26\t{1 + amount % 5}\tok\t\t302-{number}\tx@y",
    ),
    "inventory-health": Kind(
        "US/stock{}.csv",
        "snapshot-date,sku,asin,available,units-shipped-t7,units-shipped-t30,units-shipped-t90,"
        "Total Reserved Quantity,unfulfillable-quantity,marketplace",
        lambda number, amount: (
            f"{_day(number)},S{number},B000000001,{amount},{amount},{amount * 4},{amount * 9},"
            "0,0,US"
        ),
    ),
    "stranded-inventory": Kind(
        "US/stranded{} 2026-11-15.txt",
        "sku\tasin\tstranded-reason\tfulfillable-qty",
        lambda number, amount: f"S{number}\tB000000001\tListing closed\t{amount}",
    ),
    "settlement": Kind(
        "US/settlement{}.txt",
        "settlement-id\tcurrency\ttransaction-type\torder-id\tmarketplace-name\tamount-type\t"
        "amount-description\tamount\tposted-date\torder-item-code\tsku",
        lambda number, amount: (
            f"1\tUSD\tOrder\t111-{number}\tAmazon.com\tItemPrice\tPrincipal\t{amount}.00\t"
            f"{_day(number)}\tITEM-{number}\tS"
        ),
    ),
    "cerebro": Kind(
        "US/US_AMAZON_cerebro_B00000000{} 2026-11-15.csv",
        "Keyword Phrase,Search Volume,Position (Rank)",
        lambda number, amount: f"word {number},900,{amount}",
    ),
    "sellerboard": Kind(
        "US/sellerboard{}.csv",
        "Date,Marketplace,ASIN,SKU,SalesOrganic,SalesPPC,UnitsOrganic,UnitsPPC",
        lambda number, amount: (
            f"{_day(number)},Amazon.com,B00000000{number},S,{amount}.50,{amount}.25,{amount},1"
        ),
    ),
    "customer-feedback": Kind(
        "US/customer{}.csv",
        "date,asin,rating,reviews_new,negative_new,top_issue",
        lambda number, amount: f"{_day(number)},B00000000{number},4.5,{amount},1,none",
    ),
    "kpi-values": Kind(
        "values{}.csv",
        "week_ending,marketplace,kpi,value",
        lambda number, amount: f"{FIRST + timedelta(days=number)},US,bsr_top10_share,{amount}",
    ),
}

subsets = st.dictionaries(st.integers(0, 5), st.integers(1, 40), min_size=1, max_size=6)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@pytest.mark.parametrize("kind", KINDS)
@given(older=subsets, newer=subsets)
def test_two_files_that_overlap_are_no_more_than_both_and_no_less_than_one(
    tmp_path: Path, kind: str, older: dict[int, int], newer: dict[int, int]
) -> None:
    first, second = KINDS[kind].file("", older), KINDS[kind].file(" (1)", newer)

    alone = totals(read(tmp_path, first)), totals(read(tmp_path, second))
    both = totals(read(tmp_path, first | second))

    for measure in alone[0].keys() | alone[1].keys():
        amounts = [each.get(measure, 0.0) for each in alone]
        assert min(amounts) - 0.01 <= both.get(measure, 0.0) <= sum(amounts) + 0.01, measure


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(pair=st.lists(st.sampled_from(sorted(KINDS)), min_size=2, max_size=2, unique=True),
       one=subsets, other=subsets)  # fmt: skip
def test_two_kinds_of_report_are_no_more_than_both(
    tmp_path: Path, pair: list[str], one: dict[int, int], other: dict[int, int]
) -> None:
    first, second = KINDS[pair[0]].file("", one), KINDS[pair[1]].file("", other)

    alone = totals(read(tmp_path, first)), totals(read(tmp_path, second))
    both = totals(read(tmp_path, first | second))

    for measure, amount in both.items():
        assert amount <= sum(each.get(measure, 0.0) for each in alone) + 0.01, measure


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(rows=subsets, kind=st.sampled_from(sorted(KINDS)))
def test_the_same_rows_in_another_order_are_the_same_file(
    tmp_path: Path, rows: dict[int, int], kind: str
) -> None:
    turned = dict(reversed(rows.items()))
    first, second = KINDS[kind].file("", rows), KINDS[kind].file(" (1)", turned)

    assert totals(read(tmp_path, first | second)) == totals(read(tmp_path, first))
