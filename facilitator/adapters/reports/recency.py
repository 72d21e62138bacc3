"""Find which of two files is newer, and say why.

What a report says of itself is believed first, then the last day it covers, a date in its name,
the mark of a browser or a file manager on a copy, and the file's time. The alphabet never decides.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cached_property, cmp_to_key, lru_cache
from pathlib import PurePosixPath

from msgspec import Struct

from facilitator.adapters.reports.dates_in_names import NamedMoment, dates_in_names
from facilitator.domain.errors import N_, Message, message

_NANOSECONDS = 1_000_000_000
_COPY_WORDS = "copy|copie|kopie|kopia|kopya|copia|cópia|的副本|副本|のコピー|コピー|복사본"
_COPY_MARK = re.compile(
    rf"(?:[\s_]*\((\d{{1,3}})\)|[\s_-]*(?<![^\W_])({_COPY_WORDS})(?:\s(\d{{1,3}}))?)$"
)
_COPY_OF = re.compile(r"^(?:copy of|kopie von|copie de|copia de|copia di|cópia de)\s+")
_CJK_COPY = re.compile(r"(.*[^\s_-])(的副本|副本|のコピー|コピー|복사본)(?:\s?(\d{1,3}))?$")
_NUMBER = re.compile(r"\d+")


class FileVersion(Struct, frozen=True, kw_only=True):
    """What tells how new a file is."""

    file: str
    """Its name, relative to the data folder."""
    modified: float = 0.0
    """The file's time in nanoseconds; 0 if it is not known."""
    last_day: date | None = None
    """The last day that it covers."""
    updated_on: date | None = None
    """The day on which the report says that it was made or last changed."""


class _CopyName(Struct, frozen=True):
    """A file's name without the marks of copies, and those marks, the innermost first."""

    original: str
    marks: tuple[tuple[str, int], ...]


class Verdict(Struct, frozen=True):
    """Which of two files is newer, and why."""

    newer: str
    why: Message | None = None
    """A clause after “because”; None if nothing tells them apart, so that one was taken."""


class Recency:
    """Compares the files of a folder."""

    def __init__(self, files: Sequence[FileVersion]) -> None:
        self._files = {each.file: each for each in files}

    @cached_property
    def _moments(self) -> Mapping[str, NamedMoment]:
        """The dates in the names; found for all files together, since one decides for others."""
        reference = {name: _reference_day(each) for name, each in self._files.items()}
        return dates_in_names(reference)

    def newest_first(self, files: Sequence[str]) -> tuple[str, ...]:
        """Return files from the newest to the oldest, whatever the order in which they are given.

        Two files may tell different things, so that three can go round in a circle: then `why`
        says so.
        """

        def order(one: str, other: str) -> int:
            return -1 if self.compare(one, other).newer == one else 1

        return tuple(sorted(sorted(set(files), key=_arbitrary), key=cmp_to_key(order)))

    def compare(self, one: str, other: str) -> Verdict:
        """Return which of two files is newer, and why."""
        found = next(self._told(one, other), None)
        if found is not None:
            return found
        if _numbers(one) != _numbers(other):
            return Verdict(
                max(one, other, key=_numbers), message(N_("the number in its name is higher"))
            )
        return Verdict(max(one, other, key=_arbitrary))

    def why(self, newer: str, older: str) -> Message | None:
        """Return why `newer` comes before `older` in `newest_first`: see `Verdict.why`."""
        found = self.compare(newer, older)
        if found.newer == newer:
            return found.why
        return message(N_("a third file stands between the two"))

    def _told(self, one: str, other: str) -> Iterator[Verdict]:
        """Yield what tells which is newer, the most reliable first."""
        versions = self._files.get(one, _NO_VERSION), self._files.get(other, _NO_VERSION)
        yield from _later(
            (one, other),
            [each.updated_on for each in versions],
            N_("the report was made on {newer}, and this one on {older}"),
        )
        yield from _later(
            (one, other),
            [each.last_day for each in versions],
            N_("it covers days until {newer}, and this one until {older}"),
        )
        moments = [self._moments.get(each) for each in (one, other)]
        yield from _later_name((one, other), moments)
        yield from _later_copy(one, other)
        times = [each.modified for each in versions]
        if all(times) and times[0] != times[1]:
            newer = one if times[0] > times[1] else other
            yield Verdict(newer, message(N_("it was saved later")))


