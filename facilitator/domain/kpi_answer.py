"""Answers for a KPI: its causes, and what is proposed about it."""

from enum import StrEnum

from msgspec import Struct

from facilitator.domain.action import ActionId
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.proposal import Experiment


class Verdict(StrEnum):
    """How a KPI was answered for."""

    EXPLAINED = "explained"
    UNKNOWN = "unknown"
    """Nobody knows yet; somebody finds it out by a day."""
    NORMAL = "normal"
    """Passed as the usual to and fro."""


class KpiAnswer(Struct, frozen=True, kw_only=True):
    """Why a KPI is where it is, and what is done about it."""

    kpi: KpiId
    marketplace: Marketplace = ALL
    verdict: Verdict
    causes: tuple[str, ...] = ()
    proposal: str = ""
    experiment: Experiment | None = None
    evidence: str = ""
    """What shows that these are the causes: a figure, a link, a file."""
    action: ActionId | None = None
    """For an unknown cause: the action item that finds it."""
