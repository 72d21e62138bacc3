"""The form of a ruling on an action item that was carried over again and again."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Footer, Input, Label, Static

from facilitator.domain.action import ActionItem, Recourse
from facilitator.domain.errors import N_
from facilitator.domain.people import Person, PersonId
from facilitator.render.language import _
from facilitator.tui.dialogs.field_parsers import DateParser, date_label, parse_date, parse_person
from facilitator.tui.dialogs.form import Form, SaveDraft, discard_draft
from facilitator.tui.widgets.radio import Radio, RadioGroup
from facilitator.tui.widgets.text_field import TextField

LABELS = {
    Recourse.NEW_DATE: N_("A new date, with a reason"),
    Recourse.HAND_OVER: N_("Hand it over to somebody else"),
    Recourse.SPLIT: N_("Split it into smaller ones"),
    Recourse.KILL: N_("Kill it"),
}
FIELDS = {Recourse.NEW_DATE: "due", Recourse.HAND_OVER: "owner", Recourse.SPLIT: "parts"}
"""What each asks for besides the reason."""


class RecourseChoice(Struct, frozen=True, kw_only=True):
    """What the decider wants to become of a promise."""

    recourse: Recourse
    reason: str
    owner: PersonId | None = None
    due: date | None = None
    parts: tuple[str, ...] = ()


class ActionRulingDialog(Form):
    """Four ways out, and what the chosen one asks for."""

    def __init__(
        self,
        action: ActionItem,
        *,
        people: tuple[Person, ...],
        on_day: date,
        due_date: DateParser,
        submit: Callable[[RecourseChoice], object],
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Rule what becomes of `action`; `on_day` is what words such as "tomorrow" are meant on."""
        super().__init__(keep=keep, draft=draft)
        self._action = action
        self._people = people
        self._on = on_day
        self._due_date = due_date
        self._submit = submit

    def compose(self) -> ComposeResult:
        """The promise, the ways out, and a line for what each of them asks."""
        names = [each.name for each in self._people]
        with Vertical(classes="window") as window:
            window.border_title = Content(self._action.id).markup
            yield Static(Content(self._action.title).stylize("bold"), classes="question")
            with RadioGroup(compact=True):
                for recourse, label in LABELS.items():
                    yield Radio(
                        Content(_(label)), value=recourse is Recourse.NEW_DATE, name=recourse
                    )
            yield Label("", id="due-label", classes="due", markup=False)
            yield TextField("", id="due", classes="due")
            label = _("Owner — one of: {names}").format(names=", ".join(names))
            yield Label(label, markup=False, classes="owner")
            suggester = SuggestFromList(names, case_sensitive=False)
            yield TextField("", id="owner", classes="owner", suggester=suggester)
            yield Label(_("Its parts, with “|” between them"), classes="parts")
            yield TextField("", id="parts", classes="parts")
            yield Label(_("Reason — the team reads it in the minutes"))
            yield TextField("", id="reason")
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin with the ways out."""
        super().on_mount()
        self.show_fields()
        self.query_one(RadioGroup).focus()

    @on(RadioGroup.Changed)
    @on(Input.Changed, "#due")
    def show_fields(self) -> None:
        """Show the lines of the way out that is chosen, and how the date is read."""
        chosen = FIELDS.get(self._chosen())
        for field in FIELDS.values():
            for each in self.query(f".{field}"):
                each.display = field == chosen
        text = self.query_one("#due", Input).value
        label = date_label(_("New date — “fri”, “+3d”, “下周五”"), text, self._on, self._due_date)
        self.query_one("#due-label", Label).update(Content(label))

    def send(self) -> str:
        """Hand the wish over."""
        recourse = self._chosen()
        shown = ("reason", FIELDS.get(recourse))  # what stands in a hidden line is not meant
        values = {field: text if field in shown else "" for field, text in self.fields()}
        choice = RecourseChoice(
            recourse=recourse,
            reason=values["reason"],
            owner=parse_person(values["owner"], self._people),
            due=parse_date(values["due"], self._on, self._due_date),
            parts=tuple(values["parts"].split("|")),
        )
        self._submit(choice)
        return choice.recourse

    def _chosen(self) -> Recourse:
        pressed = self.query_one(RadioGroup).pressed_button
        return Recourse(pressed.name) if pressed and pressed.name else Recourse.NEW_DATE
