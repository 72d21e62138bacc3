"""The readiness list: checks before a meeting, for the lobby and `facilitator check`.

Modules that only the library or the reports need are imported in the functions that use them,
to keep them off the way to the first screen.
"""

from __future__ import annotations

from enum import StrEnum
from functools import reduce
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.domain.errors import N_, Diagnostic, Message, Translate, message

if TYPE_CHECKING:  # the lobby asks before there is any of it
    from collections.abc import Iterator
    from datetime import date

    from facilitator.domain.agenda import Agenda
    from facilitator.domain.carry_over import CarryOver
    from facilitator.domain.decision import Decision
    from facilitator.domain.incident import Incident
from datetime import timedelta
from pathlib import Path

from facilitator.domain.publication import describe_sending, is_sent_late
from facilitator.render.report_names import REPORT_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from facilitator.domain.agenda import Agenda, ReportSlot
    from facilitator.domain.carry_over import CarryOver
    from facilitator.domain.kpis.facts import Marketplace, Source
    from facilitator.domain.kpis.scorecard import Scorecard


class Readiness(StrEnum):
    """How one thing stands before the meeting."""

    READY = "ready"
    WARNING = "warning"
    MISSING = "missing"
    WAITING = "waiting"
    """Not known yet: the reports are still being read."""


class ReadinessCheck(Struct, frozen=True, kw_only=True):
    """One line of the readiness list."""

    readiness: Readiness
    title: Message
    detail: Message
    """What was found, or what to do about it."""
    problem: Diagnostic | None = None
    """Set where a file is at fault."""

    def translate(self, translate: Translate = str) -> str:
        """What was found, where, and what to do about it, in one line."""
        if self.problem is not None:
            return self.problem.translate(translate)
        return self.detail.translate(translate)


def blocking_checks(lines: tuple[ReadinessCheck, ...]) -> tuple[ReadinessCheck, ...]:
    """The lines that need a reason before the meeting begins all the same."""
    return tuple(line for line in lines if line.readiness is Readiness.MISSING)


def carry_over_checks(
    agenda: Agenda, carried: CarryOver | None, on: date
) -> Iterator[ReadinessCheck]:
    """Incidents, questions that nobody is there to rule, what was put off, and risks.

    `carried` is None until the library was read.
    """
    if carried is None:
        yield from _missing_decider_checks(agenda, agenda.decisions)
        return
    for incident in carried.incidents:
        yield _incident_check(incident)
    yield from _missing_decider_checks(agenda, (*carried.decisions, *agenda.decisions))
    if carried.met_on is not None:
        yield _last_time_check(carried, on)
    if carried.risks:
        yield _risk_check(carried)


def _incident_check(incident: Incident) -> ReadinessCheck:
    """An incident waits for its review; that somebody was not told of it weighs more."""
    detail = message(N_("“{text}” is to be reviewed"), text=incident.phenomenon)
    if incident.not_informed:
        detail = message(
            N_("“{text}”: not yet told: {names}. Tell them, and record when."),
            text=incident.phenomenon,
            names=_recipient_names(incident),
        )
    return ReadinessCheck(
        readiness=Readiness.WARNING if incident.not_informed else Readiness.READY,
        title=message(N_("Incident {id}"), id=incident.id),
        detail=detail,
    )


def _recipient_names(incident: Incident) -> Message:
    """Those who do not know of an incident yet."""
    from facilitator.domain.incident import RECIPIENT_NAMES  # noqa: PLC0415  (see above)

    names = (message(RECIPIENT_NAMES[each]) for each in incident.not_informed)
    return reduce(lambda one, more: message(N_("{one}, {more}"), one=one, more=more), names)


def _missing_decider_checks(
    agenda: Agenda, decisions: tuple[Decision, ...]
) -> Iterator[ReadinessCheck]:
    """Questions without a decider, in a meeting that has none: minutes are lost to that."""
    if agenda.decider is not None:
        return
    for decision in decisions:
        if agenda.person(decision.decider) is None:
            yield ReadinessCheck(
                readiness=Readiness.WARNING,
                title=message(N_("Decision")),
                detail=message(
                    N_("“{question}” has no decider: name one, or give somebody that duty"),
                    question=decision.question,
                ),
            )


def _last_time_check(carried: CarryOver, on: date) -> ReadinessCheck:
    overdue = sum(action.is_overdue(on) for action in carried.actions)
    return ReadinessCheck(
        readiness=Readiness.WARNING if overdue else Readiness.READY,
        title=message(N_("From last time")),
        detail=message(
            N_("open actions: {actions}, overdue: {overdue} · put off to today: {decisions}"),
            actions=len(carried.actions),
            overdue=overdue,
            decisions=len(carried.decisions),
        ),
    )


