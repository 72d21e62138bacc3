"""Load the scorecard of a meeting: read its reports and compute every KPI.

Reports are read in a subprocess, which runs this module. In a thread the
reading would hold the interpreter's lock now and then and delay each key; a process also returns
its memory, can be killed when nobody waits for it, and keeps polars out of the screens.
"""

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeVar

from msgspec.structs import replace

from facilitator.adapters.kpi_file import read_definitions
from facilitator.adapters.reports import (
    CUSTOM_REPORTS_FILE,
    read_breakdown,
    read_custom_reports,
    read_folder,
)
from facilitator.adapters.reports.report_types import ReportTypes
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import (
    N_,
    Diagnostic,
    FacilitatorError,
    Message,
    StorageError,
    message,
)
from facilitator.domain.kpis.calculation import (
    CALCULATED_WEEKS,
    calculate_scorecard,
    first_day_needed,
)
from facilitator.domain.kpis.fact_index import FactIndex
from facilitator.domain.kpis.facts import ALL, LoadProgress, Measure, PreparedData, ProgressCallback
from facilitator.domain.kpis.kpi import KpiDefinition, Week, last_full_week
from facilitator.domain.kpis.manual_values import identify_manual_values, overruled_values
from facilitator.domain.kpis.movers import Breakdown
from facilitator.domain.kpis.reduced_reports import (
    CountedKinds,
    find_reduced_reports,
    reduced_diagnostics,
)
from facilitator.domain.kpis.scorecard import Scorecard, mark_reduced
from facilitator.domain.kpis.unplaced import add_left_out, unplaced_diagnostics, unplaced_facts
from facilitator.domain.kpis.year_over_year import (
    YearOverYear,
    first_day_of_year_before,
    year_over_year,
)

T = TypeVar("T")

KEPT_BY_HAND = frozenset({"customer-feedback", "kpi-values"})
"""Report types that the team writes: how many rows they have says nothing."""


class SubprocessScorecardLoader:
    """Reads the reports in an agenda's data folder in a subprocess."""

    def load(
        self,
        agenda: Agenda,
        on: date,
        progress: ProgressCallback | None = None,
        today: date | None = None,
    ) -> Scorecard:
        """Return the scorecard of the last full week before the day `on`, and of earlier weeks.

        Rows of days after `today` are left out; it is `on` unless it is given. An exception from
        `progress` ends the load and is raised here.
        """
        return _run_in_subprocess(partial(load_scorecard, agenda, on, today=today), progress)

    def breakdown(self, agenda: Agenda, week: Week, definition: KpiDefinition) -> Breakdown:
        """Return the sums by name of a KPI's measures, for a week and the one before."""
        return _run_in_subprocess(partial(load_breakdown, agenda, week, definition))


def _run_in_subprocess(task: Callable[..., T], progress: ProgressCallback | None = None) -> T:
    """Run a task; once more, reading each file apart, if one of them ended the subprocess."""
    try:
        try:
            return _run_once(task, progress)
        except _EndedError:
            return _run_once(partial(task, is_apart=True), progress)
    except _EndedError as ended:
        raise ended.reason from ended
    except OSError as error:
        raise StorageError(
            N_("The reports cannot be read: {reason}."), reason=error.strerror or str(error)
        ) from error


class _EndedError(Exception):
    """The subprocess ended before its answer."""

    def __init__(self, reason: StorageError | RuntimeError) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _run_once(task: Callable[[ProgressCallback], T], progress: ProgressCallback | None) -> T:
    with tempfile.TemporaryFile() as error_output:
        return _exchange(task, progress, error_output)


def _exchange(
    task: Callable[[ProgressCallback], T],
    progress: ProgressCallback | None,
    error_output: IO[bytes],
) -> T:
    program = [sys.executable, "-P", "-m", "facilitator.adapters.scorecard_loader"]
    with subprocess.Popen(  # noqa: S603  (our own program)
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=error_output
    ) as reader:
        assert reader.stdin and reader.stdout  # noqa: S101, PT018  (both are pipes)
        try:
            pickle.dump(task, reader.stdin)
            reader.stdin.close()
            result: T = _receive_result(reader.stdout, progress)
            return result
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
            if reader.wait() < 0:
                stopped = StorageError(
                    N_(
                        "The operating system stopped the reading of the reports. Memory may have "
                        "run out. Close other programs and try again."
                    )
                )
                raise _EndedError(stopped) from error
            error_output.seek(0)
            said = error_output.read().decode(errors="replace")
            failed = RuntimeError(f"The reader of the reports ended.\n{said}")
            raise _EndedError(failed) from error
        finally:
            reader.kill()


