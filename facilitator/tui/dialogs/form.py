"""The base class of forms: drafts are saved while typing, errors keep the form open."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.events import DescendantFocus, Key
from textual.timer import Timer
from textual.widgets import Input, Select

from facilitator.domain.errors import N_, FacilitatorError
from facilitator.tui.i18n import Dialog, notify_error
from facilitator.tui.widgets.text_field import DRAFT_DELAY, wait_for_pending_keys

SaveDraft = Callable[[tuple[tuple[str, str], ...]], object]
"""Takes what stands in the form, by field; no fields once it is sent."""


REPLACED_CLASS = "replaced"
"""The class of a field whose value gives way to what is typed, such as a proposed date."""


def discard_draft(_fields: tuple[tuple[str, str], ...]) -> None:
    """Keep nothing: for forms whose text is not worth a draft."""


def window_title(title: str, about: str) -> str:
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

    SUBMIT_FIELD: ClassVar[str] = ""
    """The line behind which Enter sends, where others below it are seldom needed."""

    def __init__(
        self, *, keep: SaveDraft = discard_draft, draft: dict[str, str] | None = None
    ) -> None:
        """Keep drafts with `keep`; begin with what an earlier one holds."""
        super().__init__()
        self._save_draft = keep
        self._draft = draft or {}
        self._saved_fields: tuple[tuple[str, str], ...] = ()
        self._has_draft = bool(self._draft)
        self._timer: Timer | None = None

    def send(self) -> str:
        """Send what stands in the form, and name what became of it."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Put an earlier draft back into the fields."""
        for field in self.query(Input):
            # The first key would wipe out what stands there; of a date that is what is wanted.
            field.select_on_focus = field.has_class(REPLACED_CLASS)
            field.value = self._draft.get(field.id or "", field.value)
        self._saved_fields = self.fields()

    def fields(self) -> tuple[tuple[str, str], ...]:
        """What stands in the form, by field."""
        return tuple((each.id, each.value) for each in self.query(Input) if each.id)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Bring a field out from behind the footer; for the framework it is in view there."""
        if isinstance(event.widget, Input | Select):
            event.widget.scroll_visible(animate=False)

    @on(Input.Changed)
    def schedule_draft(self) -> None:
        """Keep what was typed, at most a second from now."""
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_DELAY, self.save_draft_now)

    def save_draft_now(self) -> None:
        """Keep what stands in the form, where it changed."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        fields = self.fields()
        if fields == self._saved_fields:
            return
        try:
            self._save_draft(fields)
        except FacilitatorError as error:
            notify_error(self, error)
            return
        self._saved_fields, self._has_draft = fields, True

    def on_key(self, event: Key) -> None:
        """What is typed before a field has the cursor belongs in the first one all the same."""
        character, fields = event.character, self._visible_fields()
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
        await wait_for_pending_keys(self.focused)
        if isinstance(self.focused, Input):
            self.enter(self.focused)

    def enter(self, line: Input) -> None:
        """Go to the next line, and send from the last."""
        lines = self._visible_fields()
        if line is lines[-1] or line.id == self.SUBMIT_FIELD:
            self.save()
        else:
            self.set_focus(lines[lines.index(line) + 1])

    async def action_go(self, by: int) -> None:
        """Go to the field below, or above."""
        await wait_for_pending_keys(self.focused)
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    async def action_submit(self) -> None:
        """Send the form."""
        await wait_for_pending_keys(self.focused)
        self.save()

    def save(self) -> None:
        """Send the form; it stays open where it does not hold yet."""
        self.save_draft_now()
        try:
            sent = self.send()
        except FacilitatorError as error:
            notify_error(self, error)
            return
        if self._has_draft:
            self.attempt(lambda: self._save_draft(()))
        self._saved_fields = self.fields()
        self.dismiss(sent)

    async def action_leave(self) -> None:
        """Go back; what was typed is there when the form is opened again."""
        await wait_for_pending_keys(self.focused)
        self.save_draft_now()
        self.dismiss(None)

    def _visible_fields(self) -> list[Input]:
        """The lines that show, from the top."""
        return [each for each in self.query(Input) if each.display]
