"""Read every report in a data folder, and report rows and days that stand in several."""

import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from msgspec import Struct

from facilitator.adapters.reports.cache import CachedReadings, ReportCache
from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.deduplicate import RowDeduplicator, account_of, deduplicate
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.reading import read_file, read_tables
from facilitator.adapters.reports.report_types import ReportTypes, packaged_report_types
from facilitator.adapters.reports.sniff import (
    Fingerprint,
    Stamp,
    UnreadableError,
    fingerprint,
    stamp_of,
    unreadable_message,
)
from facilitator.adapters.reports.source_precedence import TOLERANCE, reconcile
from facilitator.adapters.reports.sums_by_name import SumsByName
from facilitator.adapters.reports.tables import BytesCall
from facilitator.adapters.reports.text_rows import HANDS, Effort
from facilitator.domain.errors import N_, Diagnostic, Message, Severity, message
from facilitator.domain.kpis.facts import (
    LoadProgress,
    Marketplace,
    PreparedData,
    ProgressCallback,
    Source,
)

SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".zip"})
"""The suffixes of report files; for the last two a diagnostic says what to do."""


_LONG = 1 << 20
"""Bytes that take a while to hash."""


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
) -> PreparedData:
    """Read every report in a folder and its subfolders, in the order of their names.

    `marketplaces` are the agenda's; facts of days before `since` are left out. Results are cached
    in the folder, so that only changed files are read again. Two report types disagree if they
    differ by more than `tolerance`, a fraction. Facts of days after `today` are left out; weeks
    end on the weekday `week_ends_on`: Monday 0 … Sunday 6.
    """
    known = known or packaged_report_types()
    with ThreadPoolExecutor(HANDS) as hands:
        reader = FolderReader(folder, tuple(marketplaces), known, hands)
        readings, doubts = reader.read_all(progress)
        told = reader.deduplicate(readings)
    problems = [problem for reading in told.readings for problem in reading.problems]
    chosen = reconcile(told.readings, known, since, tolerance)
    return PreparedData(
        facts=chosen.facts,
        sources=tuple(reading.source for reading in told.readings),
        problems=(*doubts, *problems, *told.problems, *chosen.problems),
        disagreements=chosen.disagreements,
    )


class FolderReader:
    """Reads the files of a folder that are not in the cache."""

    def __init__(
        self,
        folder: Path,
        marketplaces: tuple[Marketplace, ...],
        known: ReportTypes,
        hands: Executor,
    ) -> None:
        self._folder = folder
        self._marketplaces = marketplaces
        self._known = known
        self._hands = hands
        self._shelf = ReportCache(folder, known, marketplaces)
        self._paths: dict[str, Path] = {}

    def read_all(
        self, progress: ProgressCallback | None = None
    ) -> tuple[list[FileReading], list[Diagnostic]]:
        """Read all files, each content once; return the readings and diagnostics."""
        listing = _list(self._folder)
        files, reporter = listing.files, _ProgressReporter(listing.files, progress)
        kept = {file: self._shelf.get_by_stamp(file.name, file.stamp) for file in files}
        changed = [file for file, reading in kept.items() if reading is None]
        hashed = _hashed_ahead(changed, self._hands)
        for file in files:
            told = partial(reporter.tell, file)
            told(0)
            if kept[file] is None:
                kept[file] = self._read(file, next(hashed), told)
            told(file.stamp.size)
        self._shelf.remove_stale([file.name for file in files])
        read = [(file.path, each) for file in files for each in kept[file] or ()]
        self._paths = {reading.source.file: path for path, reading in read}
        readings, twins = _drop_identical_files([reading for _, reading in read])
        return readings, [*listing.problems, *twins]

    def _read(
        self, file: _Listed, hashed: Future[Fingerprint], told: BytesCall
    ) -> tuple[FileReading, ...]:
        if file.stamp.size > _LONG:
            import pandas  # noqa: F401  (while the first file is hashed)
        try:
            seen = hashed.result()
        except (OSError, UnreadableError):
            return self._tables(file.path, Effort())  # which says why
        readings = self._shelf.get_by_content(file.name, seen.sha256)
        if readings is None:
            readings = self._tables(file.path, Effort(told=told, hands=self._hands), seen)
        self._shelf.keep(file.name, file.path, seen.stamp, readings)
        return readings

    def _tables(
        self, path: Path, effort: Effort, seen: Fingerprint | None = None
    ) -> tuple[FileReading, ...]:
        return read_tables(
            path, self._folder, self._marketplaces, self._known, effort=effort, seen=seen
        )

    def deduplicate(self, readings: list[FileReading]) -> CachedReadings:
        """Return the readings without rows that newer files have too."""
        kept = self._shelf.whole(readings)
        if kept is not None:
            return kept
        is_read_again = False

        def read_again(reading: FileReading, deduplicator: RowDeduplicator) -> FileReading:
            nonlocal is_read_again
            is_read_again = True
            return self.read_again(reading, deduplicator)

        found, problems = deduplicate(readings, self._known, read_again)
        told = CachedReadings(readings=tuple(found), problems=tuple(problems))
        if is_read_again:
            self._shelf.put_combined(readings, told)
        return told

    def read_again(
        self,
        reading: FileReading,
        deduplicator: RowDeduplicator | None = None,
        names: SumsByName | None = None,
    ) -> FileReading:
        """Read one of the files again, with a deduplicator or sums by name."""
        return read_file(
            self._paths[reading.source.file],
            self._folder,
            self._marketplaces,
            self._known,
            effort=Effort(hands=self._hands),
            part=reading.part,
            deduplicator=deduplicator,
            names=names,
        )


