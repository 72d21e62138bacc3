"""Products of advertising: which one a row, a file or a sheet is about.

Reports of one product are never compared with those of another: together they add up.
"""

import re
import unicodedata
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from facilitator.adapters.reports.headers import HeaderMatch, heading
from facilitator.adapters.reports.kinds import words

PRODUCT = "ad_product"
"""The canonical name of the column that tells it."""

EVERY = ""
"""The product of an amount that does not tell its own: it may be of all of them together."""
MAIN = "Sponsored Products"
"""The one that nearly all the money goes to: an amount of every product is never without it."""

_MAIN_DAYS = 7
"""Only Sponsored Products count a sale for 7 days after a click; the others do so for 14."""
_BETWEEN = re.compile(r"[\W_]+")


@cache
def ad_products() -> tuple[str, ...]:
    """All of them, `EVERY` first."""
    return EVERY, *words().ad_products


@cache
def _named() -> dict[str, str]:
    """Each name, in one word → its product."""
    return {
        _folded(name, ""): product
        for product, said in words().ad_products.items()
        for name in said.names
    }


def _folded(text: str, between: str) -> str:
    """A text without case, and with one sign in place of all that stands between its words."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN.sub(between, plain).strip(between)


@lru_cache(maxsize=256)
def find_product(cell: str) -> str:
    """The product that a cell names: `Sponsored Brands`, `SPONSORED_BRANDS`, `SB`, `品牌推广`…"""
    return _named().get(_folded(cell, ""), EVERY)


def product_in_name(name: str) -> str:
    """The one product that the name of a file, folder or sheet tells, if it tells exactly one."""
    told = _folded(name, " ").split(" ")
    phrases = {"".join(told[at : at + length]) for at in range(len(told)) for length in (1, 2, 3)}
    found = {
        product
        for each, product in _named().items()
        if (each in phrases if each.isascii() else any(each in word for word in told))
    }
    return found.pop() if len(found) == 1 else EVERY


def product_of_file(names: Iterable[str], header: Iterable[str], match: HeaderMatch) -> str:
    """The product of the rows that do not tell it, by the nearest of `names`, or by the header."""
    if PRODUCT not in match.kind.columns:
        return EVERY
    told = next(filter(None, map(product_in_name, names)), EVERY)
    return told or _product_of_header(header, match)


def _product_of_header(header: Iterable[str], match: HeaderMatch) -> str:
    keys = [heading(cell).key for cell in header]
    for product, said in words().ad_products.items():
        patterns = [heading(each).key for each in said.headers]
        if any(fnmatchcase(key, pattern) for key in keys for pattern in patterns):
            return product
    sales = match.column("ad_sales")
    return MAIN if sales and sales.heading.window == _MAIN_DAYS else EVERY


def rivals(product: str) -> tuple[str, str]:
    """The products whose amounts may be the same as this one's."""
    return (product, EVERY) if product else (EVERY, MAIN)
