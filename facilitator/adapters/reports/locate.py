"""Find the days, the marketplace, the ad product and the currency of summed rows.

Each distinct cell is looked at once. What cannot be found is one more reason why rows are not
counted.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.adapters.reports.ad_products import AD_PRODUCT_COLUMN, find_product
from facilitator.adapters.reports.aggregate import SIGN, Sums, day_columns
from facilitator.adapters.reports.cells import is_blank, plain_text
from facilitator.adapters.reports.days import (
    DaySpan,
    are_midnights,
    choose_day_order,
    is_too_long,
    is_undecided,
    read_window,
)
from facilitator.adapters.reports.filename_metadata import NO_MARKETPLACE, FileMetadata
from facilitator.adapters.reports.marketplaces import (
    DayOrder,
    currencies_of_sign,
    currency_from,
    currency_of,
    day_order_of,
    find_marketplace,
    is_currency,
    is_same_money,
    zone_of,
)
from facilitator.adapters.reports.place_evidence import (
    SAID_BY_CURRENCY,
    PlaceEvidence,
    can_be_paid_in,
    marketplace_of_currency,
)
from facilitator.adapters.reports.report_types import MONEY as MONEY_FORMAT
from facilitator.adapters.reports.report_types import ReportType, vocabulary
from facilitator.adapters.reports.selection import is_passed_over
from facilitator.adapters.reports.validate import (
    NO_NUMBERS,
    PASSED_OVER,
    REASON,
    WITHOUT_PLACE,
    Check,
)
from facilitator.domain.errors import N_, message
from facilitator.domain.kpis.facts import ALL, Currency, Marketplace

if TYPE_CHECKING:
    import polars as pl

PLACE, PRODUCT, FIRST_DAY, LAST_DAY, MONEY = "place", "product", "begins", "ends", "money"
"""The columns that are found."""
CHECK = "check"
"""The column with the index of the check that rows fail; null if they are counted."""


class Located(Struct, frozen=True, eq=False):
    """Summed rows with their days, marketplace, ad product and currency."""

    groups: "pl.DataFrame"
    checks: tuple[Check, ...]
    order: DayOrder | None
    """The order of day and month that the file's dates have, if any is open to doubt."""
    doubts: tuple[str, ...] = ()
    """Two cells of days that could be read the other way round as well."""

    @property
    def is_sound(self) -> "pl.Expr":
        """Whether rows are counted, or right and passed over."""
        import polars as pl

        over = [at for at, each in enumerate(self.checks) if each is PASSED_OVER]
        return pl.col(CHECK).is_null() | pl.col(CHECK).is_in(over)


class _Group(Struct, frozen=True, kw_only=True):
    """What was found of one distinct combination of cells."""

    place: Marketplace | None = None
    product: str = ""
    first: date | None = None
    last: date | None = None
    money: Currency | None = None
    check: Check | None = None


def with_place_of_money(
    metadata: FileMetadata, sums: Sums, wanted: tuple[Marketplace, ...]
) -> FileMetadata:
    """Return the metadata with the marketplace that the money signs mean, if nothing else says it.

    `wanted` are the agenda's marketplaces. Rows with a currency column are looked at one by one.
    """
    if NO_MARKETPLACE not in metadata.lacks:
        return metadata
    signs = {metadata.money_sign, *_distinct(sums, SIGN)} - {""}
    places = {marketplace_of_currency(currencies_of_sign(sign), wanted) for sign in signs}
    if len(places) != 1 or None in places:
        return metadata
    return replace(
        metadata,
        place=PlaceEvidence(marketplace=places.pop(), said_by=SAID_BY_CURRENCY),
        lacks=tuple(each for each in metadata.lacks if each != NO_MARKETPLACE),
    )


