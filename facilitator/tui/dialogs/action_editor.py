"""The editor of an action item: what, who, by when, and how the room will know."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Footer, Input, Label, Static

from facilitator.domain.action import ActionItem
from facilitator.domain.people import Person, PersonId
from facilitator.domain.wording import vague
from facilitator.render.language import _
from facilitator.tui.dialogs.due import DueDate, due_label, read_due
from facilitator.tui.dialogs.form import Form, Keep, forget, titled
from facilitator.tui.dialogs.people import find_person, read_person
from facilitator.tui.widgets.line import Line


class ActionEditor(Form):
    """Four lines, and under them what makes the item vague, while it is typed."""

    def __init__(
        self,
        action: ActionItem,
        *,
        is_new: bool,
        people: tuple[Person, ...],
        on_day: date,
        due_date: DueDate,
        submit: Callable[[ActionItem], object],
        about: str = "",
        keep: Keep = forget,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Edit `action`; `on_day` is what words such as "tomorrow" are meant on.

        `about` names the KPI that it belongs to.
        """
        super().__init__(keep=keep, draft=draft)
        self._action = action
        self._is_new = is_new
        self._people = people
        self._on = on_day
        self._due_date = due_date
        self._submit = submit
        self._about = about

    def compose(self) -> ComposeResult:
        """A line a field; the hint below them."""
        action = self._action
        owner = next((each.name for each in self._people if each.id == action.owner), "")
        names = [each.name for each in self._people]
        with Vertical(classes="window") as window:
            title = _("New action item") if self._is_new else action.id
            window.border_title = titled(title, self._about)
            yield Label(_("What is to be done"))
            yield Line(action.title, id="title")
            yield Label(_("Owner — one of: {names}").format(names=", ".join(names)), markup=False)
            yield Line(owner, id="owner", suggester=SuggestFromList(names, case_sensitive=False))
            yield Label("", id="due-label", markup=False)
            yield Line(action.due.isoformat() if action.due else "", id="due")
            yield Label(_("Acceptance criterion — how will we know that it is done?"))
            yield Line(action.criterion, id="criterion")
            yield Static("", id="hint")
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Say at once what is missing."""
        super().on_mount()
        self.hint()

    @on(Input.Changed)
    def hint(self) -> None:
        """Say how the date is read and what makes the item vague."""
        values = dict(self.fields())
        due = self._due_date(values["due"], self._on) if values["due"].strip() else None
        label = due_label(
            _("Due — “fri”, “+3d”, “下周五”, “27”, 2026-11-27"),
            values["due"],
            self._on,
            self._due_date,
        )
        self.query_one("#due-label", Label).update(Content(label))
        owner = find_person(values["owner"], self._people)
        unnamed = PersonId(values["owner"]) if values["owner"].strip() else None
        who = owner.id if owner else unnamed
        lacks = vague(values["title"], who, due, values["criterion"], on=self._on)
        text = "\n".join(f"! {each.said(_)}" for each in lacks) or "✓ " + _("Clear.")
        self.query_one("#hint", Static).update(Content(text))

    def send(self) -> str:
        """Hand the item over."""
        values = dict(self.fields())
        due = read_due(values["due"], self._on, self._due_date)
        edited = replace(
            self._action,
            title=values["title"],
            owner=read_person(values["owner"], self._people),
            due=due,
            criterion=values["criterion"],
        )
        self._submit(edited)
        return edited.title
