"""`facilitator chain`: from a KPI over cause and decision to what was done, for any id."""

import argparse
from collections.abc import Sequence

from facilitator.cli.decisions import decision_fields
from facilitator.cli.output import say, say_json
from facilitator.cli.remembered import remembered
from facilitator.cli.risks import risk_fields
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.incident import Incident
from facilitator.domain.past.chain import Chain, PastAnswer, find_chains
from facilitator.domain.past.meetings import PastAction
from facilitator.render.chain import chain_lines
from facilitator.render.language import _, spoken


def run(options: argparse.Namespace) -> int:
    """Print the chain of each series that has this id."""
    found = find_chains(remembered(options), options.id)
    if not found:
        raise FacilitatorError(
            N_("No meeting knows “{id}”; give an id such as D3, A5, P1, N2, R1, I3 or acos."),
            id=options.id,
        )
    if options.json:
        say_json([_fields(each) for each in found])
    else:
        _print(found)
    return 0


def _print(found: Sequence[Chain]) -> None:
    for chain in found:
        if len(found) > 1:
            say(_("Series {series}").format(series=chain.series))
        for line in chain_lines(chain, spoken()):
            say(line)


def _fields(chain: Chain) -> dict[str, object]:
    return {
        "series": chain.series,
        "kpi": chain.kpi,
        "kpi_name": chain.kpi_name,
        "incidents": [_incident(each) for each in chain.incidents],
        "notes": [
            {
                "id": each.note.id,
                "meeting": each.meeting.id,
                "text": each.note.text,
                "during": each.note.during,
                "became": each.note.became or None,
            }
            for each in chain.notes
        ],
        "risks": [risk_fields(each) for each in chain.risks],
        "topics": [
            {"id": each.id, "meeting": each.meeting.id, "text": each.text, "parked": each.is_open}
            for each in chain.topics
        ],
        "marketplace": chain.marketplace,
        "causes": [_answer(each) for each in chain.answers],
        "decisions": [
            decision_fields(each.decision_entry)
            | {"actions": [_action(one) for one in each.actions]}
            for each in chain.decisions
        ],
        "actions": [_action(each) for each in chain.actions],
    }


def _incident(incident: Incident) -> dict[str, object]:
    review = incident.review
    return {
        "id": incident.id,
        "found_at": incident.detected_at,
        "phenomenon": incident.phenomenon,
        "cause": review.cause if review else None,
        "loss": review.loss if review else None,
        "lesson": review.lesson if review else None,
    }


def _answer(told: PastAnswer) -> dict[str, object]:
    answer = told.answer
    return {
        "on": told.on,
        "marketplace": answer.marketplace,
        "verdict": answer.verdict,
        "causes": answer.causes,
        "proposal": answer.proposal,
        "evidence": answer.evidence,
        "action": answer.action,
    }


def _action(found: PastAction) -> dict[str, object]:
    action = found.action
    return {
        "id": action.id,
        "title": action.title,
        "owner_name": found.owner_name,
        "due": action.due,
        "status": action.status,
        "criterion": action.criterion,
        "evidence": action.evidence,
        "meeting": found.meeting.id,
    }
