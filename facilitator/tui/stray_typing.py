"""Know a sentence that was typed where letters are commands, before it does harm.

Commands are typed one at a time; words come in one go, with a blank between them.
"""

from msgspec import Struct

from facilitator.domain.events.meeting import Step

LONGEST_PAUSE = 1.0
"""Seconds between two keys of one sentence at most."""
FEWEST_LETTERS, FEWEST_DIFFERENT, FEWEST_COMMANDS = 8, 4, 4
"""The letters of a sentence, those that differ, and those that came where no text was typed."""
LONGEST_OFFER = 20.0
"""Seconds for which a sentence can be taken as a note."""
PANE_KEY_PAUSE = 0.2
"""Seconds after the digit of a pane that show that it was none of the sentence's letters."""
FEWEST_WIDE = 2
"""The letters beyond ASCII that make a sentence: none of them is a command."""


class OfferedNote(Struct, frozen=True):
    """A sentence whose letters acted as commands."""

    text: str
    step_before: Step | None
    """The last step before its letters did something."""
    undone: int
    """How many of the steps before it its letters took back."""
    kept: int
    """How many steps its letters left standing all the while: those are never taken back."""
    last_step: Step | None
    """The last step that they took; after another one the offer is gone."""
    at: float
    """When its last letter was typed."""


class StrayTyping:
    """The letters typed in one go since the last pause."""

    def __init__(self) -> None:
        """Begin with no letter."""
        self.text = ""
        self.is_sentence = False
        self._commands = 0
        self.at = 0.0
        """When the last letter was typed."""
        self._first_pause = 0.0

    def begins(self, at: float) -> bool:
        """Return whether a letter at this moment is the first after a pause."""
        return not self.text or at - self.at > LONGEST_PAUSE

    def reset(self) -> None:
        """Forget what was typed; what comes next begins anew."""
        self.text, self.is_sentence, self._commands = "", False, 0

    def add(self, letter: str, at: float, *, is_text: bool) -> bool:
        """Add a letter; return whether it belongs to a sentence that was not meant as commands.

        `is_text` says that a text field would take it, as a command before has opened one.
        """
        if self.begins(at):
            self.reset()
        if is_text and not self.is_sentence and self._commands < FEWEST_COMMANDS:
            self.reset()
            return False
        if len(self.text) == 1:
            self._first_pause = at - self.at
        self.at = at
        self._commands += not is_text
        self.text += letter
        self.is_sentence = self.is_sentence or _is_sentence(self.text)
        return self.is_sentence

    def sentence(self) -> str:
        """Return what was typed, without the digit that went to a pane just before it."""
        first, second = self.text[:1], self.text[1:2]
        is_number = second.isdigit() and self._first_pause < PANE_KEY_PAUSE
        is_pane_key = first.isdigit() and second not in (" ", "") and not is_number
        return self.text[1:] if is_pane_key else self.text


def _is_sentence(text: str) -> bool:
    if sum(not each.isascii() for each in text) >= FEWEST_WIDE:
        return True
    words = [word for word in text.split() if len(word) > 1 and word.isalpha()]
    letters = set(text.casefold()) - {" "}
    return len(words) > 1 and len(text) >= FEWEST_LETTERS and len(letters) >= FEWEST_DIFFERENT
