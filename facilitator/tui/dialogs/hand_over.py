"""The dialog that names another recorder, here or at another terminal."""

from msgspec import Struct
from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Label, OptionList
from textual.widgets.option_list import Option

from facilitator.domain.errors import N_
from facilitator.domain.people import Person, PersonId
from facilitator.render.language import _
from facilitator.tui.dialogs.form import FormHandler, SubmitDialog


class NextRecorder(Struct, frozen=True, kw_only=True):
    """Who records from now on, and whether at a terminal of their own."""

    person: PersonId
    is_elsewhere: bool


class HandOverDialog(SubmitDialog[NextRecorder]):
    """Asks who records from now on."""

    BINDINGS = [
        Binding("enter", "hand_over", N_("Change the recorder"), id="pen.here", priority=True),
        Binding("l", "toggle_computer", N_("This or another computer"), id="pen.elsewhere"),
    ]

    people = getters.query_one(OptionList)

    def __init__(
        self,
        people: tuple[Person, ...],
        recorder: Person | None,
        *,
        handler: FormHandler[NextRecorder],
    ) -> None:
        """Offer `people`; `recorder` is who records now."""
        super().__init__(handler)
        self._people = people
        self._recorder = recorder
        self._is_elsewhere = False

    def compose(self) -> ComposeResult:
        """The people, and what each of the two ways means."""
        with Vertical(classes="window") as window:
            window.border_title = _("Change the recorder")
            name = self._recorder.name if self._recorder else _("nobody")
            yield Label(_("The recorder is {name}.").format(name=name), markup=False)
            yield OptionList(*(Option(Content(each.name)) for each in self._people), markup=False)
            yield Label(id="computer", markup=False)
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin at somebody who does not record now."""
        others = (n for n, each in enumerate(self._people) if each != self._recorder)
        self.people.highlighted = next(others, None)
        self._show_computer()

    def action_hand_over(self) -> None:
        """Let the person under the cursor record, on the computer that was chosen."""
        place = self.people.highlighted
        if place is not None:
            person = self._people[place].id
            self.submit(NextRecorder(person=person, is_elsewhere=self._is_elsewhere))

    def action_toggle_computer(self) -> None:
        """Choose this computer, or another one; Enter hands over."""
        self._is_elsewhere = not self._is_elsewhere
        self._show_computer()

    def _show_computer(self) -> None:
        text = _("Records on this computer. Press l for another one.")
        if self._is_elsewhere:
            text = _(
                "Records on another computer: open the program there and resume. The clock keeps "
                "running. Press l for this one."
            )
        self.query_one("#computer", Label).update(text)
