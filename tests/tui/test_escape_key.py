"""Escape and the key after it are two keys, however fast they come."""

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from facilitator.tui.escape_key import separate_escape


def keys(text: str) -> list[str]:
    separate_escape()
    return [each.key for each in XTermParser().feed(text) if isinstance(each, Key)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\x1ba", ["escape", "a"]),
        ("\x1bA", ["escape", "A"]),
        ("\x1bd", ["escape", "d"]),
        ("\x1b1", ["escape", "1"]),
        ("\x1b?", ["escape", "question_mark"]),
        ("\x1b ", ["escape", "space"]),
        ("\x1b\r", ["escape", "enter"]),
        ("\x1b\t", ["escape", "tab"]),
        ("\x1b优", ["escape", "优"]),
        ("\x1b\x13", ["escape", "ctrl+s"]),
        ("\x1bafoo", ["escape", "a", "f", "o", "o"]),
    ],
)
def test_a_key_right_after_escape_leaves_it_whole(text: str, read: list[str]) -> None:
    assert keys(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\x1b[A", ["up"]),
        ("\x1bOP", ["f1"]),
        ("\x1b[15~", ["f5"]),
        ("\x1b[1;5D", ["ctrl+left"]),
        ("\x1bb", ["ctrl+left"]),
        ("\x1b\x7f", ["ctrl+w"]),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("ab", ["a", "b"]),
    ],
)
def test_keys_that_a_terminal_sends_as_sequences_stay_one_key(text: str, read: list[str]) -> None:
    assert keys(text) == read
