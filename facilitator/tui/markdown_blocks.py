"""Cut Markdown into short blocks, each of which can be drawn without the others.

A list item, a paragraph, a heading and a row of a table are a block each. So a long text costs
only as much as the part of it that is looked at, and a changed word only its block. What Markdown
defines far from where it uses it (link references) and HTML are shown as they are written.
"""

import re
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from rich.cells import cell_len

from facilitator.tui.text_width import estimated_cells

_ITEM = re.compile(r"(?:([-*+])|(\d{1,9})[.)])(?: +|$)")
_HEADING = re.compile(r"(#{1,6})(?:[ ]+|$)")
_CLOSING_HASHES = re.compile(r"(?:^|(?<=\s))#+\s*$")
_RULE = re.compile(r"([-*_])(?: *\1){2,} *$")
_UNDERLINE = re.compile(r"(=+|-+) *$")
_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*$")
_TABLE_RULE = re.compile(r"\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$|\|? *:?-+:? *(?:\| *:?-+:? *)+\|?$")
_CELL_END = re.compile(r"(?<!\\)\|")
_MARKUP = re.compile(r"\*\*|\\(?=[!-/:-@\[-`{-~])")

BULLETS, QUOTE_MARK = ("• ", "▪ "), "▌ "
WIDEST_PREFIX = 24
"""The most cells before a text: deeper lists are not indented any further."""
COLUMN_GAP = 2
"""Cells between two columns of a table."""
LEAST_COLUMN = 3
"""The least cells of a column, where the terminal has them."""


class BlockKind(StrEnum):
    """How a block is drawn."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    CODE = "code"
    RULE = "rule"
    TABLE_HEAD = "head"
    TABLE_ROW = "row"


class Column(Struct, frozen=True):
    """A column of a table."""

    cells: int
    """The width of its widest cell."""
    is_right: bool
    """Whether it is aligned to the right."""


class Block(Struct, frozen=True, kw_only=True):
    """A part of a text that is drawn by itself."""

    kind: BlockKind
    text: str = ""
    """Inline Markdown; of code, the text itself."""
    level: int = 0
    """Of a heading, from 1 to 6."""
    first: str = ""
    """What stands before its first line: blanks, a bullet or a number, the mark of a quotation."""
    rest: str = ""
    """What stands before its other lines; as wide as `first`."""
    is_apart: bool = False
    """Whether a blank line is drawn above it."""
    row: tuple[str, ...] = ()
    """The cells of a row of a table, as inline Markdown."""
    columns: tuple[Column, ...] = ()
    """The columns of its table."""
    cells: int = 0
    """The width of the whole text on one line, approximately."""

    def estimated_height(self, width: int) -> int:
        """Return about how many lines it takes in `width` cells; exact for a short text."""
        gap = 1 if self.is_apart else 0
        if self.row:
            widths = column_widths(self.columns, width)
            is_whole = all(
                each.cells <= cells for each, cells in zip(self.columns, widths, strict=True)
            )
            lines = 1 if is_whole else max(map(_lines_in, self.row, widths))
            return gap + lines + (self.kind is BlockKind.TABLE_HEAD)
        available = max(width - len(self.first), 2)
        return gap + max(-(-self.cells // available), self.text.count("\\\n") + 1)


def cut_markdown(text: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text, in their order."""
    cutter = _Cutter()
    for line in text.split("\n"):
        cutter.add_line(line)
    cutter.end()
    return tuple(cutter.blocks)


