"""Check text that people typed: its length, and that it is not empty."""

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.text import one_line, remove_unsafe_characters

MAX_LINE_LENGTH = 2_000
"""Characters that a single field may hold."""


MAX_TEXT_LENGTH = 100_000
"""Characters that a note may hold."""


def clean_text(text: str, longest: int = MAX_TEXT_LENGTH) -> str:
    """Return the text that may be kept, without blanks at its ends.

    Raises RuleError where it has more than `longest` characters.
    """
    kept = remove_unsafe_characters(text).strip()
    if len(kept) > longest:
        raise RuleError(
            N_("This text has {length} characters. The limit here is {longest}."),
            length=len(kept),
            longest=longest,
        )
    return kept


def clean_line(text: str) -> str:
    """Return the text of a field of one line; raises RuleError where it is too long."""
    return one_line(clean_text(text, MAX_LINE_LENGTH))


def split_parts(text: str, most: int = 0) -> list[str]:
    """Return the parts of a line between bars, also the bars of a Chinese keyboard.

    With `most` there are so many: empty ones for those that lack, the rest in the last.
    """
    parts = [part.strip() for part in text.replace("｜", "|").split("|", most - 1 if most else -1)]
    return parts + [""] * (most - len(parts))


def require_line(text: str, question: str) -> str:
    """Return a line that may not be empty; raises RuleError with `question` where it is."""
    kept = clean_line(text)
    if not kept:
        raise RuleError(question)
    return kept
