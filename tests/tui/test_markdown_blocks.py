"""Markdown is cut into blocks, and each is drawn as the lines that a reader expects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from facilitator.tui.markdown_blocks import BlockKind, Column, column_widths, cut_markdown
from facilitator.tui.markdown_lines import STYLE_NAMES, draw_block

STYLES = {name: Style(bold=name == "strong", underline=name == "link") for name in STYLE_NAMES}


def drawn(text: str, width: int = 40) -> list[str]:
    """Return the lines of a text, without the blanks at their ends."""
    blocks = cut_markdown(text)
    return [line.text.rstrip() for each in blocks for line in draw_block(each, width, STYLES)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# Weekly #\n\nA *plain* text\nin one `line`", ["Weekly", "", "A plain text in one line"]),
        ("Weekly\n===\nMore", ["Weekly", "More"]),
        (
            "- **Decisions**\n  - D1 one\n  - D2 two\n- Next",
            ["• Decisions", "  ▪ D1 one", "  ▪ D2 two", "• Next"],
        ),
        ("9. nine\n10. ten", ["9. nine", "10. ten"]),
        ("- one\n\n  more of it\n\nafter", ["• one", "", "  more of it", "", "after"]),
        ("- 24.99\\\n  we keep ours", ["• 24.99", "  we keep ours"]),
        ("- [ ] **A4** Lower the bids", ["• [ ] A4 Lower the bids"]),
        ("> **Draft**, as of\n> 15:27\n\nText", ["▌ Draft, as of 15:27", "", "Text"]),
        ("```\n# no heading\n  - no item\n```\nText", ["# no heading", "  - no item", "Text"]),
        ("one\n\n    code", ["one", "", "code"]),
        ("one\n\n---\n\ntwo", ["one", "", "─" * 40, "", "two"]),
        (r"\*not\* bold, a < b, \# 1", ["*not* bold, a < b, # 1"]),
        ("<b>kept</b> &amp; read", ["<b>kept</b> & read"]),
        ("[here](https://example.com)", ["here (https://example.com)"]),
        ("<https://example.com>", ["https://example.com"]),
        ("![a picture](x.png)", ["a picture"]),
        ("text\n1986. a year", ["text 1986. a year"]),
        ("- ", ["•"]),
        ("", []),
    ],
)
def test_markdown_is_drawn_as_it_is_read(text: str, lines: list[str]) -> None:
    assert drawn(text) == lines


def test_wrapped_lines_of_an_item_begin_below_its_text() -> None:
    assert drawn("- conversion fell after the coupon", 20) == [
        "• conversion fell",
        "  after the coupon",
    ]


def test_columns_of_a_table_are_aligned_in_cells() -> None:
    table = "| KPI | 目标 |\n| --- | ---: |\n| 广告占比 | ≤ 25 % |\n| ROAS \\| x | **3** |\n\nText"

    assert drawn(table) == [
        "KPI         目标",
        "─" * 16,
        "广告占比  ≤ 25 %",
        "ROAS | x       3",
        "",
        "Text",
    ]


def test_a_table_without_room_wraps_its_widest_column() -> None:
    table = "| # | Why |\n| --- | --- |\n| 1 | the clicks got dearer two weeks running |"

    assert drawn(table, 24) == [
        "#  Why",
        "─" * 24,
        "1  the clicks got dearer",
        "   two weeks running",
    ]


def test_what_a_row_has_too_much_stands_in_its_last_cell() -> None:
    assert "2 3" in drawn("| a | b |\n| - | - |\n| 1 | 2 | 3 |")[-1]


def test_the_widest_columns_give_up_the_most() -> None:
    columns = tuple(Column(cells, is_right=False) for cells in (4, 30, 60))

    assert column_widths(columns, 120) == (4, 30, 60)
    assert column_widths(columns, 58) == (4, 25, 25)


def test_rows_of_a_table_are_blocks_of_their_own() -> None:
    blocks = cut_markdown("| a | b |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |")

    assert [each.kind for each in blocks] == [
        BlockKind.TABLE_HEAD,
        BlockKind.TABLE_ROW,
        BlockKind.TABLE_ROW,
    ]


def test_no_link_can_be_opened() -> None:
    (block,) = cut_markdown("[here](https://example.com)")
    segments = [each for line in draw_block(block, 80, STYLES) for each in line]

    assert all(each.style is None or not (each.style.link or each.style.meta) for each in segments)


PIECES = (
    "- ", "  ", "> ", "# ", "1. ", "| ", "|-|-|", "**", "`", "```", "---", "\\", "\n", "\n\n",
    "[x](y)", "word ", "硅胶盖", "🙂", "&lt;", "<b>", "~~", "=", "*", "_",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(texts, st.integers(1, 60))
def test_whatever_is_written_is_drawn_within_the_width(text: str, width: int) -> None:
    for block in cut_markdown(text):
        lines = draw_block(block, width, STYLES)
        assert lines
        assert block.estimated_height(width) >= 1
        assert width < 30 or all(line.cell_length <= width for line in lines)


words = st.lists(st.sampled_from(["word", "硅胶盖", "24.99", "A4"]), min_size=1).map(" ".join)
starts = st.sampled_from(["", "- ", "  - ", "    - ", "> ", "## ", "3. ", "\n", "\n  ", "\n    "])


@given(st.lists(st.tuples(starts, words), min_size=1, max_size=12))
def test_no_word_is_lost(parts: list[tuple[str, str]]) -> None:
    text = "\n".join(f"{start}{said}" for start, said in parts)
    shown = " ".join(drawn(text, 200)).replace("▌", "").split()

    expected = [word for _start, said in parts for word in said.split()]
    markers = {"•", "▪", "-", ">", "##", "3."}
    assert [each for each in shown if each not in markers] == expected
