"""The record of every proposer, over all meetings."""

from collections.abc import Iterable
from dataclasses import dataclass

from facilitator.domain.past.meetings import PastDecision
from facilitator.domain.people import PersonId
from facilitator.domain.track_record import TrackRecord, proposal_result, track_records


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRecord:
    """Somebody's record, under the name that the last meeting knew them by."""

    name: str
    record: TrackRecord


def named_records(decisions: Iterable[PastDecision]) -> tuple[NamedRecord, ...]:
    """One a person; those with the most proposals come first."""
    names: dict[PersonId, str] = {}
    told = []
    for found in sorted(decisions, key=lambda each: each.meeting.opened_at):
        share = proposal_result(found.decision)
        if share is not None:
            names[share.by] = found.meeting.name_of(share.by)
            told.append(share)
    return tuple(NamedRecord(name=names[each.person], record=each) for each in track_records(told))
