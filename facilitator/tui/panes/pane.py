"""The base class of panes: the session, and the error handler around its commands."""

from dataclasses import dataclass
from typing import ParamSpec

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from facilitator.domain.errors import FacilitatorError
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules.entries import toggle_sensitivity
from facilitator.render.language import _
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession, Rule
from facilitator.tui.dialogs.form import SaveDraft
from facilitator.tui.i18n import notify_error
from facilitator.tui.widgets.entry_list import MARK_SENSITIVE, EntryList

P = ParamSpec("P")


class Pane(Vertical):
    """A part of the meeting screen that takes steps of its own."""

    @dataclass
    class MeetingChanged(Message):
        """The meeting has moved."""

    def __init__(self, services: Services, session: MeetingSession, *, id: str) -> None:  # noqa: A002
        """Take steps with `session`."""
        super().__init__(id=id)
        self.services = services
        self.session = session

    @property
    def frame(self) -> Widget:
        """What has the border: the pane, unless a part of it has its own."""
        return self

    def on_descendant_focus(self) -> None:
        """Tell in the frame what the keys of the focused list do; the footer tells the rest."""
        focused = self.screen.focused
        own = type(focused).BINDINGS if focused is not None and focused is not self else ()
        self.frame.border_subtitle = (
            Content(" ")
            .join(
                [
                    Content(f"{self.app.get_key_display(each)} {_(each.description)}")
                    for each in own
                    if isinstance(each, Binding) and each.id is not None and not each.show
                ]
            )
            .markup
        )

    def on_descendant_blur(self) -> None:
        """Another pane has the keys now."""
        self.frame.border_subtitle = ""

    def show(self, meeting: Meeting) -> None:
        """Show this pane's slice of the meeting."""
        raise NotImplementedError

    @on(EntryList.Requested)
    def entry_requested(self, asked: EntryList.Requested) -> None:
        """Mark an entry as sensitive or not; run any other command of the list."""
        if asked.command == MARK_SENSITIVE:
            self.attempt(toggle_sensitivity, asked.id)
        else:
            self.run_command(asked.id, asked.command)

    def run_command(self, entry_id: str, command: str) -> None:
        """Do what a key of this pane's entry list asks for."""
        raise NotImplementedError

    def step(self, rule: Rule[P], *args: P.args, **kwargs: P.kwargs) -> Meeting:
        """Take a step; raises FacilitatorError where it cannot be taken."""
        meeting = self.session.step(rule, *args, **kwargs)
        self.post_message(self.MeetingChanged())
        return meeting

    def attempt(self, rule: Rule[P], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Take a step, or say why it could not be taken."""
        try:
            self.step(rule, *args, **kwargs)
        except FacilitatorError as error:
            notify_error(self, error)
            return False
        return True

    def keep(self, form: str) -> SaveDraft:
        """Keeps what stands in a form, so that a crash costs a second of typing at most."""

        def keep_fields(fields: tuple[tuple[str, str], ...]) -> None:
            self.session.step(meeting_rules.save_draft, form, fields)

        return keep_fields

    def draft(self, form: str) -> dict[str, str]:
        """What an earlier, unfinished form left."""
        return self.session.meeting.draft(form)
