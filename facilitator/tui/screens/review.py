"""The review screen: the minutes beside the open points, then the close."""

from collections.abc import Callable, Iterator
from functools import partial

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
from facilitator.domain.open_points import FOCUS_CHANGED, OpenPoint, open_points
from facilitator.domain.rating import Rating
from facilitator.domain.rules import actions
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.language import Language, _, current_language
from facilitator.render.meeting_value import meeting_value_text
from facilitator.render.open_points import open_point_text
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.tui.controller import MeetingController
from facilitator.tui.dialogs.form import FormHandler
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.dialogs.ratings import RatingsForm
from facilitator.tui.dialogs.read_back import ReadBackDialog, ReadBackItem
from facilitator.tui.errors import ErrorHandler
from facilitator.tui.i18n import LocalizedScreen
from facilitator.tui.screens.minutes import MinutesText, redacted_minutes
from facilitator.tui.widgets.entry_list import EntryLine, EntryList

MOST_LISTED = 4
"""How many open points are listed before the rest is only counted."""


BLOCKING_MARK, CARRIED_MARK = "✗", "→"
"""Marks of what must be settled before the close, and of what is carried over by itself."""


class OpenPointList(EntryList):
    """Shows open points; Enter settles one, and other keys leave them open with a reason."""

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
            N_("Leave all open"),
            id="review.accept-all",
            tooltip=N_("One reason for everything that must be settled"),
        ),
    ]


class ReviewScreen(LocalizedScreen[bool]):
    """Settles open points, then closes the meeting. Dismisses with whether it was closed."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = ""
    HIDDEN_WHEN_NARROW = frozenset({"review.focus", "review.ratings"})

    BINDINGS = [
        Binding("x", "close_meeting", N_("Close"), id="review.close"),
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
        Binding("escape", "leave", N_("Back"), id="review.leave"),
    ]

    points = getters.query_one(OpenPointList)
    button = getters.query_one("#close", Button)
    minutes = getters.query_one(MinutesText)

    def __init__(
        self, services: Services, session: MeetingSession, *, edit: Callable[[OpenPoint], None]
    ) -> None:
        """Review `session`; `edit` opens the editor that settles an open point."""
        super().__init__()
        self._services = services
        self._session = session
        self._edit = edit
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
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Set the titles of both halves."""
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
        points = tuple(sorted(open_points(meeting), key=lambda point: not point.must_be_settled))
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
        if not blocking:
            self.button.focus()
        elif is_first:
            self.points.focus()

    @on(EntryList.Picked)
    def settle(self, picked: EntryList.Picked) -> None:
        """Open the editor that settles an open point; some points need none."""
        if picked.id in self._points:
            self._edit(self._points[picked.id])
            self.review()

    @on(EntryList.Requested)
    def accept(self, asked: EntryList.Requested) -> None:
        """Leave an open point open, or all that must be settled, once the reason is given."""
        points = [
            point
            for point in self._points.values()
            if (point.key == asked.id if asked.command == "accept" else point.must_be_settled)
        ]
        if not points:
            return
        meeting, language = self._session.meeting, current_language()
        shown = [open_point_text(each, meeting, language) for each in points[:MOST_LISTED]]
        if len(points) > MOST_LISTED:
            shown.append(_("… and {count} more").format(count=len(points) - MOST_LISTED))

        def accept(reason: str) -> None:
            for point in points:
                if point in open_points(self._session.meeting):  # some may be from a first try
                    self._session.step(meeting_rules.accept_open_point, point.key, reason)

        question = "\n".join([*shown, _("Why? The reason goes into the minutes.")])
        self.app.push_screen(
            TextEntry(_("Leave it open"), question=question, handler=FormHandler(submit=accept))
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
        self._edit(FOCUS_CHANGED)

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
            handler=controller.handler("ratings", submit),
        )

        def answered(ratings: tuple[Rating, ...] | None) -> None:
            if ratings is not None:
                go_on()

        self.app.push_screen(asked, answered)

    def action_close_meeting(self) -> None:
        """Close the meeting once it is rated, and write everything that depends on it."""
        session = self._session
        if not session.meeting.is_closed:
            if (
                self.attempt(lambda: meeting_rules.close_meeting(session.meeting, session.now))
                is None
            ):
                return
            if session.meeting.ratings is None:
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


def _open_point_line(point: OpenPoint, meeting: Meeting, language: Language) -> EntryLine:
    mark = BLOCKING_MARK if point.must_be_settled else CARRIED_MARK
    return EntryLine(
        id=point.key,
        text=f"{mark} {open_point_text(point, meeting, language)}",
        style="" if point.must_be_settled else "dim",
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
        return _("Everything is settled. The meeting can be closed.")
    if not blocking:
        return _("The rest is carried over. The meeting can be closed.")
    return _(
        "{blocking} of {count} must be settled before closing, or left open with a reason."
    ).format(blocking=blocking, count=count)
