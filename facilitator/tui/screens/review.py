"""The review screen: the minutes beside the open points, then the close."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Footer, Static

from facilitator.domain.action import ActionId
from facilitator.domain.errors import N_
from facilitator.domain.meeting import Meeting
from facilitator.domain.meeting_value import meeting_value
from facilitator.domain.open_points import (
    FOCUS_CHANGED,
    RATINGS_FORM,
    OpenPoint,
    OpenPointSubject,
    open_points,
)
from facilitator.domain.rating import Rating
from facilitator.domain.rules import actions
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.language import Language, _, current_language
from facilitator.render.meeting_value import meeting_value_text
from facilitator.render.open_points import open_point_text
from facilitator.render.steps import step_text
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.tui.controller import MeetingController
from facilitator.tui.dialogs.form import FormHandler
from facilitator.tui.dialogs.questions import Confirm, TextEntry
from facilitator.tui.dialogs.ratings import RatingsForm
from facilitator.tui.dialogs.read_back import ReadBackDialog, ReadBackItem
from facilitator.tui.errors import ErrorHandler
from facilitator.tui.i18n import LocalizedScreen
from facilitator.tui.screens.minutes import MinutesText, redacted_minutes
from facilitator.tui.widgets.announcement_line import AnnouncementLine
from facilitator.tui.widgets.entry_list import EntryLine, EntryList

MOST_LISTED = 4
"""How many open points are listed before the rest is only counted."""


BLOCKING_MARK, NOTED_MARK, CARRIED_MARK = "✗", "!", "→"
"""Marks of what must be settled before the close, what is amiss, and what is carried over."""


class PointHandler(Protocol):
    """Opens the form that settles an open point, and decides what becomes of unsaved text."""

    def settle(self, point: OpenPoint) -> None:
        """Open the form that settles an open point."""

    def keep_draft(self, form: str) -> None:
        """Make a note of what was typed into a form, and clear the form."""

    def discard_draft(self, form: str) -> None:
        """Clear a form that was left before it was saved."""


class OpenPointList(EntryList):
    """Shows open points; Enter settles one, and other keys leave them open with a reason.

    What was typed but not saved cannot be left open: it is kept as a note, or discarded.
    """

    BINDINGS = [
        Binding("enter", "select", N_("Settle"), id="review.settle"),
        Binding(
            "o",
            "request('accept')",
            N_("Leave open"),
            id="review.accept",
            tooltip=N_("With a reason for the minutes"),
        ),
        Binding(
            "O",
            "request('accept-all')",
            N_("Leave all"),
            id="review.accept-all",
            tooltip=N_("One reason for everything that must be settled"),
        ),
        Binding(
            "n",
            "request('keep')",
            N_("Note"),
            id="review.keep-draft",
            tooltip=N_("Keep what was typed as a note"),
        ),
        Binding("delete", "request('discard')", N_("Discard"), id="review.discard-draft"),
    ]

    @property
    def is_at_draft(self) -> bool:
        """Whether the cursor is on what was typed but not saved."""
        option = self.highlighted_option
        kind = (option.id or "").partition(":")[0] if option else ""
        return kind == OpenPointSubject.DRAFT

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the keys that work on the open point under the cursor."""
        match parameters:
            case ("keep",) | ("discard",):
                return self.is_at_draft
            case ("accept",):
                return not self.is_at_draft
            case _:
                return True

    @on(EntryList.OptionHighlighted)
    def show_keys(self) -> None:
        """Show the keys of the open point under the cursor."""
        self.refresh_bindings()


