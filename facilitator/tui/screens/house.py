"""What lies in the folder: agendas, and meetings to go on with, in the words of the lobby."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facilitator.domain.errors import Message as Sentence
from facilitator.render.language import _, current_language
from facilitator.render.markdown import one_line
from facilitator.session.stored_meetings import PreparedAgenda, StoredMeeting
from facilitator.tui.widgets.choice_list import Choice

if TYPE_CHECKING:  # what a running meeting needs is loaded beside the screen
    from datetime import date, datetime, tzinfo
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What lies in the folder: agendas, and meetings that were begun and never closed."""

    agendas: tuple[PreparedAgenda, ...] = ()
    meetings: tuple[StoredMeeting, ...] = ()
    trouble: Sentence | None = None
    """Why it could not be read."""

    def agenda_at(self, file: Path | None) -> PreparedAgenda | None:
        """The agenda of this file; the first one where it is not there."""
        named = (each for each in self.agendas if file and each.file.resolve() == file.resolve())
        return next(named, next(iter(self.agendas), None))

    def again(self, meeting: StoredMeeting | None) -> StoredMeeting | None:
        """The same meeting as it is found now, or else the newest."""
        same = (each for each in self.meetings if meeting and each.id == meeting.id)
        return next(same, next(iter(self.meetings), None))

    def agenda_choices(self, chosen: PreparedAgenda | None) -> tuple[Choice, ...]:
        """The agendas, to choose one from."""
        return tuple(Choice(text=title(each), is_chosen=each is chosen) for each in self.agendas)

    def meeting_choices(self, chosen: StoredMeeting | None, now: datetime) -> tuple[Choice, ...]:
        """The meetings that can be resumed, to choose one from."""
        return tuple(
            Choice(
                text=f"{self.begun(each, now)}{_mark(each)} {one_line(each.title)}",
                is_chosen=each is chosen,
            )
            for each in self.meetings
        )

    def resume_label(self, meeting: StoredMeeting | None, now: datetime) -> str:
        """What the button says that resumes a meeting; empty where there is none."""
        if meeting is None:
            return ""
        time = self.begun(meeting, now)
        if meeting.is_reopened:
            return _("Change the meeting of {time}").format(time=time)
        if meeting.suspended_at is None:
            return _("Resume the meeting of {time}").format(time=time)
        since = self._told(meeting, meeting.suspended_at, now)
        return _("Resume (suspended at {time})").format(time=since)

    def begun(self, meeting: StoredMeeting, now: datetime) -> str:
        """When a meeting was begun: the time, with its day unless that is today."""
        return self._told(meeting, meeting.opened_at, now)

    def buttons(self, meeting: StoredMeeting | None, now: datetime) -> tuple[str, str]:
        """What Enter does first: go on with a meeting of today, or else begin."""
        zone = self._zone(meeting) if meeting else None
        is_under_way = meeting is not None and not meeting.is_reopened
        if meeting and is_under_way and _day(meeting.opened_at, zone) == _day(now, zone):
            return "resume", "begin"
        return "begin", "resume"

    def _told(self, meeting: StoredMeeting, moment: datetime, now: datetime) -> str:
        zone = self._zone(meeting)
        time = current_language().clock_time(moment.astimezone(zone))
        day = _day(moment, zone)
        return time if day == _day(now, zone) else f"{current_language().day(day)} {time}"

    def _zone(self, meeting: StoredMeeting) -> tzinfo | None:
        """Where its series meets; the reader's own where nobody says."""
        agendas = (prepared.agenda for prepared in self.agendas)
        zones = (each.starts.tzinfo for each in agendas if each and each.series == meeting.series)
        return next(zones, None)


def title(prepared: PreparedAgenda) -> str:
    """What an agenda is called: by its file where it cannot be read."""
    name = prepared.agenda.title if prepared.agenda else ""
    return one_line(name or str(prepared.file))


def _mark(meeting: StoredMeeting) -> str:
    if meeting.is_reopened:
        return " · " + _("reopened")
    return " · " + _("suspended") if meeting.suspended_at else ""


def _day(moment: datetime, zone: tzinfo | None) -> date:
    return moment.astimezone(zone).date()
