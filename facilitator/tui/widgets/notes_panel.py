"""The notes of the running item, with a field for the next one."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from facilitator.domain.errors import N_
from facilitator.domain.note import Note, NoteId
from facilitator.render.language import _
from facilitator.tui.widgets.entry_list import EntryList, sensitive_prefix
from facilitator.tui.widgets.hanging_indent import HangingIndent
from facilitator.tui.widgets.text_field import DRAFT_DELAY, TextField


class NoteList(EntryList):
    """The notes themselves; Enter edits one."""

    notes: reactive[tuple[Note, ...]] = reactive((), init=False)

    BINDINGS = [
        Binding("enter", "select", N_("Edit"), id="note.edit", show=False),
        Binding("a,f", "turn('action')", N_("To action"), id="note.action", show=False),
        Binding("d", "turn('decision')", N_("To decision"), id="note.decision", show=False),
        Binding("k", "turn('topic')", N_("Park it"), id="note.park", show=False),
        Binding(
            "o",
            "turn('')",
            N_("Back to a note"),
            id="note.back",
            show=False,
            tooltip=N_("What the note became goes again"),
        ),
        Binding("delete", "remove", N_("Remove"), id="note.remove", show=False),
    ]

    @dataclass
    class Picked(Message):
        """A note is to be written anew."""

        note_id: NoteId

    @dataclass
    class ConversionRequested(Message):
        """A note is to become something else, or a note again where `into` is empty."""

        note_id: NoteId
        into: str

    @dataclass
    class RemovalRequested(Message):
        """A note is to be taken away."""

        note_id: NoteId

    @property
    def note(self) -> Note | None:
        """The one under the cursor."""
        place = self.highlighted
        return self.notes[place] if place is not None and place < len(self.notes) else None

    def watch_notes(self, before: tuple[Note, ...], notes: tuple[Note, ...]) -> None:
        """Show them, a new one in view; else the cursor stays where it was."""
        place = min(self.highlighted or 0, len(notes) - 1)
        self.clear_options()
        self.add_options(Option(_prompt(note), id=note.id) for note in notes)
        if notes:
            self.highlighted = len(notes) - 1 if len(notes) > len(before) else place

    def on_option_list_option_selected(self, selected: OptionList.OptionSelected) -> None:
        """Turn a list's word into the notes'."""
        selected.stop()
        if self.note is not None:
            self.post_message(self.Picked(self.note.id))

    def action_turn(self, into: str) -> None:
        """Make something else of the one under the cursor, or a note again."""
        if self.note is not None:
            self.post_message(self.ConversionRequested(self.note.id, into))

    def action_remove(self) -> None:
        """Take the one under the cursor away."""
        if self.note is not None:
            self.post_message(self.RemovalRequested(self.note.id))


def _prompt(note: Note) -> HangingIndent:
    words = Content(f"{sensitive_prefix(is_sensitive=note.is_sensitive)}{note.text}")
    if note.became:
        return HangingIndent(Content(f"→ {note.became} ").stylize("dim"), words.stylize("dim"))
    return HangingIndent(Content("· "), words)


class NotesPanel(Vertical):
    """The list over the line."""

    @dataclass
    class NoteSubmitted(Message):
        """A note is complete."""

        text: str

    @dataclass
    class NoteEdited(Message):
        """This stands in the line and is not complete yet."""

        text: str

    BINDINGS = [
        Binding(
            "ctrl+e",
            "editor",
            N_("Long note"),
            id="note.editor",
            show=False,
            tooltip=N_("Write in the editor that $EDITOR names"),
        ),
    ]

    @dataclass
    class EditorRequested(Message):
        """The note is to be written in an editor of its own."""

        text: str

    notes: reactive[tuple[Note, ...]] = reactive(())
    _timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The notes, then the line."""
        yield NoteList()
        yield TextField(placeholder=_("Note — Enter keeps it"), id="note-text", compact=True)

    def watch_notes(self, notes: tuple[Note, ...]) -> None:
        """Hand them to the list."""
        if self.is_mounted:
            self.query_one(NoteList).notes = notes

    def on_mount(self) -> None:
        """Show what was set before there was a list."""
        self.watch_notes(self.notes)

    @property
    def line(self) -> Input:
        """The line that the next note is written on."""
        return self.query_one(Input)

    def clear(self, kept: str) -> None:
        """Take `kept` out of the line, once it is safe; what was typed since stays."""
        self.line.value = self.line.value.removeprefix(kept)
        self.line.cursor_position = len(self.line.value)

    @on(Input.Changed)
    def schedule_draft(self, changed: Input.Changed) -> None:
        """Have what was typed kept, at most a second from now."""
        changed.stop()
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_DELAY, self.save_draft_now)

    def save_draft_now(self) -> None:
        """Have what stands in the line kept."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.post_message(self.NoteEdited(self.query_one(Input).value))

    @on(Input.Submitted)
    def send(self, submitted: Input.Submitted) -> None:
        """Enter completes the note."""
        submitted.stop()
        if submitted.value.strip():
            self.post_message(self.NoteSubmitted(submitted.value))

    def action_editor(self) -> None:
        """Go on in an editor."""
        self.post_message(self.EditorRequested(self.query_one(Input).value))
