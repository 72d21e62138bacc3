"""Closing a meeting that nobody closed: what that makes of it, and the yes."""

from collections.abc import Callable
from datetime import datetime

from facilitator.domain.open_points import OpenPointSubject, open_points
from facilitator.render.language import _, current_language
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.session.stored_meetings import StoredMeeting
from facilitator.tui.dialogs.confirm import Confirm
from facilitator.tui.spoken import SpokenScreen


def ask_to_close(
    screen: SpokenScreen[None],
    services: Services,
    meeting: StoredMeeting,
    closed: Callable[[MeetingSession], object],
) -> None:
    """Show what closing a forgotten meeting at its last step makes of it; close it on a yes."""
    session = screen.attempt(lambda: services.open_existing(meeting.id))
    if session is None:
        return
    ending = screen.attempt(session.forgotten)
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

    question = _question(session, ending.at)
    screen.app.push_screen(Confirm(_("Close a forgotten meeting"), question), answered)


def _question(session: MeetingSession, last_step: datetime) -> str:
    meeting, language = session.meeting, current_language()
    zone = meeting.agenda.starts.tzinfo
    open_now = [end.subject for end in open_points(meeting)]
    return "\n".join(
        (
            _("Begun: {day} {time}").format(
                day=language.day(meeting.date), time=language.clock_time(meeting.opened_at, zone)
            ),
            _("Last step: {day} {time}; length and cost count until then.").format(
                day=language.day(last_step.astimezone(zone).date()),
                time=language.clock_time(last_step, zone),
            ),
            _(
                "Left open: {decisions} decisions, {actions} points on action items, {items} items "
                "not reached. The minutes tell it, and it is carried over."
            ).format(
                decisions=open_now.count(OpenPointSubject.DECISION),
                actions=open_now.count(OpenPointSubject.ACTION),
                items=open_now.count(OpenPointSubject.ITEM),
            ),
        )
    )
