"""Find the day, the marketplace and the currency of each row."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from facilitator.adapters.reports.ad_products import (
    AD_PRODUCT_COLUMN,
    UNSPECIFIED,
    all_ad_products,
    find_product,
)
from facilitator.adapters.reports.cells import is_blank, plain_text
from facilitator.adapters.reports.days import LONGEST_WINDOW, is_undecided, read_window
from facilitator.adapters.reports.filename_metadata import FileMetadata
from facilitator.adapters.reports.marketplaces import (
    DayOrder,
    currency_from,
    day_order_of,
    find_marketplace,
    is_currency,
    zone_of,
)
from facilitator.adapters.reports.report_types import ReportType, vocabulary
from facilitator.adapters.reports.sums import MarketplaceProduct
from facilitator.adapters.reports.tables import Cells
from facilitator.adapters.reports.validate import RowValidator
from facilitator.domain.errors import N_, message
from facilitator.domain.kpis.facts import ALL, Currency, Marketplace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.int64]

_T = TypeVar("_T")
SignOf = Callable[[object], str]
"""Returns the currency sign in a cell."""

_NONE, _UNKNOWN = -1, -2


class RowClassifier:
    """Finds day, marketplace, ad product and currency of a file's rows, chunk by chunk."""

    def __init__(self, kind: ReportType, hints: FileMetadata, order: DayOrder | None) -> None:
        self._kind = kind
        self._hints = hints
        self._order = order
        self.places: list[Marketplace] = []
        self.currencies: list[Currency] = []
        self._signs: list[str] = [""]

    def marketplaces(self, validator: RowValidator) -> "Codes":
        """Return for each row the index of its marketplace in `places`."""
        import numpy as np

        default = _code(self.places, self._hints.marketplace) if self._hints.marketplace else _NONE
        cells = validator.chunk.columns.get("marketplace")
        if cells is None:
            return np.full(len(validator.chunk), default, np.int64)
        codes = _mapped(cells, [self._place(cell, default) for cell in cells.distinct])
        title = self._hints.titles["marketplace"]
        validator.refuse(
            codes == _UNKNOWN,
            N_("Unknown marketplace “{cell}”."),
            column=title,
            cells=cells,
            hint=message(N_("Write it as a code: US, UK, DE, JP…")),
        )
        validator.refuse(
            codes == _NONE,
            N_("The row names no marketplace."),
            column=title,
            hint=message(
                N_("If the whole file is about one marketplace, put its code into the file's name.")
            ),
        )
        return codes

    def _place(self, cell: object, default: int) -> int:
        if is_blank(cell):
            return default
        text = plain_text(cell)
        if self._kind.has_everywhere and text.casefold() in vocabulary().everywhere:
            return _code(self.places, ALL)
        found = find_marketplace(text)
        return _UNKNOWN if found is None else _code(self.places, found)

    def subjects(self, validator: RowValidator, places: "Codes") -> "Codes":
        """Return for each row the index of its subject in `marketplace_products`."""
        default = all_ad_products().index(self._hints.product)
        cells = validator.chunk.columns.get(AD_PRODUCT_COLUMN)
        if cells is None:
            return places * len(all_ad_products()) + default
        named = (find_product(plain_text(cell)) for cell in cells.distinct)
        products = [
            all_ad_products().index(each) if each != UNSPECIFIED else default for each in named
        ]
        return places * len(all_ad_products()) + _mapped(cells, products)

    @property
    def marketplace_products(self) -> list[MarketplaceProduct]:
        """The subjects of rows: each marketplace with each ad product."""
        return [(place, product) for place in self.places for product in all_ad_products()]

    def days(self, validator: RowValidator, places: "Codes") -> "tuple[Codes, Codes]":
        """Return for each row its first and last day, as ordinals; it counts on the last."""
        import numpy as np

        columns = validator.chunk.columns
        if "day" in columns:
            first_name = last_name = "day"
        elif "window" in columns:
            first_name = last_name = "window"
        elif "last_day" in columns:
            first_name, last_name = "first_day", "last_day"
        elif "week_end" in columns:
            first_name = last_name = "week_end"
        else:
            window = self._hints.window or (date.min, date.min)
            first, last = (np.full(len(places), day.toordinal(), np.int64) for day in window)
            return (last if self._kind.is_snapshot else first), last
        first, last = self._ordinals(columns[first_name], places)
        if last_name != first_name:
            _, last = self._ordinals(columns[last_name], places)
        if first_name == "week_end":
            first = np.where(last, last - LONGEST_WINDOW + 1, last)
        for name, read in {first_name: first, last_name: last}.items():
            self._refuse_unread(validator, name, read)
        validator.refuse(last < first, N_("The row's last day is before its first day."))
        validator.refuse(
            last - first >= LONGEST_WINDOW,
            N_("“{cell}” covers more than a week in one row, so it cannot be split into weeks."),
            column=self._hints.titles[last_name],
            cells=columns[last_name],
            hint=message(N_("Export the report with the time unit “Daily”.")),
        )
        return first, last

    def _refuse_unread(self, validator: RowValidator, name: str, read: "Codes") -> None:
        cells = validator.chunk.columns[name]
        title = self._hints.titles[name]
        validator.refuse(
            (read == 0) & cells.where(is_undecided),
            N_(
                "“{cell}” could be two different dates, depending on whether the month or the day "
                "comes first."
            ),
            column=title,
            cells=cells,
            hint=message(
                N_("Write dates as 2026-11-22, or put the marketplace into the file's name.")
            ),
        )
        validator.refuse(read == 0, N_("“{cell}” is not a date."), column=title, cells=cells)

    def _ordinals(self, cells: Cells, places: "Codes") -> "tuple[Codes, Codes]":
        """Both sides of the cells' windows as ordinals, 0 for none, as each place writes them."""
        import numpy as np

        first = last = np.zeros(len(places), np.int64)
        for code in np.flatnonzero(np.bincount(places - _UNKNOWN)) + _UNKNOWN:
            place = self.places[code] if code >= 0 else ALL
            order = self._order or day_order_of(place)
            zone = zone_of(place)
            read = [read_window(cell, order, zone) for cell in cells.distinct]
            sides = ([each[side].toordinal() if each else 0 for each in read] for side in (0, 1))
            mapped = [_mapped(cells, side) for side in sides]
            first, last = (
                np.where(places == code, side, before)
                for side, before in zip(mapped, (first, last), strict=True)
            )
        return first, last

    def money(
        self, validator: RowValidator, places: "Codes", signs: Sequence[tuple[Cells, SignOf]]
    ) -> "Codes":
        """Return for each row the index of its currency in `currencies`.

        `signs` tell, for each column of money, what stands beside the amount in a cell.
        """
        import numpy as np

        written = np.full(len(places), _NONE, np.int64)
        currencies = validator.chunk.columns.get("currency")
        if currencies is not None:
            written = _mapped(currencies, [self._written(cell) for cell in currencies.distinct])
            validator.refuse(
                written == _UNKNOWN,
                N_("“{cell}” is not a currency code."),
                column=self._hints.titles["currency"],
                cells=currencies,
                hint=message(N_("Write it as a code: USD, GBP, EUR, JPY…")),
            )
        is_open = written == _NONE
        codes = np.where(is_open, self._meant(places, signs), written) if is_open.any() else written
        validator.refuse(
            codes == _UNKNOWN,
            N_("The currency of the amounts in this row is not clear."),
            hint=message(N_("Export the report with its currency column.")),
        )
        return codes

    def _written(self, cell: object) -> int:
        if is_blank(cell):
            return _NONE
        code = plain_text(cell).upper()
        return _code(self.currencies, Currency(code)) if is_currency(code) else _UNKNOWN

    def _meant(self, places: "Codes", signs: Sequence[tuple[Cells, SignOf]]) -> "Codes":
        """What the money signs mean where they stand."""
        import numpy as np

        beside = np.zeros(len(places), np.int64)
        for cells, sign_of in signs:
            mapped = _mapped(cells, [_code(self._signs, sign_of(cell)) for cell in cells.distinct])
            beside = np.where(beside == 0, mapped, beside)
        pairs, at = np.unique(places * 1000 + beside, return_inverse=True)
        meant = []
        for pair in pairs.tolist():
            place, sign = divmod(pair, 1000)
            currency = (
                currency_from(self._signs[sign] or self._hints.money_sign, self.places[place])
                if place >= 0
                else None
            )
            meant.append(_code(self.currencies, currency) if currency else _UNKNOWN)
        return np.array(meant, np.int64)[at]


def _code(registry: "list[_T]", value: "_T") -> int:
    if value not in registry:
        registry.append(value)
    return registry.index(value)


def _mapped(cells: Cells, values: list[int]) -> "Codes":
    import numpy as np

    mapped: Codes = np.array(values, np.int64)[cells.codes]
    return mapped
