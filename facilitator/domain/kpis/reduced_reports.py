"""Reports that hold far less than the week before, such as an export with a filter left on."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from facilitator.domain.errors import N_, Diagnostic, Message, Severity, message
from facilitator.domain.kpis.facts import Currency, Fact, Marketplace, Measure, Source
from facilitator.domain.kpis.kpi import Week
from facilitator.domain.kpis.measures import MEASURE_LABELS
from facilitator.domain.kpis.occasion import Occasion

SMALLEST_SHARE = 0.5
"""Rows or money under this share of the week before are told: a filter was left on, or half of the
products or an account is missing. Between ordinary weeks, rows rarely change by a third."""
FEWEST_ROWS = 6
"""Fewer rows than this in the week before say nothing: of 4 rows, 1 is no surprise."""
FEWEST_EVENTS = 100
"""The same for a report with a row for each event, such as an order: their number varies by itself,
but hardly ever from 100 to under 50."""


class CountedKinds(Struct, frozen=True, kw_only=True):
    """How the report types count, by their ids."""

    snapshots: frozenset[str] = frozenset()
    """Those that tell a state: the latest day of a week counts, not the sum of its days."""
    events: frozenset[str] = frozenset()
    """Those with a row for each event."""
    unsteady: frozenset[str] = frozenset()
    """Those that may as well be empty, or that people write: they are not compared."""


class ReducedReport(Struct, frozen=True, kw_only=True):
    """What a report type holds in a marketplace, in the week under review and the one before."""

    kind: str
    marketplace: Marketplace
    files: tuple[str, ...]
    """The files of the week under review."""
    rows: int
    rows_before: int
    measure: Measure | None = None
    """The largest measure of money, if the money fell; None if the rows did."""
    currency: Currency | None = None
    amount: float = 0.0
    amount_before: float = 0.0

    @property
    def pairs(self) -> frozenset[tuple[str, Marketplace]]:
        """The files with the marketplace, for `mark_reduced`."""
        return frozenset((file, self.marketplace) for file in self.files)


class _Content(Struct, frozen=True, kw_only=True):
    """What a report type holds in a marketplace in one week."""

    days: int
    rows: int
    money: Mapping[tuple[Measure, Currency | None], float]
    files: tuple[str, ...]


def find_reduced_reports(
    facts: Iterable[Fact],
    sources: Iterable[Source],
    week: Week,
    kinds: CountedKinds,
    occasions: Collection[Occasion] = (),
) -> tuple[ReducedReport, ...]:
    """Return what holds under half of the rows or of the money of the week before.

    A report that covers fewer days than the week before is partial instead. After an occasion, less
    is usual.
    """
    kind_of = {each.file: each.kind for each in sources}
    by_report: dict[tuple[str, Marketplace], list[Fact]] = {}
    for fact in facts:
        kind = kind_of.get(fact.source, "")
        if kind and kind not in kinds.unsteady:
            by_report.setdefault((kind, fact.marketplace), []).append(fact)
    before = week.back(1)
    found = []
    for (kind, marketplace), each in sorted(by_report.items()):
        if any(occasion.touches(before, marketplace) for occasion in occasions):
            continue
        is_snapshot = kind in kinds.snapshots
        now = _content_in(week, each, is_snapshot=is_snapshot)
        then = _content_in(before, each, is_snapshot=is_snapshot)
        fewest = FEWEST_EVENTS if kind in kinds.events else FEWEST_ROWS
        if reduced := _compare(kind, marketplace, now, then, fewest):
            found.append(reduced)
    return tuple(found)


def _content_in(week: Week, facts: Iterable[Fact], *, is_snapshot: bool) -> _Content:
    inside = [each for each in facts if each.day in week and (each.first_day or each.day) in week]
    if is_snapshot:
        latest = max((each.day for each in inside), default=None)
        inside = [each for each in inside if each.day == latest]
    rows: dict[Measure, int] = {}
    money: dict[tuple[Measure, Currency | None], float] = {}
    days: set[int] = set()
    for fact in inside:
        rows[fact.measure] = rows.get(fact.measure, 0) + fact.rows
        first = fact.first_day or fact.day
        days.update(range(first.toordinal(), fact.day.toordinal() + 1))
        if fact.currency is not None:
            key = (fact.measure, fact.currency)
            money[key] = money.get(key, 0.0) + fact.amount
    return _Content(
        days=len(days),
        rows=max(rows.values(), default=0),
        money=money,
        files=tuple(sorted({each.source for each in inside})),
    )


def _compare(
    kind: str, marketplace: Marketplace, now: _Content, before: _Content, fewest: int
) -> ReducedReport | None:
    if not now.rows or before.rows < fewest or now.days < before.days:
        return None
    has_few_rows = now.rows < SMALLEST_SHARE * before.rows
    largest = max(before.money, key=lambda each: before.money[each], default=None)
    has_little_money = (
        before.rows >= FEWEST_ROWS
        and bool(before.money)
        and all(
            now.money.get(key, 0.0) < SMALLEST_SHARE * amount
            for key, amount in before.money.items()
        )
    )
    if not has_few_rows and not has_little_money:
        return None
    told = largest if not has_few_rows else None
    return ReducedReport(
        kind=kind,
        marketplace=marketplace,
        files=now.files,
        rows=now.rows,
        rows_before=before.rows,
        measure=told[0] if told else None,
        currency=told[1] if told else None,
        amount=round(now.money.get(told, 0.0), 6) if told else 0.0,
        amount_before=round(before.money[told], 6) if told else 0.0,
    )


def reduced_diagnostics(reduced: Sequence[ReducedReport]) -> tuple[Diagnostic, ...]:
    """Return a warning for each report that holds far less than the week before."""
    return tuple(
        Diagnostic(
            file=each.files[0],
            message=_describe(each),
            hint=message(
                N_(
                    "Check that it was exported for all products and campaigns, without a filter; "
                    "if so, nothing is wrong with it."
                )
            ),
            severity=Severity.WARNING,
        )
        for each in reduced
    )


def _describe(reduced: ReducedReport) -> Message:
    if reduced.measure is None:
        return message(
            N_("Rows for {marketplace} this week: {rows}; the week before: {before}."),
            marketplace=reduced.marketplace,
            rows=reduced.rows,
            before=reduced.rows_before,
        )
    return message(
        N_("{measure} in {marketplace} this week: {amount}; the week before: {before}."),
        measure=message(MEASURE_LABELS.get(reduced.measure, reduced.measure)),
        marketplace=reduced.marketplace,
        amount=f"{reduced.amount:,.2f} {reduced.currency}",
        before=f"{reduced.amount_before:,.2f} {reduced.currency}",
    )
