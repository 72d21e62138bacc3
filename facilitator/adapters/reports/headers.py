"""Normalize header cells, and match a header row to a report type."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from fnmatch import translate
from functools import cache, lru_cache, partial

from msgspec import Struct

from facilitator.adapters.reports.cells import DASHES, plain_text
from facilitator.adapters.reports.days import DAY_COLUMNS
from facilitator.adapters.reports.marketplaces import is_currency, symbols
from facilitator.adapters.reports.report_types import (
    IDENTIFIER,
    ReportType,
    ReportTypes,
    vocabulary,
)
from facilitator.domain.text import one_line

_DAYS = re.compile(
    r"(?<![\d-])(1|7|14|30)"
    r"(?= ?(?:d(?:ays?|[ií]as?|agen|agar|ni|zień)?\b|天|tag(?:e|en)?\b|日間"
    r"|jours?\b|giorn[io]\b|gün))"
)
_COUNT_SIGNS = {"#", "n.o", "no", "no.", "n°"}
"""What stands in brackets behind a count: `(#)`, `(n.º)`."""
_APOSTROPHES = str.maketrans("’‘´`", "''''")
_WINDOWS = (None, 7, 14, 30, 1)
"""Where a file counts sales several days after a click, the first of these is read."""
_BRACKET = re.compile(r"\(([^()]{1,4})\)")
_LETTER = re.compile(r"[^\W\d_]")


class Heading(Struct, frozen=True, kw_only=True):
    """A parsed header cell."""

    text: str
    """As written, cleaned and in one line."""
    key: str
    """What it is compared by."""
    window: int | None = None
    """The attribution window in days, where it names one."""
    sign: str = ""
    """The currency that it names in brackets: `$`, `USD`…"""


@lru_cache(maxsize=4096)
def heading(cell: str) -> Heading:
    """Parse a header cell."""
    text = one_line(plain_text(cell))
    plain = text.translate(_APOSTROPHES)
    key = DASHES.sub("-", unicodedata.normalize("NFKC", plain).casefold())
    sign = ""
    for bracket in _BRACKET.findall(key):
        if bracket in _COUNT_SIGNS or _sign(bracket):
            sign = _sign(bracket) or sign
            key = key.replace(f"({bracket})", "")
    window = _DAYS.search(key)
    key = _DAYS.sub("#", key)
    key = re.sub(r" ?- ?", "-", " ".join(key.split()))
    return Heading(text=text, key=key, window=int(window[0]) if window else None, sign=sign)


def _sign(bracket: str) -> str:
    if is_currency(bracket.upper()):
        return bracket.upper()
    return next((sign for sign in symbols() if sign.casefold() == bracket), "")


class Column(Struct, frozen=True, kw_only=True):
    """A column of a file that its report type uses."""

    name: str
    """Canonical."""
    position: int
    heading: Heading


class HeaderMatch(Struct, frozen=True, kw_only=True):
    """A header row matched to a report type."""

    kind: ReportType
    columns: tuple[Column, ...]
    lacking: tuple[str, ...] = ()
    """The columns that it lacks to be of this report type, as headers write them."""
    excess: tuple[str, ...] = ()
    """The columns of the header that exclude this report type."""
    unknown_places: tuple[tuple[str, int], ...] = ()
    """The columns of the header that are not known, and where they stand."""
    width: int = 0
    """How many cells the header has."""

    @property
    def is_complete(self) -> bool:
        """Whether the header is of this report type."""
        return not self.lacking and not self.excess

    @property
    def unrecognised(self) -> tuple[str, ...]:
        """The columns of the header that are not known."""
        return tuple(text for text, _ in self.unknown_places)

    @property
    def missed(self) -> tuple[str, ...]:
        """The columns that a whole file of this type has, and this one has not; canonical."""
        held = {each.name for each in self.columns}
        return tuple(name for name in self.kind.expected if name not in held)

    @property
    def last_needed(self) -> int:
        """The position of the last cell that a whole row must have."""
        needed = {*self.kind.expected, *self.kind.numbers}
        return max((each.position for each in self.columns if each.name in needed), default=0)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The columns that say what a row is about, beside its day and marketplace."""
        kind = self.kind
        elsewhere = {*DAY_COLUMNS, "marketplace", "currency", *kind.states}
        return tuple(
            sorted(
                each.name
                for each in self.columns
                if each.name not in elsewhere
                and kind.numbers.get(each.name, IDENTIFIER) == IDENTIFIER
            )
        )

    def column(self, name: str) -> Column | None:
        """The column with this canonical name."""
        return next((column for column in self.columns if column.name == name), None)


@cache
def _aliases(kind: ReportType) -> dict[str, tuple[str, int]]:
    """Key → canonical name and how good an alias it is (0 the best)."""
    found: dict[str, tuple[str, int]] = {}
    for name, texts in kind.columns.items():
        for place, text in enumerate(texts):
            found.setdefault(heading(text).key, (name, place))
    return found


@cache
def _every_key(known: ReportTypes) -> frozenset[str]:
    return frozenset(key for kind in known.kinds for key in _aliases(kind))


