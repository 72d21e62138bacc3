"""Lay out all panes, or one behind tabs, and pass requests between them."""

from collections.abc import Callable

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Tab, Tabs

from facilitator.domain.agenda import ItemId, ItemKind
from facilitator.domain.decision import DecisionId
from facilitator.domain.errors import N_
from facilitator.domain.incident import IncidentId
from facilitator.domain.kpi_gate import unanswered_series
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.open_points import OpenPoint, OpenPointSubject
from facilitator.domain.people import PersonId
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.kpi_answers import kpi_and_marketplace
from facilitator.render.language import _, current_language
from facilitator.render.marketplace_matrix import draft_reallocation
from facilitator.session.services import Services
from facilitator.session.session import MeetingSession
from facilitator.tui.dialogs.attendance import AttendanceDialog
from facilitator.tui.dialogs.confirm import Confirm
from facilitator.tui.dialogs.marketplace_matrix import MarketplaceMatrix
from facilitator.tui.panes.action_pane import NEW_ACTION, ActionPane
from facilitator.tui.panes.agenda_pane import AgendaPane
from facilitator.tui.panes.decision_pane import DecisionPane
from facilitator.tui.panes.incident_controller import IncidentController
from facilitator.tui.panes.kpi_pane import KpiPane
from facilitator.tui.panes.note_pane import NotePane
from facilitator.tui.panes.pane import Pane
from facilitator.tui.panes.parking_pane import ParkingPane
from facilitator.tui.panes.risk_controller import RiskController
from facilitator.tui.widgets.entry_list import EntryList
from facilitator.tui.widgets.kpi_panel import KpiPanel

PANES = (
    ("agenda", N_("0 Agenda")),
    ("kpis", N_("1 KPIs")),
    ("decisions", N_("2 Decisions")),
    ("actions", N_("3 Actions")),
    ("notes", N_("4 Notes")),
    ("parking", N_("5 Parking")),
)
"""The panes by the key that goes to each."""


