"""Report, follow and review incidents, from the lobby or from a meeting."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from facilitator.domain.agenda import Agenda
from facilitator.domain.apply.incidents import Incidents, missed_updates
from facilitator.domain.entry import find_entry
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.incident import Incident, IncidentId, IncidentReview, Recipient
from facilitator.domain.rules import incidents as rules
from facilitator.domain.time_input import parse_moment
from facilitator.render.incidents import incident_list_line, incident_notice, notification_lines
from facilitator.render.language import _, current_language
from facilitator.session.incidents import incidents_to_review
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.tui.controller import Controller, MeetingController, Value
from facilitator.tui.dialogs.form import FormHandler
from facilitator.tui.dialogs.incident_dialogs import (
    IncidentBoard,
    IncidentCommand,
    IncidentForm,
    IncidentLine,
    IncidentReviewForm,
)
from facilitator.tui.dialogs.questions import TextEntry

NOTIFIED_AT_QUESTIONS = {
    Recipient.SUPERVISOR: N_("When was the supervisor told? Such as 10:05, empty means now"),
    Recipient.BOSS: N_("When was the boss told? Such as 10:05, empty means now"),
}


class IncidentController(Controller):
    """Runs the rules of incidents, and lets the meeting know of them where there is one."""

    def __init__(
        self,
        screen: Screen[Any],
        services: Services,
        agenda: Agenda,
        session: MeetingSession | None = None,
    ) -> None:
        """Act for `screen` on the incidents of the series of `agenda`."""
        super().__init__(screen, services)
        self._agenda = agenda
        self._meeting = MeetingController(screen, services, session) if session else None
        self._zone = agenda.starts.tzinfo

    def open(self) -> None:
        """Show what waits for its review; where nothing does, ask for a report at once."""
        with self.errors():
            if self._meeting is not None:
                if self._meeting.session.meeting_id is None:
                    raise RuleError(N_("A rehearsal saves nothing. Report it from the lobby."))
                self._sync_meeting()
            if not self._waiting():
                self.report()
                return
            board = IncidentBoard(self, may_review=self._meeting is not None)
            self.screen.app.push_screen(board)

    def report(self) -> None:
        """Ask for a report."""
        self.screen.app.push_screen(
            IncidentForm(
                self._agenda.series,
                now=self.services.clock.now,
                zone=self._zone,
                handler=self._handler("incident:new", self._report),
            )
        )

    def review(self, incident_id: IncidentId) -> None:
        """Ask for the meeting's review of an incident."""
        meeting = self._meeting
        incident = find_entry(meeting.meeting.incidents if meeting else (), incident_id)
        if meeting is None or incident is None:
            return

        def submit(review: IncidentReview) -> None:
            meeting.step(rules.review_incident, incident_id, review)
            self._say(_("Review of {id} written").format(id=incident_id))

        now = self.services.clock.now()
        self.screen.app.push_screen(
            IncidentReviewForm(
                incident,
                "\n".join(notification_lines(incident, now, current_language(), self._zone)),
                handler=meeting.handler(f"incident:{incident_id}", submit),
            )
        )

    def lines(self) -> tuple[IncidentLine, ...]:
        """Return the incidents that wait for their review as the board shows them now."""
        return tuple(map(self._line, self._waiting()[::-1]))

    def _line(self, incident: Incident) -> IncidentLine:
        now = self.services.clock.now()
        return IncidentLine(
            id=incident.id,
            line=incident_list_line(incident, now, current_language()),
            is_late=any(incident.is_late(each, now) for each in Recipient),
            notice=self._notice(incident),
        )

    def _waiting(self) -> Incidents:
        return incidents_to_review(self.services.incidents, self._agenda.series)

    def run_command(self, command: IncidentCommand, incident_id: IncidentId) -> None:
        """Do what a key of the board asks for, with the incident under the cursor."""
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
        now = self.services.clock.now()
        found = self.services.incidents.step(rules.report_incident, now, draft)
        with self.errors():  # it is reported: what fails from here on must not keep the form open
            self._sync_meeting()
            self._say(
                _("{id} reported: i changes it; u undoes the step before, not an incident").format(
                    id=found.incident.id
                )
            )
            text = self._notice(found.incident)
            self.screen.app.copy_to_clipboard(text)
            file = self.services.incidents.write_notice(found.incident.id, text)
            said = _(
                "The notice is in the clipboard and in {file}. Send it now. Then press i and "
                "record who was told."
            ).format(file=file)
            self.screen.notify(said, timeout=10, markup=False)

    def _ask_when(self, incident_id: IncidentId, recipient: Recipient) -> None:
        def submit(text: str) -> None:
            now = self.services.clock.now()
            at = parse_moment(text, now, self._zone)
            self.services.incidents.step(
                rules.record_recipient_informed, now, incident_id, recipient, at
            )
            self._sync_meeting()
            self._say(_("{id}: who was told is recorded").format(id=incident_id))

        self.screen.app.push_screen(
            TextEntry(
                incident_id,
                question=_(NOTIFIED_AT_QUESTIONS[recipient]),
                is_required=False,
                handler=FormHandler(submit=submit),
            )
        )

    def _recover(self, incident_id: IncidentId, *, by_itself: bool) -> None:
        now = self.services.clock.now()
        with self.errors():
            self.services.incidents.step(
                rules.recover_incident, now, incident_id, by_itself=by_itself
            )
            self._sync_meeting()
            text = _("{id} recovered by itself") if by_itself else _("{id} ended")
            self._say(text.format(id=incident_id))

    def _say(self, text: str) -> None:
        """Say in the board, where that is open, what was done; elsewhere above the footer."""
        for screen in self.screen.app.screen_stack:
            if isinstance(screen, IncidentBoard):
                screen.show_done(text)
                return
        self.announce(text)

    def _copy(self, incident_id: IncidentId) -> None:
        incident = find_entry(self._waiting(), incident_id)
        if incident is not None:
            self.screen.app.copy_to_clipboard(self._notice(incident))
            self._say(_("The notice is in the clipboard."))

    def _sync_meeting(self) -> None:
        """Let the meeting receive what was reported here and in other windows; then show it."""
        if self._meeting is not None:
            known, now = self._meeting.meeting.incidents, self.services.clock.now()
            for news in missed_updates(known, self._waiting(), now):
                self._meeting.session.step(rules.receive_incident_update, news)
        self.report_change()

    def _notice(self, incident: Incident) -> str:
        language = self.services.language_of(self._agenda.language)
        return incident_notice(incident, language, self._zone)

    def _handler(self, form: str, submit: Callable[[Value], object]) -> FormHandler[Value]:
        """Return a handler that keeps drafts where there is a meeting to keep them."""
        return self._meeting.handler(form, submit) if self._meeting else FormHandler(submit=submit)
