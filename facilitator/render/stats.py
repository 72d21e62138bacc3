"""What the meetings come to, as rows of a label, a figure and a small chart."""

from collections.abc import Iterator
from datetime import timedelta

from facilitator.domain.agenda import ItemKind
from facilitator.domain.errors import N_
from facilitator.domain.kpis.kpi import Unit
from facilitator.domain.past.statistics import (
    ActionStats,
    CostStats,
    DecisionStats,
    MeetingStats,
    OverrunStats,
)
from facilitator.render.language import Language
from facilitator.render.markdown import inline, table
from facilitator.render.record_stats import incident_rows, record_rows
from facilitator.render.risk import credit_rows
from facilitator.render.room_stats import Row, month_chart, rating_rows, wasted_rows
from facilitator.render.sparkline import CHARTED, sparkline

NOTHING = "–"

STATS_HEADS = (N_("What"), N_("Figure"), N_("Over time"))
KINDS = {
    ItemKind.OPENING: N_("opening question"),
    ItemKind.KPI_REVIEW: N_("numbers"),
    ItemKind.TOPIC: N_("topics"),
    ItemKind.DECISIONS: N_("decisions"),
    ItemKind.ACTION_REVIEW: N_("action review"),
    ItemKind.BUFFER: N_("buffer"),
}


def stats_rows(stats: MeetingStats, language: Language) -> tuple[Row, ...]:
    """Everything that was counted, under `STATS_HEADS`."""
    _ = language.gettext
    return (
        (_("Meetings"), language.count(stats.meetings), ""),
        (_("Time in meetings"), _hours(stats.time, language), ""),
        *_promises(stats.actions, language),
        *_rulings(stats.decisions, language),
        (_("Decisions per hour"), _plain(stats.decisions_per_hour, language), ""),
        *(_overrun(each, language) for each in stats.overruns),
        *(row for each in stats.costs for row in _costs(each, language)),
        *credit_rows(stats.risks, language),
        *wasted_rows(stats.lost_time, language),
        *rating_rows(stats.ratings, language),
        *record_rows(stats.track_records, language),
        *incident_rows(stats.incidents, language),
    )


def stats_text(stats: MeetingStats, language: Language) -> str:
    """The same as a table of Markdown."""
    heads = [language.gettext(head) for head in STATS_HEADS]
    return table(heads, [[inline(cell) for cell in row] for row in stats_rows(stats, language)])


def _promises(promises: ActionStats, language: Language) -> Iterator[Row]:
    _ = language.gettext
    yield (
        _("Promises kept"),
        _("{share} ({done} of {due})").format(
            share=_share(promises.rate, language),
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


def _rulings(rulings: DecisionStats, language: Language) -> Iterator[Row]:
    _ = language.gettext
    yield (
        _("Decisions"),
        _("{ruled} ruled, {waiting} waiting").format(ruled=rulings.ruled, waiting=rulings.waiting),
        "",
    )
    yield (
        _("From proposed to ruled, median"),
        _cycle(rulings, language),
        month_chart(rulings.by_month),
    )


def _cycle(rulings: DecisionStats, language: Language) -> str:
    """`7 d`, and how much faster the newer half of the rulings came than the older."""
    _ = language.gettext

    def said(days: float | None) -> str:
        return NOTHING if days is None else language.value(days, Unit.DAYS)

    if rulings.change is None:
        return said(rulings.days)
    share = language.change(100 * rulings.change, Unit.COUNT, 0)
    return _("{days}; lately {lately}, before {before}: {share} %").format(
        days=said(rulings.days),
        lately=said(rulings.lately),
        before=said(rulings.before),
        share=share,
    )


def _overrun(overrun: OverrunStats, language: Language) -> Row:
    _ = language.gettext
    label = _("Overrun: {kind}").format(kind=_(KINDS[overrun.kind]))
    over = language.difference(overrun.spent - overrun.planned)
    if overrun.share is not None:
        share = language.change(100 * overrun.share, Unit.COUNT, 0)
        over = _("{time} ({share} % of plan)").format(time=over, share=share)
    return label, over, sparkline(overrun.by_meeting, CHARTED)


def _costs(cost: CostStats, language: Language) -> Iterator[Row]:
    _ = language.gettext
    for label, amount in (
        (_("Cost of the meetings"), cost.total),
        (_("Cost per decision"), cost.per_decision),
        (_("Cost per closed action item"), cost.per_closed_action),
    ):
        yield label, NOTHING if amount is None else language.money(amount, cost.currency), ""


def _share(share: float | None, language: Language) -> str:
    return NOTHING if share is None else language.value(100 * share, Unit.PERCENT, 0)


def _plain(number: float | None, language: Language) -> str:
    return NOTHING if number is None else language.value(number, Unit.COUNT)


def _hours(time: timedelta, language: Language) -> str:
    hours = language.value(time / timedelta(hours=1), Unit.COUNT)
    return language.gettext(N_("{hours} h")).format(hours=hours)
