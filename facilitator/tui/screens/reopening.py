"""Reopening closed minutes: ask why, then change them on the meeting screen."""

from collections.abc import Callable

from facilitator.render.language import _
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import MeetingId
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.spoken import SpokenScreen


def ask_to_reopen(
    screen: SpokenScreen[bool],
    services: Services,
    meeting_id: MeetingId,
    left: Callable[[MeetingSession], None],
) -> None:
    """Ask for the reason, where it can be reopened, and open the meeting over `screen`.

    `left` is told when it was left again.
    """
    reopened: list[MeetingSession] = []

    def is_possible() -> bool:
        services.check_reopenable(meeting_id)
        return True

    if not screen.attempt(is_possible):
        return

    def submit(reason: str) -> None:
        reopened.append(services.reopen(meeting_id, reason))

    def enter(_reason: str | None) -> None:
        if reopened:
            session = reopened.pop()
            screen.app.push_screen(MeetingScreen(services, session), lambda _result: left(session))

    question = _(
        "Everything written can be changed then, the clock cannot. Closing again writes a new "
        "version that says what changed; the old one stays beside it. Why is it reopened?"
    )
    title = _("Reopen the minutes")
    screen.app.push_screen(TextEntry(title, question=question, submit=submit), enter)
