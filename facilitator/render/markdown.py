"""Escaping of text from people for Markdown, and Markdown tables.

Only characters that Markdown would interpret at their place are escaped, so that the file is
pleasant to read as it is: `a < b`, `5 * 3`, `search_term`, `$604`, `5 %` and `[US]` stay the same,
`*now*`, `<b>` and `$x$` are escaped. This relies on what stands around an escaped text: only
spaces, line ends, and the asterisks of bold text.

Markdown is that of CommonMark, GitHub and Obsidian: also `$mathematics$`, `%%a comment%%`,
`==marked==`, ` ^name-of-a-block` and `^[a footnote]`. Left as they are: what names a person, a tag
or a picture (`@lin`, `#stock`, `:fire:`), since it can be read either way, and a backslash before
it would change nothing; `[^1]`, which is plain text without its definition, and that is escaped.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence

from facilitator.domain.text import one_line, remove_unsafe_characters

# The alternatives are tried in this order. A character is not escaped if Markdown could not
# interpret it there, whatever text may follow.
_SIGNS = r"""
      \\(?=[!-/:-@\[-`{-~]|$)       # would escape what follows
    | `                             # code
    | \*(?!(?<=\s\*)\s)             # emphasis, unless between blanks
    | _(?!(?<=[^\W_]_)[^\W_])       # emphasis, unless inside a word
    | ~(?!(?:(?<=\s~)|(?<=^~))\w)   # struck out, unless it only says “about”
    | <(?=[A-Za-z/!?])              # HTML
    | &(?=\#?\w+;)                  # an entity
    | \](?=[(\[:])                  # a link or its definition
    | \[(?=\[)                      # a link between notes
    | \$(?!\d|(?<=\s\$)\s)          # mathematics, unless an amount or between blanks
    | (?<=%)%                       # a comment
    | (?<==)=(?!(?<=\s==)\s)        # marked, unless between blanks
    | \^(?=\[)                      # a footnote in its place
    | (?<![0-9A-Za-z)\]])\^(?=[0-9A-Za-z-]+\s*$)  # the name of a block, at its end
"""
_MARKUP = re.compile(_SIGNS, re.VERBOSE)
_MARKUP_AND_AMOUNTS = re.compile(rf"{_SIGNS} | \$", re.VERBOSE)
_LEADING_MARKUP = re.compile(
    r"""
      [+-](?=\s|$)                  # a list
    | \#{1,6}(?=\s|$)               # a heading
    | [>\[|]                        # a quotation, a checkbox, a table
    | [-=:][-=:|\s]*$               # the line under a heading, a rule, a table's second line
    """,
    re.VERBOSE,
)
_FORMULA = re.compile(r"\$(?=\S)[^$]*(?<=\S)\$")
"""An amount that a later one would end, for readers that let a digit follow mathematics."""
_ADDRESS = re.compile(r"https?://[!#-;=?-~]*[/\w#&+=-]", re.ASCII)
"""An address on the web, without the punctuation after it."""
_LIST_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_CLOSING_HASHES = re.compile(r"(?:^|(?<=\s))#(?=#*$)")


def inline(text: str) -> str:
    """Return the text escaped for the middle of a line."""
    return _escape(one_line(text))


def line(text: str) -> str:
    """Return the text escaped for the beginning of a paragraph or list item, on one line."""
    return _escape_line_start(_escape(one_line(text)))


def heading(text: str) -> str:
    """Return the text escaped for the end of a heading."""
    return _CLOSING_HASHES.sub(r"\\#", inline(text))


def paragraphs(text: str, indent: str = "") -> str:
    """Return a text of several lines escaped; line breaks and paragraphs are kept.

    `indent` is put before each line but the first, for text inside a list item.
    """
    kept = (" ".join(each.split()) for each in remove_unsafe_characters(text).strip().split("\n"))
    blocks: list[list[str]] = [[]]
    for each in kept:
        if each:
            blocks[-1].append(_escape_line_start(_escape(each)))
        elif blocks[-1]:
            blocks.append([])
    joined = ("\\\n".join(block) for block in blocks)
    return "\n\n".join(joined).replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n")


def yaml_string(text: str) -> str:
    """Return the text as a YAML string in double quotes."""
    return json.dumps(one_line(text), ensure_ascii=False)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Return a table whose columns are also aligned in the file; cells must be escaped by `inline`.

    `right` are the indexes of the columns that are aligned to the right. The last column is not
    padded, because it may hold a whole sentence.
    """
    head, *body = ([text.replace("|", r"\|") for text in row] for row in (head, *rows))
    last = len(head) - 1
    to_right = frozenset(right)
    widths = [
        max(3, *(_cell_width(row[place]) for row in (head, *body))) if place < last else 3
        for place in range(len(head))
    ]
    rule = [
        "-" * (width - 1) + ":" if place in to_right else "-" * width
        for place, width in enumerate(widths)
    ]
    return "\n".join(_table_row(row, widths, to_right) for row in (head, rule, *body))


def _table_row(row: Sequence[str], widths: Sequence[int], to_right: frozenset[int]) -> str:
    padded = []
    for place, (text, width) in enumerate(zip(row, widths, strict=True)):
        blanks = " " * (width - _cell_width(text))
        padded.append(blanks + text if place in to_right else text + blanks)
    return f"| {' | '.join(padded).rstrip()} |"


def _cell_width(text: str) -> int:
    """Return the width of a text in terminal columns: 2 for East Asian wide characters."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(character)
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def _escape(text: str) -> str:
    if "://" not in text:
        return _escape_words(text)
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [_escape_words(text[end : found.start()]), _address(found[0])]
        end = found.end()
    return "".join((*parts, _escape_words(text[end:])))


def _address(address: str) -> str:
    """Return an address that stays as it is: in angle brackets where a backslash would break it."""
    return address if _escape_words(address) == address else f"<{address}>"


def _escape_words(text: str) -> str:
    has_formula = "$" in text and _FORMULA.search(text)
    return (_MARKUP_AND_AMOUNTS if has_formula else _MARKUP).sub(r"\\\g<0>", text)


def _escape_line_start(escaped: str) -> str:
    numbered = _LIST_NUMBER.match(escaped)
    if numbered:
        return f"{numbered[1]}\\{escaped[numbered.end(1) :]}"
    return f"\\{escaped}" if _LEADING_MARKUP.match(escaped) else escaped
