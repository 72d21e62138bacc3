"""Sentences, dates, numbers, money and times in the reader's language.

Every form is a sentence of the catalogs, so a language is a `.po` file and no branch here.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from gettext import NullTranslations

from facilitator.domain.durations import MINUTE
from facilitator.domain.errors import N_, Message
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.kpis.kpi import Target, Unit
from facilitator.domain.working_days import WorkingDays

MINUS = "\N{MINUS SIGN}"

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)

# The blank between a number and its unit is one that no line breaks at; it is one cell wide.
WITH_UNIT = {
    Unit.PERCENT: N_("{number}\N{NO-BREAK SPACE}%"),
    Unit.RATIO: N_("×{number}"),
    Unit.DAYS: N_("{number}\N{NO-BREAK SPACE}d"),
    Unit.PER_YEAR: N_("{number}\N{NO-BREAK SPACE}/yr"),
    Unit.STARS: N_("{number}\N{NO-BREAK SPACE}★"),
    Unit.COUNT: N_("{number}"),
}
CHANGE_WITH_UNIT = WITH_UNIT | {
    Unit.PERCENT: N_("{number}\N{NO-BREAK SPACE}pp"),
    Unit.RATIO: N_("{number}"),
}

CURRENCY_SIGNS = {
    "CNY": "¥\N{NO-BREAK SPACE}",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "JP¥",
    "CAD": "CA$",
    "AUD": "A$",
    "MXN": "MX$",
    "BRL": "R$",
    "INR": "₹",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: its catalog, and the forms of its dates, numbers and times."""

    tag: str = "en"
    """`en` or `zh_CN`."""
    translations: NullTranslations = field(
        default_factory=NullTranslations, compare=False, repr=False
    )

    def gettext(self, text: str) -> str:
        """The sentence of this language for an English one."""
        return self.translations.gettext(text) if text else ""

    def translate(self, message: Message) -> str:
        """A message with its values filled in."""
        return message.translate(self.gettext)

    def join_sentences(self, sentences: Iterable[str]) -> str:
        """Sentences in a row: Chinese needs no blank between them."""
        return ("" if self.tag.startswith("zh") else " ").join(sentences)

    def day(self, on: date) -> str:
        """`Mon 23 Nov`, `11月23日 周一`."""
        return self.gettext(N_("{weekday} {day} {month}")).format(
            weekday=self.gettext(WEEKDAYS[on.weekday()]),
            day=on.day,
            month=self.gettext(MONTHS[on.month - 1]),
        )

    def long_day(self, on: date) -> str:
        """`Mon 23 Nov 2026`, `2026年11月23日 周一`."""
        return self.gettext(N_("{weekday} {day} {month} {year}")).format(
            weekday=self.gettext(WEEKDAYS[on.weekday()]),
            day=on.day,
            month=self.gettext(MONTHS[on.month - 1]),
            year=on.year,
        )

    def days(self, first: date, last: date) -> str:
        """`16–22 Nov`, `28 Oct – 3 Nov`; one day alone where both are the same."""
        if first == last:
            return self._short_day(last)
        if (first.year, first.month) == (last.year, last.month):
            return self.gettext(N_("{first}–{last} {month}")).format(
                first=first.day, last=last.day, month=self.gettext(MONTHS[last.month - 1])
            )
        return f"{self._short_day(first)} – {self._short_day(last)}"

    def clock_time(self, at: datetime, zone: tzinfo | None = None) -> str:
        """`10:23`, in `zone` where one is given."""
        return f"{at.astimezone(zone) if zone else at:%H:%M}"

    def value(self, amount: float, unit: Unit, decimals: int = 1) -> str:
        """A KPI's value with its unit: `31.2 %`, `4.1 /yr`, `×3.2`, `4.4 ★`."""
        return self.gettext(WITH_UNIT[unit]).format(number=_number(amount, decimals))

    def change(self, amount: float, unit: Unit, decimals: int = 1) -> str:
        """A change with its sign: `+4.1 pp`, `−0.2 pp`."""
        return self.gettext(CHANGE_WITH_UNIT[unit]).format(number=_signed(amount, decimals))

    def span(self, low: float, high: float, unit: Unit, decimals: int = 1) -> str:
        """From one value to another, with their unit: `10.9–12.4 %`, `−0.3 – 4.1 %`."""
        dash = "–" if low >= 0 else " – "
        number = f"{_number(low, decimals)}{dash}{_number(high, decimals)}"
        return self.gettext(WITH_UNIT[unit]).format(number=number)

    def target(self, target: Target, unit: Unit) -> str:
        """What a KPI should be: `≤ 25 %`, `> 60 %`, `12–15 %`."""
        low, high = target.at_least, target.at_most
        if low is not None and high is not None:
            return self.gettext(WITH_UNIT[unit]).format(
                number=f"{_exact_number(low)}–{_exact_number(high)}"
            )
        limit = low if low is not None else high
        if limit is None:
            return ""
        signs = ("≥", ">") if low is not None else ("≤", "<")
        number = self.gettext(WITH_UNIT[unit]).format(number=_exact_number(limit))
        return f"{signs[target.strict]}\N{NO-BREAK SPACE}{number}"

    def money(self, amount: float, currency: Currency, decimals: int = 0) -> str:
        """An amount with its currency: `¥ 148`, `$12,905`, `CHF 90`."""
        sign = CURRENCY_SIGNS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
        number = _number(abs(amount), decimals)
        return f"{MINUS if amount < 0 and number.strip('0.') else ''}{sign}{number}"

    def count(self, number: int) -> str:
        """A number of things: `3,201`."""
        return _number(number, 0)

    def amount(self, number: float) -> str:
        """A sum of anything: `412`, `1,556.65`."""
        return _number(number, 0 if float(number).is_integer() else 2)

    def figure(self, number: float) -> str:
        """A number as exact as it was told: `2`, `3.2`, `1.75`."""
        return _exact_number(number)

    def timer(self, span: timedelta) -> str:
        """A stretch of time in full seconds: `9:12`, `1:02:03`."""
        return _clock_text(math.floor(span.total_seconds()))

    def countdown(self, remaining: timedelta) -> str:
        """What is left, `0:48`, and past zero how far over it is: `+0:12`."""
        seconds = math.ceil(remaining.total_seconds())
        return _clock_text(seconds) if seconds >= 0 else f"+{_clock_text(-seconds)}"

    def difference(self, span: timedelta) -> str:
        """A stretch of time more or less than another: `+1:24`, `−0:48`, `0:00`."""
        seconds = round(span.total_seconds())
        sign = "+" if seconds > 0 else MINUS if seconds < 0 else ""
        return f"{sign}{_clock_text(abs(seconds))}"

    def minutes(self, span: timedelta) -> str:
        """Whole minutes: `10 min`."""
        return self.gettext(N_("{number}\N{NO-BREAK SPACE}min")).format(
            number=_number(span / MINUTE, 0)
        )

    def _short_day(self, on: date) -> str:
        return self.gettext(N_("{day} {month}")).format(
            day=on.day, month=self.gettext(MONTHS[on.month - 1])
        )


