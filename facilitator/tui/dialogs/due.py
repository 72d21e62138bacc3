"""Dates in words, as the forms read them."""

from collections.abc import Callable
from datetime import date

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.working_days import NO_COUNTRY, WorkingDays
from facilitator.render.language import _, current_language, day_off_text

DueDate = Callable[[str, date], date | None]
"""Reads a date in words, as meant on a day."""


def read_due(text: str, on: date, due_date: DueDate) -> date | None:
    """The date that a text means on the day `on`; None for no text, RuleError for no date."""
    if not text.strip():
        return None
    due = due_date(text, on)
    if due is None:
        raise RuleError(
            N_("“{text}” is not a date. Try “fri”, “+3d”, “下周五”, “27” or 2026-11-27."),
            text=text.strip(),
        )
    return due


def due_label(
    label: str, text: str, on: date, due_date: DueDate, days: WorkingDays = NO_COUNTRY
) -> str:
    """The label of a line for a date, with how what stands in the line is read.

    Where nobody works on that day, it says so.
    """
    if not text.strip():
        return label
    due = due_date(text, on)
    if due is None:
        return f"{label} → " + _("not a date")
    told = (current_language().long_day(due), day_off_text(days, due, current_language()))
    return f"{label} → " + " · ".join(filter(None, told))
