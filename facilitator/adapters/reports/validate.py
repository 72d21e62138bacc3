"""Validate the rows of a report: expressions that tell why a row is not counted.

Each check has an index, and the column `reason` holds that of the first check that a row fails; it
is null for a row that is sound. So refused rows can be summed like all others.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.adapters.reports.days import DAY_COLUMNS
from facilitator.adapters.reports.number_columns import NumberColumns
from facilitator.adapters.reports.read import (
    AMOUNT,
    BEYOND,
    FIRST,
    LABELLED,
    MOVED,
    ROW,
    TYPED,
    Table,
    summary_words,
)
from facilitator.adapters.reports.report_types import (
    COUNT,
    IDENTIFIER,
    MONEY,
    PERCENT,
    RANK,
    RATIO,
    ReportType,
)
from facilitator.domain.errors import N_, Message, Severity, message
from facilitator.domain.kpis.facts import LeftOutReason

if TYPE_CHECKING:
    import polars as pl

REASON = "reason"
_ROUNDED_ID = r"^\s*\d(?:[.,]\d+)?[eE]\+?\d+\s*$"
_BLANKS = " \t\xa0-–—"
"""What a blank cell may be made of."""
_CENTS = 0.006
"""A total may differ from the sum of its rows by rounding."""
_MOST_PERCENT = 150
"""Percents of a column are shares of a whole, of which Amazon shows some a little above 100."""
_SEVERAL = 3
"""A row with “total” in so many cells is one, whatever its figures."""
_FEW = 10
"""Up to so many more orders or clicks than clicks or impressions are late attribution."""


class Check(Struct, frozen=True, kw_only=True):
    """Why rows are not counted."""

    said: str
    """A message with `{cell}`, if it is about one."""
    reason: LeftOutReason = "refused"
    column: str = ""
    """Canonical."""
    hint: Message | None = None
    severity: Severity = Severity.ERROR
    is_told: bool = True
    """Whether it gets a diagnostic of its own."""


TOTAL = Check(
    said=N_("This row is a total of other rows, so it was not counted."),
    reason="total_row",
    severity=Severity.WARNING,
)
PERHAPS_TOTAL = Check(said="", is_told=False)
"""Of rows with a cell that says “total” among cells that are all filled."""
DUPLICATE = Check(said="", reason="duplicate", is_told=False)
PASSED_OVER = Check(said="", is_told=False)
"""Of sound rows that are not to be counted: cancelled orders, irrelevant fees."""
WITHOUT_PLACE = Check(said="", reason="unplaced", is_told=False)
"""Of all rows of a file that does not say its marketplace or days, which is told of the file."""

BEYOND_HEADER = Check(
    said=N_("The row has more cells than the header, so its values are in the wrong columns."),
    hint=message(
        N_(
            "A text contains a comma or a quotation mark that is not quoted. Download the report "
            "again."
        )
    ),
)
ODD_WIDTH = Check(
    said=N_(
        "The row has more or fewer cells than the header, so its values are in the wrong columns."
    ),
    hint=message(N_("Download the report again, exactly as it is.")),
)
_NOT_QUOTED = message(
    N_(
        "A number such as 4,900 may not be quoted, which shifts the cells behind it. Download the "
        "report again."
    )
)
MOVED_CELLS = Check(
    said=N_("The cells of the row have moved to the right of their columns."),
    hint=_NOT_QUOTED,
)
_OTHER_MONEY = Check(
    said=N_("“{cell}” is in another currency than the other amounts of the row."),
    hint=message(N_("Correct the cell, or export the report again.")),
)
NO_NUMBERS = Check(said=N_("The row has no numbers."))


class RowChecks(Struct, frozen=True, eq=False):
    """The checks of a report's rows, in the order in which they are made."""

    checks: tuple[Check, ...]
    reason: "pl.Expr"

    def index(self, check: Check) -> int | None:
        """Return the index of a check; None if it is not made."""
        return next((at for at, each in enumerate(self.checks) if each is check), None)


