"""`facilitator history`: every meeting that was held, and what came of it."""

import argparse

from facilitator.cli.output import say, say_json
from facilitator.cli.remembered import remembered
from facilitator.cli.tables import say_table
from facilitator.domain.past import PastMeeting
from facilitator.render.language import _, spoken
from facilitator.render.looking_back import MEETING_HEADS, meeting_cells


def run(options: argparse.Namespace) -> int:
    """List them, the newest first."""
    meetings = remembered(options).meetings
    if options.json:
        say_json([_fields(each) for each in meetings])
    elif meetings:
        say_table(
            [_(head) for head in MEETING_HEADS],
            [meeting_cells(each, spoken()) for each in meetings],
        )
    else:
        say(_("There are none.") if options.series else _("No meeting was held here yet."))
    return 0


def _fields(meeting: PastMeeting) -> dict[str, object]:
    return {
        "id": meeting.id,
        "series": meeting.series,
        "title": meeting.title,
        "date": meeting.date,
        "opened_at": meeting.opened_at,
        "closed_at": meeting.closed_at,
        "seconds": round(meeting.duration.total_seconds()),
        "planned_seconds": round(meeting.planned.total_seconds()),
        "cost": round(meeting.cost, 2),
        "currency": meeting.currency,
        "focus": meeting.focus,
        "decided": meeting.decided,
        "promised": meeting.promised,
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