class ReviewScreen(LocalizedScreen[bool]):
    """Settles open points, then closes the meeting. Dismisses with whether it was closed."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = ""
    HIDDEN_WHEN_NARROW = frozenset({"review.focus", "review.ratings", "review.undo"})

    BINDINGS = [
        Binding(
            "x", "go_to_close", N_("Close"), id="review.close", tooltip=N_("Then Enter closes it")
        ),
        Binding(
            "t",
            "read_back",
            N_("Confirm owners"),
            id="review.read-back",
            tooltip=N_("Each owner confirms with “I take it”"),
        ),
        Binding(
            "g",
            "rate",
            N_("Ratings"),
            id="review.ratings",
            tooltip=N_("How each person rates the meeting, from 1 to 10"),
        ),
        Binding(
            "f",
            "review_focus",
            N_("Focus"),
            id="review.focus",
            tooltip=N_("Keep, park or kill what no longer fits the focus"),
        ),
        Binding("u,ctrl+z", "undo", N_("Undo"), id="review.undo"),
        Binding("escape", "leave", N_("Back"), id="review.leave"),
    ]

    points = getters.query_one(OpenPointList)
    button = getters.query_one("#close", Button)
    minutes = getters.query_one(MinutesText)
    announcements = getters.query_one(AnnouncementLine)

    def __init__(self, services: Services, session: MeetingSession, handler: PointHandler) -> None:
        """Review `session`; `handler` opens the forms that settle open points."""
        super().__init__()
        self._has_asked_ratings = False
        self._services = services
        self._session = session
        self._handler = handler
        self._reviewed: Meeting | None = None
        self._points: dict[str, OpenPoint] = {}

    def compose(self) -> ComposeResult:
        """Yield the minutes at the left or above, the open points at the right or below."""
        with Horizontal(id="halves"):
            yield MinutesText(partial(redacted_minutes, self._session))
            with Vertical(id="open"):
                yield Static(id="meeting-value")
                yield Static(id="closing-status")
                yield OpenPointList(markup=False)
                yield Button(
                    Content(_("Close the meeting")), id="close", action="screen.close_meeting"
                )
        yield AnnouncementLine()
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Set the titles of both halves."""
        self.announcements.shown_step = self._session.last_step  # the meeting's screen has said it
        self.minutes.border_title = _("Minutes")
        self.query_one("#open").border_title = _("Still open")

    def on_screen_resume(self) -> None:
        """Update the screen whenever an editor over it was closed."""
        self.review()

    def review(self) -> None:
        """Show the open points; the minutes follow after a moment without changes."""
        meeting = self._session.meeting
        if meeting is self._reviewed:
            return
        is_first = self._reviewed is None
        self._reviewed = meeting
        self.announcements.show_step(self._session.last_step, meeting)
        points = tuple(
            sorted(
                open_points(meeting),
                key=lambda point: (not point.must_be_settled, point.is_carried_over),
            )
        )
        blocking = sum(point.must_be_settled for point in points)
        language = current_language()
        self._points = {point.key: point for point in points}
        self.points.lines = tuple(_open_point_line(point, meeting, language) for point in points)
        self.points.display = bool(points)
        shown = meeting_value_text(
            meeting_value(meeting, self._session.now), meeting.agenda.currency, language
        )
        self.query_one("#meeting-value", Static).update(Content(shown))
        self.query_one("#closing-status", Static).update(
            Content(_closing_status(len(points), blocking))
        )
        self.button.disabled = bool(blocking)
        if is_first:
            self.minutes.refresh_now()
        else:
            self.minutes.refresh_soon()
        if is_first:  # later the cursor stays where it is: Enter must not close unasked
            (self.points if points else self.button).focus()

    @on(EntryList.Picked)
    def settle(self, picked: EntryList.Picked) -> None:
        """Open the form that settles an open point; some points need none."""
        point = self._points.get(picked.id)
        if point is None:
            return
        if point.subject is OpenPointSubject.REPORT:  # nothing can be loaded any more
            self._leave_open([point])
            return
        self._handler.settle(point)
        self.review()

    @on(EntryList.Requested)
    def run_command(self, asked: EntryList.Requested) -> None:
        """Leave points open, or decide what becomes of text that was not saved."""
        point = self._points.get(asked.id)
        match asked.command:
            case "accept" if point is not None:
                self._leave_open([point])
            case "accept-all":
                self._leave_open([each for each in self._points.values() if _is_in_bulk(each)])
            case "keep" if point is not None:
                self._handler.keep_draft(point.id)
                self.review()
            case "discard" if point is not None:
                self._ask_to_discard(point)

    def _ask_to_discard(self, point: OpenPoint) -> None:
        def answered(is_confirmed: bool | None) -> None:
            if is_confirmed:
                self._handler.discard_draft(point.id)
                self.review()

        text = "\n".join(dict(self._session.meeting.draft(point.id)).values())
        self.app.push_screen(Confirm(_("Discard what was typed?"), text.strip()), answered)

    def _leave_open(self, points: list[OpenPoint]) -> None:
        """Leave points open, once the reason is given."""
        if not points:
            return
        meeting, language, count = self._session.meeting, current_language(), len(points)
        shown = [open_point_text(each, meeting, language) for each in points[:MOST_LISTED]]
        if count > MOST_LISTED:
            shown.append(_("… and {count} more").format(count=count - MOST_LISTED))
        keys = tuple(point.key for point in points)
        title = language.ngettext("Leave {count} point open", "Leave {count} points open", count)

        def accept(reason: str) -> None:
            self._session.step(meeting_rules.accept_open_points, keys, reason)

        question = "\n".join([*shown, _("Why? The reason goes into the minutes.")])
        self.app.push_screen(
            TextEntry(
                title.format(count=count), question=question, handler=FormHandler(submit=accept)
            )
        )

    def action_read_back(self) -> None:
        """Ask each owner to accept their action items."""
        meeting = self._session.meeting
        items = tuple(_read_back_items(meeting))
        if not items:
            self.notify(_("Nobody has an open action item."))
            return

        def take(taken: tuple[ActionId, ...]) -> None:
            for each in items:
                if each.is_taken != (each.action_id in taken):
                    self._session.step(
                        actions.accept_action, each.action_id, is_taken=not each.is_taken
                    )

        self.app.push_screen(ReadBackDialog(items, handler=FormHandler(submit=take)))

    def action_review_focus(self) -> None:
        """Ask which open action items and questions still serve the focus."""
        self._handler.settle(FOCUS_CHANGED)

    def action_undo(self) -> None:
        """Take the last step back, and say which."""
        step, meeting = self._session.last_step, self._session.meeting
        if self.attempt(self._session.undo) is not None and step is not None:
            self.review()
            what = step_text(step, meeting, current_language())
            self.announcements.done = _("Undid: {what}").format(what=what)

    def action_rate(self) -> None:
        """Ask everybody to rate the meeting."""
        self._rate(lambda: None)

    def _rate(self, go_on: Callable[[], object]) -> None:
        """Ask for ratings, and call `go_on` once they are saved."""
        meeting = self._session.meeting
        controller = MeetingController(self, self._services, self._session)

        def submit(ratings: tuple[Rating, ...]) -> None:
            controller.step(meeting_rules.rate_meeting, ratings)

        asked = RatingsForm(
            meeting.present,
            meeting.ratings or (),
            handler=controller.handler(RATINGS_FORM, submit),
        )

        def answered(ratings: tuple[Rating, ...] | None) -> None:
            if ratings is not None:
                go_on()

        self.app.push_screen(asked, answered)

    def action_go_to_close(self) -> None:
        """Go to the button that closes the meeting; say what must be settled first, if anything."""
        session = self._session
        if (
            session.meeting.is_closed
            or self.attempt(lambda: meeting_rules.close_meeting(session.meeting, session.now))
            is not None
        ):
            self.button.focus()
            self.query_one("#closing-status", Static).update(
                Content(_("Press Enter to close the meeting."))
            )

    def action_close_meeting(self) -> None:
        """Close the meeting once it is rated, and write everything that depends on it."""
        session = self._session
        if not session.meeting.is_closed:
            if (
                self.attempt(lambda: meeting_rules.close_meeting(session.meeting, session.now))
                is None
            ):
                return
            if session.meeting.ratings is None and not self._has_asked_ratings:
                self._has_asked_ratings = True  # left by Escape, they stay open
                self._rate(self.action_close_meeting)
                return
            if self.attempt(lambda: session.step(meeting_rules.close_meeting)) is None:
                return
            self.review()
        self.button.loading = True
        self._finish()

    @work(thread=True, exclusive=True)
    def _finish(self) -> None:
        with ErrorHandler(self):
            self._services.finish(self._session)
            self.app.call_from_thread(self.dismiss, True)  # noqa: FBT003  (its result)
            return
        self.app.call_from_thread(setattr, self.button, "loading", False)  # noqa: FBT003  (its value)

    def action_leave(self) -> None:
        """Return to the meeting, which stays closed if it is."""
        self.dismiss(result=self._session.meeting.is_closed)


