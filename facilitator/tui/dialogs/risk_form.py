"""The form of a risk: the problem, the proposed solution, owner and state."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Footer, Input, Label, Select

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.people import Person
from facilitator.domain.risk import Risk, RiskState
from facilitator.render.language import _, current_language
from facilitator.render.risk import state_text
from facilitator.tui.dialogs.field_parsers import LinkOptions, display_name, parse_id, parse_person
from facilitator.tui.dialogs.form import REPLACED_CLASS, Form, SaveDraft, discard_draft
from facilitator.tui.widgets.text_field import TextField


class RiskForm(Form):
    """A line a field; who named a problem is asked once, when it is new."""

    SUBMIT_FIELD = "owner"

    def __init__(
        self,
        risk: Risk,
        *,
        is_new: bool,
        people: tuple[Person, ...],
        links: LinkOptions,
        submit: Callable[[Risk], object],
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Write `risk` down; `links` holds the KPIs and marketplaces that it may weigh on."""
        super().__init__(keep=keep, draft=draft)
        self._risk = risk
        self._is_new = is_new
        self._people = people
        self._links = links
        self._submit = submit

    def compose(self) -> ComposeResult:
        """What and what against it; then who, and how it stands."""
        risk = self._risk
        names = {each.id: each.name for each in self._people}
        with VerticalScroll(classes="window", can_focus=False) as window:
            window.border_title = Content(_("Name a problem") if self._is_new else risk.id).markup
            yield Label(_("What is the problem?"))
            yield TextField(risk.text, id="text")
            yield Label(_("What do you propose against it? It may stay empty."))
            yield TextField(risk.solution, id="solution")
            if self._is_new:
                yield Label(_("Who names it?"))
                yield _person_field("raiser", names.get(risk.raised_by, ""), names.values())
            yield Label(_("Who owns it?"))
            yield _person_field(
                "owner", names.get(risk.owner, "") if risk.owner else "", names.values()
            )
            with Horizontal(classes="about"):
                with Vertical():
                    yield Label(_("How does it stand?"))
                    yield Select(
                        [
                            (Content(state_text(each, current_language())), each)
                            for each in RiskState
                            if each is not RiskState.OVER
                        ],
                        value=risk.state,
                        allow_blank=False,
                        id="state",
                        compact=True,
                    )
                with Vertical():
                    yield Label(_("On which KPI?"))
                    kpis = [name for _id, name in self._links.kpis]
                    yield _suggest_field("kpi", display_name(risk.kpi, self._links.kpis), kpis)
                with Vertical():
                    yield Label(_("Marketplace"))
                    place = "" if risk.marketplace == ALL else risk.marketplace
                    yield _suggest_field("marketplace", place, self._links.marketplaces)
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin with the words."""
        super().on_mount()
        self.query_one("#text", Input).focus(scroll_visible=False)

    def send(self) -> str:
        """Hand the problem over."""
        values, links = dict(self.fields()), self._links
        raiser = self._risk.raised_by
        if self._is_new:
            named = parse_person(values["raiser"], self._people)
            if named is None:
                raise RuleError(N_("Write who names it: bad news is credited."))
            raiser = named
        kpi = parse_id(values["kpi"], links.kpis)
        places = tuple((each, each) for each in links.marketplaces)
        place = parse_id(values["marketplace"], places)
        self._submit(
            replace(
                self._risk,
                text=values["text"],
                solution=values["solution"],
                raised_by=raiser,
                owner=parse_person(values["owner"], self._people),
                state=RiskState(str(self.query_one("#state", Select).value)),
                kpi=KpiId(kpi) if kpi else None,
                marketplace=Marketplace(place) if kpi and place else ALL,
            )
        )
        return values["text"]


def _person_field(field: str, value: str, known: Iterable[str]) -> TextField:
    """A line for one of the people; another name takes the place of the one proposed."""
    line = _suggest_field(field, value, known)
    line.add_class(REPLACED_CLASS)
    return line


def _suggest_field(field: str, value: str, known: Iterable[str]) -> TextField:
    """A line that completes what is known."""
    return TextField(value, id=field, suggester=SuggestFromList(known, case_sensitive=False))
