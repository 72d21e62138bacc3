"""Readiness checks before a meeting, for the lobby and `facilitator check`.

Modules that only the library or the reports need are imported in the functions that use them,
to keep them off the way to the first screen.
"""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.domain.durations import MINUTE, NO_TIME
from facilitator.domain.errors import N_, Diagnostic, Message, message
from facilitator.domain.publication import describe_sending, is_sent_late
from facilitator.render.report_names import REPORT_NAMES
from facilitator.session.carry_over_checks import carry_over_checks
from facilitator.session.readiness_check import Readiness, ReadinessCheck

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from facilitator.domain.agenda import Agenda, ReportSlot
    from facilitator.domain.carry_over import CarryOver
    from facilitator.domain.kpis.facts import Marketplace, Source
    from facilitator.domain.kpis.scorecard import Scorecard
    from facilitator.domain.unfinished_week import UnfinishedWeek
    from facilitator.render.language import Language


MIN_BUFFER = 2 * MINUTE
"""The least time of a meeting that its items should leave free."""
MAX_LISTED = 12
"""The most diagnostics that are listed one by one."""

AGENDAS_FOLDER = "agendas"
"""The folder in which an agenda can be referred to by the name of its own folder."""

DAILY_REPORTS = frozenset(
    {"search-term", "targeting", "advertised-product", "placement", "campaign", "business"}
)
"""Reports with a row for every day; if the last days are missing, the week is incomplete."""


def readiness_checks(
    agenda: Agenda | None,
    problems: tuple[Diagnostic, ...],
    scorecard: Scorecard | None,
    carried: CarryOver | None,
    on: date,
    unfinished: UnfinishedWeek | None = None,
    language: Language | None = None,
    stored: tuple[Diagnostic, ...] = (),
) -> tuple[ReadinessCheck, ...]:
    """Return all readiness checks of a meeting, on the day `on`.

    `scorecard` is None until the reports were read, `carried` until the library was. `unfinished`
    is the last week if it was not over in all marketplaces when the reports were read.
    `language` is that of the names of KPIs; English without it. `stored` is what is wrong with
    the meetings before.
    """
    checks = [*diagnostic_checks(N_("Agenda"), problems)]
    if agenda is None:
        return tuple(checks)
    if not any(problem.is_error for problem in problems):
        checks.append(_agenda_check(_whole_agenda(agenda, carried)))
        checks += _start_check(agenda, on)
        checks += _pre_read_check(agenda)
        checks += _timebox_checks(agenda, carried)
    day = agenda.meeting_day(on)
    checks += (report_check(slot, scorecard, day) for slot in agenda.data.reports)
    if unfinished is not None:
        checks.append(_unfinished_week_check(agenda, unfinished))
    if scorecard is not None:
        checks += diagnostic_checks(N_("Reports"), scorecard.dearest_problems)
        checks += _disagreement_checks(scorecard)
        checks += _worst_kpi_checks(scorecard, language)
    checks += (
        ReadinessCheck(
            readiness=Readiness.WARNING,
            title=message(N_("Meetings")),
            detail=each.message,
            diagnostic=each,
        )
        for each in stored
    )
    checks += carry_over_checks(agenda, carried, on)
    return tuple(checks)


def diagnostic_checks(title: str, diagnostics: tuple[Diagnostic, ...]) -> Iterator[ReadinessCheck]:
    """Yield a check for each of the first diagnostics, and one for the others."""
    ordered = sorted(diagnostics, key=lambda diagnostic: not diagnostic.is_error)
    for diagnostic in ordered[:MAX_LISTED]:
        yield ReadinessCheck(
            readiness=Readiness.MISSING if diagnostic.is_error else Readiness.WARNING,
            title=message(title),
            detail=diagnostic.message,
            diagnostic=diagnostic,
        )
    if len(ordered) > MAX_LISTED:
        yield ReadinessCheck(
            readiness=Readiness.WARNING,
            title=message(title),
            detail=message(
                N_("and {count} more (`facilitator check` lists them all)"),
                count=len(ordered) - MAX_LISTED,
            ),
        )


