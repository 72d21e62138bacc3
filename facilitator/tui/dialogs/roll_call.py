"""The roll call: who is here."""

from collections.abc import Callable

from textual import on
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
            yield Label("", id="absent", markup=False)
            yield SelectionList(
                *(
                    Selection(Content(_told(each)), each.id, each.id not in self._absent)
                    for each in self._people
                )
            )
            yield Footer(show_command_palette=False, compact=True)

    @on(SelectionList.SelectedChanged)
    def tell_absent(self) -> None:
        """Say who is absent, in words."""
        absent = self._now_absent()
        names = ", ".join(each.name for each in self._people if each.id in absent)
        text = _("Absent: {names}").format(names=names or "–")
        self.query_one("#absent", Label).update(Content(text))

    def on_mount(self) -> None:
        """Say it from the beginning."""
        self.tell_absent()

    def _now_absent(self) -> tuple[PersonId, ...]:
        here = set(self.query_one(SelectionList).selected)
        return tuple(each.id for each in self._people if each.id not in here)

    def action_submit(self) -> None:
        """Hand over who is absent."""
        absent = self._now_absent()
        try:
            self._submit(absent)
        except FacilitatorError as error:
            tell(self, error)
            return
        self.dismiss(result=True)


def _told(person: Person) -> str:
    return f"{person.name} · {person.role}" if person.role else person.name
