"""The pane of decisions: propose, rule, postpone and reopen them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.message import Message

from facilitator.domain.approval import decider_of, find_decision_bypass, required_vetter
from facilitator.domain.decision import Decision, DecisionId, Outcome, PositionKind
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.proposal import RiskProposal
from facilitator.domain.risk import Risk
from facilitator.domain.rules import approval, decisions, risks
from facilitator.render.decision import (
    bypass_line,
    decision_badges,
    decision_lines,
    lapsed_vetting_line,
)
from facilitator.render.kpi_answers import (
    kpi_and_marketplace,
    kpi_question,
    linked_kpi,
    question_background,
)
from facilitator.render.language import _, current_language
from facilitator.tui.dialogs.decision_forms import (
    DecisionEditor,
    Position,
    PositionDialog,
    RulingChoice,
    RulingDialog,
)
from facilitator.tui.dialogs.questions import bypass_dialog
from facilitator.tui.errors import notify_error
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.decision_list import DecisionList, decision_line
from facilitator.tui.widgets.entry_list import EntryList

NEW_DECISION = Decision(id=DecisionId("new"), question="")


class DecisionPane(Pane):
    """Proposes questions, and opens them for their ruling."""

    @dataclass
    class ActionRequested(Message):
        """An action item is to carry out a decision."""

        decision_id: DecisionId
        owner: PersonId | None = None
        """Who is to have it, where that is known."""

    def compose(self) -> ComposeResult:
        """Yield the list."""
        yield DecisionList()

    def show(self, meeting: Meeting) -> None:
        """Show the questions."""
        self.query_one(DecisionList).lines = tuple(
            decision_line(
                each,
                about=linked_kpi(meeting, each, current_language()),
                badges=decision_badges(meeting, each, current_language()),
            )
            for each in meeting.decisions
        )
        count = len(meeting.open_decisions)
        self.border_title = _("2 Decisions · {count} open").format(count=count)

    def propose(self, draft: Decision = NEW_DECISION, form: str = "decision:new") -> None:
        """Ask for a new question, with what `draft` knows of it already."""
        self._edit(draft, is_new=True, form=form)

    def propose_for_kpi(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Ask for a question about a KPI; its history becomes the background."""
        meeting = self.controller.meeting
        series = meeting.scorecard.one(kpi, marketplace) if meeting.scorecard else None
        if series is None:
            return
        language = self.controller.services.language_of(
            meeting.agenda.language
        )  # the minutes will hold it
        about = kpi_and_marketplace(meeting.scorecard, kpi, marketplace, language)
        draft = replace(
            NEW_DECISION,
            question=kpi_question(about, language),
            background=question_background(meeting, series, language),
            kpi=kpi,
            marketplace=marketplace,
        )
        self.propose(draft, form=f"decision:{kpi}:{marketplace}")

    def propose_for_risk(self, risk: Risk) -> None:
        """Ask for a question about a risk; where there is an open one, open that for its ruling."""
        asked = self.controller.meeting.decision(risk.decision)
        if asked is not None and asked.is_open:
            self.rule(asked.id)
            return
        language = self.controller.services.language_of(self.controller.meeting.agenda.language)
        draft = replace(
            NEW_DECISION,
            question=language.gettext(N_("What do we do about it: {problem}")).format(
                problem=risk.text
            ),
            risk=RiskProposal(threat=risk.text, solution=risk.solution),
            proposer=risk.raised_by,
            kpi=risk.kpi,
            marketplace=risk.marketplace,
        )

        def submit(edited: Decision) -> None:
            self.controller.step(risks.propose_decision_on_risk, edited, risk.id)

        self._edit(draft, is_new=True, form=f"decision:{risk.id}", submit=submit)

    def rule(self, decision_id: DecisionId) -> None:
        """Ask for the ruling on a question; where one bypassed the supervisor, settle that."""
        meeting = self.controller.meeting
        decision = meeting.decision(decision_id)
        if decision is None:
            return
        if find_decision_bypass(meeting, decision):
            self._settle_bypass(decision_id)
            return
        if not decision.is_open:
            error = RuleError(
                N_("“{question}” is already decided. Press o to reopen it."),
                question=decision.question,
            )
            notify_error(self, error)
            return
        self.app.push_screen(
            RulingDialog(
                decision,
                about=linked_kpi(meeting, decision, current_language()),
                record=tuple(decision_lines(meeting, decision, current_language())),
                people=meeting.agenda.people,
                decider=decider_of(meeting, decision),
                dates=self.controller.dates,
                handler=self.controller.handler(
                    f"ruling:{decision_id}", partial(self._rule, decision_id)
                ),
            )
        )

    @on(EntryList.Picked)
    def picked(self, picked: EntryList.Picked) -> None:
        """Open the question that Enter was pressed on."""
        self.rule(DecisionId(picked.id))

    def run_command(self, entry_id: str, command: str) -> None:
        """Do what a key of the list asks for."""
        decision = self.controller.meeting.decision(DecisionId(entry_id))
        if decision is None:
            return
        match command:
            case "recommended":
                self._take_recommendation(decision)
            case "action":
                self.post_message(self.ActionRequested(decision.id))
            case "edit":
                self._edit(decision, is_new=False, form=f"decision:{decision.id}")
            case "position":
                self._ask_position(decision)
            case "bypass":
                self._settle_bypass(decision.id)
            case "reopen":
                self.controller.attempt(decisions.reopen_decision, decision.id)

    def _take_recommendation(self, decision: Decision) -> None:
        """Rule a question as recommended."""
        if decision.recommended is None:
            notify_error(
                self, RuleError(N_("There is no recommended option. Press Enter to choose one."))
            )
            return
        if self.controller.attempt(decisions.choose_option, decision.id, decision.recommended):
            self._warn_of_bypass(decision.id)

    def _ask_position(self, decision: Decision) -> None:
        """Ask for somebody's position on a question, first that of who has to vet it."""
        meeting, decision_id = self.controller.meeting, decision.id

        def submit(given: Position) -> None:
            self.controller.step(
                approval.take_position, decision_id, given.person, given.view, given.words
            )

        vetter = required_vetter(meeting, decision) if decision.vetting is None else None
        self.app.push_screen(
            PositionDialog(
                f"{decision.id} {decision.question}",
                people=meeting.agenda.people,
                person=vetter.id if vetter else None,
                view=PositionKind.VETTED if vetter and decision.is_open else PositionKind.FOR,
                handler=self.controller.handler(f"stance:{decision_id}", submit),
            )
        )

    def _settle_bypass(self, decision_id: DecisionId) -> None:
        meeting = self.controller.meeting
        decision = meeting.decision(decision_id)
        bypassed = find_decision_bypass(meeting, decision) if decision else None
        if bypassed is None:
            notify_error(self, RuleError(N_("{id} did not bypass a supervisor."), id=decision_id))
            return
        owner = bypassed.supervisor.id

        def submit(reason: str) -> None:
            if reason:
                self.controller.step(approval.accept_decision_bypass, decision_id, reason)
            else:
                self.post_message(self.ActionRequested(decision_id, owner))

        handler = self.controller.handler(f"shortcut:{decision_id}", submit)
        self.app.push_screen(bypass_dialog(decision_id, bypassed, handler=handler))

    def _edit(
        self,
        decision: Decision,
        *,
        is_new: bool,
        form: str,
        submit: Callable[[Decision], object] | None = None,
    ) -> None:
        rule = decisions.propose_decision if is_new else decisions.change_decision

        def save(edited: Decision) -> None:
            left = self.controller.step(rule, edited)
            changed = left.decision(decision.id)
            if changed is not None and changed.lapsed != decision.lapsed:
                text = lapsed_vetting_line(left, changed, current_language())
                self.notify(text, severity="warning", markup=False)

        self.app.push_screen(
            DecisionEditor(
                decision,
                is_new=is_new,
                people=self.controller.meeting.agenda.people,
                dates=self.controller.dates,
                about=linked_kpi(self.controller.meeting, decision, current_language()),
                handler=self.controller.handler(form, submit or save),
            )
        )

    def _rule(self, decision_id: DecisionId, choice: RulingChoice) -> None:
        step, reason, decider = self.controller.step, choice.rationale, choice.decider
        match choice.outcome:
            case Outcome.CHOSEN if choice.option is not None:
                step(
                    decisions.choose_option,
                    decision_id,
                    choice.option,
                    reason,
                    decider,
                    amendment=choice.amendment,
                    outside_on=choice.outside_on,
                    review_on=choice.review_on,
                )
                self._warn_of_bypass(decision_id)
            case Outcome.POSTPONED:
                step(decisions.postpone_decision, decision_id, reason, choice.until, decider)
            case Outcome.RETURNED:
                step(decisions.return_decision, decision_id, reason, decider)
            case _:
                step(decisions.drop_decision, decision_id, reason, decider)

    def _warn_of_bypass(self, decision_id: DecisionId) -> None:
        meeting = self.controller.meeting
        decision = meeting.decision(decision_id)
        bypassed = find_decision_bypass(meeting, decision) if decision else None
        if bypassed is not None:
            text = _("{what}. Press w in the list to correct it.")
            text = text.format(what=bypass_line(bypassed, current_language()))
            self.notify(text, severity="warning", markup=False)
