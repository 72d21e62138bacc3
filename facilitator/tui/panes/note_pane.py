"""The pane of notes of the running item, and the answer to the opening question."""

from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from facilitator.domain.agenda import ItemKind
from facilitator.domain.focus import has_focus_changed
from facilitator.domain.meeting import NOTE_LINE, Meeting
from facilitator.domain.note import Note, NoteId
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.wording.focus_relevance import rank_by_relevance
from facilitator.render.focus import entry_line
from facilitator.render.language import _, current_language
from facilitator.tui.dialogs.focus_review import (
    FocusReview,
    FocusReviewDialog,
    FocusReviewRow,
)
from facilitator.tui.dialogs.form import FormHandler
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.panes.pane import Pane
from facilitator.tui.suspension import run_outside
from facilitator.tui.widgets.entry_list import EntryList
from facilitator.tui.widgets.notes_panel import NotesPanel
from facilitator.tui.widgets.text_field import read_line_ends, show_line_ends

EDITOR_NOTICE_TIME = 15.0
"""Seconds for which it is shown that an editor failed, and where the text is."""


class NotePane(Pane):
    """Shows the notes of the running item, and adds new ones."""

    @dataclass
    class ActionRequested(Message):
        """A note is to become an action item."""

        note: Note

    def compose(self) -> ComposeResult:
        """The question of the item, then the notes."""
        yield Static("", id="item-question")
        yield NotesPanel()

    def on_mount(self) -> None:
        """Put an unfinished note back into the line."""
        text = self.controller.meeting.draft(NOTE_LINE).get("text", "")
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
        """Save what stands in the line, now."""
        self._save_draft(self.line.value)

    def clear_line(self) -> None:
        """Empty the line, so that what stood in it is not saved again."""
        self.line.value = ""

    def edit_draft(self, about: str) -> None:
        """Go on with a note: in its form, or in the line for a new one."""
        if about:
            self.edit(NoteId(about))
            return

        def submit(text: str) -> None:
            self.controller.step(note_rules.take_note, read_line_ends(text))
            self.clear_line()

        handler = self.controller.handler(NOTE_LINE, submit)
        self.app.push_screen(TextEntry(_("Note"), handler=handler))

    def answer(self) -> None:
        """Ask for the answer to the opening question."""
        meeting = self.controller.meeting
        opening = next(
            (each.item for each in meeting.items if each.item.kind is ItemKind.OPENING), None
        )

        def submit(text: str) -> None:
            self.controller.step(focus_rules.answer_focus, text)

        self.app.push_screen(
            TextEntry(
                opening.title if opening else _("Today's focus"),
                question=(opening.question if opening else "") or _("What matters most now?"),
                text=meeting.focus,
                handler=self.controller.handler("focus", submit),
            )
        )

    def review_focus(self) -> None:
        """Ask which open action items and questions still serve the focus."""
        meeting = self.controller.meeting
        if not has_focus_changed(meeting.past_focus, meeting.focus):
            self.controller.announce(_("The focus has not changed. There is nothing to review."))
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
            self.controller.announce(_("There is nothing open to review."))
            return

        def submit(review: FocusReview) -> None:
            self.controller.step(
                focus_rules.review_focus,
                parked=review.parked,
                killed=review.killed,
                reason=review.reason,
            )

        self.app.push_screen(
            FocusReviewDialog(
                meeting.past_focus, meeting.focus, rows, handler=FormHandler(submit=submit)
            )
        )

    @on(NotesPanel.NoteSubmitted)
    def add_note(self, written: NotesPanel.NoteSubmitted) -> None:
        """Add a note that is complete."""
        panel = self.query_one(NotesPanel)
        if self.controller.attempt(note_rules.take_note, read_line_ends(written.text)):
            panel.clear(written.text)
            self._save_draft(panel.line.value)

    @on(NotesPanel.NoteEdited)
    def save_note_draft(self, edited: NotesPanel.NoteEdited) -> None:
        """Save a note that is being written."""
        self._save_draft(edited.text)

    @on(NotesPanel.EditorRequested)
    def edit_long(self, asked: NotesPanel.EditorRequested) -> None:
        """Write in the person's own editor; the text is in the line until the note is written."""
        panel = self.query_one(NotesPanel)
        with self.controller.errors():
            edited = run_outside(
                self.app,
                partial(self.controller.services.edit, read_line_ends(asked.text)),
            )
            text = show_line_ends(edited.text.rstrip("\n"))
            if text.strip():
                panel.replace(asked.text, text)
            self.controller.session.keep_clock_running()
            if edited.problem is not None:
                self._show_editor_problem(edited.problem.translate(_))
            elif text.strip():
                self.controller.step(note_rules.take_note, edited.text)
                panel.clear(text)
            elif asked.text.strip():
                self._show_editor_problem(
                    _(
                        "The editor left an empty file, so no note was written. What you typed "
                        "before is still in the line for notes."
                    )
                )
            self._save_draft(self.line.value)

    def _show_editor_problem(self, sentence: str) -> None:
        self.notify(sentence, severity="warning", timeout=EDITOR_NOTICE_TIME, markup=False)

    @on(EntryList.Picked)
    def edit_note(self, picked: EntryList.Picked) -> None:
        """Edit the note that Enter was pressed on."""
        self.edit(NoteId(picked.id))

    def edit(self, note_id: NoteId) -> None:
        """Open the form of a note."""
        note = self.controller.meeting.note(note_id)
        if note is None:
            return

        def submit(text: str) -> None:
            self.controller.step(note_rules.change_note, note.id, read_line_ends(text))

        handler = self.controller.handler(f"note:{note.id}", submit)
        self.app.push_screen(TextEntry(_("Note"), text=show_line_ends(note.text), handler=handler))

    def run_command(self, entry_id: str, command: str) -> None:
        """Remove a note, convert it to another kind of entry, or convert it back."""
        note_id = NoteId(entry_id)
        match command:
            case "remove":  # undo brings it back
                self.controller.attempt(note_rules.change_note, note_id, "")
            case "note":
                self.controller.attempt(note_rules.revert_note, note_id)
            case "action" | "decision" | "topic" as kind:
                self._convert_note(note_id, note_rules.ConversionTarget(kind))

    def _convert_note(self, note_id: NoteId, target: note_rules.ConversionTarget) -> None:
        """Convert a note; owner and due date of an action item are asked for first."""
        note = self.controller.meeting.note(note_id)
        is_action = target is note_rules.ConversionTarget.ACTION
        if note is not None and is_action and not note.became:
            self.post_message(self.ActionRequested(note))
        else:
            self.controller.attempt(note_rules.convert_note, note_id, target)

    def _save_draft(self, text: str) -> None:
        texts = (("text", text),) if text else ()
        if dict(texts) != self.controller.meeting.draft(NOTE_LINE):
            with self.controller.errors():
                self.controller.save_draft(NOTE_LINE, texts)


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
        answer = meeting.focus or _("press g to write down the answer")
        lines.append(Content(f"→ {answer}"))
    return Content("\n").join(lines)
