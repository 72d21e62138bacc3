"""The pane of decisions: propose, rule, postpone and reopen them."""

from collections.abc import Callable
from dataclasses import dataclass

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
from facilitator.tui.dialogs.bypass import bypass_dialog
from facilitator.tui.dialogs.decision_editor import DecisionEditor
from facilitator.tui.dialogs.position import PositionDialog
from facilitator.tui.dialogs.ruling import RulingChoice, RulingDialog
from facilitator.tui.i18n import notify_error
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.decision_list import DecisionList, decision_line
from facilitator.tui.widgets.entry_list import EntryList

NEW_DECISION = Decision(id=DecisionId("new"), question="")


class DecisionPane(Pane):
    """Has questions ruled, and new ones asked."""

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
        """Show the queue as it stands."""
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
        """Ask a new question on the spot, with what `draft` knows of it already."""
        self._edit(draft, is_new=True, form=form)

    def propose_for_kpi(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Ask what to do about a KPI; its history becomes the background."""
        meeting = self.session.meeting
        series = meeting.scorecard.one(kpi, marketplace) if meeting.scorecard else None
        if series is None:
            return
        language = self.services.language_of(meeting.agenda.language)  # the minutes will hold it
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
        """Ask what to do about a risk; where that is asked already, open the question."""
        asked = self.session.meeting.decision(risk.decision)
        if asked is not None and asked.is_open:
            self.rule(asked.id)
            return
        language = self.services.language_of(self.session.meeting.agenda.language)
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
        self._edit(
            draft,
            is_new=True,
            form=f"decision:{risk.id}",
            submit=lambda edited: self.step(risks.propose_decision_on_risk, edited, risk.id),
        )

    def rule(self, decision_id: DecisionId) -> None:
        """Open a question for its ruling, or a ruling past the supervisor to put it right."""
        meeting = self.session.meeting
        decision = meeting.decision(decision_id)
        if decision is None:
            return
        if find_decision_bypass(meeting, decision):
            self._settle_bypass(decision_id)
            return
        if not decision.is_open:
            error = RuleError(
                N_("“{question}” is already settled; press o to open it again."),
                question=decision.question,
            )
            notify_error(self, error)
            return
        form = f"ruling:{decision_id}"
        self.app.push_screen(
            RulingDialog(
                decision,
                about=linked_kpi(meeting, decision, current_language()),
                record=tuple(decision_lines(meeting, decision, current_language())),
                people=meeting.agenda.people,
                decider=decider_of(meeting, decision),
                on_day=meeting.date,
                due_date=self.services.due_date,
                submit=lambda choice: self._carry_out(decision_id, choice),
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )

    @on(EntryList.Picked)
    def picked(self, picked: EntryList.Picked) -> None:
        """Open a question for its ruling."""
        self.rule(DecisionId(picked.id))

    def run_command(self, entry_id: str, command: str) -> None:
        """Do what a key of the list asks for."""
        decision = self.session.meeting.decision(DecisionId(entry_id))
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
                self.attempt(decisions.reopen_decision, decision.id)

    def _take_recommendation(self, decision: Decision) -> None:
        """Rule a question as recommended."""
        if decision.recommended is None:
            notify_error(
                self, RuleError(N_("Nobody recommended an option; press Enter to choose one."))
            )
            return
        if self.attempt(decisions.choose_option, decision.id, decision.recommended):
            self._warn_of_bypass(decision.id)

    def _ask_position(self, decision: Decision) -> None:
        """Ask for somebody's position on a question, first that of who has to vet it."""
        meeting, decision_id = self.session.meeting, decision.id
        vetter = required_vetter(meeting, decision) if decision.vetting is None else None
        form = f"stance:{decision_id}"
        self.app.push_screen(
            PositionDialog(
                f"{decision.id} {decision.question}",
                people=meeting.agenda.people,
                person=vetter.id if vetter else None,
                view=PositionKind.VETTED if vetter and decision.is_open else PositionKind.FOR,
                submit=lambda *position: self.step(approval.take_position, decision_id, *position),
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )

    def _settle_bypass(self, decision_id: DecisionId) -> None:
        meeting = self.session.meeting
        decision = meeting.decision(decision_id)
        bypassed = find_decision_bypass(meeting, decision) if decision else None
        if bypassed is None:
            notify_error(self, RuleError(N_("{id} passed no supervisor by."), id=decision_id))
            return
        owner = bypassed.supervisor.id

        def put_right(reason: str) -> None:
            if reason:
                self.step(approval.accept_decision_bypass, decision_id, reason)
            else:
                self.post_message(self.ActionRequested(decision_id, owner))

        form = f"shortcut:{decision_id}"
        self.app.push_screen(
            bypass_dialog(
                decision_id,
                bypassed,
                submit=put_right,
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )

    def _edit(
        self,
        decision: Decision,
        *,
        is_new: bool,
        form: str,
        submit: Callable[[Decision], object] | None = None,
    ) -> None:
        rule = decisions.propose_decision if is_new else decisions.change_decision

        def send(edited: Decision) -> None:
            left = self.step(rule, edited)
            changed = left.decision(decision.id)
            if changed is not None and changed.lapsed != decision.lapsed:
                text = lapsed_vetting_line(left, changed, current_language())
                self.notify(text, severity="warning", markup=False)

        self.app.push_screen(
            DecisionEditor(
                decision,
                is_new=is_new,
                people=self.session.meeting.agenda.people,
                on_day=self.session.meeting.date,
                due_date=self.services.due_date,
                submit=submit or send,
                about=linked_kpi(self.session.meeting, decision, current_language()),
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )

    def _carry_out(self, decision_id: DecisionId, choice: RulingChoice) -> None:
        reason, decider = choice.rationale, choice.decider
        match choice.outcome:
            case Outcome.CHOSEN if choice.option is not None:
                self.step(
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
                self.step(decisions.postpone_decision, decision_id, reason, choice.until, decider)
            case Outcome.RETURNED:
                self.step(decisions.return_decision, decision_id, reason, decider)
            case _:
                self.step(decisions.drop_decision, decision_id, reason, decider)

    def _warn_of_bypass(self, decision_id: DecisionId) -> None:
        meeting = self.session.meeting
        decision = meeting.decision(decision_id)
        bypassed = find_decision_bypass(meeting, decision) if decision else None
        if bypassed is not None:
            text = _("{what}. Press w in the queue to put it right.")
            text = text.format(what=bypass_line(bypassed, current_language()))
            self.notify(text, severity="warning", markup=False)
