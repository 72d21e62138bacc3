"""A team's own reports, and its own names for the columns of known ones: `reports.toml`."""

import re
from collections.abc import Iterable, Mapping
from keyword import kwlist
from pathlib import Path
from typing import Any, get_args

import msgspec

from facilitator.adapters.agenda_schema import Percent, Shop
from facilitator.adapters.reports.days import DAY_COLUMNS
from facilitator.adapters.reports.headers import heading
from facilitator.adapters.reports.kinds import (
    Family,
    Kind,
    KindRow,
    Known,
    NumberSort,
    made_kind,
    packaged,
)
from facilitator.adapters.reports.tables import BEYOND, FIRST
from facilitator.adapters.strict_toml import Faults, decode, read_toml
from facilitator.domain.errors import N_, Diagnostic, message
from facilitator.domain.kpis.measures import MEASURE_LABELS

OWN_FILE = "reports.toml"
"""Its name, beside the agenda."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAKEN = frozenset({FIRST, BEYOND, *kwlist})
"""Names that have a meaning of their own."""
_BESIDE = frozenset({*DAY_COLUMNS, "marketplace", "currency"})
"""Columns that a report may be without, where its name says the same."""


class _File(msgspec.Struct, frozen=True, kw_only=True):
    numbers: dict[str, NumberSort] = {}
    kinds: dict[str, object] = {}
    vat_in_total_cost: dict[str, float] = {}


_TABLES = tuple(each.encode_name for each in msgspec.structs.fields(_File))
_VAT = msgspec.defstruct("_VAT", [(place, Percent, 0.0) for place in get_args(Shop)])
"""Percent of VAT in the unified console's total cost, by marketplace."""


class _Addition(msgspec.Struct, frozen=True, kw_only=True):
    """What may be added to a kind that is known."""

    ignored: tuple[str, ...] = ()


class _NewKind(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    rank: int = 0
    required: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    is_snapshot: bool = False
    lists_events: bool = False
    ignored: tuple[str, ...] = ()


def read_own(path: Path) -> tuple[Known, tuple[Diagnostic, ...]]:
    """The kinds that a team has; where its file has a fault, the packaged ones alone.

    A kind of its own is asked first whether a header is its.
    """
    if not path.exists():
        return packaged(), ()
    raw, faults = read_toml(path)
    if raw is None:
        return packaged(), faults.problems
    known = _extended(raw, faults)
    return (packaged() if faults.has_errors else known), faults.problems


def column_names() -> frozenset[str]:
    """Every canonical column that a kind may have."""
    known = packaged()
    return frozenset(known.numbers).union(*(kind.columns for kind in known.kinds))


def _extended(raw: dict[str, object], faults: Faults) -> Known:
    tables = {name: _table(raw.get(name, {}), name, faults) for name in _TABLES}
    decode(_File, {key: each for key, each in raw.items() if key not in tables}, "", faults)
    numbers = _numbers(tables["numbers"], faults)
    names = sorted(column_names() | numbers.keys())
    kinds = dict(tables["kinds"])
    extended = [
        _added_to(kind, kinds.pop(kind.id), names, numbers, faults) if kind.id in kinds else kind
        for kind in packaged().kinds
    ]
    own = [_new_kind(kind_id, table, names, numbers, faults) for kind_id, table in kinds.items()]
    vat = decode(_VAT, tables["vat_in_total_cost"], "vat_in_total_cost", faults)
    told = {place: rate for place, rate in msgspec.structs.asdict(vat).items() if rate}
    return Known(kinds=(*own, *extended), numbers=numbers, vat_in_total_cost=told)


def _table(raw: object, place: str, faults: Faults) -> dict[str, Any]:
    if isinstance(raw, dict):
        return raw
    faults.add(place, message(N_("Here should be a table: [{place}]."), place=place))
    return {}


def _numbers(raw: Mapping[str, object], faults: Faults) -> dict[str, NumberSort]:
    """The packaged sorts, and those of the team's own measures."""
    known = packaged().numbers
    new = [name for name in raw if _NAME.fullmatch(name) and name not in _TAKEN | column_names()]
    for name in (each for each in raw if each not in new):
        faults.add(
            f"numbers.{name}",
            message(N_("A measure of your own needs a new name, such as coupons_used.")),
        )
    fields = [(name, NumberSort) for name in new]
    sorts = decode(
        msgspec.defstruct("Numbers", fields), {name: raw[name] for name in new}, "numbers", faults
    )
    return {**known, **msgspec.structs.asdict(sorts)}


def _columns(
    raw: object, place: str, names: list[str], faults: Faults
) -> dict[str, tuple[str, ...]]:
    """Canonical name → headers; a name that no kind has is a fault."""
    fields = [(name, tuple[str, ...], ()) for name in names]
    struct = msgspec.defstruct("Columns", fields)
    held = decode(struct, _table(raw, place, faults), place, faults)
    return {name: texts for name, texts in msgspec.structs.asdict(held).items() if texts}


def _split(raw: object, place: str, faults: Faults) -> tuple[dict[str, Any], object]:
    """A kind's table without its columns, and those."""
    table = dict(_table(raw, place, faults))
    return table, table.pop("columns", {})


def _added_to(
    kind: Kind, raw: object, names: list[str], numbers: dict[str, NumberSort], faults: Faults
) -> Kind:
    place = f"kinds.{kind.id}"
    table, columns = _split(raw, place, faults)
    addition = decode(_Addition, table, place, faults)
    own = _columns(columns, f"{place}.columns", names, faults)
    taken = {heading(text).key: name for name, texts in kind.columns.items() for text in texts}
    for name, text in ((name, text) for name, texts in own.items() for text in texts):
        holder = taken.setdefault(heading(text).key, name)
        if holder != name:
            faults.add(
                f"{place}.columns.{name}",
                message(N_("“{text}” is the header of {name} already."), text=text, name=holder),
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


def _measures(names: Iterable[str], numbers: Mapping[str, NumberSort]) -> tuple[str, ...]:
    """Those of the columns that are measures: known ones, and the team's own."""
    own = numbers.keys() - packaged().numbers.keys()
    return tuple(name for name in names if name in MEASURE_LABELS or name in own)


def _new_kind(
    kind_id: str, raw: object, names: list[str], numbers: dict[str, NumberSort], faults: Faults
) -> Kind:
    place = f"kinds.{kind_id}"
    table, raw_columns = _split(raw, place, faults)
    described = decode(_NewKind, table, place, faults)
    columns = _columns(raw_columns, f"{place}.columns", names, faults)
    measures = _measures(columns, numbers)
    if not measures:
        faults.add(
            place,
            message(N_("The kind {kind} has no column with a measure."), kind=kind_id),
            message(N_('Name one, such as ad_spend = ["Spend"].')),
        )
    for name in (each for each in described.required if each not in columns):
        faults.add(
            f"{place}.required",
            message(N_("The kind {kind} has no column {name}."), kind=kind_id, name=name),
        )
    row = KindRow(
        title=described.title,
        rank=described.rank,
        required=described.required or tuple(name for name in columns if name not in _BESIDE),
        without=described.without,
        measures=measures,
        dated_by_name=True,
        is_snapshot=described.is_snapshot,
        lists_events=described.lists_events,
        columns=columns,
        ignored=described.ignored,
    )
    return made_kind(kind_id, row, Family(), numbers)
