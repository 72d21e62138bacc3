"""Count each row once if several reports of a type overlap; the newest one counts.

Rows are matched one by one (see `same_rows`). Where a newer file has most of an older one's rows
of a day, it replaces that day as a whole. Only files that can share rows are looked at, and only
for the days that they share.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec import Struct

from facilitator.adapters.reports.ad_products import UNSPECIFIED
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.order_states import has_states, state_of, unpriced_orders
from facilitator.adapters.reports.recency import Recency
from facilitator.adapters.reports.report_types import IDENTIFIER, ReportType, ReportTypes
from facilitator.adapters.reports.row_windows import (
    days_told,
    match_windows,
    superseded_rows,
)
from facilitator.adapters.reports.same_rows import (
    ROW,
    Identity,
    RowKeys,
    match_rows,
    match_states,
    row_keys,
)
from facilitator.domain.asin import asins_in
from facilitator.domain.errors import N_, Diagnostic, Message, message, warning
from facilitator.domain.kpis.facts import Fact, Marketplace, Source

if TYPE_CHECKING:
    import polars as pl

_ACCOUNT = "account-"
_FILTERED = 0.5
"""A newer file with less than this share of the older one's rows was probably filtered."""


class RowSource(Protocol):
    """Reads the rows of a report again."""

    def rows(self, reading: FileReading, first: date, last: date) -> "pl.DataFrame":
        """Return the sound rows that touch some days, those that are passed over among them.

        Columns: `row`, `first`, `last`, `marketplace` and `product` (each "" if unknown), the
        dimensions and states of the report as normalized text, and its numbers (null: blank).
        """
        ...


class Duplicates(Struct, frozen=True, kw_only=True, eq=False):
    """The rows that must not be counted."""

    left_out: Mapping[str, "pl.DataFrame"]
    """File → a frame with the numbers of these rows as column `row`."""
    problems: tuple[Diagnostic, ...]


def account_of(file: str) -> str:
    """Return the seller account of a file: the name of its folder `account-…`."""
    folders = PurePosixPath(file).parent.parts
    return next((each for each in folders if each.casefold().startswith(_ACCOUNT)), "")


def identical_files(
    readings: Sequence[FileReading],
) -> tuple[list[FileReading], list[Diagnostic]]:
    """Return the readings without files that repeat another one byte by byte.

    Equal bytes about other days or other marketplaces, which a file's name may tell, are another
    count; so are those of another account. Files without rows are all kept.
    """
    first: dict[tuple[object, ...], Source] = {}
    found: list[FileReading] = []
    problems: list[Diagnostic] = []
    for reading in readings:
        source = reading.source
        days = source.first_day, source.last_day
        content = source.sha256, reading.part, account_of(source.file), days, source.marketplaces
        same = first.setdefault(content, source)
        if source.rows_kept and source.sha256 and same is not source:
            said = message(
                N_("This file is the same as {other}, so it is counted only once."), other=same.file
            )
            problems.append(warning(source.file, said))
        else:
            found.append(reading)
    return found, problems


def deduplicate(
    readings: Sequence[FileReading], known: ReportTypes, newer: Recency, rows: RowSource
) -> Duplicates:
    """Return the rows that a newer file of their type has too, or newer rows of their own file."""
    search = _Search(known, newer, rows)
    for reading in readings:
        search.look_within(reading)
    for group in _groups(_pairs(readings)):
        search.look_between(group)
    for reading in readings:
        search.tell_unpriced(reading)
    order = {each.source.file: place for place, each in enumerate(readings)}
    return Duplicates(
        left_out={file: frame for file, frame in search.left_out.items() if len(frame)},
        problems=tuple(sorted(search.problems, key=lambda each: order[each.file])),
    )


class _Pair(NamedTuple):
    """Two files that may share rows."""

    one: FileReading
    other: FileReading

    @property
    def files(self) -> frozenset[str]:
        return frozenset((self.one.source.file, self.other.source.file))

    @property
    def days(self) -> range:
        return _common(_days(self.one), _days(self.other))


