"""Proposals: request, experiment, reallocation and risk, with their fields."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import Currency, Marketplace


class Request(Struct, frozen=True, kw_only=True):
    """A request for money, and what it is to bring."""

    amount: float | None = None
    """In `currency`, as `uplift` is."""
    currency: Currency = Currency("USD")
    share: float | None = None
    """Percent of what is spent on it at present."""
    past_roi: float | None = None
    """What one unit of money brought so far."""
    roi_file: str = ""
    """Where that stands."""
    uplift: float | None = None
    """What it is to bring within the horizon."""
    weeks: int | None = None
    """The horizon."""
    kpi_to: float | None = None
    """What the KPI of the question is to stand at by then."""

    @property
    def payback_weeks(self) -> float | None:
        """After how many weeks it has paid for itself, at an even pace; None if it never does."""
        if not self.amount or not self.weeks or not self.uplift or self.uplift <= 0:
            return None
        return self.amount * self.weeks / self.uplift

    def review_on(self, on: date) -> date | None:
        """When it must have kept its promise, if it is granted on the day `on`."""
        return on + timedelta(weeks=self.weeks) if self.weeks else None


class Reallocation(Struct, frozen=True, kw_only=True):
    """Money moved from one marketplace to another."""

    source: Marketplace
    target: Marketplace
    amount: str = ""
    """In the proposer's words, with currency and period."""


class RiskProposal(Struct, frozen=True, kw_only=True):
    """What may go wrong, and what is proposed against it."""

    threat: str
    solution: str = ""


def missing_figures(request: Request) -> Iterator[str]:
    """What a request has yet to tell, in English."""
    told: tuple[tuple[str, object], ...] = (
        (N_("the amount"), request.amount),
        (N_("its share of what is spent at present"), request.share),
        (N_("the past ROI"), request.past_roi is not None),
        (N_("the file that shows the past ROI"), request.roi_file),
        (N_("the expected uplift"), request.uplift is not None),
        (N_("the horizon in weeks"), request.weeks),
    )
    return (name for name, value in told if not value)


class Experiment(Struct, frozen=True, kw_only=True):
    """A proposal that is tried out before it is believed."""

    variant: str
    """What is done otherwise."""
    metric: str = ""
    """What it is measured by."""
    until: date | None = None
    """When it stops."""
