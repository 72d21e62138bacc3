"""Many reports, one voice: which is believed where several say the same, and where they differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import PurePosixPath

from facilitator.adapters.reports.differences import Said, Subject, days_of, differences, facts_of
from facilitator.adapters.reports.file_reading import FileReading
from facilitator.adapters.reports.kinds import Known
from facilitator.adapters.reports.overlaps import account_of
from facilitator.adapters.reports.products import EVERY, ad_products, rivals
from facilitator.domain.errors import N_, Diagnostic, Severity, message
from facilitator.domain.kpis.facts import Disagreement, Fact

TOLERANCE = 0.05
"""How far two kinds may differ, as a share of the larger amount, and still be said to agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneVoice:
    """What is believed of all that was said."""

    facts: tuple[Fact, ...]
    problems: tuple[Diagnostic, ...]
    disagreements: tuple[Disagreement, ...]


def one_voice(
    readings: Sequence[FileReading],
    known: Known,
    since: date | None = None,
    tolerance: float = TOLERANCE,
) -> OneVoice:
    """Where kinds of reports say the same measure of a day, believe the most complete one.

    Kinds of the same rank speak of different things, such as returns to Amazon and returns to
    the seller: they add up. So do products of advertising, whatever kind of report tells them.
    Facts of days before `since` are left out. Accounts speak for themselves and add up.
    """
    subjects = _by_subject(readings, known, since)
    partial = {each.id for each in known.kinds if each.is_partial}
    problems: dict[str, Diagnostic] = {}
    facts: list[Fact] = []
    disagreements: list[Disagreement] = []
    for subject, said in subjects.items():
        facts += _believed(said, problems)
        disagreements += differences(subject, said, partial, tolerance)
    order = {each.source.file: place for place, each in enumerate(readings)}
    return OneVoice(
        facts=tuple(sorted(facts, key=lambda each: (order[each.source], each.day))),
        problems=tuple(sorted(problems.values(), key=lambda each: order[each.file])),
        disagreements=tuple(disagreements),
    )


def _by_subject(
    readings: Sequence[FileReading], known: Known, since: date | None
) -> dict[Subject, list[Said]]:
    subjects: dict[Subject, list[Said]] = {}
    for reading in readings:
        found = known.kind(reading.source.kind)
        rank, is_snapshot = (found.rank, found.is_snapshot) if found else (0, False)
        account = account_of(reading.source.file)
        for fact in reading.facts:
            if since is None or fact.day >= since:
                subject = Subject(account, fact.marketplace, fact.measure)
                said = Said(rank, reading.source.kind, fact, is_snapshot)
                subjects.setdefault(subject, []).append(said)
    return subjects


def _believed(said: Sequence[Said], problems: dict[str, Diagnostic]) -> Iterator[Fact]:
    """The facts that no better kind says; of each file that is outdone a problem is noted.

    A week in one row gives way as soon as a better kind tells one of its days: nothing is
    ever counted twice.
    """
    ranked = sorted(said, key=lambda each: each.rank, reverse=True)
    told: dict[tuple[int, str], str] = {}
    for _, same in groupby(ranked, key=lambda each: each.rank):
        kept: list[Fact] = []
        for fact in facts_of(same):
            better = [_rival(told, day, fact.product) for day in days_of(fact)]
            if any(better):
                problems.setdefault(fact.source, _outdone(fact, better, told))
                continue
            kept.append(fact)
            if fact.product == EVERY and (beside := _beside(told, days_of(fact))):
                problems.setdefault(fact.source, _of_no_product(fact, *beside))
        yield from kept
        told.update({(day, fact.product): fact.source for fact in kept for day in days_of(fact)})


def _rival(told: Mapping[tuple[int, str], str], day: int, product: str) -> str | None:
    """The better file that may say the same of a day."""
    found = (told.get((day, each)) for each in rivals(product))
    return next(filter(None, found), None)


def _beside(told: Mapping[tuple[int, str], str], days: range) -> tuple[str, str] | None:
    """A product of advertising that a better file tells of these days, and that file."""
    found = ((told.get((day, each)), each) for day in days for each in ad_products())
    return next(((product, file) for file, product in found if file), None)


def _of_no_product(fact: Fact, product: str, other: str) -> Diagnostic:
    """Counted in full beside a report of one product: it may hold that product too."""
    return Diagnostic(
        file=fact.source,
        message=message(
            N_(
                "{other} says some of these days of {product} alone, and this file does not say "
                "which ad product it is about: both are counted."
            ),
            other=other,
            product=product,
        ),
        hint=message(
            N_("Export it with the column “Ad product”, or put the product into its name: {name}."),
            name=_named_for(fact.source, "SP"),
        ),
        severity=Severity.WARNING,
    )


def _outdone(
    fact: Fact, better: Sequence[str | None], told: Mapping[tuple[int, str], str]
) -> Diagnostic:
    other = next(each for each in better if each)
    if all(better):
        said = message(
            N_("{other} says the same of these days more completely, so it is believed."),
            other=other,
        )
    else:
        said = message(
            N_("{other} says some of the days from {first} to {last}, so only these are counted."),
            other=other,
            first=(fact.first_day or fact.day).isoformat(),
            last=fact.day.isoformat(),
        )
    is_alike = any((day, fact.product) in told for day in days_of(fact))
    unclear = fact.source if fact.product == EVERY else other
    hint = message(
        N_("If {file} is about one ad product alone, put that into its name: {name}."),
        file=unclear,
        name=_named_for(unclear, "SB"),
    )
    return Diagnostic(
        file=fact.source, message=said, hint=None if is_alike else hint, severity=Severity.WARNING
    )


def _named_for(file: str, product: str) -> str:
    """A file's name with a product of advertising in it."""
    path = PurePosixPath(file)
    return path.with_stem(f"{product}_{path.stem}").name
