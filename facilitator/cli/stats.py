"""`facilitator stats`: promises kept, time overrun, days to a ruling, and what it all cost."""

import argparse
from collections.abc import Iterable

from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.output import say, say_json
from facilitator.cli.remembered import remembered
from facilitator.cli.tables import say_table
from facilitator.domain.past.statistics import (
    CostStats,
    IncidentStats,
    LostTimeStats,
    MeetingStats,
    MonthlyValue,
    NamedTrackRecord,
    OverrunStats,
    RatingStats,
    RiskStats,
    meeting_stats,
)
from facilitator.render.language import _, spoken
from facilitator.render.stats import STATS_HEADS, stats_rows


def run(options: argparse.Namespace) -> int:
    """Print them."""
    counted = meeting_stats(remembered(options), SystemClock().now().astimezone().date())
    if options.json:
        say_json(_fields(counted))
    elif counted.meetings:
        say_table([_(head) for head in STATS_HEADS], stats_rows(counted, spoken()))
    else:
        say(_("There are none.") if options.series else _("No meeting was held here yet."))
    return 0


def _fields(counted: MeetingStats) -> dict[str, object]:
    promises, rulings = counted.actions, counted.decisions
    return {
        "meetings": counted.meetings,
        "seconds": round(counted.time.total_seconds()),
        "decisions_per_hour": counted.decisions_per_hour,
        "promises": {
            "made": promises.made,
            "done": promises.done,
            "dropped": promises.dropped,
            "open": promises.still_open,
            "overdue": promises.overdue,
            "rate": promises.rate,
            "by_month": _months(promises.by_month),
        },
        "rulings": {
            "ruled": rulings.ruled,
            "waiting": rulings.waiting,
            "median_days": rulings.days,
            "median_days_lately": rulings.lately,
            "median_days_before": rulings.before,
            "change": rulings.change,
            "by_month": _months(rulings.by_month),
        },
        "overruns": [_overrun(each) for each in counted.overruns],
        "costs": [_cost(each) for each in counted.costs],
        "problems": _credit(counted.risks),
        "lost": [_wasted(each) for each in counted.lost_time],
        "ratings": _ratings(counted.ratings),
        "proposers": [_record(each) for each in counted.track_records],
        "incidents": _incidents(counted.incidents),
    }


def _months(months: Iterable[MonthlyValue]) -> list[dict[str, object]]:
    return [{"month": f"{each.month:%Y-%m}", "value": each.value} for each in months]


def _overrun(overrun: OverrunStats) -> dict[str, object]:
    return {
        "kind": overrun.kind,
        "items": overrun.times,
        "planned_seconds": round(overrun.planned.total_seconds()),
        "seconds": round(overrun.spent.total_seconds()),
        "share": overrun.share,
        "minutes_over_by_meeting": overrun.by_meeting,
    }


def _credit(record: RiskStats) -> dict[str, object]:
    return {
        "named": record.named,
        "with_solution": record.solved,
        "by_person": [
            {"name": each.name, "named": each.named, "with_solution": each.solved}
            for each in record.people
        ],
        "by_month": _months(record.by_month),
    }


def _cost(cost: CostStats) -> dict[str, object]:
    return {
        "currency": cost.currency,
        "total": round(cost.total, 2),
        "decisions": cost.decisions,
        "closed_actions": cost.closed_actions,
        "per_decision": cost.per_decision,
        "per_closed_action": cost.per_closed_action,
    }


def _wasted(wasted: LostTimeStats) -> dict[str, object]:
    return {
        "cause": wasted.cause,
        "times": wasted.times,
        "seconds": round(wasted.time.total_seconds()),
        "share": wasted.share,
        "costs": {currency: round(amount, 2) for currency, amount in wasted.costs},
        "minutes_by_meeting": wasted.by_meeting,
    }


def _ratings(trend: RatingStats) -> dict[str, object]:
    return {
        "average": trend.average,
        "by_meeting": trend.by_meeting,
        "lowest": [
            {"date": each.date, "name": each.name, "score": each.score, "reason": each.reason}
            for each in trend.lowest
        ],
    }


def _record(named: NamedTrackRecord) -> dict[str, object]:
    record = named.record
    return {
        "name": named.name,
        "proposed": record.proposed,
        "approved": record.approved,
        "reviewed": record.reviewed,
        "promises_kept": record.kept,
        "promises_not_kept": record.broken,
    }


def _incidents(count: IncidentStats) -> dict[str, object]:
    return {
        "count": count.count,
        "told": count.told,
        "told_within_the_hour": count.in_time,
        "median_minutes_to_told": count.minutes,
        "reviewed": count.reviewed,
        "losses": [{"id": each.incident, "loss": each.text} for each in count.losses],
    }
