"""Events about KPIs."""

from datetime import date, datetime

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.kpi_answer import KpiAnswer
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiId
from facilitator.domain.kpis.scorecard import Scorecard


class KpisLoaded(Struct, frozen=True, kw_only=True):
    """The reports were read and the scorecard of the week was calculated."""

    at: datetime
    scorecard: Scorecard


class CauseGiven(Struct, frozen=True, kw_only=True):
    """A cause was given for a KPI value; an empty text removes it.

    Found only in old journals; `KpiAnswered` has replaced it.
    """

    at: datetime
    kpi: KpiId
    marketplace: Marketplace = ALL
    text: str


class KpiAnswered(Struct, frozen=True, kw_only=True):
    """A KPI value was answered: explained, assigned to somebody, or passed as normal."""

    at: datetime
    answer: KpiAnswer
    action: ActionItem | None = None
    """The action item to find an unknown cause, if there is one."""


class OccasionMarked(Struct, frozen=True, kw_only=True):
    """A week was marked as an occasion; an empty text removes the mark."""

    at: datetime
    week_end: date
    """The last day of the week."""
    marketplace: Marketplace = ALL
    what: str


class DefinitionAgreed(Struct, frozen=True, kw_only=True):
    """The participants agreed on what a KPI means."""

    at: datetime
    definition: AgreedDefinition


KpiStep = CauseGiven | KpiAnswered | OccasionMarked | DefinitionAgreed
