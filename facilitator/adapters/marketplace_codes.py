"""The codes of all marketplaces, for the files that name them."""

import re
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("reports") / "marketplaces.toml"
_TABLE = re.compile(r"^\[places\.([A-Z]{2})\]$", re.MULTILINE)
_ISO_CODES = {"GB": "UK"}
"""The codes that the ISO gives to countries for which Amazon has another one."""


@cache
def marketplace_codes() -> tuple[str, ...]:
    """Return the code of every marketplace, without parsing the file that describes them."""
    return tuple(_TABLE.findall(_FILE.read_text(encoding="utf-8")))


def marketplace_code(text: str) -> str | None:
    """Return the marketplace with a code, such as UK for UK and GB; None if there is none."""
    code = _ISO_CODES.get(text, text)
    return code if code in marketplace_codes() else None


def nearest_marketplace_code(text: str) -> str | None:
    """Return the code that was probably meant; None if none is near, or several are."""
    said = text.strip().upper()
    if found := marketplace_code(said):
        return found
    likeness = {
        code: (SequenceMatcher(None, said, code).ratio(), code[0] == said[:1])
        for code in marketplace_codes()
    }
    best = max(likeness.values())
    near = [code for code in likeness if likeness[code] == best]
    return near[0] if best[0] >= 0.5 and len(near) == 1 else None
