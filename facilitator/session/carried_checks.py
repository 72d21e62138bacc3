"""What earlier meetings left, as lines of the readiness list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.domain.errors import N_, message
from facilitator.session.readiness import Check, Readiness

if TYPE_CHECKING:  # the lobby asks before there is any of it
    from collections.abc import Iterator
    from datetime import date

    from facilitator.domain.agenda import Agenda
    from facilitator.domain.carry_over import CarryOver
    from facilitator.domain.decision import Decision
    from facilitator.domain.incident import Incident


def carried_checks(agenda: Agenda, carried: CarryOver | None, on: date) -> Iterator[Check]:
    """Incidents, questions that nobody is there to rule, what was put off, and risks.

    `carried` is None until the library was read.
    """
    if carried is None:
        yield from _undecided(agenda, agenda.decisions)
        return
    for incident in carried.incidents:
        yield _incident(incident)
    yield from _undecided(agenda, (*carried.decisions, *agenda.decisions))
    if carried.met_on is not None:
        yield _left_open(carried, on)
    if carried.risks:
        yield _risks(carried)


def _incident(incident: Incident) -> Check:
    """An incident waits for its review; that somebody was not told of it weighs more."""
    detail = message(N_("“{text}” is to be reviewed"), text=incident.phenomenon)
    if incident.not_informed:
        detail = message(
            N_("“{text}”: supervisor and boss do not both know yet; tell them, and say when"),
            text=incident.phenomenon,
        )
    return Check(
        readiness=Readiness.WARNING if incident.not_informed else Readiness.READY,
        title=message(N_("Incident {id}"), id=incident.id),
        detail=detail,
    )


def _undecided(agenda: Agenda, decisions: tuple[Decision, ...]) -> Iterator[Check]:
    """Questions without a decider, in a meeting that has none: minutes are lost to that."""
    if agenda.decider is not None:
        return
    for decision in decisions:
        if agenda.person(decision.decider) is None:
            yield Check(
                readiness=Readiness.WARNING,
                title=message(N_("Decision")),
                detail=message(
                    N_("“{question}” has no decider: name one, or give somebody that duty"),
                    question=decision.question,
                ),
            )


def _left_open(carried: CarryOver, on: date) -> Check:
    overdue = sum(action.is_overdue(on) for action in carried.actions)
    return Check(
        readiness=Readiness.WARNING if overdue else Readiness.READY,
        title=message(N_("From last time")),
        detail=message(
            N_("open actions: {actions}, overdue: {overdue} · put off to today: {decisions}"),
            actions=len(carried.actions),
            overdue=overdue,
            decisions=len(carried.decisions),
        ),
    )


def _risks(carried: CarryOver) -> Check:
    from facilitator.domain.risk import RiskState, risks_in_state  # noqa: PLC0415  (likewise)

    out = len(risks_in_state(carried.risks, RiskState.OUT_OF_CONTROL))
    return Check(
        readiness=Readiness.WARNING if out else Readiness.READY,
        title=message(N_("Risks")),
        detail=message(
            N_("out of control: {out}, watched: {watched}, controlled: {controlled}"),
            out=out,
            watched=len(risks_in_state(carried.risks, RiskState.WATCHED)),
            controlled=len(risks_in_state(carried.risks, RiskState.CONTROLLED)),
        ),
    )
