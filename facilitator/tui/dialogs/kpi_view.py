"""One KPI in full: its weeks, its marketplaces, how it is counted, where it came from, and why."""

from collections.abc import Callable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Input, Label, Static

from facilitator.domain.carried import PastValue
from facilitator.domain.facts import ALL, Source
from facilitator.domain.kpi import KpiDefinition, KpiId
from facilitator.domain.scorecard import KpiSeries, Scorecard
from facilitator.render.language import _, spoken
from facilitator.render.scorecard import KpiRow, kpi_name, kpi_note, kpi_rows, place_name
from facilitator.tui.dialogs.form import Form, Keep, forget
from facilitator.tui.widgets.kpi_chart import KpiChart
from facilitator.tui.widgets.line import Line

HASH_SHOWN = 12
"""Characters of a file's hash that are enough to tell it apart."""


class KpiView(Form):
    """Shows one KPI, with the field for its cause."""

    def __init__(
        self,
        scorecard: Scorecard,
        definition: KpiDefinition,
        series: KpiSeries,
        *,
        owner: str,
        past: PastValue | None,
        cause: str,
        submit: Callable[[str], object],
        keep: Keep = forget,
        draft: dict[str, str] | None = None,
    ) -> None:
        """Show `series` among its siblings; a cause goes to `submit`."""
        super().__init__(keep=keep, draft=draft)
        self._scorecard = scorecard
        self._definition = definition
        self._series = series
        self._owner = owner
        self._past = past
        self._cause = cause
        self._submit = submit

    def compose(self) -> ComposeResult:
        """The chart, the marketplaces, the definition with its sources, the cause."""
        language = spoken()
        where = "" if self._series.marketplace == ALL else f" · {self._series.marketplace}"
        with VerticalScroll(classes="window broad") as window:
            title = f"{kpi_name(self._definition, language)}{where}"
            window.border_title = Content(title).markup
            with Horizontal(classes="figures"):
                yield KpiChart(self._series)
                yield Static(self._table(), classes="marketplaces")
            yield Static(self._facts(), classes="facts")
            yield Label(_("Cause — why is it where it is?"))
            yield Line(self._cause, id="text")
            yield Footer(show_command_palette=False, compact=True)

    def send(self) -> str:
        """Hand the cause over."""
        text = self.query_one("#text", Input).value
        self._submit(text)
        return text

    def _table(self) -> Content:
        kpi, language = self._definition.id, spoken()
        rows = [row for row in kpi_rows(self._scorecard, language) if row.kpi == kpi]
        return Content("\n").join([_line(row) for row in rows])

    def _facts(self) -> Content:
        language = spoken()
        lines = [Content(kpi_note(self._definition, language))]
        if self._owner:
            lines.append(Content(_("Answers for it: {name}").format(name=self._owner)))
        if self._past:
            unit, decimals = self._definition.unit, self._definition.decimals
            lines.append(
                Content(
                    _("At the last meeting: {value}, week to {day}").format(
                        value=language.value(self._past.value, unit, decimals),
                        day=language.day(self._past.week_end),
                    )
                )
            )
        for file in self._series.sources:
            source = self._scorecard.source(file)
            if source is not None:
                lines.append(_source(source).stylize("dim"))
        for reason in _missing(self._scorecard, self._definition.id):
            lines.append(Content(f"? {reason}"))
        return Content("\n").join(lines)


def _missing(scorecard: Scorecard, kpi: KpiId) -> list[str]:
    rows = [row for row in kpi_rows(scorecard, spoken()) if row.kpi == kpi and row.why]
    return [f"{row.name}: {row.why}" for row in rows]


def _line(row: KpiRow) -> Content:
    name = place_name(row.marketplace, spoken())
    label = name + " " * max(6 - cell_len(name), 1)
    text = f"{label}{row.actual:>10}  {row.target:<9} {row.change:>9}  {row.spark} {row.mark}"
    return Content(text)


def _source(source: Source) -> Content:
    window = (
        spoken().days(source.first_day, source.last_day)
        if source.first_day and source.last_day
        else ""
    )
    rows = _("{count} rows").format(count=spoken().count(source.rows_kept))
    return Content(f"{source.file} · {window} · {rows} · sha256 {source.sha256[:HASH_SHOWN]}")
