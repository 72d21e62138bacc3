"""Lay out all panes, or one behind tabs, and pass requests between them."""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Tab, Tabs

from facilitator.domain.action import ActionId
from facilitator.domain.agenda import ItemId, ItemKind
from facilitator.domain.approval import decider_of
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.entry import find_entry
from facilitator.domain.errors import N_
from facilitator.domain.incident import IncidentId
from facilitator.domain.kpi_gate import unanswered_series
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.meeting import NOTE_LINE
from facilitator.domain.note import NoteId
from facilitator.domain.open_points import OpenPoint, OpenPointSubject
from facilitator.domain.people import PersonId
from facilitator.domain.risk import RiskId
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.render.kpi_answers import kpi_and_marketplace
from facilitator.render.language import _, current_language
from facilitator.render.marketplace_matrix import draft_reallocation
from facilitator.session.session import Rule
from facilitator.tui.controller import MeetingController
from facilitator.tui.dialogs.attendance import Attendance, AttendanceDialog
from facilitator.tui.dialogs.form import Form, FormHandler
from facilitator.tui.dialogs.marketplace_matrix import MarketplaceMatrix
from facilitator.tui.panes.action_pane import ASKING_COMMANDS, NEW_ACTION, ActionPane
from facilitator.tui.panes.agenda_pane import AgendaPane
from facilitator.tui.panes.decision_pane import NEW_DECISION, DecisionPane
from facilitator.tui.panes.incident_controller import IncidentController
from facilitator.tui.panes.kpi_pane import KpiPane
from facilitator.tui.panes.note_pane import NotePane
from facilitator.tui.panes.parking_pane import ParkingPane
from facilitator.tui.panes.risk_controller import RiskController
from facilitator.tui.widgets.entry_list import EntryList
from facilitator.tui.widgets.kpi_panel import KpiPanel
from facilitator.tui.widgets.text_field import read_line_ends

