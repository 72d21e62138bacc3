"""A cell's text: what is blank, what spreadsheets wrap around it, how it may be shown."""

import re
import unicodedata

_BLANK = frozenset({"", "-", "--", "—", "–", "n/a", "na", "null", "none"})
_WRAPPED = re.compile(r'="(.*)"')
_SHOWN = 40

LONGEST_CELL = 80
"""Signs that a figure or a day may have; anything longer is neither."""

DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63]")
"""Every dash that stands for a hyphen or a minus."""


def plain_text(cell: object) -> str:
    """A cell as one line of plain text: NFKC, no quotes or `="…"` around it."""
    text = cell if isinstance(cell, str) else str(cell)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.strip().strip("\ufeff")
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].strip()
    if text.startswith("="):
        wrapped = _WRAPPED.fullmatch(text)
        text = wrapped[1].strip() if wrapped else text
    return text


def is_blank(cell: object) -> bool:
    """Whether a cell of figures, days or marketplaces says nothing."""
    return cell is None or (isinstance(cell, str) and plain_text(cell).casefold() in _BLANK)


def printable(text: str) -> str:
    """A text in one line, without control characters and what cannot be written."""
    return "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)


def shown(cell: object) -> str:
    """A cell as it may be quoted in a sentence: printable and short."""
    text = " ".join(printable(str(cell)[: 4 * _SHOWN]).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
