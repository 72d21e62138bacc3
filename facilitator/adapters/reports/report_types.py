"""Load the report types from the TOML files of the package."""

import math
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

_TYPE_FILES = ("refused", "ads", "sales", "inventory", "customers", "fees", "tools")
"""The files of kinds, in the order in which they are asked whether a header is theirs."""

NumberFormat = Literal["count", "money", "amount", "share", "percent", "rank", "ratio", "id"]
"""How the cells of a column are read."""

COUNT: NumberFormat = "count"
MONEY: NumberFormat = "money"
PERCENT: NumberFormat = "percent"
RANK: NumberFormat = "rank"
RATIO: NumberFormat = "ratio"
IDENTIFIER: NumberFormat = "id"

SumPart = tuple[tuple[str, ...], ...]
"""A part of a sum: its generations, each a complete set of columns; `-name` is taken away."""


class ProductMeasure(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A measure that is the product of two columns, row by row."""

    of: tuple[str, str]
    scale: float = 1.0


class ColumnFamily(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Columns that several report types share."""

    measures: tuple[str, ...] = ()
    enough: tuple[tuple[str, ...], ...] = ()
    usual: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = {}
    ignored: tuple[str, ...] = ()
    products: dict[str, ProductMeasure] = {}
    ratios: dict[str, tuple[str, str, float]] = {}
    at_most: tuple[tuple[str, str, float], ...] = ()


class CountMeasure(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A measure that counts rows: all, or those whose cell is a number between two others."""

    of: str = ""
    most: float = 0
    least: float = -math.inf


class NamedMeasure(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A measure that is the sum of the amounts of rows that name it."""

    rows: tuple[tuple[str, ...], ...]
    """What they say in each of the columns of `Naming.by`; `*` stands for anything."""
    scale: float = 1.0


class MeasureNaming(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """How the words in a row say which measure its amount is."""

    amount: str
    by: tuple[str, ...]
    measures: dict[str, NamedMeasure]


class ReportTypeTable(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A report type as a TOML file describes it."""

    title: str
    family: str = ""
    rank: int = 0
    """Of two report types with the same measure, the one with the higher rank counts."""
    required: tuple[str, ...]
    """Columns without which it is not this report."""
    enough: tuple[tuple[str, ...], ...] = ()
    """Sets of columns beside these: a header with any whole set is of this report."""
    usual: tuple[str, ...] = ()
    """Columns that it has unless somebody took them out; without one it is read all the same."""
    without: tuple[str, ...] = ()
    """Columns that would make it another report."""
    shape: tuple[tuple[str, str], ...] = ()
    """Its columns in order, each with a pattern of its cells: where no name in the header is known.

    A column that is not read has no name.
    """
    refused: str = ""
    """Why it is recognised and yet not read: a sentence of `unsupported_files`."""
    instead: str = ""
    """What to download instead: a sentence of `unsupported_files`."""
    measures: tuple[str, ...] = ()
    """Columns whose amounts are measures as they stand."""
    measure_column: str = ""
    """Where the measure's name is a cell of its own: the column that holds it."""
    dated_by_name: bool = False
    """Whether the file's name may say the days that the rows do not."""
    dated_above: bool = False
    """Whether lines above the header may say them."""
    is_snapshot: bool = False
    """Whether it is what there was on one day, and not what happened over several."""
    has_everywhere: bool = False
    """Whether a row may be about the whole business."""
    lists_events: bool = False
    """Whether its rows are what happened: a day without any had none, which is a figure too."""
    may_be_empty: bool = False
    """Whether a file without rows says that there was nothing, which is a figure too."""
    lists_all_goods: bool = False
    """Whether goods that it has no figures of stand in it as well: their rows are passed over."""
    is_partial: bool = False
    """Whether it leaves rows out by its nature, so that it adds up to less than others."""
    columns: dict[str, tuple[str, ...]] = {}
    """Canonical name → how headers write it, the best first."""
    ignored: tuple[str, ...] = ()
    """Columns that are known and not needed, with `*` for anything."""
    products: dict[str, ProductMeasure] = {}
    ratios: dict[str, tuple[str, str, float]] = {}
    """Column of a ratio → its numerator and denominator, and by what factor it may differ."""
    at_most: tuple[tuple[str, str, float], ...] = ()
    """Pairs of columns of which the first is at most so many times the second."""
    is_daily: bool = False
    """Whether it has a row for every day, so that dates a week or a month apart are periods."""
    sums: dict[str, tuple[SumPart, ...]] = {}
    counts: dict[str, CountMeasure] = {}
    naming: MeasureNaming | None = None
    passed_over: dict[str, tuple[str, ...]] = {}
    """Column → words, with `*` for anything, of rows that are right and not to be counted."""
    states: tuple[str, ...] = ()
    """Columns of text that may change while the row stays the same: they tell no rows apart."""
    same_row: tuple[str, ...] = ()
    """The columns that identify a row, beside day, marketplace and ad product; empty: all of text.

    A newer row supersedes every older one of the same identity, whatever else it says.
    """
    renamed: tuple[str, ...] = ()
    """Columns with names that people change: rows are matched a second time without them."""
    later_wins: str = ""
    """The column whose later value tells the later state of a row; empty: the newer file does."""
    together: tuple[str, ...] = ()
    """Measures of which a row says all or none: a fee without its price would bend their ratio."""


class ReportType(ReportTypeTable, frozen=True, kw_only=True, eq=False):
    """A type of report of Amazon, a tool or the team; compared by identity."""

    id: str
    numbers: dict[str, NumberFormat]
    """How its columns and measures are read; what is not among them is text."""

    @property
    def worded(self) -> frozenset[str]:
        """The columns of text whose words decide what a row counts as."""
        by = self.naming.by if self.naming else ()
        return frozenset((self.measure_column, *self.passed_over, *by)) - {""}

    @property
    def expected(self) -> tuple[str, ...]:
        """The columns that a file of this type has, if it is whole."""
        return (*self.required, *(name for name in self.usual if name not in self.required))


class AdProduct(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The names of an ad product in reports, and headers that only its reports have."""

    names: tuple[str, ...]
    headers: tuple[str, ...] = ()
    """Columns, with `*` for anything."""


class ReportTypeFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A TOML file of report types."""

    numbers: dict[str, NumberFormat] = {}
    families: dict[str, ColumnFamily] = {}
    kinds: dict[str, ReportTypeTable] = {}


class Vocabulary(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Words in the cells of reports, folded: without letter case and width of letters."""

    summary: frozenset[str]
    """What a summary row says."""
    everywhere: frozenset[str]
    """How a figure of the whole business is marked."""
    bulk_columns: tuple[tuple[str, ...], ...]
    """The columns that only sheets for bulk operations have."""
    bulk_sheets: frozenset[str]
    """How such sheets are called."""
    months: dict[str, int]
    """A month's name or short name → 1 … 12."""
    total_cost: frozenset[str]
    """What the unified console calls the cost of ads; VAT may be part of it."""
    ad_products: dict[str, AdProduct]
    canonical: dict[str, dict[str, str]]
    """Column → a value in any language, or `*part*` of one → what it is compared by."""


class ReportTypes(msgspec.Struct, frozen=True, eq=False):
    """All report types of a team."""

    kinds: tuple[ReportType, ...]
    """In the order in which headers are matched."""
    numbers: dict[str, NumberFormat]
    """How every column and measure of theirs is read."""
    vat_in_total_cost: dict[str, float] = {}
    """Marketplace → percent of VAT that the console adds to what ads cost; the team says so."""

    def kind(self, kind_id: str) -> ReportType | None:
        """Return the report type with this id; None if unknown."""
        return next((kind for kind in self.kinds if kind.id == kind_id), None)


def load_data_file(name: str) -> dict[str, object]:
    """Return the content of a TOML file of this package."""
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


@cache
def vocabulary() -> Vocabulary:
    """What cells of all kinds of reports may say."""
    raw: dict[str, Any] = _folded(load_data_file("report_types/common.toml"))
    raw["months"] = {name: at for at, names in enumerate(raw["months"], 1) for name in names}
    raw["canonical"] = {
        column: {text: value for value, texts in values.items() for text in texts}
        for column, values in raw["canonical"].items()
    }
    return msgspec.convert(raw, Vocabulary)


def _folded(value: Any) -> Any:
    """Return the texts in a value without letter case, width of letters and blanks around them."""
    match value:
        case str():
            return " ".join(unicodedata.normalize("NFKC", value).casefold().split())
        case list():
            return [_folded(each) for each in value]
        case dict():
            return {key: _folded(each) for key, each in value.items()}
    return value


@cache
def packaged_report_types() -> ReportTypes:
    """Return the report types that come with the program."""
    subjects = [
        msgspec.convert(load_data_file(f"report_types/{name}.toml"), ReportTypeFile)
        for name in _TYPE_FILES
    ]
    numbers = {name: sort for each in subjects for name, sort in each.numbers.items()}
    families = {name: family for each in subjects for name, family in each.families.items()}
    return ReportTypes(
        kinds=tuple(
            build_report_type(
                kind_id, row, families[row.family] if row.family else ColumnFamily(), numbers
            )
            for subject in subjects
            for kind_id, row in subject.kinds.items()
        ),
        numbers=numbers,
    )


def build_report_type(
    kind_id: str, row: ReportTypeTable, family: ColumnFamily, numbers: dict[str, NumberFormat]
) -> ReportType:
    """Return a report type from its table and its family."""
    fields: dict[str, Any] = msgspec.structs.asdict(row)
    return ReportType(
        **fields
        | {
            "id": kind_id,
            "measures": (*family.measures, *row.measures),
            "enough": row.enough or family.enough,
            "usual": row.usual or family.usual,
            "columns": {**family.columns, **row.columns},
            "ignored": (*family.ignored, *row.ignored),
            "products": {**family.products, **row.products},
            "ratios": {**family.ratios, **row.ratios},
            "at_most": (*family.at_most, *row.at_most),
            "numbers": numbers,
        }
    )
