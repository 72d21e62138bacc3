"""Read Escape and the key after it as two keys, also where both arrive at once."""

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.events import Key

ESCAPE = "\x1b"
SEQUENCE_STARTS = "[O"
"""What follows Escape where a terminal sends an arrow or a function key."""
WORD_KEYS = "bf\x7f"
"""What follows Escape where Alt and an arrow, or Alt and Backspace, edit by words."""

_read_keys = XTermParser._sequence_to_key_events  # the framework has no public place for this


def separate_escape() -> None:
    """Let no letter that is typed within a tenth of a second after Escape swallow it.

    Terminals send Alt and a letter as Escape and the letter. The framework takes whatever comes
    within a tenth of a second for that, and the letter, which is meant for what Escape leads back
    to, would be written into the field that it should leave.
    """

    def read_keys(parser: XTermParser, sequence: str, alt: bool = False) -> Iterable[Key]:
        first, last = sequence[:-1], sequence[-1:]
        if alt or (first == ESCAPE and last not in SEQUENCE_STARTS + WORD_KEYS + ESCAPE):
            yield Key("escape", ESCAPE)
            sequence = last
        yield from _read_keys(parser, sequence)

    XTermParser._sequence_to_key_events = read_keys  # type: ignore[method-assign,assignment]
