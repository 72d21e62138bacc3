"""Read `reports.toml`: a team's own report types, and additional headers of known ones."""

import re
from collections.abc import Iterable, Mapping
from keyword import kwlist
from pathlib import Path
from typing import Any, Literal

import msgspec

from facilitator.adapters.agenda_schema import Percent
from facilitator.adapters.marketplace_codes import marketplace_codes
from facilitator.adapters.regular_file import is_missing
from facilitator.adapters.reports.days import DAY_COLUMNS
from facilitator.adapters.reports.headers import heading
from facilitator.adapters.reports.read import BEYOND, FIRST
from facilitator.adapters.reports.report_types import (
    ColumnFamily,
    NumberFormat,
    ReportType,
    ReportTypes,
    ReportTypeTable,
    build_report_type,
    packaged_report_types,
)
from facilitator.adapters.strict_toml import Diagnostics, decode, read_toml
from facilitator.domain.errors import N_, Diagnostic, message
from facilitator.domain.kpis.measures import MEASURE_LABELS

CUSTOM_REPORTS_FILE = "reports.toml"
"""Its name, beside the agenda."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_RESERVED_NAMES = frozenset({FIRST, BEYOND, *kwlist})
"""Names with a meaning of their own."""
_OPTIONAL_COLUMNS = frozenset({*DAY_COLUMNS, "marketplace", "currency"})
"""Columns that a report may be without, where its name says the same."""


_OwnFormat = Literal["count", "money", "amount", "share", "percent", "rank", "id"]
"""How a measure of the team's own may be read."""


class _File(msgspec.Struct, frozen=True, kw_only=True):
    numbers: dict[str, NumberFormat] = {}
    kinds: dict[str, object] = {}
    vat_in_total_cost: dict[str, float] = {}


_TABLES = tuple(each.encode_name for each in msgspec.structs.fields(_File))
_VAT = msgspec.defstruct("_VAT", [(place, Percent, 0.0) for place in marketplace_codes()])
"""Percent of VAT in the unified console's total cost, by marketplace."""


class _Addition(msgspec.Struct, frozen=True, kw_only=True):
    """What may be added to a packaged report type."""

    ignored: tuple[str, ...] = ()


