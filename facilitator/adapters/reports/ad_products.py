"""Find the ad product of a row, a file or a sheet.

Amounts of different ad products are never compared: they add up.
"""

import re
import unicodedata
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from facilitator.adapters.reports.headers import HeaderMatch, heading
from facilitator.adapters.reports.report_types import vocabulary

AD_PRODUCT_COLUMN = "ad_product"
"""The canonical name of the column with the ad product."""

UNSPECIFIED = ""
"""The product of an amount without one; it may be the sum over all products."""
SPONSORED_PRODUCTS = "Sponsored Products"
"""The one that nearly all the money goes to: an amount of every product is never without it."""

_SPONSORED_PRODUCTS_DAYS = 7
"""Only Sponsored Products count a sale for 7 days after a click; the others do so for 14."""
_BETWEEN = re.compile(r"[\W_]+")


@cache
def all_ad_products() -> tuple[str, ...]:
    """Return all ad products, `UNSPECIFIED` first."""
    return UNSPECIFIED, *vocabulary().ad_products


@cache
def _products_by_name() -> dict[str, str]:
    """Each name, in one word → its product."""
    return {
        _normalize(name, ""): product
        for product, said in vocabulary().ad_products.items()
        for name in said.names
    }


def _normalize(text: str, between: str) -> str:
    """A text without case, and with one sign in place of all that stands between its words."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _BETWEEN.sub(between, plain).strip(between)


@lru_cache(maxsize=256)
def find_product(cell: str) -> str:
    """Return the product in a cell: `Sponsored Brands`, `SPONSORED_BRANDS`, `SB`, `品牌推广`…"""
    return _products_by_name().get(_normalize(cell, ""), UNSPECIFIED)


def product_in_name(name: str) -> str:
    """Return the product in the name of a file, folder or sheet, if there is exactly one."""
    told = _normalize(name, " ").split(" ")
    phrases = {"".join(told[at : at + length]) for at in range(len(told)) for length in (1, 2, 3)}
    found = {
        product
        for each, product in _products_by_name().items()
        if (each in phrases if each.isascii() else any(each in word for word in told))
    }
    return found.pop() if len(found) == 1 else UNSPECIFIED


def product_of_file(names: Iterable[str], header: Iterable[str], match: HeaderMatch) -> str:
    """Return the product of rows without one, from the nearest of `names` or from the header."""
    if AD_PRODUCT_COLUMN not in match.kind.columns:
        return UNSPECIFIED
    told = next(filter(None, map(product_in_name, names)), UNSPECIFIED)
    return told or _product_of_header(header, match)


def _product_of_header(header: Iterable[str], match: HeaderMatch) -> str:
    keys = [heading(cell).key for cell in header]
    for product, said in vocabulary().ad_products.items():
        patterns = [heading(each).key for each in said.headers]
        if any(fnmatchcase(key, pattern) for key in keys for pattern in patterns):
            return product
    sales = match.column("ad_sales")
    return (
        SPONSORED_PRODUCTS
        if sales and sales.heading.window == _SPONSORED_PRODUCTS_DAYS
        else UNSPECIFIED
    )


def comparable_products(product: str) -> tuple[str, str]:
    """Return the products whose amounts may include the same money as this one's."""
    return (product, UNSPECIFIED) if product else (UNSPECIFIED, SPONSORED_PRODUCTS)