def _start_check(agenda: Agenda, on: date) -> Iterator[ReadinessCheck]:
    """Yield a warning if the day of the meeting has passed, or its time does not exist."""
    real_start = agenda.starts.astimezone(UTC).astimezone(agenda.starts.tzinfo)
    if real_start.replace(tzinfo=None) != agenda.starts.replace(tzinfo=None):
        yield ReadinessCheck(
            readiness=Readiness.WARNING,
            title=message(N_("Start time")),
            detail=message(
                N_(
                    "{time} does not exist on {day}: the clocks go forward in that night. The "
                    "meeting is taken to start at {real}. Change `starts` in the agenda."
                ),
                time=f"{agenda.starts:%H:%M}",
                day=agenda.starts.date().isoformat(),
                real=f"{real_start:%H:%M}",
            ),
        )
    if agenda.starts.date() >= on:
        return
    yield ReadinessCheck(
        readiness=Readiness.WARNING,
        title=message(N_("Planned day")),
        detail=message(
            N_("{day} has passed: set `starts` in the agenda to the new day"),
            day=agenda.starts.date().isoformat(),
        ),
    )


def _unfinished_week_check(agenda: Agenda, unfinished: UnfinishedWeek) -> ReadinessCheck:
    """Return the warning that a week is not over everywhere."""
    if unfinished.is_reviewed:
        detail = N_(
            "{start} – {end} is not over in {places} until {time}, so its last hours are missing: "
            "export again after that"
        )
    else:
        detail = N_(
            "{start} – {end} is not over in {places} until {time}, so the week before is under "
            "review: reload after that"
        )
    places = unfinished.marketplaces if unfinished.is_reviewed else (agenda.data.timezone,)
    return ReadinessCheck(
        readiness=Readiness.WARNING,
        title=message(N_("Week")),
        detail=message(
            detail,
            start=unfinished.week.start.isoformat(),
            end=unfinished.week.end.isoformat(),
            places=" ".join(places),
            time=f"{unfinished.over_at:%Y-%m-%d %H:%M}",
        ),
    )


def _pre_read_check(agenda: Agenda) -> Iterator[ReadinessCheck]:
    """Yield the check whether the pre-read was sent in time; none if it need not be sent."""
    sent = describe_sending(agenda)
    if sent is None and agenda.notice == NO_TIME:
        return
    is_ready = sent is not None and not is_sent_late(agenda)
    missing = message(
        N_("not sent yet: run `facilitator publish {agenda}`"), agenda=_agenda_argument(agenda.file)
    )
    yield ReadinessCheck(
        readiness=Readiness.READY if is_ready else Readiness.WARNING,
        title=message(N_("Pre-read")),
        detail=sent or missing,
    )


def _agenda_argument(file: str) -> str:
    """Return how commands can refer to an agenda: by folder name if possible, or by path."""
    folder = Path(file).parent
    return folder.name if folder.parent.name == AGENDAS_FOLDER else file


def _timebox_checks(agenda: Agenda, carried: CarryOver | None) -> Iterator[ReadinessCheck]:
    """Yield a hint about timeboxes that differ much from the usual times."""
    if carried is None or not carried.usual:
        return
    from facilitator.domain.usual_times import timebox_hints  # noqa: PLC0415  (see above)

    for hint in timebox_hints(agenda, carried.usual):
        yield ReadinessCheck(readiness=Readiness.READY, title=message(N_("Timeboxes")), detail=hint)


def _disagreement_checks(scorecard: Scorecard) -> Iterator[ReadinessCheck]:
    """Yield a warning for reports that contradict each other unexpectedly."""
    from facilitator.domain.kpis.disagreement import describe_disagreement  # noqa: PLC0415  (see above)

    unexpected = [each for each in scorecard.dearest_disagreements if not each.is_expected]
    for each in unexpected[:MAX_LISTED]:
        yield ReadinessCheck(
            readiness=Readiness.WARNING,
            title=message(N_("Reports disagree")),
            detail=describe_disagreement(each),
        )


def _worst_kpi_checks(scorecard: Scorecard, language: Language | None) -> Iterator[ReadinessCheck]:
    """Yield a warning for each KPI that is worse than any target."""
    worst = [each for each in scorecard.red if each.current.is_worse_than_any_target]
    if not worst:
        return
    from facilitator.render.kpi_answers import kpi_and_marketplace  # noqa: PLC0415  (see above)
    from facilitator.render.language import Language  # noqa: PLC0415  (see above)
    from facilitator.render.scorecard import division_by_zero  # noqa: PLC0415  (see above)

    for each in worst:
        definition = scorecard.definition(each.kpi)
        if definition is not None:
            name = kpi_and_marketplace(
                scorecard, each.kpi, each.marketplace, language or Language()
            )
            yield ReadinessCheck(
                readiness=Readiness.WARNING,
                title=message(N_("KPI")),
                detail=message(
                    N_("{what}: {reason}"),
                    what=name,
                    reason=division_by_zero(each.current, definition),
                ),
            )


