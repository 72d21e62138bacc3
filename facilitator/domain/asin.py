"""ASINs: the product ids of Amazon, ten characters that begin with B0."""

import re

ASIN_PATTERN = r"(?<![a-z0-9])b0[a-z0-9]{8}(?![a-z0-9])"
"""The pattern of an ASIN in a text; to be compiled with IGNORECASE."""


def asins_in(text: str) -> tuple[str, ...]:
    """Return the ASINs in a text, in upper case and without repetitions."""
    matches = re.findall(ASIN_PATTERN, text, re.IGNORECASE)
    return tuple(dict.fromkeys(each.upper() for each in matches))
