"""The dialog that goes round those present: who is for a question, who is against it."""

from collections.abc import Callable

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import ScreenResume
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from facilitator.domain.decision import Position, PositionKind
from facilitator.domain.errors import N_
from facilitator.domain.people import Person, PersonId
from facilitator.render.decision import VIEW_NAMES
from facilitator.render.language import _
from facilitator.tui.dialogs.form import FormHandler
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.errors import ErrorHandler
from facilitator.tui.i18n import Dialog
from facilitator.tui.widgets.entry_list import HangingIndent

VIEW_MARKS = {
    PositionKind.VETTED: "★",
    PositionKind.FOR: "✓",
    PositionKind.AGAINST: "✗",
    PositionKind.ABSTAINED: "–",
}


class PositionRow(Struct, frozen=True, kw_only=True):
    """A person who is present, and their position if they took one."""

    person: Person
    position: Position | None = None
    may_vet: bool = False
    must_vet: bool = False
    """Whether the question waits for their review."""


TakePosition = Callable[[PersonId, PositionKind, str], object]
"""Records the position of a person with their words; raises FacilitatorError where it fails."""
ObjectionHandler = Callable[[PersonId, Callable[[str], object]], FormHandler[str]]
"""Returns the handler of the form that asks a person's objection, with its draft."""


class PositionRound(Dialog[None]):
    """Lists those present; a digit records the position of one, and goes on to the next."""

    AUTO_FOCUS = "OptionList"

    BINDINGS = [
        Binding("1", "take('for')", N_("For"), id="position.for"),
        Binding("2", "take('against')", N_("Against"), id="position.against"),
        Binding("3", "take('abstained')", N_("Abstains"), id="position.abstained"),
        Binding(
            "4",
            "take('vetted')",
            N_("Reviewed"),
            id="position.vetted",
            tooltip=N_("The supervisor has reviewed the question and stands for it"),
        ),
        Binding("u,ctrl+z", "undo", N_("Undo"), id="position.undo", show=False),
        Binding("enter", "leave", N_("Done"), id="position.done", priority=True),
    ]

    def __init__(
        self,
        title: str,
        rows: Callable[[], tuple[PositionRow, ...]],
        take: TakePosition,
        objection_handler: ObjectionHandler,
        undo: Callable[[], object],
    ) -> None:
        """Ask about the question `title`; `rows` returns the people as they stand now."""
        super().__init__()
        self._title = title
        self._read_rows = rows
        self._rows = rows()
        self._take = take
        self._objection_handler = objection_handler
        self._undo = undo

    def compose(self) -> ComposeResult:
        """The people, and the keys below them."""
        with Vertical(classes="window") as window:
            window.border_title = Content(self._title).markup
            yield OptionList(*(Option(_prompt(each)) for each in self._rows), markup=False)
            yield Static(classes="count")
            yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin with who has to review the question, otherwise with the first who is silent."""
        waiting = [place for place, each in enumerate(self._rows) if each.must_vet]
        self.query_one(OptionList).highlighted = waiting[0] if waiting else self._next_silent(-1)

    @on(ScreenResume)
    def show_rows(self) -> None:
        """Show the people as they stand now."""
        self._rows = self._read_rows()
        listed = self.query_one(OptionList)
        for place, row in enumerate(self._rows):
            listed.replace_option_prompt_at_index(place, _prompt(row))
        silent = sum(each.position is None for each in self._rows)
        text = _("Not heard yet: {count}").format(count=silent) if silent else _("All were heard.")
        self.query_one(".count", Static).update(Content(text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim the review where nobody present may do it."""
        if action == "take" and parameters == (PositionKind.VETTED.value,):
            return True if any(each.may_vet for each in self._rows) else None
        return True

    def action_undo(self) -> None:
        """Take the last step back, and show the people as they were."""
        self._undo()
        self.show_rows()

    def action_take(self, view: str) -> None:
        """Record a position of the person under the cursor; an objection needs its words first."""
        place = self.query_one(OptionList).highlighted
        if place is None:
            return
        person = self._rows[place].person

        def submit(words: str = "") -> None:
            self._take(person.id, PositionKind(view), words)
            self._go_on(place)

        if view != PositionKind.AGAINST:
            with ErrorHandler(self):
                submit()
            return
        question = _("What does {name} object to? It goes into the minutes.")
        self.app.push_screen(
            TextEntry(
                self._title,
                question=question.format(name=person.name),
                handler=self._objection_handler(person.id, submit),
            )
        )

    def _go_on(self, place: int) -> None:
        """Show what was recorded, and go to the next who was not heard."""
        self.show_rows()
        self.query_one(OptionList).highlighted = self._next_silent(place)

    def _next_silent(self, place: int) -> int | None:
        """Return the next person without a position; where there is none, the same again."""
        count = len(self._rows)
        after = [(place + step) % count for step in range(1, count + 1)]
        silent = (each for each in after if self._rows[each].position is None)
        return next(silent, max(place, 0) if count else None)


def _prompt(row: PositionRow) -> HangingIndent:
    """Return the line of a person: mark, name, and what they said."""
    text = Content(row.person.name)
    if row.position is not None:
        said = _(VIEW_NAMES[row.position.view])
        words = f" · {row.position.words}" if row.position.words else ""
        text += Content(f"  {said}{words}")
    elif row.must_vet:
        text += Content("  " + _("has to review it")).stylize("bold")
    mark = VIEW_MARKS[row.position.view] if row.position else "·"
    return HangingIndent(Content(f"{mark} "), text)