class PaneContainer(Vertical):
    """Holds the panes, turns to one of them, and carries what one asks to another."""

    def __init__(self, services: Services, session: MeetingSession) -> None:
        """Hold the panes of `session`."""
        super().__init__()
        self._services = services
        self._session = session
        self._has_asked = False

    def compose(self) -> ComposeResult:
        """Agenda at the left, the work at the right; the tabs show in small terminals."""
        services, session = self._services, self._session
        yield Tabs(*(Tab(_(label), id=f"tab-{name}") for name, label in PANES), active="tab-kpis")
        with Horizontal(id="panes"):
            yield AgendaPane(services, session, id="agenda")
            with Vertical(id="work"):
                yield KpiPane(services, session, id="kpis")
                with Horizontal(id="queues"):
                    yield DecisionPane(services, session, id="decisions")
                    yield ActionPane(services, session, id="actions")
                with Horizontal(id="writing"):
                    yield NotePane(services, session, id="notes")
                    yield ParkingPane(services, session, id="parking")

    def show_pane(self, name: str) -> Widget | None:
        """Bring a pane to the front; returns what its keys go to."""
        self._show(name)
        tabs = self.query_one(Tabs)
        with tabs.prevent(Tabs.TabActivated):
            tabs.active = f"tab-{name}"
        inside = self.query_one(f"#{name}").query("*")
        return next((each for each in inside if each.focusable), None)

    def settle(self, end: OpenPoint) -> None:
        """Open the editor that can settle what was left open."""
        match end.subject:
            case OpenPointSubject.DECISION:
                self.query_one(DecisionPane).rule(DecisionId(end.id))
            case OpenPointSubject.ACTION:
                self.query_one(ActionPane).settle(end)
            case OpenPointSubject.KPI:
                marketplace = Marketplace(end.key.rpartition(":")[2])
                self.query_one(KpiPane).ask_answer(KpiId(end.id), marketplace)
            case OpenPointSubject.INCIDENT:
                self.incident_controller().review(IncidentId(end.id))
            case OpenPointSubject.REPORTER:
                self.risk_controller().open(at=PersonId(end.id))
            case OpenPointSubject.ITEM:
                self.query_one(AgendaPane).drop(ItemId(end.id))
            case OpenPointSubject.FOCUS:
                self.query_one(NotePane).review_focus()

    def incident_controller(self) -> IncidentController:
        """Where incidents are reported, and reviewed."""
        return IncidentController(
            self.screen,
            self._services,
            self._session.meeting.agenda,
            session=self._session,
            changed=lambda: self.post_message(Pane.MeetingChanged()),
        )

    def take_attendance(self) -> None:
        """Ask who is here, and who came prepared."""
        meeting = self._session.meeting

        def submit(absent: tuple[PersonId, ...], unread: tuple[PersonId, ...]) -> None:
            self._session.step(meeting_rules.take_attendance, absent, unread)
            self.post_message(Pane.MeetingChanged())

        self.app.push_screen(
            AttendanceDialog(
                meeting.agenda.people,
                absent=meeting.absent or (),
                unread=meeting.unread or (),
                submit=submit,
            )
        )

    def risk_controller(self) -> RiskController:
        """Where problems are named, and the risk register is kept."""
        return RiskController(
            self.screen,
            self._session,
            changed=lambda: self.post_message(Pane.MeetingChanged()),
            propose=self.query_one(DecisionPane).propose_for_risk,
            add_action=self.query_one(ActionPane).add_for_risk,
        )

    def confirm_leaving_item(self, go_on: Callable[[], object]) -> None:
        """Go on from the running item; red KPIs without an answer are asked for once."""
        meeting = self._session.meeting
        running = meeting.running
        is_at_kpis = running is not None and running.item.kind is ItemKind.KPI_REVIEW
        red = unanswered_series(meeting) if is_at_kpis and not self._has_asked else ()
        if not red:
            go_on()
            return
        self._has_asked = True
        names = [
            kpi_and_marketplace(meeting.scorecard, each.kpi, each.marketplace, current_language())
            for each in red
        ]
        question = _(
            "Red KPIs without an answer: {names}. Leave them open? The minutes will say so."
        ).format(names=_(", ").join(names))

        def answered(goes_on: bool | None) -> None:
            if goes_on:
                go_on()
            elif target := self.show_pane("kpis"):
                target.focus()

        self.app.push_screen(Confirm(_("The red gate"), question), answered)

    @on(EntryList.Picked, "AgendaList")
    def go_to_item(self, picked: EntryList.Picked) -> None:
        """Start the item that was picked."""
        self.confirm_leaving_item(lambda: self.query_one(AgendaPane).go_to(ItemId(picked.id)))

    @on(KpiPanel.DecisionRequested)
    def propose_about_kpi(self, asked: KpiPanel.DecisionRequested) -> None:
        """A KPI becomes a question."""
        self.query_one(DecisionPane).propose_for_kpi(asked.kpi, asked.marketplace)

    @on(KpiPanel.ActionRequested)
    def add_action_about_kpi(self, asked: KpiPanel.ActionRequested) -> None:
        """A KPI becomes an action item."""
        self.query_one(ActionPane).add_for_kpi(asked.kpi, asked.marketplace)

    @on(KpiPanel.MatrixRequested)
    def compare_marketplaces(self) -> None:
        """The marketplaces side by side; what they ask goes to the decisions."""
        card = self._session.meeting.scorecard
        if card is None:
            return
        agenda = self._session.meeting.agenda
        language = self._services.language_of(agenda.language)  # the minutes will hold the question
        self.app.push_screen(
            MarketplaceMatrix(
                lambda: self._session.meeting.scorecard or card,
                draft=lambda: draft_reallocation(self._session.meeting.scorecard or card, language),
                open_kpi=self.query_one(KpiPane).open,
                propose=lambda draft: self.query_one(DecisionPane).propose(
                    draft, form="decision:reallocation"
                ),
            )
        )

    @on(NotePane.ActionCreated)
    def complete_action(self, made: NotePane.ActionCreated) -> None:
        """A note became an action item: ask who, by when, and how the room will know."""
        self.query_one(ActionPane).edit(made.action_id)

    @on(DecisionPane.ActionRequested)
    def add_follow_up(self, asked: DecisionPane.ActionRequested) -> None:
        """A decision becomes an action item, for the same KPI."""
        decision = self._session.meeting.decision(asked.decision_id)
        if decision is None:
            return
        draft = replace(
            NEW_ACTION,
            title=decision.chosen.title if decision.chosen else "",
            owner=asked.owner,
            decision=decision.id,
            kpi=decision.kpi,
            marketplace=decision.marketplace,
        )
        self.query_one(ActionPane).add(draft, form=f"action:{decision.id}")

    @on(Tabs.TabActivated)
    def tab_activated(self, activated: Tabs.TabActivated) -> None:
        """A tab was clicked or walked to."""
        if activated.tab.id:
            self._show(activated.tab.id.removeprefix("tab-"))

    def _show(self, name: str) -> None:
        for each, _label in PANES:
            self.set_class(each == name, f"-pane-{each}")
