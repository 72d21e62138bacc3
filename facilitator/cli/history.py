"""`facilitator history`: every meeting that was held, and what came of it."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict

from facilitator.cli.output import say, say_json
from facilitator.cli.remembered import remembered
from facilitator.cli.tables import say_table
from facilitator.domain.past.meetings import PastFocus, PastMeeting, focus_history
from facilitator.domain.rating import average_score
from facilitator.render.focus import FOCUS_HEADS, focus_cells
from facilitator.render.language import _, spoken
from facilitator.render.looking_back import MEETING_HEADS, meeting_cells


def run(options: argparse.Namespace) -> int:
    """List them, the newest first."""
    meetings = remembered(options).meetings
    focuses = focus_history(meetings)
    if options.json:
        replaced = {each.meeting.id: each.replaced for each in focuses}
        say_json([_fields(each, replaced) for each in meetings])
    elif meetings:
        say_table(
            [_(head) for head in MEETING_HEADS],
            [meeting_cells(each, spoken()) for each in meetings],
        )
        _say_focuses(focuses)
    else:
        say(_("There are none.") if options.series else _("No meeting was held here yet."))
    return 0


def _say_focuses(weeks: tuple[PastFocus, ...]) -> None:
    if weeks:
        say(_("Focus, week by week"))
        say_table(
            [_(head) for head in FOCUS_HEADS], [focus_cells(each, spoken()) for each in weeks]
        )


def _fields(meeting: PastMeeting, replaced: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": meeting.id,
        "series": meeting.series,
        "title": meeting.title,
        "date": meeting.date,
        "opened_at": meeting.opened_at,
        "closed_at": meeting.closed_at,
        "version": meeting.version,
        "seconds": round(meeting.duration.total_seconds()),
        "planned_seconds": round(meeting.planned.total_seconds()),
        "cost": round(meeting.cost, 2),
        "currency": meeting.currency,
        "focus": meeting.focus,
        "focus_before": replaced.get(meeting.id, ""),
        "focus_reviews": [asdict(each) for each in meeting.focus_reviews],
        "decided": meeting.decided,
        "promised": meeting.promised,
        "problems": meeting.problems,
        "rating": average_score(meeting.ratings),
        "ratings": [
            {"person": each.person, "score": each.score, "reason": each.reason}
            for each in meeting.ratings
        ],
        "lost_seconds": round(sum(each.time.total_seconds() for each in meeting.waste)),
        "items": [
            {
                "kind": item.kind,
                "title": item.title,
                "seconds": round(item.spent.total_seconds()),
                "planned_seconds": round(item.planned.total_seconds()),
            }
            for item in meeting.items
        ],
    }
