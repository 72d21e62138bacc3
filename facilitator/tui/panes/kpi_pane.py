"""The pane of KPIs: the table, the detail view and the answers to concerns."""

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import (
    all_cause_counts,
    answer_to,
    answers_to,
    concern_of,
    unanswered_concerns,
)
from facilitator.domain.kpis.causes import USUAL_CAUSES, suggest_causes
from facilitator.domain.kpis.concerns import Urgency
from facilitator.domain.kpis.facts import Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Week, agreed_definition
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules import kpi_answers
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.kpi_answers import (
    answer_lines,
    concern_name,
    find_cause_action,
    kpi_and_marketplace,
    standing_text,
)
from facilitator.render.kpi_panel import panel_rows
from facilitator.render.language import Language, _, current_language
from facilitator.tui.dialogs.kpi_answer import KpiAnswerDialog
from facilitator.tui.dialogs.kpi_view import KpiSnapshot, KpiView
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.kpi_panel import MAX_LIMIT_WEEKS, KpiPanel


class KpiPane(Pane):
    """Shows the KPIs, and asks for the answers to those that are off target."""

    _is_open = False
    _shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The table; under it, how the KPI under the cursor compares, and what is being read."""
        self.border_title = _("1 KPIs")
        yield KpiPanel()
        yield Static(id="kpi-sentence")
        yield Static(_("The reports are being read…"), id="kpi-news")

    def on_mount(self) -> None:
        """Show no empty line before there are figures."""
        self._show_sentence()

    def show(self, meeting: Meeting) -> None:
        """Show the figures, once they are read."""
        slices = (meeting.scorecard, meeting.answers, self._is_open)
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

    def ask_answer(self, kpi: KpiId, marketplace: Marketplace, *, is_alone: bool = False) -> None:
        """Ask why a KPI is where it is, or who finds that out by when.

        The answer is for all its marketplaces and the KPIs linked to it; with `is_alone`, for
        this marketplace only.
        """
        meeting, language = self.controller.meeting, current_language()
        concern = None if is_alone else concern_of(meeting, kpi)
        if concern is not None:
            kpi, marketplace = concern.lead.kpi, concern.place
        snapshot = self.snapshot(kpi, marketplace)
        if snapshot is None:
            return
        given = answer_to(meeting, kpi, marketplace)
        if given is None or given.is_alone is not is_alone:
            given = KpiAnswer(
                kpi=kpi, marketplace=marketplace, verdict=Verdict.EXPLAINED, is_alone=is_alone
            )

        def submit(answer: KpiAnswer | ActionItem) -> None:
            if isinstance(answer, KpiAnswer):
                self.controller.step(kpi_answers.explain_kpi, answer)
            else:
                where = given.kpi, given.marketplace, answer
                self.controller.step(kpi_answers.assign_cause_search, *where, is_alone=is_alone)

        title = kpi_and_marketplace(meeting.scorecard, kpi, marketplace, language)
        usual = [self._minutes_language.gettext(each) for each in USUAL_CAUSES]
        form = f"answer:{kpi}:{marketplace}"
        self.app.push_screen(
            KpiAnswerDialog(
                given,
                title=concern_name(meeting, concern, language) if concern else title,
                standing=standing_text(meeting, concern, snapshot.series, language),
                offered=suggest_causes(all_cause_counts(meeting), kpi, usual),
                investigation=meeting.action(given.action) or self._investigation(snapshot),
                people=meeting.agenda.people,
                dates=self.controller.dates,
                handler=self.controller.handler(f"{form}:alone" if is_alone else form, submit),
            ),
            lambda answer: self._go_to_next_concern() if answer else None,
        )

    def ask_answer_alone(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Ask for an answer for one marketplace of several."""
        with self.controller.errors():
            kpi_answers.must_be_one_of_several(self.controller.meeting, kpi, marketplace)
            self.ask_answer(kpi, marketplace, is_alone=True)

    def ask_reason_to_pass(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Pass a KPI without an answer; ask why, unless it is good news."""
        meeting = self.controller.meeting
        with self.controller.errors():
            kpi_answers.must_be_passable(meeting, kpi, marketplace)
            concern = concern_of(meeting, kpi)
            if concern is None:
                return
            place = concern.lead.kpi, concern.place
            if concern.urgency is Urgency.BETTER:
                self.controller.step(kpi_answers.pass_kpi, *place)
                self._go_to_next_concern()
                return

            def submit(reason: str) -> None:
                self.controller.step(kpi_answers.pass_kpi, *place, reason)

            question = (
                _("It is off target. Why is it passed without an answer? The minutes print this.")
                if concern.needs_answer
                else _("Why is that normal? Left empty, the minutes count it as not explained.")
            )
            self.app.push_screen(
                TextEntry(
                    concern_name(meeting, concern, current_language()),
                    question=question,
                    is_required=concern.needs_answer,
                    handler=self.controller.handler(":".join(("pass", *place)), submit),
                ),
                lambda reason: None if reason is None else self._go_to_next_concern(),
            )

    @on(KpiPanel.Opened)
    def opened(self, opened: KpiPanel.Opened) -> None:
        """Show the KPI that Enter was pressed on."""
        self.open(opened.kpi, opened.marketplace)

    @on(KpiPanel.AnswerRequested)
    def answer_requested(self, asked: KpiPanel.AnswerRequested) -> None:
        """Ask for the answer to a KPI."""
        self.ask_answer(asked.kpi, asked.marketplace)

    @on(KpiPanel.AnswerAloneRequested)
    def answer_alone_requested(self, asked: KpiPanel.AnswerAloneRequested) -> None:
        """Ask for the answer for one marketplace."""
        self.ask_answer_alone(asked.kpi, asked.marketplace)

    @on(KpiPanel.PassRequested)
    def pass_requested(self, asked: KpiPanel.PassRequested) -> None:
        """Pass a KPI without an answer."""
        self.ask_reason_to_pass(asked.kpi, asked.marketplace)

    @on(KpiPanel.FoldToggled)
    def fold_toggled(self) -> None:
        """Show all KPIs, or fold those that are as they should be."""
        self._is_open = not self._is_open
        self.show(self.controller.meeting)

    @on(KpiPanel.RowHighlighted)
    def row_highlighted(self) -> None:
        """Show how the KPI under the cursor compares with past weeks."""
        self._show_sentence()

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

    def _go_to_next_concern(self) -> None:
        """Move the cursor to the next concern without an answer; nothing opens by itself."""
        meeting = self.controller.meeting
        self.show(meeting)
        if unanswered_concerns(meeting):
            self.query_one(KpiPanel).action_next_concern()

    def _show_sentence(self) -> None:
        """Show the KPI under the cursor in words; no line where there is nothing to say."""
        row = self.query_one(KpiPanel).row_at_cursor
        line = self.query_one("#kpi-sentence", Static)
        words = [] if row is None else [row.full_name, row.sentence, row.why]
        line.update(Content(" · ".join(each for each in words if each)))
        line.display = row is not None

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
                for answer in answers_to(meeting, kpi)
                for line in answer_lines(meeting, answer, current_language())
            ),
        )

    def _show_rows(self, meeting: Meeting, scorecard: Scorecard) -> None:
        self.query_one(KpiPanel).rows_shown = panel_rows(
            meeting, current_language(), is_open=self._is_open, weeks=MAX_LIMIT_WEEKS
        )
        week = _("KPIs · week to {day}").format(day=current_language().day(scorecard.week.end))
        waiting = len(unanswered_concerns(meeting))
        to_answer = _("{count} to answer").format(count=waiting)
        self.border_title = f"1 {week} · {to_answer}" if waiting else f"1 {week}"
        self._show_sentence()
        errors = sum(problem.is_error for problem in scorecard.problems)
        status = current_language().ngettext(
            "{count} problem in the reports. The lobby and `facilitator check` show it.",
            "{count} problems in the reports. The lobby and `facilitator check` list them.",
            errors,
        )
        self.show_status(status.format(count=errors) if errors else "")
