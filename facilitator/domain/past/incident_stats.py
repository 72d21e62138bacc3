"""What incidents come to: how many, how fast they were told, what they cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from facilitator.domain.incident import INFORM_WITHIN, Incident, IncidentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a review found that an incident cost, in the team's words."""

    incident: IncidentId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCount:
    """All incidents of late and of old."""

    count: int = 0
    told: int = 0
    """Those that supervisor and boss both know of."""
    in_time: int = 0
    """Those that both knew of within the hour."""
    minutes: float | None = None
    """From found until both knew, the median of those told; None where none was."""
    gaps: tuple[float, ...] = ()
    """The same for each of them; the oldest first."""
    reviewed: int = 0
    losses: tuple[Loss, ...] = ()
    """The newest first."""


def count_incidents(incidents: Iterable[Incident]) -> IncidentCount:
    """What can be counted of these incidents."""
    in_turn = sorted(incidents, key=lambda each: each.detected_at)
    gaps = [_gap(each) for each in in_turn if not each.not_informed]
    minutes = tuple(gap / timedelta(minutes=1) for gap in gaps)
    return IncidentCount(
        count=len(in_turn),
        told=len(gaps),
        in_time=sum(gap <= INFORM_WITHIN for gap in gaps),
        minutes=median(minutes) if minutes else None,
        gaps=minutes,
        reviewed=sum(each.review is not None for each in in_turn),
        losses=tuple(
            Loss(incident=each.id, text=each.review.loss) for each in in_turn[::-1] if each.review
        ),
    )


def _gap(incident: Incident) -> timedelta:
    """From found until everybody who must know of it did."""
    return max(at for _recipient, at in incident.told) - incident.detected_at