def _risk_check(carried: CarryOver) -> ReadinessCheck:
    from facilitator.domain.risk import RiskState, risks_in_state  # noqa: PLC0415  (likewise)

    out = len(risks_in_state(carried.risks, RiskState.OUT_OF_CONTROL))
    return ReadinessCheck(
        readiness=Readiness.WARNING if out else Readiness.READY,
        title=message(N_("Risks")),
        detail=message(
            N_("out of control: {out}, watched: {watched}, controlled: {controlled}"),
            out=out,
            watched=len(risks_in_state(carried.risks, RiskState.WATCHED)),
            controlled=len(risks_in_state(carried.risks, RiskState.CONTROLLED)),
        ),
    )


MAX_LISTED = 12
"""Problems told one by one before the rest is only counted."""

AGENDAS_FOLDER = "agendas"
"""The folder in which an agenda goes by its folder's name."""

DAILY_REPORTS = frozenset(
    {"search-term", "targeting", "advertised-product", "placement", "campaign", "business"}
)
"""Reports that have a row for every day: where the last days lack, the week is not whole."""


def readiness_checks(
    agenda: Agenda | None,
    problems: tuple[Diagnostic, ...],
    scorecard: Scorecard | None,
    carried: CarryOver | None,
    on: date,
) -> tuple[ReadinessCheck, ...]:
    """Everything worth knowing before the meeting begins; the worst is not hidden by order.

    `scorecard` is None until the reports are read, `carried` until the library was.
    """
    return tuple(_all_checks(agenda, problems, scorecard, carried, on))


def _all_checks(
    agenda: Agenda | None,
    problems: tuple[Diagnostic, ...],
    scorecard: Scorecard | None,
    carried: CarryOver | None,
    on: date,
) -> Iterator[ReadinessCheck]:
    yield from _diagnostic_checks(N_("Agenda"), problems)
    if agenda is None:
        return
    if not any(problem.is_error for problem in problems):
        yield _agenda_check(agenda)
        yield from _pre_read_check(agenda)
        yield from _timebox_checks(agenda, carried)
    for slot in agenda.data.reports:
        yield report_check(slot, scorecard, on)
    if scorecard is not None:
        yield from _diagnostic_checks(N_("Reports"), scorecard.problems)
        yield from _disagreement_checks(scorecard)
    yield from carry_over_checks(agenda, carried, on)


def _diagnostic_checks(title: str, problems: tuple[Diagnostic, ...]) -> Iterator[ReadinessCheck]:
    ordered = sorted(problems, key=lambda problem: not problem.is_error)
    for problem in ordered[:MAX_LISTED]:
        yield ReadinessCheck(
            readiness=Readiness.MISSING if problem.is_error else Readiness.WARNING,
            title=message(title),
            detail=problem.message,
            problem=problem,
        )
    if len(ordered) > MAX_LISTED:
        yield ReadinessCheck(
            readiness=Readiness.WARNING,
            title=message(title),
            detail=message(
                N_("and {count} more; `facilitator check` lists them all"),
                count=len(ordered) - MAX_LISTED,
            ),
        )


def _pre_read_check(agenda: Agenda) -> Iterator[ReadinessCheck]:
    """How long before the meeting people had it; nothing where it need not be sent."""
    told = describe_sending(agenda)
    if told is None and agenda.notice == timedelta():
        return
    is_ready = told is not None and not is_sent_late(agenda)
    missing = message(
        N_("not sent yet: run `facilitator publish {agenda}`"), agenda=_agenda_argument(agenda.file)
    )
    yield ReadinessCheck(
        readiness=Readiness.READY if is_ready else Readiness.WARNING,
        title=message(N_("Pre-read")),
        detail=told or missing,
    )


def _agenda_argument(file: str) -> str:
    """What a command is told of an agenda: a short name where there is one."""
    home = Path(file).parent
    return home.name if home.parent.name == AGENDAS_FOLDER else file


def _timebox_checks(agenda: Agenda, carried: CarryOver | None) -> Iterator[ReadinessCheck]:
    """Timeboxes that are far from what the last meetings took."""
    if carried is None or not carried.usual:
        return
    from facilitator.domain.usual_times import timebox_hints  # noqa: PLC0415  (see above)

    for told in timebox_hints(agenda, carried.usual):
        yield ReadinessCheck(readiness=Readiness.READY, title=message(N_("Timeboxes")), detail=told)


