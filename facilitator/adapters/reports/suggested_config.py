"""Suggest lines for `reports.toml` that make a file's columns known."""

import json
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.headers import HeaderMatch

_PLACEHOLDER = "…"
"""Put where only a person can know the header."""


def suggest_config(match: HeaderMatch | None, header: Sequence[str]) -> str:
    """Return the missing lines with the headers that fit best; empty if nothing is missing.

    Headers that fit nowhere follow as a comment, as they are written, to be put into the lines. For
    a file that resembles no known report, return the outline of a custom type.
    """
    if match is None:
        lines = _new_report_lines(header)
    elif match.excess or match.kind.refused:
        return ""
    else:
        lines = _added_column_lines(match)
    return "\n".join(lines)


def _new_report_lines(header: Sequence[str]) -> Iterator[str]:
    yield "[kinds.my-report]"
    yield 'title = "My report"'
    yield ""
    yield "[kinds.my-report.columns]"
    yield _comment(cell for cell in header if cell.strip())
    for name in ("day", "marketplace", "ad_spend", "ordered_sales"):
        yield f'{name} = ["{_PLACEHOLDER}"]'


def _added_column_lines(match: HeaderMatch) -> Iterator[str]:
    wanted = _wanted(match)
    if not wanted or not (match.unrecognised or match.lacking):
        return
    yield f"[kinds.{match.kind.id}.columns]"
    left = list(match.unrecognised)
    for name in wanted:
        guess = _most_similar(match, name, left) or _between_neighbours(match, name, left)
        if guess:
            left.remove(guess)
        yield f"{name} = [{_quoted(guess or _PLACEHOLDER)}]"
    if left:
        yield _comment(left)


def _comment(cells: Iterator[str] | list[str]) -> str:
    return f"# {', '.join(_quoted(cell) for cell in cells)}"


def _wanted(match: HeaderMatch) -> list[str]:
    """Return the missing columns that it usually has; if none is, the measures it could have."""
    columns = match.kind.columns
    by_header = {texts[0]: name for name, texts in reversed(columns.items())}
    wanted = dict.fromkeys([*(by_header[text] for text in match.lacking), *match.missed])
    if wanted:
        return [*wanted]
    return [name for name in columns if name in match.kind.measures and match.column(name) is None]


def _most_similar(match: HeaderMatch, name: str, left: Sequence[str]) -> str:
    """Return the unknown header that is most similar to the known ones of a column."""
    unknown = {printable(text).casefold(): text for text in left}
    near = (
        get_close_matches(text.casefold(), unknown, n=1, cutoff=0.6)
        for text in match.kind.columns.get(name, ())
    )
    return next((unknown[found[0]] for found in near if found), "")


def _between_neighbours(match: HeaderMatch, name: str, left: Sequence[str]) -> str:
    """Return the only unknown header between the columns that usually stand beside this one.

    Reports keep the order of their columns in every language.
    """
    order = [*match.kind.columns]
    at = order.index(name)
    places = {order.index(each.name): each.position for each in match.columns}
    before = [place for index, place in places.items() if index < at]
    after = [place for index, place in places.items() if index > at]
    if not before or not after:
        return ""
    between = [
        text
        for text, place in match.unknown_places
        if text in left and max(before) < place < min(after)
    ]
    return between[0] if len(between) == 1 else ""


def _quoted(text: str) -> str:
    """Return a header as a TOML string."""
    return json.dumps(printable(text), ensure_ascii=False)
