"""Statistics over all meetings as rows of a label, a value and a sparkline."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from facilitator.domain.agenda import ItemKind
from facilitator.domain.durations import HOUR
from facilitator.domain.errors import N_
from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.lost_time import LOSS_CAUSE_NAMES
from facilitator.domain.past.statistics import (
    ActionStats,
    CostStats,
    DecisionStats,
    IncidentStats,
    LostTimeStats,
    MeetingStats,
    MonthlyValue,
    NamedTrackRecord,
    OverrunStats,
    RatingStats,
    RiskStats,
)
from facilitator.domain.rating import HIGHEST_SCORE
from facilitator.domain.text import one_line
from facilitator.render.incidents import losses_text
from facilitator.render.language import Language
from facilitator.render.markdown import inline, table
from facilitator.render.sparkline import CHART_WIDTH, sparkline

StatisticsRow = tuple[str, str, str]


def month_chart(months: Sequence[MonthlyValue]) -> str:
    """Return the sparkline of monthly values; empty for a single month."""
    return sparkline([each.value for each in months], CHART_WIDTH) if len(months) > 1 else ""


def lost_time_rows(causes: Iterable[LostTimeStats], language: Language) -> Iterator[StatisticsRow]:
    """Yield a row per cause: the time, its percentage of all meeting time, and its cost."""
    _ = language.gettext
    for each in causes:
        facts = [language.minutes(each.time)]
        if each.share is not None:
            share = language.value(100 * each.share, Unit.PERCENT)
            facts.append(_("{share} of meeting time").format(share=share))
        facts += [language.money(amount, currency) for currency, amount in each.costs]
        label = _("Lost time: {cause}").format(cause=_(LOSS_CAUSE_NAMES[each.cause]))
        yield label, " · ".join(facts), sparkline(each.by_meeting, CHART_WIDTH)


def rating_rows(trend: RatingStats, language: Language) -> Iterator[StatisticsRow]:
    """Yield the average rating, then the lowest recent ratings with their reasons."""
    _ = language.gettext
    if trend.average is None:
        return
    text = language.ngettext(
        "{score} of {highest} ({meetings} meeting rated)",
        "{score} of {highest} ({meetings} meetings rated)",
        trend.rated,
    )
    value = text.format(
        score=language.value(trend.average, Unit.COUNT), highest=HIGHEST_SCORE, meetings=trend.rated
    )
    yield _("Rating"), value, sparkline(trend.by_meeting, CHART_WIDTH)
    for each in trend.lowest:
        label = _("Low rating, {day}").format(day=language.day(each.date))
        told = (str(each.score), one_line(each.name), one_line(each.reason))
        yield label, " · ".join(filter(None, told)), ""


MAX_LOSSES = 5
"""The number of latest incidents whose loss is shown."""


def track_record_rows(
    records: Iterable[NamedTrackRecord], language: Language
) -> Iterator[StatisticsRow]:
    """Yield a row per proposer."""
    _ = language.gettext
    for each in records:
        record = each.record
        parts = [
            _("{proposed} proposed, {approved} approved").format(
                proposed=record.proposed, approved=record.approved
            )
        ]
        if record.judged:
            parts.append(
                _("{kept} of {judged} expected results met").format(
                    kept=record.kept, judged=record.judged
                )
            )
        label = _("Proposals: {name}").format(name=one_line(each.name))
        yield label, " · ".join(parts), ""


def incident_rows(stats: IncidentStats, language: Language) -> Iterator[StatisticsRow]:
    """Yield the number of incidents, how fast they were reported, and the latest losses."""
    _ = language.gettext
    if not stats.count:
        return
    value = _("{count}, {in_time} of them told within an hour").format(
        count=stats.count, in_time=stats.in_time
    )
    yield _("Incidents"), value, ""
    if stats.minutes is not None:
        usual = language.duration(timedelta(minutes=stats.minutes))
        yield _("Typical time until informed (median)"), usual, sparkline(stats.gaps, CHART_WIDTH)
    losses = [f"{each.incident} {one_line(each.text)}" for each in stats.losses[:MAX_LOSSES]]
    if losses:
        yield _("Losses by incidents"), " · ".join(losses), ""
    if total := losses_text([(each.incident, each.text) for each in stats.losses], language):
        yield _("Losses in all"), total, ""


NO_VALUE = "–"

STATISTICS_COLUMNS = (N_("What"), N_("Value"), N_("Trend"))
ITEM_KIND_NAMES = {
    ItemKind.OPENING: N_("opening question"),
    ItemKind.KPI_REVIEW: N_("KPI review"),
    ItemKind.TOPIC: N_("topics"),
    ItemKind.DECISIONS: N_("decisions"),
    ItemKind.ACTION_REVIEW: N_("action review"),
    ItemKind.BUFFER: N_("buffer"),
}


def statistics_rows(stats: MeetingStats, language: Language) -> tuple[StatisticsRow, ...]:
    """Return all statistics as rows under `STATISTICS_COLUMNS`."""
    _ = language.gettext
    return (
        (_("Meetings"), language.count(stats.meetings), ""),
        (_("Time in meetings"), _hours(stats.time, language), ""),
        *_action_rows(stats.actions, language),
        *_decision_rows(stats.decisions, language),
        (_("Decisions per hour"), _number(stats.decisions_per_hour, language), ""),
        *(_overrun_row(each, language) for each in stats.overruns),
        *(row for each in stats.costs for row in _cost_rows(each, language)),
        *credit_rows(stats.risks, language),
        *lost_time_rows(stats.lost_time, language),
        *rating_rows(stats.ratings, language),
        *track_record_rows(stats.track_records, language),
        *incident_rows(stats.incidents, language),
    )


def statistics_markdown(stats: MeetingStats, language: Language) -> str:
    """Return all statistics as a Markdown table."""
    heads = [language.gettext(head) for head in STATISTICS_COLUMNS]
    return table(
        heads, [[inline(cell) for cell in row] for row in statistics_rows(stats, language)]
    )


def _action_rows(stats: ActionStats, language: Language) -> Iterator[StatisticsRow]:
    _ = language.gettext
    yield (
        _("Action items completed"),
        _("{share} ({done} of {due})").format(
            share=_percent(stats.rate, language),
            done=stats.done,
            due=stats.due,
        ),
        month_chart(stats.by_month),
    )
    yield (
        _("Action items done in time"),
        _("{share} ({in_time} of {due}), done late: {late}").format(
            share=_percent(stats.rate_in_time, language),
            in_time=stats.in_time,
            due=stats.due,
            late=stats.late,
        ),
        "",
    )
    yield (
        _("Action items still open"),
        _("{open}, {overdue} of them overdue").format(open=stats.still_open, overdue=stats.overdue),
        "",
    )


def _decision_rows(stats: DecisionStats, language: Language) -> Iterator[StatisticsRow]:
    _ = language.gettext
    yield (
        _("Decisions"),
        _("{ruled} decided, {waiting} waiting").format(ruled=stats.ruled, waiting=stats.waiting),
        "",
    )
    yield (
        _("Time from proposal to decision (median)"),
        _days_to_ruling(stats, language),
        month_chart(stats.by_month),
    )


def _days_to_ruling(stats: DecisionStats, language: Language) -> str:
    """Return the median, `7 d`, and the change of the later half against the earlier."""
    _ = language.gettext

    def text(days: float | None) -> str:
        return NO_VALUE if days is None else language.value(days, Unit.DAYS)

    if stats.change is None:
        return text(stats.days)
    share = language.change(100 * stats.change, Unit.COUNT, 0)
    return _("{days} (recently {lately}, before {before}, {share} %)").format(
        days=text(stats.days),
        lately=text(stats.lately),
        before=text(stats.before),
        share=share,
    )


def _overrun_row(overrun: OverrunStats, language: Language) -> StatisticsRow:
    _ = language.gettext
    label = _("Overrun: {kind}").format(kind=_(ITEM_KIND_NAMES[overrun.kind]))
    value = language.difference(overrun.spent - overrun.planned)
    if overrun.share is not None:
        share = language.change(100 * overrun.share, Unit.COUNT, 0)
        value = _("{time} ({share} % of plan)").format(time=value, share=share)
    return label, value, sparkline(overrun.by_meeting, CHART_WIDTH)


def _cost_rows(cost: CostStats, language: Language) -> Iterator[StatisticsRow]:
    _ = language.gettext
    for label, amount in (
        (_("Cost of the meetings"), cost.total),
        (_("Cost per decision"), cost.per_decision),
        (_("Cost per closed action item"), cost.per_closed_action),
    ):
        yield label, NO_VALUE if amount is None else language.money(amount, cost.currency), ""


def _percent(share: float | None, language: Language) -> str:
    return NO_VALUE if share is None else language.value(100 * share, Unit.PERCENT, 0)


def _number(number: float | None, language: Language) -> str:
    return NO_VALUE if number is None else language.value(number, Unit.COUNT)


def _hours(time: timedelta, language: Language) -> str:
    hours = language.value(time / HOUR, Unit.COUNT)
    return language.gettext(N_("{hours}\N{NO-BREAK SPACE}h")).format(hours=hours)


def credit_rows(stats: RiskStats, language: Language) -> Iterator[StatisticsRow]:
    """Yield the risks raised in all meetings, then a row per person; nothing for none."""
    if not stats.named:
        return
    _ = language.gettext
    counts = N_("{named}, {solved} with a solution")
    yield (
        _("Problems named"),
        _(counts).format(named=stats.named, solved=stats.solved),
        month_chart(stats.by_month),
    )
    for each in stats.people:
        label = _("Problems named: {name}").format(name=one_line(each.name))
        yield label, _(counts).format(named=each.named, solved=each.solved), ""
