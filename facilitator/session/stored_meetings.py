"""Meetings, action items and agendas as they are stored on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NewType

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from facilitator.domain.action import ActionItem
    from facilitator.domain.agenda import Agenda
    from facilitator.domain.errors import Diagnostic

MeetingId = NewType("MeetingId", str)
"""The name of a meeting's folder: `2026-11-23-weekly`."""


class StoredMeeting(Struct, frozen=True, kw_only=True):
    """A meeting on disk."""

    id: MeetingId
    title: str
    series: str
    opened_at: datetime
    closed_at: datetime | None
    seen_at: datetime
    """The time of the last event in its journal."""
    suspended_at: datetime | None = None
    reopened_at: datetime | None = None
    agenda_file: str = ""
    is_lost: bool = False
    """Whether its journal is empty or gone, so that nothing but the library knows of it."""

    @property
    def is_open(self) -> bool:
        """Whether it can be resumed."""
        return not self.is_lost and (self.closed_at is None or self.is_reopened)

    @property
    def is_reopened(self) -> bool:
        """Whether it is over, and its minutes are being changed."""
        return self.reopened_at is not None and not self.is_lost


class StoredAction(Struct, frozen=True, kw_only=True):
    """An action item of some meeting, with what a list of them needs to know."""

    meeting_id: MeetingId
    series: str
    action: ActionItem
    owner_name: str


class PreparedAgenda(Struct, frozen=True, kw_only=True):
    """An agenda file, and the agenda if it could be read."""

    file: Path
    agenda: Agenda | None
    problems: tuple[Diagnostic, ...] = ()
