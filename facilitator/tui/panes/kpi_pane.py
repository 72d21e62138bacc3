"""The KPIs: the table, one of them in full, and the cause of each."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from facilitator.domain.facts import ALL, Marketplace
from facilitator.domain.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.rules import conduct, writing
from facilitator.domain.scorecard import Scorecard
from facilitator.render.language import _, spoken
from facilitator.render.scorecard import kpi_name, kpi_rows
from facilitator.tui.dialogs.kpi_view import KpiView
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.panes.pane import Pane
from facilitator.tui.widgets.kpi_panel import KpiPanel

ROOMY = 84
"""Columns from which all weeks fit."""
ROOMY_WEEKS, NARROW_WEEKS = 13, 8


class KpiPane(Pane):
    """Opens KPIs, and takes causes down."""

    _every_marketplace = False
    _shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The table, with a line under it for what is being read."""
        yield KpiPanel()
        yield Static(_("The reports are being read…"), id="kpi-news")

    def show(self, meeting: Meeting) -> None:
        """Show the figures, once they are there."""
        weeks = ROOMY_WEEKS if self.size.width >= ROOMY else NARROW_WEEKS
        slices = (meeting.scorecard, meeting.causes, self._every_marketplace, weeks)
        if slices == self._shown:
            return
        self._shown = slices
        if meeting.scorecard is not None:
            self._show_rows(meeting, meeting.scorecard, weeks)

    def on_resize(self) -> None:
        """Show as many weeks as fit."""
        self.show(self.session.meeting)

    def tell_news(self, news: str) -> None:
        """Show a line under the table; none for an empty one."""
        line = self.query_one("#kpi-news", Static)
        line.update(Content(news))
        line.display = bool(news)

    def take_figures(self, scorecard: Scorecard) -> None:
        """Take the week's figures into the meeting."""
        self.attempt(conduct.take_figures, scorecard)

    def open(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Show one KPI in full."""
        meeting = self.session.meeting
        scorecard = meeting.scorecard
        definition = scorecard.definition(kpi) if scorecard else None
        series = scorecard.one(kpi, marketplace) if scorecard else None
        if scorecard is None or definition is None or series is None:
            return
        owner = meeting.person(dict(scorecard.owners).get(kpi))
        form = f"kpi:{kpi}:{marketplace}"
        self.app.push_screen(
            KpiView(
                scorecard,
                definition,
                series,
                owner=owner.name if owner else "",
                past=meeting.past_value(kpi, marketplace),
                cause=meeting.cause(kpi, marketplace),
                submit=lambda text: self.step(writing.give_cause, kpi, marketplace, text),
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )

    def ask_cause(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Ask why a KPI is where it is."""
        meeting = self.session.meeting
        definition = meeting.scorecard.definition(kpi) if meeting.scorecard else None
        if definition is None:
            return
        where = "" if marketplace == ALL else f" · {marketplace}"
        form = f"kpi:{kpi}:{marketplace}"
        self.app.push_screen(
            TextEntry(
                f"{kpi_name(definition, spoken())}{where}",
                question=_("Cause — why is it where it is?"),
                text=meeting.cause(kpi, marketplace),
                is_required=False,
                submit=lambda text: self.step(writing.give_cause, kpi, marketplace, text),
                keep=self.keep(form),
                draft=self.draft(form),
            )
        )

    @on(KpiPanel.Opened)
    def opened(self, opened: KpiPanel.Opened) -> None:
        """Enter on a row."""
        self.open(opened.kpi, opened.marketplace)

    @on(KpiPanel.CauseAsked)
    def cause_asked(self, asked: KpiPanel.CauseAsked) -> None:
        """The key for a cause."""
        self.ask_cause(asked.kpi, asked.marketplace)

    @on(KpiPanel.EveryMarketplaceAsked)
    def every_marketplace_asked(self) -> None:
        """Show each marketplace, or only those that matter."""
        self._every_marketplace = not self._every_marketplace
        self.show(self.session.meeting)

    def _show_rows(self, meeting: Meeting, scorecard: Scorecard, weeks: int) -> None:
        causes = {(cause.kpi, cause.marketplace): cause.text for cause in meeting.causes}
        self.query_one(KpiPanel).rows_shown = kpi_rows(
            scorecard,
            spoken(),
            causes=causes,
            every_marketplace=self._every_marketplace,
            weeks=weeks,
        )
        week = _("KPIs · week to {day}").format(day=spoken().day(scorecard.week.end))
        self.border_title = f"1 {week}"
        errors = sum(problem.is_error for problem in scorecard.problems)
        news = (
            _("{count} problems in the reports: the lobby and `facilitator check` list them")
            if errors
            else ""
        )
        self.tell_news(news.format(count=errors))
