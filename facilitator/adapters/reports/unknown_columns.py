"""Find columns whose cells say what rows are about, though their names are not known.

A header such as `Dat` instead of `Date` would let the days of all rows be those of the file's name,
and a column of countries without a name would let all rows count for the folder's marketplace. And
a column that a report usually has may stand there under another name.
"""

from collections.abc import Iterator, Sequence

from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.days import DAY_COLUMNS, read_window
from facilitator.adapters.reports.headers import HeaderMatch
from facilitator.adapters.reports.marketplaces import currency_of, find_marketplace, is_currency
from facilitator.adapters.reports.unsupported_files import INSPECT_HINT
from facilitator.domain.errors import N_, Diagnostic, message, warning
from facilitator.domain.kpis.facts import Marketplace

_MOST_NAMED = 5


def misnamed_columns(
    file: str,
    header: Sequence[str],
    below: Sequence[Sequence[str]],
    match: HeaderMatch,
    marketplace: Marketplace | None,
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each column that should have told days, marketplaces or money.

    `below` are the first rows below the header, `marketplace` is that of the rows that do not
    tell theirs.
    """
    unknown = {place for _, place in match.unknown_places}
    blank = {place for place, text in enumerate(header) if not text.strip()}
    for place in sorted(unknown | blank):
        cells = {row[place].strip() for row in below if place < len(row)} - {""}
        if cells and (said := _said(cells, match, marketplace)):
            name = printable(header[place]).strip() or str(place + 1)
            yield Diagnostic(
                file=file,
                column=name,
                message=message(said),
                hint=message(
                    N_(
                        "Check the header: a letter may be wrong or missing. Download the report "
                        "again, or name the column in reports.toml."
                    )
                ),
            )


def _said(cells: set[str], match: HeaderMatch, marketplace: Marketplace | None) -> str:
    """Return what is wrong if a column with these cells is not known; "" if nothing is."""
    known = {column.name for column in match.columns}
    if known.isdisjoint(DAY_COLUMNS) and all(map(_is_window, cells)):
        return N_("This column holds days, but its name is not known, so its days do not count.")
    if "marketplace" not in known:
        found = {find_marketplace(cell) for cell in cells}
        if None not in found and found != {marketplace}:
            return N_(
                "This column holds marketplaces, but its name is not known, so the rows count for "
                "the marketplace of the file."
            )
    if "currency" not in known and all(map(is_currency, cells)):
        own = currency_of(marketplace) if marketplace else None
        if cells != {own}:
            return N_(
                "This column holds currencies, but its name is not known, so the rows count in the "
                "currency of the marketplace."
            )
    return ""


def _is_window(cell: str) -> bool:
    return bool(read_window(cell, "day-first") or read_window(cell, "month-first"))


def missed_columns(file: str, match: HeaderMatch) -> Iterator[Diagnostic]:
    """Warn of columns that a report usually has, where the header has others that are not known.

    Somebody may have hidden them, which needs no word: their KPIs say what is missing. But those
    that are not known may be the same ones by another name.
    """
    names = ", ".join(match.kind.columns[name][0] for name in match.missed if name != "marketplace")
    unknown = ", ".join(match.unrecognised[:_MOST_NAMED])
    if names and unknown:
        said = N_("The report has no {columns}, but has columns that are not known: {unknown}.")
        yield warning(file, message(said, columns=names, unknown=printable(unknown)), INSPECT_HINT)
