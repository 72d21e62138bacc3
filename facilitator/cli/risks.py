"""`facilitator risks`: the risk register of all meetings, the worst first."""

import argparse

from facilitator.cli.output import say, say_json
from facilitator.cli.remembered import remembered
from facilitator.cli.tables import say_table
from facilitator.domain.past.meetings import PastRisk
from facilitator.domain.risk import RiskState
from facilitator.render.language import _, spoken
from facilitator.render.risk import RISK_HEADS, risk_cells


def run(options: argparse.Namespace) -> int:
    """List them; those that are over only where they are asked for."""
    found = remembered(options).risks
    if not options.all:
        found = tuple(each for each in found if each.risk.is_open)
    order = tuple(RiskState)
    chosen = sorted(found, key=lambda each: order.index(each.risk.state))
    if options.json:
        say_json([risk_fields(each) for each in chosen])
    elif chosen:
        say_table([_(head) for head in RISK_HEADS], [risk_cells(each, spoken()) for each in chosen])
    else:
        say(_("There are none."))
    return 0


def risk_fields(found: PastRisk) -> dict[str, object]:
    """A risk for machines."""
    risk, meeting = found.risk, found.meeting
    return {
        "id": risk.id,
        "series": meeting.series,
        "meeting": meeting.id,
        "state": risk.state,
        "text": risk.text,
        "solution": risk.solution,
        "owner": meeting.name_of(risk.owner) or None,
        "raised_by": found.raised_by,
        "raised_on": risk.raised_on,
        "meetings": risk.carried + 1,
        "kpi": risk.kpi,
        "marketplace": risk.marketplace if risk.kpi else None,
        "asins": risk.asins,
        "decision": risk.decision,
        "ended_by": risk.ended_by or None,
    }
