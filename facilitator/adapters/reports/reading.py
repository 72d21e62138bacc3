"""One report file, read: what it is, what it held, and what was wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.hints import FileHints, file_hints, lacking_hints
from facilitator.adapters.reports.ledger import with_quiet_days
from facilitator.adapters.reports.manner import Evidence
from facilitator.adapters.reports.opening import (
    Fingerprint,
    Layout,
    UnreadableError,
    fingerprint,
    lay_out_text,
)
from facilitator.adapters.reports.tables import PIECE, BytesCall, read_pieces, used_positions
from facilitator.adapters.reports.tally import Tally
from facilitator.adapters.reports.workbooks import lay_out_workbook
from facilitator.domain.errors import N_, Message, Problem, Severity, message
from facilitator.domain.facts import Currency, Fact, Marketplace, Measure, Source

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What a whole file says of a measure in a marketplace."""

    measure: Measure
    marketplace: Marketplace
    currency: Currency | None = None
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """A report file, read."""

    source: Source
    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    totals: tuple[Total, ...] = ()
    unrecognised: tuple[str, ...] = ()
    """Header cells that the report is not known to have."""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    """Of a workbook: the sheet that was read."""
    header_row: int | None = None
    """As a person counts, from 1."""
    attribution_days: int | None = None
    """How many days after a click a sale still counts as the ad's."""


def inspect_file(
    path: Path, root: Path | None = None, marketplaces: Sequence[Marketplace] = ()
) -> FileReading:
    """Read one file. `root` is the data folder; `marketplaces` are those of the agenda."""
    return read_file(path, root or path.parent, tuple(marketplaces))


