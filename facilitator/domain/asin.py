"""ASINs: the product ids of Amazon, ten characters that begin with B0."""

import re

ASIN_PATTERN = r"(?<![a-z0-9])b0[a-z0-9]{8}(?![a-z0-9])"
"""One of them in a text, as a pattern that is blind to case."""


def asins_in(text: str) -> tuple[str, ...]:
    """The products that a text names, each once and in capitals."""
    named = re.findall(ASIN_PATTERN, text, re.IGNORECASE)
    return tuple(dict.fromkeys(each.upper() for each in named))
