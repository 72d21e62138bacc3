"""The figures of a meeting: the prepared reports read, and every KPI counted from them."""

from datetime import date
from pathlib import Path

from facilitator.adapters.kpi_file import load_definitions
from facilitator.adapters.reports import read_folder
from facilitator.domain.agenda import Agenda
from facilitator.domain.facts import ProgressCall
from facilitator.domain.kpi import Scorecard, last_full_week
from facilitator.domain.scoring import score


class ReportFigures:
    """Reads the reports in an agenda's data folder."""

    def load(self, agenda: Agenda, on: date, progress: ProgressCall | None = None) -> Scorecard:
        """The figures of the last full week before the day `on`, and of the weeks before it."""
        plan = agenda.data
        week = last_full_week(on, plan.week_ends_on)
        data = read_folder(
            Path(agenda.file).parent / plan.folder,
            plan.marketplaces,
            since=week.back(plan.history_weeks).start,
            progress=progress,
        )
        return score(
            data,
            load_definitions(),
            agenda.kpis,
            week=week,
            weeks=plan.history_weeks,
            marketplaces=plan.marketplaces,
            rates=plan.rates,
        )