def locate(
    sums: Sums,
    kind: ReportType,
    metadata: FileMetadata,
    wanted: tuple[Marketplace, ...],
) -> Located:
    """Return the summed rows with what their cells say; `wanted` are the agenda's marketplaces."""
    import polars as pl

    locator = _Locator(sums, kind, metadata, wanted)
    keys = list(sums.keys)
    distinct = sums.groups.select(keys).unique() if keys else pl.DataFrame({"": [0]})
    checks = list(sums.checks)
    found: dict[str, list[object]] = {
        name: [] for name in (PLACE, PRODUCT, FIRST_DAY, LAST_DAY, MONEY, CHECK)
    }
    for cells in distinct.iter_rows(named=True):
        group = locator.group(cells)
        index = None
        if group.check is not None:
            if not any(each is group.check for each in checks):
                checks.append(group.check)
            index = next(at for at, each in enumerate(checks) if each is group.check)
        values = (group.place, group.product, group.first, group.last, group.money, index)
        for name, value in zip(found, values, strict=True):
            found[name].append(value)
    types = dict(
        zip(found, (pl.String, pl.String, pl.Date, pl.Date, pl.String, pl.Int64), strict=True)
    )
    held = pl.DataFrame(found, schema=types)
    if keys:
        groups = sums.groups.join(
            pl.concat([distinct, held], how="horizontal"), on=keys, how="left", nulls_equal=True
        )
    else:
        groups = sums.groups.join(held, how="cross")
    groups = groups.with_columns(_check(checks).alias(CHECK)).sort("row")
    return Located(groups, tuple(checks), locator.order, locator.doubts)


def _check(checks: Sequence[Check]) -> "pl.Expr":
    """Return the check that counts: what the rows fail by themselves, or what was not found.

    Rows that are passed over need no numbers.
    """
    import polars as pl

    weak = [at for at, each in enumerate(checks) if each is NO_NUMBERS]
    aside = next((at for at, each in enumerate(checks) if each is PASSED_OVER), -1)
    is_sound = pl.col(REASON).is_null() | pl.col(REASON).is_in(weak)
    return (
        pl.when((pl.col(CHECK) == aside) & is_sound)
        .then(pl.col(CHECK))
        .otherwise(pl.coalesce(pl.col(REASON).cast(pl.Int64), pl.col(CHECK)))
    )


