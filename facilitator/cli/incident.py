"""`facilitator incident`: report one within the hour, say who was told, say that it is over."""

import argparse
import sys
from datetime import datetime, tzinfo
from pathlib import Path

from facilitator.adapters.catalogs import load_language
from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.system_clock import SystemClock
from facilitator.cli.front_door import prepared_agendas
from facilitator.cli.output import complain, say, say_json
from facilitator.cli.tables import say_table
from facilitator.cli.workspace import Workspace, workspace_at
from facilitator.cli.zone import local_zone
from facilitator.domain.agenda import Agenda
from facilitator.domain.apply.incidents import find_incident
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
from facilitator.render.language import _, spoken
from facilitator.render.notice import clock_text, moment, notice
from facilitator.session.incidents import of_series

KINDS = tuple(each.value for each in IncidentKind)


def run(options: argparse.Namespace) -> int:
    """List them, or take one step with one of them."""
    workspace = workspace_at(Path.cwd())
    log, now = IncidentJournal(workspace.meetings), SystemClock().now()
    match options.do:
        case "new":
            _report(workspace, log, now, options)
        case "told":
            _tell(workspace, log, now, options)
        case "close":
            _close(workspace, log, now, options)
        case _:
            _list(workspace, log, now, options)
    return 0


def _report(
    workspace: Workspace, log: IncidentJournal, now: datetime, options: argparse.Namespace
) -> None:
    series = _reviewing(workspace, options.series)
    agenda = _agenda(workspace, series)
    zone = _zone(agenda)
    kind = IncidentKind(options.kind or _asked_kind())
    phenomenon = options.phenomenon or _asked(_("What do you see?"))
    scope = options.scope or _asked(_("How far does it reach: ASINs, marketplaces, orders?"))
    if not options.measures:
        for step in PLAYBOOK[kind]:
            complain(f"  - {_(step)}")
    measures = options.measures or _asked(_("What did you do first?"))
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
    language = load_language(agenda.language) if agenda else spoken()
    text = notice(incident, language, zone)
    file = log.write_notice(incident.id, text)
    if options.json:
        say_json(_fields(incident, now) | {"notice": text, "file": str(file)})
        return
    say(text)
    complain(_("The notice is in {file}; send it to supervisor and boss now.").format(file=file))
    complain(_clock(incident, now))


def _tell(
    workspace: Workspace, log: IncidentJournal, now: datetime, options: argparse.Namespace
) -> None:
    incident = _named(log, options)
    if not options.who or set(options.who) - set(Recipient):
        raise FacilitatorError(
            N_("Say who was told: `facilitator incident told {id} supervisor boss`."),
            id=incident.id,
        )
    zone = _zone(_agenda(workspace, incident.series))
    at = parse_moment(options.at, now, zone)
    for who in options.who:
        log.step(rules.record_recipient_informed, now, incident.id, Recipient(who), at)
    _said(log, incident.id, now, options)


def _close(
    workspace: Workspace, log: IncidentJournal, now: datetime, options: argparse.Namespace
) -> None:
    incident = _named(log, options)
    zone = _zone(_agenda(workspace, incident.series))
    at = parse_moment(options.at, now, zone)
    log.step(rules.recover_incident, now, incident.id, at, by_itself=options.by_itself)
    _said(log, incident.id, now, options)
    complain(_("Its review is on the next agenda of {series}.").format(series=incident.series))


def _said(
    log: IncidentJournal, incident_id: IncidentId, now: datetime, options: argparse.Namespace
) -> None:
    incident = find_incident(log.incidents(), incident_id)
    assert incident is not None  # noqa: S101  (it was just written)
    if options.json:
        say_json(_fields(incident, now))
    else:
        say(_clock(incident, now) or _("{id}: supervisor and boss know.").format(id=incident_id))


def _list(
    workspace: Workspace, log: IncidentJournal, now: datetime, options: argparse.Namespace
) -> None:
    chosen = of_series(log.incidents(), options.series)
    if options.json:
        say_json([_fields(each, now) for each in chosen])
    elif not chosen:
        say(_("There are none."))
    else:
        heads = [_("Id"), _("Series"), _("Kind"), _("What"), _("Found"), _("Clock"), _("State")]
        say_table(heads, [_row(workspace, each, now) for each in chosen])


def _row(workspace: Workspace, incident: Incident, now: datetime) -> list[str]:
    zone = _zone(_agenda(workspace, incident.series))
    return [
        incident.id,
        incident.series,
        _(INCIDENT_KIND_NAMES[incident.kind]),
        incident.phenomenon,
        moment(incident.detected_at, spoken(), zone),
        _clock(incident, now) or _("all told"),
        _state(incident),
    ]


def _state(incident: Incident) -> str:
    if incident.review:
        return _("✓ reviewed")
    if incident.recovered_by_itself:
        return _("recovered by itself, to be reviewed")
    return _("over, to be reviewed") if incident.recovered_at else _("! going on")


def _clock(incident: Incident, now: datetime) -> str:
    return clock_text(incident, now, spoken())


def _named(log: IncidentJournal, options: argparse.Namespace) -> Incident:
    wanted = IncidentId((options.id or "").strip().upper())
    incident = find_incident(log.incidents(), wanted)
    if incident is None:
        raise FacilitatorError(
            N_("Say which incident, as in `facilitator incident {do} I1`; these are known: {ids}."),
            do=options.do,
            ids=_(", ").join(each.id for each in log.incidents()) or "–",
        )
    return incident


def _reviewing(workspace: Workspace, named: str | None) -> str:
    """The series that reviews it: a wrong name would put the review on nobody's agenda."""
    prepared = prepared_agendas(workspace, spoken())
    series = sorted({each.agenda.series for each in prepared if each.agenda})
    may_be_hidden = not series or any(each.agenda is None for each in prepared)
    if named and (named in series or may_be_hidden):
        return named
    if named or len(series) != 1:
        raise FacilitatorError(
            N_("Say with --series which meetings review it; these are here: {series}."),
            series=_(", ").join(series) or "–",
        )
    return series[0]


def _agenda(workspace: Workspace, series: str) -> Agenda | None:
    prepared = prepared_agendas(workspace, spoken())
    agendas = (each.agenda for each in prepared if each.agenda)
    return next((each for each in agendas if each.series == series), None)


def _zone(agenda: Agenda | None) -> tzinfo | None:
    return agenda.starts.tzinfo if agenda else local_zone()


def _asked_kind() -> str:
    answer = _asked(_("What is it? {kinds}").format(kinds=", ".join(KINDS))).strip()
    if answer not in KINDS:
        raise FacilitatorError(N_("Say with --kind what it is: {kinds}."), kinds=", ".join(KINDS))
    return answer


def _asked(question: str) -> str:
    """What somebody at the terminal answers; nothing where there is nobody to ask."""
    if not sys.stdin.isatty():
        return ""
    complain(question)
    print("> ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def _fields(incident: Incident, now: datetime) -> dict[str, object]:
    review = incident.review
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
        "review": None
        if review is None
        else {"cause": review.cause, "loss": review.loss, "lesson": review.lesson},
    }
