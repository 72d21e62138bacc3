"""Aggregate the rows of a report to daily amounts of each measure."""

from datetime import date
from typing import TYPE_CHECKING

from facilitator.adapters.reports.cells import is_blank, plain_text, shown
from facilitator.adapters.reports.classify_rows import RowClassifier, SignOf
from facilitator.adapters.reports.days import DAY_COLUMNS
from facilitator.adapters.reports.deduplicate import RowDeduplicator
from facilitator.adapters.reports.dialect import Dialect
from facilitator.adapters.reports.filename_metadata import FileMetadata
from facilitator.adapters.reports.number_parsing import NumberParser, is_rounded_id
from facilitator.adapters.reports.report_types import (
    IDENTIFIER,
    MONEY,
    RANK,
    NumberFormat,
    ReportType,
    vocabulary,
)
from facilitator.adapters.reports.row_measures import compute_measures
from facilitator.adapters.reports.selection import named_amounts, passed_over
from facilitator.adapters.reports.sums import DailySums
from facilitator.adapters.reports.sums_by_name import SumsByName
from facilitator.adapters.reports.tables import BEYOND, FIRST, Cells, Chunk
from facilitator.adapters.reports.validate import Refusals, RowValidator
from facilitator.domain.errors import N_, Severity, message
from facilitator.domain.kpis.facts import Fact, Measure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Amounts = NDArray[np.float64]
    Codes = NDArray[np.int64]


