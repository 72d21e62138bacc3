"""Read a report file: detect its type, sum its rows, collect diagnostics."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from facilitator.adapters.reports.aggregate import Aggregator
from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.deduplicate import RowDeduplicator
from facilitator.adapters.reports.dialect import DialectDetector
from facilitator.adapters.reports.file_reading import FileReading, totals_of
from facilitator.adapters.reports.filename_metadata import (
    FileMetadata,
    example_file_name,
    gather_metadata,
    missing_metadata_diagnostics,
)
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.report_types import (
    COUNT,
    ReportType,
    ReportTypes,
    packaged_report_types,
)
from facilitator.adapters.reports.sniff import (
    Fingerprint,
    Layout,
    UnreadableError,
    fingerprint,
    sniff_text,
    unreadable_message,
)
from facilitator.adapters.reports.suggested_config import suggest_config
from facilitator.adapters.reports.sums import fill_missing_days
from facilitator.adapters.reports.sums_by_name import SumsByName
from facilitator.adapters.reports.tables import Chunk, used_positions
from facilitator.adapters.reports.text_rows import Effort, text_chunks
from facilitator.adapters.reports.unsupported_files import UnsupportedFile, check_supported
from facilitator.adapters.reports.workbooks import sniff_workbook, workbook_chunks
from facilitator.domain.errors import N_, Diagnostic, Message, Severity, message
from facilitator.domain.kpis.facts import Marketplace, Source

_ALONE = Effort()
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def read_tables(
    path: Path,
    root: Path,
    marketplaces: tuple[Marketplace, ...],
    known: ReportTypes | None = None,
    *,
    effort: Effort = _ALONE,
    seen: Fingerprint | None = None,
) -> tuple[FileReading, ...]:
    """Read a file; of a workbook with several reports return each, the best match first.

    `root` is the data folder; `marketplaces` are those of the agenda. `seen` is the file's
    fingerprint, where that was taken already.
    """
    first = _Reader(path, root, marketplaces, known or packaged_report_types(), effort)
    found = _read(first, seen)
    others = (
        _Reader(path, root, marketplaces, known or packaged_report_types(), effort, part=each)
        for each in first.beside
    )
    return found, *(_read(each, seen) for each in others)


def read_file(
    path: Path,
    root: Path,
    marketplaces: tuple[Marketplace, ...],
    known: ReportTypes | None = None,
    *,
    effort: Effort = _ALONE,
    part: str = "",
    deduplicator: RowDeduplicator | None = None,
    names: SumsByName | None = None,
) -> FileReading:
    """Read one report; all that is wrong with it becomes a diagnostic.

    `part` is the sheet, where the file holds several reports. A `deduplicator` sees every row
    that is kept, and may refuse it; `names` adds up what is counted by name as well.
    """
    known = known or packaged_report_types()
    return _read(_Reader(path, root, marketplaces, known, effort, part, deduplicator, names))


def _read(reader: "_Reader", seen: Fingerprint | None = None) -> FileReading:
    try:
        return reader.read(seen or fingerprint(reader.path))
    except UnreadableError as error:
        return reader.failed(error.message)
    except OSError as error:
        failed = reader.failed(unreadable_message(error))
        return replace(failed, source=replace(failed.source, sha256=""))  # it may pass: not kept


class _Reader:
    """Reads a report step by step, and holds the intermediate results."""

    def __init__(
        self,
        path: Path,
        root: Path,
        marketplaces: tuple[Marketplace, ...],
        known: ReportTypes,
        effort: Effort,
        part: str = "",
        deduplicator: RowDeduplicator | None = None,
        names: SumsByName | None = None,
    ) -> None:
        self.path = path
        self.beside: tuple[str, ...] = ()
        """The other sheets of the workbook that hold reports."""
        self._part = part
        self._root = root
        self._marketplaces = marketplaces
        self._known = known
        self._effort = effort
        self._sifter = deduplicator
        self._names = names
        self._name = printable(
            path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        )
        self._problems: list[Diagnostic] = []
        self._sha256 = ""

    def failed(
        self, said: Message, hint: Message | None = None, layout: Layout | None = None
    ) -> FileReading:
        """Return the result for a file without facts."""
        self._note(said, hint)
        return FileReading(
            source=Source(file=self._name, kind="", sha256=self._sha256),
            problems=tuple(self._problems),
            encoding=layout.encoding if layout else "",
            delimiter=layout.delimiter if layout else "",
            sheet=printable(layout.sheet) if layout else "",
            unrecognised=_unrecognised(layout) if layout else (),
            advice=suggest_config(layout.match, layout.header) if layout else "",
        )

    def _note(
        self, said: Message, hint: Message | None = None, severity: Severity = Severity.ERROR
    ) -> None:
        self._problems.append(
            Diagnostic(file=self._name, message=said, hint=hint, severity=severity)
        )

    def read(self, seen: Fingerprint) -> FileReading:
        """Detect the type of the file and sum its rows."""
        self._sha256 = seen.sha256
        if not seen.size:
            return self.failed(message(N_("The file is empty. Download it again.")))
        if seen.head.startswith(_OLD_WORKBOOK):
            return self.failed(
                message(N_("The workbook is locked, or in the old .xls format. Save it as .xlsx."))
            )
        layout = self._lay_out(seen)
        self._note_part(layout)
        found = check_supported(layout)
        if isinstance(found, UnsupportedFile):
            return self.failed(found.said, found.hint, layout)
        return self._read_known(layout, found)

    def _lay_out(self, seen: Fingerprint) -> Layout:
        if seen.is_workbook:
            return sniff_workbook(self.path, seen.size, self._known, self._part)
        return sniff_text(seen, self._known)

    def _note_part(self, layout: Layout) -> None:
        """Add the sheet to the file's name, if the workbook holds several reports."""
        self.beside = layout.beside
        if self.beside:
            self._part = layout.sheet
        if self._part:
            self._name = f"{self._name} › {printable(self._part).replace('/', ' ')}"

    def _read_known(self, layout: Layout, match: HeaderMatch) -> FileReading:
        vat = self._known.vat_in_total_cost
        hints = gather_metadata(self.path, self._root, self._marketplaces, layout, match, vat)
        self._problems += missing_metadata_diagnostics(self._name, hints)
        self._note_layout(layout)
        aggregator = self._aggregator(layout, match, hints)
        aggregator.refusals.count += layout.is_cut
        facts = (
            fill_missing_days(aggregator.facts()) if match.kind.lists_events else aggregator.facts()
        )
        if not facts and not aggregator.refusals.count:
            self._note_nothing(match.kind, aggregator.rows_kept)
        return FileReading(
            source=Source(
                file=self._name,
                kind=match.kind.id,
                title=match.kind.title,
                sha256=self._sha256,
                first_day=date.fromordinal(aggregator.days[0]) if aggregator.days else None,
                last_day=date.fromordinal(aggregator.days[1]) if aggregator.days else None,
                rows_read=aggregator.rows_kept + aggregator.refusals.count,
                rows_kept=aggregator.rows_kept,
                rows_refused=aggregator.refusals.count,
                marketplaces=tuple(sorted({fact.marketplace for fact in facts})),
                currencies=tuple(sorted({fact.currency for fact in facts if fact.currency})),
            ),
            facts=facts,
            problems=(*self._problems, *aggregator.refusals.problems),
            totals=totals_of(facts),
            unrecognised=_unrecognised(layout),
            advice=suggest_config(match, layout.header),
            dimensions=match.dimensions,
            encoding=layout.encoding,
            delimiter=layout.delimiter,
            sheet=printable(layout.sheet),
            part=self._part,
            header_row=layout.header_row + 1,
            attribution_days=_attribution_days(match),
        )

    def _note_layout(self, layout: Layout) -> None:
        if layout.is_cut:
            self._note(
                message(
                    N_("The file ends in the middle of its last row, so that row was not counted.")
                ),
                message(N_("Download it again.")),
            )

    def _note_nothing(self, kind: ReportType, rows_kept: int) -> None:
        if rows_kept:
            self._note(
                message(N_("No row of the file contains data that can be counted.")),
                message(N_("Check that it is the complete report, exactly as downloaded.")),
                Severity.WARNING,
            )
        elif kind.may_be_empty:
            self._note(
                message(
                    N_("The file has no rows, and its name does not say which days it covers.")
                ),
                message(
                    N_(
                        "If there really was no data, put the days and the marketplace into its "
                        "name: {name}."
                    ),
                    name=example_file_name(kind, self.path.suffix),
                ),
                Severity.WARNING,
            )
        else:
            self._note(message(N_("The file has a header but no rows. Download it again.")))

    def _aggregator(self, layout: Layout, match: HeaderMatch, hints: FileMetadata) -> Aggregator:
        """Sum the rows in the dialect of the first ones; again if later ones contradict it."""
        evidence = DialectDetector(match.kind, layout.delimiter)
        while True:
            counts_are_text = evidence.manner.counts_are_text
            aggregator: Aggregator | None = None
            for rows in self._chunks(layout, match, counts_are_text):
                evidence.note(rows)
                aggregator = aggregator or Aggregator(
                    match.kind, hints, evidence.manner, self._name, self._sifter, self._names
                )
                aggregator.add(rows)
            if aggregator is None:
                return Aggregator(match.kind, hints, evidence.manner, self._name)
            if (aggregator.manner, counts_are_text) == (
                evidence.manner,
                aggregator.manner.counts_are_text,
            ):
                return aggregator

    def _chunks(self, layout: Layout, match: HeaderMatch, counts_are_text: bool) -> Iterator[Chunk]:
        """Yield the rows in chunks; pandas parses counts unless they hold more than digits."""
        looked_at = [each.columns for each in (self._sifter, self._names) if each]
        columns = used_positions(match, frozenset[str]().union(*looked_at))
        if layout.rows:
            yield from workbook_chunks(layout, columns)
            self._effort.told(layout.size)
            return
        numbers = {} if counts_are_text else match.kind.numbers
        plain = [at for name, at in columns.items() if numbers.get(name) == COUNT]
        yield from text_chunks(self.path, layout, columns, plain, self._effort)


def _unrecognised(layout: Layout) -> tuple[str, ...]:
    cells = layout.match.unrecognised if layout.match else layout.header
    return tuple(printable(cell) for cell in cells if cell.strip())


def _attribution_days(match: HeaderMatch) -> int | None:
    windows = (each.heading.window for each in match.columns if each.name in match.kind.measures)
    return next((window for window in windows if window), None)
