"""Marketplaces and currencies, and how reports write them."""

import re
import unicodedata
from functools import cache
from typing import Literal

import msgspec

from facilitator.adapters.reports.report_types import load_data_file
from facilitator.domain.kpis.facts import Currency, Marketplace

DayOrder = Literal["day-first", "month-first"]
"""Whether day or month comes first in `03/04/2026`."""

_WORD = re.compile(r"(?<![A-Za-zÀ-ÿ0-9])[A-Za-zÀ-ÿ]+(?![A-Za-zÀ-ÿ0-9])")
_CURRENCY = re.compile(r"[A-Z]{3}")


class _Marketplace(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    currency: str
    domain: str
    zone: str
    order: DayOrder | None = None
    names: tuple[str, ...] = ()


class _File(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    places: dict[str, _Marketplace]
    symbols: dict[str, tuple[str, ...]]
    other_currencies: tuple[str, ...]


@cache
def _file() -> _File:
    return msgspec.convert(load_data_file("marketplaces.toml"), _File)


@cache
def _marketplaces_by_name() -> dict[str, Marketplace]:
    """Every way to write a marketplace, casefolded."""
    return {
        _normalize(name): Marketplace(code)
        for code, place in _file().places.items()
        for name in (code, place.domain, f"uamazon_{code}", *place.names)
    }


def _normalize(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def find_marketplace(text: str) -> Marketplace | None:
    """Return the marketplace in a cell: `US`, `美国`, `Amazon.com`, `UAMAZON_FR`…"""
    return _marketplaces_by_name().get(_normalize(text))


def marketplace_in_name(name: str, wanted: tuple[Marketplace, ...] = ()) -> Marketplace | None:
    """Return the marketplace in the name of a file or folder, if there is exactly one.

    `wanted` are tried before all others; codes in capitals before small ones, which may
    be words (`in`, `it`, `de`).
    """
    for tokens in (_tokens(name, capitals=True), _tokens(name, capitals=False)):
        found = {place for place in map(_marketplaces_by_name().get, tokens) if place is not None}
        for candidates in (found.intersection(wanted), found):
            if len(candidates) == 1:
                return candidates.pop()
    return None


def _tokens(name: str, *, capitals: bool) -> set[str]:
    """The words of a name and its longer names, casefolded; Chinese ones need no blanks around."""
    plain = unicodedata.normalize("NFKC", name)
    words = _WORD.findall(plain)
    spoken = f" {' '.join(words).casefold()} "
    codes = {word.casefold() for word in words if word.isupper() or not capitals}
    longer = {
        each
        for each in _marketplaces_by_name()
        if len(each) > 3 and each.isascii() and f" {each} " in spoken
    }
    cjk = {
        each for each in _marketplaces_by_name() if not each.isascii() and each in plain.casefold()
    }
    return codes | longer | cjk


def currency_of(marketplace: Marketplace) -> Currency | None:
    """Return the currency of a marketplace."""
    place = _file().places.get(marketplace)
    return Currency(place.currency) if place else None


def zone_of(marketplace: Marketplace) -> str | None:
    """Return the IANA time zone of a marketplace's business day."""
    place = _file().places.get(marketplace)
    return place.zone if place else None


def day_order_of(marketplace: Marketplace) -> DayOrder | None:
    """Return the order in dates with slashes; None if both are in use."""
    place = _file().places.get(marketplace)
    return place.order if place else None


@cache
def symbols() -> tuple[str, ...]:
    """Return every currency sign, the longest first."""
    return tuple(sorted(_file().symbols, key=len, reverse=True))


def currency_from(sign: str, marketplace: Marketplace) -> Currency | None:
    """Return the currency of a sign or code in a marketplace; None if it is ambiguous."""
    own = currency_of(marketplace)
    if not sign:
        return own
    meanings = _file().symbols.get(sign)
    if meanings is None:
        return Currency(sign) if is_currency(sign) else None
    if own in meanings:
        return own
    return Currency(meanings[0]) if len(meanings) == 1 else None


@cache
def currencies() -> frozenset[str]:
    """Return the ISO codes of the currencies in reports."""
    return frozenset(
        [place.currency for place in _file().places.values()]
        + [code for codes in _file().symbols.values() for code in codes]
        + list(_file().other_currencies)
    )


def is_currency(code: str) -> bool:
    """Return whether it is the ISO code of a currency in reports."""
    return _CURRENCY.fullmatch(code) is not None and code in currencies()
