"""Answers for a KPI: its causes, and what is proposed about it."""

from enum import StrEnum

from msgspec import Struct

from facilitator.domain.action import ActionId
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.proposal import Experiment


class Verdict(StrEnum):
    """How a KPI value was answered."""

    EXPLAINED = "explained"
    UNKNOWN = "unknown"
    """Nobody knows the cause yet; an action item is to find it."""
    NORMAL = "normal"
    """Unusual, and accepted as normal variation."""
    PASSED = "passed"
    """Off target, and passed without an answer; the reason is recorded."""


class KpiAnswer(Struct, frozen=True, kw_only=True):
    """The cause of a KPI value, and what is proposed about it."""

    kpi: KpiId
    marketplace: Marketplace = ALL
    verdict: Verdict
    causes: tuple[str, ...] = ()
    proposal: str = ""
    experiment: Experiment | None = None
    evidence: str = ""
    """What supports the causes: a value, a link, a file."""
    action: ActionId | None = None
    """The action item that is to find an unknown cause."""
    reason: str = ""
    """Why it was passed, or accepted as normal."""
    is_alone: bool = False
    """Whether it is for its marketplace only, which was split off from the others.

    Otherwise it is for all marketplaces of the KPI, and for the KPIs linked to it.
    """
