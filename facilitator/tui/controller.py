"""Base classes of controllers: they run rules for a screen, and show the errors of these."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, ParamSpec, TypeVar

from textual.message import Message
from textual.screen import Screen

from facilitator.domain.meeting import Meeting
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.language import _, current_language
from facilitator.render.steps import step_text
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession, Rule
from facilitator.tui.dialogs.field_parsers import DateContext
from facilitator.tui.dialogs.form import FormHandler, Texts
from facilitator.tui.errors import ErrorHandler

P = ParamSpec("P")
Value = TypeVar("Value")


class Controller:
    """Acts for a screen: opens dialogs over it, shows errors, and reports what it changed."""

    class Changed(Message):
        """Something was written to a journal: the screen shows it."""

    @dataclass
    class Announced(Message):
        """Something happened that nobody asked for: the screen says so in its line."""

        text: str

    def __init__(self, screen: Screen[Any], services: Services) -> None:
        """Act for `screen`."""
        self.screen = screen
        self.services = services

    def errors(self) -> ErrorHandler:
        """Return a context manager that shows the errors of its block on the screen."""
        return ErrorHandler(self.screen)

    def announce(self, text: str) -> None:
        """Say something in the line above the footer; it stays until the next step.

        What stays true for longer belongs into `render.announcements.waiting_lines`.
        """
        self.screen.post_message(self.Announced(text))

    def report_change(self) -> None:
        """Post to the screen that something was written."""
        self.screen.post_message(self.Changed())


class MeetingController(Controller):
    """Runs the rules of a meeting, and saves the drafts of its forms."""

    def __init__(self, screen: Screen[Any], services: Services, session: MeetingSession) -> None:
        """Act for `screen` on the meeting of `session`."""
        super().__init__(screen, services)
        self.session = session

    @property
    def meeting(self) -> Meeting:
        """The meeting as it stands."""
        return self.session.meeting

    @property
    def dates(self) -> DateContext:
        """What it takes to read the dates that are typed today."""
        return DateContext(
            on=self.meeting.date,
            due_dates=self.services.due_dates,
            days=self.meeting.agenda.working_days,
        )

    def step(self, rule: Rule[P], *args: P.args, **kwargs: P.kwargs) -> Meeting:
        """Run a rule and return the meeting after it; raises FacilitatorError where it fails."""
        meeting = self.session.step(rule, *args, **kwargs)
        self.report_change()
        return meeting

    def attempt(self, rule: Rule[P], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Run a rule, or show why it failed; return whether it succeeded."""
        with self.errors():
            self.session.step(rule, *args, **kwargs)
            self.report_change()
            return True
        return False

    def undo_step(self) -> None:
        """Take the last step back, and say which; for windows whose keys take steps."""
        step, meeting = self.session.last_step, self.meeting
        with self.errors():
            self.session.undo()
            self.report_change()
            what = step_text(step, meeting, current_language()) if step else ""
            self.announce(_("Undid: {what} · U repeats it").format(what=what))

    def handler(self, form: str, submit: Callable[[Value], object]) -> FormHandler[Value]:
        """Return a handler that saves the drafts of a form in the journal, under this name.

        What the form was left with before is offered, and kept until it is taken up.
        """
        left = self.meeting.drafts_of(form)
        names = {each.form for each in left}
        free = next(name for name in _draft_names(form) if name not in names)
        if not left:
            return FormHandler(submit=submit, save_draft=partial(self.save_draft, free))
        return FormHandler(
            submit=submit,
            save_draft=partial(self.save_draft, free),
            draft=dict(left[-1].fields),
            save_restored=partial(self.save_draft, left[-1].form),
        )

    def save_draft(self, form: str, texts: Texts) -> None:
        """Save what stands in a form, so that a crash costs a second of typing at most."""
        self.session.step(meeting_rules.save_draft, form, texts)


def _draft_names(form: str) -> Iterator[str]:
    """Yield the names under which drafts of a form are kept."""
    yield form
    for number in count(2):
        yield f"{form}~{number}"
