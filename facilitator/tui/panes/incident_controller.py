"""Report, follow and review incidents, from the lobby or from a meeting."""

from collections.abc import Callable

from textual.widget import Widget

from facilitator.domain.agenda import Agenda
from facilitator.domain.apply.incidents import Incidents, missed_updates
from facilitator.domain.entry import find_entry
from facilitator.domain.errors import N_, FacilitatorError, RuleError
from facilitator.domain.incident import Incident, IncidentId, IncidentReview, Recipient
from facilitator.domain.rules import incidents as rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.time_input import parse_moment
from facilitator.render.incidents import incident_list_line, incident_notice, notification_lines
from facilitator.render.language import _, current_language
from facilitator.session.incidents import incidents_to_review
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.tui.dialogs.form import SaveDraft, discard_draft
from facilitator.tui.dialogs.incident_board import IncidentBoard, IncidentCommand, IncidentLine
from facilitator.tui.dialogs.incident_form import IncidentForm, IncidentReviewForm
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.i18n import notify_error

NOTIFIED_AT_QUESTIONS = {
    Recipient.SUPERVISOR: N_("When was the supervisor told — 10:05; empty for now"),
    Recipient.BOSS: N_("When was the boss told — 10:05; empty for now"),
}


class IncidentController:
    """Takes steps on incidents for a screen, and lets its meeting hear of them."""

    def __init__(
        self,
        screen: Widget,
        services: Services,
        agenda: Agenda,
        *,
        changed: Callable[[], object],
        session: MeetingSession | None = None,
    ) -> None:
        """Speak through `screen`; `changed` is called after each step."""
        self._screen = screen
        self._services = services
        self._agenda = agenda
        self._changed = changed
        self._session = session
        self._zone = agenda.starts.tzinfo

    def open(self) -> None:
        """Show what waits for its review; where nothing does, ask for a report at once."""
        try:
            if self._session is not None:
                if self._session.meeting_id is None:
                    raise RuleError(N_("A rehearsal writes nothing: report it from the lobby."))
                self._sync_meeting()
            waiting = self._waiting()[::-1]
        except FacilitatorError as error:
            notify_error(self._screen, error)
            return
        if waiting:
            board = IncidentBoard(
                lambda: tuple(map(self._line, waiting)), may_review=self._session is not None
            )
            self._screen.app.push_screen(board, self._run_command)
        else:
            self.report()

    def report(self) -> None:
        """Ask for a report."""
        self._screen.app.push_screen(
            IncidentForm(
                self._agenda.series,
                now=self._services.clock.now,
                zone=self._zone,
                submit=self._report,
                keep=self._save_draft("incident:new"),
                draft=self._draft("incident:new"),
            )
        )

    def review(self, incident_id: IncidentId) -> None:
        """Ask what the meeting makes of an incident."""
        session = self._session
        known = session.meeting.incidents if session else ()
        incident = find_entry(known, incident_id)
        if session is None or incident is None:
            return
        form = f"incident:{incident_id}"

        def submit(answers: IncidentReview) -> None:
            session.step(rules.review_incident, incident_id, answers)
            self._changed()

        timeline = "\n".join(
            notification_lines(incident, self._services.clock.now(), current_language(), self._zone)
        )
        self._screen.app.push_screen(
            IncidentReviewForm(
                incident,
                timeline,
                submit=submit,
                keep=self._save_draft(form),
                draft=self._draft(form),
            )
        )

    def _waiting(self) -> Incidents:
        return incidents_to_review(self._services.incidents, self._agenda.series)

    def _line(self, incident: Incident) -> IncidentLine:
        now = self._services.clock.now()
        return IncidentLine(
            id=incident.id,
            line=incident_list_line(incident, now, current_language()),
            is_late=any(incident.is_late(each, now) for each in Recipient),
            notice=self._notice(incident),
        )

    def _run_command(self, wanted: tuple[IncidentCommand, IncidentId] | None) -> None:
        if wanted is None:
            return
        command, incident_id = wanted
        match command:
            case IncidentCommand.REPORT:
                self.report()
            case IncidentCommand.SUPERVISOR:
                self._ask_when(incident_id, Recipient.SUPERVISOR)
            case IncidentCommand.BOSS:
                self._ask_when(incident_id, Recipient.BOSS)
            case IncidentCommand.OVER | IncidentCommand.BY_ITSELF:
                self._recover(incident_id, by_itself=command is IncidentCommand.BY_ITSELF)
            case IncidentCommand.REVIEW:
                self.review(incident_id)
            case IncidentCommand.COPY:
                self._copy(incident_id)

    def _report(self, draft: Incident) -> None:
        now = self._services.clock.now()
        found = self._services.incidents.step(rules.report_incident, now, draft)
        try:  # it is reported: what fails from here on must not keep the form open
            self._sync_meeting()
            text = self._notice(found.incident)
            self._screen.app.copy_to_clipboard(text)
            file = self._services.incidents.write_notice(found.incident.id, text)
            said = _("The notice is in the clipboard and in {file}: send it now.").format(file=file)
            self._screen.notify(said, timeout=10, markup=False)
        except FacilitatorError as error:
            notify_error(self._screen, error)

    def _ask_when(self, incident_id: IncidentId, recipient: Recipient) -> None:
        def submit(text: str) -> None:
            now = self._services.clock.now()
            at = parse_moment(text, now, self._zone)
            self._services.incidents.step(
                rules.record_recipient_informed, now, incident_id, recipient, at
            )
            self._sync_meeting()

        self._screen.app.push_screen(
            TextEntry(
                incident_id,
                question=_(NOTIFIED_AT_QUESTIONS[recipient]),
                is_required=False,
                submit=submit,
            )
        )

    def _recover(self, incident_id: IncidentId, *, by_itself: bool) -> None:
        now = self._services.clock.now()
        try:
            self._services.incidents.step(
                rules.recover_incident, now, incident_id, by_itself=by_itself
            )
            self._sync_meeting()
        except FacilitatorError as error:
            notify_error(self._screen, error)

    def _copy(self, incident_id: IncidentId) -> None:
        incident = find_entry(self._waiting(), incident_id)
        if incident is not None:
            self._screen.app.copy_to_clipboard(self._notice(incident))
            self._screen.notify(_("The notice is in the clipboard."))

    def _sync_meeting(self) -> None:
        """Let the meeting hear what was reported here and in other windows; then show it."""
        if self._session is not None:
            known, now = self._session.meeting.incidents, self._services.clock.now()
            for news in missed_updates(known, self._waiting(), now):
                self._session.step(rules.receive_incident_update, news)
        self._changed()

    def _notice(self, incident: Incident) -> str:
        return incident_notice(
            incident, self._services.language_of(self._agenda.language), self._zone
        )

    def _save_draft(self, form: str) -> SaveDraft:
        session = self._session
        if session is None:
            return discard_draft
        return lambda fields: session.step(meeting_rules.save_draft, form, fields)

    def _draft(self, form: str) -> dict[str, str]:
        return self._session.meeting.draft(form) if self._session else {}
