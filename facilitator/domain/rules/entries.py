"""Rules on entries of any kind: mark them as sensitive."""

from datetime import datetime

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.events.meeting import SensitivityMarked
from facilitator.domain.meeting import Meeting
from facilitator.domain.redaction import is_markable, sensitive_ids
from facilitator.domain.rules.preconditions import must_be_open


def toggle_sensitivity(meeting: Meeting, now: datetime, entry_id: str) -> SensitivityMarked:
    """Mark an entry as sensitive, or remove the mark.

    Raises RuleError for an entry that is sensitive because of another one it belongs to.
    """
    must_be_open(meeting)
    entry = meeting.entry(entry_id)
    if entry is None or not is_markable(entry):
        raise RuleError(N_("This meeting has no {id}."), id=entry_id)
    if not entry.is_sensitive and entry_id in sensitive_ids(meeting):
        raise RuleError(
            N_("{id} belongs to something marked sensitive. Remove that mark first."), id=entry_id
        )
    return SensitivityMarked(at=now, id=entry_id, is_sensitive=not entry.is_sensitive)