class _CurrentLanguage:
    """Holds the language that the screens speak now."""

    language = Language()


def set_language(language: Language) -> None:
    """Speak `language` on every screen from now on.

    This is the one global of the house. Textual declares bindings and titles when a
    class is made, before anybody can hand a language in, and translates none of them
    later; so the screens ask here, at the moment they draw. A process has one screen and
    one reader. Minutes have a language of their own and take it as a parameter.
    """
    _CurrentLanguage.language = language


def current_language() -> Language:
    """The language that the screens speak now."""
    return _CurrentLanguage.language


def _(text: str) -> str:
    """The sentence to show for an English one, in the language spoken now."""
    return _CurrentLanguage.language.gettext(text)


def _number(amount: float, decimals: int) -> str:
    written = f"{abs(amount):,.{decimals}f}"
    return f"{MINUS}{written}" if amount < 0 and written.strip("0.") else written


def _signed(amount: float, decimals: int) -> str:
    written = f"{abs(amount):,.{decimals}f}"
    if not written.strip("0."):
        return f"±{written}"
    return f"{'+' if amount > 0 else MINUS}{written}"


def _exact_number(amount: float) -> str:
    return f"{amount:,.10g}".replace("-", MINUS)


def _clock_text(seconds: int) -> str:
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    sign = MINUS if seconds < 0 else ""
    return f"{sign}{hours}:{minutes:02}:{rest:02}" if hours else f"{sign}{minutes}:{rest:02}"


def day_off_text(days: WorkingDays, on: date | None, language: Language) -> str:
    """`National Day; nobody works`; empty for a working day, and where nobody knows."""
    _ = language.gettext
    off = days.day_off(on) if on else None
    if off is None:
        return ""
    return _("{holiday}; nobody works").format(holiday=off.name(language.tag) or _("weekend"))
