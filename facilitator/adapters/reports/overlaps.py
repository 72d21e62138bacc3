"""Reports of a kind whose days overlap: each row counts once, from the newest of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.identity import Dimensions, Newer, Sifter, Superseded, Teller
from facilitator.adapters.reports.kinds import Kind, Known
from facilitator.adapters.reports.products import EVERY
from facilitator.domain.asin import asins_in
from facilitator.domain.errors import N_, Diagnostic, Severity, message
from facilitator.domain.kpis.facts import Fact, Source

ReadAgain = Callable[[FileReading, Sifter], FileReading]
"""Reads a file another time, with a sifter at its rows."""

_ACCOUNT = "account-"


def account_of(file: str) -> str:
    """The seller's account that a file belongs to: the name of its folder `account-…`."""
    folders = PurePosixPath(file).parent.parts
    return next((each for each in folders if each.casefold().startswith(_ACCOUNT)), "")


def each_row_once(
    readings: Sequence[FileReading], known: Known, read_again: ReadAgain
) -> tuple[list[FileReading], list[Diagnostic]]:
    """The readings without the rows that a newer file of their kind tells too.

    Only files that share days are read again: to note what a newer one tells, and to leave
    that out of an older one. The newest is the one with the later last day, then name.
    """
    order = {each.source.file: place for place, each in enumerate(readings)}
    newest = sorted(readings, key=lambda each: (_days(each.source).stop, each.source.file))[::-1]
    noted: dict[tuple[str, Dimensions], Newer] = {}
    found: list[FileReading] = []
    problems: list[Diagnostic] = []
    for place, reading in enumerate(newest):
        kind = known.kind(reading.source.kind)
        if kind is None:
            found.append(reading)
            continue
        file = reading.source.file
        tellers = [
            Teller(file=each.source.file, dimensions=shared, told=noted[each.source.file, shared])
            for each in newest[:place]
            if (shared := _shared(each, reading)) is not None
        ]
        tellers += _own_teller(reading, kind, read_again)
        asked = _asked(reading, newest[place + 1 :])
        if tellers or asked:
            sifter = Sifter(kind, tellers, asked)
            again = read_again(reading, sifter)
            noted |= {(file, names): Newer(sifter.rows(names)) for names in asked}
            problems += _left_out(file, sifter.refused)
            found.append(again if any(sifter.refused.values()) else reading)
        else:
            found.append(reading)
    return sorted(found, key=lambda each: order[each.source.file]), problems


def _own_teller(reading: FileReading, kind: Kind, read_again: ReadAgain) -> Iterator[Teller]:
    """Newer rows of the file itself, where some of its rows share days."""
    if _has_clashing_rows(reading.facts):
        names = reading.dimensions
        sifter = Sifter(kind, asked={names: _days(reading.source)})
        read_again(reading, sifter)
        told = Superseded(sifter.rows(names))
        yield Teller(file=reading.source.file, dimensions=names, told=told)


def _asked(reading: FileReading, older: Sequence[FileReading]) -> dict[Dimensions, range]:
    """The columns by which older files ask for rows, and the days that any of them shares."""
    asked: dict[Dimensions, range] = {}
    for each in older:
        names = _shared(reading, each)
        if names is not None:
            days = _common(_days(reading.source), _days(each.source))
            known = asked.get(names, days)
            asked[names] = range(min(days.start, known.start), max(days.stop, known.stop))
    return asked


def _left_out(file: str, refused: Mapping[str, int]) -> Iterator[Diagnostic]:
    for other, count in refused.items():
        if count and other == file:
            said = message(
                N_("Rows left out because newer rows of the file tell their days too: {count}."),
                count=count,
            )
        else:
            said = message(
                N_("Rows left out because the newer {other} tells them too: {count}."),
                count=count,
                other=other,
            )
        if count:
            yield Diagnostic(file=file, message=said, severity=Severity.WARNING)


def _shared(one: FileReading, other: FileReading) -> Dimensions | None:
    """The columns by which the two can hold the same rows; None where they cannot.

    Where both have an id, its name may have been changed since.
    """
    if not _may_overlap(one.source, other.source) or _are_apart(one, other):
        return None
    both = [name for name in one.dimensions if name in other.dimensions]
    return tuple(name for name in both if f"{name}_id" not in both)


def _may_overlap(one: Source, other: Source) -> bool:
    return (
        one.kind == other.kind
        and account_of(one.file) == account_of(other.file)
        and _products_of(one.file) == _products_of(other.file)
        and not set(one.marketplaces).isdisjoint(other.marketplaces)
        and bool(_common(_days(one), _days(other)))
    )


def _are_apart(one: FileReading, other: FileReading) -> bool:
    """Whether they are about different products of advertising."""
    left, right = ({fact.product for fact in each.facts} for each in (one, other))
    return EVERY not in left | right and left.isdisjoint(right)


def _products_of(file: str) -> frozenset[str]:
    """The products that a file's name tells: all of its rows are about them."""
    return frozenset(asins_in(PurePosixPath(file).stem))


def _days(source: Source) -> range:
    """From its first to its last day, as ordinals."""
    if source.first_day is None or source.last_day is None:
        return range(0)
    return range(source.first_day.toordinal(), source.last_day.toordinal() + 1)


def _common(one: range, other: range) -> range:
    return range(max(one.start, other.start), min(one.stop, other.stop))


def _has_clashing_rows(facts: Sequence[Fact]) -> bool:
    """Whether amounts of several days share some of them, so that they may not be added up."""
    held = {
        (each.marketplace, each.measure, each.first_day or each.day, each.day) for each in facts
    }
    windows = sorted(held)
    return any(one[:2] == other[:2] and other[2] <= one[3] for one, other in pairwise(windows))
