"""Errors, diagnostics, and messages that can be translated when they are shown."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import reduce

from msgspec import Struct

from facilitator.domain.text import one_line

_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Translate = Callable[[str], str]
"""A function that returns the translation of an English sentence."""


def N_(sentence: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a sentence for extraction into the catalogs; it is translated when it is shown."""
    return sentence


class Message(Struct, frozen=True):
    """A sentence with placeholders and the values for them, to be translated when shown."""

    text: str
    """The English sentence, with `{name}` for each value."""
    values: tuple[tuple[str, "str | int | float | Message"], ...] = ()
    """The values by name; a message among them is translated as well."""

    def translate(self, translate: Translate = str) -> str:
        """Return the sentence translated and filled in; in English by default.

        A placeholder without a value stays as it is: a journal from elsewhere may hold any text.
        """
        values = {
            name: value.translate(translate) if isinstance(value, Message) else str(value)
            for name, value in self.values
        }
        return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), translate(self.text))

    def __str__(self) -> str:
        return self.translate()


def message(text: str, /, **values: object) -> Message:
    """Return a message with its values, cleaned; `text` should be marked with `N_`."""
    return Message(
        text,
        tuple(
            (name, value if isinstance(value, int | float | Message) else one_line(str(value)))
            for name, value in values.items()
        ),
    )


class FacilitatorError(Exception):
    """An error that a person, a file or a disk can cause, with a message for people."""

    def __init__(self, text: str, /, **values: object) -> None:
        self.message = message(text, **values)
        super().__init__(str(self.message))


class RuleError(FacilitatorError):
    """A command that is not possible now; nothing was recorded."""


class StorageError(FacilitatorError):
    """A failure of reading or writing; the meeting did not change."""


class JournalError(FacilitatorError):
    """An event that cannot follow those before it, so the journal is damaged."""


class JournalReplacedError(JournalError):
    """A journal that another program replaced while it was written; its steps are kept."""


class Severity(StrEnum):
    """How serious a diagnostic is."""

    ERROR = "error"
    WARNING = "warning"


def said_of(subject: str, text: str, translate: Translate = str) -> str:
    """Return what is said of something: `Agenda: 50 of 60 min`."""
    return translate(N_("{what}: {reason}")).format(what=subject, reason=text)


class Diagnostic(Struct, frozen=True, kw_only=True):
    """A fault in a file: where it is, what it is, and what to do about it."""

    file: str
    """The file's name, as the person knows it."""
    key: str = ""
    """In a file of keys, the path of the key: `items[2].minutes`."""
    line: int | None = None
    """In a text file, the line, from 1."""
    row: int | None = None
    """In a table, the row as a spreadsheet counts it, from 1."""
    column: str = ""
    """In a table, the name or number of the column."""
    message: Message
    hint: Message | None = None
    severity: Severity = Severity.ERROR
    rows: int = 0
    """The number of rows that it is about, if it is about rows; `row` is the first of them."""
    amount: float = 0.0
    """The money that is not counted because of it, in `currency`; 0 if there is none."""
    currency: str = ""

    def place(self, translate: Translate = str) -> str:
        """Return the place in the file: `items[2].minutes, line 31` or `row 17, column Spend`.

        Of several rows, the first is named, and the number of the others.
        """
        parts = [self.key] if self.key else []
        several = N_("row {place} and {count} more")
        for text, value in (
            (N_("line {place}"), self.line),
            (several if self.rows > 1 else N_("row {place}"), self.row),
            (N_("column {place}"), self.column),
        ):
            if value:
                parts.append(translate(text).format(place=value, count=self.rows - 1))
        both = translate(N_("{said}, {next}"))
        return reduce(lambda said, each: both.format(said=said, next=each), parts or [""])

    def where(self, translate: Translate = str) -> str:
        """Return the file name and the place in it."""
        place = self.place(translate)
        return said_of(self.file, place, translate) if place else self.file

    def translate(self, translate: Translate = str) -> str:
        """Return the whole diagnostic in one line."""
        return said_of(self.where(translate), self.explain(translate), translate)

    def explain(self, translate: Translate = str) -> str:
        """Return the fault, the money that is not counted, and what to do, without the place."""
        parts = [self.message.translate(translate)]
        if round(self.amount, 2):
            amount = f"{self.amount:,.2f} {self.currency}".rstrip()
            text = N_("Not counted: {amount}.")
            if self.rows and self.row is None:  # otherwise, the place says how many rows
                text = N_("Not counted: {amount}, rows: {rows}.")
            parts.append(translate(text).format(amount=amount, rows=self.rows))
        if self.hint:
            parts.append(self.hint.translate(translate))
        both = translate(N_("{sentence} {next}"))
        return reduce(lambda said, each: both.format(sentence=said, next=each), parts)

    @property
    def is_error(self) -> bool:
        """Whether the meeting lacks something it needs."""
        return self.severity is Severity.ERROR


def warning(file: str, said: Message, hint: Message | None = None, *, rows: int = 0) -> Diagnostic:
    """Return what a person should know of a file that is read all the same."""
    return Diagnostic(file=file, message=said, hint=hint, severity=Severity.WARNING, rows=rows)
