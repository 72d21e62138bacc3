"""Disagreements between reports, in words: the value of each, and how each counts."""

from collections.abc import Mapping, Sequence

from facilitator.domain.errors import N_, Message, message
from facilitator.domain.kpis.facts import Disagreement, SourceTotal
from facilitator.domain.kpis.measures import MEASURE_LABELS

COUNTING_METHODS: Mapping[str, str] = {
    "search-term": N_(
        "The Search Term Report lists only search terms that had a click, and not all of those."
    ),
    "targeting": N_("The Targeting Report counts every keyword and product that the ads target."),
    "advertised-product": N_(
        "The Advertised Product Report counts every product that was advertised."
    ),
    "placement": N_("The Placement Report counts every campaign by the placement of its ads."),
    "campaign": N_("The Campaign Report counts everything that the campaigns spent and sold."),
    "erp-search-term": N_(
        "The ERP lists the search terms that Amazon showed on the day the data was fetched."
    ),
    "erp-campaign": N_(
        "The ERP counts what Amazon reported on the day the data was fetched. It does not include "
        "sales that were attributed later."
    ),
    "business": N_("The Business Report by date counts all orders of the marketplace, day by day."),
    "business-parent": N_("The Business Report by parent counts the orders of listed products."),
    "business-child": N_("The Business Report by child counts the orders of listed products."),
    "all-orders": N_("All Orders lists every order by day. Cancelled orders are not counted here."),
    "erp-products": N_("The ERP counts data fetched from Amazon by its own definitions."),
    "sellerboard": N_("SellerBoard counts data fetched from Amazon by its own definitions."),
    "settlement": N_("The settlement counts what was paid out, on the day it was posted."),
    "fee-preview": N_("The Fee Preview counts what Amazon expects to charge for today's stock."),
    "inventory-health": N_("Inventory Health counts the stock on the morning of the day."),
    "unsuppressed-inventory": N_(
        "Manage FBA Inventory counts the stock at the time of the download."
    ),
}
"""How a report of each type counts; other types have no explanation."""


WEEKS_TOLD = 4
"""The most weeks that are told one by one, the latest ones."""


def describe_disagreement(disagreement: Disagreement) -> Message:
    """Return a message with the amounts of both reports and how each counts.

    Week by week, where the sums of several weeks would hide that one says more, then the other.
    """
    believed, other = disagreement.believed, disagreement.other
    if disagreement.is_netted:
        text = N_(
            "{measure} in {marketplace}, {first} – {last}, week by week: "
            "{believed} says {believed_amount}, {other} says {other_amount}. {why}"
        )
    else:
        text = N_(
            "{measure} in {marketplace}, {first} – {last}: "
            "{believed} says {believed_amount}, {other} says {other_amount}. {why}"
        )
    weeks = disagreement.weeks[-WEEKS_TOLD:] if disagreement.is_netted else ()
    return message(
        text,
        measure=_measure(disagreement),
        marketplace=disagreement.marketplace,
        first=(weeks[0] if weeks else disagreement).first_day.isoformat(),
        last=disagreement.last_day.isoformat(),
        believed=_files(believed),
        believed_amount=_amounts(disagreement, [each.believed for each in weeks], believed),
        other=_files(other),
        other_amount=_amounts(disagreement, [each.other for each in weeks], other),
        why=_why(disagreement),
    )


def _amounts(
    disagreement: Disagreement, weeks: Sequence[float], total: SourceTotal
) -> Message | str:
    """Return the amount of each week, or the total without any."""
    amounts = [_amount(disagreement, each) for each in weeks or (total.amount,)]
    found: Message | str = amounts[0]
    for each in amounts[1:]:
        found = message(N_("{one}, {more}"), one=found, more=each)
    return found


def _measure(disagreement: Disagreement) -> Message:
    measure = message(MEASURE_LABELS.get(disagreement.measure, disagreement.measure))
    if not disagreement.product:
        return measure
    return message(N_("{measure} of {product}"), measure=measure, product=disagreement.product)


def _why(disagreement: Disagreement) -> Message:
    if disagreement.believed.kind == disagreement.other.kind:
        return message(
            N_("{file} is used, as it tells the days one by one."),
            file=_files(disagreement.believed),
        )
    other = COUNTING_METHODS.get(disagreement.other.kind)
    used = COUNTING_METHODS.get(disagreement.believed.kind)
    if disagreement.is_expected and other:
        return message(N_("{way} A smaller sum is therefore normal."), way=message(other))
    methods = tuple(message(method) for method in (used, other) if method)
    if len(methods) == 2:
        return message(
            N_("{first} {second} The first one is used."), first=methods[0], second=methods[1]
        )
    return message(N_("{file} is used."), file=_files(disagreement.believed))


def _files(total: SourceTotal) -> Message | str:
    if len(total.files) == 1:
        return total.files[0]
    return message(N_("{file} and {count} more"), file=total.files[0], count=len(total.files) - 1)


def _amount(disagreement: Disagreement, amount: float) -> str:
    return f"{amount:,.2f} {disagreement.currency}" if disagreement.currency else f"{amount:,.0f}"
