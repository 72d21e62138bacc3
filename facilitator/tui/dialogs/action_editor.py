"""The form of an action item, with suggestions for vague wording."""

from collections.abc import Callable, Iterator
from datetime import date

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Footer, Input, Label, Static
from textual.widgets.input import Selection

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import DecisionId
from facilitator.domain.errors import N_
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.people import Person, PersonId
from facilitator.domain.wording.action_check import BLANK_PATTERN, CheckResult, check_wording
from facilitator.domain.wording.vocabulary import compile_pattern
from facilitator.domain.working_days import NO_COUNTRY, WorkingDays
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import (
    DateParser,
    LinkOptions,
    date_label,
    display_name,
    find_person,
    parse_date,
    parse_id,
    parse_person,
)
from facilitator.tui.dialogs.form import (
    REPLACED_CLASS,
    Form,
    SaveDraft,
    discard_draft,
    window_title,
)
from facilitator.tui.widgets.text_field import TextField


class ActionEditor(Form):
    """A line a field, and under them what makes the item vague, while it is typed.

    Enter behind the criterion saves; what it hangs on stands below, and may stay empty.
    A fuller sentence is offered with `[blanks]`; a key puts it into its line.
    """

    SUBMIT_FIELD = "criterion"

    BINDINGS = [
        Binding("f9", "complete", N_("Take the fuller sentence"), id="action.complete"),
    ]

    def __init__(
        self,
        action: ActionItem,
        *,
        is_new: bool,
        people: tuple[Person, ...],
        on_day: date,
        due_date: DateParser,
        submit: Callable[[ActionItem], object],
        links: LinkOptions,
        days: WorkingDays = NO_COUNTRY,
        about: str = "",
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Edit `action`; `on_day` is what words such as "tomorrow" are meant on.

        `about` names the KPI that it belongs to, `links` all that it may hang on.
        """
        super().__init__(keep=keep, draft=draft)
        self._action = action
        self._is_new = is_new
        self._people = people
        self._on = on_day
        self._due_date = due_date
        self._submit = submit
        self._links = links
        self._days = days
        self._about = about

    def compose(self) -> ComposeResult:
        """A line a field; the hint below them."""
        action = self._action
        owner = next((each.name for each in self._people if each.id == action.owner), "")
        names = [each.name for each in self._people]
        with Vertical(classes="window") as window:
            title = _("New action item") if self._is_new else action.id
            window.border_title = window_title(title, self._about)
            yield Label(_("What is to be done"))
            yield TextField(action.title, id="title")
            yield Label(_("Owner — one of: {names}").format(names=", ".join(names)), markup=False)
            suggester = SuggestFromList(names, case_sensitive=False)
            yield TextField(owner, id="owner", classes=REPLACED_CLASS, suggester=suggester)
            yield Label("", id="due-label", markup=False)
            yield TextField(
                action.due.isoformat() if action.due else "", id="due", classes=REPLACED_CLASS
            )
            yield Label(_("Acceptance criterion — how will we know that it is done?"))
            yield TextField(action.criterion, id="criterion")
            with Horizontal(id="links"):
                for name, label, value, known in self._link_fields():
                    with Vertical():
                        yield Label(label)
                        yield TextField(
                            value, id=name, suggester=SuggestFromList(known, case_sensitive=False)
                        )
            yield Static("", id="hint")
            yield Footer(show_command_palette=False, compact=True)

    def _link_fields(self) -> Iterator[tuple[str, str, str, list[str]]]:
        """The small fields: id, label, what stands in it, and what may stand there."""
        action, links = self._action, self._links
        place = "" if action.marketplace == ALL else action.marketplace
        giver = next((each.name for each in self._people if each.id == action.given_by), "")
        decisions = [name for name, _question in links.decisions]
        yield "decision", _("Decision"), action.decision or "", decisions
        yield (
            "kpi",
            _("KPI"),
            display_name(action.kpi, links.kpis),
            [name for _id, name in links.kpis],
        )
        yield "marketplace", _("Marketplace"), place, [*links.marketplaces]
        yield "giver", _("Handed over by"), giver, [each.name for each in self._people]

    def on_mount(self) -> None:
        """Say at once what is missing."""
        super().on_mount()
        self.hint()

    @on(Input.Changed)
    def hint(self) -> None:
        """Say how the date is read and what makes the item vague."""
        values = dict(self.fields())
        label = date_label(
            _("Due — “fri”, “+3d”, “下周五”, “27”, 2026-11-27"),
            values["due"],
            self._on,
            self._due_date,
            self._days,
        )
        self.query_one("#due-label", Label).update(Content(label))
        wording = self._check_wording()
        findings = [f"! {each.message.translate(_)}" for each in wording.findings]
        lines = findings or ["✓ " + _("Clear.")]
        lines += [f"→ {text}" for _field, text in self._suggestions()]
        self.query_one("#hint", Static).update(Content("\n".join(lines)))
        self.refresh_bindings()

    def action_complete(self) -> None:
        """Put the fuller sentences into their lines, with the first blank marked."""
        first: Input | None = None
        for field, text in self._suggestions():
            line = self.query_one(f"#{field}", Input)
            line.value = text
            first = first or line
        if first is not None:
            self.set_focus(first)
            _select_blank(first)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim the key where nothing is offered."""
        if action == "complete":
            return True if self._suggestions() else None
        return super().check_action(action, parameters)

    def _check_wording(self) -> CheckResult:
        """What the wording lacks."""
        values = dict(self.fields())
        owner = find_person(values["owner"], self._people)
        unnamed = PersonId(values["owner"]) if values["owner"].strip() else None
        due = self._due_date(values["due"], self._on) if values["due"].strip() else None
        return check_wording(
            values["title"],
            owner.id if owner else unnamed,
            due,
            values["criterion"],
            on=self._on,
            has_due_field=True,
        )

    def _suggestions(self) -> list[tuple[str, str]]:
        """The fuller sentences, by field; nothing for a line that is still empty."""
        wording, values = self._check_wording(), dict(self.fields())
        offered = (("title", wording.title), ("criterion", wording.criterion))
        return [
            (field, text)
            for field, text in offered
            if values[field].strip() and text.casefold() not in ("", values[field].casefold())
        ]

    def send(self) -> str:
        """Hand the item over."""
        values = dict(self.fields())
        due = parse_date(values["due"], self._on, self._due_date)
        edited = replace(
            self._action,
            title=values["title"],
            owner=parse_person(values["owner"], self._people),
            due=due,
            criterion=values["criterion"],
        )
        self._submit(self._with_links(edited, values))
        return edited.title

    def _with_links(self, edited: ActionItem, values: dict[str, str]) -> ActionItem:
        links = self._links
        decision = parse_id(values["decision"], links.decisions)
        kpi = parse_id(values["kpi"], links.kpis)
        places = tuple((each, each) for each in links.marketplaces)
        place = parse_id(values["marketplace"], places)
        return replace(
            edited,
            decision=DecisionId(decision) if decision else None,
            kpi=KpiId(kpi) if kpi else None,
            marketplace=Marketplace(place) if place else ALL,
            given_by=parse_person(values["giver"], self._people),
        )


def _select_blank(line: Input) -> None:
    """Select the first blank of a line: what is typed next takes its place."""
    blank = compile_pattern(BLANK_PATTERN).search(line.value)
    if blank:
        line.selection = Selection(*blank.span())
