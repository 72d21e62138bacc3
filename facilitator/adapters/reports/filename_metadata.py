"""Find marketplace, ad product and days in names of files, folders and sheets."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from facilitator.adapters.reports.ad_products import product_of_file
from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.days import (
    DAY_COLUMNS,
    DaySpan,
    window_in_name,
    window_in_text,
)
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.place_evidence import PlaceEvidence, marketplace_of_file
from facilitator.adapters.reports.report_types import MONEY, ReportType, vocabulary
from facilitator.adapters.reports.sniff import Layout
from facilitator.domain.errors import N_, Diagnostic, Message, message
from facilitator.domain.kpis.facts import Marketplace


class MissingMetadata(Struct, frozen=True, kw_only=True):
    """Metadata without which no row can be counted."""

    said: Message
    hint: Message


class FileMetadata(Struct, frozen=True, kw_only=True):
    """What is known of a file as a whole."""

    place: PlaceEvidence = PlaceEvidence()
    """The marketplace of the rows that do not tell it, and what says so."""
    product: str = ""
    """The product of advertising of the rows that do not tell it."""
    window: DaySpan | None = None
    """The days that the file's name tells, or the lines above its header."""
    named_window: DaySpan | None = None
    """The days that the file's name tells, whether or not its rows tell theirs."""
    titles: Mapping[str, str]
    """Canonical column → how the file writes it."""
    money_sign: str = ""
    """The currency that the header names."""
    vat: Mapping[str, float] = field(default_factory=dict)
    """Marketplace → percent of VAT in what ads cost."""
    lacks: tuple[MissingMetadata, ...] = ()
    """What is missing, so that no row can be counted."""

    @property
    def marketplace(self) -> Marketplace | None:
        """The marketplace of the rows that do not tell it."""
        return self.place.marketplace


def gather_metadata(
    path: Path,
    root: Path,
    marketplaces: tuple[Marketplace, ...],
    layout: Layout,
    match: HeaderMatch,
    vat: Mapping[str, float] = {},
) -> FileMetadata:
    """Gather what is known of a file before its rows are read.

    `vat` is the percent of it in the unified console's total cost, by marketplace.
    """
    kind = match.kind
    signs = (each.heading.sign for each in match.columns if kind.numbers.get(each.name) == MONEY)
    names = (layout.sheet, *_path_names(path, root))
    _, stem, *folders = names
    place = marketplace_of_file(layout.sheet, stem, folders, marketplaces)
    window = _window_above(kind, layout.above)
    lacks: list[MissingMetadata] = []
    if kind.dated_above and layout.above and window is None:
        lacks.append(_NO_WEEK_ABOVE)
    elif not any(match.column(name) for name in DAY_COLUMNS):
        if window is None and kind.dated_by_name:
            window = window_in_name(path.stem)
        lacks += _check_window(kind, window, path.suffix)
    elif kind.may_be_empty:
        window = window_in_name(path.stem)
    says_place = match.column("marketplace") or match.column("currency")
    if not says_place and place.marketplace is None:
        lacks.append(NO_MARKETPLACE)
    return FileMetadata(
        place=place,
        product=product_of_file(names, layout.header, match),
        window=window,
        named_window=window_in_name(path.stem),
        titles={each.name: printable(each.heading.text) for each in match.columns},
        money_sign=next(filter(None, signs), ""),
        vat=vat if _has_total_cost(match) else {},
        lacks=tuple(lacks),
    )


def _has_total_cost(match: HeaderMatch) -> bool:
    cost = match.column("ad_spend")
    return cost is not None and cost.heading.key in vocabulary().total_cost


def missing_metadata_diagnostics(file: str, hints: FileMetadata) -> Iterator[Diagnostic]:
    """Return a diagnostic for each thing that every row would lack."""
    return (Diagnostic(file=file, message=each.said, hint=each.hint) for each in hints.lacks)


NO_MARKETPLACE = MissingMetadata(
    said=message(N_("Neither the rows nor the file's name say which marketplace this is.")),
    hint=message(
        N_(
            "Put the file into a folder named after its marketplace, such as US, or put the code "
            "into its name in capitals, such as sales_US.csv. Small letters do not count there."
        )
    ),
)
_NO_WEEK_ABOVE = MissingMetadata(
    said=message(
        N_(
            "The line above the header does not name a single week, so the rows cannot be "
            "assigned to a week."
        )
    ),
    hint=message(N_("Download the report for one week, and keep its first line.")),
)


def _path_names(path: Path, root: Path) -> tuple[str, ...]:
    """Return the file's name and those of its folders, the nearest first."""
    inside = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
    return inside.stem, *reversed(inside.parent.parts)


def _window_above(kind: ReportType, above: Sequence[str]) -> DaySpan | None:
    windows = (window_in_text(line) for line in above) if kind.dated_above else ()
    return next(filter(None, windows), None)


def _check_window(
    kind: ReportType, window: DaySpan | None, suffix: str
) -> Iterator[MissingMetadata]:
    if window is None:
        hint = N_("Put the first and the last day into the file's name: {name}.")
        if kind.is_snapshot:
            hint = N_("Put the day of the data into the file's name: {name}.")
        yield MissingMetadata(
            said=message(N_("Neither the rows nor the file's name say which days these are.")),
            hint=message(hint, name=example_file_name(kind, suffix)),
        )


def example_file_name(kind: ReportType, suffix: str) -> str:
    """Return an example of a file name with the metadata that the rows may lack."""
    days = "2026-11-22" if kind.is_snapshot else "2026-11-16_2026-11-22"
    return f"{kind.id}_US_{days}{suffix}"
