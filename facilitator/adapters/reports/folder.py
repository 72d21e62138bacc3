"""A data folder: every report in it read, and what several of them say twice told."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.kinds import known
from facilitator.adapters.reports.opening import unreadable
from facilitator.adapters.reports.reading import FileReading, read_file
from facilitator.adapters.reports.tables import BytesCall
from facilitator.domain.errors import N_, Message, Problem, Severity, message
from facilitator.domain.facts import (
    Fact,
    Marketplace,
    Measure,
    PreparedData,
    Progress,
    ProgressCall,
    Source,
)

SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".xlsx"})
"""What a report's name may end with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    files: tuple[tuple[Path, int], ...]
    """Each with its size."""
    problems: tuple[Problem, ...]


def read_folder(
    folder: Path,
    marketplaces: Sequence[Marketplace] = (),
    since: date | None = None,
    progress: ProgressCall | None = None,
) -> PreparedData:
    """Read every report below a folder, in the order of their names.

    `marketplaces` are the agenda's; facts of days before `since` are left out.
    """
    listing = _list(folder)
    readings: list[FileReading] = []
    problems = list(listing.problems)
    total = sum(size for _, size in listing.files)
    done = 0
    for path, size in listing.files:
        told = _telling(progress, _name(path, folder), done, size, total)
        told(0)
        reading = read_file(path, folder, tuple(marketplaces), told=told)
        done += size
        told(size)
        twin = next((each for each in readings if _is_same(each.source, reading.source)), None)
        if twin:
            problems.append(_warning(reading.source.file, _twice(twin.source)))
            continue
        readings.append(reading)
    problems += [problem for reading in readings for problem in reading.problems]
    facts, doubts = _one_voice(readings)
    return PreparedData(
        facts=tuple(fact for fact in facts if since is None or fact.day >= since),
        sources=tuple(reading.source for reading in readings),
        problems=(*problems, *doubts, *_overlaps(readings)),
    )


def _telling(
    progress: ProgressCall | None, file: str, before: int, size: int, total: int
) -> BytesCall:
    def told(done: int) -> None:
        if progress is not None:
            progress(Progress(file=file, done=min(before + min(done, size), total), total=total))

    return told


def _name(path: Path, folder: Path) -> str:
    return printable(path.relative_to(folder).as_posix())


def _list(folder: Path) -> _Listing:
    """All report files below a folder by name, and what stands in the way of finding them."""
    files: list[tuple[Path, int]] = []
    problems: list[Problem] = []

    def refused(error: OSError) -> None:
        path = Path(error.filename or folder)
        name = _name(path, folder) if path != folder else printable(folder.name)
        problems.append(Problem(file=name, message=unreadable(error).message))

    for path in _walk(folder, refused):
        try:
            status = path.stat()
        except OSError as error:
            refused(error)
            continue
        if stat.S_ISDIR(status.st_mode):
            said = message(N_("This is a folder with the name of a file; its files are read."))
            problems.append(_warning(_name(path, folder), said))
        else:
            files.append((path, status.st_size))
    files.sort(key=lambda each: each[0].relative_to(folder).as_posix())
    return _Listing(files=tuple(files), problems=tuple(problems))


def _walk(folder: Path, refused: Callable[[OSError], None]) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(each for each in folders if not _is_hidden(each))
        for name in (*folders, *files):
            if not _is_hidden(name) and Path(name).suffix.casefold() in SUFFIXES:
                yield Path(parent, name)


def _is_hidden(name: str) -> bool:
    """Hidden by the system, or the mark that Excel leaves beside an open workbook."""
    return name.startswith((".", "~$"))


def _is_same(one: Source, other: Source) -> bool:
    return bool(one.sha256) and one.sha256 == other.sha256


def _twice(source: Source) -> Message:
    return message(N_("The same file as {other}; it is counted once."), other=source.file)


def _warning(file: str, said: Message, hint: Message | None = None) -> Problem:
    return Problem(file=file, message=said, hint=hint, severity=Severity.WARNING)


def _one_voice(readings: Sequence[FileReading]) -> tuple[list[Fact], list[Problem]]:
    """Where kinds of reports say the same measure of a day, believe the most complete one."""
    rank = {reading.source.file: _rank(reading.source) for reading in readings}
    best: dict[tuple[date, Marketplace, Measure], tuple[int, str]] = {}
    facts = [fact for reading in readings for fact in reading.facts]
    for fact in facts:
        key = (fact.day, fact.marketplace, fact.measure)
        best[key] = max(best.get(key, (-1, "")), (rank[fact.source], fact.source))
    believed = [
        fact
        for fact in facts
        if rank[fact.source] == best[fact.day, fact.marketplace, fact.measure][0]
    ]
    outdone = {
        fact.source: best[fact.day, fact.marketplace, fact.measure][1]
        for fact in facts
        if rank[fact.source] < best[fact.day, fact.marketplace, fact.measure][0]
    }
    problems = [
        _warning(
            file,
            message(
                N_("{other} says the same of these days more completely, so it is believed."),
                other=other,
            ),
        )
        for file, other in outdone.items()
    ]
    return believed, problems


def _rank(source: Source) -> int:
    kind = known().kind(source.kind)
    return kind.rank if kind else 0


def _overlaps(readings: Sequence[FileReading]) -> Iterator[Problem]:
    """Two reports of a kind and marketplace about the same days may count them twice."""
    for one, other in combinations((reading.source for reading in readings), 2):
        shared = set(one.marketplaces) & set(other.marketplaces)
        if one.kind == other.kind and shared and _share_days(one, other):
            yield _warning(
                other.file,
                message(
                    N_(
                        "{other} is the same report for some of the same days in {marketplaces}; "
                        "both are counted."
                    ),
                    other=one.file,
                    marketplaces=", ".join(sorted(shared)),
                ),
                message(N_("Take one of them out if they hold the same rows.")),
            )


def _share_days(one: Source, other: Source) -> bool:
    if not (one.first_day and one.last_day and other.first_day and other.last_day):
        return False
    return one.first_day <= other.last_day and other.first_day <= one.last_day
