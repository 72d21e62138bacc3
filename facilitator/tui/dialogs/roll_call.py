"""The roll call: who is here."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Label, SelectionList
from textual.widgets.selection_list import Selection

from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.people import Person, PersonId
from facilitator.render.language import _
from facilitator.tui.spoken import Dialog, tell


class RollCall(Dialog[bool]):
    """Everybody is here until somebody says otherwise."""

    BINDINGS = [
        Binding("ctrl+s,enter", "submit", N_("Save"), id="roll.save", priority=True),
    ]

    def __init__(
        self,
        people: tuple[Person, ...],
        absent: tuple[PersonId, ...],
        *,
        submit: Callable[[tuple[PersonId, ...]], object],
    ) -> None:
        """Begin with those marked absent before."""
        super().__init__()
        self._people = people
        self._absent = absent
        self._submit = submit

    def compose(self) -> ComposeResult:
        """A box a person."""
        with Vertical(classes="window") as window:
            window.border_title = _("Roll call")
            yield Label(_("Space marks who is here."))
            yield SelectionList(
                *(
                    Selection(Content(_told(each)), each.id, each.id not in self._absent)
                    for each in self._people
                )
            )
            yield Footer(show_command_palette=False, compact=True)

    def action_submit(self) -> None:
        """Hand over who is absent."""
        here = set(self.query_one(SelectionList).selected)
        absent = tuple(each.id for each in self._people if each.id not in here)
        try:
            self._submit(absent)
        except FacilitatorError as error:
            tell(self, error)
            return
        self.dismiss(result=True)


def _told(person: Person) -> str:
    return f"{person.name} · {person.role}" if person.role else person.name
