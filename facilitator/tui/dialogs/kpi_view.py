"""One KPI in detail: weeks, marketplaces, movers, definition and sources."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from msgspec import Struct
from rich.console import RenderableType
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Label, Static

from facilitator.domain.errors import N_, said_of
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import AgreedDefinition, KpiDefinition, KpiId, Week
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.scorecard import KpiSeries, PastValue, Reading, Scorecard
from facilitator.render.kpi_answers import kpi_and_marketplace
from facilitator.render.kpi_details import (
    agreed_definition_line,
    formula_text,
    reading_occasions,
    source_line,
    week_line,
    window_line,
)
from facilitator.render.language import _, current_language
from facilitator.render.scorecard import (
    INFINITE,
    kpi_note,
    kpi_rows,
    marketplace_name,
    value_text,
)
from facilitator.render.signals import full_explanation, usual_range_rule
from facilitator.tui.dialogs.form import FormHandler
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.errors import ErrorHandler
from facilitator.tui.i18n import Dialog
from facilitator.tui.widgets.kpi_chart import ChartData, KpiChart
from facilitator.tui.widgets.kpi_panel import status_text
from facilitator.tui.widgets.movers_list import MoversList, column_table


class KpiSnapshot(Struct, frozen=True, kw_only=True):
    """All that the view shows of a KPI at one moment of the meeting."""

    scorecard: Scorecard
    definition: KpiDefinition
    series: KpiSeries
    """The one looked at, among those of its KPI."""
    owner: str = ""
    past: PastValue | None = None
    """Its value at the last meeting."""
    agreed: AgreedDefinition | None = None
    """What it means, where that was agreed."""
    said: tuple[str, ...] = ()
    """The answers to it, a line each."""


def marketplaces_table(snapshot: KpiSnapshot) -> RenderableType:
    """Return the marketplaces of the KPI side by side."""
    language = current_language()
    rows = [
        (
            marketplace_name(ALL, language) if row.is_total else row.name,
            row.actual,
            row.target,
            row.change,
            status_text(row),
        )
        for row in kpi_rows(snapshot.scorecard, language)
        if row.kpi == snapshot.definition.id
    ]
    return column_table(rows, right=(1, 2, 3))


def definition_text(snapshot: KpiSnapshot) -> Content:
    """Return how it is counted, what was agreed on that, and who answers for it."""
    language, definition = current_language(), snapshot.definition
    lines = [kpi_note(definition, language), formula_text(definition, language)]
    if snapshot.agreed:
        lines.append(agreed_definition_line(snapshot.agreed, language))
    if snapshot.series.signal and snapshot.series.signal.limits:
        lines.append(usual_range_rule(language))
    if snapshot.owner:
        lines.append(_("Responsible: {name}").format(name=snapshot.owner))
    past = snapshot.past
    if past and (past.value is not None or past.is_worse_than_any_target):
        value = INFINITE if past.value is None else value_text(past.value, definition, language)
        day = language.day(past.week_end)
        lines.append(_("At the last meeting: {value}, week to {day}").format(value=value, day=day))
    return Content("\n".join(line for line in lines if line))


def sources_text(snapshot: KpiSnapshot, reading: Reading) -> Content:
    """Return the files behind a reading, and where figures are missing."""
    language, card = current_language(), snapshot.scorecard
    spans = snapshot.definition.spans(Week(end=reading.week_end))
    files = (card.source(file) for file in snapshot.series.sources)
    lines = [
        source_line(file, language)
        for file in files
        if file and any(file.is_about(span.start, span.end) for span in spans)
    ]
    lines += [
        said_of(f"{row.mark[:1]} {row.name}", row.why, _)
        for row in kpi_rows(card, language)
        if row.kpi == snapshot.definition.id and row.why
    ]
    return Content("\n".join(lines))


class KpiViewHandler(Protocol):
    """Where the view gets its figures, and what its keys do."""

    def snapshot(self, kpi: KpiId, marketplace: Marketplace) -> KpiSnapshot | None:
        """Return all that the view shows of a KPI now."""

    def breakdown(self, definition: KpiDefinition, week: Week) -> Breakdown:
        """Return what moved a KPI in a week; called in a thread."""

    def ask_answer(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Open the dialog for an answer."""

    def ask_answer_alone(self, kpi: KpiId, marketplace: Marketplace) -> None:
        """Open the dialog for an answer that is for one marketplace of several."""

    def mark_week(self, marketplace: Marketplace, week_end: date, what: str) -> None:
        """Mark a week as unlike the others; an empty text takes the mark off."""

    def agree_definition(self, kpi: KpiId, text: str) -> None:
        """Record what a KPI was agreed to mean."""


