"""Generate a heavy week: the agenda and the reports of five shops, six files a shop.

At full length 200 MB: search terms, advertised products (for two shops as workbooks), orders,
returns, the stock of thousands of products, and a business report by date. All of it is made up.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from random import Random

from tests.bench.report_generator import DAYS, write_report

NAME = "heavy"
"""The agenda's."""
USED = {
    "search-term": (
        "Date", "Currency", "Impressions", "Clicks", "Spend", "7 Day Total Sales ",
        "7 Day Total Orders (#)", "7 Day Total Units (#)",
    ),
    "advertised-product": (
        "Date", "Currency", "Advertised SKU", "Advertised ASIN", "Impressions", "Clicks", "Spend",
        "7 Day Total Sales ", "7 Day Total Orders (#)", "7 Day Total Units (#)",
    ),
    "orders": (
        "amazon-order-id", "purchase-date", "order-status", "sales-channel", "sku", "asin",
        "quantity", "currency", "item-price",
    ),
    "returns": ("return-date", "order-id", "sku", "quantity", "license-plate-number"),
    "inventory": (
        "snapshot-date", "sku", "available", "inv-age-0-to-90-days", "inv-age-91-to-180-days",
        "inv-age-181-to-270-days", "inv-age-271-to-365-days", "inv-age-366-to-455-days",
        "inv-age-456-plus-days", "units-shipped-t30", "Total Reserved Quantity", "marketplace",
    ),
    "business": (
        "Date", "Ordered Product Sales", "Units Ordered", "Total Order Items",
        "Page Views - Total", "Sessions - Total",
    ),
}  # fmt: skip
"""The columns that the figures need, by the beginning of a file's name."""

_SHOPS = {
    "US": ("USD", "$", "Amazon.com"),
    "UK": ("GBP", "£", "Amazon.co.uk"),
    "DE": ("EUR", "€", "Amazon.de"),
    "FR": ("EUR", "€", "Amazon.fr"),
    "CA": ("CAD", "$", "Amazon.ca"),
}
_WITH_WORKBOOKS = ("UK", "FR")
_KPIS = ("acos", "tacos", "cvr", "return_rate", "days_of_supply", "aged_share", "order_growth")
_AGENDA = """\
title = "Heavy week"
series = "heavy"
starts = 2026-11-23T10:00:00
timezone = "America/Los_Angeles"
minutes = 60
language = "en"
currency = "USD"

[[people]]
id = "ann"
name = "Ann"
role = "owner"
department = "management"
hourly_rate = 80
duties = ["decider", "facilitator", "recorder", "timekeeper"]

[[items]]
id = "kpis"
title = "KPIs"
kind = "kpi_review"
minutes = 50
lead = "ann"

[[items]]
id = "buffer"
title = "Buffer"
kind = "buffer"
minutes = 10
lead = "ann"
may_cut = true

[data]
folder = "data"
week_ends_on = "sunday"
history_weeks = 13
"""
_ADVERTISED = (
    "Date", "Portfolio name", "Currency", "Campaign Name", "Ad Group Name", "Advertised SKU",
    "Advertised ASIN", "Impressions", "Clicks", "Click-Thru Rate (CTR)", "Cost Per Click (CPC)",
    "Spend", "7 Day Total Sales ", "7 Day Total Orders (#)", "7 Day Total Units (#)",
)  # fmt: skip
_ORDERS = (
    "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\t"
    "fulfillment-channel\tsales-channel\torder-channel\tship-service-level\tproduct-name\tsku\t"
    "asin\titem-status\tquantity\tcurrency\titem-price\titem-tax\tship-city\tship-state\t"
    "ship-postal-code\tship-country\tpromotion-ids\tis-business-order"
)
_RETURNS = (
    "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\t"
    "detailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments"
)
_INVENTORY = (
    "snapshot-date,sku,fnsku,asin,product-name,condition,available,pending-removal-quantity,"
    "inv-age-0-to-90-days,inv-age-91-to-180-days,inv-age-181-to-270-days,inv-age-271-to-365-days,"
    "inv-age-366-to-455-days,inv-age-456-plus-days,currency,units-shipped-t7,units-shipped-t30,"
    "units-shipped-t60,units-shipped-t90,Total Reserved Quantity,unfulfillable-quantity,marketplace"
)
_BUSINESS = (
    "Date,Ordered Product Sales,Units Ordered,Total Order Items,Page Views - Total,"
    "Sessions - Total,Featured Offer (Buy Box) Percentage,Unit Session Percentage"
)


