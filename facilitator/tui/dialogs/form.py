"""A form over the meeting: what is typed is kept while it is typed, and sent when it holds."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.events import DescendantFocus, Key
from textual.timer import Timer
from textual.widgets import Input, Select

from facilitator.domain.errors import N_, FacilitatorError
from facilitator.tui.spoken import Dialog, tell
from facilitator.tui.widgets.line import KEEP_AFTER, caught_up

Keep = Callable[[tuple[tuple[str, str], ...]], object]
"""Takes what stands in the form, by field; no fields once it is sent."""


REPLACED = "replaced"
"""The class of a field whose value gives way to what is typed, such as a proposed date."""


def forget(_fields: tuple[tuple[str, str], ...]) -> None:
    """Keep nothing: for forms whose text is not worth a draft."""


def titled(title: str, about: str) -> str:
    """The title of a window, with the KPI that its subject belongs to."""
    return Content(f"{title} → {about}" if about else title).markup


class Form(Dialog[str]):
    """A dialog with fields. Each Input that has an id is kept as a draft.

    Subclasses send in `send`, which raises FacilitatorError where the form does not hold yet;
    then the form stays open and says why.
    """

    BINDINGS = [
        Binding("ctrl+s", "submit", N_("Save"), id="form.save", priority=True),
        # Before the line sees the next key: that one belongs in the line that these lead to.
        Binding("enter", "enter", show=False, priority=True),
        Binding("tab", "go(1)", show=False, priority=True),
        Binding("shift+tab", "go(-1)", show=False, priority=True),
    ]

    SENDS_BEHIND: ClassVar[str] = ""
    """The line behind which Enter sends, where others below it are seldom needed."""

    def __init__(self, *, keep: Keep = forget, draft: dict[str, str] | None = None) -> None:
        """Keep drafts with `keep`; begin with what an earlier one holds."""
        super().__init__()
        self._keep = keep
        self._draft = draft or {}
        self._kept: tuple[tuple[str, str], ...] = ()
        self._has_draft = bool(self._draft)
        self._timer: Timer | None = None

    def send(self) -> str:
        """Send what stands in the form, and name what became of it."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Put an earlier draft back into the fields."""
        for field in self.query(Input):
            # The first key would wipe out what stands there; of a date that is what is wanted.
            field.select_on_focus = field.has_class(REPLACED)
            field.value = self._draft.get(field.id or "", field.value)
        self._kept = self.fields()

    def fields(self) -> tuple[tuple[str, str], ...]:
        """What stands in the form, by field."""
        return tuple((each.id, each.value) for each in self.query(Input) if each.id)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Bring a field out from behind the footer; for the framework it is in view there."""
        if isinstance(event.widget, Input | Select):
            event.widget.scroll_visible(animate=False)

    @on(Input.Changed)
    def keep_soon(self) -> None:
        """Keep what was typed, at most a second from now."""
        if self._timer is None:
            self._timer = self.set_timer(KEEP_AFTER, self.keep_now)

    def keep_now(self) -> None:
        """Keep what stands in the form, where it changed."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        fields = self.fields()
        if fields == self._kept:
            return
        try:
            self._keep(fields)
        except FacilitatorError as error:
            tell(self, error)
            return
        self._kept, self._has_draft = fields, True

    def on_key(self, event: Key) -> None:
        """What is typed before a field has the cursor belongs in the first one all the same."""
        character, fields = event.character, self._lines()
        if character is None or not event.is_printable or character.isspace() or not fields:
            return
        event.stop()
        # Nothing that a line took comes up here: where one is focused, it was too late for this.
        line = self.focused if isinstance(self.focused, Input) else fields[0]
        self.set_focus(line)
        line.insert_text_at_cursor(character)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only from a line do Enter and Tab lead on in the form's own way."""
        return action not in ("enter", "go") or isinstance(self.focused, Input)

    async def action_enter(self) -> None:
        """Leave the line that has the cursor."""
        await caught_up(self.focused)
        if isinstance(self.focused, Input):
            self.enter(self.focused)

    def enter(self, line: Input) -> None:
        """Go to the next line, and send from the last."""
        lines = self._lines()
        if line is lines[-1] or line.id == self.SENDS_BEHIND:
            self.save()
        else:
            self.set_focus(lines[lines.index(line) + 1])

    async def action_go(self, by: int) -> None:
        """Go to the field below, or above."""
        await caught_up(self.focused)
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    async def action_submit(self) -> None:
        """Send the form."""
        await caught_up(self.focused)
        self.save()

    def save(self) -> None:
        """Send the form; it stays open where it does not hold yet."""
        self.keep_now()
        try:
            sent = self.send()
        except FacilitatorError as error:
            tell(self, error)
            return
        if self._has_draft:
            self.attempt(lambda: self._keep(()))
        self._kept = self.fields()
        self.dismiss(sent)

    async def action_leave(self) -> None:
        """Go back; what was typed is there when the form is opened again."""
        await caught_up(self.focused)
        self.keep_now()
        self.dismiss(None)

    def _lines(self) -> list[Input]:
        """The lines that show, from the top."""
        return [each for each in self.query(Input) if each.display]
