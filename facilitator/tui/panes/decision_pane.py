"""The decisions: propose, rule, put off, open again."""

from dataclasses import replace

from textual import on
from textual.app import ComposeResult

from facilitator.domain.decision import Decision, DecisionId, Outcome
from facilitator.domain.errors import N_, RuleError
from facilitator.domain.facts import Marketplace
from facilitator.domain.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.people import Duty
from facilitator.domain.rules import decisions
from facilitator.render.answer import background, belongs_to, kpi_in, question_about
from facilitator.render.language import _, spoken
from facilitator.tui.dialogs.decision_editor import DecisionEditor
from facilitator.tui.dialogs.ruling import RulingDialog, Wish
from facilitator.tui.panes.pane import Pane
from facilitator.tui.spoken import tell
from facilitator.tui.widgets.decision_queue import DecisionLine, DecisionQueue

NEW = Decision(id=DecisionId("new"), question="")


class DecisionPane(Pane):
    """Has questions ruled, and new ones asked."""

    def compose(self) -> ComposeResult:
        """The queue."""
        yield DecisionQueue()

    def show(self, meeting: Meeting) -> None:
        """Show the queue as it stands."""
        self.query_one(DecisionQueue).lines_shown = tuple(
            DecisionLine(decision=each, about=belongs_to(meeting, each, spoken()))
            for each in meeting.decisions
        )
        count = len(meeting.open_decisions)
        self.border_title = _("2 Decisions · {count} open").format(count=count)

    def propose(self, draft: Decision = NEW, form: str = "decision:new") -> None:
        """Ask a new question on the spot, with what `draft` knows of it already."""
        self._edit(draft, is_new=True, form=form)

    def propose_about(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Ask what to do about a KPI; its history becomes the background."""
        meeting = self.session.meeting
        series = meeting.scorecard.one(kpi, marketplace) if meeting.scorecard else None
        if series is None:
            return
        language = self.desk.language_of(meeting.agenda.language)  # the minutes will hold it
        about = kpi_in(meeting.scorecard, kpi, marketplace, language)
        draft = replace(
            NEW,
            question=question_about(about, language),
            background=background(meeting, series, language),
            kpi=kpi,
            marketplace=marketplace,
        )
        self.propose(draft, form=f"decision:{kpi}:{marketplace}")

    def rule(self, decision_id: DecisionId) -> None:
        """Open a question for its ruling."""
        meeting = self.session.meeting
        decision = meeting.decision(decision_id)
        if decision is None:
            return
        if not decision.is_open:
            error = RuleError(
                N_("“{question}” is already settled; press o to open it again."),
                question=decision.question,
            )
            tell(self, error)
            return
        decider = meeting.agenda.with_duty(Duty.DECIDER)
        form = f"ruling:{decision_id}"
        self.app.push_screen(
            RulingDialog(
                decision,
                about=belongs_to(meeting, decision, spoken()),
                people=meeting.agenda.people,
                decider=decider.id if decider else None,
                on_day=meeting.date,
                due_date=self.desk.due_date,
                submit=lambda wish: self._carry_out(decision_id, wish),
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )

    @on(DecisionQueue.Picked)
    def picked(self, picked: DecisionQueue.Picked) -> None:
        """Enter on a question."""
        self.rule(picked.decision_id)

    @on(DecisionQueue.RecommendationTaken)
    def take_recommendation(self, taken: DecisionQueue.RecommendationTaken) -> None:
        """One key rules a question as recommended."""
        decision = self.session.meeting.decision(taken.decision_id)
        if decision is None or decision.recommended is None:
            tell(self, RuleError(N_("Nobody recommended an option; press Enter to choose one.")))
            return
        self.attempt(decisions.take_option, decision.id, decision.recommended)

    @on(DecisionQueue.EditAsked)
    def edit_asked(self, asked: DecisionQueue.EditAsked) -> None:
        """The key that words a question anew."""
        decision = self.session.meeting.decision(asked.decision_id)
        if decision is not None:
            self._edit(decision, is_new=False, form=f"decision:{decision.id}")

    @on(DecisionQueue.ReopenAsked)
    def reopen_asked(self, asked: DecisionQueue.ReopenAsked) -> None:
        """The key that opens a question again."""
        self.attempt(decisions.reopen_decision, asked.decision_id)

    def _edit(self, decision: Decision, *, is_new: bool, form: str) -> None:
        rule = decisions.propose_decision if is_new else decisions.change_decision
        self.app.push_screen(
            DecisionEditor(
                decision,
                is_new=is_new,
                submit=lambda edited: self.step(rule, edited),
                about=belongs_to(self.session.meeting, decision, spoken()),
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )

    def _carry_out(self, decision_id: DecisionId, wish: Wish) -> None:
        match wish.outcome:
            case Outcome.CHOSEN if wish.option is not None:
                self.step(
                    decisions.take_option, decision_id, wish.option, wish.rationale, wish.decider
                )
            case Outcome.POSTPONED:
                self.step(
                    decisions.postpone_decision,
                    decision_id,
                    wish.rationale,
                    wish.until,
                    wish.decider,
                )
            case _:
                self.step(decisions.drop_decision, decision_id, wish.rationale, wish.decider)