def _whole_agenda(agenda: Agenda, carried: CarryOver | None) -> Agenda:
    """Return the agenda with the items that the meeting will have besides."""
    if carried is None or not (carried.incidents or carried.topics):
        return agenda
    from facilitator.render.language import Language  # noqa: PLC0415  (see above)
    from facilitator.session.added_items import add_carried_items  # noqa: PLC0415  (see above)

    return add_carried_items(agenda, carried, Language())


def _agenda_check(agenda: Agenda) -> ReadinessCheck:
    """Return the check whether the items fit, and leave a little of the time free."""
    over = agenda.planned - agenda.length
    is_ready = over <= NO_TIME and agenda.buffer >= MIN_BUFFER
    if over > NO_TIME:
        text = N_(
            "{planned} of {length} min in {count} items, {over} too many: shorten some items, or "
            "lengthen the meeting"
        )
    elif agenda.buffer < MIN_BUFFER:
        text = N_("{planned} of {length} min and no buffer: leave 2 to 5")
    else:
        text = N_("{planned} of {length} min in {count} items")
    return ReadinessCheck(
        readiness=Readiness.READY if is_ready else Readiness.WARNING,
        title=message(N_("Agenda")),
        detail=message(
            text,
            planned=round(agenda.planned / MINUTE),
            length=round(agenda.length / MINUTE),
            count=len(agenda.items),
            over=round(over / MINUTE),
        ),
    )


def report_check(slot: ReportSlot, scorecard: Scorecard | None, on: date) -> ReadinessCheck:
    """Return the check of one report: present, complete, recent enough, and all of it counted.

    `on` is the day of the meeting.
    """
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
    doubt = _outdated_message(slot, found, scorecard.week.end, on) or _left_out_message(found)
    if doubt is not None:
        return ReadinessCheck(readiness=Readiness.WARNING, title=title, detail=doubt)
    return ReadinessCheck(readiness=Readiness.READY, title=title, detail=_coverage_message(found))


def _left_out_message(found: list[Source]) -> Message | None:
    """Return how much is refused, or has no week or shop; None if all of it was counted."""
    lost = [
        each
        for source in found
        for each in source.left_out
        if each.reason == "unplaced" or (each.reason == "refused" and each.currency)
    ]
    if not lost:
        return None
    amounts: dict[tuple[str, str], float] = {}
    for each in lost:
        if each.currency:
            key = (each.currency, each.measure)
            amounts[key] = amounts.get(key, 0.0) + each.amount
    dearest: dict[str, float] = {}
    for (currency, _measure), amount in amounts.items():
        dearest[currency] = max(dearest.get(currency, 0.0), amount, key=abs)
    told = [f"{amount:,.2f} {code}" for code, amount in sorted(dearest.items()) if round(amount, 2)]
    rows = max(each.rows for each in lost)
    if not told:
        return message(N_("not all of it was counted; rows left out: {rows}"), rows=rows)
    return message(
        N_("not all of it was counted; rows left out: {rows}, with {amounts}"),
        rows=rows,
        amounts=", ".join(told),
    )


def _outdated_message(slot: ReportSlot, found: list[Source], end: date, on: date) -> Message | None:
    """Return why a report is too old for the week that ends on `end`, or for a meeting `on`."""
    marketplace, last_day = _earliest_last_day(slot, found)
    if last_day is None:
        return None
    if slot.kind in DAILY_REPORTS and last_day < end:
        return message(
            N_(
                "the data for {marketplace} ends on {last}, but the week ends on {end}, so the "
                "week is incomplete"
            ),
            marketplace=marketplace,
            last=last_day.isoformat(),
            end=end.isoformat(),
        )
    days = (on - last_day).days
    if days > slot.max_age_days:
        text = N_(
            "the data for {marketplace} ends on {last}, {days} days before the meeting: "
            "export it again"
        )
        if days == 1:
            text = N_(
                "the data for {marketplace} ends on {last}, the day before the meeting: "
                "export it again"
            )
        return message(text, marketplace=marketplace, last=last_day.isoformat(), days=days)
    return None


def _earliest_last_day(
    slot: ReportSlot, found: list[Source]
) -> tuple[Marketplace | None, date | None]:
    """Return the marketplace whose data ends first, with that day.

    Data of other marketplaces in the same report must not hide that.
    """
    last_days = {
        marketplace: max(
            each.last_day for each in found if each.last_day and marketplace in each.marketplaces
        )
        for source in found
        for marketplace in source.marketplaces
        if source.last_day and marketplace in (slot.marketplaces or source.marketplaces)
    }
    marketplace = min(last_days, key=lambda each: (last_days[each], each), default=None)
    return marketplace, last_days[marketplace] if marketplace is not None else None


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
