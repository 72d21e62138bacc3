"""Find the rows of one file that another one has too, on polars frames of hashes.

A row is identified by its days, its marketplace and what it is about: campaign, search term,
product… Its figures may have been restated since, so they are not compared, with two exceptions.
The console writes some rows as two, one with the traffic and one with the sales, and a report may
be cut in two between them: two rows are the same only if they share a figure. And the rows of a
renamed campaign are known by their figures.

Identities are compared as hashes of 64 bits: a report may have a million rows, and their texts
would take more memory than all the rest.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import polars as pl

ROW = "row"
DAYS = ("first", "last")
"""The columns with the first and the last day of a row."""
LONGEST_WINDOW = 7
"""Longer windows than a week belong to no week: they are neither added to days nor replaced by
them."""

PLACE = "place"
PRODUCT = "product"
ABOUT = "about"
"""The hash of what identifies a row, beside its days and its ad product."""
MASK = "mask"
"""Which figures of a row are not blank or zero, as bits."""

_REST, _NAMED, _STATE = "rest", "named", "state"
_EVERY_FIGURE = 0xFFFF_FFFF
_TELLING = 100
"""A figure so large is hardly ever nearly equal by chance, such as the impressions of a row."""
_RESTATED = 0.2
"""Amazon corrects figures after some days, but hardly ever by more than this fraction."""
_SEVERAL = 3
"""So many rows with equal figures are hardly ever equal by chance, though they are not most."""


class Identity(Struct, frozen=True, kw_only=True):
    """By which columns rows of two files are the same."""

    columns: tuple[str, ...]
    renamed: tuple[str, ...] = ()
    """Those of them with names that people change."""
    figures: tuple[str, ...] = ()
    """The columns with numbers, in a fixed order."""
    is_certain: bool = False
    """Whether the columns are ids, so that a row without a figure in common is the same, too."""


class RowKeys(Struct, frozen=True, eq=False):
    """The identities of a file's rows, as hashes."""

    frame: "pl.DataFrame"
    figures: tuple[str, ...]
    """The columns with numbers that are kept to know renamed rows by."""
    has_products: bool
    """Whether every row tells its ad product."""

    def within(self, days: range, places: Sequence[str]) -> "RowKeys":
        """Return the rows of some marketplaces that touch some days, given as ordinals."""
        import polars as pl

        first, last = (pl.lit(date.fromordinal(each)) for each in (days[0], days[-1]))
        is_within = (
            pl.col(DAYS[0]).le(last)
            & pl.col(DAYS[1]).ge(first)
            & pl.col(PLACE).is_in(list(place_hashes(places)))
        )
        return RowKeys(self.frame.filter(is_within), self.figures, self.has_products)

    def of_products(self, other: "RowKeys") -> "RowKeys":
        """Return the rows about ad products of another file, if all rows of both tell them."""
        if not (self.has_products and other.has_products):
            return self
        frame = self.frame.join(other.frame.select(PRODUCT).unique(), on=PRODUCT, how="semi")
        return RowKeys(frame, self.figures, self.has_products)

    def without(self, rows: "pl.DataFrame | None") -> "RowKeys":
        """Return the rows that are not among some row numbers."""
        if rows is None:
            return self
        return RowKeys(self.frame.join(rows, on=ROW, how="anti"), self.figures, self.has_products)


def row_keys(
    rows: "pl.DataFrame | pl.LazyFrame", identity: Identity, state: "pl.Expr | None" = None
) -> RowKeys:
    """Return the identities of rows; `state` is kept beside them to tell which is later."""
    import polars as pl

    held = rows.lazy().collect_schema().names()
    rest = [each for each in identity.columns if each not in identity.renamed]
    figures = tuple(each for each in identity.figures if each in held)
    kept = figures if identity.renamed else ()
    place = pl.col("marketplace").fill_null("")
    product = pl.col(PRODUCT).fill_null("")
    rest_hash = pl.struct(place, *(pl.col(each).fill_null("") for each in rest)).hash()
    named_hash = pl.struct(
        pl.lit(""), *(pl.col(each).fill_null("") for each in identity.renamed)
    ).hash()
    mask = pl.lit(_EVERY_FIGURE) if identity.is_certain else _mask(identity.figures, held)
    frame = (
        rows.lazy()
        .select(
            ROW,
            *DAYS,
            place.hash().alias(PLACE),
            pl.when(product == "").then(0).otherwise(product.hash()).alias(PRODUCT),
            rest_hash.alias(_REST),
            named_hash.alias(_NAMED),
            mask.cast(pl.UInt32).alias(MASK),
            *(pl.col(each).fill_null(0).cast(pl.Float32) for each in kept),
            *([] if state is None else [state.alias(_STATE)]),
        )
        .with_columns(pl.struct(_REST, _NAMED).hash().alias(ABOUT))
        .collect(engine="streaming")
    )
    return RowKeys(frame, kept, bool((frame[PRODUCT] != 0).all()))


