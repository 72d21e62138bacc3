"""Rows about the same subject whose windows of days overlap: which of them count.

Two windows of a row are never added up, nor is a window added to days inside it. Windows longer
than a week are left alone here: no week counts them.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from facilitator.adapters.reports.days import DaySpan
from facilitator.adapters.reports.same_rows import (
    ABOUT,
    DAYS,
    LONGEST_WINDOW,
    MASK,
    PLACE,
    PRODUCT,
    ROW,
    RowKeys,
    SupersededRows,
    place_hashes,
)
from facilitator.domain.kpis.facts import Fact

if TYPE_CHECKING:
    import polars as pl


class DaysTold(Struct, frozen=True):
    """The days that a file tells one by one, as ordinals, by the hash of the marketplace."""

    days: Mapping[int, frozenset[int]]

    def covers(self, place: int, first: date, last: date) -> bool:
        """Return whether it tells each day of a window."""
        told = self.days.get(place, frozenset())
        return told.issuperset(range(first.toordinal(), last.toordinal() + 1))

    def ends_inside(self, place: int, first: date, last: date) -> bool:
        """Return whether its days in a window do not go on before or behind it."""
        told = self.days.get(place, frozenset())
        return told.isdisjoint((first.toordinal() - 1, last.toordinal() + 1))


def days_told(facts: Iterable[Fact]) -> DaysTold:
    """Return the days that the facts of a file tell one by one."""
    days: dict[str, set[int]] = {}
    for fact in facts:
        if fact.first_day is None or fact.first_day == fact.day:
            days.setdefault(fact.marketplace, set()).add(fact.day.toordinal())
    places = place_hashes(tuple(days))
    return DaysTold({place: frozenset(days[name]) for place, name in places.items()})


_NEWER_DAYS = tuple(f"{each}_newer" for each in DAYS)
_Loser = Literal["older", "newer", "neither"]


def match_windows(
    newer: RowKeys, older: RowKeys, newer_days: DaysTold, older_days: DaysTold
) -> SupersededRows:
    """Return the rows whose windows overlap those of the same row in the other file."""
    import polars as pl

    pairs = _overlapping(newer.frame, older.frame)
    windows = pairs.select(PLACE, *DAYS, *_NEWER_DAYS).unique()
    losers = [
        _loser(newer_days, older_days, place, (first, last), (newer_first, newer_last))
        for place, first, last, newer_first, newer_last in windows.iter_rows()
    ]
    told = pairs.join(
        windows.with_columns(pl.Series("loser", losers, pl.String)), on=windows.columns
    )
    return SupersededRows(
        told.filter(pl.col("loser") == "older").select(ROW).unique(),
        told.filter(pl.col("loser") == "newer").select(pl.col(f"{ROW}_newer").alias(ROW)).unique(),
    )


def _loser(
    newer_days: DaysTold, older_days: DaysTold, place: int, older: DaySpan, newer: DaySpan
) -> _Loser:
    """Return in which file a row does not count; in neither if days and window are to be compared.

    The newer file's row counts. But days that are told one by one beyond the ends of a window are
    not given up for it.
    """
    if newer[0] == newer[1]:
        return "neither" if newer_days.covers(place, *older) else "older"
    if older[0] != older[1]:
        return "older"
    if older_days.covers(place, *newer):
        return "neither"
    return "older" if older_days.ends_inside(place, *newer) else "newer"


def _overlapping(newer: "pl.DataFrame", older: "pl.DataFrame") -> "pl.DataFrame":
    """Return pairs of the same row for different windows that overlap, one of them several days."""
    import polars as pl

    length = (pl.col(DAYS[1]) - pl.col(DAYS[0])).dt.total_days()
    wanted = [ROW, ABOUT, PLACE, PRODUCT, MASK, *DAYS]
    left, right = (each.select(wanted).filter(length < LONGEST_WINDOW) for each in (older, newer))
    several, one = (_by_day(left.filter(each)) for each in (length > 0, length == 0))
    pairs = pl.concat(
        mine.join(_by_day(theirs), on=[ABOUT, "day"], suffix="_newer")
        for mine, theirs in ((several, right), (one, right.filter(length > 0)))
    )
    is_same_window = pl.all_horizontal(
        [pl.col(one) == pl.col(other) for one, other in zip(DAYS, _NEWER_DAYS, strict=True)]
    )
    are_of_one_product = (
        (pl.col(PRODUCT) == pl.col(f"{PRODUCT}_newer"))
        | (pl.col(PRODUCT) == 0)
        | (pl.col(f"{PRODUCT}_newer") == 0)
    )
    return pairs.filter(
        ~is_same_window & are_of_one_product & (pl.col(MASK) & pl.col(f"{MASK}_newer") != 0)
    )


def _by_day(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Return a row for each day that a row covers."""
    import polars as pl

    return frame.with_columns(pl.date_ranges(*DAYS).alias("day")).explode("day")


def superseded_rows(keys: RowKeys) -> "pl.DataFrame":
    """Return the rows of a file about days that a newer row about the same covers, too.

    Of a row for Monday to Friday and one for Monday to Sunday, only the second counts.
    """
    import polars as pl

    several = keys.frame.filter(
        (pl.struct(*DAYS).n_unique().over(ABOUT, PRODUCT) > 1)
        & (pl.col(DAYS[0]) != pl.col(DAYS[1])).any().over(ABOUT, PRODUCT)
    )
    newest_first = several.sort(
        ABOUT, PRODUCT, DAYS[1], DAYS[0], descending=[False, False, True, False]
    )
    kept: list[tuple[date, date, int]] = []
    lost: list[int] = []
    of = None
    for row, *about, first, last, mask in newest_first.select(
        ROW, ABOUT, PRODUCT, *DAYS, MASK
    ).iter_rows():
        if about != of:
            of, kept = about, []
        is_beside = all(
            start > last or (start, end) == (first, last) or not mask & figures
            for start, end, figures in kept
        )
        if is_beside:
            kept.append((first, last, mask))
        else:
            lost.append(row)
    return pl.DataFrame({ROW: lost}, schema={ROW: keys.frame.schema[ROW]})
