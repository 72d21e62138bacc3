"""A list of people with two marks each: present, and papers read."""

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from facilitator.domain.errors import N_
from facilitator.domain.people import Person
from facilitator.render.language import _

PRESENT, ABSENT = N_("✓ here"), N_("✗ absent")
READ, UNREAD = N_("✓ read"), N_("✗ not read")


class AttendanceLine(Struct, frozen=True, kw_only=True):
    """A person, whether they came, and whether they came prepared."""

    person: Person
    is_here: bool
    has_read: bool


class AttendanceList(OptionList):
    """Shows people, and turns the marks of the one under the cursor over."""

    BINDINGS = [
        Binding("space", "toggle_mark('is_here')", N_("Here"), id="roll.here"),
        Binding("r", "toggle_mark('has_read')", N_("Read"), id="roll.read"),
    ]

    def __init__(self, lines: tuple[AttendanceLine, ...]) -> None:
        """Begin with `lines`; they are read back as they stand."""
        super().__init__(*(Option(_prompt(each)) for each in lines), markup=False)
        self.lines = lines

    def action_toggle_mark(self, mark: str) -> None:
        """Say the opposite of the person under the cursor."""
        place = self.highlighted
        if place is None:
            return
        line = self.lines[place]
        if mark == "is_here":
            turned = replace(line, is_here=not line.is_here)
        else:
            turned = replace(line, has_read=not line.has_read)
        self.lines = (*self.lines[:place], turned, *self.lines[place + 1 :])
        self.replace_option_prompt_at_index(place, _prompt(turned))


def _prompt(line: AttendanceLine) -> Content:
    person = line.person
    here = _mark(PRESENT if line.is_here else ABSENT, PRESENT, ABSENT)
    read = _mark((READ if line.has_read else UNREAD) if line.is_here else "", READ, UNREAD)
    name = f"{person.name} · {person.role}" if person.role else person.name
    shown = Content(f"{here}  {read}  {name}")
    return shown if line.is_here else shown.stylize("dim")


def _mark(label: str, *labels: str) -> str:
    """A label as wide as the widest of its kind."""
    return set_cell_size(_(label) if label else "", max(cell_len(_(each)) for each in labels))
