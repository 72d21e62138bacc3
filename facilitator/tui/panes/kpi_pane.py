"""The pane of KPIs: the table, the detail view and the answers to red KPIs."""

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import all_cause_counts, unanswered_series
from facilitator.domain.kpis.causes import USUAL_CAUSES, suggest_causes
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Week, agreed_definition
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules import kpi_answers
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.kpi_answers import (
    answer_lines,
    find_cause_action,
    kpi_and_marketplace,
    value_with_marks,
)
from facilitator.render.language import Language, _, current_language
from facilitator.render.scorecard import kpi_rows
from facilitator.render.signals import full_explanation
from facilitator.tui.dialogs.kpi_answer import KpiAnswerDialog
from facilitator.tui.dialogs.kpi_view import KpiSnapshot, KpiView
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.kpi_panel import MAX_LIMIT_WEEKS, KpiPanel


class KpiPane(Pane):
    """Shows the KPIs, and asks for the answers to those that are red."""

    _every_marketplace = False
    _shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The table, with a line under it for what is being read."""
        self.border_title = _("1 KPIs")
        yield KpiPanel()
        yield Static(_("The reports are being read…"), id="kpi-news")

    def show(self, meeting: Meeting) -> None:
        """Show the figures, once they are read."""
        slices = (meeting.scorecard, meeting.answers, self._every_marketplace)
        if slices == self._shown:
            return
        self._shown = slices
        if meeting.scorecard is not None:
            self._show_rows(meeting, meeting.scorecard)

    def show_status(self, status: str) -> None:
        """Show a line under the table; none for an empty one."""
        line = self.query_one("#kpi-news", Static)
        line.update(Content(status))
        line.display = bool(status)

    def load_kpis(self, scorecard: Scorecard) -> None:
        """Record the figures of the week in the meeting."""
        self.controller.attempt(meeting_rules.load_kpis, scorecard)

    def open(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Show one KPI in full."""
        snapshot = self.snapshot(kpi, marketplace)
        if snapshot is not None:
            self.app.push_screen(KpiView(snapshot, self))

    def mark_week(self, marketplace: Marketplace, week_end: date, what: str) -> None:
        """Mark a week as unlike the others; raises FacilitatorError where it cannot be."""
        self.controller.step(kpi_answers.mark_occasion, week_end, marketplace, what)

    def agree_definition(self, kpi: KpiId, text: str) -> None:
        """Record what a KPI was agreed to mean; raises FacilitatorError where it cannot be."""
        self.controller.step(kpi_answers.agree_definition, kpi, text)

    def breakdown(self, definition: KpiDefinition, week: Week) -> Breakdown:
        """Return what moved a KPI in a week; call it in a thread."""
        loader, agenda = self.controller.services.scorecard_loader, self.controller.meeting.agenda
        return loader.breakdown(agenda, week, definition)

    def ask_answer(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Ask why a KPI is where it is, or who finds that out by when."""
        meeting = self.controller.meeting
        snapshot = self.snapshot(kpi, marketplace)
        if snapshot is None:
            return

        def submit(given: KpiAnswer | ActionItem) -> None:
            if isinstance(given, KpiAnswer):
                self.controller.step(kpi_answers.explain_kpi, given)
            else:
                self.controller.step(kpi_answers.assign_cause_search, kpi, marketplace, given)

        answer = meeting.answer(kpi, marketplace) or KpiAnswer(
            kpi=kpi, marketplace=marketplace, verdict=Verdict.EXPLAINED
        )
        usual = [self._minutes_language.gettext(each) for each in USUAL_CAUSES]
        self.app.push_screen(
            KpiAnswerDialog(
                answer,
                title=kpi_and_marketplace(meeting.scorecard, kpi, marketplace, current_language()),
                standing=_status_text(snapshot),
                offered=suggest_causes(all_cause_counts(meeting), kpi, usual),
                investigation=meeting.action(answer.action) or self._investigation(snapshot),
                people=meeting.agenda.people,
                dates=self.controller.dates,
                handler=self.controller.handler(f"answer:{kpi}:{marketplace}", submit),
            ),
            lambda given: self._go_to_next_red() if given else None,
        )

    @on(KpiPanel.Opened)
    def opened(self, opened: KpiPanel.Opened) -> None:
        """Show the KPI that Enter was pressed on."""
        self.open(opened.kpi, opened.marketplace)

    @on(KpiPanel.AnswerRequested)
    def answer_requested(self, asked: KpiPanel.AnswerRequested) -> None:
        """Ask for the answer to a KPI."""
        self.ask_answer(asked.kpi, asked.marketplace)

    @on(KpiPanel.NormalRequested)
    def pass_as_normal(self, asked: KpiPanel.NormalRequested) -> None:
        """Pass a KPI as the usual to and fro."""
        if self.controller.attempt(kpi_answers.pass_kpi_as_normal, asked.kpi, asked.marketplace):
            self._go_to_next_red()

    @on(KpiPanel.EveryMarketplaceRequested)
    def every_marketplace_requested(self) -> None:
        """Show each marketplace, or only those that matter."""
        self._every_marketplace = not self._every_marketplace
        self.show(self.controller.meeting)

    @property
    def _minutes_language(self) -> Language:
        """The language of the minutes, where what is drafted here is read."""
        return self.controller.services.language_of(self.controller.meeting.agenda.language)

    def _investigation(self, snapshot: KpiSnapshot) -> ActionItem:
        """Return the action item that finds a cause; its owner is who answers for the KPI."""
        kpi, marketplace = snapshot.series.kpi, snapshot.series.marketplace
        title, criterion = find_cause_action(
            kpi_and_marketplace(snapshot.scorecard, kpi, marketplace, self._minutes_language),
            self._minutes_language,
        )
        owner = dict(snapshot.scorecard.owners).get(kpi)
        return ActionItem(id=ActionId("new"), title=title, criterion=criterion, owner=owner)

    def _go_to_next_red(self) -> None:
        meeting = self.controller.meeting
        self.show(meeting)
        if unanswered_series(meeting):
            self.query_one(KpiPanel).action_next_red()

    def snapshot(self, kpi: KpiId, marketplace: Marketplace) -> KpiSnapshot | None:
        """Return all that the view shows of a KPI now; None where there is no such figure."""
        meeting = self.controller.meeting
        scorecard = meeting.scorecard
        definition = scorecard.definition(kpi) if scorecard else None
        series = scorecard.one(kpi, marketplace) if scorecard else None
        if scorecard is None or definition is None or series is None:
            return None
        owner = meeting.person(dict(scorecard.owners).get(kpi))
        return KpiSnapshot(
            scorecard=scorecard,
            definition=definition,
            series=series,
            owner=owner.name if owner else "",
            past=meeting.past_value(kpi, marketplace),
            agreed=agreed_definition(meeting.definitions, kpi),
            said=tuple(
                line
                for answer in meeting.answers
                if answer.kpi == kpi
                for line in answer_lines(meeting, answer, current_language())
            ),
        )

    def _show_rows(self, meeting: Meeting, scorecard: Scorecard) -> None:
        answered = {(each.kpi, each.marketplace) for each in meeting.answers}
        self.query_one(KpiPanel).rows_shown = kpi_rows(
            scorecard,
            current_language(),
            answered=answered,
            every_marketplace=self._every_marketplace,
            weeks=MAX_LIMIT_WEEKS,
        )
        week = _("KPIs · week to {day}").format(day=current_language().day(scorecard.week.end))
        open_reds = len(unanswered_series(meeting))
        waiting = _("{count} to answer").format(count=open_reds)
        self.border_title = f"1 {week} · {waiting}" if open_reds else f"1 {week}"
        errors = sum(problem.is_error for problem in scorecard.problems)
        status = current_language().ngettext(
            "{count} problem in the reports. The lobby and `facilitator check` show it.",
            "{count} problems in the reports. The lobby and `facilitator check` list them.",
            errors,
        )
        self.show_status(status.format(count=errors) if errors else "")


def _status_text(snapshot: KpiSnapshot) -> str:
    """Return where a KPI stands, and what its past says of that."""
    text = value_with_marks(snapshot.definition, snapshot.series, current_language())
    explanation = full_explanation(snapshot.series, snapshot.definition, current_language())
    return f"{text}\n{explanation}" if explanation else text