@lru_cache(64)
def column_widths(columns: tuple[Column, ...], width: int) -> tuple[int, ...]:
    """Return the cells of each column in `width` cells; the widest ones give up the most."""
    available = max(width - COLUMN_GAP * (len(columns) - 1), len(columns))
    wanted = [max(each.cells, 1) for each in columns]
    if sum(wanted) <= available:
        return tuple(wanted)
    least = min(LEAST_COLUMN, available // len(columns))
    low, high = least, max(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(each, middle) for each in wanted) <= available:
            low = middle
        else:
            high = middle - 1
    capped = [min(each, low) for each in wanted]
    spare = available - sum(capped)
    for place, each in enumerate(wanted):
        if spare > 0 and each > capped[place]:
            capped[place] += 1
            spare -= 1
    return tuple(capped)


def _inline_width(text: str) -> int:
    """Return how many cells inline Markdown takes that has no markup but bold text."""
    return cell_len(_MARKUP.sub("", text))


def _lines_in(text: str, width: int) -> int:
    """Return about how many lines a text takes."""
    return max(-(-estimated_cells(text) // max(width, 1)), 1)


class _Cutter:
    """Reads lines, and collects the blocks that they are."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._items: list[tuple[int, int]] = []
        """Of each open list item, where its text begins in the file, and on the screen."""
        self._marker = ""
        """Of the list items that were begun since the last block."""
        self._lines: list[str] = []
        """Of the paragraph that is being read."""
        self._table: list[list[str]] = []
        self._right: list[bool] = []
        self._is_quote = False
        self._is_apart = False
        self._fence = ""
        self._code_indent = 0

    def add_line(self, line: str) -> None:
        """Read the next line."""
        body = line.lstrip(" ")
        indent = len(line) - len(body)
        if self._fence:
            self._add_code(line, body)
        elif not body:
            self._end_block()
            self._is_apart = True
        elif self._is_continued(body):
            self._lines.append(body)
        else:
            if not (self._is_quote and body.startswith(">")):
                self._leave_items(indent)
            self._begin(body, indent)

    def end(self) -> None:
        """Read the end of the text."""
        self._end_block()

    def _is_continued(self, body: str) -> bool:
        """Return whether a line goes on with the paragraph before it."""
        return bool(self._lines) and not self._is_start(body)

    def _is_start(self, body: str) -> bool:
        item = _ITEM.match(body)
        is_item = item is not None and item.end() < len(body) and item[2] in (None, "1")
        is_next_number = item is not None and bool(self._items)
        return bool(
            is_item
            or is_next_number
            or body[0] == ">"
            or _HEADING.match(body)
            or _RULE.match(body)
            or _UNDERLINE.match(body)
            or _FENCE.match(body)
            or (len(self._lines) == 1 and _is_table_rule(body, self._lines[0]))
        )

    def _leave_items(self, indent: int) -> None:
        """Leave the list items to which a line with this indent does not belong."""
        while self._items and indent < self._items[-1][0]:
            self._end_block()
            self._items.pop()

    def _begin(self, body: str, indent: int) -> None:
        """Begin a block, or go on with a quotation or a table."""
        if self._lines and (underline := _UNDERLINE.match(body)):
            self._end_heading(1 if underline[1][0] == "=" else 2)
            return
        if len(self._lines) == 1 and _is_table_rule(body, self._lines[0]):
            self._begin_table(body)
            return
        if self._table and "|" in body:
            self._table.append(_split_row(body))
            return
        if body[0] == ">":
            self._begin_quote(body)
            return
        self._end_block()
        base = self._items[-1][0] if self._items else 0
        if indent - base >= 4:
            self._add(BlockKind.CODE, " " * (indent - base - 4) + body)
        else:
            self._begin_content(body, indent)

    def _begin_content(self, body: str, indent: int) -> None:
        """Begin a block, perhaps behind the marker of a list item."""
        if body[0] == ">":
            self._begin_quote(body)
        elif _RULE.match(body):
            self._add(BlockKind.RULE)
        elif item := _ITEM.match(body):
            self._begin_item(item, body, indent)
        elif heading := _HEADING.match(body):
            text = _CLOSING_HASHES.sub("", body[heading.end() :]).rstrip()
            self._add(BlockKind.HEADING, text, level=len(heading[1]))
        elif fence := _FENCE.match(body):
            self._fence, self._code_indent = fence[1], indent
        else:
            self._lines.append(body)

    def _begin_item(self, item: re.Match[str], body: str, indent: int) -> None:
        marker = _marker(item, len(self._items))
        column = self._items[-1][1] if self._items else 0
        rest = body[item.end() :]
        begins = indent + (len(item[0]) if rest else len(item[0].rstrip()) + 1)
        self._items.append((begins, column + len(marker)))
        self._marker += marker
        if rest:
            self._begin_content(rest, begins)

    def _begin_quote(self, body: str) -> None:
        """Begin a quotation or go on with it; all in it is a paragraph or a list."""
        if not self._is_quote:
            self._end_lines()
            self._is_quote = True
        inner = body.lstrip("> ")
        if not inner:
            self._end_lines()
            self._is_apart = True
        elif self._is_continued(inner):
            self._lines.append(inner)
        else:
            self._end_lines()
            if item := _ITEM.match(inner):
                self._marker += _marker(item, len(self._items))
                inner = inner[item.end() :]
            self._lines.append(inner)

    def _begin_table(self, rule: str) -> None:
        self._right = [each.strip().endswith(":") for each in _split_row(rule)]
        self._table = [_split_row(self._lines.pop())]

    def _add_code(self, line: str, body: str) -> None:
        if body.startswith(self._fence) and not body.strip(self._fence[0] + " "):
            self._fence = ""
            return
        removed = min(self._code_indent, len(line) - len(body))
        self._add(BlockKind.CODE, line[removed:])

    def _end_heading(self, level: int) -> None:
        text = "\n".join(self._lines)
        self._lines = []
        self._add(BlockKind.HEADING, text, level=level)

    def _end_block(self) -> None:
        """Add what was read so far; a quotation ends with it."""
        self._end_lines()
        if self._marker:  # of an item without text
            self._add(BlockKind.PARAGRAPH)
        self._is_quote = False

    def _end_lines(self) -> None:
        if self._lines:
            text = "\n".join(self._lines).rstrip()
            self._lines = []
            self._add(BlockKind.QUOTE if self._is_quote else BlockKind.PARAGRAPH, text)
        elif self._table:
            table, self._table = self._table, []
            self._add_table(table)

    def _add_table(self, table: list[list[str]]) -> None:
        head = table[0]
        rows = [_fitted(row, len(head)) for row in table]
        columns = tuple(
            Column(max(map(_inline_width, column)), place < len(self._right) and self._right[place])
            for place, column in enumerate(zip(*rows, strict=True))
        )
        for place, row in enumerate(rows):
            kind = BlockKind.TABLE_ROW if place else BlockKind.TABLE_HEAD
            self._add(kind, row=tuple(row), columns=columns)

    def _add(
        self,
        kind: BlockKind,
        text: str = "",
        *,
        level: int = 0,
        row: tuple[str, ...] = (),
        columns: tuple[Column, ...] = (),
    ) -> None:
        mark = QUOTE_MARK if self._is_quote else ""
        column = self._items[-1][1] if self._items else 0
        marker, self._marker = self._marker, ""
        column = max(column, len(marker))
        blanks = " " * min(column - len(marker), WIDEST_PREFIX)
        marker = marker[-WIDEST_PREFIX:]
        first = f"{mark}{blanks}{marker}"
        self.blocks.append(
            Block(
                kind=kind,
                text=text,
                level=level,
                first=first,
                rest=f"{mark}{blanks}{' ' * len(marker)}",
                is_apart=self._is_apart and bool(self.blocks),
                row=row,
                columns=columns,
                cells=sum(map(estimated_cells, row or (text.replace("**", ""),))),
            )
        )
        self._is_apart = False


def _marker(item: re.Match[str], depth: int) -> str:
    """Return what is drawn before a list item in so many others."""
    return BULLETS[min(depth, 1)] if item[1] else f"{item[2]}. "


def _is_table_rule(body: str, head: str) -> bool:
    """Return whether a line is the second one of a table whose first one is `head`."""
    if "|" not in head or not _TABLE_RULE.match(body):
        return False
    return len(_split_row(body)) == len(_split_row(head))


def _split_row(line: str) -> list[str]:
    """Return the cells of a row of a table."""
    inner = line.strip().removeprefix("|")
    cells = [each.strip().replace("\\|", "|") for each in _CELL_END.split(inner)]
    if cells and not cells[-1] and inner.endswith("|"):
        cells.pop()
    return cells or [""]


def _fitted(row: list[str], count: int) -> list[str]:
    """Return a row with as many cells as its table; what is too many stands in the last one."""
    fitted = [*row[: count - 1], " ".join(row[count - 1 :])]
    return fitted + [""] * (count - len(fitted))
