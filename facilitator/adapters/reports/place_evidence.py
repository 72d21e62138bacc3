"""Find the marketplace of a file as a whole: from its sheet, its folders and its name.

What the rows say counts before all of these, and the currency of the rows after them. In a name
only a code in capitals counts, or something that can be nothing else: `amazon.de`, the name of a
country, a marketplace's id. A word such as `in`, `it` or `de` is never a country.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from facilitator.adapters.reports.marketplaces import (
    all_marketplaces,
    currency_of,
    find_marketplace,
    marketplace_currencies,
    named_marketplace,
    normalize_name,
    other_words,
    zone_of,
)
from facilitator.domain.errors import N_, Diagnostic, Message, message, warning
from facilitator.domain.kpis.facts import Currency, Marketplace

_BEFORE, _AFTER = r"(?<![A-Za-zÀ-ɏ0-9&'’])", r"(?![A-Za-zÀ-ɏ0-9&]|['’][A-Za-z])"
_LATIN_WORD = re.compile(rf"{_BEFORE}[A-Za-zÀ-ɏ]+{_AFTER}")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_CODE = 3
"""`USA`, `UAE` and `KSA` count in capitals only, as do codes."""

_COMMON_WORDS = frozenset({"au", "be", "ca", "de", "eg", "es", "ie", "in", "it", "sa", "se", "us"})
"""Codes that are words or abbreviations as well, so that small letters say nothing."""
_FOLDER_WORDS = frozenset({"be", "in", "it"})
"""Words that a folder may be called, as one for incoming files or for a department."""
_BETWEEN_WORDS = re.compile(r"(?<=[A-Z] )(?:AU|BE|DE|ES|IN|IT|SE)(?= [A-Z])")
"""Words in the middle of a sentence in capitals."""

_DOLLAR, _EURO = Currency("USD"), Currency("EUR")

SAID_BY_ROW = message(N_("the row"))
SAID_BY_CURRENCY = message(N_("the currency"))
SAID_BY_FILE_NAME = message(N_("the file's name"))
SAID_BY_AGENDA = message(N_("the agenda"))


class PlaceEvidence(Struct, frozen=True, kw_only=True):
    """The marketplace of a file as a whole, and what says so."""

    marketplace: Marketplace | None = None
    """That of the strongest sign; None if there is none."""
    said_by: Message | None = None
    """The strongest sign, as part of a sentence: “the folder “US””."""
    weaker: tuple[tuple[Marketplace, Message], ...] = ()
    """The weaker signs that say another marketplace."""


def marketplace_of_file(
    sheet: str, stem: str, folders: Sequence[str], wanted: tuple[Marketplace, ...]
) -> PlaceEvidence:
    """Return what sheet, folders and file name say, and in which order it is believed.

    A sheet comes first, then a folder that is nothing but a marketplace, the file's name, and a
    folder with a marketplace in its name. `folders` begin with the nearest; `wanted` are the
    agenda's marketplaces: the only one of them is taken where nothing says any.
    """
    signs = list(_signs(sheet, stem, folders, wanted))
    chosen, said_by = next(iter(signs), (None, None))
    if chosen is None and len(wanted) == 1:
        chosen, said_by = wanted[0], SAID_BY_AGENDA
    if found := _small_code_in_name(stem):
        signs.append((found, SAID_BY_FILE_NAME))
    others: dict[Marketplace, Message] = {}
    for marketplace, said in signs:
        if marketplace != chosen and chosen is not None:
            others.setdefault(marketplace, said)
    return PlaceEvidence(marketplace=chosen, said_by=said_by, weaker=tuple(others.items()))


def _signs(
    sheet: str, stem: str, folders: Sequence[str], wanted: tuple[Marketplace, ...]
) -> Iterator[tuple[Marketplace, Message]]:
    """Return each sign, the strongest first."""
    if found := _whole_name(sheet, wanted) or marketplace_in_name(sheet):
        yield found, message(N_("the sheet “{name}”"), name=sheet)
    whole = [_whole_name(folder, wanted) for folder in folders]
    said = [message(N_("the folder “{name}”"), name=folder) for folder in folders]
    yield from ((place, each) for place, each in zip(whole, said, strict=True) if place)
    if found := _whole_name(stem, wanted) or marketplace_in_name(stem):
        yield found, SAID_BY_FILE_NAME
    for folder, place, each in zip(folders, whole, said, strict=True):
        if place is None and (found := marketplace_in_name(folder)):
            yield found, each


def _whole_name(name: str, wanted: tuple[Marketplace, ...]) -> Marketplace | None:
    """Return the marketplace of a name that is nothing but that: `us`, `DE 2026`, `Amazon.de`."""
    words = _LETTERS.findall(name)
    word = words[0] if len(words) == 1 else name
    found = named_marketplace(name) or named_marketplace(word)
    return found if word not in _FOLDER_WORDS or found in wanted else None


@lru_cache(maxsize=1024)
def marketplace_in_name(name: str) -> Marketplace | None:
    """Return the marketplace in the name of a file, folder or sheet; None if it has several."""
    plain = unicodedata.normalize("NFKC", name)
    for word in other_words():
        plain = plain.replace(word, " ")
    found = set(_find_patterns(plain)) | _find_countries(plain)
    plain = _pattern().sub(" ", plain)
    codes = _BETWEEN_WORDS.sub(" ", plain) if plain.isupper() else plain
    found |= {
        place
        for word in _LATIN_WORD.findall(codes)
        if word.isupper() and (place := _codes().get(word.casefold()))
    }
    return found.pop() if len(found) == 1 else None


def _small_code_in_name(name: str) -> Marketplace | None:
    """Return the marketplace whose code a name has in small letters, unless it is a word as well.

    It may be meant, so people are asked to write it in capitals.
    """
    plain = unicodedata.normalize("NFKC", name)
    words = {word for word in _LATIN_WORD.findall(plain) if word.islower()} - _COMMON_WORDS
    found = {place for word in words if (place := _codes().get(word))}
    return found.pop() if len(found) == 1 else None


def _find_patterns(plain: str) -> Iterator[Marketplace]:
    for said in _pattern().findall(plain):
        if found := find_marketplace(said):
            yield found


@cache
def _pattern() -> re.Pattern[str]:
    """What can be nothing but a marketplace: a domain, an id, the unified console's code."""
    places = all_marketplaces()
    told = sorted((place.domain for place in places.values()), key=len, reverse=True)
    told += [place.id for place in places.values()]
    told += [f"UAMAZON_{code}" for code in places]
    return re.compile(rf"{_BEFORE}(?:{'|'.join(map(re.escape, told))})(?![A-Za-z0-9])", re.I)