_NO_VERSION = FileVersion(file="")


def _reference_day(version: FileVersion) -> date | None:
    """Return the day near which a date in the name must be to be plausible."""
    if version.last_day is not None or not version.modified:
        return version.last_day
    return datetime.fromtimestamp(version.modified / _NANOSECONDS, UTC).date()


def _later(files: tuple[str, str], days: Sequence[date | None], said: str) -> Iterator[Verdict]:
    """Yield the file with the later day, if both have one."""
    one, other = days
    if one is None or other is None or one == other:
        return
    newer = files[0] if one > other else files[1]
    latest, earliest = max(one, other).isoformat(), min(one, other).isoformat()
    yield Verdict(newer, message(said, newer=latest, older=earliest))


def _later_name(files: tuple[str, str], moments: Sequence[NamedMoment | None]) -> Iterator[Verdict]:
    one, other = moments
    if one is None or other is None:
        return
    said = N_("its name says {newer}, and the name of this one {older}")
    yield from _later(files, (one.day, other.day), said)
    if one.day == other.day and one.at and other.at and one.at != other.at:
        newer = files[0] if one.at > other.at else files[1]
        day = one.day.isoformat()
        latest, earliest = (
            f"{day} {each.isoformat()}" for each in (max(one.at, other.at), min(one.at, other.at))
        )
        yield Verdict(newer, message(said, newer=latest, older=earliest))


def _later_copy(one: str, other: str) -> Iterator[Verdict]:
    """Yield the copy, or the later of two copies, of one original."""
    left, right = _copy_name(one), _copy_name(other)
    if left.original != right.original or left.marks == right.marks:
        return
    said = message(N_("its name marks it as a later copy"))
    for (mark, number), (other_mark, other_number) in zip(left.marks, right.marks, strict=False):
        if mark != other_mark:
            return
        if number != other_number:
            yield Verdict(one if number > other_number else other, said)
            return
    yield Verdict(one if len(left.marks) > len(right.marks) else other, said)


@lru_cache(maxsize=4096)
def _copy_name(file: str) -> _CopyName:
    path = PurePosixPath(unicodedata.normalize("NFKC", file).casefold())
    stem = path.stem.strip()
    marks: list[tuple[str, int]] = []
    while found := _COPY_MARK.search(stem) or _CJK_COPY.search(stem):
        if found.re is _COPY_MARK:
            number, word, word_number = found.groups()
            mark = ("copy", int(word_number or 1)) if word else ("(", int(number))
            rest = stem[: found.start()]
        else:
            rest, _, word_number = found.groups()
            mark = ("copy", int(word_number or 1))
        if not rest.strip():
            break
        stem = rest.strip()
        if marks and mark[0] == "copy" and marks[-1][0] == "(":  # `- Copy (2)` is the second copy
            mark = ("copy", marks.pop()[1])
        marks.append(mark)
    if found := _COPY_OF.match(stem):
        stem = stem[found.end() :]
        marks.append(("copy", 1))
    return _CopyName(f"{path.parent}/{stem}{path.suffix}", tuple(reversed(marks)))


@lru_cache(maxsize=4096)
def _numbers(file: str) -> tuple[int, ...]:
    """Return the numbers in a name, as far as a person would compare them."""
    return tuple(int(each[:18]) for each in _NUMBER.findall(PurePosixPath(file).stem))


def _arbitrary(file: str) -> tuple[tuple[int, ...], int, str]:
    """Return an order for files that nothing tells apart: it must only always be the same."""
    return _numbers(file), len(file), file
