"""The questions that an agenda prepares: checked, and made of their tables."""

from collections.abc import Collection

from facilitator.adapters.agenda_references import known, known_kpi, unique
from facilitator.adapters.agenda_schema import DecisionTable, RequestTable
from facilitator.adapters.strict_toml import Faults
from facilitator.domain.decision import Decision, DecisionId, Option, OptionId
from facilitator.domain.errors import N_, message
from facilitator.domain.kpis.facts import Currency, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.people import PersonId
from facilitator.domain.proposal import (
    Experiment,
    Reallocation,
    Request,
    RiskProposal,
    missing_figures,
)


def decision_of(table: DecisionTable, number: int) -> Decision:
    """One of `[[decisions]]`; the meeting gives it a number of its series."""
    tried, moved, risk = table.experiment, table.reallocation, table.risk
    return Decision(
        id=DecisionId(f"P{number}"),
        question=table.question,
        background=table.background,
        options=tuple(
            Option(id=OptionId(each.id), title=each.title, cost=each.cost, expected=each.expected)
            for each in table.options
        ),
        recommended=None if table.recommended is None else OptionId(table.recommended),
        why=table.why,
        proposer=person_id(table.proposer),
        decider=person_id(table.decider),
        proposed_on=table.proposed_on,
        kpi=None if table.kpi is None else KpiId(table.kpi),
        marketplace=Marketplace(table.marketplace),
        request=_request(table.request) if table.request else None,
        experiment=Experiment(variant=tried.variant, metric=tried.metric, until=tried.until)
        if tried
        else None,
        reallocation=Reallocation(
            source=Marketplace(moved.source), target=Marketplace(moved.target), amount=moved.amount
        )
        if moved
        else None,
        risk=RiskProposal(threat=risk.threat, solution=risk.solution) if risk else None,
        is_sensitive=table.sensitive,
    )


def person_id(name: str | None) -> PersonId | None:
    """The id of somebody, where one is named."""
    return None if name is None else PersonId(name)


def _request(table: RequestTable) -> Request:
    return Request(
        amount=table.amount,
        currency=Currency(table.currency),
        share=table.share,
        past_roi=table.past_roi,
        roi_file=table.roi_file,
        uplift=table.uplift,
        weeks=table.weeks,
        kpi_to=table.kpi_to,
    )


def check_decision(
    table: DecisionTable,
    place: str,
    faults: Faults,
    *,
    people: Collection[str],
    kpis: Collection[str],
) -> None:
    """Find what a question lacks, or names that is not there."""
    known(table.proposer, people, f"{place}.proposer", faults)
    known(table.decider, people, f"{place}.decider", faults)
    known_kpi(table.kpi, kpis, f"{place}.kpi", faults)
    options = [option.id for option in table.options]
    unique(options, f"{place}.options", faults)
    if len(options) < 2:
        faults.add(
            place,
            message(N_("A decision needs at least two options; this one has {n}."), n=len(options)),
            message(N_("Leaving things as they are is an option too.")),
        )
    if table.recommended is None:
        faults.warn(
            place,
            message(N_("The proposer recommends nothing.")),
            message(N_('Add recommended = "…" and why.')),
        )
    elif table.recommended not in options:
        faults.add(
            f"{place}.recommended",
            message(N_("There is no option “{option}”."), option=table.recommended),
        )
    _check_form(table, place, faults)


def _check_form(table: DecisionTable, place: str, faults: Faults) -> None:
    forms = (table.request, table.experiment, table.reallocation, table.risk)
    if sum(form is not None for form in forms) > 1:
        faults.add(place, message(N_("A question is of one kind: keep one of its forms.")))
    if table.reallocation and table.reallocation.source == table.reallocation.target:
        faults.add(
            f"{place}.reallocation",
            message(N_("Money is moved between two different marketplaces.")),
        )
    for lack in missing_figures(_request(table.request)) if table.request else ():
        faults.warn(
            f"{place}.request",
            message(N_("The request lacks {what}; it cannot be ruled."), what=message(lack)),
        )