def read_file(
    path: Path,
    root: Path,
    marketplaces: tuple[Marketplace, ...],
    *,
    told: BytesCall = lambda done: None,
    piece: int = PIECE,
) -> FileReading:
    """Read one file, `piece` rows at a time; whatever is wrong with it becomes a problem."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    reader = _Reader(path, name, root, marketplaces)
    try:
        return reader.read(told, piece)
    except UnreadableError as error:
        return reader.failed(error.message)


class _Reader:
    """Reads a file step by step, keeping what it has found out."""

    def __init__(
        self, path: Path, name: str, root: Path, marketplaces: tuple[Marketplace, ...]
    ) -> None:
        self._path = path
        self._root = root
        self._marketplaces = marketplaces
        self._name = printable(name)
        self._problems: list[Problem] = []
        self._sha256 = ""

    def failed(
        self, said: Message, hint: Message | None = None, layout: Layout | None = None
    ) -> FileReading:
        """The reading of a file that gives nothing."""
        self._note(said, hint)
        return FileReading(
            source=Source(file=self._name, kind="", sha256=self._sha256),
            problems=tuple(self._problems),
            encoding=layout.encoding if layout else "",
            delimiter=layout.delimiter if layout else "",
            sheet=printable(layout.sheet) if layout else "",
        )

    def _note(
        self, said: Message, hint: Message | None = None, severity: Severity = Severity.ERROR
    ) -> None:
        self._problems.append(Problem(file=self._name, message=said, hint=hint, severity=severity))

    def read(self, told: BytesCall, piece: int) -> FileReading:
        """Find out what the file is, and add it up."""
        seen = fingerprint(self._path)
        self._sha256 = seen.sha256
        if not seen.size:
            return self.failed(message(N_("The file is empty. Download it again.")))
        if seen.head.startswith(_OLD_WORKBOOK):
            return self.failed(
                message(N_("The workbook is locked or of the old .xls kind. Save it as .xlsx."))
            )
        layout = self._lay_out(seen)
        if layout.is_bulk:
            return self.failed(
                message(
                    N_("This is a bulk operations sheet, which does not say what happened when.")
                ),
                message(N_("Download the Search Term Report or the Campaign Report instead.")),
            )
        if layout.match is None or not layout.match.is_complete:
            return self.failed(_unknown(layout.match), layout=layout)
        return self._read_known(layout, layout.match, told, piece)

    def _lay_out(self, seen: Fingerprint) -> Layout:
        return lay_out_workbook(self._path, seen.size) if seen.is_workbook else lay_out_text(seen)

    def _read_known(
        self, layout: Layout, match: HeaderMatch, told: BytesCall, piece: int
    ) -> FileReading:
        hints = file_hints(self._path, self._root, self._marketplaces, match)
        self._problems += lacking_hints(self._name, match, hints)
        if layout.is_cut:
            self._note(
                message(
                    N_("The file was cut off in the middle of its last row, which was left out.")
                ),
                message(N_("Download it again.")),
            )
        tally = self._tally(layout, match, hints, told, piece)
        facts = with_quiet_days(tally.facts()) if match.kind.lists_events else tally.facts()
        rows_refused = tally.refusals.count + layout.is_cut
        if not tally.rows_kept and not rows_refused:
            self._note(
                message(N_("The file has a header and no rows below it. Download it again."))
            )
        return FileReading(
            source=Source(
                file=self._name,
                kind=match.kind.id,
                title=match.kind.title,
                sha256=self._sha256,
                first_day=date.fromordinal(tally.days[0]) if tally.days else None,
                last_day=date.fromordinal(tally.days[1]) if tally.days else None,
                rows_read=tally.rows_kept + rows_refused,
                rows_kept=tally.rows_kept,
                rows_refused=rows_refused,
                marketplaces=tuple(sorted({fact.marketplace for fact in facts})),
                currencies=tuple(sorted({fact.currency for fact in facts if fact.currency})),
            ),
            facts=facts,
            problems=(*self._problems, *tally.refusals.problems),
            totals=_totals(facts),
            unrecognised=tuple(map(printable, match.unrecognised)),
            encoding=layout.encoding,
            delimiter=layout.delimiter,
            sheet=printable(layout.sheet),
            header_row=layout.header_row + 1,
            attribution_days=_attribution_days(match),
        )

    def _tally(
        self, layout: Layout, match: HeaderMatch, hints: FileHints, told: BytesCall, piece: int
    ) -> Tally:
        """Add the rows up in the manner that the first ones show; again if later ones belie it."""
        evidence = Evidence(layout.delimiter)
        while True:
            counts_are_text = evidence.manner.counts_are_text
            pieces = read_pieces(
                self._path,
                layout,
                used_positions(match),
                size=piece,
                told=told,
                counts_are_text=counts_are_text,
            )
            tally: Tally | None = None
            for rows in pieces:
                evidence.note(rows)
                tally = tally or Tally(match.kind, hints, evidence.manner, self._name)
                tally.add(rows)
            if tally is None:
                return Tally(match.kind, hints, evidence.manner, self._name)
            if (tally.manner, counts_are_text) == (evidence.manner, tally.manner.counts_are_text):
                return tally


def _unknown(match: HeaderMatch | None) -> Message:
    if match is None:
        return message(
            N_("This is not a report that Facilitator knows: none of its columns is familiar.")
        )
    if match.lacking:
        return message(
            N_(
                "This is not a report that Facilitator knows. "
                "The nearest is “{title}”, but these columns are missing: {columns}."
            ),
            title=match.kind.title,
            columns=", ".join(match.lacking),
        )
    return message(
        N_(
            "This is not a report that Facilitator knows. "
            "The nearest is “{title}”, but it does not have these columns: {columns}."
        ),
        title=match.kind.title,
        columns=printable(", ".join(match.excess)),
    )


def _attribution_days(match: HeaderMatch) -> int | None:
    windows = (each.heading.window for each in match.columns if each.name in match.kind.measures)
    return next((window for window in windows if window), None)


def _totals(facts: Sequence[Fact]) -> tuple[Total, ...]:
    sums: dict[tuple[Measure, Marketplace, Currency | None], float] = {}
    for fact in facts:
        key = (fact.measure, fact.marketplace, fact.currency)
        sums[key] = sums.get(key, 0.0) + fact.amount
    return tuple(
        Total(measure=measure, marketplace=place, currency=currency, amount=round(amount, 6))
        for (measure, place, currency), amount in sorted(
            sums.items(), key=lambda each: (each[0][0], each[0][1], each[0][2] or "")
        )
    )
