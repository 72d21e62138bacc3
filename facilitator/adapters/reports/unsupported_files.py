"""Files that are recognised but not read, and what to download instead."""

from msgspec import Struct

from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.report_types import ReportType
from facilitator.adapters.reports.sniff import Layout
from facilitator.domain.errors import N_, Message, message
from facilitator.render.report_names import report_title


class UnsupportedFile(Struct, frozen=True, kw_only=True):
    """A file that is not read, with the reason."""

    said: Message
    hint: Message | None = None


def check_supported(layout: Layout) -> HeaderMatch | UnsupportedFile:
    """Return the header match of a file that can be read, or why it cannot."""
    match = layout.match
    if layout.is_bulk:
        return _BULK
    if match is None or not match.is_complete:
        return _only_hidden(layout) or UnsupportedFile(said=_unknown(match), hint=INSPECT_HINT)
    return _refusal(match.kind) if match.kind.refused else match


_BULK = UnsupportedFile(
    said=message(
        N_("This is a bulk operations sheet, which does not say what happened on which day.")
    ),
    hint=message(
        N_(
            "Download the Search Term Report or the Campaign Report with the time unit Daily "
            "instead: advertising console › Measurement & Reporting › Sponsored ads reports › "
            "Create report."
        )
    ),
)
INSPECT_HINT = message(
    N_("“facilitator inspect FILE” shows the lines for reports.toml that would make it known.")
)

REASONS = {
    "monthly": N_("This is “{title}”, whose columns are months. They cannot be split into weeks."),
    "superseded": N_("This is “{title}”, an old format that is no longer read."),
    "campaign-life": N_(
        "This is “{title}”. Its dates say when a campaign begins and ends, not on which day the "
        "money was spent."
    ),
    "transactions": N_("This is “{title}”, which names its fees differently in every language."),
    "stock-movements": N_("This is “{title}”, which lists movements of stock."),
    "removals": N_("This is “{title}”: stock that you had removed, not what customers returned."),
    "recommendations": N_("This is “{title}”, which recommends what to send to Amazon."),
    "estimates": N_("This is “{title}”: estimates of other sellers' products, not your sales."),
    "shipments": N_("This is “{title}”, which counts an order when it is shipped."),
    "reimbursements": N_("This is “{title}”. Its amounts are part of the settlements too."),
    "listings": N_("This is “{title}”, which holds no weekly figures."),
    "monthly-fees": N_("This is “{title}”, whose fees are for whole months."),
    "without-spend": N_("This is “{title}”, which does not say what the ads cost."),
    "all-shoppers": N_("This is “{title}”: what all shoppers search for, not your figures."),
}
"""Why a kind is not read, by the `refused` of its TOML."""

INSTEAD = {
    "campaign-report": N_(
        "Download the Campaign report with the time unit Daily instead: advertising console › "
        "Measurement & Reporting › Sponsored ads reports › Create report."
    ),
    "settlement": N_(
        "Download the settlements as “Flat File V2” instead: Seller Central › Payments › All "
        "Statements."
    ),
    "inventory-health": N_(
        "Download “Manage Inventory Health” instead: Seller Central › Reports › Fulfillment by "
        "Amazon › Inventory."
    ),
    "returns": N_(
        "Download “FBA customer returns” instead: Seller Central › Reports › Fulfillment by Amazon "
        "› Customer Concessions."
    ),
    "business": N_(
        "Download the Business Report by date instead: Seller Central › Reports › Business Reports."
    ),
    "all-orders": N_(
        "Download “All Orders” instead: Seller Central › Reports › Fulfillment by Amazon › Sales."
    ),
    "search-query-performance": N_(
        "Download the “Search Query Performance” report of one week instead: Seller Central › "
        "Brands › Brand Analytics › Search Analytics."
    ),
    "sellerboard": N_("Export the daily dashboard instead."),
}
"""What to download instead, by the `instead` of its TOML."""


def _refusal(kind: ReportType) -> UnsupportedFile:
    return UnsupportedFile(
        said=message(REASONS[kind.refused], title=report_title(kind.id, kind.title)),
        hint=message(INSTEAD[kind.instead]) if kind.instead else None,
    )


def _only_hidden(layout: Layout) -> UnsupportedFile | None:
    """Return what to say of a workbook whose reports are all hidden."""
    if not layout.hidden:
        return None
    sheets = ", ".join(printable(name) for name in layout.hidden)
    return UnsupportedFile(
        said=message(N_("The report is on a hidden sheet: {sheets}."), sheets=sheets),
        hint=message(N_("Unhide the sheet and save the workbook if it is to count.")),
    )


def _unknown(match: HeaderMatch | None) -> Message:
    if match is None:
        return message(N_("This is not a known report. None of its columns is known."))
    if match.lacking:
        usual = (match.kind.columns[name][0] for name in match.missed)
        return message(
            N_(
                "This is not a known report. The closest is “{title}”, but these columns are "
                "missing: {columns}."
            ),
            title=report_title(match.kind.id, match.kind.title),
            columns=", ".join(dict.fromkeys([*match.lacking, *usual])),
        )
    return message(
        N_(
            "This is not a known report. The closest is “{title}”, but that does not have these "
            "columns: {columns}."
        ),
        title=report_title(match.kind.id, match.kind.title),
        columns=printable(", ".join(match.excess)),
    )
