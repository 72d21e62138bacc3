"""The notes of the running item, with a field for the next one."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Input

from facilitator.domain.errors import N_
from facilitator.domain.note import Note
from facilitator.render.language import _
from facilitator.tui.widgets.entry_list import EntryLine, RegisterList
from facilitator.tui.widgets.text_field import DRAFT_DELAY, TextLinesField


class NoteList(RegisterList):
    """Shows notes; Enter edits one."""

    BINDINGS = [
        Binding("enter", "select", N_("Edit"), id="note.edit", show=False),
        Binding("A", "request('action')", N_("To action"), id="note.action", show=False),
        Binding("D", "request('decision')", N_("To question"), id="note.decision", show=False),
        Binding("K", "request('topic')", N_("Park it"), id="note.park", show=False),
        Binding(
            "o",
            "request('note')",
            N_("Back to a note"),
            id="note.back",
            show=False,
            tooltip=N_("Remove what this note became"),
        ),
        Binding("delete", "request('remove')", N_("Remove"), id="note.remove", show=False),
    ]

    def first_index(self) -> int:
        """Return the place of the newest note, which is the last one."""
        return max(len(self.lines) - 1, 0)


def note_line(note: Note) -> EntryLine:
    """Return the line of a note, with what it was converted to."""
    return EntryLine(
        id=note.id,
        mark=f"→ {note.became} " if note.became else "· ",
        text=note.text,
        style="dim" if note.became else "",
        is_sensitive=note.is_sensitive,
    )


class NotesPanel(Vertical):
    """The notes, and below them a field for the next one."""

    @dataclass
    class NoteSubmitted(Message):
        """A note is complete."""

        text: str

    @dataclass
    class NoteEdited(Message):
        """The text in the field changed; sent once it is due to be saved as a draft."""

        text: str

    @dataclass
    class EditorRequested(Message):
        """The note is to be written in the editor that $EDITOR names."""

        text: str

    BINDINGS = [
        Binding(
            "ctrl+e",
            "editor",
            N_("Long note"),
            id="note.editor",
            priority=True,  # in a field of the framework it goes to the end of the line
            show=False,
            tooltip=N_("Write in the editor set in $EDITOR"),
        ),
    ]

    notes: reactive[tuple[Note, ...]] = reactive(())
    _timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Yield the list and the field."""
        yield NoteList()
        hint = _("Note — Enter saves, Escape: letters act again")
        yield TextLinesField(placeholder=hint, id="note-text", compact=True)

    def watch_notes(self, notes: tuple[Note, ...]) -> None:
        """Pass the notes to the list."""
        if self.is_mounted:
            self.query_one(NoteList).lines = tuple(note_line(note) for note in notes)

    def on_mount(self) -> None:
        """Show the notes that were set before the list existed."""
        self.watch_notes(self.notes)

    @property
    def line(self) -> Input:
        """The field for the next note."""
        return self.query_one(Input)

    def replace(self, before: str, text: str) -> None:
        """Put `text` in place of `before` in the field; what was typed since stays behind it."""
        self.line.value = text + self.line.value.removeprefix(before)
        self.line.cursor_position = len(self.line.value)

    def clear(self, kept: str) -> None:
        """Remove `kept`, which is saved, from the field; what was typed since stays."""
        self.replace(kept, "")

    @on(Input.Changed)
    def schedule_draft(self, changed: Input.Changed) -> None:
        """Save the draft after `DRAFT_DELAY`, counted from the first change."""
        changed.stop()
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_DELAY, self.save_draft_now)

    def save_draft_now(self) -> None:
        """Report the text in the field, so that it is saved as a draft."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.post_message(self.NoteEdited(self.line.value))

    @on(Input.Submitted)
    def send(self, submitted: Input.Submitted) -> None:
        """Report a complete note, unless it is blank."""
        submitted.stop()
        if submitted.value.strip():
            self.post_message(self.NoteSubmitted(submitted.value))

    def action_editor(self) -> None:
        """Ask for an editor with the text in the field."""
        self.post_message(self.EditorRequested(self.line.value))