def write_heavy_week(folder: Path, rows: int, last_day: date) -> Path:
    """Write a workspace whose reports have some `rows` rows in all; return its data folder."""
    data = folder / "agendas" / NAME / "data"
    for shop in _SHOPS:
        (data / shop).mkdir(parents=True)
        _write_shop(data / shop, shop, rows // len(_SHOPS), last_day)
    listed = ", ".join(f'"{shop}"' for shop in _SHOPS)
    kpis = "".join(f'\n[[kpis]]\nid = "{kpi}"\nowner = "ann"\n' for kpi in _KPIS)
    agenda = f"{_AGENDA}marketplaces = [{listed}]\n{kpis}"
    (data.parent / "agenda.toml").write_text(agenda, encoding="utf-8")
    return data


def _write_shop(folder: Path, shop: str, rows: int, last_day: date) -> None:
    chance = Random(f"heavy week {shop}")
    currency, sign, channel = _SHOPS[shop]
    days = [last_day - timedelta(days=back) for back in reversed(range(DAYS))]
    until = last_day.isoformat()
    terms = folder / f"search-term-{until}.csv"
    write_report(terms, rows * 4 // 5, last_day, currency, sign, seed=list(_SHOPS).index(shop))
    products = folder / f"advertised-product-{until}"
    if shop in _WITH_WORKBOOKS:
        _write_workbook(products.with_suffix(".xlsx"), _advertised(rows // 10, days, currency))
    else:
        lines = (_typed_text(row, sign) for row in _advertised(rows // 5, days, currency))
        _write(products.with_suffix(".csv"), ",".join(_ADVERTISED), lines)
    orders = _orders(chance, rows // 5, days, currency, channel)
    _write(folder / f"orders-{until}.txt", _ORDERS, orders)
    _write(folder / f"returns-{until}.txt", _RETURNS, _returns(chance, rows // 50 + 1, days))
    stock = _inventory(chance, rows // 50 + 1, last_day, currency, shop)
    _write(folder / f"inventory-{until}.csv", _INVENTORY, stock)
    _write(folder / f"business-{until}.csv", _BUSINESS, _business(chance, days, sign))


def _write(file: Path, header: str, lines: Iterator[str]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        text.write(header + "\n")
        text.writelines(f"{line}\n" for line in lines)


def _write_workbook(file: Path, rows: Iterator[tuple[object, ...]]) -> None:
    book = import_module("openpyxl").Workbook(write_only=True)
    sheet = book.create_sheet("Sponsored Product Advertised Pr")
    sheet.append(_ADVERTISED)
    for row in rows:
        sheet.append(row)
    book.save(file)


def _typed_text(row: tuple[object, ...], sign: str) -> str:
    """Return a row as a csv has it: its floats are money."""
    return ",".join(f"{sign}{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in row)


def _advertised(rows: int, days: list[date], currency: str) -> Iterator[tuple[object, ...]]:
    """Each product once in a campaign and on a day."""
    chance = Random(f"advertised {currency} {rows}")
    for at in range(rows):
        day, product = days[at * DAYS // rows], at % 997
        clicks = int(chance.expovariate(0.12)) + 1
        orders = int(clicks * chance.random() * 0.2)
        spend, sales = clicks * (40 + at % 120), orders * (1499 + product)
        yield (
            day, "Not grouped", currency, f"SP Campaign {at % 40}", f"Ad group {at}",
            f"SKU-{product:04}", f"B0{product:08}", clicks * 180, clicks, f"{1 / 180:.4%}",
            spend / clicks / 100, spend / 100, sales / 100, orders, orders,
        )  # fmt: skip


def _orders(
    chance: Random, rows: int, days: list[date], currency: str, channel: str
) -> Iterator[str]:
    for at in range(rows):
        moment = f"{days[at * DAYS // rows]}T{8 + at % 14:02}:{at % 60:02}:00+00:00"
        product = int(chance.random() * 997)
        yield (
            f"{100 + at % 9}-{at:07}-{int(chance.random() * 1e7):07}\t\t{moment}\t{moment}\t"
            f"Shipped\tAmazon\t{channel}\t\tExpedited\t"
            f"Quillpan Garlic Press, Stainless Steel, Model {product}\t"
            f"SKU-{product:04}\tB0{product:08}\tShipped\t{1 + at % 40 // 39}\t{currency}\t"
            f"{14.99 + product:.2f}\t{1.1:.2f}\tSPRINGFIELD\tOR\t00000\tUS\t\tfalse"
        )


def _returns(chance: Random, rows: int, days: list[date]) -> Iterator[str]:
    for at in range(rows):
        product = int(chance.random() * 997)
        yield (
            f"{days[at * DAYS // rows]}T12:{at % 60:02}:00+00:00\t{100 + at % 9}-{at:07}-0000001\t"
            f"SKU-{product:04}\tB0{product:08}\tX{product:09}\tQuillpan Garlic Press {product}\t1\t"
            f"ABE8\tSELLABLE\tUNWANTED_ITEM\tUnit returned to inventory\tLPN{at:010}\t"
        )


def _inventory(chance: Random, rows: int, day: date, currency: str, shop: str) -> Iterator[str]:
    for at in range(rows):
        stock, sold = int(chance.random() * 400), int(chance.random() * 200)
        yield (
            f'"{day}","SKU-{at:05}","X{at:09}","B0{at:08}","Quillpan Garlic Press, {at}","New",'
            f'"{stock}","0","{stock}","0","0","0","0","0","{currency}","{sold // 4}","{sold}",'
            f'"{sold * 2}","{sold * 3}","0","0","{shop}"'
        )


def _business(chance: Random, days: list[date], sign: str) -> Iterator[str]:
    for day in days:
        sessions = 20_000 + int(chance.random() * 5_000)
        units = sessions // 9
        yield (
            f'{day},"{sign}{units * 25:,}.00","{units:,}","{units:,}","{sessions * 13 // 10:,}",'
            f'"{sessions:,}",95.00%,{units / sessions:.2%}'
        )