def load_scorecard(
    agenda: Agenda,
    on: date,
    progress: ProgressCallback | None = None,
    today: date | None = None,
    *,
    is_apart: bool = False,
) -> Scorecard:
    """Read the reports and calculate the KPIs in this process; each file apart if `is_apart`."""
    plan = agenda.data
    week = last_full_week(on, plan.week_ends_on)
    weeks = max(plan.history_weeks, CALCULATED_WEEKS)
    definitions, doubts = load_definitions(agenda)
    since = first_day_needed(definitions, week, weeks)
    data = load_facts(agenda, since, progress, today=today or on, is_apart=is_apart)
    data = identify_manual_values(data, definitions)
    errors = tuple(each for each in doubts if each.is_error)  # made since the agenda was read
    unplaced = unplaced_facts(data.facts, plan.week_ends_on)
    reduced = find_reduced_reports(
        data.facts, data.sources, week, _counted_kinds(_report_types(agenda)[0]), plan.occasions
    )
    found = (*unplaced_diagnostics(unplaced), *reduced_diagnostics(reduced))
    card = calculate_scorecard(
        replace(
            data,
            sources=add_left_out(data.sources, unplaced),
            problems=(*data.problems, *found, *errors),
        ),
        definitions,
        agenda.kpis,
        week=week,
        weeks=weeks,
        marketplaces=plan.marketplaces,
        rates=plan.rates,
    )
    card = mark_reduced(card, {pair for each in reduced for pair in each.pairs})
    return replace(card, problems=card.problems + overruled_values(card, data, definitions))


def _counted_kinds(known: ReportTypes) -> CountedKinds:
    """Return how the report types of a team count."""
    return CountedKinds(
        snapshots=frozenset(each.id for each in known.kinds if each.is_snapshot),
        events=frozenset(each.id for each in known.kinds if each.lists_events),
        unsteady=KEPT_BY_HAND.union(each.id for each in known.kinds if each.may_be_empty),
    )


def _report_types(agenda: Agenda) -> tuple[ReportTypes, tuple[Diagnostic, ...]]:
    """Return the report types of an agenda's team, and the diagnostics of its `reports.toml`."""
    return read_custom_reports(Path(agenda.file).parent / CUSTOM_REPORTS_FILE)


def load_definitions(agenda: Agenda) -> tuple[tuple[KpiDefinition, ...], tuple[Diagnostic, ...]]:
    """Return the KPI definitions of an agenda, and the diagnostics of the team's file."""
    people = [person.id for person in agenda.people]
    return read_definitions(Path(agenda.file).parent, people)


def load_facts(
    agenda: Agenda,
    since: date,
    progress: ProgressCallback | None = None,
    *,
    today: date,
    is_apart: bool = False,
) -> PreparedData:
    """Read the reports of an agenda in this process; return the facts from a day to today."""
    known, diagnostics = _report_types(agenda)
    data = read_folder(
        Path(agenda.file).parent / agenda.data.folder,
        agenda.data.marketplaces,
        known=known,
        since=since,
        progress=progress,
        tolerance=agenda.data.disagreement,
        today=today,
        week_ends_on=agenda.data.week_ends_on,
        is_apart=is_apart,
    )
    return replace(data, problems=(*diagnostics, *data.problems))


def load_breakdown(
    agenda: Agenda,
    week: Week,
    definition: KpiDefinition,
    _progress: ProgressCallback | None = None,
    *,
    is_apart: bool = False,
) -> Breakdown:
    """Return the sums by name of a KPI's measures, read in this process."""
    known, _ = _report_types(agenda)
    names = (*definition.numerator, *definition.denominator)
    return read_breakdown(
        Path(agenda.file).parent / agenda.data.folder,
        agenda.data.marketplaces,
        [Measure(name.removeprefix("-")) for name in names],
        (week, week.back(1)),
        known,
        is_apart=is_apart,
    )


def _receive_result(results: IO[bytes], progress: ProgressCallback | None) -> Any:
    while True:
        value = pickle.load(results)  # noqa: S301  (our own program wrote it)
        if isinstance(value, Message):
            raise StorageError(value.text, **dict(value.values))
        if not isinstance(value, LoadProgress):
            return value
        if progress is not None:
            progress(value)


def _serve_request(requests: IO[bytes], results: IO[bytes]) -> None:
    """Serve one request in the subprocess: read it, write progress, then the result."""
    task = pickle.load(requests)  # noqa: S301  (our own program wrote it)

    def send(value: object) -> None:
        pickle.dump(value, results)
        results.flush()

    try:
        result = task(send)
    except FacilitatorError as error:
        result = error.message
    except OSError as error:
        said = N_("The reports cannot be read: {reason}.")
        result = message(said, reason=error.strerror or str(error))
    send(result)


def load_six_twelve(
    agenda: Agenda, on: date
) -> tuple[tuple[YearOverYear, ...], tuple[Diagnostic, ...]]:
    """Return six weeks and twelve months of each KPI with a value, totals before marketplaces.

    Read in this process, and not stored: each meeting would add two years to its journal.
    """
    plan = agenda.data
    week = last_full_week(on, plan.week_ends_on)
    definitions, _ = load_definitions(agenda)
    data = load_facts(agenda, first_day_of_year_before(week), today=on)
    data = identify_manual_values(data, definitions)
    index = FactIndex.from_facts(data.facts, plan.marketplaces, plan.rates)
    counted = (
        year_over_year(index, definition, where, week=week, year_starts_in=plan.year_starts_in)
        for definition in definitions
        for where in (ALL, *sorted(index.marketplaces_with_facts))
    )
    return tuple(each for each in counted if each.has_values), data.problems


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # the interface stays responsive
    _serve_request(sys.stdin.buffer, sys.stdout.buffer)
