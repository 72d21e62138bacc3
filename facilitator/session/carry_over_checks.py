"""Readiness checks of what past meetings left: incidents, questions, action items, risks.

Modules that only the library needs are imported in the functions that use them, to keep them off
the way to the first screen.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from facilitator.domain.errors import N_, Message, message
from facilitator.session.readiness_check import Readiness, ReadinessCheck

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, timedelta

    from facilitator.domain.agenda import Agenda
    from facilitator.domain.carry_over import CarryOver
    from facilitator.domain.decision import Decision
    from facilitator.domain.incident import Incident, Recipient


def carry_over_checks(
    agenda: Agenda, carried: CarryOver | None, on: date
) -> Iterator[ReadinessCheck]:
    """Yield the checks of incidents, deciders, carried entries and risks.

    `carried` is None until the library was read.
    """
    if carried is None:
        yield from _missing_decider_checks(agenda, agenda.decisions)
        return
    for incident in carried.incidents:
        yield _incident_check(incident)
    yield from _missing_decider_checks(agenda, (*carried.decisions, *agenda.decisions))
    yield from _ruled_question_checks(agenda, carried)
    if carried.met_on is not None:
        yield _last_time_check(carried, on)
    again = [
        topic.text
        for topic in carried.topics
        if topic.item_id and (agenda.item(topic.item_id) or topic.timebox)
    ]
    if again:
        detail = message(N_("not reached, items again: {titles}"), titles=" · ".join(again))
        yield ReadinessCheck(
            readiness=Readiness.READY, title=message(N_("From last time")), detail=detail
        )
    if carried.risks:
        yield _risk_check(carried)


def _incident_check(incident: Incident) -> ReadinessCheck:
    """Return the check of an incident to be reviewed: a warning if anybody was not told in time."""
    detail = message(N_("“{text}” is to be reviewed"), text=incident.phenomenon)
    if late := [_late_recipient(*each) for each in incident.late_recipients]:
        detail = message(
            N_("“{text}” is to be reviewed; told late: {names}"),
            text=incident.phenomenon,
            names=_join_names(late),
        )
    if incident.not_informed:
        detail = message(
            N_("“{text}”: not yet told: {names}. Tell them, and record when."),
            text=incident.phenomenon,
            names=_recipient_names(incident),
        )
    return ReadinessCheck(
        readiness=Readiness.WARNING if incident.not_informed or late else Readiness.READY,
        title=message(N_("Incident {id}"), id=incident.id),
        detail=detail,
    )


def _recipient_names(incident: Incident) -> Message:
    """Those who do not know of an incident yet."""
    from facilitator.domain.incident import RECIPIENT_NAMES  # noqa: PLC0415  (see above)

    return _join_names(message(RECIPIENT_NAMES[each]) for each in incident.not_informed)


def _late_recipient(recipient: Recipient, by: timedelta) -> Message:
    from facilitator.domain.durations import HOUR, MINUTE  # noqa: PLC0415  (see above)
    from facilitator.domain.incident import LATE_RECIPIENT, RECIPIENT_NAMES  # noqa: PLC0415

    hours, rest = divmod(max(by, MINUTE), HOUR)
    text = N_("{hours}\N{NO-BREAK SPACE}h {minutes}\N{NO-BREAK SPACE}min")
    return message(
        LATE_RECIPIENT,
        name=message(RECIPIENT_NAMES[recipient]),
        time=message(text, hours=hours, minutes=rest // MINUTE),
    )


def _join_names(names: Iterable[Message]) -> Message:
    return reduce(lambda one, more: message(N_("{one}, {more}"), one=one, more=more), names)


def _missing_decider_checks(
    agenda: Agenda, decisions: tuple[Decision, ...]
) -> Iterator[ReadinessCheck]:
    """Yield a warning for each question without a decider, if the meeting has none."""
    if agenda.decider is not None:
        return
    for decision in decisions:
        if agenda.person(decision.decider) is None:
            yield ReadinessCheck(
                readiness=Readiness.WARNING,
                title=message(N_("Decision")),
                detail=message(
                    N_(
                        "“{question}” has no decider. Name one, or give somebody the duty "
                        "“decider”."
                    ),
                    question=decision.question,
                ),
            )


def _ruled_question_checks(agenda: Agenda, carried: CarryOver) -> Iterator[ReadinessCheck]:
    """Yield a warning for each question of the agenda that was ruled already."""
    prepared = {each.question for each in agenda.decisions}
    for ruled in carried.ruled:
        if ruled.question not in prepared:
            continue
        if ruled.back_on:
            text = N_(
                "“{question}” was ruled on {day} ({id}) and comes back on {back_on}. It is not "
                "asked before."
            )
        else:
            text = N_(
                "“{question}” was decided on {day} ({id}), and is not asked again. Remove it from "
                "the agenda, or change its wording to ask it anew."
            )
        yield ReadinessCheck(
            readiness=Readiness.WARNING,
            title=message(N_("Decision")),
            detail=message(
                text,
                question=ruled.question,
                day=ruled.on.isoformat(),
                back_on=ruled.back_on.isoformat() if ruled.back_on else "",
                id=ruled.decision,
            ),
        )


def _last_time_check(carried: CarryOver, on: date) -> ReadinessCheck:
    overdue = sum(action.is_overdue(on) for action in carried.actions)
    return ReadinessCheck(
        readiness=Readiness.WARNING if overdue else Readiness.READY,
        title=message(N_("From last time")),
        detail=message(
            N_(
                "open action items: {actions}, overdue: {overdue} · postponed to today: {decisions}"
            ),
            actions=len(carried.actions),
            overdue=overdue,
            decisions=len(carried.decisions),
        ),
    )


def _risk_check(carried: CarryOver) -> ReadinessCheck:
    from facilitator.domain.risk import RiskState, risks_in_state  # noqa: PLC0415  (see above)

    out = len(risks_in_state(carried.risks, RiskState.OUT_OF_CONTROL))
    return ReadinessCheck(
        readiness=Readiness.WARNING if out else Readiness.READY,
        title=message(N_("Risks")),
        detail=message(
            N_("out of control: {out}, watch: {watched}, under control: {controlled}"),
            out=out,
            watched=len(risks_in_state(carried.risks, RiskState.WATCHED)),
            controlled=len(risks_in_state(carried.risks, RiskState.CONTROLLED)),
        ),
    )
