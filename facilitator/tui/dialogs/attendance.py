"""The roll call: who is present, and who has read the papers."""

from msgspec import Struct
from rich.cells import cell_len, set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Footer, Label

from facilitator.domain.errors import N_
from facilitator.domain.people import Person, PersonId
from facilitator.render.language import _
from facilitator.tui.dialogs.form import FormHandler, SubmitDialog
from facilitator.tui.widgets.entry_list import EntryLine, EntryList

PRESENT, ABSENT = N_("✓ here"), N_("✗ absent")
READ, UNREAD = N_("✓ read"), N_("✗ not read")


class AttendanceList(EntryList):
    """Shows each person with two marks: present, and papers read."""

    BINDINGS = [
        Binding("space", "request('absent')", N_("Here"), id="roll.here"),
        Binding("r", "request('unread')", N_("Read"), id="roll.read"),
    ]


class Attendance(Struct, frozen=True, kw_only=True):
    """Who is absent, and who of the others has not read the papers."""

    absent: tuple[PersonId, ...] = ()
    unread: tuple[PersonId, ...] = ()


class AttendanceDialog(SubmitDialog[Attendance]):
    """Marks who is absent or has not read the papers; at first, nobody is marked."""

    BINDINGS = [
        Binding("ctrl+s,enter", "submit", N_("Save"), id="roll.save", priority=True),
    ]

    def __init__(
        self,
        people: tuple[Person, ...],
        attendance: Attendance,
        *,
        handler: FormHandler[Attendance],
    ) -> None:
        """Begin with `attendance`, as it was marked before."""
        super().__init__(handler)
        self._people = people
        self._absent = set(attendance.absent)
        self._unread = set(attendance.unread)

    def compose(self) -> ComposeResult:
        """Yield a list with a line for each person."""
        with Vertical(classes="window") as window:
            window.border_title = _("Attendance")
            yield Label(_("Space: present or absent. R: pre-read done or not."))
            yield AttendanceList()
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Show everybody."""
        self._show()

    @on(EntryList.Requested)
    def toggle(self, asked: EntryList.Requested) -> None:
        """Set or remove a mark of a person."""
        marked = self._absent if asked.command == "absent" else self._unread
        marked ^= {PersonId(asked.id)}
        self._show()

    def action_submit(self) -> None:
        """Submit who is absent, and who of the others has not read the papers."""
        absent = tuple(each.id for each in self._people if each.id in self._absent)
        unread = tuple(each.id for each in self._people if each.id in self._unread - self._absent)
        self.submit(Attendance(absent=absent, unread=unread))

    def _show(self) -> None:
        self.query_one(AttendanceList).lines = tuple(
            attendance_line(
                each, is_here=each.id not in self._absent, has_read=each.id not in self._unread
            )
            for each in self._people
        )


def attendance_line(person: Person, *, is_here: bool, has_read: bool) -> EntryLine:
    """Return the line of a person; the marks are as wide for everybody."""
    here = _mark(PRESENT if is_here else ABSENT, PRESENT, ABSENT)
    read = _mark((READ if has_read else UNREAD) if is_here else "", READ, UNREAD)
    name = f"{person.name} · {person.role}" if person.role else person.name
    return EntryLine(id=person.id, text=f"{here}  {read}  {name}", style="" if is_here else "dim")


def _mark(label: str, *labels: str) -> str:
    """Return the translated label, padded to the width of the widest of `labels`."""
    return set_cell_size(_(label) if label else "", max(cell_len(_(each)) for each in labels))