def place_hashes(places: Sequence[str]) -> Mapping[int, str]:
    """Return the marketplaces by their hashes in the keys of rows."""
    import polars as pl

    return dict(zip(pl.Series(places, dtype=pl.String).hash().to_list(), places, strict=True))


def _mask(figures: Sequence[str], held: Sequence[str]) -> "pl.Expr":
    """Return the figures of a row that are not blank or zero as bits; all bits if it has none."""
    import polars as pl

    bits: pl.Expr = pl.lit(0, pl.UInt32)
    for place, name in enumerate(figures):
        if name in held:
            has = pl.col(name).fill_null(0) != 0
            bits = bits | pl.when(has).then(pl.lit(1 << place % 32, pl.UInt32)).otherwise(
                pl.lit(0, pl.UInt32)
            )
    return pl.when(bits == 0).then(pl.lit(_EVERY_FIGURE, pl.UInt32)).otherwise(bits)


class Matches(Struct, frozen=True, eq=False):
    """The rows of an older file that a newer one makes superfluous, as frames of row numbers."""

    same: "pl.DataFrame"
    """The newer file has them, too."""
    replaced: "pl.DataFrame"
    """The newer file does not have them, but most other rows of their day."""


def match_rows(newer: RowKeys, older: RowKeys, *, is_counted: bool, replaces_days: bool) -> Matches:
    """Return the rows of the older file that the newer one makes superfluous.

    `is_counted` tells that one row of the newer file stands for one row only, not for the parts
    of a sum. Where most rows of a day are the same, some of them under other names, the newer file
    may replace the whole day: what it no longer has was renamed beyond recognition.
    """
    import polars as pl

    by: tuple[str, ...] = (PRODUCT,) if newer.has_products and older.has_products else ()
    same = _same(newer.frame, older.frame, (ABOUT, *DAYS, *by), is_counted=is_counted)
    figures = [each for each in older.figures if each in newer.figures]
    renamed = same.clear()
    if figures:
        renamed = _renamed(newer.frame, older.frame, (*DAYS, *by), figures, same)
        same = pl.concat([same, renamed])
    if not replaces_days or renamed.is_empty():
        return Matches(same, same.clear())
    day = (*DAYS, PLACE, *by)
    marked = older.frame.select(
        ROW,
        *day,
        pl.col(ROW).is_in(same[ROW].implode()).alias("is_same"),
        pl.col(ROW).is_in(renamed[ROW].implode()).any().over(*day).alias("has_renamed"),
    )
    is_replaced = pl.col("has_renamed") & (pl.col("is_same").mean().over(*day) > 0.5)
    return Matches(same, marked.filter(is_replaced & ~pl.col("is_same")).select(ROW))


def _same(
    newer: "pl.DataFrame", older: "pl.DataFrame", key: Sequence[str], *, is_counted: bool
) -> "pl.DataFrame":
    """Return the rows of the older file with a key that the newer one has, and a common figure."""
    import polars as pl

    one_hash = pl.struct(*key).hash().alias("key")
    left, right = (each.lazy().select(ROW, MASK, one_hash) for each in (older, newer))
    said = right.group_by("key", MASK).agg(pl.len().alias("times"))
    times = (
        left.select("key", MASK)
        .unique()
        .join(said, on="key", suffix="_newer")
        .filter(pl.col(MASK) & pl.col(f"{MASK}_newer") != 0)
        .group_by("key", MASK)
        .agg(pl.col("times").sum())
    )
    found = left.join(times, on=["key", MASK])
    if is_counted:
        before = pl.int_range(pl.len()).over("key", MASK)
        found = found.with_columns(before.alias("before")).filter(
            pl.col("before") < pl.col("times")
        )
    return found.select(ROW).collect()


def _renamed(
    newer: "pl.DataFrame",
    older: "pl.DataFrame",
    by: Sequence[str],
    figures: Sequence[str],
    same: "pl.DataFrame",
) -> "pl.DataFrame":
    """Return the rows of the older file that the newer one has under other names.

    A campaign was renamed if most of its rows stand in the newer file under one other name, with
    the same figures; or several, if that file has only some. So campaigns that only bid for the
    same are not taken for each other.
    """
    import polars as pl

    key = [_REST, *by]
    left = older.join(same, on=ROW, how="anti")
    right = newer.join(older, on=[ABOUT, *by], how="anti")
    if left.is_empty() or right.is_empty():
        return same.clear()
    names = _new_names(left, right, older, key, figures)
    if names.is_empty():
        return same.clear()
    left = left.join(names, on=_NAMED).with_columns(pl.col("new_name").alias(_NAMED))
    return _same(right, left, [*key, _NAMED], is_counted=True)