class _CustomReport(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    rank: int = 0
    required: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    same_row: tuple[str, ...] = ()
    is_snapshot: bool = False
    lists_events: bool = False
    ignored: tuple[str, ...] = ()


def read_custom_reports(path: Path) -> tuple[ReportTypes, tuple[Diagnostic, ...]]:
    """Return the team's report types; if its file has an error, the packaged ones alone.

    A custom type is tried before the packaged ones.
    """
    if is_missing(path):
        return packaged_report_types(), ()
    raw, diagnostics = read_toml(path)
    if raw is None:
        return packaged_report_types(), diagnostics.problems
    known = _extend_report_types(raw, diagnostics)
    return (packaged_report_types() if diagnostics.has_errors else known), diagnostics.problems


def _column_names() -> frozenset[str]:
    """Return every canonical column that a report type may have."""
    known = packaged_report_types()
    return frozenset(known.numbers).union(*(kind.columns for kind in known.kinds))


def _extend_report_types(raw: dict[str, object], diagnostics: Diagnostics) -> ReportTypes:
    tables = {name: _table(raw.get(name, {}), name, diagnostics) for name in _TABLES}
    decode(_File, {key: each for key, each in raw.items() if key not in tables}, "", diagnostics)
    numbers = _numbers(tables["numbers"], diagnostics)
    names = sorted(_column_names() | numbers.keys())
    kinds = dict(tables["kinds"])
    extended = [
        _extend_report_type(kind, kinds.pop(kind.id), names, numbers, diagnostics)
        if kind.id in kinds
        else kind
        for kind in packaged_report_types().kinds
    ]
    own = [
        _build_custom_report(kind_id, table, names, numbers, diagnostics)
        for kind_id, table in kinds.items()
    ]
    vat = decode(_VAT, tables["vat_in_total_cost"], "vat_in_total_cost", diagnostics)
    told = {place: rate for place, rate in msgspec.structs.asdict(vat).items() if rate}
    return ReportTypes(kinds=(*own, *extended), numbers=numbers, vat_in_total_cost=told)


def _table(raw: object, place: str, diagnostics: Diagnostics) -> dict[str, Any]:
    if isinstance(raw, dict):
        return raw
    diagnostics.add(place, message(N_("A table is expected here: [{place}]."), place=place))
    return {}


def _numbers(raw: Mapping[str, object], diagnostics: Diagnostics) -> dict[str, NumberFormat]:
    """Return the number formats of the packaged measures and of the team's own."""
    known = packaged_report_types().numbers
    new = [
        name
        for name in raw
        if _NAME.fullmatch(name) and name not in _RESERVED_NAMES | _column_names()
    ]
    for name in (each for each in raw if each not in new):
        diagnostics.add(
            f"numbers.{name}",
            message(
                N_(
                    "This name cannot be used. Choose a new name for your own measure, such as "
                    "coupons_used."
                )
            ),
        )
    fields = [(name, _OwnFormat) for name in new]
    sorts = decode(
        msgspec.defstruct("Numbers", fields),
        {name: raw[name] for name in new},
        "numbers",
        diagnostics,
    )
    return {**known, **msgspec.structs.asdict(sorts)}


def _columns(
    raw: object, place: str, names: list[str], diagnostics: Diagnostics
) -> dict[str, tuple[str, ...]]:
    """Return headers by canonical name; an unknown name is an error."""
    fields = [(name, tuple[str, ...], ()) for name in names]
    struct = msgspec.defstruct("Columns", fields)
    held = decode(struct, _table(raw, place, diagnostics), place, diagnostics)
    return {name: texts for name, texts in msgspec.structs.asdict(held).items() if texts}


def _split(raw: object, place: str, diagnostics: Diagnostics) -> tuple[dict[str, Any], object]:
    """Return a table without its `columns`, and the columns."""
    table = dict(_table(raw, place, diagnostics))
    return table, table.pop("columns", {})


def _extend_report_type(
    kind: ReportType,
    raw: object,
    names: list[str],
    numbers: dict[str, NumberFormat],
    diagnostics: Diagnostics,
) -> ReportType:
    place = f"kinds.{kind.id}"
    table, columns = _split(raw, place, diagnostics)
    addition = decode(_Addition, table, place, diagnostics)
    own = _columns(columns, f"{place}.columns", names, diagnostics)
    taken = {heading(text).key: name for name, texts in kind.columns.items() for text in texts}
    for name, text in ((name, text) for name, texts in own.items() for text in texts):
        holder = taken.setdefault(heading(text).key, name)
        if holder != name:
            diagnostics.add(
                f"{place}.columns.{name}",
                message(
                    N_("The header “{text}” is already used for {name}."), text=text, name=holder
                ),
            )
    new = {name: texts for name, texts in own.items() if name not in kind.columns}
    return msgspec.structs.replace(
        kind,
        columns={
            **{name: (*texts, *own.get(name, ())) for name, texts in kind.columns.items()},
            **new,
        },
        measures=(*kind.measures, *_measures(new, numbers)),
        ignored=(*kind.ignored, *addition.ignored),
        numbers=numbers,
    )


def _measures(names: Iterable[str], numbers: Mapping[str, NumberFormat]) -> tuple[str, ...]:
    """Return the columns that are measures: known ones, and the team's own."""
    own = numbers.keys() - packaged_report_types().numbers.keys()
    return tuple(name for name in names if name in MEASURE_LABELS or name in own)


def _build_custom_report(
    kind_id: str,
    raw: object,
    names: list[str],
    numbers: dict[str, NumberFormat],
    diagnostics: Diagnostics,
) -> ReportType:
    place = f"kinds.{kind_id}"
    table, raw_columns = _split(raw, place, diagnostics)
    described = decode(_CustomReport, table, place, diagnostics)
    columns = _columns(raw_columns, f"{place}.columns", names, diagnostics)
    measures = _measures(columns, numbers)
    if not measures:
        diagnostics.add(
            place,
            message(N_("The report type {kind} has no column with a measure."), kind=kind_id),
            message(N_('Add one, such as ad_spend = ["Spend"].')),
        )
    for key, wanted in (("required", described.required), ("same_row", described.same_row)):
        for name in (each for each in wanted if each not in columns):
            said = N_("The report type {kind} has no column {name}.")
            diagnostics.add(f"{place}.{key}", message(said, kind=kind_id, name=name))
    row = ReportTypeTable(
        title=described.title,
        rank=described.rank,
        required=described.required
        or tuple(name for name in columns if name not in _OPTIONAL_COLUMNS),
        without=described.without,
        same_row=described.same_row,
        measures=measures,
        dated_by_name=True,
        is_snapshot=described.is_snapshot,
        lists_events=described.lists_events,
        columns=columns,
        ignored=described.ignored,
    )
    return build_report_type(kind_id, row, ColumnFamily(), numbers)
