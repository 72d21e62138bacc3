"""The reports that are known: read from `reports.toml`, strictly, and once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

NumberSort = Literal["count", "money", "amount", "share", "percent", "id"]
"""How the cells of a column are read."""

COUNT: NumberSort = "count"
MONEY: NumberSort = "money"
IDENTIFIER: NumberSort = "id"

Span = tuple[tuple[str, ...], ...]
"""A span of ages: its generations of buckets, each a complete set of columns."""


class Family(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Columns that several kinds share."""

    measures: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = {}
    ignored: tuple[str, ...] = ()


class Product(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A measure that is two columns multiplied, row by row."""

    of: tuple[str, str]
    scale: float = 1.0


class _KindRow(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    title: str
    family: str = ""
    rank: int = 0
    required: tuple[str, ...]
    without: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    measure_column: str = ""
    dated_by_name: bool = False
    has_everywhere: bool = False
    lists_events: bool = False
    columns: dict[str, tuple[str, ...]] = {}
    ignored: tuple[str, ...] = ()
    products: dict[str, Product] = {}
    sums: dict[str, tuple[Span, ...]] = {}


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A report as Amazon, a tool or the team writes it."""

    id: str
    title: str
    rank: int
    """Which kind is believed where two of them say the same: the higher one."""
    required: tuple[str, ...]
    without: tuple[str, ...]
    """Columns that would make it another report."""
    measures: tuple[str, ...]
    measure_column: str
    """Where the measure's name is a cell of its own: the column that holds it."""
    dated_by_name: bool
    """Whether the file's name may say the days that the rows do not."""
    has_everywhere: bool
    """Whether a row may be about the whole business."""
    lists_events: bool
    """Whether its rows are what happened: a day without any had none, which is a figure too."""
    columns: dict[str, tuple[str, ...]]
    """Canonical name → how headers write it, the best first."""
    ignored: tuple[str, ...]
    """Columns that are known and not needed, with `*` for anything."""
    products: dict[str, Product]
    sums: dict[str, tuple[Span, ...]]


class _Words(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    words: tuple[str, ...]


class _Bulk(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    columns: tuple[tuple[str, ...], ...]


class _Months(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    names: tuple[tuple[str, ...], ...]


class _File(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    numbers: dict[str, NumberSort]
    summary: _Words
    everywhere: _Words
    bulk: _Bulk
    months: _Months
    families: dict[str, Family]
    kinds: dict[str, _KindRow]


class Known(msgspec.Struct, frozen=True):
    """All that the alias file says."""

    kinds: tuple[Kind, ...]
    """The most telling header first."""
    numbers: dict[str, NumberSort]
    summary_words: frozenset[str]
    """What a summary row says, casefolded."""
    everywhere_words: frozenset[str]
    bulk_columns: tuple[tuple[str, ...], ...]
    months: dict[str, int]
    """A month's name or short name, casefolded → 1 … 12."""

    def kind(self, kind_id: str) -> Kind | None:
        """The kind with this id."""
        return next((kind for kind in self.kinds if kind.id == kind_id), None)


def load_toml(name: str) -> dict[str, object]:
    """A data file of this package."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


@cache
def known() -> Known:
    """The packaged alias file, decoded."""
    raw = msgspec.convert(load_toml("reports.toml"), _File)
    return Known(
        kinds=tuple(_kind(kind_id, row, raw) for kind_id, row in raw.kinds.items()),
        numbers=raw.numbers,
        summary_words=frozenset(word.casefold() for word in raw.summary.words),
        everywhere_words=frozenset(word.casefold() for word in raw.everywhere.words),
        bulk_columns=raw.bulk.columns,
        months={
            name.casefold(): month
            for month, names in enumerate(raw.months.names, 1)
            for name in names
        },
    )


def _kind(kind_id: str, row: _KindRow, raw: _File) -> Kind:
    family = raw.families[row.family] if row.family else Family()
    return Kind(
        id=kind_id,
        title=row.title,
        rank=row.rank,
        required=row.required,
        without=row.without,
        measures=(*family.measures, *row.measures),
        measure_column=row.measure_column,
        dated_by_name=row.dated_by_name,
        has_everywhere=row.has_everywhere,
        lists_events=row.lists_events,
        columns={**family.columns, **row.columns},
        ignored=(*family.ignored, *row.ignored),
        products=row.products,
        sums=row.sums,
    )