@cache
def _codes() -> Mapping[str, Marketplace]:
    """The codes and other short names, casefolded."""
    return {
        name.casefold(): code
        for code, place in all_marketplaces().items()
        for name in (code, *place.names)
        if len(name) <= _LONGEST_CODE and name.isascii() and name.isalpha()
    }


@cache
def _country_names() -> tuple[Mapping[str, Marketplace], Mapping[str, Marketplace]]:
    """The names of countries in words, and those that are written without blanks around them."""
    names = {
        normalize_name(name): code
        for code, place in all_marketplaces().items()
        for name in place.names
        if normalize_name(name) not in _codes()
    }
    joined = {name: code for name, code in names.items() if _is_written_without_blanks(name)}
    spaced = {
        " ".join(_LETTERS.findall(name)): code for name, code in names.items() if name not in joined
    }
    return {name: code for name, code in spaced.items() if len(name) > _LONGEST_CODE}, joined


def _is_written_without_blanks(name: str) -> bool:
    return name[0] >= "\u3000"  # Chinese and Japanese


def _find_countries(plain: str) -> set[Marketplace]:
    spaced, joined = _country_names()
    folded = normalize_name(plain)
    spoken = f" {' '.join(_LETTERS.findall(folded))} "
    found = {code for name, code in spaced.items() if f" {name} " in spoken}
    return found | {code for name, code in joined.items() if name in folded}


def marketplace_of_currency(
    meant: Collection[str], wanted: tuple[Marketplace, ...]
) -> Marketplace | None:
    """Return the only marketplace of the agenda that is paid in one of some currencies.

    They are those that a sign can mean: `$` is money of several marketplaces.
    """
    paid = [place for place in dict.fromkeys(wanted) if currency_of(place) in meant]
    return paid[0] if len(paid) == 1 else None


def can_be_paid_in(marketplace: Marketplace, currency: Currency) -> bool:
    """Return whether rows in a currency can be a marketplace's, though they do not say so.

    They can if it is paid in that currency; if no marketplace is (CNY, HKD), since a team may have
    its figures converted to it; if tools convert to it for all marketplaces (USD), or for those of
    an account for Europe (EUR). Anything else is the money of another marketplace: dirhams or
    Canadian dollars in a folder `US` are not booked. Where a row names its own marketplace, that
    is believed whatever its currency.
    """
    own = currency_of(marketplace)
    return (
        own in (None, currency)
        or currency not in marketplace_currencies()
        or currency == _DOLLAR
        or (currency == _EURO and (zone_of(marketplace) or "").startswith("Europe/"))
    )


def weaker_sign_diagnostic(
    file: str,
    chosen: Marketplace,
    chosen_by: Message,
    other: Marketplace,
    other_by: Message,
) -> Diagnostic:
    """Return the warning that a weaker sign of a file says another marketplace."""
    return warning(
        file,
        message(
            N_("This file counts for {chosen}, as {chosen_by} says, but {other_by} says {other}."),
            chosen=chosen,
            chosen_by=chosen_by,
            other=other,
            other_by=other_by,
        ),
        message(N_("Rename the file or its folder so that both name the same marketplace.")),
    )