class _Locator:
    """Reads the cells of one report."""

    def __init__(
        self,
        sums: Sums,
        kind: ReportType,
        metadata: FileMetadata,
        wanted: tuple[Marketplace, ...],
    ) -> None:
        self._kind = kind
        self._metadata = metadata
        self._wanted = wanted
        self._days = day_columns(sums.keys)
        self._moneys = sums.numbers.moneys
        self._signs = _signs_by_place(sums, kind)
        self._checks: dict[tuple[str, str], Check] = {}
        self._others = [name for name in sums.keys if name not in self._days]
        self._said: dict[tuple[str, ...], _Group] = {}
        self._spans: dict[tuple[str | None, ...], DaySpan | Check] = {}
        days = [cell for name in self._days for cell in _distinct(sums, name)]
        places = {
            found for cell in _distinct(sums, "marketplace") if (found := find_marketplace(cell))
        }
        if not places and metadata.marketplace:
            places = {metadata.marketplace}
        orders = set(map(day_order_of, places))
        usual = orders.pop() if len(orders) == 1 else None
        self.order, self.doubts = choose_day_order(days, usual, metadata.named_window)
        self._are_moments = not are_midnights(days)

    def group(self, cells: dict[str, str]) -> _Group:
        """Return what a combination of cells says."""
        others = tuple(cells[name] for name in self._others)
        said = self._said.get(others)
        if said is None:
            said = self._said[others] = self._without_days(cells)
        if said.check is WITHOUT_PLACE:
            return said
        written = (said.place, *(cells[name] for name in self._days))
        days = self._spans.get(written)
        if days is None:
            days = self._spans[written] = self._span(cells, said.place or ALL)
        if isinstance(days, Check):
            return replace(said, check=said.check or days)
        return replace(said, first=days[0], last=days[1])

    def _without_days(self, cells: dict[str, str]) -> _Group:
        """Return what the cells beside those of the days say."""
        currency, check = self._written_currency(cells)
        if is_passed_over(self._kind, cells):
            check = PASSED_OVER
        elif self._metadata.lacks:
            return _Group(check=WITHOUT_PLACE, money=currency)
        place, is_own = self._place(cells, currency)
        check = check or self._place_check(cells, place, is_own=is_own)
        check = check or self._sign_check(cells, place, currency)
        if not is_own:
            check = check or self._money_check(cells, place, currency)
        money = currency or (self._meant_currency(cells, place) if self._moneys else None)
        if check is None and self._moneys and money is None:
            check = self._check("currency", _UNCLEAR_CURRENCY)
        return _Group(place=place, product=self._product(cells), money=money, check=check)

    def _check(self, column: str, check: Check) -> Check:
        """Return the one check of a kind and a column."""
        return self._checks.setdefault((column, check.said), check)

    def _product(self, cells: dict[str, str]) -> str:
        return find_product(plain_text(cells.get(AD_PRODUCT_COLUMN, ""))) or self._metadata.product

    def _place(
        self, cells: dict[str, str], currency: Currency | None
    ) -> tuple[Marketplace | None, bool]:
        """Return the marketplace, and whether the row itself says it."""
        cell = cells.get("marketplace", "")
        if not is_blank(cell):
            text = plain_text(cell)
            if self._kind.has_everywhere and text.casefold() in vocabulary().everywhere:
                return ALL, True
            return find_marketplace(text), True
        if self._metadata.place.marketplace is not None:
            return self._metadata.place.marketplace, False
        by_money = marketplace_of_currency((currency,), self._wanted) if currency else None
        if by_money is not None:
            return by_money, True
        return (self._wanted[0] if len(self._wanted) == 1 else None), False

    def _place_check(
        self, cells: dict[str, str], place: Marketplace | None, *, is_own: bool
    ) -> Check | None:
        if place is not None:
            return None
        unnamed = _NO_PLACE if "marketplace" in cells else _NO_PLACE_AT_ALL
        return self._check("marketplace", _UNKNOWN_PLACE if is_own else unnamed)

    def _money_check(
        self, cells: dict[str, str], place: Marketplace | None, currency: Currency | None
    ) -> Check | None:
        """Return the check of money that cannot be of the marketplace that the file says."""
        sign = self._sign(cells)
        meant = (currency,) if currency else tuple(map(Currency, currencies_of_sign(sign)))
        if place is None or not meant or any(can_be_paid_in(place, each) for each in meant):
            return None
        column = "currency" if currency else self._moneys[0]
        return self._check(column, replace(_OTHER_MONEY, column=column))

    def _sign_check(
        self, cells: dict[str, str], place: Marketplace | None, currency: Currency | None
    ) -> Check | None:
        """Return the check of amounts whose sign is not the currency that the file says.

        Its column of currencies says it, or its header, or else its other rows.
        """
        sign = cells.get(SIGN, "")
        if not sign or place is None:
            return None
        said = currency or self._metadata.money_sign
        own = currency_of(place)
        others = self._signs[cells.get("marketplace", "")] - {sign}
        if said:
            is_other = not is_same_money(sign, said)
        else:
            is_other = own is not None and not is_same_money(sign, own) and bool(others)
        return self._check("", _OTHER_SIGN) if is_other else None

    def _span(self, cells: dict[str, str], place: Marketplace) -> DaySpan | Check:
        """Return the first and the last day, or why they cannot be read."""
        if not self._days:
            window = self._metadata.window or (date.min, date.min)
            return (window[1], window[1]) if self._kind.is_snapshot else window
        order = self.order or day_order_of(place)
        zone = zone_of(place) if self._are_moments else None
        found: list[DaySpan] = []
        for name in self._days:
            cell = cells[name]
            days = read_window(cell, order, zone)
            if days is None:
                is_open = is_undecided(cell)
                return self._check(name, (_two_dates if is_open else _no_date)(name))
            found.append(days)
        first, last = found[0][0], found[-1][1]
        if self._days == ("week_end",):
            first = last - timedelta(days=6)
        if first > last:
            return self._check(self._days[-1], _BACKWARDS)
        return self._check(self._days[-1], _TOO_LONG) if is_too_long(first, last) else (first, last)

    def _written_currency(self, cells: dict[str, str]) -> tuple[Currency | None, Check | None]:
        cell = cells.get("currency", "")
        if is_blank(cell):
            return None, None
        code = plain_text(cell).upper()
        if is_currency(code):
            return Currency(code), None
        meant = currencies_of_sign(plain_text(cell))
        if meant:  # a sign such as “$” in place of a code
            return (Currency(meant[0]) if len(meant) == 1 else None), None
        return None, self._check("currency", _NO_CURRENCY)

    def _meant_currency(self, cells: dict[str, str], place: Marketplace | None) -> Currency | None:
        """Return what the money sign of the row or of the header means in its marketplace."""
        return currency_from(self._sign(cells), place) if place else None

    def _sign(self, cells: dict[str, str]) -> str:
        """Return the money sign of a row: beside its amounts, as its currency, or in the header."""
        written = plain_text(cells.get("currency", ""))
        as_currency = written if currencies_of_sign(written) else ""
        return cells.get(SIGN) or as_currency or self._metadata.money_sign


