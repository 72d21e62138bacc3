"""Proposals: request, experiment, reallocation and risk, with their fields."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import Currency, Marketplace


class Request(Struct, frozen=True, kw_only=True):
    """A request for money, and the result that it promises."""

    amount: float | None = None
    """The amount requested, in `currency`; so is `uplift`."""
    currency: Currency = Currency("USD")
    share: float | None = None
    """The amount as a percentage of what is spent at present."""
    past_roi: float | None = None
    """The return on investment so far: money gained per unit of money spent."""
    roi_file: str = ""
    """The file that shows the past ROI."""
    uplift: float | None = None
    """The gain expected within `weeks`."""
    weeks: int | None = None
    """The horizon, in weeks."""
    kpi_to: float | None = None
    """The value that the KPI of the question is to reach by then."""
    margin: float | None = None
    """The percentage of the expected sales that remains as profit before what is requested."""

    @property
    def payback_weeks(self) -> float | None:
        """The weeks until it pays for itself, at a constant rate; None if it never does.

        It is paid back by the profit where the margin is known, otherwise by the sales.
        """
        if not self.amount or not self.weeks or not self.uplift:
            return None
        gain = self.uplift * (1 if self.margin is None else self.margin / 100)
        return self.amount * self.weeks / gain if gain > 0 else None

    def review_on(self, on: date) -> date | None:
        """Return the day on which the result is due if it is granted on the day `on`."""
        return on + timedelta(weeks=self.weeks) if self.weeks else None


class Reallocation(Struct, frozen=True, kw_only=True):
    """A proposal to move money from one marketplace to another."""

    source: Marketplace
    target: Marketplace
    amount: str = ""
    """In the proposer's words, with currency and period."""


class RiskProposal(Struct, frozen=True, kw_only=True):
    """A risk, and the solution that is proposed."""

    threat: str
    solution: str = ""


def missing_values(request: Request) -> Iterator[str]:
    """Yield the names, in English, of the values that a request still lacks."""
    required: tuple[tuple[str, object], ...] = (
        (N_("amount"), request.amount),
        (N_("share of current spending"), request.share),
        (N_("past ROI"), request.past_roi is not None),
        (N_("file with the past ROI"), request.roi_file),
        (N_("uplift"), request.uplift is not None),
        (N_("number of weeks"), request.weeks),
    )
    return (name for name, value in required if not value)


class Experiment(Struct, frozen=True, kw_only=True):
    """A proposal to try something for a limited time."""

    variant: str
    """What is done differently."""
    metric: str = ""
    """How the result is measured."""
    until: date | None = None
    """The last day."""
