"""The result that a granted request promised, and the result it achieved."""

from datetime import date

from msgspec import Struct

from facilitator.domain.decision import Decision, Outcome
from facilitator.domain.kpis.kpi import KpiDefinition
from facilitator.domain.meeting import Meeting
from facilitator.domain.proposal import Request


class RequestOutcome(Struct, frozen=True, kw_only=True):
    """The KPI value that a granted request promised, and the values before and after."""

    request: Request
    by: date | None
    """The day on which the result is due."""
    definition: KpiDefinition | None = None
    """The KPI; None if the request names none, or this meeting does not have it."""
    was: float | None = None
    """The KPI value when the request was granted."""
    got: float | None = None
    """The KPI value now, or when the review was ruled."""

    @property
    def is_kept(self) -> bool | None:
        """Whether the KPI reached the promised value; None if that cannot be decided."""
        promised = self.request.kpi_to
        if promised is None or self.got is None or self.definition is None:
            return None
        if self.definition.higher_is_better is None:
            return None
        return self.got >= promised if self.definition.higher_is_better else self.got <= promised


def kpi_value(meeting: Meeting, decision: Decision) -> float | None:
    """Return the current value of the KPI of a question; None if it has none."""
    if decision.kpi is None or meeting.scorecard is None:
        return None
    series = meeting.scorecard.one(decision.kpi, decision.marketplace)
    return series.current.value if series else None


def request_outcome(meeting: Meeting, decision: Decision) -> RequestOutcome | None:
    """Return the outcome of a granted request; None if nothing was requested or granted."""
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
    """Return whether a ruling of this meeting found that the request kept its promise.

    Returns None if the ruling did not review a request.
    """
    if decision.ruling is None or not decision.ruling.settles:
        return None
    result = request_outcome(meeting, decision)
    return result.is_kept if result else None
