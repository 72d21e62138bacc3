"""Is everything ready? The same lines for the lobby and for `facilitator check`.

What only the library or the reports bring to tell is loaded once they do.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.domain.errors import N_, Diagnostic, Message, message
from facilitator.domain.publication import describe_sending, is_sent_late
from facilitator.render.reports import REPORT_NAMES
from facilitator.session.carried_checks import carried_checks
from facilitator.session.readiness import Check, Readiness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from facilitator.domain.agenda import Agenda, ReportSlot
    from facilitator.domain.carry_over import CarryOver
    from facilitator.domain.kpis.facts import Marketplace, Source
    from facilitator.domain.kpis.scorecard import Scorecard

LONGEST_LIST = 12
"""Problems told one by one before the rest is only counted."""

SHELF = "agendas"
"""The folder in which an agenda goes by its folder's name."""

DAILY = frozenset(
    {"search-term", "targeting", "advertised-product", "placement", "campaign", "business"}
)
"""Reports that have a row for every day: where the last days lack, the week is not whole."""


def checks(
    agenda: Agenda | None,
    problems: tuple[Diagnostic, ...],
    scorecard: Scorecard | None,
    carried: CarryOver | None,
    on: date,
) -> tuple[Check, ...]:
    """Everything worth knowing before the meeting begins; the worst is not hidden by order.

    `scorecard` is None until the reports are read, `carried` until the library was.
    """
    return tuple(_all(agenda, problems, scorecard, carried, on))


def _all(
    agenda: Agenda | None,
    problems: tuple[Diagnostic, ...],
    scorecard: Scorecard | None,
    carried: CarryOver | None,
    on: date,
) -> Iterator[Check]:
    yield from _told(N_("Agenda"), problems)
    if agenda is None:
        return
    if not any(problem.is_error for problem in problems):
        yield _agenda(agenda)
        yield from _sent(agenda)
        yield from _usual_times(agenda, carried)
    for slot in agenda.data.reports:
        yield report_check(slot, scorecard, on)
    if scorecard is not None:
        yield from _told(N_("Reports"), scorecard.problems)
        yield from _disagreements(scorecard)
    yield from carried_checks(agenda, carried, on)


def _told(title: str, problems: tuple[Diagnostic, ...]) -> Iterator[Check]:
    ordered = sorted(problems, key=lambda problem: not problem.is_error)
    for problem in ordered[:LONGEST_LIST]:
        yield Check(
            readiness=Readiness.MISSING if problem.is_error else Readiness.WARNING,
            title=message(title),
            detail=problem.message,
            problem=problem,
        )
    if len(ordered) > LONGEST_LIST:
        yield Check(
            readiness=Readiness.WARNING,
            title=message(title),
            detail=message(
                N_("and {count} more; `facilitator check` lists them all"),
                count=len(ordered) - LONGEST_LIST,
            ),
        )


def _sent(agenda: Agenda) -> Iterator[Check]:
    """How long before the meeting people had it; nothing where it need not be sent."""
    told = describe_sending(agenda)
    if told is None and agenda.notice == timedelta():
        return
    is_ready = told is not None and not is_sent_late(agenda)
    missing = message(
        N_("not sent yet: run `facilitator publish {agenda}`"), agenda=_named(agenda.file)
    )
    yield Check(
        readiness=Readiness.READY if is_ready else Readiness.WARNING,
        title=message(N_("Pre-read")),
        detail=told or missing,
    )


def _named(file: str) -> str:
    """What a command is told of an agenda: a short name where there is one."""
    home = Path(file).parent
    return home.name if home.parent.name == SHELF else file


def _usual_times(agenda: Agenda, carried: CarryOver | None) -> Iterator[Check]:
    """Timeboxes that are far from what the last meetings took."""
    if carried is None or not carried.usual:
        return
    from facilitator.domain.usual_times import timebox_hints  # noqa: PLC0415  (see above)

    for told in timebox_hints(agenda, carried.usual):
        yield Check(readiness=Readiness.READY, title=message(N_("Timeboxes")), detail=told)


def _disagreements(scorecard: Scorecard) -> Iterator[Check]:
    """Reports that contradict one another; where one leaves some out by nature, none does."""
    from facilitator.domain.kpis.disagreement import describe_disagreement  # noqa: PLC0415  (see above)

    surprising = [each for each in scorecard.disagreements if not each.is_expected]
    for each in surprising[:LONGEST_LIST]:
        yield Check(
            readiness=Readiness.WARNING,
            title=message(N_("Reports disagree")),
            detail=describe_disagreement(each),
        )


def _agenda(agenda: Agenda) -> Check:
    minute = timedelta(minutes=1)
    return Check(
        readiness=Readiness.READY,
        title=message(N_("Agenda")),
        detail=message(
            N_("{planned} of {length} min in {count} items"),
            planned=round(agenda.planned / minute),
            length=round(agenda.length / minute),
            count=len(agenda.items),
        ),
    )


def report_check(slot: ReportSlot, scorecard: Scorecard | None, on: date) -> Check:
    """How a report that the meeting wants stands."""
    title = message(REPORT_NAMES.get(slot.kind, slot.kind))
    if scorecard is None:
        return Check(readiness=Readiness.WAITING, title=title, detail=message(N_("being read…")))
    from facilitator.domain.completeness import fills_slot  # noqa: PLC0415  (see above)

    found = [each for each in scorecard.sources if fills_slot(slot, each)]
    lacking = Readiness.MISSING if slot.is_required else Readiness.WARNING
    if not found:
        return Check(
            readiness=lacking,
            title=title,
            detail=message(N_("missing: put the export into the data folder")),
        )
    uncovered = _uncovered(slot, found)
    if uncovered:
        return Check(
            readiness=lacking,
            title=title,
            detail=message(
                N_("no rows for {marketplaces}: put their export into the data folder"),
                marketplaces=" ".join(uncovered),
            ),
        )
    late = _late(slot, found, scorecard.week.end, on)
    if late is not None:
        return Check(readiness=Readiness.WARNING, title=title, detail=late)
    return Check(readiness=Readiness.READY, title=title, detail=_window(found))


def _late(slot: ReportSlot, found: list[Source], end: date, on: date) -> Message | None:
    """Why a report is not new enough for a week that ends on a day, or for a meeting `on` one."""
    place, last = _first_to_end(slot, found)
    if last is None:
        return None
    if slot.kind in DAILY and last < end:
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


def _first_to_end(slot: ReportSlot, found: list[Source]) -> tuple[Marketplace | None, date | None]:
    """The marketplace whose days end first, and its last one: others must not hide it."""
    told = {
        place: max(each.last_day for each in found if each.last_day and place in each.marketplaces)
        for source in found
        for place in source.marketplaces
        if source.last_day and place in (slot.marketplaces or source.marketplaces)
    }
    place = min(told, key=lambda each: (told[each], each), default=None)
    return place, told[place] if place is not None else None


def _uncovered(slot: ReportSlot, found: list[Source]) -> list[Marketplace]:
    covered = {marketplace for source in found for marketplace in source.marketplaces}
    return [each for each in slot.marketplaces if each not in covered]


def _window(found: list[Source]) -> Message:
    first = min((each.first_day for each in found if each.first_day), default=None)
    last = max((each.last_day for each in found if each.last_day), default=None)
    return message(
        N_("{first} – {last} · {rows} rows · {marketplaces}"),
        first=first.isoformat() if first else "?",
        last=last.isoformat() if last else "?",
        rows=sum(each.rows_kept for each in found),
        marketplaces=" ".join(sorted({name for each in found for name in each.marketplaces})),
    )
