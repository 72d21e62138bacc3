"""Looking back at meetings: `history`, `decisions`, `risks`, `search` and `chain`.

Each command returns the exit code 0; `chain` raises FacilitatorError for an unknown id.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.library_file import LibraryFile
from facilitator.cli.console_table import print_table
from facilitator.cli.output import (
    print_diagnostics,
    print_json,
    print_message,
    print_text,
    warn_of_sensitive,
)
from facilitator.cli.workspace import Workspace, workspace_at
from facilitator.domain.action import ActionItem
from facilitator.domain.agenda import ItemId
from facilitator.domain.decision import Decision
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.incident import Incident
from facilitator.domain.kpi_answer import KpiAnswer
from facilitator.domain.note import Note, ParkedTopic
from facilitator.domain.past.chain import Chain, ChainMeeting, StateChange, find_chains
from facilitator.domain.past.meetings import (
    Past,
    PastEntry,
    PastMeeting,
    focus_history,
)
from facilitator.domain.past.redaction import RedactedPast, redact_past
from facilitator.domain.past.search import Hit, search_past
from facilitator.domain.rating import average_score
from facilitator.domain.redaction import REDACTED_TEXT
from facilitator.domain.risk import Risk, RiskState
from facilitator.render.chain import chain_history_lines, chain_lines
from facilitator.render.focus import FOCUS_COLUMNS, focus_row
from facilitator.render.language import _, current_language
from facilitator.render.past_tables import (
    DECISION_COLUMNS,
    MEETING_COLUMNS,
    SEARCH_COLUMNS,
    decision_row,
    meeting_row,
    search_row,
)
from facilitator.render.risk import RISK_COLUMNS, risk_row
from facilitator.session.incidents import incidents_of_series


def open_library(workspace: Workspace) -> LibraryFile:
    """Return the library, in step with the journals; print what is odd about a journal."""
    library = LibraryFile(workspace.library)
    print_diagnostics(library.sync(workspace.meetings))
    return library


def load_history(options: argparse.Namespace) -> Past:
    """Return the past of the series in `options`, or of all; print where there is none of it."""
    workspace = workspace_at(Path.cwd())
    library = open_library(workspace)
    past = library.past(options.series)
    if options.series and not past.meetings:
        known = sorted({each.series for each in library.past().meetings})
        sentence = _("There are no meetings of the series “{name}” here. Series: {series}.")
        print_message(sentence.format(name=options.series, series=_(", ").join(known) or "–"))
    log = IncidentJournal(workspace.meetings)
    incidents = incidents_of_series(log.incidents(), options.series)
    print_diagnostics(log.problems)
    return replace(past, incidents=incidents)


def load_shown_history(options: argparse.Namespace) -> RedactedPast:
    """Return the past as it is printed: redacted, or with `--complete` as it is, with a warning."""
    past = load_history(options)
    redacted = redact_past(past, _(REDACTED_TEXT))
    if not options.complete:
        return redacted
    if not redacted.is_complete:
        warn_of_sensitive()
    return RedactedPast(past, is_complete=True)


def run_history(options: argparse.Namespace) -> int:
    """List the meetings, the newest first, and the focus of each week."""
    meetings = load_shown_history(options).past.meetings
    focuses = focus_history(meetings)
    if options.json:
        replaced = {each.meeting.id: each.replaced for each in focuses}
        print_json([_meeting_fields(each, replaced) for each in meetings])
        return 0
    print_table(
        [_(head) for head in MEETING_COLUMNS],
        [meeting_row(each, current_language()) for each in meetings],
        if_empty=no_meetings_text(options),
    )
    if focuses:
        print_text(_("Focus, week by week"))
        print_table(
            [_(head) for head in FOCUS_COLUMNS],
            [focus_row(each, current_language()) for each in focuses],
        )
    return 0


def no_meetings_text(options: argparse.Namespace) -> str:
    """Return what is printed where no meeting was held, or none of the series asked for."""
    return _("There are none.") if options.series else _("There are no meetings here yet.")


def _meeting_fields(meeting: PastMeeting, replaced: Mapping[str, str]) -> dict[str, object]:
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
        "focus_reviews": meeting.focus_reviews,
        "decided": meeting.decided,
        "promised": meeting.promised,
        "problems": meeting.problems,
        "rating": average_score(meeting.ratings),
        "ratings": meeting.ratings,
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


def run_decisions(options: argparse.Namespace) -> int:
    """List the decisions: those that wait first, then the newest."""
    found = load_shown_history(options).past.latest(Decision)
    if options.open:
        found = tuple(each for each in found if _is_waiting(each))
    chosen = sorted(found, key=lambda each: each.meeting.opened_at, reverse=True)
    chosen.sort(key=_is_waiting, reverse=True)
    if options.json:
        print_json([_decision_fields(each) for each in chosen])
    else:
        print_table(
            [_(head) for head in DECISION_COLUMNS],
            [decision_row(each, current_language()) for each in chosen],
            if_empty=_("There are none."),
        )
    return 0


def _decision_fields(found: PastEntry[Decision]) -> dict[str, object]:
    decision, meeting = found.entry, found.meeting
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


def _is_waiting(found: PastEntry[Decision]) -> bool:
    return found.entry.is_carried_over


def run_risks(options: argparse.Namespace) -> int:
    """List the risks, the worst first; with `--all` also those that are over."""
    found = load_shown_history(options).past.latest(Risk)
    if not options.all:
        found = tuple(each for each in found if each.entry.is_open)
    order = tuple(RiskState)
    chosen = sorted(found, key=lambda each: order.index(each.entry.state))
    if options.json:
        print_json([_risk_fields(each) for each in chosen])
    else:
        print_table(
            [_(head) for head in RISK_COLUMNS],
            [risk_row(each, current_language()) for each in chosen],
            if_empty=_("There are none."),
        )
    return 0


def _risk_fields(found: PastEntry[Risk]) -> dict[str, object]:
    risk, meeting = found.entry, found.meeting
    return {
        "id": risk.id,
        "series": meeting.series,
        "meeting": meeting.id,
        "state": risk.state,
        "text": risk.text,
        "solution": risk.solution,
        "owner": found.owner_name or None,
        "raised_by": meeting.name_of(risk.raised_by),
        "raised_on": risk.raised_on,
        "meetings": risk.carried + 1,
        "kpi": risk.kpi,
        "marketplace": risk.marketplace if risk.kpi else None,
        "asins": risk.asins,
        "decision": risk.decision,
        "ended_by": risk.ended_by or None,
    }


def run_search(options: argparse.Namespace) -> int:
    """List what contains all of the words, the newest meeting first."""
    words = " ".join(options.words)
    shown = load_shown_history(options)
    hits = search_past(shown.past, words, _)
    if not shown.is_complete:
        print_message(_("What is sensitive was not searched. Search it with --complete."))
    if options.json:
        print_json([_hit_fields(each) for each in hits])
    else:
        print_table(
            [_(head) for head in SEARCH_COLUMNS],
            [search_row(each, current_language()) for each in hits],
            if_empty=_("Nothing was found for “{words}”.").format(words=words),
        )
    return 0


def _hit_fields(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "text": hit.text,
        "series": hit.series,
        "meeting": hit.meeting_id or None,
        "date": hit.on,
    }


def run_chain(options: argparse.Namespace) -> int:
    """Print the chain of an id, for each series that knows it."""
    found = find_chains(load_shown_history(options).past, " ".join(options.id))
    if not found:
        raise FacilitatorError(
            N_("Unknown id “{id}”. Use an id such as D3, A5, P1, N2, R1, I3 or acos."),
            id=" ".join(options.id),
        )
    if options.json:
        print_json([_chain_fields(each) for each in found])
    else:
        _print_chains(found)
    return 0


def _print_chains(found: Sequence[Chain]) -> None:
    for chain in found:
        if len(found) > 1:
            print_text(_("Series {series}").format(series=chain.series))
        language = current_language()
        for line in chain_lines(chain, language) + chain_history_lines(chain, language):
            print_text(line)


def _chain_fields(chain: Chain) -> dict[str, object]:
    return {
        "series": chain.series,
        "kpi": chain.kpi,
        "kpi_name": chain.kpi_name,
        "incidents": [_chain_incident_fields(each) for each in chain.incidents],
        "notes": [
            {
                "id": each.entry.id,
                "meeting": each.meeting.id,
                "text": each.entry.text,
                "during": each.meeting.titles.get(each.entry.item_id or ItemId(""), ""),
                "became": each.entry.made,
            }
            for each in chain.latest(Note)
        ],
        "risks": [_risk_fields(each) for each in chain.latest(Risk)],
        "topics": [
            {
                "id": each.entry.id,
                "meeting": each.meeting.id,
                "text": each.entry.text,
                "parked": each.entry.is_open,
            }
            for each in chain.latest(ParkedTopic)
        ],
        "marketplace": chain.marketplace,
        "causes": [
            _answer_fields(each.answer) | {"on": each.meeting.date} for each in chain.answers
        ],
        "decisions": [
            _decision_fields(each)
            | {"actions": [_chain_action_fields(one) for one in chain.actions_of(each.entry)]}
            for each in chain.latest(Decision)
        ],
        "actions": [_chain_action_fields(each) for each in chain.actions_of(None)],
        "meetings": [_chain_meeting_fields(each) for each in chain.meetings],
        "closed_since": [_change_fields(each) for each in chain.closed_since],
    }


def _chain_meeting_fields(past: ChainMeeting) -> dict[str, object]:
    return {
        "id": past.meeting.id,
        "date": past.meeting.date,
        "title": past.meeting.title,
        "causes": [_answer_fields(answer) for answer in past.answers],
        "entries": [_change_fields(change) for change in past.changes],
    }


def _change_fields(change: StateChange) -> dict[str, object]:
    entry = change.now.entry
    return {
        "kind": entry.entry_kind,
        "id": entry.id,
        "is_new": change.before is None,
        "text": entry.text,
        "state": entry.state_code,
        "state_before": change.before.state_code if change.before else None,
        "owner_name": change.now.owner_name,
        "due": entry.due,
        "became": entry.made,
        "remarks": [each for each in entry.remarks if each],
    }


def _chain_incident_fields(incident: Incident) -> dict[str, object]:
    review = incident.review
    return {
        "id": incident.id,
        "found_at": incident.detected_at,
        "phenomenon": incident.phenomenon,
        "cause": review.cause if review else None,
        "loss": review.loss if review else None,
        "lesson": review.lesson if review else None,
    }


def _answer_fields(answer: KpiAnswer) -> dict[str, object]:
    return {
        "marketplace": answer.marketplace,
        "verdict": answer.verdict,
        "causes": answer.causes,
        "proposal": answer.proposal,
        "evidence": answer.evidence,
        "action": answer.action,
    }


def _chain_action_fields(found: PastEntry[ActionItem]) -> dict[str, object]:
    action = found.entry
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
