"""Read every report in a data folder: each row once, and of several sources the best."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.adapters.reports.bounded_reading import read_tables
from facilitator.adapters.reports.cache import CachedReadings, ReportCache
from facilitator.adapters.reports.containers import READABLE_SUFFIXES, is_hidden_file, unread_file
from facilitator.adapters.reports.coverage import settle
from facilitator.adapters.reports.deduplicate import Duplicates, deduplicate, identical_files
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.marketplaces import symbols
from facilitator.adapters.reports.open_report import (
    NotRead,
    OpenReport,
    ReadingContext,
    name_of,
    opened,
)
from facilitator.adapters.reports.reading import failed_reading, read_report
from facilitator.adapters.reports.recency import FileVersion, Recency
from facilitator.adapters.reports.report_types import (
    ReportTypes,
    packaged_report_types,
    vocabulary,
)
from facilitator.adapters.reports.row_frame import row_frame
from facilitator.adapters.reports.sniff import (
    Fingerprint,
    LostFileError,
    Stamp,
    UnreadableError,
    fingerprint,
    stamp_of,
    unreadable_message,
)
from facilitator.adapters.reports.source_precedence import TOLERANCE, reconcile
from facilitator.domain.errors import N_, Diagnostic, message, warning
from facilitator.domain.kpis.facts import (
    LoadProgress,
    Marketplace,
    PreparedData,
    ProgressCallback,
)

if TYPE_CHECKING:
    import polars as pl

_CHANGED = N_("The file changed while it was being read. Read the reports again.")
_HANDS = 2
"""Files that are read at the same time: more would take too much memory."""


class _Listed(Struct, frozen=True, kw_only=True):
    """A file of the folder."""

    path: Path
    name: str
    """Relative to the folder, as people may see it."""
    stamp: Stamp


class _Listing(Struct, frozen=True, kw_only=True):
    files: tuple[_Listed, ...]
    problems: tuple[Diagnostic, ...]


def read_folder(
    folder: Path,
    marketplaces: Sequence[Marketplace] = (),
    since: date | None = None,
    progress: ProgressCallback | None = None,
    known: ReportTypes | None = None,
    tolerance: float = TOLERANCE,
    *,
    today: date | None = None,
    week_ends_on: int = 6,
    is_apart: bool = False,
) -> PreparedData:
    """Read every report in a folder and its subfolders, in the order of their names.

    `marketplaces` are the agenda's; facts of days before `since` and after `today` are left out.
    Results are cached in the folder, so that only changed files are read again. Two report types
    disagree if they differ by more than `tolerance`, a fraction. Weeks end on the weekday
    `week_ends_on` (Monday 0 … Sunday 6). If `is_apart`, each file is read in a process of its own:
    it may end the process that reads it.
    """
    known = known or packaged_report_types()
    reader = FolderReader(folder, tuple(marketplaces), known, is_apart=is_apart)
    readings, doubts = reader.read_all(progress)
    told = reader.deduplicate(readings)
    settled, unsettled = settle(told.readings, known, today, reader.written_on)
    problems = [problem for reading in settled for problem in reading.problems]
    chosen = reconcile(settled, known, since, tolerance, week_ends_on)
    return PreparedData(
        facts=chosen.facts,
        sources=tuple(reading.source for reading in settled),
        problems=(*doubts, *problems, *told.problems, *unsettled, *chosen.problems),
        disagreements=chosen.disagreements,
    )


class FolderReader:
    """Reads the files of a folder that are not in the cache."""

    def __init__(
        self,
        folder: Path,
        marketplaces: tuple[Marketplace, ...],
        known: ReportTypes,
        *,
        is_apart: bool = False,
    ) -> None:
        self._is_apart = is_apart
        self._folder = folder
        self._context = ReadingContext(root=folder, marketplaces=marketplaces, known=known)
        self._again = replace(self._context, is_bounded=True)  # what is too heavy has no rows
        self._cache = ReportCache(folder, known, marketplaces)
        self._paths: dict[str, Path] = {}
        self._modified: dict[str, int] = {}

    def read_all(
        self, progress: ProgressCallback | None = None
    ) -> tuple[list[FileReading], list[Diagnostic]]:
        """Read all files, each content once; return the readings and diagnostics."""
        listing = _list(self._folder)
        reporter = _ProgressReporter(listing.files, progress)
        kept = {file: self._cache.get_by_stamp(file.name, file.stamp) for file in listing.files}
        if not all(kept.values()):
            _load_vocabulary()
        with ThreadPoolExecutor(_HANDS) as hands:
            changed: dict[_Listed, Future[tuple[FileReading, ...]]] = {
                file: hands.submit(self._read, file)
                for file, reading in kept.items()
                if reading is None
            }
            for file in listing.files:
                reporter.begin(file)
                if file in changed:
                    kept[file] = changed[file].result()
                reporter.end(file)
        self._cache.remove_stale([file.name for file in listing.files])
        read = [(file, each) for file in listing.files for each in kept[file] or ()]
        self._paths = {reading.source.file: file.path for file, reading in read}
        self._modified = {reading.source.file: file.stamp.modified for file, reading in read}
        readings, twins = identical_files([reading for _, reading in read])
        return readings, [*listing.problems, *twins]

    def _read(self, file: _Listed) -> tuple[FileReading, ...]:
        try:
            seen = fingerprint(file.path)
        except (OSError, UnreadableError):
            return self._tables(file.path)  # which says why
        readings = self._cache.get_by_content(file.name, seen.sha256)
        if readings is None:
            readings = self._tables(file.path, seen)
        self._cache.keep(file.name, file.path, seen.stamp, readings)
        return readings

    def _tables(self, path: Path, seen: Fingerprint | None = None) -> tuple[FileReading, ...]:
        context = self._context
        return read_tables(
            path,
            context.root,
            context.marketplaces,
            context.known,
            seen=seen,
            is_apart=self._is_apart,
        )

    @property
    def written_on(self) -> dict[str, date]:
        """The day on which each file was last written, in UTC."""
        return {
            file: datetime.fromtimestamp(modified / 1e9, UTC).date()
            for file, modified in self._modified.items()
        }

    def recency(self, readings: Sequence[FileReading]) -> Recency:
        """Return which of the files are newer than others.

        A day after the last file was written is wrong, so it does not make a file a newer one.
        """
        latest = max(self.written_on.values(), default=date.max)
        return Recency(
            [
                FileVersion(
                    file=each.source.file,
                    modified=self._modified[each.source.file],
                    last_day=_last_day(each, latest),
                    updated_on=each.source.updated_on,
                )
                for each in readings
            ]
        )

    def deduplicate(self, readings: list[FileReading]) -> CachedReadings:
        """Return the readings without rows that newer files have too.

        A file that cannot be read any more, to compare its rows, is left out and told.
        """
        while True:
            try:
                return self._deduplicated(readings)
            except LostFileError as lost:
                readings = [
                    failed_reading(lost.file, "", NotRead(said=lost.said))
                    if each.source.file == lost.file
                    else each
                    for each in readings
                ]

    def _deduplicated(self, readings: list[FileReading]) -> CachedReadings:
        newer = self.recency(readings)
        order = newer.newest_first([each.source.file for each in readings])
        kept = self._cache.get_combined(readings, order)
        if kept is not None:
            return kept
        found = self.find_duplicates(readings)
        told = CachedReadings(
            readings=tuple(
                self._without(each, found.left_out[each.source.file]["row"])
                if each.source.file in found.left_out
                else each
                for each in readings
            ),
            problems=found.problems,
        )
        if len(readings) > 1:
            self._cache.put_combined(readings, order, told)
        return told

    def find_duplicates(self, readings: Sequence[FileReading]) -> Duplicates:
        """Return the rows that newer files have too."""
        return deduplicate(readings, self._context.known, self.recency(readings), self)

    def rows(self, reading: FileReading, first: date, last: date) -> "pl.DataFrame":
        """Return the sound rows of a file that touch some days, one by one."""
        with self.open(reading) as report:
            return row_frame(report, first, last)

    def _without(self, reading: FileReading, rows: "pl.Series") -> FileReading:
        path = self._paths[reading.source.file]
        return read_report(path, self._again, part=reading.part, duplicates=rows)

    @contextmanager
    def open(
        self, reading: FileReading, duplicates: "pl.Series | None" = None
    ) -> Iterator[OpenReport]:
        """Open one of the files again; raises `LostFileError` if it cannot be read any more."""
        file = reading.source.file
        path = self._paths[file]
        try:
            with opened(path, self._again, part=reading.part, duplicates=duplicates) as report:
                if isinstance(report, NotRead):
                    raise LostFileError(file, message(_CHANGED))
                yield report
        except OSError as error:
            raise LostFileError(file, unreadable_message(error)) from error
        except LostFileError:
            raise
        except UnreadableError as error:
            raise LostFileError(file, error.message) from error


def _load_vocabulary() -> None:
    """Load the words of all reports in this thread.

    msgspec crashes if two threads convert values to the same type for the first time.
    """
    vocabulary()
    symbols()


class _ProgressReporter:
    """Reports the progress of reading several files."""

    def __init__(self, files: Sequence[_Listed], progress: ProgressCallback | None) -> None:
        self._progress = progress
        self._done = 0
        self._total = sum(file.stamp.size for file in files)

    def begin(self, file: _Listed) -> None:
        """Report the file that is read."""
        if self._progress is not None:
            told = LoadProgress(file=file.name, done=self._done, total=self._total)
            self._progress(told)

    def end(self, file: _Listed) -> None:
        """Report that a file was read."""
        self._done += file.stamp.size
        self.begin(file)


def _last_day(reading: FileReading, latest: date) -> date | None:
    """Return the last day of a reading until `latest`, or, if all are later, its last day."""
    said = reading.source.last_day
    if said is None or said <= latest:
        return said
    return max((fact.day for fact in reading.facts if fact.day <= latest), default=said)


def _list(folder: Path) -> _Listing:
    """Return all files in a folder and its subfolders, and diagnostics."""
    files: list[_Listed] = []
    problems: list[Diagnostic] = []

    def refused(error: OSError) -> None:
        path = Path(error.filename or folder)
        name = name_of(path, folder) if path != folder else name_of(path, folder.parent)
        problems.append(Diagnostic(file=name, message=unreadable_message(error)))

    names: set[str] = set()
    for path in _walk(folder, refused):
        try:
            status = path.stat()
        except OSError as error:
            refused(error)
            continue
        name = name_of(path, folder)
        if stat.S_ISDIR(status.st_mode):
            if path.suffix.casefold() in READABLE_SUFFIXES:
                text = N_("This is a folder with the name of a file. The files in it were read.")
                problems.append(warning(name, message(text)))
        elif unread := unread_file(path.name):
            problems.append(warning(name, unread.message))
        elif name in names:
            said = message(
                N_("Another file's name looks exactly the same, so this one was not read.")
            )
            hint = message(N_("Rename one of them without invisible characters."))
            problems.append(Diagnostic(file=name, message=said, hint=hint))
        else:
            names.add(name)
            files.append(_Listed(path=path, name=name, stamp=stamp_of(status)))
    files.sort(key=lambda each: each.path.relative_to(folder).as_posix())
    return _Listing(files=tuple(files), problems=tuple(problems))


def _walk(folder: Path, refused: Callable[[OSError], None]) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(each for each in folders if not is_hidden_file(each))
        for name in (*folders, *sorted(files)):
            if not is_hidden_file(name):
                yield Path(parent, name)
