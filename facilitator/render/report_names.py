"""Names of the report types."""

from facilitator.domain.errors import N_, Message, message
from facilitator.domain.kpis.facts import Source
from facilitator.render.language import Language

REPORT_NAMES = {
    "search-term": N_("Search Term Report"),
    "advertised-product": N_("Advertised Product Report"),
    "targeting": N_("Targeting Report"),
    "placement": N_("Placement Report"),
    "campaign": N_("Campaign Report"),
    "erp-search-term": N_("ERP: ads by search term"),
    "erp-campaign": N_("ERP: ads by campaign"),
    "business": N_("Business Report"),
    "business-parent": N_("Business Report by parent item"),
    "business-child": N_("Business Report by child item"),
    "all-orders": N_("All Orders"),
    "inventory-health": N_("Inventory Health"),
    "unsuppressed-inventory": N_("Manage FBA Inventory"),
    "stranded-inventory": N_("Stranded Inventory"),
    "returns": N_("Customer Returns"),
    "seller-returns": N_("Returns to the seller"),
    "seller-feedback": N_("Seller Feedback"),
    "customer-feedback": N_("Customer feedback"),
    "settlement": N_("Settlement"),
    "fee-preview": N_("Fee Preview"),
    "search-query-performance": N_("Search Query Performance"),
    "cerebro": N_("Helium 10 Cerebro"),
    "sellerboard": N_("SellerBoard"),
    "erp-products": N_("ERP: product performance"),
    "kpi-values": N_("KPI values kept by hand"),
    "campaign-manager": N_("Campaign manager"),
    "date-range-transactions": N_("Date Range Report (transactions)"),
    "inventory-ledger": N_("Inventory Ledger (summary)"),
    "inventory-ledger-detail": N_("Inventory Ledger (detail)"),
    "purchased-product": N_("Purchased Product Report"),
    "removal-orders": N_("Removal Order Detail"),
    "removal-shipments": N_("Removal Shipment Detail"),
    "restock-inventory": N_("Restock Inventory"),
    "top-search-terms": N_("Brand Analytics: Top Search Terms"),
    "helium-10-products": N_("Helium 10 Black Box or Xray"),
    "amazon-fulfilled-shipments": N_("Amazon Fulfilled Shipments"),
    "reimbursements": N_("FBA Reimbursements"),
    "listings": N_("Active or All Listings Report"),
    "storage-fees": N_("Monthly Storage Fees"),
    "settlement-v1": N_("Settlement (old flat file)"),
    "sellerboard-profit-and-loss": N_("SellerBoard Profit & Loss"),
}
"""The names by report type; a custom report has its own title."""


def report_title(kind: str, title: str) -> Message:
    """Return the name of a report type, or `title` where it is a custom one."""
    name = REPORT_NAMES.get(kind)
    return message(name) if name else message("{name}", name=title)


def report_name(source: Source, language: Language) -> str:
    """Return the name of the report type of a source."""
    return language.gettext(REPORT_NAMES.get(source.kind, source.title or source.kind))
