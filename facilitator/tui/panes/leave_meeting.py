"""Leave a running meeting without closing it: suspend it, or change the recorder."""

from facilitator.domain.people import PersonId
from facilitator.domain.rules import lifecycle
from facilitator.render.language import _
from facilitator.session.session import MeetingSession
from facilitator.tui.dialogs.confirm import Confirm
from facilitator.tui.dialogs.hand_over import HandOverDialog
from facilitator.tui.i18n import LocalizedScreen
from facilitator.tui.panes.pane import Pane


def suspend(screen: LocalizedScreen[bool], session: MeetingSession) -> None:
    """Ask whether to break off; then leave `screen` for the lobby."""
    if session.meeting_id is None:
        screen.notify(_("A rehearsal is not kept; there would be nothing to go on with."))
        return

    def answered(yes: bool | None) -> None:
        if yes and screen.attempt(lambda: session.step(lifecycle.suspend_meeting)):
            screen.dismiss(result=False)

    question = _(
        "The clock stops and the lobby opens. Resume goes on at the same item; the end of the "
        "meeting moves by the break, and the minutes tell it."
    )
    screen.app.push_screen(Confirm(_("Suspend the meeting"), question), answered)


def hand_over(screen: LocalizedScreen[bool], session: MeetingSession) -> None:
    """Ask who records from now on; leave `screen` where they do so at another terminal."""
    meeting = session.meeting

    def submit(to: PersonId, lets_go: bool) -> None:
        session.step(
            lifecycle.change_recorder, to, lets_go=lets_go and session.meeting_id is not None
        )

    def done(lets_go: bool | None) -> None:
        if lets_go and session.meeting_id is not None:
            screen.dismiss(result=False)
        elif lets_go is not None:
            screen.post_message(Pane.MeetingChanged())
            if recorder := session.meeting.recorder:
                text = _("The recorder is {name}.").format(name=recorder.name)
                screen.notify(text, markup=False)

    screen.app.push_screen(
        HandOverDialog(meeting.agenda.people, meeting.recorder, submit=submit), done
    )
