"""The short forms of proposals as lines of a form: what each asks for, and how it is read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from facilitator.domain.decision import Decision, DecisionKind
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import Currency, Marketplace
from facilitator.domain.proposal import Experiment, Reallocation, Request, RiskProposal

ReadDate = Callable[[str], date | None]

KINDS = {
    DecisionKind.CHOICE: N_("Choice"),
    DecisionKind.REQUEST: N_("Request for money"),
    DecisionKind.EXPERIMENT: N_("Experiment"),
    DecisionKind.REALLOCATION: N_("Reallocation"),
    DecisionKind.RISK: N_("Risk"),
}
LINES = (
    (
        DecisionKind.REQUEST,
        "asks",
        N_("Asks for — amount | currency | % of what is spent at present"),
    ),
    (DecisionKind.REQUEST, "past", N_("So far — past ROI | the file that shows it")),
    (
        DecisionKind.REQUEST,
        "brings",
        N_("Brings — expected uplift | within how many weeks | value of the KPI by then"),
    ),
    (DecisionKind.EXPERIMENT, "tries", N_("Tries — variant | measured by | stop date")),
    (
        DecisionKind.REALLOCATION,
        "moves",
        N_("Moves — from marketplace | to marketplace | how much"),
    ),
    (DecisionKind.RISK, "risks", N_("Risks — what may go wrong | what is proposed against it")),
)
"""The lines of each kind: kind, id of the field, label."""


def experiment_as_line(experiment: Experiment | None) -> str:
    """`variant | measured by | stop date`; empty where there is none."""
    if experiment is None:
        return ""
    until = experiment.until.isoformat() if experiment.until else ""
    return _joined(experiment.variant, experiment.metric, until)


def read_experiment(text: str, read_date: ReadDate) -> Experiment | None:
    """The experiment that a line tells of; None for no text."""
    if not text.strip():
        return None
    variant, metric, until = _parts(text)
    return Experiment(variant=variant, metric=metric, until=read_date(until))


def form_as_lines(decision: Decision) -> dict[str, str]:
    """What stands in the lines of a question's form, by field."""
    lines = {"tries": experiment_as_line(decision.experiment)}
    if request := decision.request:
        figures = (request.amount, request.share, request.past_roi, request.uplift, request.kpi_to)
        amount, share, roi, uplift, kpi_to = map(_written, figures)
        weeks = str(request.weeks) if request.weeks else ""
        lines["asks"] = _joined(amount, request.currency, share)
        lines["past"] = _joined(roi, request.roi_file)
        lines["brings"] = _joined(uplift, weeks, kpi_to)
    if moved := decision.reallocation:
        lines["moves"] = _joined(moved.source, moved.target, moved.amount)
    if risk := decision.risk:
        lines["risks"] = _joined(risk.threat, risk.solution)
    return lines


def with_form(
    decision: Decision, kind: DecisionKind, lines: dict[str, str], read: ReadDate
) -> Decision:
    """The question with the form of its kind as the lines tell it, and with no other."""
    bare = replace(decision, request=None, experiment=None, reallocation=None, risk=None)
    match kind:
        case DecisionKind.CHOICE:
            return bare
        case DecisionKind.REQUEST:
            return replace(bare, request=_request(lines))
        case DecisionKind.EXPERIMENT:
            tried = read_experiment(lines["tries"], read) or Experiment(variant="")
            return replace(bare, experiment=tried)
        case DecisionKind.REALLOCATION:
            source, target, amount = _parts(lines["moves"])
            moved = Reallocation(source=_shop(source), target=_shop(target), amount=amount)
            return replace(bare, reallocation=moved)
        case DecisionKind.RISK:
            threat, solution, _more = _parts(lines["risks"])
            return replace(bare, risk=RiskProposal(threat=threat, solution=solution))


def _request(lines: dict[str, str]) -> Request:
    amount, currency, share = _parts(lines["asks"])
    roi, file, _more = _parts(lines["past"])
    uplift, weeks, kpi_to = _parts(lines["brings"])
    within = _number(weeks)
    return Request(
        amount=_number(amount),
        currency=Currency(currency.upper() or "USD"),
        share=_number(share),
        past_roi=_number(roi),
        roi_file=file,
        uplift=_number(uplift),
        weeks=None if within is None else round(within),
        kpi_to=_number(kpi_to),
    )


def _shop(text: str) -> Marketplace:
    if not text:
        raise RuleError(N_("Name the marketplace that gives, and the one that gets."))
    return Marketplace(text.upper())


def _number(text: str) -> float | None:
    plain = text.replace(",", "").strip(" %$¥€£")
    if not plain:
        return None
    try:
        return float(plain)
    except ValueError as error:
        raise RuleError(
            N_("“{text}” is not a number; write it like 1500 or 12.5."), text=text
        ) from error


def _written(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.10g}"


def _joined(*parts: str) -> str:
    return " | ".join(parts).rstrip(" |")


def _parts(text: str) -> list[str]:
    """Three parts of a line, the last with whatever follows."""
    return ([part.strip() for part in text.split("|", 2)] + ["", ""])[:3]
