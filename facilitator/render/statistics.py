"""Statistics over all meetings as rows of a label, a figure and a sparkline."""

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
from facilitator.render.language import Language
from facilitator.render.markdown import inline, table
from facilitator.render.sparkline import CHART_WIDTH, sparkline

StatisticsRow = tuple[str, str, str]


def month_chart(months: Sequence[MonthlyValue]) -> str:
    """Figures month by month; empty for a single month."""
    return sparkline([each.value for each in months], CHART_WIDTH) if len(months) > 1 else ""


def lost_time_rows(causes: Iterable[LostTimeStats], language: Language) -> Iterator[StatisticsRow]:
    """A row a cause: the time, its share of all meeting time, and what it cost."""
    _ = language.gettext
    for each in causes:
        facts = [language.minutes(each.time)]
        if each.share is not None:
            share = language.value(100 * each.share, Unit.PERCENT)
            facts.append(_("{share} of the time").format(share=share))
        facts += [language.money(amount, currency) for currency, amount in each.costs]
        label = _("Lost: {cause}").format(cause=_(LOSS_CAUSE_NAMES[each.cause]))
        yield label, " · ".join(facts), sparkline(each.by_meeting, CHART_WIDTH)


def rating_rows(trend: RatingStats, language: Language) -> Iterator[StatisticsRow]:
    """The average over the meetings, then the lowest of late with their reasons."""
    _ = language.gettext
    if trend.average is None:
        return
    figure = _("{score} of {highest} ({meetings} rated)").format(
        score=language.value(trend.average, Unit.COUNT), highest=HIGHEST_SCORE, meetings=trend.rated
    )
    yield _("Rating"), figure, sparkline(trend.by_meeting, CHART_WIDTH)
    for each in trend.lowest:
        label = _("Low rating, {day}").format(day=language.day(each.date))
        yield label, f"{each.score} · {one_line(each.name)} · {one_line(each.reason)}", ""


MAX_LOSSES = 5
"""Reviewed incidents whose loss is told, the newest."""


def track_record_rows(
    told: Iterable[NamedTrackRecord], language: Language
) -> Iterator[StatisticsRow]:
    """A row a proposer."""
    _ = language.gettext
    for each in told:
        record = each.record
        parts = [
            _("{proposed} proposed, {approved} approved").format(
                proposed=record.proposed, approved=record.approved
            )
        ]
        if record.judged:
            parts.append(
                _("{kept} of {judged} promises kept").format(kept=record.kept, judged=record.judged)
            )
        label = _("Proposals: {name}").format(name=one_line(each.name))
        yield label, " · ".join(parts), ""


def incident_rows(count: IncidentStats, language: Language) -> Iterator[StatisticsRow]:
    """How many and how fast they were told, then what the last ones cost; nothing for none."""
    _ = language.gettext
    if not count.count:
        return
    figure = _("{count}, of them {in_time} told within the hour").format(
        count=count.count, in_time=count.in_time
    )
    yield _("Incidents"), figure, ""
    if count.minutes is not None:
        minutes = _("{n} min").format(n=language.amount(round(count.minutes, 1)))
        yield _("From found to told, median"), minutes, sparkline(count.gaps, CHART_WIDTH)
    losses = [f"{each.incident} {one_line(each.text)}" for each in count.losses[:MAX_LOSSES]]
    if losses:
        yield _("Losses by incidents"), " · ".join(losses), ""


NO_VALUE = "–"

STATISTICS_COLUMNS = (N_("What"), N_("Figure"), N_("Over time"))
ITEM_KIND_NAMES = {
    ItemKind.OPENING: N_("opening question"),
    ItemKind.KPI_REVIEW: N_("numbers"),
    ItemKind.TOPIC: N_("topics"),
    ItemKind.DECISIONS: N_("decisions"),
    ItemKind.ACTION_REVIEW: N_("action review"),
    ItemKind.BUFFER: N_("buffer"),
}


def statistics_rows(stats: MeetingStats, language: Language) -> tuple[StatisticsRow, ...]:
    """Everything that was counted, under `STATISTICS_COLUMNS`."""
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
    """The same as a table of Markdown."""
    heads = [language.gettext(head) for head in STATISTICS_COLUMNS]
    return table(
        heads, [[inline(cell) for cell in row] for row in statistics_rows(stats, language)]
    )


def _action_rows(promises: ActionStats, language: Language) -> Iterator[StatisticsRow]:
    _ = language.gettext
    yield (
        _("Promises kept"),
        _("{share} ({done} of {due})").format(
            share=_percent(promises.rate, language),
            done=promises.done,
            due=promises.done + promises.dropped + promises.overdue,
        ),
        month_chart(promises.by_month),
    )
    yield (
        _("Promises still open"),
        _("{open}, of them {overdue} overdue").format(
            open=promises.still_open, overdue=promises.overdue
        ),
        "",
    )


def _decision_rows(rulings: DecisionStats, language: Language) -> Iterator[StatisticsRow]:
    _ = language.gettext
    yield (
        _("Decisions"),
        _("{ruled} ruled, {waiting} waiting").format(ruled=rulings.ruled, waiting=rulings.waiting),
        "",
    )
    yield (
        _("From proposed to ruled, median"),
        _days_to_ruling(rulings, language),
        month_chart(rulings.by_month),
    )


def _days_to_ruling(rulings: DecisionStats, language: Language) -> str:
    """`7 d`, and how much faster the newer half of the rulings came than the older."""
    _ = language.gettext

    def said(days: float | None) -> str:
        return NO_VALUE if days is None else language.value(days, Unit.DAYS)

    if rulings.change is None:
        return said(rulings.days)
    share = language.change(100 * rulings.change, Unit.COUNT, 0)
    return _("{days}; lately {lately}, before {before}: {share} %").format(
        days=said(rulings.days),
        lately=said(rulings.lately),
        before=said(rulings.before),
        share=share,
    )


def _overrun_row(overrun: OverrunStats, language: Language) -> StatisticsRow:
    _ = language.gettext
    label = _("Overrun: {kind}").format(kind=_(ITEM_KIND_NAMES[overrun.kind]))
    over = language.difference(overrun.spent - overrun.planned)
    if overrun.share is not None:
        share = language.change(100 * overrun.share, Unit.COUNT, 0)
        over = _("{time} ({share} % of plan)").format(time=over, share=share)
    return label, over, sparkline(overrun.by_meeting, CHART_WIDTH)


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
    return language.gettext(N_("{hours} h")).format(hours=hours)


def credit_rows(record: RiskStats, language: Language) -> Iterator[StatisticsRow]:
    """What was named in all meetings, then a row a person; nothing where nothing was."""
    if not record.named:
        return
    _ = language.gettext
    counts = N_("{named}, with a solution {solved}")
    yield (
        _("Problems named"),
        _(counts).format(named=record.named, solved=record.solved),
        month_chart(record.by_month),
    )
    for each in record.people:
        label = _("Problems named: {name}").format(name=one_line(each.name))
        yield label, _(counts).format(named=each.named, solved=each.solved), ""