class KpiView(Dialog[None]):
    """Shows one KPI; the keys answer for it, and mark a week as unlike the others."""

    BINDINGS = [
        Binding(
            "left,left_square_bracket",
            "choose(-1)",
            N_("Earlier"),
            id="kpi-view.earlier",
            priority=True,
        ),
        Binding(
            "right,right_square_bracket",
            "choose(1)",
            N_("Later"),
            id="kpi-view.later",
            priority=True,
        ),
        Binding("c", "answer", N_("Answer"), id="kpi-view.answer"),
        Binding(
            "C",
            "answer_alone",
            N_("Split"),
            id="kpi-view.answer-alone",
            show=False,
            tooltip=N_("Split this marketplace off: it has a cause of its own"),
        ),
        Binding(
            "e",
            "mark",
            N_("Mark the week"),
            id="kpi-view.mark",
            tooltip=N_("A promotion or stock-out: this week is not counted as usual"),
        ),
        Binding(
            "d",
            "define",
            N_("Definition"),
            id="kpi-view.define",
            tooltip=N_("Record the definition that was agreed"),
        ),
    ]

    @dataclass
    class BreakdownLoaded(Message):
        """What moved it in a week was read from the reports."""

        week_end: date
        breakdown: Breakdown

    def __init__(self, snapshot: KpiSnapshot, handler: KpiViewHandler) -> None:
        """Show `snapshot`, and newer ones whenever the view comes to the front again."""
        super().__init__()
        self.handler = handler
        self._snapshot = snapshot
        self._kpi, self._marketplace = snapshot.series.kpi, snapshot.series.marketplace
        self._chosen = len(snapshot.series.readings) - 1
        self._breakdowns: dict[date, Breakdown] = {}
        self._is_reading = False

    def compose(self) -> ComposeResult:
        """What it is and why, its weeks, what was said, what moved it, where it comes from."""
        with Vertical(classes="window broad") as window:
            window.border_title = Content(self._title).markup
            with VerticalScroll():
                yield Static(classes="signal")
                yield Static(classes="week")
                with Horizontal(classes="figures"):
                    yield KpiChart()
                    yield Static(classes="marketplaces")
                yield Label(_("Answer"), classes="said")
                yield Static(classes="said answers")
                yield Label(_("What changed it from the week before, each on its own"))
                yield MoversList()
                yield Label(_("How it is calculated"))
                yield Static(classes="definition")
                yield Label(_("Sources"))
                yield Static(classes="sources")
            yield Footer(show_command_palette=False, compact=True)

    def on_screen_resume(self) -> None:
        """Show what a dialog over the view changed: an answer, a week marked."""
        self._snapshot = self.handler.snapshot(self._kpi, self._marketplace) or self._snapshot
        self._show()

    def action_choose(self, by: int) -> None:
        """Show another week."""
        last = len(self._snapshot.series.readings) - 1
        self._chosen = min(max(self._chosen + by, 0), last)
        self._show()

    def action_answer(self) -> None:
        """Ask for the answer to the KPI."""
        self.handler.ask_answer(self._kpi, self._marketplace)

    def action_answer_alone(self) -> None:
        """Ask for the answer to this marketplace alone."""
        self.handler.ask_answer_alone(self._kpi, self._marketplace)

    def action_mark(self) -> None:
        """Ask what made the chosen week unlike the others."""
        week, snapshot = Week(end=self._reading.week_end), self._snapshot
        marks = [
            each.what
            for each in snapshot.scorecard.occasions
            if each.touches(week, self._marketplace)
        ]
        question = _(
            "What was exceptional in the week to {day}? Leave it empty to remove the mark."
        ).format(day=current_language().day(week.end))
        self.app.push_screen(
            TextEntry(
                self._title,
                question=question,
                text=marks[-1] if marks else "",
                is_required=False,
                handler=FormHandler(
                    submit=partial(self.handler.mark_week, self._marketplace, week.end)
                ),
            )
        )

    def action_define(self) -> None:
        """Ask what was agreed that it means."""
        agreed = self._snapshot.agreed
        self.app.push_screen(
            TextEntry(
                self._title,
                question=_("What definition was agreed? One sentence."),
                text=agreed.text if agreed else "",
                handler=FormHandler(submit=partial(self.handler.agree_definition, self._kpi)),
            ),
            self._show_agreed,
        )

    def _show_agreed(self, agreed: str | None) -> None:
        """Scroll to what was agreed: in a small terminal it stands below the chart."""
        if agreed:
            self.query_one(".definition").scroll_visible(top=True)

    @property
    def _title(self) -> str:
        return kpi_and_marketplace(
            self._snapshot.scorecard, self._kpi, self._marketplace, current_language()
        )

    @property
    def _reading(self) -> Reading:
        return self._snapshot.series.readings[self._chosen]

    @work(thread=True)
    def _read_movers(self, definition: KpiDefinition, week: Week) -> None:
        breakdown = Breakdown()
        with ErrorHandler(self):
            breakdown = self.handler.breakdown(definition, week)
        # nobody gets it once the view is closed
        self.post_message(self.BreakdownLoaded(week.end, breakdown))

    @on(BreakdownLoaded)
    def show_breakdown(self, read: BreakdownLoaded) -> None:
        """Store what moved it in a week, and show that of the week chosen by now."""
        self._is_reading = False
        self._breakdowns[read.week_end] = read.breakdown
        self._show_movers()

    def _show_movers(self) -> None:
        """Show what moved it; read it first where it is not known, a week at a time."""
        snapshot, end = self._snapshot, self._reading.week_end
        movers = self.query_one(MoversList)
        if end in self._breakdowns:
            series = snapshot.series.until(end)
            movers.show(self._breakdowns[end], snapshot.scorecard, snapshot.definition, series)
            return
        movers.wait()
        if not self._is_reading:
            self._is_reading = True
            self._read_movers(snapshot.definition, Week(end=end))

    def _show(self) -> None:
        snapshot, language = self._snapshot, current_language()
        card, definition, series = snapshot.scorecard, snapshot.definition, snapshot.series
        marks = [
            reading_occasions(each, definition, series.marketplace, card.occasions)
            for each in series.readings
        ]
        chart = self.query_one(KpiChart)
        chart.display = any(each.value is not None for each in series.readings)
        chart.chart_data = ChartData(
            series=series,
            definition=definition,
            chosen=self._chosen,
            occasions=tuple(", ".join(each.what for each in week_marks) for week_marks in marks),
        )
        signal = full_explanation(series, definition, language)
        if signal and self._reading is not series.current:  # only the last week is judged
            last = _("Week to {day}").format(day=language.day(series.current.week_end))
            signal = _("{name}: {text}").format(name=last, text=signal)
        week = week_line(self._reading, definition, marks[self._chosen], language)
        if series.window_reading and self._reading is series.current:
            week = f"{window_line(series.window_reading, definition, language)}\n{week}"
        self._set_text("signal", Content(signal))
        self._set_text("week", Content(week))
        self._set_text("answers", Content("\n".join(snapshot.said)))
        for part in self.query(".said"):
            part.display = bool(snapshot.said)
        self._set_text("definition", definition_text(snapshot))
        self._set_text("sources", sources_text(snapshot, self._reading))
        self.query_one(".marketplaces", Static).update(marketplaces_table(snapshot))
        self._show_movers()

    def _set_text(self, name: str, text: Content) -> None:
        part = self.query_one(f".{name}", Static)
        part.update(text)
        part.display = bool(text.plain)
