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
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.people import Person, PersonId
from facilitator.domain.wording import vague
from facilitator.render.language import _, spoken
from facilitator.tui.dialogs.due import DueDate, read_due
from facilitator.tui.dialogs.form import Form, Keep, forget
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
        keep: Keep = forget,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Edit `action`; `on_day` is what words such as "tomorrow" are meant on."""
        super().__init__(keep=keep, draft=draft)
        self._action = action
        self._is_new = is_new
        self._people = people
        self._on = on_day
        self._due_date = due_date
        self._submit = submit

    def compose(self) -> ComposeResult:
        """A line a field; the hint below them."""
        action = self._action
        owner = next((each.name for each in self._people if each.id == action.owner), "")
        names = [each.name for each in self._people]
        with Vertical(classes="window") as window:
            window.border_title = _("New action item") if self._is_new else action.id
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
        label = _("Due — “fri”, “+3d”, “下周五”, “27”, 2026-11-27")
        if values["due"].strip():
            label += " → " + (spoken().long_day(due) if due else _("not a date"))
        self.query_one("#due-label", Label).update(Content(label))
        owner = self._owner(values["owner"])
        unnamed = PersonId(values["owner"]) if values["owner"].strip() else None
        who = owner.id if owner else unnamed
        lacks = vague(values["title"], who, due, values["criterion"], on=self._on)
        text = "\n".join(f"! {each.said(_)}" for each in lacks) or "✓ " + _("Clear.")
        self.query_one("#hint", Static).update(Content(text))

    def send(self) -> str:
        """Hand the item over."""
        values = dict(self.fields())
        owner = self._owner(values["owner"])
        if values["owner"].strip() and owner is None:
            raise RuleError(
                N_("“{name}” is not one of the people: the owner is one of {names}."),
                name=values["owner"].strip(),
                names=", ".join(each.name for each in self._people),
            )
        due = read_due(values["due"], self._on, self._due_date)
        edited = replace(
            self._action,
            title=values["title"],
            owner=owner.id if owner else None,
            due=due,
            criterion=values["criterion"],
        )
        self._submit(edited)
        return edited.title

    def _owner(self, text: str) -> Person | None:
        """The one person that a text names: by name, by id, or by the beginning of one name."""
        wanted = text.strip().casefold()
        if not wanted:
            return None
        for each in self._people:
            if wanted in (each.name.casefold(), each.id.casefold()):
                return each
        begun = [
            each
            for each in self._people
            if any(part.casefold().startswith(wanted) for part in (each.name, *each.name.split()))
        ]
        return begun[0] if len(begun) == 1 else None
