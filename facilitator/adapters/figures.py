"""The figures of a meeting: the prepared reports read, and every KPI counted from them.

They are read in a process of its own: this module, run as a program. In a thread pandas would
hold the interpreter's lock for tens of milliseconds at a time, and each key would wait for it; a
process also gives its memory back, ends at once when nobody waits for it any more, and keeps
pandas out of the screens.
"""

import os
import pickle
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import IO

from facilitator.adapters.kpi_file import load_definitions
from facilitator.adapters.reports import read_folder
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import N_, StorageError
from facilitator.domain.facts import Progress, ProgressCall
from facilitator.domain.kpi import Scorecard, last_full_week
from facilitator.domain.scoring import score


class ReportFigures:
    """Reads the reports in an agenda's data folder, beside this process."""

    def load(self, agenda: Agenda, on: date, progress: ProgressCall | None = None) -> Scorecard:
        """The figures of the last full week before the day `on`, and of the weeks before it.

        What `progress` raises ends the load, and is raised here.
        """
        try:
            with tempfile.TemporaryFile() as complaints:
                return _load(agenda, on, progress, complaints)
        except OSError as error:
            raise StorageError(
                N_("The reports cannot be read: {reason}."), reason=error.strerror or str(error)
            ) from error


def _load(
    agenda: Agenda, on: date, progress: ProgressCall | None, complaints: IO[bytes]
) -> Scorecard:
    program = [sys.executable, "-P", "-m", "facilitator.adapters.figures"]
    with subprocess.Popen(  # noqa: S603  (our own program)
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints
    ) as reader:
        assert reader.stdin and reader.stdout  # noqa: S101, PT018  (both are pipes)
        try:
            pickle.dump((agenda, on), reader.stdin)
            reader.stdin.close()
            return _await(reader.stdout, progress)
        except (EOFError, BrokenPipeError) as error:
            if reader.wait() < 0:
                raise StorageError(
                    N_("The system ended the reading of the reports; memory may have run out.")
                ) from error
            complaints.seek(0)
            said = complaints.read().decode(errors="replace")
            raise RuntimeError(f"The reader of the reports ended.\n{said}") from error
        finally:
            reader.kill()


def count(agenda: Agenda, on: date, progress: ProgressCall | None = None) -> Scorecard:
    """Read the reports and count the KPIs, in this process."""
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


def _await(told: IO[bytes], progress: ProgressCall | None) -> Scorecard:
    while True:
        value = pickle.load(told)  # noqa: S301  (our own program wrote it)
        if isinstance(value, Scorecard):
            return value
        if progress is not None and isinstance(value, Progress):
            progress(value)


def _answer(asked: IO[bytes], told: IO[bytes]) -> None:
    """Be the process that reads: take an agenda in, tell progress, then the scorecard."""
    agenda, on = pickle.load(asked)  # noqa: S301  (our own program wrote it)

    def tell(value: Progress | Scorecard) -> None:
        pickle.dump(value, told)
        told.flush()

    tell(count(agenda, on, tell))


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # whoever types goes first
    _answer(sys.stdin.buffer, sys.stdout.buffer)
