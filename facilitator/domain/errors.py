"""Errors and diagnostics, as messages that can be shown in any language."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

Translate = Callable[[str], str]
"""Finds the sentence of another language for an English one."""


def N_(sentence: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Message(Struct, frozen=True):
    """A sentence with named places to fill in, not yet in anybody's language."""

    text: str
    """English, with `{name}` for each value."""
    values: tuple[tuple[str, "str | int | float | Message"], ...] = ()
    """What to fill in, by name; a message is said in the same language."""

    def translate(self, translate: Translate = str) -> str:
        """Say it, in the language that `translate` speaks."""
        filled = {
            name: value.translate(translate) if isinstance(value, Message) else value
            for name, value in self.values
        }
        return translate(self.text).format_map(filled)

    def __str__(self) -> str:
        return self.translate()


def message(text: str, /, **values: object) -> Message:
    """A message with its values; `text` should be marked with `N_`."""
    return Message(
        text,
        tuple(
            (name, value if isinstance(value, int | float | Message) else str(value))
            for name, value in values.items()
        ),
    )


class FacilitatorError(Exception):
    """Anything that a person, a file or a disk can cause. Holds the sentence to show."""

    def __init__(self, text: str, /, **values: object) -> None:
        self.message = message(text, **values)
        super().__init__(str(self.message))


class RuleError(FacilitatorError):
    """A step that is not possible now. Nothing was recorded."""


class StorageError(FacilitatorError):
    """The disk refused. The meeting has not moved."""


class JournalError(FacilitatorError):
    """An event that cannot follow the ones before it: the journal is damaged."""


class Severity(StrEnum):
    """How much a problem matters to the meeting."""

    ERROR = "error"
    WARNING = "warning"


class Diagnostic(Struct, frozen=True, kw_only=True):
    """Something odd in a file: where, what, and what to do about it."""

    file: str
    """The file's name, as the person knows it."""
    key: str = ""
    """Of a file of keys: `items[2].minutes`."""
    line: int | None = None
    """Of a text, from 1."""
    row: int | None = None
    """Of a table, as a spreadsheet counts it."""
    column: str = ""
    """By its name, or its number."""
    message: Message
    hint: Message | None = None
    severity: Severity = Severity.ERROR

    def place(self, translate: Translate = str) -> str:
        """Where in the file: `items[2].minutes, line 31` or `row 17, column Spend`."""
        parts = [self.key] if self.key else []
        for text, value in (
            (N_("line {place}"), self.line),
            (N_("row {place}"), self.row),
            (N_("column {place}"), self.column),
        ):
            if value:
                parts.append(translate(text).format(place=value))
        return translate(N_(", ")).join(parts)

    def where(self, translate: Translate = str) -> str:
        """The file, and the place in it."""
        place = self.place(translate)
        return f"{self.file}: {place}" if place else self.file

    def translate(self, translate: Translate = str) -> str:
        """The whole problem in one line."""
        hint = f" {self.hint.translate(translate)}" if self.hint else ""
        return f"{self.where(translate)}: {self.message.translate(translate)}{hint}"

    @property
    def is_error(self) -> bool:
        """Whether the meeting lacks something it needs."""
        return self.severity is Severity.ERROR