def _is_in_bulk(point: OpenPoint) -> bool:
    """Return whether a point is left open together with all others."""
    return point.must_be_settled and point.may_be_accepted


def _open_point_line(point: OpenPoint, meeting: Meeting, language: Language) -> EntryLine:
    mark = CARRIED_MARK if point.is_carried_over else NOTED_MARK
    return EntryLine(
        id=point.key,
        mark=f"{BLOCKING_MARK if point.must_be_settled else mark} ",
        text=open_point_text(point, meeting, language),
        style="dim" if point.is_carried_over else "",
    )


def _read_back_items(meeting: Meeting) -> Iterator[ReadBackItem]:
    for person in meeting.agenda.people:
        for action in meeting.open_actions:
            if action.owner == person.id:
                due = current_language().day(action.due) if action.due else _("no due date")
                yield ReadBackItem(
                    action_id=action.id,
                    text=f"{person.name} · {action.id} {action.title} · {due}",
                    is_taken=action.is_taken,
                )


def _closing_status(count: int, blocking: int) -> str:
    if not count:
        return _("Everything is settled. Press x to close the meeting.")
    if not blocking:
        return _("Nothing must be settled any more. Press x to close the meeting.")
    return _(
        "{blocking} of {count} must be settled before closing, or left open with a reason."
    ).format(blocking=blocking, count=count)
