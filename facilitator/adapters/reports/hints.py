"""What a file's name and folder, and the agenda, say about all of its rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.days import DAY_COLUMNS, LONGEST_WINDOW, Span, window_in_name
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.kinds import MONEY, known
from facilitator.adapters.reports.places import marketplace_in_name
from facilitator.domain.errors import N_, Problem, message
from facilitator.domain.facts import Marketplace


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHints:
    """What is known of a whole file beside its rows."""

    marketplace: Marketplace | None = None
    window: Span | None = None
    """The days that the file's name tells."""
    titles: Mapping[str, str]
    """Canonical column → how the file writes it."""
    money_sign: str = ""
    """The currency that the header names."""

    @property
    def has_usable_window(self) -> bool:
        """Whether rows without a day of their own can be booked."""
        return self.window is not None and _days_between(self.window) < LONGEST_WINDOW


def _days_between(window: Span) -> int:
    return (window[1] - window[0]).days


def file_hints(
    path: Path, root: Path, marketplaces: tuple[Marketplace, ...], match: HeaderMatch
) -> FileHints:
    """Gather what is known of a file before its rows are read."""
    signs = (each.heading.sign for each in match.columns if known().numbers.get(each.name) == MONEY)
    return FileHints(
        marketplace=_marketplace(path, root, marketplaces),
        window=window_in_name(path.stem) if match.kind.dated_by_name else None,
        titles={each.name: printable(each.heading.text) for each in match.columns},
        money_sign=next(filter(None, signs), ""),
    )


def _marketplace(
    path: Path, root: Path, marketplaces: tuple[Marketplace, ...]
) -> Marketplace | None:
    """What the file's name says, else the nearest folder's, else the agenda's only one."""
    inside = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
    for name in (inside.stem, *reversed(inside.parent.parts)):
        found = marketplace_in_name(name, marketplaces)
        if found:
            return found
    return marketplaces[0] if len(marketplaces) == 1 else None


def lacking_hints(file: str, match: HeaderMatch, hints: FileHints) -> Iterator[Problem]:
    """Tell once what every row would lack."""
    if not any(match.column(name) for name in DAY_COLUMNS):
        yield from _window_problems(file, hints.window)
    if match.column("marketplace") is None and hints.marketplace is None:
        yield Problem(
            file=file,
            message=message(
                N_("Neither the rows nor the file's name say which marketplace it is about.")
            ),
            hint=message(N_("Put its code into the name of the file or its folder: US, UK, DE…")),
        )


def _window_problems(file: str, window: Span | None) -> Iterator[Problem]:
    if window is None:
        yield Problem(
            file=file,
            message=message(N_("Neither the rows nor the file's name say which days it is about.")),
            hint=message(
                N_("Put the first and the last day into its name: {name}."),
                name=f"business_US_2026-11-16_2026-11-22{Path(file).suffix}",
            ),
        )
    elif _days_between(window) >= LONGEST_WINDOW:
        yield Problem(
            file=file,
            message=message(
                N_("The file's name says more than a week, so its days cannot be told apart.")
            ),
            hint=message(N_("Download the report for one week, or by date.")),
        )
