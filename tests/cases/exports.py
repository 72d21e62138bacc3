"""Exports as Amazon writes them, with figures that are easy to add up."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO

from tests.cases.workbench import DAYS

SEARCH_TERM = (
    "Date,Portfolio name,Currency,Campaign Name,Ad Group Name,Targeting,Match Type,"
    "Customer Search Term,Impressions,Clicks,Click-Thru Rate (CTR),Cost Per Click (CPC),Spend,"
    "7 Day Total Sales ,Total Advertising Cost of Sales (ACOS) ,"
    "Total Return on Advertising Spend (ROAS),7 Day Total Orders (#),7 Day Total Units (#),"
    "7 Day Conversion Rate"
)
SUMMARY = (
    "Start Date,End Date,Currency,Campaign Name,Ad Group Name,Targeting,Match Type,"
    "Customer Search Term,Impressions,Clicks,Spend,7 Day Total Sales,7 Day Total Orders (#)"
)
CAMPAIGN = (
    "Date,Portfolio name,Currency,Campaign Name,Campaign Type,Status,Budget,Targeting Type,"
    "Bidding strategy,Impressions,Clicks,Spend,7 Day Total Sales ,7 Day Total Orders (#)"
)
BUSINESS = (
    "Date,Ordered Product Sales,Units Ordered,Total Order Items,Page Views - Total,"
    "Sessions - Total,Featured Offer (Buy Box) Percentage,Unit Session Percentage"
)
CHILD = (
    "Date,(Parent) ASIN,(Child) ASIN,Title,SKU,Sessions - Total,Page Views - Total,"
    "Featured Offer (Buy Box) Percentage,Units Ordered,Ordered Product Sales,Total Order Items"
)
INVENTORY = (
    "snapshot-date,sku,fnsku,asin,product-name,condition,available,pending-removal-quantity,"
    "inv-age-0-to-90-days,inv-age-91-to-180-days,inv-age-181-to-270-days,inv-age-271-to-365-days,"
    "inv-age-366-to-455-days,inv-age-456-plus-days,currency,units-shipped-t7,units-shipped-t30,"
    "units-shipped-t60,units-shipped-t90,Total Reserved Quantity,unfulfillable-quantity,marketplace"
)
ORDERS = (
    "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tsales-channel\tsku\tasin\t"
    "quantity\tcurrency\titem-price"
)
RETURNS = (
    "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\t"
    "detailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments"
)
STRANDED = (
    "primary-action\tdate-stranded\tDate-to-take-auto-removal\tstatus-primary\tstatus-secondary\t"
    "error-message\tstranded-reason\tasin\tsku\tfnsku\tproduct-name\tcondition\tfulfilled-by\t"
    "fulfillable-qty\tyour-price\tunfulfillable-qty\treserved-quantity\tinbound-shipped-qty"
)
STRANDED_ROW = (
    "edit\t2026-10-01\t\tinactive\t\t\tListing closed\tB0CHILD0001\tA\tX1\tPress\tNew\tAmazon\t"
    "12\t20\t0\t0\t0"
)
KPI_VALUES = "week_ending,marketplace,kpi,value"


def lines(*rows: str) -> str:
    """Return rows as the text of a file."""
    return "\n".join(rows) + "\n"


def ads(
    days: Iterable[date | str] = DAYS,
    *,
    campaign: str = "C1",
    group: str = "G1",
    portfolio: str = "Not grouped",
    match: str = "EXACT",
    term: str = "garlic press",
    currency: str = "USD",
    spend: str = "25.00",
    sales: str = "100.00",
    orders: int = 4,
    head: str = SEARCH_TERM,
) -> str:
    """Return a search term report with one row a day: 1,000 impressions and 50 clicks."""
    rows = (
        f"{day},{portfolio},{currency},{campaign},{group},kw,{match},{term},1000,50,,,{spend},"
        f"{sales},,,{orders},{orders},"
        for day in days
    )
    return lines(head, *rows)


def campaigns(
    days: Iterable[date | str] = DAYS,
    *,
    name: str = "C1",
    portfolio: str = "P",
    spend: str = "25.00",
    sales: str = "100.00",
) -> str:
    """Return a campaign report with one row a day."""
    rows = (
        f"{day},{portfolio},USD,{name},Sponsored Products,ENABLED,50,MANUAL,"
        f"Dynamic bids - down only,1000,50,{spend},{sales},4"
        for day in days
    )
    return lines(CAMPAIGN, *rows)


def summary(*rows: Sequence[object], currency: str = "USD") -> str:
    """Return a summary export; a row is first day, last day, term, spend, sales and orders."""
    body = (
        f"{first},{last},{currency},C,G,t,BROAD,{term},1000,50,{spend},{sales},{orders}"
        for first, last, term, spend, sales, orders in rows
    )
    return lines(SUMMARY, *body)


def business(
    days: Iterable[date | str] = DAYS,
    *,
    sales: str = "$100.00",
    units: int = 10,
    items: int = 9,
    views: int = 200,
    sessions: int = 100,
) -> str:
    """Return a Business Report by date with one row a day."""
    rows = (f"{day},{sales},{units},{items},{views},{sessions},95%,10%" for day in days)
    return lines(BUSINESS, *rows)


def child(*rows: Sequence[object]) -> str:
    """Return a Business Report by child; a row is day, parent, child, SKU, sessions and units."""
    body = (
        f"{day},{parent},{asin},Press,{sku},{sessions},{sessions},95%,{units},$100.00,{units}"
        for day, parent, asin, sku, sessions, units in rows
    )
    return lines(CHILD, *body)


def inventory(*rows: tuple[str, str, int, int, int], place: str = "US") -> str:
    """Return a stock report; a row is day, SKU, available, and shipped in 30 and in 90 days."""
    body = (
        f"{day},{sku},X0,B0CHILD000{number % 10},Name,New,{available},0,{available},0,0,0,0,0,"
        f"USD,{shipped // 4},{shipped},{shipped * 2},{quarter},0,0,{place}"
        for number, (day, sku, available, shipped, quarter) in enumerate(rows)
    )
    return lines(INVENTORY, *body)


def orders(*rows: Sequence[object]) -> str:
    """Return an All Orders report; a row is id, day, updated, status, channel and price."""
    body = (
        f"{number}\t{day}T18:00:00+00:00\t{updated}T18:00:00+00:00\t{status}\t{channel}\tS\t"
        f"B000000001\t1\t{'USD' if price else ''}\t{price}"
        for number, day, updated, status, channel, price in rows
    )
    return lines(ORDERS, *body)


def returns(*rows: Sequence[object]) -> str:
    """Return a returns report; a row is day, order, SKU, units, status and license plate."""
    body = (
        f"{day}T10:00:00-08:00\t{order}\t{sku}\tB0CHILD0001\tX1\tPress\t{units}\tPHX3\tSELLABLE\t"
        f"UNWANTED_ITEM\t{status}\t{plate}\t"
        for day, order, sku, units, status, plate in rows
    )
    return lines(RETURNS, *body)


def workbook(
    sheets: Mapping[str, str], *, hidden: Sequence[str] = (), hidden_rows: Sequence[int] = ()
) -> bytes:
    """Return csv texts as the sheets of a workbook."""
    from openpyxl import Workbook

    book = Workbook()
    for title, text in sheets.items():
        sheet = book.create_sheet(title)
        for row in text.splitlines():
            sheet.append([_cell(cell) for cell in row.split(",")])
        for number in hidden_rows:
            sheet.row_dimensions[number].hidden = True
        if title in hidden:
            sheet.sheet_state = "hidden"
    del book["Sheet"]
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text or None
