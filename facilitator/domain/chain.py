"""From a KPI to the evidence: why something was decided, what was promised for it, what came of it.

Each link is kept where it was made: a decision names its KPI, an action item its decision or its
KPI, and the causes are in what past meetings answered for that KPI.
"""

from dataclasses import dataclass
from datetime import date

from facilitator.domain.answer import KpiAnswer
from facilitator.domain.facts import ALL, Marketplace
from facilitator.domain.kpi import KpiId
from facilitator.domain.past import Past, PastAction, PastDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAnswer:
    """What a meeting answered for the KPI."""

    on: date
    answer: KpiAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLink:
    """A decision with the action items that carry it out."""

    found: PastDecision
    actions: tuple[PastAction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Everything of one series that hangs together with an id."""

    series: str
    kpi: KpiId | None = None
    kpi_name: str = ""
    marketplace: Marketplace = ALL
    answers: tuple[PastAnswer, ...] = ()
    """From the oldest to the newest."""
    decisions: tuple[DecisionLink, ...] = ()
    actions: tuple[PastAction, ...] = ()
    """Those that carry out no decision."""


def chains(past: Past, wanted: str) -> tuple[Chain, ...]:
    """The chain of a decision, an action item or a KPI, one for each series that has this id."""
    name = wanted.strip().casefold()
    found = (_chain(past, series, name) for series in _series(past))
    return tuple(chain for chain in found if chain is not None)


def _series(past: Past) -> tuple[str, ...]:
    return tuple(sorted({meeting.series for meeting in past.meetings}))


def _chain(past: Past, series: str, name: str) -> Chain | None:
    decisions = [each for each in past.decisions if each.meeting.series == series]
    actions = [each for each in past.actions if each.meeting.series == series]
    action = next((each for each in actions if each.action.id.casefold() == name), None)
    root = action.action.decision.casefold() if action and action.action.decision else name
    decision = next((each for each in decisions if each.decision.id.casefold() == root), None)
    origin = decision.decision if decision else action.action if action else None
    if origin is None:
        return _of_kpi(past, series, name, decisions, actions)
    return Chain(
        series=series,
        kpi=origin.kpi,
        kpi_name=_kpi_name(past, series, origin.kpi),
        marketplace=origin.marketplace,
        answers=_answers(past, series, origin.kpi, origin.marketplace),
        decisions=(_link(decision, actions),) if decision else (),
        actions=(action,) if action and not decision else (),
    )


def _of_kpi(
    past: Past, series: str, name: str, decisions: list[PastDecision], actions: list[PastAction]
) -> Chain | None:
    """All that was ever said of a KPI, in every marketplace."""
    known = {kpi for meeting in past.meetings if meeting.series == series for kpi in meeting.kpis}
    kpi = next((each for each in known if each.casefold() == name), None)
    if kpi is None:
        return None
    asked = [each for each in decisions if each.decision.kpi == kpi]
    carried_out = {each.decision.id for each in asked}
    return Chain(
        series=series,
        kpi=kpi,
        kpi_name=_kpi_name(past, series, kpi),
        answers=_answers(past, series, kpi, None),
        decisions=tuple(_link(each, actions) for each in asked),
        actions=tuple(
            each
            for each in actions
            if each.action.kpi == kpi and each.action.decision not in carried_out
        ),
    )


def _link(found: PastDecision, actions: list[PastAction]) -> DecisionLink:
    wanted = found.decision.id
    return DecisionLink(
        found=found, actions=tuple(each for each in actions if each.action.decision == wanted)
    )


def _kpi_name(past: Past, series: str, kpi: KpiId | None) -> str:
    if kpi is None:
        return ""
    names = (each.kpis[kpi] for each in past.meetings if each.series == series and kpi in each.kpis)
    return next(names, kpi)


def _answers(
    past: Past, series: str, kpi: KpiId | None, marketplace: Marketplace | None
) -> tuple[PastAnswer, ...]:
    """What was answered for a KPI; in every marketplace where none is named."""
    return tuple(
        PastAnswer(on=meeting.date, answer=answer)
        for meeting in past.meetings[::-1]
        if meeting.series == series
        for answer in meeting.answers
        if answer.kpi == kpi and marketplace in (None, answer.marketplace)
    )