def _disagreement_checks(scorecard: Scorecard) -> Iterator[ReadinessCheck]:
    """Reports that contradict one another; where one leaves some out by nature, none does."""
    from facilitator.domain.kpis.disagreement import describe_disagreement  # noqa: PLC0415  (see above)

    surprising = [each for each in scorecard.disagreements if not each.is_expected]
    for each in surprising[:MAX_LISTED]:
        yield ReadinessCheck(
            readiness=Readiness.WARNING,
            title=message(N_("Reports disagree")),
            detail=describe_disagreement(each),
        )


def _agenda_check(agenda: Agenda) -> ReadinessCheck:
    minute = timedelta(minutes=1)
    return ReadinessCheck(
        readiness=Readiness.READY,
        title=message(N_("Agenda")),
        detail=message(
            N_("{planned} of {length} min in {count} items"),
            planned=round(agenda.planned / minute),
            length=round(agenda.length / minute),
            count=len(agenda.items),
        ),
    )


def report_check(slot: ReportSlot, scorecard: Scorecard | None, on: date) -> ReadinessCheck:
    """How a report that the meeting wants stands."""
    title = message(REPORT_NAMES.get(slot.kind, slot.kind))
    if scorecard is None:
        return ReadinessCheck(
            readiness=Readiness.WAITING, title=title, detail=message(N_("being read…"))
        )
    from facilitator.domain.completeness import fills_slot  # noqa: PLC0415  (see above)

    found = [each for each in scorecard.sources if fills_slot(slot, each)]
    lacking = Readiness.MISSING if slot.is_required else Readiness.WARNING
    if not found:
        return ReadinessCheck(
            readiness=lacking,
            title=title,
            detail=message(N_("missing: put the export into the data folder")),
        )
    uncovered = _missing_marketplaces(slot, found)
    if uncovered:
        return ReadinessCheck(
            readiness=lacking,
            title=title,
            detail=message(
                N_("no rows for {marketplaces}: put their export into the data folder"),
                marketplaces=" ".join(uncovered),
            ),
        )
    late = _outdated_message(slot, found, scorecard.week.end, on)
    if late is not None:
        return ReadinessCheck(readiness=Readiness.WARNING, title=title, detail=late)
    return ReadinessCheck(readiness=Readiness.READY, title=title, detail=_coverage_message(found))


def _outdated_message(slot: ReportSlot, found: list[Source], end: date, on: date) -> Message | None:
    """Why a report is not new enough for a week that ends on a day, or for a meeting `on` one."""
    place, last = _earliest_last_day(slot, found)
    if last is None:
        return None
    if slot.kind in DAILY_REPORTS and last < end:
        return message(
            N_(
                "its last day for {marketplace} is {last}, but the week ends on {end}: "
                "its figures are not whole"
            ),
            marketplace=place,
            last=last.isoformat(),
            end=end.isoformat(),
        )
    if (on - last).days > slot.max_age_days:
        return message(
            N_(
                "its last day for {marketplace} is {last}, {days} days before the meeting: "
                "export it again"
            ),
            marketplace=place,
            last=last.isoformat(),
            days=(on - last).days,
        )
    return None


def _earliest_last_day(
    slot: ReportSlot, found: list[Source]
) -> tuple[Marketplace | None, date | None]:
    """The marketplace whose days end first, and its last one: others must not hide it."""
    told = {
        place: max(each.last_day for each in found if each.last_day and place in each.marketplaces)
        for source in found
        for place in source.marketplaces
        if source.last_day and place in (slot.marketplaces or source.marketplaces)
    }
    place = min(told, key=lambda each: (told[each], each), default=None)
    return place, told[place] if place is not None else None


def _missing_marketplaces(slot: ReportSlot, found: list[Source]) -> list[Marketplace]:
    covered = {marketplace for source in found for marketplace in source.marketplaces}
    return [each for each in slot.marketplaces if each not in covered]


def _coverage_message(found: list[Source]) -> Message:
    first = min((each.first_day for each in found if each.first_day), default=None)
    last = max((each.last_day for each in found if each.last_day), default=None)
    return message(
        N_("{first} – {last} · {rows} rows · {marketplaces}"),
        first=first.isoformat() if first else "?",
        last=last.isoformat() if last else "?",
        rows=sum(each.rows_kept for each in found),
        marketplaces=" ".join(sorted({name for each in found for name in each.marketplaces})),
    )