def _signs_by_place(sums: Sums, kind: ReportType) -> dict[str, set[str]]:
    """Return the money signs of amounts, by what the rows write as their marketplace.

    Amounts without a sign have the sign "".
    """
    if SIGN not in sums.keys:
        return {}
    found: dict[str, set[str]] = {}
    moneys = [name for name in sums.measures if kind.numbers.get(name) == MONEY_FORMAT]
    for row in sums.groups.iter_rows(named=True):
        signs = found.setdefault(row.get("marketplace", ""), set())
        if row[SIGN] or any(row[name] for name in moneys):
            signs.add(row[SIGN])
    return found


def _distinct(sums: Sums, name: str) -> list[str]:
    return sums.groups[name].unique().to_list() if name in sums.keys else []


def located_checks(located: Located) -> Iterator[tuple[int, Check]]:
    """Yield the checks that rows fail, with their index."""
    return ((at, each) for at, each in enumerate(located.checks) if each.is_told)


_UNKNOWN_PLACE = Check(
    said=N_("Unknown marketplace “{cell}”."),
    reason="unplaced",
    column="marketplace",
    hint=message(N_("Write it as a code: US, UK, DE, JP…")),
)
_NO_PLACE = Check(
    said=N_("The row names no marketplace."),
    reason="unplaced",
    column="marketplace",
    hint=message(
        N_("If the whole file is about one marketplace, put its code into the file's name.")
    ),
)
_NO_PLACE_AT_ALL = Check(said=NO_MARKETPLACE.said.text, reason="unplaced", hint=NO_MARKETPLACE.hint)
_OTHER_MONEY = Check(
    said=N_("“{cell}” is not the money of the marketplace that the file's name or folder says."),
    reason="unplaced",
    column="currency",
    hint=message(N_("Move the file into the folder of its marketplace, or export it again.")),
)
_OTHER_SIGN = Check(
    said=N_("The amounts of the row are in another currency than the rest of the file."),
    hint=message(N_("Correct the row, or export the report again.")),
)
_NO_CURRENCY = Check(
    said=N_("“{cell}” is not a currency code."),
    column="currency",
    hint=message(N_("Write it as a code: USD, GBP, EUR, JPY…")),
)
_UNCLEAR_CURRENCY = Check(
    said=N_("The currency of the amounts in this row is not clear."),
    hint=message(N_("Export the report with its currency column.")),
)
_TOO_LONG = Check(said=N_("The row covers more than ten years, so one of its dates is wrong."))
_BACKWARDS = Check(said=N_("The row's last day is before its first day."))


def _two_dates(name: str) -> Check:
    return Check(
        said=N_(
            "“{cell}” could be two different dates, depending on whether the month or the day "
            "comes first."
        ),
        column=name,
        hint=message(N_("Write dates as 2026-11-22, or put the marketplace into the file's name.")),
    )


def _no_date(name: str) -> Check:
    return Check(said=N_("“{cell}” is not a date."), column=name)
