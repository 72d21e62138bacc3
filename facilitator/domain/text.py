"""The text policy: what is kept of text from files, people and the command line.

Removed are control characters (C0, DEL, C1), whole terminal sequences (CSI, OSC and the like),
bidirectional controls, zero-width and other invisible format characters, lone surrogates and
noncharacters. Kept are

- U+200C and U+200D between letters or emoji: Persian, Indic scripts and emoji are spelt with them;
- the tags of a flag such as Scotland's, in a well-formed sequence;
- combining marks, variation selectors among them, and visible format characters such as the
  Arabic number sign.

Every kind of line end (CR, CR LF, VT, FF, NEL, U+2028, U+2029) becomes `\\n`. A tab becomes one
blank: how wide it is depends on the place where it is shown, and cells of a table may hold none.
"""

import re
import unicodedata

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# The 8-bit introducers (U+009B, U+009D) must be followed by a parameter: without one they are
# more often the wrong half of a letter that was read in another encoding, and what follows is text.
_UNSAFE = re.compile(
    r"""
      (\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)  # a flag, kept
    | (?: \x1b\[ [0-?]* | \x9b [0-?]+ ) [ -/]* [@-~]                           # CSI
    | (?: \x1b[\]PX^_] | \x9d(?=\d+;) ) [^\x07\x1b\x9c\n]* (?: \x07 | \x1b\\ | \x9c )?  # OSC, DCS…
    | \x1b [ -/]* [0-~]                                                        # other escapes
    | [\x00-\x08\x0b-\x1f\x7f-\x9f]                                            # C0, DEL, C1
    | [\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]                                 # no characters
    | [\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb]
    | [\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff]        # invisible
    """,
    re.VERBOSE,
)
_JOINER = re.compile("[\u200c\u200d]")


def remove_unsafe_characters(text: str) -> str:
    """Return the text as it may be kept and shown; it may have several lines."""
    if text.replace("\n", "").isprintable():  # nearly all texts; no format character is printable
        return text
    kept = _UNSAFE.sub(r"\1", _LINE_END.sub("\n", text).replace("\t", " "))
    return _JOINER.sub(_needed_joiner, kept)


def one_line(text: str) -> str:
    """Return the text as it may be kept and shown on one line, with single blanks."""
    return " ".join(remove_unsafe_characters(text).split())


def beginning(text: str, longest: int) -> str:
    """Return the text on one line, with an ellipsis where it is cut to `longest` characters."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _needed_joiner(match: re.Match[str]) -> str:
    around = match.string[max(match.start() - 1, 0) : match.end() + 1]
    return match[0] if len(around) == 3 and _is_joined(around[0], around[2]) else ""


def _is_joined(*characters: str) -> bool:
    """Whether all are letters with their marks, or emoji."""
    return all(
        unicodedata.category(each)[0] in "LM"
        or unicodedata.category(each) == "So"
        or "\U0001f000" <= each <= "\U0001faff"  # skin tones, and emoji newer than Python's tables
        or each == "\u2194"  # 🙂‍↔️ has an arrow that counts as mathematics
        for each in characters
    )
