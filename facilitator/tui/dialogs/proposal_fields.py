"""The form fields of each kind of proposal, and how their lines of parts are parsed."""

from functools import partial

from msgspec.structs import replace

from facilitator.domain.decision import Decision, DecisionKind
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import Currency, Marketplace
from facilitator.domain.proposal import Experiment, Reallocation, Request, RiskProposal
from facilitator.domain.text_input import split_parts
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import DateContext
from facilitator.tui.dialogs.form import Field, Group, Values, in_mode

KIND_LABELS = {
    DecisionKind.CHOICE: N_("Choice"),
    DecisionKind.REQUEST: N_("Request for money"),
    DecisionKind.EXPERIMENT: N_("Experiment"),
    DecisionKind.REALLOCATION: N_("Reallocation"),
    DecisionKind.RISK: N_("Risk"),
}


class ProposalFields:
    """The fields of all kinds; each kind is a mode of the form."""

    def __init__(self, decision: Decision, dates: DateContext) -> None:
        """Begin with what `decision` proposes already."""
        request, moved, risk = decision.request, decision.reallocation, decision.risk
        self._asks = Field(
            id="asks",
            label=_("Asks for — amount | currency | % of current spending"),
            value=_join(request.amount, request.currency, request.share) if request else "",
            parse=_parse_asks,
        )
        self._past = Field(
            id="past",
            label=_("So far — past ROI | file with it"),
            value=_join(request.past_roi, request.roi_file) if request else "",
            parse=_parse_past,
        )
        self._brings = Field(
            id="brings",
            label=_("Expected — uplift | within weeks | value of the KPI by then | margin %"),
            value=_join(request.uplift, request.weeks or None, request.kpi_to, request.margin)
            if request
            else "",
            parse=_parse_brings,
        )
        self._tries = experiment_field(
            "tries",
            _("Experiment — variant | measured by | stop date"),
            decision.experiment,
            dates,
        )
        self._moves = Field(
            id="moves",
            label=_("Moves — from marketplace | to marketplace | how much"),
            value=_join(moved.source, moved.target, moved.amount) if moved else "",
            parse=_parse_reallocation,
        )
        self._risks = Field(
            id="risks",
            label=_("Risk — what may go wrong | proposed solution"),
            value=_join(risk.threat, risk.solution) if risk else "",
            parse=_parse_risk,
        )

    @property
    def groups(self) -> tuple[Group, ...]:
        """The fields of each kind."""
        return (
            in_mode(DecisionKind.REQUEST, self._asks, self._past, self._brings),
            in_mode(DecisionKind.EXPERIMENT, self._tries),
            in_mode(DecisionKind.REALLOCATION, self._moves),
            in_mode(DecisionKind.RISK, self._risks),
        )

    def apply(self, decision: Decision, kind: DecisionKind, values: Values) -> Decision:
        """Return `decision` with the proposal of its kind, and with no other."""
        bare = replace(decision, request=None, experiment=None, reallocation=None, risk=None)
        match kind:
            case DecisionKind.CHOICE:
                return bare
            case DecisionKind.REQUEST:
                past, brings = values[self._past], values[self._brings]
                request = replace(
                    values[self._asks],
                    past_roi=past.past_roi,
                    roi_file=past.roi_file,
                    uplift=brings.uplift,
                    weeks=brings.weeks,
                    kpi_to=brings.kpi_to,
                    margin=brings.margin,
                )
                return replace(bare, request=request)
            case DecisionKind.EXPERIMENT:
                return replace(bare, experiment=values[self._tries] or Experiment(variant=""))
            case DecisionKind.REALLOCATION:
                return replace(bare, reallocation=values[self._moves])
            case DecisionKind.RISK:
                return replace(bare, risk=values[self._risks])


def experiment_field(
    id: str,  # noqa: A002
    label: str,
    experiment: Experiment | None,
    dates: DateContext,
) -> Field[Experiment | None]:
    """Return a field for an experiment: `variant | measured by | stop date`."""
    until = experiment.until.isoformat() if experiment and experiment.until else ""
    return Field(
        id=id,
        label=label,
        value=_join(experiment.variant, experiment.metric, until) if experiment else "",
        parse=partial(_parse_experiment, dates=dates),
    )


def _parse_experiment(text: str, dates: DateContext) -> Experiment | None:
    if not text.strip():
        return None
    variant, metric, until = split_parts(text, 3)
    return Experiment(variant=variant, metric=metric, until=dates.parse(until))


def _parse_asks(text: str) -> Request:
    amount, currency, share = split_parts(text, 3)
    return Request(
        amount=_parse_number(amount),
        currency=Currency(currency.upper() or "USD"),
        share=_parse_number(share),
    )


def _parse_past(text: str) -> Request:
    roi, file, _more = split_parts(text, 3)
    return Request(past_roi=_parse_number(roi), roi_file=file)


def _parse_brings(text: str) -> Request:
    uplift, within, kpi_to, margin = split_parts(text, 4)
    weeks = _parse_number(within)
    return Request(
        uplift=_parse_number(uplift),
        weeks=None if weeks is None else round(weeks),
        kpi_to=_parse_number(kpi_to),
        margin=_parse_number(margin),
    )


def _parse_reallocation(text: str) -> Reallocation:
    source, target, amount = split_parts(text, 3)
    if not source or not target:
        raise RuleError(N_("Name the marketplace that gives and the one that receives."))
    return Reallocation(
        source=Marketplace(source.upper()), target=Marketplace(target.upper()), amount=amount
    )


def _parse_risk(text: str) -> RiskProposal:
    threat, solution, _more = split_parts(text, 3)
    return RiskProposal(threat=threat, solution=solution)


def _parse_number(text: str) -> float | None:
    plain = text.replace(",", "").strip(" %$¥€£")
    if not plain:
        return None
    try:
        return float(plain)
    except ValueError as error:
        raise RuleError(
            N_("“{text}” is not a number. Write it like 1500 or 12.5."), text=text
        ) from error


def _join(*parts: str | float | None) -> str:
    """Return the parts as a line; numbers without needless digits, nothing for None."""
    texts = (
        part if isinstance(part, str) else "" if part is None else f"{part:.10g}" for part in parts
    )
    return " | ".join(texts).rstrip(" |")
