"""The form fields of each kind of proposal, and how they are read."""

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from facilitator.domain.decision import Decision, DecisionKind
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import Currency, Marketplace
from facilitator.domain.proposal import Experiment, Reallocation, Request, RiskProposal

OptionalDateParser = Callable[[str], date | None]

KIND_LABELS = {
    DecisionKind.CHOICE: N_("Choice"),
    DecisionKind.REQUEST: N_("Request for money"),
    DecisionKind.EXPERIMENT: N_("Experiment"),
    DecisionKind.REALLOCATION: N_("Reallocation"),
    DecisionKind.RISK: N_("Risk"),
}
PROPOSAL_FIELDS = (
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


def format_experiment(experiment: Experiment | None) -> str:
    """`variant | measured by | stop date`; empty where there is none."""
    if experiment is None:
        return ""
    until = experiment.until.isoformat() if experiment.until else ""
    return _join_parts(experiment.variant, experiment.metric, until)


def parse_experiment(text: str, parse_date: OptionalDateParser) -> Experiment | None:
    """The experiment that a line tells of; None for no text."""
    if not text.strip():
        return None
    variant, metric, until = _split_parts(text)
    return Experiment(variant=variant, metric=metric, until=parse_date(until))


def format_proposal(decision: Decision) -> dict[str, str]:
    """What stands in the lines of a question's form, by field."""
    lines = {"tries": format_experiment(decision.experiment)}
    if request := decision.request:
        figures = (request.amount, request.share, request.past_roi, request.uplift, request.kpi_to)
        amount, share, roi, uplift, kpi_to = map(_format_number, figures)
        weeks = str(request.weeks) if request.weeks else ""
        lines["asks"] = _join_parts(amount, request.currency, share)
        lines["past"] = _join_parts(roi, request.roi_file)
        lines["brings"] = _join_parts(uplift, weeks, kpi_to)
    if moved := decision.reallocation:
        lines["moves"] = _join_parts(moved.source, moved.target, moved.amount)
    if risk := decision.risk:
        lines["risks"] = _join_parts(risk.threat, risk.solution)
    return lines


def with_proposal(
    decision: Decision, kind: DecisionKind, lines: dict[str, str], read: OptionalDateParser
) -> Decision:
    """The question with the form of its kind as the lines tell it, and with no other."""
    bare = replace(decision, request=None, experiment=None, reallocation=None, risk=None)
    match kind:
        case DecisionKind.CHOICE:
            return bare
        case DecisionKind.REQUEST:
            return replace(bare, request=_parse_request(lines))
        case DecisionKind.EXPERIMENT:
            tried = parse_experiment(lines["tries"], read) or Experiment(variant="")
            return replace(bare, experiment=tried)
        case DecisionKind.REALLOCATION:
            source, target, amount = _split_parts(lines["moves"])
            moved = Reallocation(
                source=_parse_marketplace(source), target=_parse_marketplace(target), amount=amount
            )
            return replace(bare, reallocation=moved)
        case DecisionKind.RISK:
            threat, solution, _more = _split_parts(lines["risks"])
            return replace(bare, risk=RiskProposal(threat=threat, solution=solution))


def _parse_request(lines: dict[str, str]) -> Request:
    amount, currency, share = _split_parts(lines["asks"])
    roi, file, _more = _split_parts(lines["past"])
    uplift, weeks, kpi_to = _split_parts(lines["brings"])
    within = _parse_number(weeks)
    return Request(
        amount=_parse_number(amount),
        currency=Currency(currency.upper() or "USD"),
        share=_parse_number(share),
        past_roi=_parse_number(roi),
        roi_file=file,
        uplift=_parse_number(uplift),
        weeks=None if within is None else round(within),
        kpi_to=_parse_number(kpi_to),
    )


def _parse_marketplace(text: str) -> Marketplace:
    if not text:
        raise RuleError(N_("Name the marketplace that gives, and the one that gets."))
    return Marketplace(text.upper())


def _parse_number(text: str) -> float | None:
    plain = text.replace(",", "").strip(" %$¥€£")
    if not plain:
        return None
    try:
        return float(plain)
    except ValueError as error:
        raise RuleError(
            N_("“{text}” is not a number; write it like 1500 or 12.5."), text=text
        ) from error


def _format_number(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.10g}"


def _join_parts(*parts: str) -> str:
    return " | ".join(parts).rstrip(" |")


def _split_parts(text: str) -> list[str]:
    """Three parts of a line, the last with whatever follows."""
    return ([part.strip() for part in text.split("|", 2)] + ["", ""])[:3]
