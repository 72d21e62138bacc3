"""Make files that cost much to read, or that end the process that reads them."""

import io
import zipfile
from importlib import import_module
from pathlib import Path

HEADER = "date,campaignName,searchTerm,impressions,clicks,cost,sales7d,campaignBudgetCurrencyCode\n"
ROW = "2026-11-16,c,term,100,5,5.50,20.00,USD\n"
ORDERS = (
    "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tasin\titem-status\t"
    "quantity\tcurrency\titem-price\n"
)


def order(moment: str, shop: str = "Amazon.com") -> str:
    """Return a line of an order list."""
    return f"1\t{moment}\tShipped\t{shop}\ts\tB000000001\tShipped\t1\tUSD\t5\n"


def workbook(sheets: int = 1) -> bytes:
    """Return a workbook with the same report in each sheet."""
    book = import_module("openpyxl").Workbook()
    book.remove(book.active)
    for number in range(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        sheet.append(HEADER.strip().split(","))
        sheet.append(["2026-11-16", "c", "term", 100, 5, 5.5, 20, "USD"])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def repacked(part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with some bytes of a part replaced."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as before,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old, new, 1) if name == part else content)
    return kept.getvalue()


def with_far_cell(row: str, cell: str) -> bytes:
    """Return a workbook with one more cell, with the attributes of its row and its own."""
    far = f"<row {row}><c {cell}><v>1</v></c></row></sheetData>".encode()
    return repacked("xl/worksheets/sheet1.xml", b"</sheetData>", far)


def packed_otherwise(method: int) -> bytes:
    """Return a workbook that is packed in another way than workbooks are."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as before,
        zipfile.ZipFile(kept, "w", method) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name))
    return kept.getvalue()


def of_many_parts() -> bytes:
    """Return a workbook with 20,000 empty parts beside its own."""
    kept = io.BytesIO(workbook())
    with zipfile.ZipFile(kept, "a") as package:
        for number in range(20_000):
            package.writestr(f"parts/{number}", b"")
    return kept.getvalue()


def sparse(path: Path, size: int) -> None:
    """Write a file that is large, and takes no place on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
