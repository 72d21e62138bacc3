"""One KPI in full: its weeks, its marketplaces, what moved it, how and from what it is counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rich.console import RenderableType
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Label, Static

from facilitator.domain.carried import PastValue
from facilitator.domain.errors import N_, FacilitatorError
from facilitator.domain.facts import ALL
from facilitator.domain.kpi import KpiDefinition, Week
from facilitator.domain.movers import Breakdown
from facilitator.domain.scorecard import KpiSeries, Reading, Scorecard
from facilitator.render.answer import kpi_in
from facilitator.render.kpi_detail import counted, occasions_of, source_line, week_line
from facilitator.render.language import _, spoken
from facilitator.render.scorecard import kpi_note, kpi_rows, place_name
from facilitator.render.signal import why
from facilitator.tui.dialogs.text_entry import TextEntry
from facilitator.tui.spoken import Dialog, tell
from facilitator.tui.widgets.grid import grid
from facilitator.tui.widgets.kpi_chart import Drawing, KpiChart
from facilitator.tui.widgets.kpi_panel import status_text
from facilitator.tui.widgets.movers_list import MoversList


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiSight:
    """All that the view shows of a KPI at one moment of the meeting."""

    scorecard: Scorecard
    definition: KpiDefinition
    series: KpiSeries
    """The one looked at, among those of its KPI."""
    owner: str = ""
    past: PastValue | None = None
    """As the last meeting saw it."""
    said: tuple[str, ...] = ()
    """What the room said of it, a line each."""


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
    ]

    @dataclass
    class Read(Message):
        """The reports told what moved it."""

        breakdown: Breakdown

    def __init__(
        self,
        look: Callable[[], KpiSight],
        *,
        ask: Callable[[], object],
        mark: Callable[[date, str], object],
        read: Callable[[], Breakdown],
    ) -> None:
        """Show what `look` sees, now and whenever the view comes to the front again.

        `ask` opens the dialog for an answer; `mark` marks the week that ends on a day, or takes
        the mark back for an empty word, and raises FacilitatorError where it cannot; `read`
        reads what moved the KPI, in a thread.
        """
        super().__init__()
        self._look = look
        self._ask = ask
        self._mark = mark
        self._read = read
        self._sight = look()
        self._chosen = len(self._sight.series.readings) - 1

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

    def on_mount(self) -> None:
        """Begin to read what moved it."""
        self._read_movers()

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
                ).format(day=spoken().day(week.end)),
                text=told[-1].what if told else "",
                is_required=False,
                submit=lambda what: self._mark(week.end, what),
            )
        )

    @property
    def _title(self) -> str:
        series = self._sight.series
        return kpi_in(self._sight.scorecard, series.kpi, series.marketplace, spoken())

    @property
    def _reading(self) -> Reading:
        return self._sight.series.readings[self._chosen]

    @work(thread=True)
    def _read_movers(self) -> None:
        try:
            breakdown = self._read()
        except FacilitatorError as error:
            self.app.call_from_thread(tell, self, error)
            breakdown = Breakdown()
        self.post_message(self.Read(breakdown))  # nobody gets it once the view is closed

    @on(Read)
    def show_movers(self, read: Read) -> None:
        """Show what moved it."""
        sight = self._sight
        self.query_one(MoversList).show(
            read.breakdown, sight.scorecard, sight.definition, sight.series
        )

    def _show(self) -> None:
        sight, language = self._sight, spoken()
        card, definition, series = sight.scorecard, sight.definition, sight.series
        told = [
            occasions_of(each, definition, series.marketplace, card.occasions)
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
        signal = why(series.signal, definition, language) if series.signal else ""
        if signal and self._reading is not series.current:  # only the last week is judged
            last = _("Week to {day}").format(day=language.day(series.current.week_end))
            signal = _("{name}: {text}").format(name=last, text=signal)
        week = week_line(self._reading, definition, told[self._chosen], language)
        self._put("signal", Content(signal))
        self._put("week", Content(week))
        self._put("answers", Content("\n".join(sight.said)))
        for part in self.query(".said"):
            part.display = bool(sight.said)
        self._put("definition", _definition(sight))
        self._put("sources", _sources(sight))
        self.query_one(".marketplaces", Static).update(_marketplaces(sight))

    def _put(self, name: str, text: Content) -> None:
        part = self.query_one(f".{name}", Static)
        part.update(text)
        part.display = bool(text.plain)


def _marketplaces(sight: KpiSight) -> RenderableType:
    language = spoken()
    rows = [
        (
            place_name(ALL, language) if row.is_total else row.name,
            row.actual,
            row.target,
            row.change,
            status_text(row),
        )
        for row in kpi_rows(sight.scorecard, language)
        if row.kpi == sight.definition.id
    ]
    return grid(rows, right=(1, 2, 3))


def _definition(sight: KpiSight) -> Content:
    language, definition = spoken(), sight.definition
    lines = [kpi_note(definition, language), counted(definition, language)]
    if sight.owner:
        lines.append(_("Answers for it: {name}").format(name=sight.owner))
    if sight.past and sight.past.value is not None:
        value = language.value(sight.past.value, definition.unit, definition.decimals)
        day = language.day(sight.past.week_end)
        lines.append(_("At the last meeting: {value}, week to {day}").format(value=value, day=day))
    return Content("\n".join(line for line in lines if line))


def _sources(sight: KpiSight) -> Content:
    language, card = spoken(), sight.scorecard
    files = (card.source(file) for file in sight.series.sources)
    lines = [source_line(file, language) for file in files if file]
    lines += [
        f"? {row.name}: {row.why}"
        for row in kpi_rows(card, language)
        if row.kpi == sight.definition.id and row.why
    ]
    return Content("\n".join(lines))
