"""The roll call: who is present, and who has read the papers."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Footer, Label

from facilitator.domain.errors import N_
from facilitator.domain.people import Person, PersonId
from facilitator.render.language import _
from facilitator.tui.i18n import Dialog
from facilitator.tui.widgets.attendance_list import AttendanceLine, AttendanceList


class AttendanceDialog(Dialog[bool]):
    """Everybody is here and has read the papers until somebody says otherwise."""

    BINDINGS = [
        Binding("ctrl+s,enter", "submit", N_("Save"), id="roll.save", priority=True),
    ]

    def __init__(
        self,
        people: tuple[Person, ...],
        *,
        absent: tuple[PersonId, ...],
        unread: tuple[PersonId, ...],
        submit: Callable[[tuple[PersonId, ...], tuple[PersonId, ...]], object],
    ) -> None:
        """Begin with what was marked before; hand the absent and the unread to `submit`."""
        super().__init__()
        self._lines = tuple(
            AttendanceLine(
                person=each, is_here=each.id not in absent, has_read=each.id not in unread
            )
            for each in people
        )
        self._submit = submit

    def compose(self) -> ComposeResult:
        """A line a person."""
        with Vertical(classes="window") as window:
            window.border_title = _("Roll call")
            yield Label(_("Space: here or absent. R: has read the papers, or not."))
            yield AttendanceList(self._lines)
            yield Footer(show_command_palette=False, compact=True)

    def action_submit(self) -> None:
        """Hand over who is absent, and who of the others has not read."""
        lines = self.query_one(AttendanceList).lines
        absent = tuple(each.person.id for each in lines if not each.is_here)
        unread = tuple(each.person.id for each in lines if each.is_here and not each.has_read)
        if self.attempt(lambda: (self._submit(absent, unread),)):
            self.dismiss(result=True)
