"""The command `incident`: list incidents, report one, record who was informed, close one."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from facilitator.adapters.catalogs import load_language
from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.console_table import print_table
from facilitator.cli.local_timezone import local_timezone
from facilitator.cli.output import print_diagnostics, print_json, print_message, print_text
from facilitator.cli.workspace import (
    Workspace,
    agenda_of_series,
    find_of_series,
    load_agendas,
    workspace_at,
)
from facilitator.domain.agenda import Agenda
from facilitator.domain.entry import find_entry
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.incident import (
    INCIDENT_KIND_NAMES,
    PLAYBOOK,
    Incident,
    IncidentId,
    IncidentKind,
    Recipient,
)
from facilitator.domain.rules import incidents as rules
from facilitator.domain.time_input import parse_moment
from facilitator.render.incidents import day_and_time, incident_clock_text, incident_notice
from facilitator.render.language import _, current_language
from facilitator.session.incidents import incidents_of_series
from facilitator.session.stored_meetings import PreparedAgenda

KINDS = tuple(each.value for each in IncidentKind)


def run_incident(options: argparse.Namespace) -> int:
    """Do what was asked for with the incidents; return the exit code 0.

    Raises FacilitatorError for an unknown incident, a missing answer or an unknown series.
    """
    workspace = workspace_at(Path.cwd())
    log, now = IncidentJournal(workspace.meetings), SystemClock().now()
    match options.do:
        case "new":
            _report_incident(workspace, log, now, options)
        case "told":
            _record_notification(workspace, log, now, options)
        case "close":
            _close_incident(workspace, log, now, options)
        case _:
            _list_incidents(workspace, log, now, options)
    return 0


def _report_incident(
    workspace: Workspace, log: IncidentJournal, now: datetime, options: argparse.Namespace
) -> None:
    series = _reviewing_series(workspace, options.series)
    agenda = agenda_of_series(workspace, series)
    zone = _timezone_of(agenda)
    kind = IncidentKind(options.kind or _ask_kind())
    phenomenon = options.phenomenon or _ask(_("What do you see?"))
    scope = options.scope or _ask(_("What is affected: ASINs, marketplaces, orders?"))
    if not options.measures:
        for step in PLAYBOOK[kind]:
            print_message(f"  - {_(step)}")
    measures = options.measures or _ask(_("What did you do first?"))
    draft = Incident(
        id=IncidentId(""),
        series=series,
        kind=kind,
        phenomenon=phenomenon,
        scope=scope,
        measures=measures,
        detected_at=parse_moment(options.at, now, zone),
        reported_at=now,
    )
    incident = log.step(rules.report_incident, now, draft).incident
    language = load_language(agenda.language) if agenda else current_language()
    text = incident_notice(incident, language, zone)
    file = log.write_notice(incident.id, text)
    if options.json:
        print_json(_incident_fields(incident, now) | {"notice": text, "file": str(file)})
        return
    print_text(text)
    print_message(
        _("The notice is in {file}. Send it to the supervisor and the boss now.").format(file=file)
    )
    print_message(_deadline_text(incident, now))


def _record_notification(
    workspace: Workspace, log: IncidentJournal, now: datetime, options: argparse.Namespace
) -> None:
    incident = _find_incident(log, options)
    if not options.who or set(options.who) - set(Recipient):
        raise FacilitatorError(
            N_("Then record who was told: `facilitator incident told {id} supervisor boss`."),
            id=incident.id,
        )
    zone = _timezone_of(agenda_of_series(workspace, incident.series))
    at = parse_moment(options.at, now, zone)
    for who in options.who:
        log.step(rules.record_recipient_informed, now, incident.id, Recipient(who), at)
    _print_incident(log, incident.id, now, options)


def _close_incident(
    workspace: Workspace, log: IncidentJournal, now: datetime, options: argparse.Namespace
) -> None:
    incident = _find_incident(log, options)
    zone = _timezone_of(agenda_of_series(workspace, incident.series))
    at = parse_moment(options.at, now, zone)
    log.step(rules.recover_incident, now, incident.id, at, by_itself=options.by_itself)
    _print_incident(log, incident.id, now, options)
    print_message(
        _("Its review will be on the next agenda of {series}.").format(series=incident.series)
    )


def _print_incident(
    log: IncidentJournal, incident_id: IncidentId, now: datetime, options: argparse.Namespace
) -> None:
    incident = find_entry(log.incidents(), incident_id)
    assert incident is not None  # noqa: S101  (it was just written)
    if options.json:
        print_json(_incident_fields(incident, now))
    else:
        print_text(
            _deadline_text(incident, now)
            or _("{id}: supervisor and boss have been told.").format(id=incident_id)
        )


def _list_incidents(
    workspace: Workspace, log: IncidentJournal, now: datetime, options: argparse.Namespace
) -> None:
    chosen = incidents_of_series(log.incidents(), options.series)
    print_diagnostics(log.problems)
    if options.json:
        print_json([_incident_fields(each, now) for each in chosen])
    else:
        heads = [_("Id"), _("Series"), _("Kind"), _("What"), _("Found"), _("Clock"), _("State")]
        prepared = load_agendas(workspace, current_language())
        for agenda in prepared:
            if agenda.agenda is None:  # the time zone of its series is not known
                print_diagnostics(agenda.problems)
        rows = [_incident_row(prepared, each, now) for each in chosen]
        print_table(heads, rows, if_empty=_("There are none."))


def _incident_row(
    prepared: Sequence[PreparedAgenda], incident: Incident, now: datetime
) -> list[str]:
    zone = _timezone_of(find_of_series(prepared, incident.series))
    return [
        incident.id,
        incident.series,
        _(INCIDENT_KIND_NAMES[incident.kind]),
        incident.phenomenon,
        day_and_time(incident.detected_at, current_language(), zone),
        _deadline_text(incident, now) or _("everyone told"),
        _state_text(incident),
    ]


def _state_text(incident: Incident) -> str:
    if incident.review:
        return _("✓ reviewed")
    if incident.recovered_by_itself:
        return _("recovered by itself, to be reviewed")
    return _("ended, to be reviewed") if incident.recovered_at else _("! ongoing")


def _deadline_text(incident: Incident, now: datetime) -> str:
    return incident_clock_text(incident, now, current_language())


def _find_incident(log: IncidentJournal, options: argparse.Namespace) -> Incident:
    wanted = IncidentId((options.id or "").strip().upper())
    incident = find_entry(log.incidents(), wanted)
    if incident is None:
        raise FacilitatorError(
            N_("Say which incident, as in `facilitator incident {do} I1`. Incidents: {ids}."),
            do=options.do,
            ids=_(", ").join(each.id for each in log.incidents()) or "–",
        )
    return incident


def _reviewing_series(workspace: Workspace, named: str | None) -> str:
    """Return the series that will review the incident.

    Raises FacilitatorError for a name that no agenda has, as the review would never take place.
    """
    prepared = load_agendas(workspace, current_language())
    series = sorted({each.agenda.series for each in prepared if each.agenda})
    may_be_hidden = not series or any(each.agenda is None for each in prepared)
    if named and (named in series or may_be_hidden):
        return named
    if named or len(series) != 1:
        raise FacilitatorError(
            N_("Use --series to say which meetings will review it. Series: {series}."),
            series=_(", ").join(series) or "–",
        )
    return series[0]


def _timezone_of(agenda: Agenda | None) -> tzinfo | None:
    return agenda.starts.tzinfo if agenda else local_timezone()


def _ask_kind() -> str:
    answer = _ask(_("Which kind of incident? {kinds}").format(kinds=", ".join(KINDS))).strip()
    if answer not in KINDS:
        raise FacilitatorError(
            N_("Use --kind to say which kind of incident it is: {kinds}."), kinds=", ".join(KINDS)
        )
    return answer


def _ask(question: str) -> str:
    """Return the answer from the terminal; an empty text where stdin is none."""
    if not sys.stdin.isatty():
        return ""
    print_message(question)
    print("> ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def _incident_fields(incident: Incident, now: datetime) -> dict[str, object]:
    return {
        "id": incident.id,
        "series": incident.series,
        "kind": incident.kind,
        "phenomenon": incident.phenomenon,
        "scope": incident.scope,
        "measures": incident.measures,
        "detected_at": incident.detected_at,
        "deadline": incident.deadline,
        "told": {each: incident.told_at(each) for each in Recipient},
        "late": [each for each in Recipient if incident.is_late(each, now)],
        "gap_minutes": {
            each: round(incident.time_to_inform(each, now).total_seconds() / 60)
            for each, _at in incident.told
        },
        "recovered_at": incident.recovered_at,
        "recovered_by_itself": incident.recovered_by_itself,
        "review": incident.review,
    }
