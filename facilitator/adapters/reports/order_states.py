"""The states that an order goes through, and orders that have no price yet."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from facilitator.adapters.reports.cells import plain_text
from facilitator.adapters.reports.report_types import MONEY, ReportType, vocabulary
from facilitator.domain.errors import N_, Diagnostic, message, warning

if TYPE_CHECKING:
    import polars as pl

STATUS_COLUMN = "order_status"
_PENDING = "pending"
_PROGRESS = {
    _PENDING: 0,
    "unshipped": 1,
    "partiallyshipped": 2,
    "shipping": 3,
    "shipped": 4,
    "shipped -": 5,  # delivered, returned …
    "cancel": 6,
}
"""How far an order has come when its status begins with these words, the last that fits."""
_UNKNOWN = 1


def state_of(kind: ReportType, held: "pl.Schema") -> "pl.Expr":
    """Return when a row was updated, and how far its order had come."""
    import polars as pl

    updated = pl.col(kind.later_wins) if kind.later_wins in held else pl.lit("")
    progress: pl.Expr = pl.lit(_UNKNOWN)
    if STATUS_COLUMN in held:
        status = _status()
        for word, place in _PROGRESS.items():
            progress = pl.when(status.str.starts_with(word)).then(place).otherwise(progress)
    return pl.struct(
        updated.fill_null("").alias("updated"), progress.cast(pl.Int8).alias("progress")
    )


def _status() -> "pl.Expr":
    import polars as pl

    return pl.col(STATUS_COLUMN).fill_null("").str.to_lowercase()


def has_states(kind: ReportType) -> bool:
    """Return whether its rows are orders, whose state changes from one export to the next."""
    return bool(kind.later_wins) and STATUS_COLUMN in kind.columns


def has_pending(cells: Iterable[str]) -> bool:
    """Return whether one of the states in a report is that of an order without a price yet."""
    known = vocabulary().canonical.get(STATUS_COLUMN, {})
    states = {plain_text(cell).casefold() for cell in cells}
    return any(known.get(each, each).casefold().startswith(_PENDING) for each in states)


def unpriced_orders(file: str, kind: ReportType, rows: "pl.DataFrame") -> Diagnostic | None:
    """Return how many of the orders that count have no price, since they are pending."""
    import polars as pl

    prices = [
        name for name in rows.columns if name in kind.measures and kind.numbers.get(name) == MONEY
    ]
    if not prices or STATUS_COLUMN not in rows.columns:
        return None
    has_price = pl.any_horizontal([pl.col(name).fill_null(0) != 0 for name in prices])
    unpriced = rows.filter(
        _status().str.starts_with(_PENDING)
        & ~has_price
        & (pl.col("marketplace").fill_null("") != "")
    )
    if unpriced.is_empty():
        return None
    count = unpriced["order_id"].n_unique() if "order_id" in rows.columns else len(unpriced)
    return warning(
        file,
        message(
            N_(
                "Pending orders, which have no price yet: {count}. Their units are counted, but "
                "no sales."
            ),
            count=count,
        ),
        message(N_("Download the report again once they are shipped.")),
        rows=len(unpriced),
    )
