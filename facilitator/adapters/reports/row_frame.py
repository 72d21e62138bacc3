"""The rows of a report one by one, as they are compared with those of another file."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from facilitator.adapters.reports.ad_products import AD_PRODUCT_COLUMN
from facilitator.adapters.reports.locate import FIRST_DAY, LAST_DAY, PLACE, PRODUCT
from facilitator.adapters.reports.open_report import OpenReport
from facilitator.adapters.reports.read import AMOUNT, ROW
from facilitator.adapters.reports.report_types import IDENTIFIER, vocabulary

if TYPE_CHECKING:
    import polars as pl

_FOUND = (PLACE, PRODUCT, FIRST_DAY, LAST_DAY)


def row_frame(report: OpenReport, first: date, last: date) -> "pl.DataFrame":
    """Return the sound rows that touch some days, those that are passed over among them.

    Columns: `row`, `first`, `last`, `marketplace` and `product` (each "" if unknown), the
    report's columns of text as people and consoles may write them alike, and its numbers.
    """
    import polars as pl

    in_time = (pl.col(FIRST_DAY) <= last) & (pl.col(LAST_DAY) >= first)
    groups = report.located.groups.filter(report.located.is_sound & in_time)
    names = [
        name
        for name in sorted(report.table.columns)
        if report.kind.numbers.get(name, IDENTIFIER) == IDENTIFIER
        and name not in ("day", "marketplace")
    ]
    return (
        report.sums.rows_of(groups, _FOUND)
        .select(
            ROW,
            pl.col(FIRST_DAY).alias("first"),
            pl.col(LAST_DAY).alias("last"),
            pl.col(PLACE).fill_null("").alias("marketplace"),
            pl.col(PRODUCT).fill_null("").alias("product"),
            *(
                pl.col(PRODUCT).fill_null("").alias(name)
                if name == AD_PRODUCT_COLUMN
                else normal_text(name)
                for name in names
            ),
            *(pl.col(AMOUNT + name).alias(name) for name in report.sums.numbers.formats),
        )
        .collect(engine="streaming")
    )


def normal_text(name: str) -> "pl.Expr":
    """Return the cells of a column without what people and consoles write in different ways."""
    import polars as pl

    text = (
        pl.col(name)
        .str.normalize("NFKC")
        .str.strip_prefix('="')
        .str.strip_chars(' "\ufeff\t')
        .str.replace_all(r"\s{2,}|[^\S ]", " ")
        .str.to_lowercase()
    )
    values = vocabulary().canonical.get(name)
    return _canonical(text, values).alias(name) if values else text


def _canonical(text: "pl.Expr", values: Mapping[str, str]) -> "pl.Expr":
    """Return what texts are compared by, given that of some texts, and of parts of texts."""
    import polars as pl

    parts: dict[str, list[str]] = {}
    for said, value in values.items():
        if said.startswith("*"):
            parts.setdefault(value, []).append(said.strip("*"))
    whole = {said: value for said, value in values.items() if not said.startswith("*")}
    text = text.replace(list(whole), list(whole.values())) if whole else text
    found = (
        pl.when(text.str.contains_any(several)).then(pl.lit(value))
        for value, several in parts.items()
    )
    return pl.coalesce(*found, text) if parts else text