P = ParamSpec("P")

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
    """Holds the panes, shows one of them in a small terminal, and connects them."""

    def __init__(self, controller: MeetingController) -> None:
        """Hold the panes of the meeting of `controller`."""
        super().__init__()
        self.controller = controller
        self._has_announced_reds = False

    def compose(self) -> ComposeResult:
        """Agenda at the left, the work at the right; the tabs show in small terminals."""
        controller = self.controller
        yield Tabs(*(Tab(_(label), id=f"tab-{name}") for name, label in PANES), active="tab-kpis")
        with Horizontal(id="panes"):
            yield AgendaPane(controller, id="agenda")
            with Vertical(id="work"):
                yield KpiPane(controller, id="kpis")
                with Horizontal(id="queues"):
                    yield DecisionPane(controller, id="decisions")
                    yield ActionPane(controller, id="actions")
                with Horizontal(id="writing"):
                    yield NotePane(controller, id="notes")
                    yield ParkingPane(controller, id="parking")

    def show_pane(self, name: str) -> Widget | None:
        """Bring a pane to the front; return the widget that its keys go to."""
        self._show(name)
        tabs = self.query_one(Tabs)
        with tabs.prevent(Tabs.TabActivated):
            tabs.active = f"tab-{name}"
        inside = self.query_one(f"#{name}").query("*")
        return next((each for each in inside if each.focusable), None)

    def settle(self, point: OpenPoint) -> None:
        """Open the dialog that settles an open point."""
        match point.subject:
            case OpenPointSubject.DECISION if point.key.endswith(":action"):
                self.add_follow_up_action(DecisionId(point.id))
            case OpenPointSubject.DECISION if point.key.endswith(":figures"):
                self.query_one(DecisionPane).edit(DecisionId(point.id))
            case OpenPointSubject.DECISION:
                self.query_one(DecisionPane).rule(DecisionId(point.id))
            case OpenPointSubject.ACTION:
                self.query_one(ActionPane).settle(point)
            case OpenPointSubject.KPI:
                marketplace = Marketplace(point.key.rpartition(":")[2])
                self.query_one(KpiPane).ask_answer(KpiId(point.id), marketplace)
            case OpenPointSubject.INCIDENT:
                self.incident_controller().review(IncidentId(point.id))
            case OpenPointSubject.REPORTER:
                self.risk_controller().open(at=PersonId(point.id))
            case OpenPointSubject.ITEM:
                self.query_one(AgendaPane).drop(ItemId(point.id))
            case OpenPointSubject.FOCUS:
                self.query_one(NotePane).review_focus()
            case OpenPointSubject.OPENING:
                self.query_one(NotePane).answer()
            case OpenPointSubject.DRAFT:
                self.open_draft(point.id)

    def open_draft(self, form: str) -> None:
        """Open the form that was left before it was saved, with what was typed into it."""
        draft = next((each for each in self.controller.meeting.drafts if each.form == form), None)
        if draft is None:
            return
        self._open_form(draft.form_name)
        opened = self.app.screen
        if isinstance(opened, Form):
            opened.begin_with(dict(draft.fields), partial(self.controller.save_draft, form))

    def _open_form(self, name: str) -> None:
        """Open a form by the name of its drafts."""
        kind, _colon, about = name.partition(":")
        decisions, action_items = self.query_one(DecisionPane), self.query_one(ActionPane)
        notes, parking = self.query_one(NotePane), self.query_one(ParkingPane)
        openers: dict[str, Callable[[], object]] = {
            "action": lambda: self._open_action_draft(about),
            "answer": lambda: self._open_answer_draft(about),
            "decision": lambda: self._open_decision_draft(about),
            "focus": notes.answer,
            "incident": lambda: self._open_incident_draft(about),
            "note": lambda: notes.edit_draft(about),
            "objection": lambda: decisions.run_command(about.partition(":")[0], "position"),
            "pass": lambda: self._open_pass_draft(about),
            "risk": self.risk_controller().open,
            "ruled": lambda: action_items.rule(ActionId(about)),
            "ruling": lambda: decisions.rule(DecisionId(about)),
            "shortcut": lambda: self._open_bypass_draft(about),
            "topic": parking.park,
            "waste": parking.lose_time,
        }
        for command in ASKING_COMMANDS:
            openers[command] = partial(action_items.run_command, about, command)
        if kind in openers:
            openers[kind]()

    def _open_answer_draft(self, about: str) -> None:
        kpi, _colon, place = about.partition(":")
        marketplace, _colon, alone = place.partition(":")
        self.query_one(KpiPane).ask_answer(
            KpiId(kpi), Marketplace(marketplace), is_alone=bool(alone)
        )

    def _open_pass_draft(self, about: str) -> None:
        kpi, _colon, marketplace = about.partition(":")
        self.query_one(KpiPane).ask_reason_to_pass(KpiId(kpi), Marketplace(marketplace))

    def _open_bypass_draft(self, about: str) -> None:
        if self.controller.meeting.decision(DecisionId(about)):
            self.query_one(DecisionPane).run_command(about, "bypass")
        else:
            self.query_one(ActionPane).settle_bypass(ActionId(about))

    def _open_action_draft(self, about: str) -> None:
        meeting, pane = self.controller.meeting, self.query_one(ActionPane)
        kpi, colon, marketplace = about.partition(":")
        if about == NEW_ACTION.id:
            pane.add()
        elif colon:
            pane.add_for_kpi(KpiId(kpi), Marketplace(marketplace))
        elif meeting.decision(DecisionId(about)):
            self.add_follow_up_action(DecisionId(about))
        elif risk := find_entry(meeting.risks, RiskId(about)):
            pane.add_for_risk(risk)
        elif note := meeting.note(NoteId(about)):
            pane.add_for_note(note)
        else:
            pane.edit(ActionId(about))

    def _open_decision_draft(self, about: str) -> None:
        meeting, pane = self.controller.meeting, self.query_one(DecisionPane)
        kpi, colon, marketplace = about.partition(":")
        if about == NEW_DECISION.id:
            pane.propose()
        elif about == "reallocation" and (question := self.draft_reallocation()):
            self.propose_reallocation(question)
        elif colon:
            pane.propose_for_kpi(KpiId(kpi), Marketplace(marketplace))
        elif risk := find_entry(meeting.risks, RiskId(about)):
            pane.propose_for_risk(risk)
        else:
            pane.edit(DecisionId(about))

    def _open_incident_draft(self, about: str) -> None:
        if about == "new":
            self.incident_controller().report()
        else:
            self.incident_controller().review(IncidentId(about))

    def keep_draft(self, form: str) -> None:
        """Make a note of what was typed into a form, and clear the form."""
        texts = self.controller.meeting.draft(form).values()
        text = " · ".join(text for text in texts if text.strip())
        if self.controller.attempt(note_rules.take_note, read_line_ends(text)):
            self.discard_draft(form)

    def discard_draft(self, form: str) -> None:
        """Clear a form that was left before it was saved."""
        if form == NOTE_LINE:
            self.query_one(NotePane).clear_line()
        with self.controller.errors():
            self.controller.save_draft(form, ())

    def incident_controller(self) -> IncidentController:
        """Return the controller that reports and reviews incidents."""
        controller, meeting = self.controller, self.controller.meeting
        return IncidentController(
            controller.screen, controller.services, meeting.agenda, controller.session
        )

    def risk_controller(self) -> RiskController:
        """Return the controller of the risk register."""
        return RiskController(
            self.controller, self.query_one(DecisionPane), self.query_one(ActionPane)
        )

    def take_attendance(self) -> None:
        """Ask who is here, and who came prepared."""
        meeting = self.controller.meeting

        def submit(given: Attendance) -> None:
            self.controller.step(meeting_rules.take_attendance, given.absent, given.unread)

        marked = Attendance(absent=meeting.absent or (), unread=meeting.unread or ())
        self.app.push_screen(
            AttendanceDialog(meeting.agenda.people, marked, handler=FormHandler(submit=submit))
        )

    def leave_item(self, rule: Rule[P], *args: P.args, **kwargs: P.kwargs) -> None:
        """Run a rule that leaves the running item.

        Red KPIs without an answer hold it up once, in the line above the footer: the same key again
        leaves them open.
        """
        meeting = self.controller.meeting
        running = meeting.running
        is_at_kpis = running is not None and running.item.kind is ItemKind.KPI_REVIEW
        red = unanswered_series(meeting) if is_at_kpis and not self._has_announced_reds else ()
        if not red:
            self.controller.attempt(rule, *args, **kwargs)
            return
        self._has_announced_reds = True
        language = current_language()
        names = [
            kpi_and_marketplace(meeting.scorecard, each.kpi, each.marketplace, language)
            for each in red
        ]
        text = language.ngettext(
            "{count} KPI has no answer · again: leave it open · 1: answer it · {names}",
            "{count} KPIs have no answer · again: leave them open · 1: answer them · {names}",
            len(red),
        )
        self.controller.announce(text.format(count=len(red), names=_(", ").join(names)))

    @on(EntryList.Picked, "AgendaList")
    def go_to_item(self, picked: EntryList.Picked) -> None:
        """Start the item that was picked."""
        self.leave_item(clock_rules.start_item, ItemId(picked.id))

    @on(KpiPanel.DecisionRequested)
    def propose_about_kpi(self, asked: KpiPanel.DecisionRequested) -> None:
        """Ask for a question about a KPI."""
        decisions = self.query_one(DecisionPane)
        if asked.kpi is None:
            decisions.propose()
        else:
            decisions.propose_for_kpi(asked.kpi, asked.marketplace)

    @on(KpiPanel.ActionRequested)
    def add_action_about_kpi(self, asked: KpiPanel.ActionRequested) -> None:
        """Ask for an action item because of a KPI."""
        actions = self.query_one(ActionPane)
        if asked.kpi is None:
            actions.add()
        else:
            actions.add_for_kpi(asked.kpi, asked.marketplace)

    @on(KpiPanel.MatrixRequested)
    def compare_marketplaces(self) -> None:
        """Show the marketplaces side by side."""
        if self.controller.meeting.scorecard is not None:
            self.app.push_screen(MarketplaceMatrix(self))

    def scorecard(self) -> Scorecard | None:
        """Return the figures as they stand."""
        return self.controller.meeting.scorecard

    def open_kpi(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Show one KPI in full."""
        self.query_one(KpiPane).open(kpi, marketplace)

    def draft_reallocation(self) -> Decision | None:
        """Return the question whether to reallocate; None where all targets are met."""
        meeting = self.controller.meeting
        language = self.controller.services.language_of(meeting.agenda.language)  # of the minutes
        return draft_reallocation(meeting.scorecard, language) if meeting.scorecard else None

    def propose_reallocation(self, question: Decision) -> None:
        """Ask for the question whether to reallocate."""
        self.query_one(DecisionPane).propose(question, form="decision:reallocation")

    @on(NotePane.ActionRequested)
    def add_action_for_note(self, asked: NotePane.ActionRequested) -> None:
        """Ask for the action item that a note becomes."""
        self.query_one(ActionPane).add_for_note(asked.note)

    @on(DecisionPane.ActionRequested)
    def add_follow_up(self, asked: DecisionPane.ActionRequested) -> None:
        """Ask for an action item that carries out a decision."""
        self.add_follow_up_action(asked.decision_id, asked.owner)

    def add_follow_up_action(self, decision_id: DecisionId, owner: PersonId | None = None) -> None:
        """Ask for an action item that carries out a decision, for the same KPI."""
        decision = self.controller.meeting.decision(decision_id)
        if decision is None:
            return
        draft = replace(
            NEW_ACTION,
            title=decision.chosen.title if decision.chosen else "",
            owner=owner,
            decision=decision.id,
            kpi=decision.kpi,
            marketplace=decision.marketplace,
            given_by=decider_of(self.controller.meeting, decision),
        )
        self.query_one(ActionPane).add(draft, form=f"action:{decision.id}", about=decision.id)

    @on(Tabs.TabActivated)
    def tab_activated(self, activated: Tabs.TabActivated) -> None:
        """Show the pane of the tab that was chosen."""
        if activated.tab.id:
            self._show(activated.tab.id.removeprefix("tab-"))

    def _show(self, name: str) -> None:
        for each, _label in PANES:
            self.set_class(each == name, f"-pane-{each}")
