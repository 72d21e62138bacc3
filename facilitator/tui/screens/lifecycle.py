"""Dialogs that close a meeting late, or reopen closed minutes."""

from collections.abc import Callable
from datetime import datetime

from facilitator.domain.open_points import OpenPointSubject, open_points
from facilitator.render.language import _, current_language
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import MeetingId, StoredMeeting
from facilitator.tui.dialogs.form import FormHandler
from facilitator.tui.dialogs.questions import Confirm, TextEntry
from facilitator.tui.i18n import LocalizedScreen
from facilitator.tui.screens.meeting import MeetingScreen


def ask_to_close(
    screen: LocalizedScreen[None],
    services: Services,
    meeting: StoredMeeting,
    closed: Callable[[MeetingSession], object],
) -> None:
    """Ask whether to close a forgotten meeting at its last event; then call `closed`."""
    session = screen.attempt(lambda: services.open_existing(meeting.id))
    if session is None:
        return
    ending = screen.attempt(session.forgotten_close)
    if ending is None:
        session.leave()
        return

    def close() -> MeetingSession:
        session.close_forgotten()
        services.finish(session)
        return session

    def answered(yes: bool | None) -> None:
        done = screen.attempt(close) if yes else None
        session.leave()
        if done is not None:
            closed(done)

    question = _closing_question(session, ending.at)
    screen.app.push_screen(Confirm(_("Close a forgotten meeting"), question), answered)


def _closing_question(session: MeetingSession, last_step: datetime) -> str:
    meeting, language = session.meeting, current_language()
    zone = meeting.agenda.starts.tzinfo
    open_now = [end.subject for end in open_points(meeting)]
    return "\n".join(
        (
            _("Started: {day} {time}").format(
                day=language.day(meeting.date), time=language.clock_time(meeting.opened_at, zone)
            ),
            _("Last step: {day} {time} (time and cost are counted until then)").format(
                day=language.day(last_step.astimezone(zone).date()),
                time=language.clock_time(last_step, zone),
            ),
            _(
                "Left open and carried over, as the minutes will say: questions {decisions}, "
                "action items {actions}, agenda items {items}."
            ).format(
                decisions=open_now.count(OpenPointSubject.DECISION),
                actions=open_now.count(OpenPointSubject.ACTION),
                items=open_now.count(OpenPointSubject.ITEM),
            ),
        )
    )


def ask_to_reopen(
    screen: LocalizedScreen[bool],
    services: Services,
    meeting_id: MeetingId,
    left: Callable[[MeetingSession], None],
) -> None:
    """Ask why closed minutes are reopened, and open their meeting over `screen`.

    `left` is called when the meeting screen is left again. Minutes that cannot be reopened are
    reported instead.
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
        "You can then change everything except the clock. Closing again writes a new version that "
        "lists what changed, and keeps the old one. Why reopen it?"
    )
    title = _("Reopen the minutes")
    form = TextEntry(title, question=question, handler=FormHandler(submit=submit))
    screen.app.push_screen(form, enter)
