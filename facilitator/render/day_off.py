"""That nobody works on a day, in words."""

from datetime import date

from facilitator.domain.working_days import WorkingDays
from facilitator.render.language import Language


def day_off_words(days: WorkingDays, on: date | None, language: Language) -> str:
    """`National Day; nobody works`; empty for a working day, and where nobody knows."""
    _ = language.gettext
    off = days.day_off(on) if on else None
    if off is None:
        return ""
    return _("{holiday}; nobody works").format(holiday=off.name(language.tag) or _("weekend"))
