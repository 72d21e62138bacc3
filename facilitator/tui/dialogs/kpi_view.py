"""One KPI in full: its weeks, its marketplaces, what moved it, how and from what it is counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Label, Static

from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.kpis.kpi import Week
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.scorecard import Reading
from facilitator.render.kpi_answers import kpi_and_marketplace
from facilitator.render.kpi_details import reading_occasions, week_line
from facilitator.render.language import _, current_language
from facilitator.render.signals import signal_explanation
from facilitator.tui.dialogs.kpi_sight import (
    KpiSight,
    definition_of,
    marketplaces_of,
    sources_of,
)
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.spoken import Dialog, tell
from facilitator.tui.widgets.kpi_chart import Drawing, KpiChart
from facilitator.tui.widgets.movers_list import MoversList


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
            "e",
            "mark",
            N_("Mark the week"),
            id="kpi-view.mark",
            tooltip=N_("A promotion, a stock-out: the week says nothing of what is usual"),
        ),
        Binding(
            "d",
            "define",
            N_("Definition"),
            id="kpi-view.define",
            tooltip=N_("Put on record what the room agreed that it means"),
        ),
    ]

    @dataclass
    class Read(Message):
        """The reports told what moved it in a week."""

        week_end: date
        breakdown: Breakdown

    def __init__(
        self,
        look: Callable[[], KpiSight],
        *,
        ask: Callable[[], object],
        mark: Callable[[date, str], object],
        agree: Callable[[str], object],
        read: Callable[[Week], Breakdown],
    ) -> None:
        """Show what `look` sees, now and whenever the view comes to the front again.

        `ask` opens the dialog for an answer; `mark` marks the week that ends on a day, or takes
        the mark back for an empty word, and raises FacilitatorError where it cannot; `agree`
        keeps what was agreed that the KPI means; `read` reads what moved it in a week, in a thread.
        """
        super().__init__()
        self._look = look
        self._ask = ask
        self._mark = mark
        self._agree = agree
        self._read = read
        self._sight = look()
        self._chosen = len(self._sight.series.readings) - 1
        self._moved: dict[date, Breakdown] = {}
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
                yield Label(_("What the room says"), classes="said")
                yield Static(classes="said answers")
                yield Label(_("What moved it against the week before, each alone"))
                yield MoversList()
                yield Label(_("How it is counted"))
                yield Static(classes="definition")
                yield Label(_("Where it comes from"))
                yield Static(classes="sources")
            yield Footer(show_command_palette=False, compact=True)

    def on_screen_resume(self) -> None:
        """Show what has become of it meanwhile: an answer, a week marked."""
        self._sight = self._look()
        self._show()

    def action_choose(self, by: int) -> None:
        """Look at another week."""
        last = len(self._sight.series.readings) - 1
        self._chosen = min(max(self._chosen + by, 0), last)
        self._show()

    def action_answer(self) -> None:
        """Answer for it."""
        self._ask()

    def action_mark(self) -> None:
        """Ask what made the chosen week unlike the others."""
        week, where = Week(end=self._reading.week_end), self._sight.series.marketplace
        told = [each for each in self._sight.scorecard.occasions if each.touches(week, where)]
        self.app.push_screen(
            TextEntry(
                self._title,
                question=_(
                    "What made the week to {day} unlike the others? Nothing takes the mark back."
                ).format(day=current_language().day(week.end)),
                text=told[-1].what if told else "",
                is_required=False,
                submit=lambda what: self._mark(week.end, what),
            )
        )

    def action_define(self) -> None:
        """Ask what was agreed that it means."""
        agreed = self._sight.agreed
        self.app.push_screen(
            TextEntry(
                self._title,
                question=_("What was agreed: how is it counted? One sentence."),
                text=agreed.text if agreed else "",
                submit=self._agree,
            ),
            self._show_agreed,
        )

    def _show_agreed(self, agreed: str | None) -> None:
        """Bring what was agreed into view: in a small terminal it stands below the chart."""
        if agreed:
            self.query_one(".definition").scroll_visible(top=True)

    @property
    def _title(self) -> str:
        series = self._sight.series
        return kpi_and_marketplace(
            self._sight.scorecard, series.kpi, series.marketplace, current_language()
        )

    @property
    def _reading(self) -> Reading:
        return self._sight.series.readings[self._chosen]

    @work(thread=True)
    def _read_movers(self, week: Week) -> None:
        try:
            breakdown = self._read(week)
        except FacilitatorError as error:
            self.app.call_from_thread(tell, self, error)
            breakdown = Breakdown()
        # nobody gets it once the view is closed
        self.post_message(self.Read(week.end, breakdown))

    @on(Read)
    def keep_movers(self, read: Read) -> None:
        """Keep what moved it in a week, and show that of the week chosen by now."""
        self._is_reading = False
        self._moved[read.week_end] = read.breakdown
        self._show_movers()

    def _show_movers(self) -> None:
        """Read first what is not known, a week at a time: keys are faster than reports."""
        sight, end = self._sight, self._reading.week_end
        told = self.query_one(MoversList)
        if end in self._moved:
            series = sight.series.until(end)
            told.show(self._moved[end], sight.scorecard, sight.definition, series)
            return
        told.wait()
        if not self._is_reading:
            self._is_reading = True
            self._read_movers(Week(end=end))

    def _show(self) -> None:
        sight, language = self._sight, current_language()
        card, definition, series = sight.scorecard, sight.definition, sight.series
        told = [
            reading_occasions(each, definition, series.marketplace, card.occasions)
            for each in series.readings
        ]
        chart = self.query_one(KpiChart)
        chart.display = any(each.value is not None for each in series.readings)
        chart.drawing = Drawing(
            series=series,
            definition=definition,
            chosen=self._chosen,
            occasions=tuple(", ".join(each.what for each in some) for some in told),
        )
        signal = signal_explanation(series.signal, definition, language) if series.signal else ""
        if signal and self._reading is not series.current:  # only the last week is judged
            last = _("Week to {day}").format(day=language.day(series.current.week_end))
            signal = _("{name}: {text}").format(name=last, text=signal)
        week = week_line(self._reading, definition, told[self._chosen], language)
        self._put("signal", Content(signal))
        self._put("week", Content(week))
        self._put("answers", Content("\n".join(sight.said)))
        for part in self.query(".said"):
            part.display = bool(sight.said)
        self._put("definition", definition_of(sight))
        self._put("sources", sources_of(sight, self._reading))
        self.query_one(".marketplaces", Static).update(marketplaces_of(sight))
        self._show_movers()

    def _put(self, name: str, text: Content) -> None:
        part = self.query_one(f".{name}", Static)
        part.update(text)
        part.display = bool(text.plain)
