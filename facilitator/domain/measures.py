"""What people call the measures. A new measure is a line here."""

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
    "bsr_top10_share": N_("top-10 % rank share"),
    "keyword_coverage": N_("keyword coverage"),
    "fba_fee_share": N_("FBA fee share"),
}
"""What people call a measure."""