def _new_names(
    left: "pl.DataFrame",
    right: "pl.DataFrame",
    older: "pl.DataFrame",
    key: Sequence[str],
    figures: Sequence[str],
) -> "pl.DataFrame":
    """Return the names that were changed, each with its new name, one to one."""
    import polars as pl

    totals, new_totals = (
        each.lazy()
        .filter(_has_figures(figures))
        .group_by(_NAMED)
        .agg(pl.len().alias("total"), _weight(figures).sum().alias("whole"))
        for each in (older, right)
    )
    is_most, is_most_of_new = (
        (pl.col("alike") * 2 > pl.col(f"total{suffix}"))
        & (pl.col("weight") * 2 > pl.col(f"whole{suffix}"))
        for suffix in ("", "_new")
    )
    likely = (
        _alike(left, right, key, figures)
        .join(totals, on=_NAMED)
        .join(new_totals, left_on=f"{_NAMED}_new", right_on=_NAMED, suffix="_new")
        .filter(is_most | (is_most_of_new & (pl.col("alike") >= _SEVERAL)))
        .sort("alike", _NAMED, f"{_NAMED}_new", descending=True)
        .collect()
    )
    names: dict[int, int] = {}
    taken: set[int] = set()
    for old, new in likely.select(_NAMED, f"{_NAMED}_new").iter_rows():
        if old not in names and new not in taken:
            names[old] = new
            taken.add(new)
    columns = {_NAMED: list(names), "new_name": list(names.values())}
    return pl.DataFrame(columns, schema={_NAMED: pl.UInt64, "new_name": pl.UInt64})


def _alike(
    left: "pl.DataFrame", right: "pl.DataFrame", key: Sequence[str], figures: Sequence[str]
) -> "pl.LazyFrame":
    """Return pairs of names with the number of rows that are alike under both, and their weight."""
    import polars as pl

    names = [_NAMED, f"{_NAMED}_new"]
    wanted = [ROW, _NAMED, *key, *figures]
    alone = (pl.len().over(*key) == 1).alias("alone")
    return (
        left.lazy()
        .filter(_has_figures(figures))
        .select(*wanted, alone)
        .join(right.lazy().select(*wanted, alone), on=list(key), suffix="_new")
        .filter(_agrees(figures))
        .select(*names, ROW, _weight(figures).alias("weight"))
        .unique(subset=[*names, ROW])
        .group_by(names)
        .agg(pl.len().alias("alike"), pl.col("weight").sum())
        .collect(engine="streaming")
        .lazy()
    )


def _has_figures(figures: Sequence[str]) -> "pl.Expr":
    import polars as pl

    return pl.any_horizontal([pl.col(each) != 0 for each in figures])


def _weight(figures: Sequence[str]) -> "pl.Expr":
    import polars as pl

    return pl.sum_horizontal([pl.col(each).abs() for each in figures])


def _agrees(figures: Sequence[str]) -> "pl.Expr":
    """Return whether two rows have the same figures, but for some that were restated since."""
    import polars as pl

    equal = pl.sum_horizontal(
        [(pl.col(each) == pl.col(f"{each}_new")) & (pl.col(each) != 0) for each in figures]
    )
    told = pl.sum_horizontal(
        [(pl.col(each) != 0) | (pl.col(f"{each}_new") != 0) for each in figures]
    )
    most, most_new = (
        pl.max_horizontal([pl.col(f"{each}{suffix}") for each in figures])
        for suffix in ("", "_new")
    )
    are_near = pl.all_horizontal(
        [
            (pl.col(each) - pl.col(f"{each}_new")).abs()
            <= _RESTATED * pl.max_horizontal(each, f"{each}_new")
            for each in figures
        ]
    )
    is_telling = (most >= _TELLING) & ((most == most_new) | are_near)
    are_alone = pl.col("alone") & pl.col("alone_new") & is_telling
    return ((equal > 0) & (equal * 2 >= told)) | are_alone


class SupersededRows(Struct, frozen=True, eq=False):
    """The rows of two files that do not count, as the other one tells the same better."""

    older: "pl.DataFrame"
    newer: "pl.DataFrame"


def match_states(newer: RowKeys, older: RowKeys) -> SupersededRows:
    """Return the rows that do not count, since the other file tells a later state of the same.

    A `state` is when the row was updated and how far it had come; of equal ones the newer file's
    counts.
    """
    import polars as pl

    key = [ABOUT, *DAYS]
    last, earlier = (
        each.frame.lazy().group_by(key).agg(pl.col(_STATE).sort_by(_state_order()).last())
        for each in (newer, older)
    )
    both = last.join(earlier, on=key, suffix="_older")
    theirs, ours = pl.col(f"{_STATE}_older").struct, pl.col(_STATE).struct
    is_dated = (theirs.field("updated") != "") & (ours.field("updated") != "")
    is_other_day = is_dated & (theirs.field("updated") != ours.field("updated"))
    is_later = (
        pl.when(is_other_day)
        .then(theirs.field("updated") > ours.field("updated"))
        .otherwise(theirs.field("progress") > ours.field("progress"))
    )
    told = both.select(*key, is_later.alias("is_later")).collect()
    return SupersededRows(
        older.frame.join(told.filter(~pl.col("is_later")), on=key, how="semi").select(ROW),
        newer.frame.join(told.filter(pl.col("is_later")), on=key, how="semi").select(ROW),
    )


def _state_order() -> "list[pl.Expr]":
    import polars as pl

    state = pl.col(_STATE).struct
    return [state.field("updated"), state.field("progress")]
