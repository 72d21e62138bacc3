"""`facilitator stats`: promises kept, time overrun, days to a ruling, and what it all cost."""

import argparse
from collections.abc import Iterable

from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.output import say, say_json
from facilitator.cli.remembered import remembered
from facilitator.cli.tables import say_table
from facilitator.domain.stats import Cost, Monthly, Overrun, Stats, stats
from facilitator.render.language import _, spoken
from facilitator.render.stats import STATS_HEADS, stats_rows


def run(options: argparse.Namespace) -> int:
    """Print them."""
    counted = stats(remembered(options), SystemClock().now().astimezone().date())
    if options.json:
        say_json(_fields(counted))
    elif counted.meetings:
        say_table([_(head) for head in STATS_HEADS], stats_rows(counted, spoken()))
    else:
        say(_("There are none.") if options.series else _("No meeting was held here yet."))
    return 0


def _fields(counted: Stats) -> dict[str, object]:
    promises, rulings = counted.promises, counted.rulings
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
            "by_month": _months(rulings.by_month),
        },
        "overruns": [_overrun(each) for each in counted.overruns],
        "costs": [_cost(each) for each in counted.costs],
    }


def _months(months: Iterable[Monthly]) -> list[dict[str, object]]:
    return [{"month": f"{each.month:%Y-%m}", "value": each.value} for each in months]


def _overrun(overrun: Overrun) -> dict[str, object]:
    return {
        "kind": overrun.kind,
        "items": overrun.times,
        "planned_seconds": round(overrun.planned.total_seconds()),
        "seconds": round(overrun.spent.total_seconds()),
        "share": overrun.share,
        "minutes_over_by_meeting": overrun.by_meeting,
    }


def _cost(cost: Cost) -> dict[str, object]:
    return {
        "currency": cost.currency,
        "total": round(cost.total, 2),
        "decisions": cost.decisions,
        "closed_actions": cost.closed_actions,
        "per_decision": cost.per_decision,
        "per_closed_action": cost.per_closed_action,
    }
