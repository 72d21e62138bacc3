"""KPI definitions: the packaged ones, merged with the team's `kpis.toml`.

A table of `kpis.toml` with the id of a packaged KPI overrides the keys that it names; any other
table adds a KPI.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import msgspec

from facilitator.adapters.agenda_checks import check_targets
from facilitator.adapters.agenda_schema import (
    DefinitionsTable,
    DefinitionTable,
    LimitsTable,
    MarketplaceTargetTable,
)
from facilitator.adapters.regular_file import is_missing
from facilitator.adapters.strict_toml import Diagnostics, decode, read_toml
from facilitator.domain.errors import N_, Diagnostic, message
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KPI_GROUPS, KpiDefinition, MarketplaceTarget, Target
from facilitator.domain.kpis.measures import MEASURE_LABELS

TEAM_FILE = "kpis.toml"
"""The team's own definitions, beside the agenda."""

_PACKAGED_FILE = Path(__file__).with_name("kpi_definitions.toml")
_ID_LINE = re.compile(r'^id = "(.+)"$', re.MULTILINE)
"""The line with the id of a packaged KPI."""
_TARGET_KEYS = frozenset({"at_most", "at_least", "strict"})


def read_definitions(
    folder: Path, people: Collection[str]
) -> tuple[tuple[KpiDefinition, ...], tuple[Diagnostic, ...]]:
    """Return the KPI definitions for agendas in a folder, group by group, and the diagnostics.

    `people` are the ids of those who can own a KPI. If the team's file has an error, only the
    packaged definitions are returned.
    """
    own = folder / TEAM_FILE
    if is_missing(own):
        return packaged_definitions(), ()
    raw, diagnostics = read_toml(own)
    if raw is None:
        return packaged_definitions(), diagnostics.problems
    given = raw.get("kpis")
    if isinstance(given, list):
        raw["kpis"] = [_merge_with_packaged(each) for each in given]
    tables = decode(DefinitionsTable, raw, "", diagnostics).kpis
    _check_definitions(tables, diagnostics, people)
    if diagnostics.has_errors:
        return packaged_definitions(), diagnostics.problems
    changed = {each.id: _build_definition(each) for each in tables}
    by_id = {each.id: each for each in packaged_definitions()} | changed
    return _sort_by_group(by_id.values()), diagnostics.problems


def read_kpi_ids(
    folder: Path, people: Collection[str]
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the ids of these KPIs and the same diagnostics, without parsing the packaged file."""
    if is_missing(folder / TEAM_FILE):
        return tuple(_ID_LINE.findall(_PACKAGED_FILE.read_text(encoding="utf-8"))), ()
    definitions, problems = read_definitions(folder, people)
    return tuple(each.id for each in definitions), problems


@cache
def packaged_definitions() -> tuple[KpiDefinition, ...]:
    """Return the definitions that come with the program, group by group."""
    table = decode(
        DefinitionsTable, {"kpis": list(_packaged_tables().values())}, "", Diagnostics("")
    )
    return _sort_by_group(map(_build_definition, table.kpis))


def build_target(table: LimitsTable) -> Target | None:
    """Return the target that a table sets; None if it sets none."""
    if table.at_most is None and table.at_least is None:
        return None
    return Target(at_most=table.at_most, at_least=table.at_least, strict=table.strict)


def build_marketplace_targets(
    tables: Collection[MarketplaceTargetTable],
) -> tuple[MarketplaceTarget, ...]:
    """Return the targets of single marketplaces."""
    return tuple(
        MarketplaceTarget(marketplace=Marketplace(each.marketplace), target=target)
        for each in tables
        if (target := build_target(each)) is not None
    )


@cache
def _packaged_tables() -> dict[str, dict[str, object]]:
    raw = tomllib.loads(_PACKAGED_FILE.read_text(encoding="utf-8"))
    return {each["id"]: each for each in raw["kpis"]}


def _merge_with_packaged(table: object) -> object:
    """Return a team's table with the packaged keys that it does not override.

    A table with any limit replaces all packaged limits.
    """
    if not isinstance(table, dict):
        return table
    known = _packaged_tables().get(str(table.get("id")), {})
    if _TARGET_KEYS & table.keys():
        known = {key: value for key, value in known.items() if key not in _TARGET_KEYS}
    return known | table


def _check_definitions(
    tables: Sequence[DefinitionTable], diagnostics: Diagnostics, people: Collection[str]
) -> None:
    check_targets(tables, diagnostics, people)
    names = [*MEASURE_LABELS, *(each.id for each in tables)]
    for index, table in enumerate(tables):
        place = f"kpis[{index}]"
        if table.group and table.group not in KPI_GROUPS:
            diagnostics.add(
                f"{place}.group",
                message(N_("Unknown group “{group}”."), group=table.group),
                message(N_("Use one of these groups: {groups}."), groups=", ".join(KPI_GROUPS)),
            )
        _check_measures(table.numerator, f"{place}.numerator", diagnostics, names)
        _check_measures(table.denominator, f"{place}.denominator", diagnostics, names)


def _check_measures(
    terms: Collection[str], place: str, diagnostics: Diagnostics, names: Collection[str]
) -> None:
    """Warn of an unknown measure close to a known one; others may come from custom reports."""
    for term in terms:
        name = term.lstrip("-")
        close = get_close_matches(name, names, n=1, cutoff=0.8)
        if close and name not in names:
            diagnostics.warn(
                place,
                message(N_("No built-in report contains the measure “{name}”."), name=name),
                message(N_("Did you mean {name}?"), name=close[0]),
            )


def _sort_by_group(definitions: Iterable[KpiDefinition]) -> tuple[KpiDefinition, ...]:
    return tuple(sorted(definitions, key=lambda each: KPI_GROUPS.index(each.group)))


def _build_definition(table: DefinitionTable) -> KpiDefinition:
    definition = msgspec.convert(table, KpiDefinition, from_attributes=True)
    return msgspec.structs.replace(
        definition,
        target=build_target(table),
        by_marketplace=build_marketplace_targets(table.marketplaces),
    )
