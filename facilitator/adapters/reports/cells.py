"""Text of cells: normalize it, find blanks, clean it for display."""

import re
import unicodedata

from facilitator.domain.text import one_line, remove_unsafe_characters

_BLANK = frozenset({"", "-", "--", "—", "–", "n/a", "na", "null", "none"})
_WRAPPED = re.compile(r'="(.*)"')
_SHOWN = 40

LONGEST_CELL = 80
"""The most characters that a number or a date may have."""

DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63]")
"""Dashes that stand for a hyphen or a minus."""


def plain_text(cell: object) -> str:
    """Return a cell's text to compare or to parse: NFKC, no quotes or `="…"` around it.

    It is not cleaned: a figure with control characters in it must stay one that is refused.
    """
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
    """Return whether a cell with a number, day or marketplace is blank."""
    return cell is None or (isinstance(cell, str) and plain_text(cell).casefold() in _BLANK)


def printable(text: str) -> str:
    """Return a text cleaned, in one line; its blanks stay, as they tell two names apart."""
    return remove_unsafe_characters(text).replace("\n", " ")


def shown(cell: object) -> str:
    """Return a cell as it may be quoted in a sentence: cleaned, in one line and short."""
    text = one_line(str(cell)[: 4 * _SHOWN])
    return text if len(text) <= _SHOWN else f"{one_line(text[: _SHOWN - 1])}…"
