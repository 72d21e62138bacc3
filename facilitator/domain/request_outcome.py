"""What a granted request promised, and what its KPI reached."""

from datetime import date

from msgspec import Struct

from facilitator.domain.decision import Decision, Outcome
from facilitator.domain.kpis.kpi import KpiDefinition
from facilitator.domain.meeting import Meeting
from facilitator.domain.proposal import Request


class RequestOutcome(Struct, frozen=True, kw_only=True):
    """What a granted request promised, beside what its KPI stands at."""

    request: Request
    by: date | None
    definition: KpiDefinition | None = None
    """Of the KPI that was promised; None where none was, or this meeting does not know it."""
    was: float | None = None
    """When it was granted."""
    got: float | None = None
    """Now, or when its review was ruled."""

    @property
    def is_kept(self) -> bool | None:
        """Whether the KPI reached what was promised; None where that cannot be said."""
        promised = self.request.kpi_to
        if promised is None or self.got is None or self.definition is None:
            return None
        if self.definition.higher_is_better is None:
            return None
        return self.got >= promised if self.definition.higher_is_better else self.got <= promised


def kpi_value(meeting: Meeting, decision: Decision) -> float | None:
    """What the KPI of a question stands at in this meeting's figures."""
    if decision.kpi is None or meeting.scorecard is None:
        return None
    series = meeting.scorecard.one(decision.kpi, decision.marketplace)
    return series.current.value if series else None


def request_outcome(meeting: Meeting, decision: Decision) -> RequestOutcome | None:
    """What a granted request promised; None where nothing was requested or granted."""
    granted = next(
        (
            each
            for each in decision.rulings
            if each.outcome is Outcome.CHOSEN and each.option == decision.requested_option
        ),
        None,
    )
    if decision.request is None or granted is None:
        return None
    is_under_review = granted is not decision.ruling
    now = decision.ruling.kpi_value if decision.ruling else kpi_value(meeting, decision)
    return RequestOutcome(
        request=decision.request,
        by=granted.review_on,
        definition=meeting.definition(decision.kpi),
        was=granted.kpi_value,
        got=now if is_under_review else None,
    )


def is_request_fulfilled(meeting: Meeting, decision: Decision) -> bool | None:
    """Whether a ruling of today found the promise kept; None where it looked at none."""
    if decision.ruling is None or not decision.ruling.settles:
        return None
    promise = request_outcome(meeting, decision)
    return promise.is_kept if promise else None
