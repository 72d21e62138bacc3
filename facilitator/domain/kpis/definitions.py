"""What the team agreed that a KPI means, where its own definition leaves something open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from facilitator.domain.kpis.kpi import KpiId


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedDefinition:
    """A sentence that the room agreed on; it holds until the room agrees on another."""

    kpi: KpiId
    text: str
    agreed_on: date


def agreed_for(definitions: Iterable[AgreedDefinition], kpi: KpiId) -> AgreedDefinition | None:
    """What was agreed for a KPI."""
    return next((each for each in definitions if each.kpi == kpi), None)
