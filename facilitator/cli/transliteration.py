"""Write characters that a console cannot encode with others that it can: `-5.7 %`, `>= -3 %`."""

import unicodedata

ERROR_HANDLER = "facilitator.transliterate"
"""The name under which `transliterate` is registered as an error handler of codecs."""

_SPELLINGS = {
    "−–—―‐‑": "-", "‘’‚′´‹›": "'", "“”„″«»": '"', "…": "...", "·•‧": "|", "⋅": "'",
    "→↷": "->", "←↩": "<-", "↔": "<->",
    "↑▲△": "^", "↓▼▽": "v", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "±": "+/-",
    "×": "x", "÷": "/", "✕✖✗✘": "× x", "✓✔": "√ OK", "√": "OK", "∞": "inf", "∅": "-", "Δ": "+/-",
    "Σ": "sum", "°º": " deg", "½": "(1/2)", "¼": "(1/4)", "¾": "(3/4)", "‖": "||",
    "★☆◆◈": "*", "●": "*", "◇○◦□": "o", "■█▉▊▋": "#", "▶►▸": ">", "◀◄◂": "<", "☐": "[ ]",
    "☑": "[x]", "✎": "*", "░▒▓": ":", "▌▐▍▎▏▕": "|", "▀": "^",
    "▁": "_", "▂": ".", "▃": ",", "▄": "-", "▅": "~", "▆": "=", "▇": "+",
    "€": "EUR", "£": "GBP", "¥￥": "￥ ¥ Y", "₹": "INR", "₺": "TRY",
    "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i",
    "œ": "oe", "Œ": "OE", "。": ".", "、": ",", "「《【〔": "[", "」》】〕": "]", "〜": "~",
}  # fmt: skip
"""Characters, and how each is written: the first of the spellings that can be encoded."""
_SPELLING_OF = {each: text for every, text in _SPELLINGS.items() for each in every}
_LEFT_OUT = ("Mn", "Me", "Cf")
"""Categories of characters that have no shape of their own: accents and joiners."""
_DIRECTIONS = frozenset({"HORIZONTAL", "VERTICAL", "DOWN", "UP", "LEFT", "RIGHT"})
UNKNOWN = "?"


def transliterate(error: UnicodeError) -> tuple[str, int]:
    """Return what to write for characters that cannot be encoded, and where to go on.

    Letters without a likeness among those of the console become `?`.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wanted = error.object[error.start : error.end]
    return "".join(_spell(each, error.encoding) for each in wanted), error.end


def _spell(character: str, encoding: str) -> str:
    """Return the spelling of one character that an encoding has."""
    spellings = _SPELLING_OF.get(character, "").split(" ")
    decomposed = unicodedata.normalize("NFKD", character)
    for each in (_line(character), *spellings, decomposed, _without_marks(decomposed)):
        if each and _can_encode(each, encoding):
            return each
    return "" if unicodedata.category(character) in _LEFT_OUT else UNKNOWN


def _without_marks(text: str) -> str:
    return "".join(each for each in text if unicodedata.category(each) not in _LEFT_OUT)


def _line(character: str) -> str:
    """Return the spelling of a line or a corner of a frame; empty for another character."""
    name = unicodedata.name(character, "")
    if not name.startswith("BOX DRAWINGS"):
        return ""
    directions = " ".join(_DIRECTIONS.intersection(name.split()))
    return {"HORIZONTAL": "-", "VERTICAL": "|"}.get(directions, "+")


def _can_encode(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
