"""The command `stats`: action items done, overruns, days to a ruling, cost, ratings."""

import argparse
from collections.abc import Iterable

from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.console_table import print_table
from facilitator.cli.history import load_history, no_meetings_text
from facilitator.cli.output import print_json, print_text
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
from facilitator.render.language import _, current_language
from facilitator.render.statistics import STATISTICS_COLUMNS, statistics_rows


def run_stats(options: argparse.Namespace) -> int:
    """Print the statistics of all meetings; return the exit code 0."""
    counted = meeting_stats(load_history(options), SystemClock().now().astimezone().date())
    if options.json:
        print_json(_stats_fields(counted))
    elif counted.meetings:
        print_table(
            [_(head) for head in STATISTICS_COLUMNS], statistics_rows(counted, current_language())
        )
    else:
        print_text(no_meetings_text(options))
    return 0


def _stats_fields(counted: MeetingStats) -> dict[str, object]:
    promises, rulings = counted.actions, counted.decisions
    return {
        "meetings": counted.meetings,
        "seconds": round(counted.time.total_seconds()),
        "decisions_per_hour": counted.decisions_per_hour,
        "promises": {
            "made": promises.made,
            "done": promises.done,
            "done_late": promises.late,
            "dropped": promises.dropped,
            "open": promises.still_open,
            "overdue": promises.overdue,
            "rate": promises.rate,
            "rate_in_time": promises.rate_in_time,
            "by_month": _month_fields(promises.by_month),
        },
        "rulings": {
            "ruled": rulings.ruled,
            "waiting": rulings.waiting,
            "median_days": rulings.days,
            "median_days_lately": rulings.lately,
            "median_days_before": rulings.before,
            "change": rulings.change,
            "by_month": _month_fields(rulings.by_month),
        },
        "overruns": [_overrun_fields(each) for each in counted.overruns],
        "costs": [_cost_fields(each) for each in counted.costs],
        "problems": _risk_fields(counted.risks),
        "lost": [_lost_time_fields(each) for each in counted.lost_time],
        "ratings": _rating_fields(counted.ratings),
        "proposers": [_track_record_fields(each) for each in counted.track_records],
        "incidents": _incident_fields(counted.incidents),
    }


def _month_fields(months: Iterable[MonthlyValue]) -> list[dict[str, object]]:
    return [{"month": f"{each.month:%Y-%m}", "value": each.value} for each in months]


def _overrun_fields(overrun: OverrunStats) -> dict[str, object]:
    return {
        "kind": overrun.kind,
        "items": overrun.times,
        "planned_seconds": round(overrun.planned.total_seconds()),
        "seconds": round(overrun.spent.total_seconds()),
        "share": overrun.share,
        "minutes_over_by_meeting": overrun.by_meeting,
    }


def _risk_fields(record: RiskStats) -> dict[str, object]:
    return {
        "named": record.named,
        "with_solution": record.solved,
        "by_person": [
            {"name": each.name, "named": each.named, "with_solution": each.solved}
            for each in record.people
        ],
        "by_month": _month_fields(record.by_month),
    }


def _cost_fields(cost: CostStats) -> dict[str, object]:
    return {
        "currency": cost.currency,
        "total": round(cost.total, 2),
        "decisions": cost.decisions,
        "closed_actions": cost.closed_actions,
        "per_decision": cost.per_decision,
        "per_closed_action": cost.per_closed_action,
    }


def _lost_time_fields(lost: LostTimeStats) -> dict[str, object]:
    return {
        "cause": lost.cause,
        "times": lost.times,
        "seconds": round(lost.time.total_seconds()),
        "share": lost.share,
        "costs": {currency: round(amount, 2) for currency, amount in lost.costs},
        "minutes_by_meeting": lost.by_meeting,
    }


def _rating_fields(trend: RatingStats) -> dict[str, object]:
    return {
        "average": trend.average,
        "by_meeting": trend.by_meeting,
        "lowest": trend.lowest,
    }


def _track_record_fields(named: NamedTrackRecord) -> dict[str, object]:
    record = named.record
    return {
        "name": named.name,
        "proposed": record.proposed,
        "approved": record.approved,
        "reviewed": record.reviewed,
        "promises_kept": record.kept,
        "promises_not_kept": record.broken,
    }


def _incident_fields(count: IncidentStats) -> dict[str, object]:
    return {
        "count": count.count,
        "told": count.told,
        "told_within_the_hour": count.in_time,
        "median_minutes_to_told": count.minutes,
        "reviewed": count.reviewed,
        "losses": [{"id": each.incident, "loss": each.text} for each in count.losses],
    }
