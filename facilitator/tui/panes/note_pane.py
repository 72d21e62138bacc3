"""The pane of notes of the running item, and the answer to the opening question."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from facilitator.domain.action import ActionId
from facilitator.domain.agenda import ItemKind
from facilitator.domain.errors import FacilitatorError
from facilitator.domain.focus import has_focus_changed
from facilitator.domain.meeting import Meeting
from facilitator.domain.note import NoteId
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.wording.focus_relevance import needs_focus_review, rank_by_relevance
from facilitator.render.focus import entry_line
from facilitator.render.language import _, current_language
from facilitator.tui.dialogs.focus_review import FocusReviewDialog, FocusReviewRow
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.i18n import notify_error
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.entry_list import EntryList
from facilitator.tui.widgets.notes_panel import NotesPanel

NOTE_DRAFT = "note"
"""The draft of the line under the notes."""


class NotePane(Pane):
    """Takes notes down."""

    @dataclass
    class ActionCreated(Message):
        """A note became an action item, which has no owner and no date yet."""

        action_id: ActionId

    def compose(self) -> ComposeResult:
        """What the item asks, then the notes."""
        yield Static("", id="item-question")
        yield NotesPanel()

    def on_mount(self) -> None:
        """Put an unfinished note back into the line."""
        text = self.draft(NOTE_DRAFT).get("text", "")
        if text:
            self.line.value = text

    def show(self, meeting: Meeting) -> None:
        """Show the notes of the running item."""
        running = meeting.running
        notes = tuple(note for note in meeting.notes if note.item_id == meeting.current)
        self.query_one(NotesPanel).notes = notes
        title = running.item.title if running else ""
        self.border_title = Content(_("4 Notes · {title}").format(title=title)).markup
        question = self.query_one("#item-question", Static)
        question.update(_question(meeting))
        question.display = bool(question.content)

    @property
    def line(self) -> Input:
        """The line that the next note is written on."""
        return self.query_one(NotesPanel).line

    def flush(self) -> None:
        """Keep what stands in the line, now."""
        self._save_draft(self.line.value)

    def answer(self) -> None:
        """Ask for the answer to the opening question."""
        meeting = self.session.meeting
        opening = next(
            (each.item for each in meeting.items if each.item.kind is ItemKind.OPENING), None
        )
        self.app.push_screen(
            TextEntry(
                opening.title if opening else _("Today's focus"),
                question=(opening.question if opening else "") or _("What matters most now?"),
                text=meeting.focus,
                submit=lambda text: self.step(focus_rules.answer_focus, text),
                keep=self.keep("focus"),
                draft=self.draft("focus"),
            ),
            lambda sent: self._review_changed_focus() if sent else None,
        )

    def review_focus(self) -> None:
        """Ask what of the open promises and questions still serves the focus."""
        meeting = self.session.meeting
        if not has_focus_changed(meeting.past_focus, meeting.focus):
            self.notify(_("The focus is not another one than last time; nothing has to go."))
            return
        rows = tuple(
            FocusReviewRow(
                id=each.entry.id,
                text=entry_line(meeting, each.entry, current_language()),
                relevance=each.relevance,
            )
            for each in rank_by_relevance(meeting)
        )
        if not rows:
            self.notify(_("Nothing is open that could have to go."))
            return
        self.app.push_screen(
            FocusReviewDialog(
                meeting.past_focus,
                meeting.focus,
                rows,
                submit=lambda parked, killed, reason: self.step(
                    focus_rules.review_focus, parked=parked, killed=killed, reason=reason
                ),
            )
        )

    def _review_changed_focus(self) -> None:
        if needs_focus_review(self.session.meeting):
            self.review_focus()

    @on(NotesPanel.NoteSubmitted)
    def add_note(self, written: NotesPanel.NoteSubmitted) -> None:
        """A note is complete."""
        panel = self.query_one(NotesPanel)
        if self.attempt(note_rules.take_note, written.text):
            panel.clear(written.text)
            self._save_draft(panel.line.value)

    @on(NotesPanel.NoteEdited)
    def save_note_draft(self, save_note_draft: NotesPanel.NoteEdited) -> None:
        """A note is being written."""
        self._save_draft(save_note_draft.text)

    @on(NotesPanel.EditorRequested)
    def edit_long(self, asked: NotesPanel.EditorRequested) -> None:
        """Write in the person's own editor."""
        try:
            with self.app.suspend():
                text = self.services.edit(asked.text)
            self.session.keep_clock_running()
        except FacilitatorError as error:
            notify_error(self, error)
            return
        if text.strip() and self.attempt(note_rules.take_note, text):
            self.query_one(NotesPanel).clear(asked.text)
            self._save_draft("")

    @on(EntryList.Picked)
    def edit_note(self, picked: EntryList.Picked) -> None:
        """Open a note for editing."""
        note = self.session.meeting.note(NoteId(picked.id))
        if note is None:
            return
        form = f"note:{note.id}"
        self.app.push_screen(
            TextEntry(
                _("Note"),
                text=note.text,
                submit=lambda text: self.step(note_rules.change_note, note.id, text),
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )

    def run_command(self, entry_id: str, command: str) -> None:
        """Remove a note, convert it to another kind of entry, or convert it back."""
        note_id = NoteId(entry_id)
        match command:
            case "remove":  # undo brings it back
                self.attempt(note_rules.change_note, note_id, "")
            case "note":
                self.attempt(note_rules.revert_note, note_id)
            case "action" | "decision" | "topic" as kind:
                self._convert_note(note_id, note_rules.ConversionTarget(kind))

    def _convert_note(self, note_id: NoteId, target: note_rules.ConversionTarget) -> None:
        """Convert a note; the rest of an action item is asked for."""
        if self.attempt(note_rules.convert_note, note_id, target):
            note = self.session.meeting.note(note_id)
            if note is not None and target is note_rules.ConversionTarget.ACTION:
                self.post_message(self.ActionCreated(ActionId(note.became)))

    def _save_draft(self, text: str) -> None:
        fields = (("text", text),) if text else ()
        if dict(fields) == self.draft(NOTE_DRAFT):
            return
        try:
            self.keep(NOTE_DRAFT)(fields)
        except FacilitatorError as error:
            notify_error(self, error)


def _question(meeting: Meeting) -> Content:
    running = meeting.running
    if running is None:
        return Content("")
    lines = []
    if running.item.question:
        lines.append(Content(f"? {running.item.question}").stylize("bold"))
    if running.item.kind is ItemKind.OPENING:
        if meeting.past_focus:
            lines.append(Content(_("last time: {text}").format(text=meeting.past_focus)))
        answer = meeting.focus or _("press g to keep the answer")
        lines.append(Content(f"→ {answer}"))
    return Content("\n").join(lines)