class _Search:
    """Looks for rows that stand in several files, and keeps their numbers."""

    def __init__(self, known: ReportTypes, recency: Recency, rows: RowSource) -> None:
        self.left_out: dict[str, pl.DataFrame] = {}
        self.problems: list[Diagnostic] = []
        self._known = known
        self._recency = recency
        self._rows = rows
        self._kept: dict[tuple[str, Identity], RowKeys] = {}

    def look_within(self, reading: FileReading) -> None:
        """Leave out rows of a file whose days newer rows of its own cover."""
        kind = self._known.kind(reading.source.kind)
        if kind is None or not _has_clashing_rows(reading.facts):
            return
        identity = _identity(kind, reading, reading)
        lost = superseded_rows(self._keys(reading, kind, identity, _days(reading)))
        self._kept.clear()
        said = N_("Rows not counted because newer rows of the same file cover their days: {count}.")
        self._leave_out(reading.source.file, lost, lambda count: message(said, count=count))

    def look_between(self, pairs: Sequence[_Pair]) -> None:
        """Leave out rows of files that overlap, one with the other or through a third."""
        readings: dict[str, FileReading] = {}
        spans: dict[str, range] = {}
        waiting: Counter[str] = Counter()
        shared: dict[frozenset[str], _Pair] = {}
        for pair in pairs:
            shared[pair.files] = pair
            for each in (pair.one, pair.other):
                file = each.source.file
                readings[file] = each
                spans[file] = _hull(spans.get(file, pair.days), pair.days)
                waiting[file] += 1
        newest_first = self._recency.newest_first(tuple(readings))
        for place, file in enumerate(newest_first):
            for newer in newest_first[:place]:
                if met := shared.get(frozenset((file, newer))):
                    self._compare(readings[newer], readings[file], met.days, spans)
                    waiting.subtract(met.files)
            self._kept = {key: keys for key, keys in self._kept.items() if waiting[key[0]]}

    def tell_unpriced(self, reading: FileReading) -> None:
        """Tell how many of the orders that count have no price yet."""
        kind = self._known.kind(reading.source.kind)
        days = _days(reading)
        if kind is None or not has_states(kind) or not days or not reading.has_pending:
            return
        file = reading.source.file
        first, last = date.fromordinal(days[0]), date.fromordinal(days[-1])
        rows = self._rows.rows(reading, first, last)
        if file in self.left_out:
            rows = rows.join(self.left_out[file], on=ROW, how="anti")
        if told := unpriced_orders(file, kind, rows):
            self.problems.append(told)

    def _compare(
        self, newer: FileReading, older: FileReading, days: range, spans: Mapping[str, range]
    ) -> None:
        kind = self._known.kind(older.source.kind)
        if kind is None:
            return
        identity = _identity(kind, newer, older)
        places = _places(newer) & _places(older)
        left, right = (
            self._keys(each, kind, identity, spans[each.source.file]).within(days, sorted(places))
            for each in (newer, older)
        )
        if has_states(kind) and identity.is_certain:
            matched = self._compare_states(newer.source.file, older.source.file, left, right)
        else:
            matched = self._compare_rows(newer, older, left, right, kind, identity)
        if matched:
            self._tell_filtered(newer.source.file, older.source.file, left, right)

    def _compare_states(self, newer: str, older: str, left: RowKeys, right: RowKeys) -> int:
        """Leave out orders of which the other file has a later state, whichever is newer."""
        found = match_states(
            left.without(self.left_out.get(newer)), right.without(self.left_out.get(older))
        )
        said = N_("Orders not counted because {other} has their later state: {count}.")
        self._leave_out(older, found.older, lambda count: self._contained(newer, older, count))
        self._leave_out(newer, found.newer, lambda count: message(said, other=older, count=count))
        return len(found.older) + len(found.newer)

    def _compare_rows(
        self,
        newer: FileReading,
        older: FileReading,
        left: RowKeys,
        right: RowKeys,
        kind: ReportType,
        identity: Identity,
    ) -> int:
        """Leave out rows that the newer file has, too; one with windows does not replace days."""
        names = newer.source.file, older.source.file
        days = days_told(newer.facts), days_told(older.facts)
        windows = match_windows(left, right, *days)
        if _has_windows(newer) and not _has_windows(older):
            same = match_rows(
                right, left, is_counted=_is_counted(identity, kind, newer), replaces_days=False
            )
            contained, replaced = windows.older, same.replaced
            one_by_one = windows.newer.vstack(same.same)
        else:
            same = match_rows(
                left,
                right,
                is_counted=_is_counted(identity, kind, older),
                replaces_days=not kind.lists_events and _has_windows(newer) == _has_windows(older),
            )
            contained, replaced = same.same.vstack(windows.older), same.replaced
            one_by_one = windows.newer
        self._leave_out(names[1], contained, lambda count: self._contained(*names, count))
        self._leave_out(names[1], replaced, lambda count: _replaced(names[0], count))
        self._leave_out(names[0], one_by_one, lambda count: _one_by_one(names[1], count))
        return len(contained)

    def _keys(
        self, reading: FileReading, kind: ReportType, identity: Identity, days: range
    ) -> RowKeys:
        key = reading.source.file, identity
        if key not in self._kept:
            first, last = date.fromordinal(days[0]), date.fromordinal(days[-1])
            rows = self._rows.rows(reading, first, last)
            state = state_of(kind, rows.schema) if has_states(kind) else None
            self._kept[key] = row_keys(rows, identity, state)
        return self._kept[key]

    def _leave_out(self, file: str, rows: "pl.DataFrame", said: Callable[[int], Message]) -> None:
        """Leave out rows that are not left out already, and tell their number."""
        held = self.left_out.get(file)
        fresh = rows.unique() if held is None else rows.unique().join(held, on=ROW, how="anti")
        if fresh.is_empty():
            return
        self.left_out[file] = fresh if held is None else held.vstack(fresh)
        count = len(fresh)
        self.problems.append(warning(file, said(count), rows=count))

    def _contained(self, newer: str, older: str, count: int) -> Message:
        why = self._recency.why(newer, older)
        if why is None:
            return message(
                N_(
                    "Rows not counted because {other} contains them too: {count}. Nothing tells "
                    "which of the two files is newer; put the day of the download into their names."
                ),
                count=count,
                other=newer,
            )
        return message(
            N_(
                "Rows not counted because the newer file {other} contains them too: {count}. It is "
                "newer because {why}."
            ),
            count=count,
            other=newer,
            why=why,
        )

    def _tell_filtered(self, newer: str, older: str, left: RowKeys, right: RowKeys) -> None:
        """Tell that a newer file has far fewer rows of the days that it shares with an older."""
        there, here = len(right.of_products(left).frame), len(left.frame)
        if here >= _FILTERED * there:
            return
        said = message(
            N_(
                "It has {count} rows for days for which the older file {other} has {more}, so it "
                "was probably filtered. The other rows of {other} are counted as well."
            ),
            count=here,
            more=there,
            other=older,
        )
        self.problems.append(warning(newer, said, rows=here))


