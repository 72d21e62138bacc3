"""The pane of the agenda, with the timekeeper below it."""

from datetime import datetime

from textual.app import ComposeResult

from facilitator.domain.agenda import ItemId
from facilitator.domain.durations import MINUTE
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.timekeeping import replanned_timeboxes, time_spent
from facilitator.render.clock_face import ClockFace
from facilitator.render.language import _
from facilitator.tui.dialogs.form import FormHandler
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.agenda_list import AgendaList, agenda_line
from facilitator.tui.widgets.timekeeper import Timekeeper


class AgendaPane(Pane):
    """Shows the items and their times; skips and drops items."""

    def compose(self) -> ComposeResult:
        """Yield the list and the timekeeper."""
        agenda = AgendaList()
        agenda.border_title = _("0 Agenda")
        yield agenda
        timekeeper = Timekeeper()
        timekeeper.border_title = _("Timekeeper")
        yield timekeeper

    @property
    def frame(self) -> AgendaList:
        """The list: the pane itself has no border."""
        return self.query_one(AgendaList)

    def show(self, meeting: Meeting) -> None:
        """Show the items as they stand."""
        self._show_lines(meeting, self.controller.session.now)

    def show_clock(self, face: ClockFace, meeting: Meeting, now: datetime) -> None:
        """Show the clock; equal lines are not painted again."""
        self.query_one(Timekeeper).face = face
        self._show_lines(meeting, now)

    def drop(self, item_id: ItemId) -> None:
        """Ask why an item that was not reached is dropped, so that it is not carried over."""
        progress = self.controller.meeting.item(item_id)
        if progress is None:
            return

        def submit(reason: str) -> None:
            self.controller.step(clock_rules.drop_item, item_id, reason)

        self.app.push_screen(
            TextEntry(
                progress.item.title,
                question=_("Why drop it? It will not be carried over."),
                handler=FormHandler(submit=submit),
            )
        )

    def run_command(self, entry_id: str, command: str) -> None:
        """Skip an item."""
        if command == "skip":
            self.controller.attempt(clock_rules.skip_item, ItemId(entry_id))

    def _show_lines(self, meeting: Meeting, now: datetime) -> None:
        boxes = replanned_timeboxes(meeting, now)
        self.query_one(AgendaList).lines = tuple(
            agenda_line(
                place,
                progress.item,
                progress.state,
                spent=int(time_spent(meeting, progress, now) / MINUTE),
                timebox=round(progress.timebox / MINUTE),
                replanned=round(boxes.get(progress.item.id, progress.timebox) / MINUTE),
            )
            for place, progress in enumerate(meeting.items, start=1)
        )
