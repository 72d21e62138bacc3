"""Sentences, dates, numbers, money and times in the reader's language.

Every format is a sentence of the catalogs, so that a language is a `.po` file and needs no code.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import reduce
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

# A no-break space, so that a number and its unit stay on one line; it is one cell wide.
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
    "CNY": "¥",
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


ORDINALS = {1: N_("{number}st"), 2: N_("{number}nd"), 3: N_("{number}rd")}
"""Of numbers by their last digit; all others and the teens are `ANY_ORDINAL`."""
ANY_ORDINAL = N_("{number}th")
TEENS = range(11, 20)
DAYS_IN_A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: its catalog, and the formats of dates, numbers and times."""

    tag: str = "en"
    """`en` or `zh_CN`."""
    translations: NullTranslations = field(
        default_factory=NullTranslations, compare=False, repr=False
    )

    def gettext(self, text: str) -> str:
        """Return the translation of an English sentence."""
        return self.translations.gettext(text) if text else ""

    def ngettext(self, one: str, many: str, number: float) -> str:
        """Return the translation of the form that `number` asks for: `one` for 1, else `many`."""
        return self.translations.ngettext(one, many, 1 if number == 1 else 2)

    def translate(self, message: Message) -> str:
        """Return a message translated, with its values filled in."""
        return message.translate(self.gettext)

    def join_sentences(self, sentences: Iterable[str]) -> str:
        """Join sentences; Chinese needs no space between them."""
        return ("" if self.tag.startswith("zh") else " ").join(sentences)

    def join_clauses(self, clauses: Iterable[str]) -> str:
        """Join parts of a sentence; a list of names is joined by `, ` of the catalog instead."""
        both = self.gettext(N_("{said}, {next}"))
        parts = [each for each in clauses if each]
        return reduce(lambda said, each: both.format(said=said, next=each), parts or [""])

    def day(self, on: date) -> str:
        """Return a date: `Mon 23 Nov`, `11月23日 周一`."""
        return self.gettext(N_("{weekday} {day} {month}")).format(
            weekday=self.gettext(WEEKDAYS[on.weekday()]),
            day=on.day,
            month=self.gettext(MONTHS[on.month - 1]),
        )

    def long_day(self, on: date) -> str:
        """Return a date with its year: `Mon 23 Nov 2026`, `2026年11月23日 周一`."""
        return self.gettext(N_("{weekday} {day} {month} {year}")).format(
            weekday=self.gettext(WEEKDAYS[on.weekday()]),
            day=on.day,
            month=self.gettext(MONTHS[on.month - 1]),
            year=on.year,
        )

    def days(self, first: date, last: date) -> str:
        """Return a range of dates: `16–22 Nov`, `28 Oct – 3 Nov`; a single day as one date."""
        if first == last:
            return self._short_day(last)
        if (first.year, first.month) == (last.year, last.month):
            return self.gettext(N_("{first}–{last} {month}")).format(
                first=first.day, last=last.day, month=self.gettext(MONTHS[last.month - 1])
            )
        return f"{self._short_day(first)} – {self._short_day(last)}"

    def clock_time(self, at: datetime, zone: tzinfo | None = None) -> str:
        """Return a time of day: `10:23`; in `zone` if it is given."""
        return f"{at.astimezone(zone) if zone else at:%H:%M}"

    def value(self, amount: float, unit: Unit, decimals: int = 1) -> str:
        """Return a KPI's value with its unit: `31.2 %`, `4.1 /yr`, `×3.2`, `4.4 ★`."""
        return self.gettext(WITH_UNIT[unit]).format(number=_number(amount, decimals))

    def change(self, amount: float, unit: Unit, decimals: int = 1) -> str:
        """Return a change with its sign: `+4.1 pp`, `−0.2 pp`."""
        return self.gettext(CHANGE_WITH_UNIT[unit]).format(number=_signed(amount, decimals))

    def span(self, low: float, high: float, unit: Unit, decimals: int = 1) -> str:
        """Return a range of values with their unit: `10.9–12.4 %`, `−0.3 to 4.1 %`.

        Return one value alone where both are written alike: `62.0 %`.
        """
        if _number(low, decimals) == _number(high, decimals):
            return self.value(low, unit, decimals)
        form = "{low}–{high}" if low >= 0 else self.gettext("{low} to {high}")
        number = form.format(low=_number(low, decimals), high=_number(high, decimals))
        return self.gettext(WITH_UNIT[unit]).format(number=number)

    def target(self, target: Target, unit: Unit) -> str:
        """Return a target: `≤ 25 %`, `> 60 %`, `12–15 %`."""
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
        """Return an amount with its currency: `¥148`, `$12,905`, `CHF 90`."""
        sign = CURRENCY_SIGNS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
        number = _number(abs(amount), decimals)
        return f"{MINUS if amount < 0 and number.strip('0.') else ''}{sign}{number}"

    def count(self, number: int) -> str:
        """Return a number of things: `3,201`."""
        return _number(number, 0)

    def amount(self, number: float) -> str:
        """Return a sum, with two decimals unless it is whole: `412`, `1,556.65`."""
        return _number(number, 0 if float(number).is_integer() else 2)

    def number(self, number: float) -> str:
        """Return a number with all its decimals: `2`, `3.2`, `1.75`."""
        return _exact_number(number)

    def timer(self, span: timedelta) -> str:
        """Return a duration in full seconds: `9:12`, `1:02:03`."""
        return _clock_text(math.floor(span.total_seconds()))

    def countdown(self, remaining: timedelta) -> str:
        """Return a time left, `0:48`; if it is negative, the time exceeded: `+0:12`."""
        seconds = math.ceil(remaining.total_seconds())
        return _clock_text(seconds) if seconds >= 0 else f"+{_clock_text(-seconds)}"

    def difference(self, span: timedelta) -> str:
        """Return a difference of durations with its sign: `+1:24`, `−0:48`, `0:00`."""
        seconds = round(span.total_seconds())
        sign = "+" if seconds > 0 else MINUS if seconds < 0 else ""
        return f"{sign}{_clock_text(abs(seconds))}"

    def minutes(self, span: timedelta) -> str:
        """Return a duration in whole minutes: `10 min`."""
        return self.gettext(N_("{number}\N{NO-BREAK SPACE}min")).format(
            number=_number(span / MINUTE, 0)
        )

    def duration(self, span: timedelta) -> str:
        """Return a duration as people say it: `45 min`, `2 h 5 min`, `6 d 22 h`, `7 days`."""
        hours, minutes = divmod(span // timedelta(minutes=1), 60)
        days, rest = divmod(hours, 24)
        if not hours:
            return self.minutes(timedelta(minutes=minutes))
        if days >= DAYS_IN_A_WEEK or (days and not rest):
            text = self.ngettext("{days} day", "{days} days", days)
        elif days:
            text = self.gettext(N_("{days}\N{NO-BREAK SPACE}d {rest}\N{NO-BREAK SPACE}h"))
        elif minutes:
            text = self.gettext(N_("{hours}\N{NO-BREAK SPACE}h {minutes}\N{NO-BREAK SPACE}min"))
        else:
            text = self.gettext(N_("{hours}\N{NO-BREAK SPACE}h"))
        return text.format(days=self.count(days), rest=rest, hours=hours, minutes=minutes)

    def ordinal(self, number: int) -> str:
        """Return a number as a place in a row: `1st`, `2nd`, `11th`."""
        last = 0 if number % 100 in TEENS else number % 10
        return self.gettext(ORDINALS.get(last, ANY_ORDINAL)).format(number=number)

    def _short_day(self, on: date) -> str:
        return self.gettext(N_("{day} {month}")).format(
            day=on.day, month=self.gettext(MONTHS[on.month - 1])
        )


class _CurrentLanguage:
    """Holds the current language of the screens."""

    language = Language()


def set_language(language: Language) -> None:
    """Set the language of all screens.

    This is the only global state of the program. Textual declares bindings and titles when a class
    is created, before a language can be passed in, and does not translate them later; so the
    screens look it up when they draw. A process has one screen and one reader. The minutes have a
    language of their own, which is a parameter.
    """
    _CurrentLanguage.language = language


def current_language() -> Language:
    """Return the current language of the screens."""
    return _CurrentLanguage.language


def _(text: str) -> str:
    """Return the translation of an English sentence in the current language of the screens."""
    return _CurrentLanguage.language.gettext(text)


def _number(amount: float, decimals: int) -> str:
    digits = f"{abs(amount):,.{decimals}f}"
    return f"{MINUS}{digits}" if amount < 0 and digits.strip("0.") else digits


def _signed(amount: float, decimals: int) -> str:
    digits = f"{abs(amount):,.{decimals}f}"
    if not digits.strip("0."):
        return f"±{digits}"
    return f"{'+' if amount > 0 else MINUS}{digits}"


def _exact_number(amount: float) -> str:
    return f"{amount:,.10g}".replace("-", MINUS)


def _clock_text(seconds: int) -> str:
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    sign = MINUS if seconds < 0 else ""
    return f"{sign}{hours}:{minutes:02}:{rest:02}" if hours else f"{sign}{minutes}:{rest:02}"


def day_off_text(days: WorkingDays, on: date | None, language: Language) -> str:
    """Return why a day is not worked: `National Day; nobody works`; empty if it is."""
    _ = language.gettext
    off = days.day_off(on) if on else None
    if off is None:
        return ""
    return _("{holiday} (day off)").format(holiday=off.name(language.tag) or _("weekend"))
