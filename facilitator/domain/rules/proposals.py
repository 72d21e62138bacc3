"""Validate the fields of a proposal."""

from math import isfinite

from msgspec.structs import replace

from facilitator.domain.decision import Decision
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.proposal import Experiment, Reallocation, Request, RiskProposal
from facilitator.domain.text_input import clean_line, require_line

LONGEST_HORIZON = 104
"""In weeks."""


def validate_proposal(draft: Decision) -> Decision:
    """Return a question with its proposal cleaned.

    Raises RuleError if it has more than one proposal, or one that lacks a required field.
    """
    forms = (draft.request, draft.experiment, draft.reallocation, draft.risk)
    if sum(form is not None for form in forms) > 1:
        raise RuleError(
            N_(
                "A question can have only one form (request, experiment, reallocation or risk). "
                "Keep one."
            )
        )
    return replace(
        draft,
        request=_validate_request(draft.request) if draft.request else None,
        experiment=validate_experiment(draft.experiment) if draft.experiment else None,
        reallocation=_validate_reallocation(draft.reallocation) if draft.reallocation else None,
        risk=_validate_risk(draft.risk) if draft.risk else None,
    )


def validate_experiment(experiment: Experiment) -> Experiment:
    """Return the experiment cleaned; raise RuleError if it names no variant."""
    variant = require_line(experiment.variant, N_("Say what the experiment changes."))
    return replace(experiment, variant=variant, metric=clean_line(experiment.metric))


def _validate_request(request: Request) -> Request:
    """Return the request cleaned; missing values are allowed until the ruling."""
    values = (
        request.amount,
        request.share,
        request.past_roi,
        request.uplift,
        request.kpi_to,
        request.margin,
    )
    if not all(isfinite(value) for value in values if value is not None):
        raise RuleError(N_("The amounts in a request must be plain numbers."))
    positive = (request.amount, request.share, request.weeks)
    if any(value <= 0 for value in positive if value is not None):
        raise RuleError(N_("Amount, share and number of weeks of a request must be above 0."))
    if request.margin is not None and not 0 < request.margin <= 100:
        raise RuleError(N_("The margin of a request is a percentage above 0, at most 100."))
    if request.weeks is not None and request.weeks > LONGEST_HORIZON:
        raise RuleError(N_("A request can cover at most {n} weeks."), n=LONGEST_HORIZON)
    return replace(request, roi_file=clean_line(request.roi_file))


def _validate_reallocation(moved: Reallocation) -> Reallocation:
    if moved.source == moved.target:
        raise RuleError(N_("A reallocation needs two different marketplaces."))
    amount = require_line(moved.amount, N_("Say how much is moved."))
    return replace(moved, amount=amount)


def _validate_risk(risk: RiskProposal) -> RiskProposal:
    return replace(
        risk,
        threat=require_line(risk.threat, N_("Say what may go wrong.")),
        solution=require_line(risk.solution, N_("Say what you propose to do about the risk.")),
    )
