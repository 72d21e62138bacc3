"""Every character that the text policy removes, found in Unicode's own tables."""

import sys
import unicodedata

_VISIBLE_SCRIPTS = ("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN")
"""Scripts with format characters that are seen, such as the Arabic number sign."""
_UNASSIGNED = ("\u2065", *map(chr, range(0xFFF0, 0xFFF9)), "\U000e0000", "\U000e0080")
"""Invisible by default, though not characters yet."""
_NO_CHARACTERS = (*map(chr, range(0xFDD0, 0xFDF0)), "\ufffe", "\uffff")


def is_unsafe(character: str) -> bool:
    """Whether a character steers a terminal, turns the direction of writing or is invisible."""
    if character == "\N{ARABIC LETTER MARK}":
        return True
    category = unicodedata.category(character)
    name = unicodedata.name(character, "")
    return (
        category in ("Cc", "Cs", "Zl", "Zp")
        or (category == "Cf" and not name.startswith(_VISIBLE_SCRIPTS))
        or character in _UNASSIGNED
        or character in _NO_CHARACTERS
    )


UNSAFE = tuple(filter(is_unsafe, map(chr, range(sys.maxunicode + 1))))
"""All of them; a new line is one too, where one line is meant."""
UNSAFE_IN_FILES = "start " + " ".join(
    each for each in UNSAFE if unicodedata.category(each) != "Cs"
) + " \x1b]0;owned\x07\x1b[31m\x9b31mend"  # fmt: skip
"""Every one that a file can hold, in one text."""


def unsafe_characters(text: str, *, kept: str = "\n") -> list[str]:
    """Those that are left in a text."""
    return sorted({each for each in text if each not in kept and is_unsafe(each)})
