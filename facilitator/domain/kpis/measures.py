"""Measures: their labels, and which of them are reported for every day."""

from collections.abc import Mapping

from facilitator.domain.errors import N_

MEASURE_LABELS: Mapping[str, str] = {
    "ad_impressions": N_("ad impressions"),
    "ad_clicks": N_("ad clicks"),
    "ad_spend": N_("ad spend"),
    "ad_sales": N_("ad sales"),
    "ad_orders": N_("ad orders"),
    "ad_units": N_("units sold through ads"),
    "sessions": N_("sessions"),
    "page_views": N_("page views"),
    "units_ordered": N_("units ordered"),
    "ordered_sales": N_("ordered sales"),
    "order_items": N_("order items"),
    "units_refunded": N_("units refunded"),
    "buy_box_views": N_("page views with the Buy Box"),
    "units_available": N_("units available"),
    "units_inbound": N_("units inbound"),
    "units_shipped_t7": N_("units shipped in 7 days"),
    "units_shipped_t30": N_("units shipped in 30 days"),
    "units_shipped_t90": N_("units shipped in 90 days"),
    "units_aged_180": N_("units older than 180 days"),
    "units_aged_all": N_("units with a known age"),
    "units_unfulfillable": N_("unfulfillable units"),
    "units_returned": N_("units returned"),
    "reviews_new": N_("new reviews"),
    "rating_points": N_("stars of the new reviews"),
    "reviews_negative": N_("negative reviews"),
    "units_reserved": N_("units reserved"),
    "units_all": N_("units of stock"),
    "units_stranded": N_("stranded units"),
    "feedback_new": N_("new seller feedback"),
    "feedback_points": N_("stars of the seller feedback"),
    "feedback_negative": N_("negative seller feedback"),
    "fee_sales": N_("sales the fees were charged on"),
    "fba_fees": N_("FBA fees"),
    "referral_fees": N_("referral fees"),
    "storage_fees": N_("storage fees"),
    "vat_paid": N_("VAT paid"),
    "refunds": N_("refunds"),
    "keywords_targeted": N_("target keywords"),
    "keywords_page_one": N_("target keywords on page one"),
    "sqp_volume": N_("searches"),
    "sqp_impressions_total": N_("search impressions of all brands"),
    "sqp_impressions_brand": N_("search impressions of the brand"),
    "sqp_clicks_total": N_("search clicks of all brands"),
    "sqp_clicks_brand": N_("search clicks of the brand"),
    "sqp_purchases_total": N_("search purchases of all brands"),
    "sqp_purchases_brand": N_("search purchases of the brand"),
    "bsr_top10_share": N_("top-10 % rank share"),
    "keyword_coverage": N_("keyword coverage"),
    "fba_fee_share": N_("FBA fee share"),
}
"""The label of each measure."""

DAILY_MEASURES = frozenset(
    {
        "ad_impressions",
        "ad_clicks",
        "ad_spend",
        "ad_sales",
        "ad_orders",
        "ad_units",
        "sessions",
        "page_views",
        "buy_box_views",
        "units_ordered",
        "ordered_sales",
        "order_items",
    }
)
"""Measures whose reports have a row for every day, so that a missing day is a gap."""

WEEKLY_MEASURES = frozenset(each for each in MEASURE_LABELS if each.startswith("sqp_"))
"""Measures of Amazon's own weeks, Sunday to Saturday, the latest of which counts in a KPI week."""
