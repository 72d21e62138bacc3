"""Suggest lines for `reports.toml` that make a file's columns known."""

import json
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from facilitator.adapters.reports.cells import printable
from facilitator.adapters.reports.headers import HeaderMatch

_PLACEHOLDER = "…"
"""Put where only a person can know the header."""


def suggest_config(match: HeaderMatch | None, header: Sequence[str]) -> str:
    """Return the missing lines with the most similar headers; empty if nothing is missing.

    For a file that resembles no known report, return the outline of a custom type.
    """
    if match is None:
        lines = _new_report_lines(header)
    elif match.excess:
        return ""
    else:
        lines = _added_column_lines(match)
    return "\n".join(lines)


def _new_report_lines(header: Sequence[str]) -> Iterator[str]:
    cells = ", ".join(_quoted(cell) for cell in header if cell.strip())
    yield "[kinds.my-report]"
    yield 'title = "My report"'
    yield ""
    yield "[kinds.my-report.columns]"
    yield f"# {cells}"
    for name in ("day", "marketplace", "ad_spend", "ordered_sales"):
        yield f'{name} = ["{_PLACEHOLDER}"]'


def _added_column_lines(match: HeaderMatch) -> Iterator[str]:
    wanted = [name for name in _wanted(match) if not match.column(name)]
    if wanted and (match.unrecognised or match.lacking):
        yield f"[kinds.{match.kind.id}.columns]"
        for name in wanted:
            yield f"{name} = [{_quoted(_guess(match, name))}]"


def _wanted(match: HeaderMatch) -> Sequence[str]:
    """Return the missing required columns; if none is missing, the measures it could have."""
    columns = match.kind.columns
    if match.is_complete:
        return [name for name in columns if name in match.kind.measures]
    by_header = {texts[0]: name for name, texts in columns.items()}
    return [by_header[text] for text in match.lacking]


def _guess(match: HeaderMatch, name: str) -> str:
    """Return the unknown header that is most similar to the known ones of a column."""
    unknown = {printable(text).casefold(): text for text in match.unrecognised}
    near = (
        get_close_matches(text.casefold(), unknown, n=1, cutoff=0.5)
        for text in match.kind.columns.get(name, ())
    )
    return next((unknown[found[0]] for found in near if found), _PLACEHOLDER)


def _quoted(text: str) -> str:
    """Return a header as a TOML string."""
    return json.dumps(printable(text), ensure_ascii=False)