def row_checks(
    table: Table,
    kind: ReportType,
    numbers: NumberColumns,
    dimensions: Collection[str],
    *,
    totals: Collection[int] | None = None,
    duplicates: "pl.Series | None" = None,
) -> RowChecks:
    """Return the checks of a report.

    `dimensions` are the columns that say what a row is about. `totals` are the rows known to be
    totals, None if not known yet. `duplicates` are rows that a newer file has too.
    """
    import polars as pl

    made = _layout_checks(table, dimensions, totals)
    made += [
        (pl.col(name).str.contains(_ROUNDED_ID), _rounded_id(name))
        for name in sorted(table.columns)
        if kind.numbers.get(name) == IDENTIFIER
    ]
    made += [
        (numbers.is_unread(name), _unread(name))
        for name, each in numbers.formats.items()
        if each != RATIO
    ]
    made += _other_moneys(numbers)
    made += [
        (pl.col(AMOUNT + name) % 1 != 0, _not_whole(name))
        for name, each in numbers.formats.items()
        if each == COUNT and (numbers.cells is not None or name in table.typed)
    ]
    made += _contradictions(table, kind, numbers.formats)
    needed = [name for name, each in numbers.formats.items() if each not in (RANK, RATIO)]
    if needed:  # a product without a rank has none, which is a figure too
        is_empty = pl.all_horizontal(pl.col(AMOUNT + name).is_null() for name in needed)
        made.append((is_empty, PASSED_OVER if kind.lists_all_goods else NO_NUMBERS))
    if duplicates is not None:
        made.append((pl.col(ROW).is_in(duplicates.implode()), DUPLICATE))
    index = {id(check): at for at, (_, check) in reversed([*enumerate(made)])}
    reason = pl.coalesce(
        pl.when(fails).then(pl.lit(index[id(check)], dtype=pl.UInt8)) for fails, check in made
    )
    return RowChecks(tuple(check for _, check in made), reason)


def _layout_checks(
    table: Table, dimensions: Collection[str], totals: Collection[int] | None
) -> "list[tuple[pl.Expr, Check]]":
    """Return the checks whether a row is a total, or its cells stand in the wrong columns."""
    import polars as pl

    made = [(_is_total(table, dimensions), TOTAL)]
    if totals is None:
        made.append((pl.col(LABELLED) > 0, PERHAPS_TOTAL))
    elif totals:
        made.append((pl.col(ROW).is_in(list(totals)), TOTAL))
    made.append((pl.col(BEYOND).str.strip_chars(_BLANKS) != "", BEYOND_HEADER))
    made.append((pl.col(MOVED), MOVED_CELLS))
    if table.odd_rows:
        made.append((pl.col(ROW).is_in(list(table.odd_rows)), ODD_WIDTH))
    return made


def is_blank_row(table: Table, names: Collection[str]) -> "pl.Expr":
    """Return whether the cells of some columns, and the first cell, are all blank."""
    import polars as pl

    texts = [pl.col(name) == "" for name in (FIRST, *names)]
    typed = [pl.col(name + TYPED).is_null() for name in names if name in table.typed]
    return pl.all_horizontal(*texts, *typed)


def _is_total(table: Table, dimensions: Collection[str]) -> "pl.Expr":
    """Return whether a row is a total: its day, or another cell beside a blank day, says so.

    If no row has a day, a row that names nothing that the report lists is a total too.
    """
    import polars as pl

    words = summary_words()
    day = next((name for name in DAY_COLUMNS if name in table.columns), None)
    if day is not None:
        is_blank = pl.col(day).str.strip_chars(_BLANKS) == ""
        labelled = pl.col(LABELLED)
        return ((labelled > 0) & is_blank) | (labelled >= _SEVERAL) | pl.col(day).is_in(words)
    about = [pl.col(name) for name in dimensions]
    if not about:
        return pl.col(FIRST).is_in(words)
    is_nothing = pl.all_horizontal(each == "" for each in about)
    if len(about) == 1:
        return is_nothing
    named = pl.all_horizontal((each == "") | each.is_in(words) for each in about)
    return is_nothing | (named & (pl.col(LABELLED) > 0))


def find_totals(
    frame: "pl.LazyFrame", numbers: Sequence[str], checks: Sequence[Check]
) -> list[int]:
    """Return the rows that are totals among those that may be: whose figures are sums.

    `frame` has all rows with their amounts, and the reason “perhaps” for those to look at. A
    total equals the sum of all rows above it, of those since the last total, or of all others;
    rows that a newer file has too are among them. Figures of refused rows are not known: where
    there are any, a total is a row with no figure under the sum of the sound rows above it.
    """
    import polars as pl

    reasons = {id(check): at for at, check in enumerate(checks)}
    unsound = [at for at, check in enumerate(checks) if check.is_told and check.reason == "refused"]
    amounts = [pl.col(AMOUNT + name).fill_null(0.0) for name in numbers]
    is_perhaps = pl.col(REASON).eq_missing(reasons[id(PERHAPS_TOTAL)]).alias("perhaps")
    rows = frame.select(ROW, REASON, is_perhaps, *amounts).collect()
    is_duplicate = pl.col(REASON) == reasons.get(id(DUPLICATE), len(checks))
    counted = rows.filter(pl.col(REASON).is_null() | is_duplicate)
    has_refused = bool(rows[REASON].is_in(unsound).any())
    sums = counted.select(pl.col(ROW), *(pl.col(AMOUNT + name).cum_sum() for name in numbers))
    every = sums.drop(ROW).row(-1) if len(sums) else (0.0,) * len(numbers)
    before = (0.0,) * len(numbers)
    found: list[int] = []
    doubtful = rows.filter("perhaps")
    places = sums[ROW].search_sorted(doubtful[ROW])
    for (row, _, _, *own), at in zip(doubtful.iter_rows(), places, strict=True):
        above = sums.drop(ROW).row(at - 1) if at else (0.0,) * len(numbers)
        since = tuple(a - b for a, b in zip(above, before, strict=True))
        is_sum = any(_are_equal(own, each) for each in (above, since, every))
        if any(own) and (is_sum or (has_refused and _is_over(own, above if at else every))):
            found.append(row)
            before = above
    return found


