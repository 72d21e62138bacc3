"""The pane of decisions: propose, rule, postpone and reopen them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.message import Message

from facilitator.domain.approval import (
    decider_of,
    find_decision_bypass,
    likely_proposer,
    possible_vetters,
    required_vetter,
)
from facilitator.domain.decision import (
    Decision,
    DecisionId,
    DecisionKind,
    Option,
    OptionId,
    Outcome,
    PositionKind,
)
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import PersonId
from facilitator.domain.proposal import RiskProposal
from facilitator.domain.risk import Risk
from facilitator.domain.rules import approval, decisions, risks
from facilitator.domain.wording.money import speaks_of_money
from facilitator.render.decision import (
    brief_lines,
    decision_badges,
    lapsed_vetting_line,
    record_lines,
)
from facilitator.render.kpi_answers import (
    kpi_and_marketplace,
    kpi_question,
    linked_kpi,
    question_background,
)
from facilitator.render.language import _, current_language
from facilitator.tui.dialogs.decision_forms import DecisionEditor
from facilitator.tui.dialogs.form import FormHandler
from facilitator.tui.dialogs.position_round import PositionRound, PositionRow
from facilitator.tui.dialogs.questions import bypass_dialog
from facilitator.tui.dialogs.ruling_dialog import RulingBrief, RulingChoice, RulingDialog
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
        self._edit(self._with_proposer(draft), is_new=True, form=form)

    def _with_proposer(self, draft: Decision) -> Decision:
        """Return a draft with who is likely to propose it, unless it names somebody."""
        likely = likely_proposer(self.controller.meeting, draft.kpi)
        return replace(draft, proposer=draft.proposer or likely)

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

        draft = self._with_proposer(draft)
        self._edit(draft, is_new=True, form=f"decision:{risk.id}", submit=submit)

    def edit(self, decision_id: DecisionId) -> None:
        """Open the editor of a question."""
        decision = self.controller.meeting.decision(decision_id)
        if decision is not None:
            self._edit(decision, is_new=False, form=f"decision:{decision_id}")

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
                replace(decision, options=decision.options or self._standard_options()),
                people=meeting.agenda.people,
                decider=decider_of(meeting, decision),
                dates=self.controller.dates,
                brief=partial(self._brief, decision_id),
                go_round=partial(self._go_round, decision_id),
                has_own_options=bool(decision.options),
                handler=self.controller.handler(
                    f"ruling:{decision_id}", partial(self._rule, decision_id)
                ),
            )
        )

    def _brief(self, decision_id: DecisionId) -> RulingBrief:
        """Return what is known of a question, as it stands now."""
        meeting = self.controller.meeting
        decision, language = meeting.decision(decision_id), current_language()
        if decision is None:
            return RulingBrief()
        return RulingBrief(
            about=linked_kpi(meeting, decision, language),
            shown=tuple(brief_lines(meeting, decision, language)),
            folded=tuple(record_lines(meeting, decision, language)),
        )

    def _standard_options(self) -> tuple[Option, ...]:
        """Return the options of a question that has none of its own; the minutes hold them."""
        language = self.controller.services.language_of(self.controller.meeting.agenda.language)
        titles = (N_("Approve"), N_("Approve less"))
        return tuple(
            Option(id=OptionId(letter), title=language.gettext(title))
            for letter, title in zip("AB", titles, strict=True)
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
                self.edit(decision.id)
            case "position":
                self._go_round(decision.id)
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
        self.controller.attempt(decisions.choose_option, decision.id, decision.recommended)

    def _go_round(self, decision_id: DecisionId) -> None:
        """Ask those present where they stand; the words of an objection are kept as a draft."""

        def take(person: PersonId, view: PositionKind, words: str) -> None:
            self.controller.step(approval.take_position, decision_id, person, view, words)

        def handler(person: PersonId, submit: Callable[[str], object]) -> FormHandler[str]:
            return self.controller.handler(f"objection:{decision_id}:{person}", submit)

        decision = self.controller.meeting.decision(decision_id)
        if decision is not None:
            self.app.push_screen(
                PositionRound(
                    f"{decision.id} {decision.question}",
                    rows=partial(self._position_rows, decision_id),
                    take=take,
                    objection_handler=handler,
                    undo=self.controller.undo_step,
                )
            )

    def _position_rows(self, decision_id: DecisionId) -> tuple[PositionRow, ...]:
        """Return those present except who decides, each with their position on a question."""
        meeting = self.controller.meeting
        decision = meeting.decision(decision_id)
        if decision is None:
            return ()
        vetter = required_vetter(meeting, decision) if decision.vetting is None else None
        vetters = possible_vetters(meeting, decision) if decision.is_open else ()
        positions = {each.person: each for each in decision.stances}
        return tuple(
            PositionRow(
                person=each,
                position=positions.get(each.id),
                may_vet=each.id in vetters,
                must_vet=decision.is_open and each == vetter,
            )
            for each in meeting.present
            if each.id != decider_of(meeting, decision)
        )

    def _remark_on_money(self, decision: Decision) -> None:
        """Say that a question about money is better asked as a request."""
        if decision.kind is DecisionKind.CHOICE and speaks_of_money(decision.question):
            text = _(
                "{id} speaks of money. Press e and choose “Request for money”, so that it shows "
                "past ROI, uplift and payback."
            )
            self.controller.announce(text.format(id=decision.id))

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
            self._remark_on_money(left.decisions[-1] if is_new else edited)
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
                    offered=self._standard_options(),
                )
            case Outcome.POSTPONED:
                step(decisions.postpone_decision, decision_id, reason, choice.until, decider)
            case Outcome.RETURNED:
                step(decisions.return_decision, decision_id, reason, decider)
            case _:
                step(decisions.drop_decision, decision_id, reason, decider)
