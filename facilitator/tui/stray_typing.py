"""Know a sentence that was typed where letters are commands, before it does harm.

Commands are typed one at a time; words come in one go, with a blank between them.
"""

LONGEST_PAUSE = 1.0
"""Seconds between two keys of one sentence at most."""
FEWEST_LETTERS, FEWEST_DIFFERENT, FEWEST_COMMANDS = 8, 4, 4
"""The letters of a sentence, those that differ, and those that came where no text was typed."""
FEWEST_WIDE = 2
"""The letters beyond ASCII that make a sentence: none of them is a command."""


class StrayTyping:
    """The letters typed in one go since the last pause."""

    def __init__(self) -> None:
        """Begin with no letter."""
        self.text = ""
        self.is_sentence = False
        self._commands = 0
        self._at = 0.0

    def begins(self, at: float) -> bool:
        """Return whether a letter at this moment is the first after a pause."""
        return not self.text or at - self._at > LONGEST_PAUSE

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
        self._at = at
        self._commands += not is_text
        self.text += letter
        self.is_sentence = self.is_sentence or _is_sentence(self.text)
        return self.is_sentence


def _is_sentence(text: str) -> bool:
    if sum(not each.isascii() for each in text) >= FEWEST_WIDE:
        return True
    words = [word for word in text.split() if len(word) > 1 and word.isalpha()]
    letters = set(text.casefold()) - {" "}
    return len(words) > 1 and len(text) >= FEWEST_LETTERS and len(letters) >= FEWEST_DIFFERENT
