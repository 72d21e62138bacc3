"""Disagreements between reports, in words: the value of each, and how each counts."""

from collections.abc import Mapping

from facilitator.domain.errors import N_, Message, message
from facilitator.domain.kpis.facts import Disagreement, SourceTotal
from facilitator.domain.kpis.measures import MEASURE_LABELS

COUNTING_METHODS: Mapping[str, str] = {
    "search-term": N_(
        "The Search Term Report lists only search terms that had a click, and not all of those."
    ),
    "targeting": N_("The Targeting Report counts every keyword and product that ads aim at."),
    "advertised-product": N_(
        "The Advertised Product Report counts every product that was advertised."
    ),
    "placement": N_("The Placement Report counts every campaign by where its ads stood."),
    "campaign": N_("The Campaign Report counts all that the campaigns spent and sold."),
    "erp-search-term": N_(
        "The ERP's search terms are those that Amazon listed on the day it fetched them."
    ),
    "erp-campaign": N_(
        "The ERP counts what Amazon told it on the day it fetched the ads, "
        "and does not see what was credited later."
    ),
    "business": N_("The Business Report by date counts all orders of the shop, day by day."),
    "business-parent": N_("The Business Report by parent counts the orders of listed products."),
    "business-child": N_("The Business Report by child counts the orders of listed products."),
    "all-orders": N_("All Orders lists every order by its day; cancelled ones are left out here."),
    "erp-products": N_("The ERP counts what it fetched from Amazon, by its own definitions."),
    "sellerboard": N_("SellerBoard counts what it fetched from Amazon, by its own definitions."),
    "settlement": N_("The settlement counts what was paid out, on the day that it was posted."),
    "fee-preview": N_("The Fee Preview counts what Amazon expects to charge for today's stock."),
    "inventory-health": N_("Inventory Health counts the stock of a day, as it stood that morning."),
    "unsuppressed-inventory": N_("Manage FBA Inventory counts the stock when it was downloaded."),
}
"""How a report of each type counts; other types have no explanation."""


def describe_disagreement(disagreement: Disagreement) -> Message:
    """Return a message with the amounts of both reports and how each counts."""
    believed, other = disagreement.believed, disagreement.other
    return message(
        N_(
            "{measure} in {marketplace}, {first} – {last}: "
            "{believed} says {believed_amount}, {other} says {other_amount}. {why}"
        ),
        measure=_measure(disagreement),
        marketplace=disagreement.marketplace,
        first=disagreement.first_day.isoformat(),
        last=disagreement.last_day.isoformat(),
        believed=_files(believed),
        believed_amount=_amount(disagreement, believed),
        other=_files(other),
        other_amount=_amount(disagreement, other),
        why=_why(disagreement),
    )


def _measure(disagreement: Disagreement) -> Message:
    measure = message(MEASURE_LABELS.get(disagreement.measure, disagreement.measure))
    if not disagreement.product:
        return measure
    return message(N_("{measure} of {product}"), measure=measure, product=disagreement.product)


def _why(disagreement: Disagreement) -> Message:
    other = COUNTING_METHODS.get(disagreement.other.kind)
    used = COUNTING_METHODS.get(disagreement.believed.kind)
    if disagreement.is_expected and other:
        return message(
            N_("{way} So it adds up to less by its nature; nothing is wrong."), way=message(other)
        )
    methods = tuple(message(method) for method in (used, other) if method)
    if len(methods) == 2:
        return message(
            N_("{first} {second} The first is believed."), first=methods[0], second=methods[1]
        )
    return message(N_("{file} is believed."), file=_files(disagreement.believed))


def _files(total: SourceTotal) -> Message | str:
    if len(total.files) == 1:
        return total.files[0]
    return message(N_("{file} and {count} more"), file=total.files[0], count=len(total.files) - 1)


def _amount(disagreement: Disagreement, total: SourceTotal) -> str:
    if disagreement.currency:
        return f"{total.amount:,.2f} {disagreement.currency}"
    return f"{total.amount:,.0f}"
