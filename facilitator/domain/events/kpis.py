"""Events about KPIs."""

from datetime import date, datetime

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.kpi_answer import KpiAnswer
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiId
from facilitator.domain.kpis.scorecard import Scorecard


class KpisLoaded(Struct, frozen=True, kw_only=True):
    """The prepared reports were read; these are the week's figures."""

    at: datetime
    scorecard: Scorecard


class CauseGiven(Struct, frozen=True, kw_only=True):
    """Somebody said why a KPI is where it is; an empty text takes it back.

    Only older journals hold it: `KpiAnswered` says more.
    """

    at: datetime
    kpi: KpiId
    marketplace: Marketplace = ALL
    text: str


class KpiAnswered(Struct, frozen=True, kw_only=True):
    """The room answered for a KPI."""

    at: datetime
    answer: KpiAnswer
    action: ActionItem | None = None
    """For a cause that nobody knows yet: the promise to find it."""


class OccasionMarked(Struct, frozen=True, kw_only=True):
    """A week was marked as unlike the others; no words take the mark back."""

    at: datetime
    week_end: date
    marketplace: Marketplace = ALL
    what: str


class DefinitionAgreed(Struct, frozen=True, kw_only=True):
    """The room agreed on what a KPI means."""

    at: datetime
    definition: AgreedDefinition


KpiStep = CauseGiven | KpiAnswered | OccasionMarked | DefinitionAgreed