class Aggregator:
    """Sums the rows of a file."""

    def __init__(
        self,
        kind: ReportType,
        hints: FileMetadata,
        manner: Dialect,
        file: str,
        deduplicator: RowDeduplicator | None = None,
        names: SumsByName | None = None,
    ) -> None:
        """`deduplicator` may refuse rows that another file has; `names` sums by name as well."""
        self._kind = kind
        self._sifter = deduplicator
        self._names = names
        if deduplicator is not None:
            deduplicator.begin()
        if names is not None:
            names.begin()
        self._hints = hints
        self.manner = manner
        self._booking = RowClassifier(kind, hints, manner.order)
        self._readers: dict[NumberFormat, NumberParser] = {}
        self._ledger = DailySums()
        self._said: set[tuple[int, int, str]] = set()
        self.refusals = Refusals(file)
        self.rows_kept = 0
        self.days: tuple[int, int] | None = None

    def add(self, chunk: Chunk) -> None:
        """Add the rows of a chunk, or refuse them."""
        chunk = chunk.picked(~_blank_rows(chunk))
        if not len(chunk):
            return
        validator = RowValidator(chunk, self.refusals)
        self._refuse_summaries(validator)
        self._refuse_broken(validator)
        validator.set_aside(passed_over(self._kind, chunk))
        places = self._booking.marketplaces(validator)
        if self._hints.lacks:
            validator.refuse_without_diagnostic()
        elif (validator.sound & (places >= 0)).any():
            self._add_booked(validator, places)
        validator.close()
        self.rows_kept += int(validator.sound.sum())

    def _refuse_summaries(self, validator: RowValidator) -> None:
        """Skip summary rows: marked as such in the day's cell, or in the first cell without a day.

        If no row has a day, a row that names nothing that the report lists is a summary too.
        """
        import numpy as np

        columns = validator.chunk.columns
        is_summary = columns[FIRST].where(_is_summary_word)
        day = next((columns[name] for name in DAY_COLUMNS if name in columns), None)
        if day is not None:
            is_summary = (is_summary & day.where(is_blank)) | day.where(_is_summary_word)
        else:
            about = [
                columns[name] for name in self._kind.required if name not in self._kind.numbers
            ]
            if about:
                is_summary |= np.logical_and.reduce([each.where(_is_empty) for each in about])
        validator.refuse(
            is_summary,
            N_("This row is a total of other rows, so it was not counted."),
            severity=Severity.WARNING,
        )

    def _refuse_broken(self, validator: RowValidator) -> None:
        validator.refuse(
            ~validator.chunk.columns[BEYOND].where(is_blank),
            N_("The row has more cells than the header, so its values are in the wrong columns."),
            hint=message(
                N_(
                    "A text contains a comma or a quotation mark that is not quoted. Download the "
                    "report again."
                )
            ),
        )
        for name, cells in validator.chunk.columns.items():
            if self._kind.numbers.get(name) == IDENTIFIER:
                validator.refuse(
                    cells.where(is_rounded_id),
                    N_("“{cell}” is an id that a spreadsheet has rounded."),
                    column=self._hints.titles[name],
                    cells=cells,
                    hint=message(
                        N_(
                            "Download the report again, and do not open and save it in a "
                            "spreadsheet."
                        )
                    ),
                )

    def _add_booked(self, validator: RowValidator, places: "Codes") -> None:
        first, last = self._booking.days(validator, places)
        amounts, signs = self._read_amounts(validator)
        if self._hints.vat:
            amounts["ad_spend"] = amounts["ad_spend"] / self._with_vat()[places]
        if self._kind.measure_column:
            self._refuse_doubles(validator, places, last)
        money = self._booking.money(validator, places, signs) if signs else None
        if self._sifter is not None:
            self._sifter.check_rows(validator, self._booking.places, places, (first, last), amounts)
        if not validator.kept.any():
            return
        kept = validator.kept
        days = int(first[kept].min()), int(last[kept].max())
        self.days = (min(days[0], self.days[0]), max(days[1], self.days[1])) if self.days else days
        subjects = self._booking.subjects(validator, places)
        day, subject = (first[kept], last[kept]), subjects[kept]
        if self._kind.naming:
            amounts = named_amounts(
                self._kind.naming, validator.chunk, amounts[self._kind.naming.amount]
            )
        found = compute_measures(self._kind, amounts, len(validator.chunk))
        measures = {name: each[kept] for name, each in found.items()}
        if self._kind.measure_column:
            named = validator.chunk.columns[self._kind.measure_column]
            self._ledger.add_named(day, subject, _names(named)[named.codes[kept]], measures)
            return
        is_money = {name for name in measures if self._kind.numbers.get(name) == MONEY}
        if self._names is not None:
            shops = self._booking.marketplace_products, subjects
            counted = {Measure(name): found[name] for name in found.keys() - is_money}
            self._names.note(validator.chunk, kept, last, shops, None, counted)
            if money is not None:
                sums = {Measure(name): found[name] for name in is_money}
                moneys = self._booking.currencies, money
                self._names.note(validator.chunk, kept, last, shops, moneys, sums)
        self._ledger.add(
            day, subject, {name: measures[name] for name in measures if name not in is_money}
        )
        if money is not None:
            priced = {name: measures[name] for name in is_money}
            self._ledger.add(day, subject, priced, money[kept])

    def _reader(self, sort: NumberFormat) -> NumberParser:
        if sort not in self._readers:
            self._readers[sort] = NumberParser(
                sort,
                self.manner.decimal,
                percents_are_fractions=self.manner.percents_are_fractions,
            )
        return self._readers[sort]

    def _with_vat(self) -> "Amounts":
        """Return for each marketplace the factor from a cost without VAT to one with VAT."""
        import numpy as np

        return np.array([1 + self._hints.vat.get(each, 0) / 100 for each in self._booking.places])

    def _read_amounts(
        self, validator: RowValidator
    ) -> "tuple[dict[str, Amounts], list[tuple[Cells, SignOf]]]":
        """Return the amounts of every numeric column, and the currency signs of money."""
        import numpy as np

        amounts: dict[str, Amounts] = {}
        signs: list[tuple[Cells, SignOf]] = []
        for name, cells in validator.chunk.columns.items():
            sort = self._kind.numbers.get(name)
            if sort is None or sort == IDENTIFIER:
                continue
            if cells.numbers is not None:
                amounts[name] = cells.numbers.astype(np.float64)[cells.codes]
                continue
            reader = self._reader(sort)
            amounts[name] = np.array(reader.amounts(cells.distinct))[cells.codes]
            if sort == MONEY:
                signs.append((cells, reader.sign))
            if reader.has_unread:
                validator.refuse(
                    cells.where(reader.is_unread),
                    N_("“{cell}” is not a number, or is written differently from the other rows."),
                    column=self._hints.titles[name],
                    cells=cells,
                )
        needed = [each for name, each in amounts.items() if self._kind.numbers[name] != RANK]
        if needed:  # a product without a rank has none, which is a figure too
            is_empty = np.logical_and.reduce([np.isnan(each) for each in needed])
            validator.refuse(is_empty, N_("The row has no numbers."))
        return amounts, signs

    def _refuse_doubles(self, validator: RowValidator, places: "Codes", days: "Codes") -> None:
        """If rows name their measure, refuse all but the first row of a day and marketplace."""
        import numpy as np

        cells = validator.chunk.columns[self._kind.measure_column]
        title = self._hints.titles[self._kind.measure_column]
        validator.refuse(
            cells.where(is_blank), N_("The row does not say which KPI it is."), column=title
        )
        names = _names(cells)[cells.codes]
        doubles = np.zeros(len(places), bool)
        for row in np.flatnonzero(validator.kept):
            said = (int(days[row]), int(places[row]), str(names[row]))
            doubles[row] = said in self._said
            self._said.add(said)
        validator.refuse(
            doubles,
            N_("The KPI “{cell}” already has a value for this week and marketplace."),
            column=title,
            cells=cells,
            hint=message(N_("Keep one of the two rows.")),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Return every sum, by day, marketplace, measure and currency."""
        if self._kind.may_be_empty and not self.rows_kept and not self.refusals.count:
            return self._nothing()
        return self._ledger.facts(
            self._booking.marketplace_products, self._booking.currencies, self.refusals.file
        )

    def _nothing(self) -> tuple[Fact, ...]:
        """Return the zeros of a file without rows whose name gives days and marketplace."""
        place, window = self._hints.marketplace, self._hints.window
        if place is None or window is None or self._hints.lacks:
            return ()
        last = window[1].toordinal()
        first = window[0].toordinal() if self._kind.lists_events else last
        self.days = first, last
        return tuple(
            Fact(
                day=date.fromordinal(day),
                marketplace=place,
                measure=Measure(name),
                amount=0.0,
                source=self.refusals.file,
            )
            for day in range(first, last + 1)
            for name in (*self._kind.measures, *self._kind.counts)
        )


def _blank_rows(chunk: Chunk) -> "NDArray[np.bool_]":
    import numpy as np

    blank = np.ones(len(chunk), bool)
    for cells in chunk.columns.values():
        if not blank.any():
            break
        blank &= cells.where(_is_empty)
    return blank


def _is_empty(cell: object) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _is_summary_word(cell: object) -> bool:
    return isinstance(cell, str) and plain_text(cell).casefold().rstrip(":") in vocabulary().summary


def _names(cells: Cells) -> "NDArray[np.str_]":
    """Return the measures that a column's distinct cells name."""
    import numpy as np

    return np.array([shown(plain_text(cell)) for cell in cells.distinct], np.str_)