def _are_equal(own: Sequence[float], sums: Sequence[float]) -> bool:
    return all(abs(a - b) <= _CENTS + 1e-9 * abs(b) for a, b in zip(own, sums, strict=True))


def _is_over(own: Sequence[float], sums: Sequence[float]) -> bool:
    return any(sums) and all(a >= b - _CENTS for a, b in zip(own, sums, strict=True))


def _rounded_id(name: str) -> Check:
    return Check(
        said=N_("“{cell}” is an id that a spreadsheet has rounded."),
        column=name,
        hint=message(
            N_("Download the report again, and do not open and save it in a spreadsheet.")
        ),
    )


def _other_moneys(numbers: NumberColumns) -> "list[tuple[pl.Expr, Check]]":
    """Return the checks whether the amounts of a row are in one currency."""
    return [
        (is_other, replace(_OTHER_MONEY, column=name))
        for name in numbers.formats
        if (is_other := numbers.is_in_other_money(name)) is not None
    ]


def _unread(name: str) -> Check:
    return Check(
        said=N_("“{cell}” is not a number, or is written differently from the other rows."),
        column=name,
    )


def _not_whole(name: str) -> Check:
    return Check(said=N_("“{cell}” is not a whole number, as it should be here."), column=name)


def _contradictions(
    table: Table, kind: ReportType, formats: Mapping[str, str]
) -> "list[tuple[pl.Expr, Check]]":
    """Return the checks whether the figures of a row fit together.

    A number with a thousands separator that is not quoted shifts all cells to its right, and if
    the last ones are empty, the row has as many cells as the header. Then a plain number stands
    where other rows have percents, or a figure is a thousandth of what its ratio says.
    """
    import polars as pl

    made: list[tuple[pl.Expr, Check]] = []
    for name, (numerator, denominator, factor) in kind.ratios.items():
        if not {name, numerator, denominator} <= formats.keys():
            continue
        ratio = pl.col(AMOUNT + name)
        has_sign = pl.col(name).str.ends_with("%")
        is_price = formats[numerator] == MONEY and formats[denominator] != MONEY
        in_percents = name in table.percents and not is_price
        if in_percents:
            made.append((~has_sign & (ratio != 0), _contradiction(name)))
        else:
            made.append((has_sign & ratio.is_not_null(), _contradiction(name)))
        units = (1,) if is_price else (100,) if in_percents else (1, 100)
        true = pl.col(AMOUNT + numerator) / pl.col(AMOUNT + denominator)
        is_far = pl.all_horizontal(
            (ratio > factor * unit * true + 1) | (factor * (ratio + 0.01) < unit * true)
            for unit in units
        )
        made.append(((ratio > 0) & (true > 0) & true.is_finite() & is_far, _contradiction(name)))
    for name in (name for name, each in formats.items() if each == PERCENT):
        percent = pl.col(AMOUNT + name)
        is_wrong = percent > _MOST_PERCENT
        if name in table.percents:
            is_wrong |= ~pl.col(name).str.ends_with("%") & (pl.col(name) != "") & (percent != 0)
        made.append((is_wrong, _contradiction(name)))
    for few, many, times in kind.at_most:
        if {few, many} <= formats.keys():
            part, whole = pl.col(AMOUNT + few), pl.col(AMOUNT + many)
            made.append(((whole > 0) & (part > times * whole + _FEW), _contradiction(few)))
    return made


def _contradiction(name: str) -> Check:
    return Check(
        said=N_("“{cell}” does not fit the other figures of the row."),
        column=name,
        hint=_NOT_QUOTED,
    )