def _identity(kind: ReportType, one: FileReading, other: FileReading) -> Identity:
    """Return by which columns rows of two files are the same.

    If both have an id, its name is ignored: it may have been changed since.
    """
    figures = tuple(sorted(name for name in kind.columns if _is_figure(kind, name)))
    changing = {*kind.states, kind.later_wins}
    both = [each for each in one.dimensions if each in other.dimensions and each not in changing]
    ids = tuple(each for each in kind.same_row if each in both)
    if ids and ids[0] == kind.same_row[0]:
        return Identity(columns=ids, figures=figures, is_certain=True)
    columns = tuple(each for each in both if f"{each}_id" not in both)
    renamed = tuple(each for each in columns if each in kind.renamed)
    return Identity(columns=columns, renamed=renamed, figures=figures)


def _is_figure(kind: ReportType, name: str) -> bool:
    return kind.numbers.get(name, IDENTIFIER) != IDENTIFIER


def _replaced(other: str, count: int) -> Message:
    return message(
        N_(
            "Rows not counted because the newer file {other} has most rows of their days, but no "
            "longer these: {count}."
        ),
        count=count,
        other=other,
    )


def _one_by_one(other: str, count: int) -> Message:
    return message(
        N_("Rows not counted because {other} has their days one by one: {count}."),
        count=count,
        other=other,
    )


