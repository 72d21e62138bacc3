"""The dialog that names another recorder, here or at another terminal."""

from collections.abc import Callable

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
from facilitator.tui.i18n import Dialog


class HandOverDialog(Dialog[bool]):
    """Asks who takes the pen. Dismisses with whether it is let go of here."""

    BINDINGS = [
        Binding("enter", "hand_over", N_("Records here"), id="pen.here", priority=True),
        Binding("l", "record_elsewhere", N_("Records at another terminal"), id="pen.elsewhere"),
    ]

    people = getters.query_one(OptionList)

    def __init__(
        self,
        people: tuple[Person, ...],
        recorder: Person | None,
        *,
        submit: Callable[[PersonId, bool], object],
    ) -> None:
        """Offer `people`; hand the chosen one to `submit`, with whether they go on elsewhere."""
        super().__init__()
        self._people = people
        self._recorder = recorder
        self._submit = submit

    def compose(self) -> ComposeResult:
        """The people, and what each of the two ways means."""
        with Vertical(classes="window") as window:
            window.border_title = _("Hand the pen over")
            name = self._recorder.name if self._recorder else _("nobody")
            yield Label(_("The recorder is {name}.").format(name=name), markup=False)
            yield OptionList(*(Option(Content(each.name)) for each in self._people), markup=False)
            yield Label(
                _("At another terminal: open the program there and resume; the clock goes on."),
                markup=False,
            )
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin at somebody who does not have the pen."""
        others = (n for n, each in enumerate(self._people) if each != self._recorder)
        self.people.highlighted = next(others, None)

    def action_hand_over(self) -> None:
        """Somebody else types here."""
        self._hand_over(lets_go=False)

    def action_record_elsewhere(self) -> None:
        """Somebody else goes on at their own terminal."""
        self._hand_over(lets_go=True)

    def _hand_over(self, *, lets_go: bool) -> None:
        place = self.people.highlighted
        if place is None:
            return
        to = self._people[place].id
        if self.attempt(lambda: (self._submit(to, lets_go),)):
            self.dismiss(result=lets_go)
