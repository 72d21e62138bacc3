"""The sum of what incidents cost, out of losses in the team's own words."""

import re
from collections.abc import Iterable

from msgspec import Struct

from facilitator.domain.kpis.facts import Currency

_CURRENCIES = {
    "US$": "USD",
    "$": "USD",
    "美元": "USD",
    "美金": "USD",
    "€": "EUR",
    "欧元": "EUR",
    "£": "GBP",
    "英镑": "GBP",
    "¥": "CNY",
    "￥": "CNY",
    "RMB": "CNY",
    "人民币": "CNY",
    "元": "CNY",
    "日元": "JPY",
}
_FACTORS = {"": 1, "k": 1_000, "K": 1_000, "万": 10_000, "m": 1_000_000, "M": 1_000_000}
_SIGN = "|".join(re.escape(each) for each in sorted(_CURRENCIES, key=len, reverse=True))
_CODE = "[A-Z]{3}"
_DIGITS = r"\d(?:[\d.,\s']*\d)?"
_RANGE = r"\s*(?P<range{0}>[-–~至到]\s*\d|)"
_NUMBER = rf"(?P<number{{0}}>{_DIGITS})\s*(?P<factor{{0}}>[kKmM](?![A-Za-z])|万|)"
_AMOUNT = re.compile(
    rf"(?P<before>{_SIGN}|\b{_CODE})\s*{_NUMBER.format(1)}{_RANGE.format(1)}"
    rf"|{_NUMBER.format(2)}\s*(?P<after>{_SIGN}|{_CODE}\b)"
)
_PLAIN_NUMBER = re.compile(r"(?:\d+|\d{1,3}(?:[,\s']\d{3})+)(?:\.\d{1,2})?")
"""A number that means one thing everywhere, which “1.200” does not."""


class LossSum(Struct, frozen=True, kw_only=True):
    """Amounts added up by currency, and what could not be added."""

    amounts: tuple[tuple[Currency, float], ...] = ()
    unclear: tuple[str, ...] = ()
    """The ids of the incidents whose loss does not name exactly one amount."""


def sum_losses(losses: Iterable[tuple[str, str]]) -> LossSum:
    """Add up losses, each an id and a text: `("I2", "about $1,200 of sales")`.

    A text without any digit, such as “none”, is no loss.
    """
    sums: dict[Currency, float] = {}
    unclear = []
    for incident, text in losses:
        found = list(_AMOUNT.finditer(text))
        amount = _amount(found[0]) if len(found) == 1 else None
        if amount is not None:
            currency, value = amount
            sums[currency] = sums.get(currency, 0.0) + value
        elif any(each.isdigit() for each in text):
            unclear.append(incident)
    return LossSum(amounts=tuple(sums.items()), unclear=tuple(unclear))


def _amount(found: re.Match[str]) -> tuple[Currency, float] | None:
    """Return an amount with its currency; None if it is a range, or its number is ambiguous."""
    sign = found["before"] or found["after"]
    number = found["number1"] or found["number2"]
    factor = found["factor1"] or found["factor2"] or ""
    if found["range1"] or not _PLAIN_NUMBER.fullmatch(number):
        return None
    value = float(re.sub(r"[,\s']", "", number)) * _FACTORS[factor]
    return Currency(_CURRENCIES.get(sign, sign)), value
