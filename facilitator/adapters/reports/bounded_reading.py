"""Read a file, in a process of its own if it may take much time or memory, or end its reader."""

import pickle
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.reports.bounded_process import (
    MOST_MEGABYTES,
    MOST_SECONDS,
    Ending,
    run_bounded,
)
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.open_report import NotRead, ReadingContext, name_of
from facilitator.adapters.reports.reading import failed_reading, read_all_reports
from facilitator.adapters.reports.report_types import ReportTypes, packaged_report_types
from facilitator.adapters.reports.sniff import Fingerprint, HeavyFileError, unreadable_message
from facilitator.domain.errors import N_, Message, message
from facilitator.domain.kpis.facts import Marketplace

_PROGRAM = "facilitator.adapters.reports.bounded_reader"


def read_tables(
    path: Path,
    root: Path,
    marketplaces: tuple[Marketplace, ...],
    known: ReportTypes | None = None,
    *,
    seen: Fingerprint | None = None,
    is_apart: bool = False,
) -> tuple[FileReading, ...]:
    """Read a file; of a workbook with several reports return each, the best match first.

    `root` is the data folder; `marketplaces` are those of the agenda. `seen` is the file's
    fingerprint, where that was taken already. All that is wrong becomes a diagnostic, also that
    the file takes too much. If `is_apart`, it is read in a process of its own in any case.
    """
    context = ReadingContext(
        root=root, marketplaces=marketplaces, known=known or packaged_report_types()
    )
    if not is_apart:
        try:
            return read_all_reports(path, context, seen)
        except HeavyFileError:
            pass
    return _read_apart(path, replace(context, is_bounded=True), seen)


def _read_apart(
    path: Path, context: ReadingContext, seen: Fingerprint | None
) -> tuple[FileReading, ...]:
    """Read a file in a process of its own."""
    name = name_of(path, context.root)
    try:
        run = run_bounded(["-m", _PROGRAM], pickle.dumps((path, context, seen)))
    except OSError as error:
        return (failed_reading(name, "", NotRead(said=unreadable_message(error))),)
    if run.ending is Ending.DONE:
        readings: tuple[FileReading, ...] = pickle.loads(run.output)  # noqa: S301  (our own)
        return readings
    may_pass = run.ending is Ending.TOO_SLOW or seen is None
    sha256 = "" if may_pass or seen is None else seen.sha256
    return (failed_reading(name, sha256, NotRead(said=_why(run.ending), hint=_HINT)),)


def _why(ending: Ending) -> Message:
    if ending is Ending.TOO_SLOW:
        return message(
            N_("Reading the file took more than {seconds} seconds, so it was given up."),
            seconds=MOST_SECONDS,
        )
    if ending is Ending.TOO_MUCH_MEMORY:
        return message(
            N_("Reading the file took more than {most} MB of memory, so it was given up."),
            most=MOST_MEGABYTES,
        )
    return message(N_("The file is damaged: it stopped the program that reads it."))


_HINT = message(
    N_(
        "Check that it is a report exactly as downloaded. If it is, download it for a shorter "
        "period, as CSV."
    )
)
