"""What became of all that one person proposed."""

from collections.abc import Iterable

from msgspec import Struct

from facilitator.domain.decision import Decision
from facilitator.domain.people import PersonId


class ProposalResult(Struct, frozen=True, kw_only=True, array_like=True):
    """What became of one proposal; an array in the library, which keeps many."""

    by: PersonId
    is_approved: bool = False
    """An option was chosen."""
    is_reviewed: bool = False
    """It came back after that, and what came of it was looked at."""
    is_kept: bool | None = None
    """Whether the KPI reached its target; None where that is not known."""


class TrackRecord(Struct, frozen=True, kw_only=True):
    """What became of all the proposals of one person."""

    person: PersonId
    proposed: int
    approved: int = 0
    reviewed: int = 0
    kept: int = 0
    broken: int = 0

    @property
    def judged(self) -> int:
        """The number of targets of which it is known whether they were reached."""
        return self.kept + self.broken


def proposal_result(decision: Decision) -> ProposalResult | None:
    """Return what became of a decision so far; None where it has no proposer."""
    if decision.proposer is None:
        return None
    return ProposalResult(
        by=decision.proposer,
        is_approved=decision.is_approved,
        is_reviewed=decision.is_reviewed,
        is_kept=decision.is_kept,
    )


def track_records(proposals: Iterable[ProposalResult]) -> tuple[TrackRecord, ...]:
    """Return one record a person; those with the most proposals come first, then by id."""
    results: dict[PersonId, list[ProposalResult]] = {}
    for each in proposals:
        results.setdefault(each.by, []).append(each)
    by_count = sorted(results, key=lambda person: (-len(results[person]), person))
    return tuple(_track_record(person, results[person]) for person in by_count)


def _track_record(person: PersonId, theirs: list[ProposalResult]) -> TrackRecord:
    return TrackRecord(
        person=person,
        proposed=len(theirs),
        approved=sum(each.is_approved for each in theirs),
        reviewed=sum(each.is_reviewed for each in theirs),
        kept=sum(each.is_kept is True for each in theirs),
        broken=sum(each.is_kept is False for each in theirs),
    )
