"""Draw the blocks of a Markdown text as lines of a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.token import Token
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from facilitator.tui.markdown_blocks import COLUMN_GAP, Block, BlockKind, column_widths

Styles = Mapping[str, Style]
"""The styles by the names of `STYLE_NAMES`."""
STYLE_NAMES = (
    "title", "section", "subsection", "strong", "em", "s", "code", "link", "quote", "mark", "head",
    "line",
)  # fmt: skip
_PLAIN = Style()
_LINE, _BLANK = "─", " "
_LEAST = 2
"""The cells that a text has at least: as many as a wide character takes."""


@lru_cache(1)
def _parser() -> MarkdownIt:
    """Return a parser that leaves HTML as the text that it is."""
    return MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


@lru_cache(1)
def _console() -> Console:
    """Return what rich asks for tab stops and styles by name; it never prints."""
    return Console(width=80, color_system=None, markup=False, emoji=False)


def draw_block(block: Block, width: int, styles: Styles) -> tuple[Strip, ...]:
    """Return the lines of a block, each at most `width` cells."""
    gap = (Strip([]),) if block.is_apart else ()
    if block.row:
        return (*gap, *_draw_row(block, width, styles))
    if block.kind is BlockKind.RULE:
        cells = max(width - cell_len(block.first), 1)
        lines = [[Segment(_LINE * cells, styles["line"])]]
    else:
        lines = _wrap(_text_of(block, styles), max(width - cell_len(block.first), _LEAST))
    mark = styles["quote"] if block.kind is BlockKind.QUOTE else styles["mark"]
    return (
        *gap,
        *(
            Strip([*([Segment(prefix, mark)] if prefix else []), *line])
            for place, line in enumerate(lines)
            for prefix in (block.rest if place else block.first,)
        ),
    )


def inline_text(source: str, styles: Styles, base: Style = _PLAIN) -> Text:
    """Return inline Markdown as a styled text, without any link that could be opened."""
    text = Text(end="")
    open_styles = [base]
    links: list[tuple[str, int]] = []
    for token in _tokens(source):
        kind = token.type
        if kind == "link_open":
            links.append((str(token.attrs.get("href", "")), len(text)))
            open_styles.append(open_styles[-1] + styles["link"])
        elif kind == "link_close":
            target, begins = links.pop()
            open_styles.pop()
            if text.plain[begins:] not in (target, target.removeprefix("mailto:")):
                text.append(f" ({target})", open_styles[-1])
        elif token.nesting == 1:
            open_styles.append(open_styles[-1] + styles.get(token.tag, _PLAIN))
        elif token.nesting == -1:
            open_styles.pop()
        else:
            style = styles["code"] if kind == "code_inline" else _PLAIN
            text.append(_content(token), open_styles[-1] + style)
    return text


def _tokens(source: str) -> Iterator[Token]:
    for parent in _parser().parseInline(source):
        yield from parent.children or ()


def _content(token: Token) -> str:
    match token.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case _:
            return token.content


def _text_of(block: Block, styles: Styles) -> Text:
    match block.kind:
        case BlockKind.CODE:
            return Text(block.text, styles["code"], end="")
        case BlockKind.HEADING:
            names = ("title", "section", "subsection")
            return inline_text(block.text, styles, styles[names[min(block.level, 3) - 1]])
        case _:
            return inline_text(block.text, styles)


def _wrap(text: Text, width: int) -> list[list[Segment]]:
    """Return the lines of a text, as segments."""
    lines = text.wrap(_console(), width, overflow="fold", tab_size=1)
    return [[each for each in line.render(_console()) if each.text] for line in lines] or [[]]


def _draw_row(block: Block, width: int, styles: Styles) -> Iterable[Strip]:
    """Yield the lines of a row of a table; below its head, a line."""
    is_head = block.kind is BlockKind.TABLE_HEAD
    widths = column_widths(block.columns, width)
    base = styles["head"] if is_head else _PLAIN
    cells = [
        _wrap(inline_text(text, styles, base), max(cells, _LEAST))
        for text, cells in zip(block.row, widths, strict=True)
    ]
    for line in zip_longest(*cells, fillvalue=()):
        segments: list[Segment] = []
        for part, cells_wide, column in zip(line, widths, block.columns, strict=True):
            blank = max(cells_wide - sum(each.cell_length for each in part), 0)
            if column.is_right:
                segments += [Segment(_BLANK * blank), *part, Segment(_BLANK * COLUMN_GAP)]
            else:
                segments += [*part, Segment(_BLANK * (blank + COLUMN_GAP))]
        yield Strip(segments)
    if is_head:
        yield Strip(
            [
                Segment(
                    _LINE * min(sum(widths) + COLUMN_GAP * (len(widths) - 1), width), styles["line"]
                )
            ]
        )
