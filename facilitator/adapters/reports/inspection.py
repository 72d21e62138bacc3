"""Read one report file for `inspect`: what the meeting would count of it, and what not."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from facilitator.adapters.reports.bounded_reading import read_tables
from facilitator.adapters.reports.coverage import settle
from facilitator.adapters.reports.file_reading import FileReading, totals_of, without_facts
from facilitator.adapters.reports.folder import FolderReader
from facilitator.adapters.reports.report_types import ReportTypes
from facilitator.adapters.reports.source_precedence import reconcile
from facilitator.domain.errors import Diagnostic
from facilitator.domain.kpis.facts import LeftOut, Marketplace
from facilitator.domain.kpis.unplaced import unplaced_diagnostics, unplaced_facts


class DataFolder(Struct, frozen=True, kw_only=True):
    """The data folder that a file is in, with the marketplaces of its agenda."""

    path: Path
    marketplaces: tuple[Marketplace, ...] = ()


class _Counted(Struct, frozen=True, kw_only=True):
    """What is counted of the files of a folder."""

    readings: Sequence[FileReading]
    problems: Sequence[Diagnostic] = ()
    written_on: Mapping[str, date] = {}

    def of(self, reading: FileReading) -> FileReading | None:
        """Return what is counted of a file; None if it is not read."""
        name = reading.source.file, reading.part
        return next((one for one in self.readings if (one.source.file, one.part) == name), None)

    def is_twin(self, reading: FileReading) -> bool:
        """Return whether another file has the same content."""
        content = reading.source.sha256, reading.part
        return any((one.source.sha256, one.part) == content for one in self.readings)


def inspect_file(
    path: Path,
    known: ReportTypes,
    today: date,
    week_ends_on: int = 6,
    folder: DataFolder | None = None,
) -> tuple[FileReading, ...]:
    """Read a file; of a workbook with several reports return each.

    The totals are what the meeting would count; `source.left_out` says what it would not, and why.
    Rows that a newer file has too are found if the file is in the data `folder` of an agenda.
    """
    place = folder or DataFolder(path=path.parent.parent)
    readings = read_tables(path, place.path, place.marketplaces, known)
    counted = _Counted(readings=readings) if folder is None else _count_folder(folder, known)
    return tuple(_inspect(each, counted, known, today, week_ends_on) for each in readings)


def _count_folder(folder: DataFolder, known: ReportTypes) -> _Counted:
    """Read all files of a folder, each row counted once."""
    reader = FolderReader(folder.path, folder.marketplaces, known)
    readings, doubts = reader.read_all()
    told = reader.deduplicate(readings)
    return _Counted(
        readings=told.readings,
        problems=(*doubts, *told.problems),
        written_on=reader.written_on,
    )


def _inspect(
    reading: FileReading, counted: _Counted, known: ReportTypes, today: date, week_ends_on: int
) -> FileReading:
    """Return a file's reading with the totals that are counted, and all that is left out."""
    once = counted.of(reading)
    if once is None and counted.is_twin(reading):
        once = without_facts(reading, reading.facts, "duplicate")
    others = [each for each in counted.readings if each is not once]
    settled, doubts = settle([once or reading, *others], known, today, counted.written_on)
    told_once = set(map(id, reconcile(settled, known, week_ends_on=week_ends_on).facts))
    unplaced = unplaced_facts(settled[0].facts, week_ends_on)
    elsewhere = [each for each in unplaced if id(each) not in told_once]  # day by day
    lost = [each for each in unplaced if id(each) in told_once]
    placed = without_facts(without_facts(settled[0], elsewhere, "duplicate"), lost, "unplaced")
    said = [each for each in (*counted.problems, *doubts) if each.file == reading.source.file]
    return replace(
        reading,
        source=replace(reading.source, left_out=_merge(placed.source.left_out)),
        totals=totals_of(placed.facts),
        problems=tuple(dict.fromkeys((*reading.problems, *said, *unplaced_diagnostics(lost)))),
    )


def _merge(left_out: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Return one amount for each measure, currency and reason."""
    found: dict[tuple[str, str, str], LeftOut] = {}
    for each in left_out:
        key = each.measure, each.currency or "", each.reason
        if (held := found.get(key)) is None:
            found[key] = each
        else:
            amount = round(held.amount + each.amount, 6)
            found[key] = replace(held, amount=amount, rows=held.rows + each.rows)
    return tuple(found[key] for key in sorted(found))
