"""KPI definitions from their data file, decoded strictly."""

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Annotated

import msgspec

from facilitator.domain.errors import N_, FacilitatorError, StorageError
from facilitator.domain.kpi import GROUPS, Counting, KpiDefinition, KpiId, Unit

_PACKAGED = Path(__file__).with_name("kpi_definitions.toml")

_Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*\Z")]
_Term = Annotated[str, msgspec.Meta(pattern=r"^-?[a-z][a-z0-9_]*\Z")]


class _Kpi(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One `[[kpis]]` table."""

    id: _Name
    name: Annotated[str, msgspec.Meta(min_length=1)]
    name_zh: str = ""
    group: str
    numerator: Annotated[tuple[_Term, ...], msgspec.Meta(min_length=1)]
    denominator: tuple[_Term, ...] = ()
    counting: Counting = Counting.SUM
    scale: float = 1.0
    growth: bool = False
    unit: Unit = Unit.PERCENT
    decimals: Annotated[int, msgspec.Meta(ge=0, le=6)] = 1
    higher_is_better: bool = True
    note: str = ""
    note_zh: str = ""


class _Definitions(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    kpis: tuple[_Kpi, ...]


def load_definitions(path: Path | None = None) -> tuple[KpiDefinition, ...]:
    """Read how KPIs are counted: the packaged definitions, or a file of the team's own."""
    file = path or _PACKAGED
    try:
        raw = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
        kpis = msgspec.convert(raw, _Definitions).kpis
    except OSError as error:
        raise StorageError(
            N_("The KPI definitions {file} cannot be read: {reason}."),
            file=file,
            reason=error.strerror or error,
        ) from error
    except (ValueError, msgspec.ValidationError) as error:
        raise FacilitatorError(
            N_("The KPI definitions {file} have a fault: {fault}. Correct it and start again."),
            file=file,
            fault=error,
        ) from error
    _check(file, kpis)
    return tuple(_definition(kpi) for kpi in kpis)


def _check(file: Path, kpis: tuple[_Kpi, ...]) -> None:
    seen: set[str] = set()
    for kpi in kpis:
        if kpi.id in seen:
            raise FacilitatorError(
                N_("The KPI definitions {file} define {kpi} twice; keep one of the two."),
                file=file,
                kpi=kpi.id,
            )
        if kpi.group not in GROUPS:
            raise FacilitatorError(
                N_("The KPI {kpi} in {file} is of the group {group}; use one of {groups}."),
                kpi=kpi.id,
                file=file,
                group=kpi.group,
                groups=", ".join(GROUPS),
            )
        seen.add(kpi.id)


def _definition(kpi: _Kpi) -> KpiDefinition:
    values = {field.name: getattr(kpi, field.name) for field in fields(KpiDefinition)}
    return KpiDefinition(**values | {"id": KpiId(kpi.id)})
