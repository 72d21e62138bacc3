"""The form of a position on a decision: who vetted it, who is for or against it."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Label, Select

from facilitator.domain.decision import PositionKind
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.people import Person, PersonId
from facilitator.render.decision import VIEW_NAMES
from facilitator.render.language import _
from facilitator.tui.dialogs.form import Form, SaveDraft, discard_draft
from facilitator.tui.widgets.radio import Radio, RadioGroup
from facilitator.tui.widgets.text_field import TextField


class PositionDialog(Form):
    """One person, one stance, and their words."""

    def __init__(
        self,
        title: str,
        *,
        people: tuple[Person, ...],
        person: PersonId | None,
        view: PositionKind,
        submit: Callable[[PersonId, PositionKind, str], object],
        keep: SaveDraft = discard_draft,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Ask about the question `title`; begin with a person and a stance."""
        super().__init__(keep=keep, draft=draft)
        self._title = title
        self._people = people
        self._person = person
        self._view = view
        self._submit = submit

    def compose(self) -> ComposeResult:
        """Who, which stance, and why."""
        with VerticalScroll(classes="window") as window:
            window.border_title = Content(self._title).markup
            yield Label(_("Who?"))
            yield Select(
                [(Content(each.name), each.id) for each in self._people],
                value=self._person or Select.NULL,
                prompt=_("Select"),
                id="person",
                compact=True,
            )
            with RadioGroup(id="view", compact=True):
                for view, label in VIEW_NAMES.items():
                    yield Radio(Content(_(label)), value=view is self._view, name=view)
            yield Label(_("In their words — the minutes keep them"))
            yield TextField("", id="words")
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin with the stance."""
        super().on_mount()
        self.query_one(RadioGroup).focus()

    def send(self) -> str:
        """Hand the stance over."""
        person = self.query_one("#person", Select).value
        pressed = self.query_one(RadioGroup).pressed_button
        if person is Select.NULL or pressed is None or pressed.name is None:
            raise RuleError(N_("Choose who takes which stance."))
        self._submit(
            PersonId(str(person)), PositionKind(pressed.name), dict(self.fields())["words"]
        )
        return pressed.name
