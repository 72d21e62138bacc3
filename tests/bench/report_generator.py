"""Generate a search term report of any length: terms over 13 weeks of days."""

import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

DAYS = 91
HEADER = (
    "Date,Portfolio name,Currency,Campaign Name,Ad Group Name,Targeting,Match Type,"
    "Customer Search Term,Impressions,Clicks,Click-Thru Rate (CTR),Cost Per Click (CPC),Spend,"
    "7 Day Total Sales ,Total Advertising Cost of Sales (ACOS) ,"
    "Total Return on Advertising Spend (ROAS),7 Day Total Orders (#),7 Day Total Units (#),"
    "7 Day Conversion Rate,7 Day Advertised SKU Units (#),7 Day Other SKU Units (#),"
    "7 Day Advertised SKU Sales ,7 Day Other SKU Sales "
)
USED = (
    "Date", "Currency", "Impressions", "Clicks", "Spend", "7 Day Total Sales ",
    "7 Day Total Orders (#)", "7 Day Total Units (#)",
)  # fmt: skip
"""The columns that the figures need."""

_COUNTS = (8, 9, 16, 17, 19, 20)
_MONEY = (11, 12, 13, 21, 22)
_MATCHES = ("EXACT", "PHRASE", "BROAD", "-")
_PRICES = (1499, 1999, 2199, 2999, 4599)
_BLOCK = 1 << 14


def write_report(
    file: Path, rows: int, last_day: date, currency: str = "USD", sign: str = "$", seed: int = 11
) -> None:
    """Write a report like that of one account, the oldest day first."""
    lines = _lines(rows, last_day, seed)
    with file.open("w", encoding="utf-8", newline="") as text:
        text.write(HEADER + "\n")
        while block := "".join(_some(lines)):
            text.write(block.replace("$", sign).replace(",USD,", f",{currency},"))


def write_workbook(file: Path, rows: int, last_day: date) -> None:
    """Write the same as a workbook, as Amazon does: days, counts and money as typed cells."""
    book = import_module("openpyxl").Workbook(write_only=True)
    sheet = book.create_sheet("Sponsored Product Search Term R")
    sheet.append(next(csv.reader([HEADER])))
    for cells in csv.reader(_lines(rows, last_day, 11)):
        typed: list[object] = list(cells)
        typed[0] = date.fromisoformat(cells[0])
        for place in _COUNTS:
            typed[place] = int(cells[place])
        for place in _MONEY:
            typed[place] = float(cells[place].removeprefix("$"))
        sheet.append(typed)
    book.save(file)


def _lines(rows: int, last_day: date, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    first = last_day - timedelta(days=DAYS - 1)
    return (_line(chance, first + timedelta(days=row * DAYS // rows)) for row in range(rows))


def _some(lines: Iterator[str]) -> Iterator[str]:
    for _, line in zip(range(_BLOCK), lines, strict=False):
        yield line


def _line(chance: random.Random, day: date) -> str:
    clicks = int(chance.expovariate(0.12)) + 1
    impressions = clicks * 170 + int(chance.random() * 300)
    cpc = 40 + int(chance.random() * 120)
    spend = clicks * cpc
    orders = sum(chance.random() < 0.11 for _ in range(min(clicks, 12)))
    sales = orders * _PRICES[int(chance.random() * len(_PRICES))]
    term = int(chance.random() * 20_000)
    acos = f"{spend / sales:.4%}" if sales else ""
    roas = f"{sales / spend:.2f}" if sales else ""
    ctr = clicks / impressions
    return (
        f'{day},Not grouped,USD,SP Campaign {term % 40},Ad group {term % 7},"press {term % 900}",'
        f"{_MATCHES[term % 4]},garlic press {term},{impressions},{clicks},{ctr:.4%},"
        f"${cpc / 100:.2f},${spend / 100:.2f},${sales / 100:.2f},{acos},{roas},{orders},{orders},"
        f"{orders / clicks:.4%},{orders},0,${sales / 100:.2f},$0.00\n"
    )