def known_cells(row: Sequence[str], known: ReportTypes) -> int:
    """Return how many cells of a row are headers of any report: the row's score."""
    keys = _every_key(known)
    return sum(1 for key in {heading(cell).key for cell in row} if key in keys)


def is_bulk(row: Sequence[str], sheet: str = "") -> bool:
    """Whether a header belongs to a bulk operations sheet."""
    if sheet.casefold() in vocabulary().bulk_sheets:
        return True
    keys = {heading(cell).key for cell in row}
    return any(
        all(heading(cell).key in keys for cell in columns) for columns in vocabulary().bulk_columns
    )


def match_header(row: Sequence[str], known: ReportTypes) -> HeaderMatch | None:
    """Return the match of a header row: its report type, or the nearest one; None for neither."""
    matches: list[HeaderMatch] = []
    for kind in known.kinds:
        match = _match(kind, row)
        if match.is_complete:
            return match
        matches.append(match)
    rare = _rareness(known)
    near = max((each for each in matches if not each.kind.refused), key=partial(_nearness, rare))
    return near if _nearness(rare, near)[0] >= 1 else None


@cache
def _rareness(known: ReportTypes) -> dict[str, float]:
    """Header key → how much it tells: one, divided among the sorts of reports that have it."""
    holders: dict[str, set[str]] = {}
    for kind in known.kinds:
        for key in _aliases(kind):
            holders.setdefault(key, set()).add(kind.family or kind.id)
    return {key: 1 / len(sorts) for key, sorts in holders.items()}


def match_shape(
    header: Sequence[str], rows: Sequence[Sequence[str]], known: ReportTypes
) -> HeaderMatch | None:
    """Return the match of a header in an unknown language, by what stands in the rows below it."""
    for kind in (each for each in known.kinds if each.shape):
        patterns = [re.compile(pattern) for _, pattern in kind.shape]
        is_header = len(header) == len(patterns) and not _fits(patterns, header)
        if rows and is_header and all(_fits(patterns, row) for row in rows):
            columns = tuple(
                Column(name=name, position=position, heading=heading(header[position]))
                for position, (name, _) in enumerate(kind.shape)
                if name
            )
            return HeaderMatch(kind=kind, columns=columns, width=len(header))
    return None


def _fits(patterns: Sequence[re.Pattern[str]], row: Sequence[str]) -> bool:
    return len(row) == len(patterns) and all(
        pattern.fullmatch(cell.strip()) for pattern, cell in zip(patterns, row, strict=True)
    )


def _nearness(rare: Mapping[str, float], match: HeaderMatch) -> tuple[float, float, int]:
    """How near a header is to a report: what distinguishes reports counts, not `asin` and `sku`."""
    told = sum(rare.get(each.heading.key, 1) for each in match.columns)
    required = match.kind.required
    held = sum(1 for name in required if match.column(name)) / (len(required) or 1)
    return round(told, 6), held, -len(match.excess)


def _match(kind: ReportType, row: Sequence[str]) -> HeaderMatch:
    best: dict[str, tuple[tuple[int, int, int], Column]] = {}
    used: set[int] = set()
    headings = tuple(heading(cell) for cell in row)
    for position, each in enumerate(headings):
        found = _canonical(kind, each)
        if found is None:
            continue
        name, place = found
        used.add(position)
        order = (_WINDOWS.index(each.window), place, position)
        if name not in best or order < best[name][0]:
            best[name] = (order, Column(name=name, position=position, heading=each))
    columns = tuple(sorted((column for _, column in best.values()), key=lambda each: each.position))
    return HeaderMatch(
        kind=kind,
        columns=columns,
        lacking=_lacking(kind, set(best)),
        excess=tuple(best[name][1].heading.text for name in kind.without if name in best),
        unknown_places=tuple(
            (each.text, position)
            for position, each in enumerate(headings)
            if position not in used and each.key and not _is_ignored(kind, each.key)
        ),
        width=len(row),
    )


def _canonical(kind: ReportType, each: Heading) -> tuple[str, int] | None:
    aliases = _aliases(kind)
    if each.key in aliases:
        return aliases[each.key]
    left, dash, right = each.key.rpartition("-")
    bilingual = dash and right.isascii() and not left.isascii() and _LETTER.search(left)
    return aliases.get(right.strip()) if bilingual else None


def _lacking(kind: ReportType, held: set[str]) -> tuple[str, ...]:
    missing = [kind.columns[name][0] for name in kind.required if name not in held]
    if kind.enough and not any(held.issuperset(each) for each in kind.enough):
        nearest = max(kind.enough, key=lambda each: len(held.intersection(each)) / len(each))
        missing += [kind.columns[name][0] for name in nearest if name not in held]
    if not kind.dated_by_name and "day" not in kind.required and not _has_day(held):
        missing.append(kind.columns["day"][0])
    return tuple(missing)


def _has_day(held: set[str]) -> bool:
    return "day" in held or "window" in held or {"first_day", "last_day"} <= held


@cache
def _ignored(kind: ReportType) -> re.Pattern[str]:
    keys = [heading(text).key.replace("[", "[[]") for text in kind.ignored]
    return re.compile("|".join(map(translate, keys)) or r"(?!)")


def _is_ignored(kind: ReportType, key: str) -> bool:
    return _ignored(kind).match(key) is not None
