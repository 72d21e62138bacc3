"""`facilitator decisions`: every question that was put, and what became of it."""

import argparse

from facilitator.cli.output import say, say_json
from facilitator.cli.remembered import remembered
from facilitator.cli.tables import say_table
from facilitator.domain.past.meetings import PastDecision
from facilitator.render.language import _, spoken
from facilitator.render.looking_back import DECISION_HEADS, decision_cells
from facilitator.session.closing import is_waiting


def run(options: argparse.Namespace) -> int:
    """List them: those that wait first, then the newest."""
    found = remembered(options).decisions
    if options.open:
        found = tuple(each for each in found if _is_waiting(each))
    chosen = sorted(found, key=lambda each: each.meeting.opened_at, reverse=True)
    chosen.sort(key=_is_waiting, reverse=True)
    if options.json:
        say_json([decision_fields(each) for each in chosen])
    elif chosen:
        say_table(
            [_(head) for head in DECISION_HEADS],
            [decision_cells(each, spoken()) for each in chosen],
        )
    else:
        say(_("There are none."))
    return 0


def decision_fields(found: PastDecision) -> dict[str, object]:
    """A decision for machines."""
    decision, meeting = found.decision, found.meeting
    ruling, chosen = decision.ruling, decision.chosen
    return {
        "id": decision.id,
        "series": meeting.series,
        "meeting": meeting.id,
        "question": decision.question,
        "kind": decision.kind,
        "kpi": decision.kpi,
        "marketplace": decision.marketplace if decision.kpi else None,
        "proposer": meeting.name_of(decision.proposer),
        "proposed_on": decision.proposed_on,
        "vetted_by": meeting.name_of(decision.vetting.person) if decision.vetting else None,
        "vetting_lapsed": decision.lapsed is not None,
        "shortcut_reason": decision.shortcut_reason or None,
        "times_postponed": decision.times_postponed,
        "waiting": _is_waiting(found),
        "outcome": ruling.outcome if ruling else None,
        "option": chosen.title if chosen else None,
        "amendment": ruling.amendment if ruling else None,
        "decider": meeting.name_of(ruling.decider) if ruling else None,
        "rationale": ruling.rationale if ruling else None,
        "ruled_at": ruling.at if ruling else None,
        "outside_on": ruling.outside_on if ruling else None,
        "comes_back_on": ruling.back_on if ruling else None,
        "promise_kept": decision.is_kept,
        "settled_on": decision.settled_on,
        "days_to_ruling": decision.days_to_ruling,
    }


def _is_waiting(found: PastDecision) -> bool:
    return is_waiting(found.decision)