def _has_windows(reading: FileReading) -> bool:
    """Return whether a row of it may be about several days."""
    return any(fact.first_day is not None for fact in reading.facts)


def _is_counted(identity: Identity, kind: ReportType, reading: FileReading) -> bool:
    """Return whether rows of a file are told apart by all that they are about."""
    if identity.is_certain:
        return False
    ids = {each for each in identity.columns if each.endswith("_id")}
    named = {each.removesuffix("_id") for each in ids}
    return set(reading.dimensions) <= {*identity.columns, *named, *kind.states, kind.later_wins}


def _groups(pairs: Sequence[_Pair]) -> Iterator[list[_Pair]]:
    """Yield pairs that belong together, since files overlap directly or through others."""
    group_of: dict[str, list[_Pair]] = {}
    for pair in pairs:
        held = [group_of[file] for file in pair.files if file in group_of]
        merged = held[0] if held else []
        if len(held) == 2 and held[0] is not held[1]:
            merged.extend(held[1])
        merged.append(pair)
        group_of |= {file: merged for each in merged for file in each.files}
    yield from {id(group): group for group in group_of.values()}.values()


def _pairs(readings: Sequence[FileReading]) -> list[_Pair]:
    """Return the pairs of files that may share rows."""
    alike: dict[tuple[str, str, frozenset[str]], list[FileReading]] = {}
    for each in readings:
        source = each.source
        if source.kind and _days(each):
            key = source.kind, account_of(source.file), _asins_in_name(source.file)
            alike.setdefault(key, []).append(each)
    return [pair for group in alike.values() for pair in _overlapping(group)]


def _overlapping(readings: Sequence[FileReading]) -> Iterator[_Pair]:
    """Yield the pairs of files that share days, marketplaces and ad products."""
    products = {each.source.file: {fact.product for fact in each.facts} for each in readings}
    open_files: list[FileReading] = []
    for reading in sorted(readings, key=lambda each: _days(each).start):
        first = _days(reading).start
        open_files = [each for each in open_files if _days(each).stop > first]
        for other in open_files:
            about = [products[each.source.file] for each in (reading, other)]
            if _places(reading) & _places(other) and not _are_apart(*about):
                yield _Pair(reading, other)
        open_files.append(reading)


def _are_apart(left: set[str], right: set[str]) -> bool:
    """Return whether two files are about different ad products."""
    return bool(left and right) and UNSPECIFIED not in left | right and left.isdisjoint(right)


def _asins_in_name(file: str) -> frozenset[str]:
    """Return the ASINs in a file's name: all of its rows are about them."""
    return frozenset(asins_in(PurePosixPath(file).stem))


def _days(reading: FileReading) -> range:
    """Return the first to the last day of its rows, as ordinals."""
    reach = reading.reach or (reading.source.first_day, reading.source.last_day)
    if reach[0] is None or reach[1] is None:
        return range(0)
    return range(reach[0].toordinal(), reach[1].toordinal() + 1)


def _places(reading: FileReading) -> set[Marketplace]:
    return {*reading.source.marketplaces, *reading.places}


def _common(one: range, other: range) -> range:
    return range(max(one.start, other.start), min(one.stop, other.stop))


def _hull(one: range, other: range) -> range:
    return range(min(one.start, other.start), max(one.stop, other.stop))


def _has_clashing_rows(facts: Sequence[Fact]) -> bool:
    """Return whether amounts of several days overlap, so that rows may tell a day twice."""
    windows = sorted(
        {(each.marketplace, each.measure, each.first_day or each.day, each.day) for each in facts}
    )
    return any(one[:2] == other[:2] and other[2] <= one[3] for one, other in pairwise(windows))