def _hashed_ahead(files: Sequence[_Listed], hands: Executor) -> Iterator[Future[Fingerprint]]:
    """Yield each file's fingerprint; the next one is computed while a file is read."""
    futures = (hands.submit(fingerprint, file.path) for file in files)
    ahead = deque(islice(futures, 1))
    while ahead:
        ahead.extend(islice(futures, 1))
        yield ahead.popleft()


class _ProgressReporter:
    """Reports the progress of reading several files."""

    def __init__(self, files: Sequence[_Listed], progress: ProgressCallback | None) -> None:
        self._progress = progress
        self._done = {file.name: 0 for file in files}
        self._total = sum(file.stamp.size for file in files)

    def tell(self, file: _Listed, done: int) -> None:
        """Report the bytes read of a file; a second pass over it changes nothing."""
        self._done[file.name] = max(self._done[file.name], min(done, file.stamp.size))
        if self._progress is not None:
            done = sum(self._done.values())
            self._progress(LoadProgress(file=file.name, done=done, total=self._total))


def _drop_identical_files(
    readings: Sequence[FileReading],
) -> tuple[list[FileReading], list[Diagnostic]]:
    """Keep one of identical files of an account; files without rows are all kept."""
    first: dict[tuple[str, str, str], Source] = {}
    found: list[FileReading] = []
    problems: list[Diagnostic] = []
    for reading in readings:
        source = reading.source
        content = source.sha256, reading.part, account_of(source.file)
        same = first.setdefault(content, source)
        if source.rows_kept and same is not source:
            said = message(
                N_("This file is the same as {other}, so it is counted only once."), other=same.file
            )
            problems.append(_warning(source.file, said))
        else:
            found.append(reading)
    return found, problems


def _name(path: Path, folder: Path) -> str:
    return printable(path.relative_to(folder).as_posix())


def _list(folder: Path) -> _Listing:
    """Return all report files in a folder and its subfolders, and diagnostics."""
    files: list[_Listed] = []
    problems: list[Diagnostic] = []

    def refused(error: OSError) -> None:
        path = Path(error.filename or folder)
        name = _name(path, folder) if path != folder else printable(folder.name)
        problems.append(Diagnostic(file=name, message=unreadable_message(error)))

    names: set[str] = set()
    for path in _walk(folder, refused):
        try:
            status = path.stat()
        except OSError as error:
            refused(error)
            continue
        name = _name(path, folder)
        if stat.S_ISDIR(status.st_mode):
            said = message(
                N_("This is a folder with the name of a file. The files in it were read.")
            )
            problems.append(_warning(name, said))
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
        folders[:] = sorted(each for each in folders if not _is_hidden(each))
        for name in (*folders, *sorted(files)):
            if not _is_hidden(name) and Path(name).suffix.casefold() in SUFFIXES:
                yield Path(parent, name)


def _is_hidden(name: str) -> bool:
    """Return whether a file is hidden, or the lock file of a workbook open in Excel."""
    return name.startswith((".", "~$"))


def _warning(file: str, said: Message, hint: Message | None = None) -> Diagnostic:
    return Diagnostic(file=file, message=said, hint=hint, severity=Severity.WARNING)
