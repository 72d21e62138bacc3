"""What the recorder enters with each key that opens a field, and what the journal must hold."""

from collections.abc import Callable, Iterator
from itertools import cycle
from typing import NamedTuple

ENTER, TAB, ESCAPE, BACKSPACE, SAVE = "\r", "\t", "\x1b", "\x7f", "\x13"
END, CLEAR = "\x05", "\x15"
LAST = "\x1b[F"
F5, F6, F7, F8 = "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~"
PASTE_STARTS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"


class Entry(NamedTuple):
    """The keys of an entry, and the event that they lead to."""

    keys: tuple[str, ...]
    event: str
    """The type of the event."""
    texts: tuple[str, ...]
    """What its fields hold."""


def strokes(text: str) -> Iterator[str]:
    """Yield the keys of a text; an input method commits Chinese in chunks of three."""
    chunk = ""
    for letter in text:
        if ord(letter) > 0x2E80:
            chunk += letter
        if chunk and (len(chunk) == 3 or ord(letter) <= 0x2E80):
            yield chunk
            chunk = ""
        if ord(letter) <= 0x2E80:
            yield letter
    if chunk:
        yield chunk


def mistyped(text: str) -> tuple[str, ...]:
    """Return the keys of a text with a wrong letter at its end, which is taken back."""
    return (*strokes(text), "q", BACKSPACE)


def note(text: str) -> Entry:
    return Entry(("t", *mistyped(text), ENTER, ESCAPE), "NoteTaken", (text,))


def note_by_function_key(text: str) -> Entry:
    return Entry((F5, *strokes(text), ENTER, ESCAPE), "NoteTaken", (text,))


def pasted_note(text: str) -> Entry:
    keys = ("t", PASTE_STARTS + text + PASTE_ENDS, ENTER, ESCAPE)
    return Entry(keys, "NoteTaken", (text,))


def action(text: str) -> Entry:
    fields = (*mistyped(text), ENTER, *mistyped("zhao"), ENTER, *strokes("+3d"), ENTER)
    criterion = f"27 · {text}"
    keys = ("a", *fields, *mistyped(criterion), ENTER)
    return Entry(keys, "ActionAdded", (text, "zhao", criterion))


def action_by_tabs(text: str) -> Entry:
    fields = (*strokes(text), TAB, *strokes("li"), TAB, *strokes("+3d"), TAB)
    keys = (F6, *fields, *mistyped("27 units"), SAVE)
    return Entry(keys, "ActionAdded", (text, "li", "27 units"))


def question(text: str) -> Entry:
    return Entry(("d", *mistyped(text), SAVE), "DecisionProposed", (text,))


def question_by_function_key(text: str) -> Entry:
    return Entry((F7, *strokes(text), SAVE), "DecisionProposed", (text,))


def ruling(text: str) -> Entry:
    """The first outcome of the last question, with a reason."""
    keys = ("2", LAST, ENTER, " ", *mistyped(text), ENTER)
    return Entry(keys, "DecisionRuled", (text, "chosen", "A"))


def objection(text: str) -> Entry:
    """Somebody who is present is against the last question."""
    keys = ("2", LAST, "v", "2", *mistyped(text), ENTER, ENTER)
    return Entry(keys, "StanceTaken", (text, "against"))


def topic(text: str) -> Entry:
    return Entry(("k", *mistyped(text), ENTER, "0", ENTER), "TopicParked", (text,))


def topic_by_function_key(text: str) -> Entry:
    return Entry((F8, *strokes(text), ENTER, ENTER), "TopicParked", (text,))


def answer(text: str) -> Entry:
    return Entry(("g", END, CLEAR, *mistyped(text), ENTER), "FocusAnswered", (text,))


def changed_note(text: str) -> Entry:
    keys = ("4", ENTER, END, CLEAR, *mistyped(text), ENTER)
    return Entry(keys, "NoteChanged", (text,))


def text_left_and_taken_up(text: str) -> Entry:
    """A note that is left with Escape in its middle, and gone on with."""
    half = len(text) // 2
    keys = ("t", *strokes(text[:half]), ESCAPE, "t", *strokes(text[half:]), ENTER, ESCAPE)
    return Entry(keys, "NoteTaken", (text,))


KINDS: tuple[Callable[[str], Entry], ...] = (
    note,
    action,
    question,
    objection,
    ruling,
    topic,
    pasted_note,
    answer,
    changed_note,
    action_by_tabs,
    note_by_function_key,
    question_by_function_key,
    topic_by_function_key,
    text_left_and_taken_up,
)
"""Every way to begin a text on the meeting's screen."""


def entries(texts: tuple[str, ...]) -> tuple[Entry, ...]:
    """Return an entry for each text, by each kind in turn."""
    return tuple(kind(text) for text, kind in zip(texts, cycle(KINDS), strict=False))
