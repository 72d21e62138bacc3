"""The form of a risk: the problem, the proposed solution, owner and state."""

from msgspec.structs import replace

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.people import Person
from facilitator.domain.risk import Risk, RiskState
from facilitator.render.language import _, current_language
from facilitator.render.risk import state_text
from facilitator.tui.dialogs.field_parsers import (
    LinkOptions,
    kpi_field,
    marketplace_field,
    person_field,
    text_field,
)
from facilitator.tui.dialogs.form import Choice, Form, FormHandler, Values, side_by_side


class RiskForm(Form[Risk]):
    """Edits a risk; who named the problem is asked once, when it is new."""

    def __init__(
        self,
        risk: Risk,
        *,
        is_new: bool,
        people: tuple[Person, ...],
        links: LinkOptions,
        handler: FormHandler[Risk],
    ) -> None:
        """Edit `risk`; `links` holds the KPIs and marketplaces that it may be linked to."""
        self._risk = risk
        self._is_new = is_new
        self._text = text_field("text", _("What is the problem?"), risk.text)
        self._solution = text_field(
            "solution", _("What do you propose against it? It may stay empty."), risk.solution
        )
        self._raiser = person_field("raiser", _("Who names it?"), people, risk.raised_by)
        self._owner = person_field("owner", _("Who owns it?"), people, risk.owner, is_last=True)
        self._state = Choice(
            id="state",
            label=_("How does it stand?"),
            options=tuple(
                (each, state_text(each, current_language()))
                for each in RiskState
                if each is not RiskState.OVER
            ),
            value=risk.state,
            is_list=True,
        )
        self._kpi = kpi_field(_("On which KPI?"), risk.kpi, links)
        self._marketplace = marketplace_field(risk.marketplace, links)
        super().__init__(
            _("Name a problem") if is_new else risk.id,
            self._text,
            self._solution,
            *((self._raiser,) if is_new else ()),
            self._owner,
            side_by_side(self._state, self._kpi, self._marketplace),
            handler=handler,
        )

    def build(self, values: Values) -> Risk:
        """Return the risk as it was edited; raises RuleError where nobody names it."""
        raiser = values[self._raiser] if self._is_new else self._risk.raised_by
        if raiser is None:
            raise RuleError(N_("Write who names it: bad news is credited."))
        kpi, marketplace = values[self._kpi], values[self._marketplace]
        return replace(
            self._risk,
            text=values[self._text],
            solution=values[self._solution],
            raised_by=raiser,
            owner=values[self._owner],
            state=values[self._state] or self._risk.state,
            kpi=KpiId(kpi) if kpi else None,
            marketplace=Marketplace(marketplace) if kpi and marketplace else ALL,
        )
