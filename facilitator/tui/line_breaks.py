"""Break lines of Chinese and Japanese text between any two characters."""

import re

from rich import _wrap

WIDE = r"\u2e80-\u2fff\u3005-\u3007\u3021-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
OPENING = r"\u2018\u201c\u3008\u300a\u300c\u300e\u3010\uff08\uff3b"
CLOSING = (
    r"\u2019\u201d\u2026\u3001\u3002\u3009\u300b\u300d\u300f\u3011"
    r"\uff01\uff05\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d"
)

WORD = (
    rf"\s*(?:"
    rf"[{OPENING}]*(?:[^\s{WIDE}{OPENING}{CLOSING}]+|[{WIDE}])?[{CLOSING}]+"
    rf"|[{OPENING}]*(?:[^\s{WIDE}{OPENING}{CLOSING}]+|[{WIDE}])"
    rf"|[{OPENING}]+"
    rf")\s*"
)
"""A word between blanks, or one wide character, with the punctuation that must stay with it."""


def break_between_wide_characters() -> None:
    """Make Rich, and so every widget, break lines at these words."""
    _wrap.re_word = re.compile(WORD)
