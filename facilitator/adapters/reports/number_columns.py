"""Parse the columns of numbers of a report, as expressions of polars.

Nearly all files write plain numbers, perhaps with one money sign before them, which polars parses
itself. If any cell of a file is written otherwise, every distinct cell of its columns is parsed by
`number_parsing`, once the file's decimal style is known from all of them.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.adapters.reports.marketplaces import is_same_money, symbols
from facilitator.adapters.reports.number_parsing import (
    TOO_LARGE,
    DecimalMark,
    find_decimal_mark,
    is_percent_without_sign,
    parse_number,
)
from facilitator.adapters.reports.read import AMOUNT, TYPED, Table
from facilitator.adapters.reports.report_types import (
    COUNT,
    IDENTIFIER,
    MONEY,
    PERCENT,
    RANK,
    RATIO,
    NumberFormat,
    ReportType,
)
from facilitator.adapters.reports.sniff import HeavyFileError

if TYPE_CHECKING:
    import polars as pl


_MANY_CELLS = 200_000
"""So many distinct cells are parsed one by one within limits alone."""
_HALF = re.compile(r"0\d+")
_CENTS = re.compile(r"\d+[.,]\d\d")


class _Cells(Struct, frozen=True, eq=False):
    """The distinct cells of a column, parsed."""

    texts: "pl.Series"
    amounts: "pl.Series"
    unread: "pl.Series"
    """Those that are no numbers."""
    signs: Mapping[str, str]
    """The currency sign beside the number, of those that have one."""


class NumberColumns(Struct, frozen=True, eq=False):
    """How each column of numbers is parsed."""

    formats: Mapping[str, NumberFormat]
    """By column, only those that the table has."""
    typed: frozenset[str]
    sign: str = ""
    """The money sign before plain numbers."""
    cells: Mapping[str, _Cells] | None = None
    """None while all cells are taken for plain numbers."""
    fractions: frozenset[str] = frozenset()
    """The columns of percents whose typed numbers are fractions: 0.24 for 24 %."""

    @property
    def moneys(self) -> Sequence[str]:
        """The columns of money."""
        return [name for name, each in self.formats.items() if each == MONEY]

    def amount(self, name: str) -> "pl.Expr":
        """Return the number in each cell of a column; null if it is blank or not a number."""
        import polars as pl

        column = pl.col(name)
        if self.cells is not None:
            held = self.cells[name]
            amount = column.replace_strict(
                held.texts, held.amounts, default=None, return_dtype=pl.Float64
            )
        elif self.formats[name] in (PERCENT, RANK):
            amount = pl.lit(None, dtype=pl.Float64)
        elif self.formats[name] == COUNT:
            is_half = column.str.starts_with("0") & (column.str.len_bytes() > 1)
            amount = pl.when(~is_half).then(column.cast(pl.Int64, strict=False).cast(pl.Float64))
        else:
            amount = self._stripped(name).cast(pl.Float64, strict=False)
            amount = pl.when(amount.abs() < TOO_LARGE).then(amount)
        if name not in self.typed:
            return amount
        typed = pl.col(name + TYPED)
        return pl.coalesce(typed * 100 if name in self.fractions else typed, amount)

    def _stripped(self, name: str) -> "pl.Expr":
        import polars as pl

        column = pl.col(name)
        if self.sign and self.formats[name] in (MONEY, RATIO):
            column = column.str.strip_prefix(self.sign)
        return column.str.strip_suffix("%") if self.formats[name] == RATIO else column

    def is_unread(self, name: str) -> "pl.Expr":
        """Return for each cell of a column whether it should be a number and is none.

        The amounts must be in the frame.
        """
        import polars as pl

        if self.cells is not None:
            unread = pl.col(name).is_in(self.cells[name].unread.implode())
        else:
            unread = pl.col(AMOUNT + name).is_null() & (pl.col(name) != "")
        if name in self.typed:
            unread |= ~(pl.col(name + TYPED).abs() < TOO_LARGE).fill_null(value=True)
        return unread

    def money_sign(self) -> "pl.Expr":
        """Return the currency sign of each row: that of its first amount of money with one."""
        import polars as pl

        signs: list[pl.Expr] = []
        for name in self.moneys:
            if self.cells is None:
                has_sign = (
                    pl.col(name).str.starts_with(self.sign) if self.sign else pl.lit(value=False)
                )
                signs.append(pl.when(has_sign).then(pl.lit(self.sign)))
            elif said := self.cells[name].signs:
                column = pl.col(name)
                signs.append(
                    column.replace_strict(
                        list(said), list(said.values()), default=None, return_dtype=pl.String
                    )
                )
        return pl.coalesce([*signs, pl.lit("")])

    def is_in_other_money(self, name: str) -> "pl.Expr | None":
        """Return for each cell whether its money is not that of its row; None if none can be.

        The first amount with a money sign says what the money of its row is.
        """
        import polars as pl

        if self.cells is None or name not in self.moneys or not self.cells[name].signs:
            return None
        own = self.cells[name].signs
        first = {sign for each in self.moneys for sign in self.cells[each].signs.values()}
        apart = [
            f"{one}\n{other}"
            for one in sorted(first)
            for other in sorted(set(own.values()))
            if not is_same_money(one, other)
        ]
        if not apart:
            return None
        sign = pl.col(name).replace_strict(
            list(own), list(own.values()), default=None, return_dtype=pl.String
        )
        both = pl.concat_str(self.money_sign(), pl.lit("\n"), sign)
        return both.is_in(apart).fill_null(value=False)


def plain_columns(
    table: Table, kind: ReportType, sample: Sequence[str], delimiter: str
) -> NumberColumns | None:
    """Return the columns as plain numbers; None if the file's style must be looked at first.

    `sample` are some cells of its columns of money.
    """
    formats = _formats(table, kind)
    is_open = delimiter == ";" or {PERCENT, RANK}.intersection(formats.values())
    if is_open and not table.typed:
        return None
    return NumberColumns(
        formats, table.typed, sign=_sign_of(sample), fractions=_fractions(table, formats)
    )


def _sign_of(sample: Sequence[str]) -> str:
    """Return the money sign that most cells begin with."""
    found = [
        next((sign for sign in symbols() if cell.startswith(sign)), "") for cell in sample if cell
    ]
    return max(set(found), key=found.count, default="")


def _formats(table: Table, kind: ReportType) -> dict[str, NumberFormat]:
    found = {name: kind.numbers.get(name, IDENTIFIER) for name in sorted(table.columns)}
    return {name: each for name, each in found.items() if each != IDENTIFIER}


def parsed_columns(
    table: Table, kind: ReportType, delimiter: str, *, is_bounded: bool = True
) -> NumberColumns:
    """Parse every distinct cell of the columns in the style that all of them make plain.

    Raises `HeavyFileError` if there are very many, unless `is_bounded`.
    """
    formats = _formats(table, kind)
    distinct = _distinct_cells(table, list(formats))
    if not is_bounded and sum(map(len, distinct.values())) > _MANY_CELLS:
        raise HeavyFileError

    def cells_of(*wanted: NumberFormat) -> set[str]:
        names = (name for name, each in formats.items() if each in wanted)
        return {cell for name in names for cell in distinct[name]}

    decimal = find_decimal_mark(cells_of(MONEY, "amount"), delimiter)
    in_fractions = not any(map(is_percent_without_sign, cells_of(PERCENT)))
    cells = {
        name: _parsed(distinct[name], each, decimal, in_fractions=in_fractions)
        for name, each in formats.items()
    }
    return NumberColumns(formats, table.typed, cells=cells, fractions=_fractions(table, formats))


def _distinct_cells(table: Table, names: Sequence[str]) -> dict[str, list[str]]:
    if not names:
        return {}
    pairs = table.frame.select(names).unpivot(on=names, variable_name="=column", value_name="=cell")
    found: dict[str, list[str]] = {name: [] for name in names}
    for name, cell in pairs.unique().collect(engine="streaming").iter_rows():
        found[name].append(cell)
    return found


def _parsed(
    texts: Sequence[str], written: NumberFormat, decimal: DecimalMark, *, in_fractions: bool
) -> _Cells:
    """Parse cells; `in_fractions` tells that 0.24 without a sign is 24 %."""
    import polars as pl

    figures = {each: parse_number(each, written, decimal) for each in texts}
    scale = 100 if written == PERCENT and in_fractions else 1
    amounts = [each.amount if each.sign else scale * each.amount for each in figures.values()]
    signs = {cell: each.sign for cell, each in figures.items() if each.sign not in ("", "%")}
    unread = {cell for cell, each in figures.items() if not each.is_read}
    if written == COUNT:
        unread |= signs.keys() | _shifted_counts(texts)
    return _Cells(
        texts=pl.Series(texts, dtype=pl.String),
        amounts=pl.Series(amounts, dtype=pl.Float64).fill_nan(None),
        unread=pl.Series(sorted(unread), dtype=pl.String),
        signs=signs,
    )


def _shifted_counts(texts: Sequence[str]) -> set[str]:
    """Return the cells that are no counts: the second half of a number, or an amount of money.

    They come from numbers with a thousands separator that are not quoted. An amount of money is
    one with two decimals, where most counts have none.
    """
    halves = {each for each in texts if _HALF.fullmatch(each)}
    moneys = {each for each in texts if _CENTS.fullmatch(each)}
    return halves | moneys if 2 * len(moneys) <= len(texts) else halves


def _fractions(table: Table, formats: Mapping[str, NumberFormat]) -> frozenset[str]:
    """Return the columns of percents whose typed numbers are never more than 1."""
    import polars as pl

    names = [name for name, each in formats.items() if each == PERCENT and name in table.typed]
    if not names:
        return frozenset()
    most = table.frame.select(pl.col(name + TYPED).max().fill_null(0) for name in names).collect()
    return frozenset(names) if max(most.row(0)) <= 1 else frozenset()
