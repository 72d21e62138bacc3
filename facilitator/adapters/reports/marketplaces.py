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

_CURRENCY = re.compile(r"[A-Z]{3}")
_AROUND_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?(amazon\.[a-z.]+)/?$")
_SITE = re.compile("(?:站点|站|店)$")
_IN_BRACKETS = re.compile(r"(.+?) ?\((.+)\)")
_AFTER_CODE = re.compile("([a-z]{2,3}) (.+)")
_ACCENTS = re.compile("[\u0300-\u036f]")
_INVISIBLE = re.compile("[\u200e\u200f\u061c]")
"""Marks of the direction of writing, which consoles in Arabic put around their words."""


class MarketplaceData(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What the file of marketplaces says of one."""

    id: str
    """The one of the Selling Partner API."""
    currency: str
    domain: str
    zone: str
    order: DayOrder | None = None
    names: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    """Names that are words as well, so that they count in a cell only."""


class _File(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    places: dict[str, MarketplaceData]
    symbols: dict[str, tuple[str, ...]]
    other_currencies: tuple[str, ...]
    other_words: tuple[str, ...]


@cache
def _file() -> _File:
    return msgspec.convert(load_data_file("marketplaces.toml"), _File)


def all_marketplaces() -> dict[Marketplace, MarketplaceData]:
    """Return every marketplace of Amazon."""
    return {Marketplace(code): place for code, place in _file().places.items()}


def other_words() -> tuple[str, ...]:
    """Return the words that hold the name of a marketplace and are not about it."""
    return _file().other_words


@cache
def _marketplaces_by_name() -> dict[str, Marketplace]:
    """Every way to write a marketplace in a cell, normalized."""
    return {
        normalize_name(name): code
        for code, place in all_marketplaces().items()
        for name in (
            *(code, place.id, place.domain, f"amazon {code}", f"uamazon {code}"),
            *(*place.names, *place.cells),
        )
    }


def normalize_name(text: str) -> str:
    """Return a name without case, and with one blank between its words."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold().replace("’", "'")
    plain = plain.replace("\u0307", "")  # the dot that is left of a Turkish İ
    return " ".join(re.sub("[_-]", " ", plain).split())


def find_marketplace(text: str) -> Marketplace | None:
    """Return the marketplace in a cell: `US`, `GB`, `美国站`, `www.amazon.com`, `UAMAZON_FR`…

    Two names of one marketplace are one: `Mexico (MX)`, `US - United States`. Accents may be
    missing, unlike in a name (`named_marketplace`).
    """
    if found := named_marketplace(text):
        return found
    name = normalize_name(text)
    for each in (_IN_BRACKETS.fullmatch(name), _AFTER_CODE.fullmatch(name)):
        if each and (first := named_marketplace(each[1])) == named_marketplace(each[2]):
            return first
    return _names_without_accents().get(_without_accents(name))


def named_marketplace(text: str) -> Marketplace | None:
    """Return the marketplace that a text names exactly, as that of a folder or a sheet."""
    name = normalize_name(text)
    if domain := _AROUND_DOMAIN.match(name):
        name = domain[1]
    names = _marketplaces_by_name()
    return names.get(name) or names.get(_SITE.sub("", name))


@cache
def _names_without_accents() -> dict[str, Marketplace]:
    return {_without_accents(name): code for name, code in _marketplaces_by_name().items()}


def _without_accents(name: str) -> str:
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", name)))


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


def currencies_of_sign(sign: str) -> tuple[str, ...]:
    """Return the currencies that a money sign or code can stand for."""
    return _file().symbols.get(sign) or ((sign,) if is_currency(sign) else ())


def is_same_money(one: str, other: str) -> bool:
    """Return whether two money signs or codes can stand for the same currency."""
    return not set(currencies_of_sign(one)).isdisjoint(currencies_of_sign(other))


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
def marketplace_currencies() -> frozenset[str]:
    """Return the ISO codes of the currencies that a marketplace is paid in."""
    return frozenset(place.currency for place in _file().places.values())


@cache
def currencies() -> frozenset[str]:
    """Return the ISO codes of the currencies in reports."""
    signed = (code for codes in _file().symbols.values() for code in codes)
    return marketplace_currencies().union(signed, _file().other_currencies)


def is_currency(code: str) -> bool:
    """Return whether it is the ISO code of a currency in reports."""
    return _CURRENCY.fullmatch(code) is not None and code in currencies()
