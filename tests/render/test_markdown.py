"""Typed text in Markdown, read back by a Markdown parser."""

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from facilitator.domain.text import one_line, remove_unsafe_characters
from facilitator.render.markdown import (
    heading,
    inline,
    line,
    paragraphs,
    table,
    yaml_string,
)

COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
GITHUB = MarkdownIt("gfm-like")

MARKUP = st.text(st.sampled_from("#-+*_`~<>[]()!|\\&;:=.1 2ax\n\t决/?\"'^$%")) | st.sampled_from(
    (
        "---",
        "```",
        "~~~",
        "- [ ] x",
        "<script>",
        "<!--",
        "&amp;",
        "[a](javascript:b)",
        "[a]: b",
        "| a |\n|---|",
        "a\n===",
        "![x](y)",
        "[[x]]",
        "1. a",
        "https://a.example/?b=1&copy;=2",
        "$x$",
        "$$",
        "%%",
        "==x==",
        " ^x-1",
        "^[x]",
        "US$5",
    )
)
TYPED = st.lists(MARKUP | st.text(), max_size=5).map(" ".join)

PLACES: dict[str, tuple[Callable[[str], str], str]] = {
    "a paragraph": (line, "before\n\n{}\n\nafter"),
    "the middle of a line": (inline, "- **A1** {} · due {}\n- b"),
    "the beginning of a list item": (line, "- {}\n- {} · b"),
    "bold": (inline, "a **x{}x** b"),
    "a heading": (heading, "## {}\n\nafter"),
    "a heading with a number": (heading, "### 2 · {}\n\nafter"),
    "a quotation": (line, "> {}\n\nafter"),
    "notes": (lambda text: paragraphs(text, indent="  "), "- 10:07 · {}\n- b"),
    "an answer": (paragraphs, "# a\n\n{}\n\n## b"),
    "table cells": (lambda text: table(("a", "b"), [(inline(text), inline(text))]), "{}"),
}


def _harmless(text: str) -> str:
    """Return the same lines and words, without anything that could be markup."""
    return re.sub(r"\S+", "x", remove_unsafe_characters(text))


def _structure(tokens: list[Token]) -> list[tuple[object, ...]]:
    """Return the parsed structure of a document without its words and addresses."""
    return [
        (token.type, token.tag, token.nesting, _structure(token.children or []))
        for token in tokens
        if token.type != "text" and token.markup != "autolink"
    ]


def _words(tokens: list[Token]) -> str:
    return "".join(
        token.content if token.type == "text" else _words(token.children or []) or "\n"
        for token in tokens
    )


@pytest.mark.parametrize("place", PLACES)
@settings(deadline=None)
@given(text=TYPED)
@example(text="---")
@example(text="a\n---\nb")
@example(text="\\")
@example(text="* * *")
@example(text="[x]: http://a.example")
@example(text="a | b\n--|--")
@example(text="#")
@example(text="a #")
@example(text="&amp;")
def test_text_does_not_change_the_structure_around_it(place: str, text: str) -> None:
    safe, frame = PLACES[place]

    tokens = COMMONMARK.parse(frame.replace("{}", safe(text)))

    assert _structure(tokens) == _structure(
        COMMONMARK.parse(frame.replace("{}", safe(_harmless(text))))
    )


@pytest.mark.parametrize("place", PLACES)
@settings(deadline=None)
@given(text=TYPED)
@example(text="C:\\new \\* \\")
@example(text="a_b __c__ 5 * 3 * 2 ~~x~~ ~5 `d` <e> &lt; [f](g) [h][i]")
def test_text_comes_out_as_typed(place: str, text: str) -> None:
    safe, frame = PLACES[place]

    words = _words(COMMONMARK.parse(frame.replace("{}", safe(text))))

    assert " ".join(one_line(text).split()) in " ".join(words.split())


@settings(deadline=None)
@given(text=TYPED)
def test_text_without_an_address_gets_no_links_or_html_on_github(text: str) -> None:
    tokens = GITHUB.parse(f"- a {inline(text)}")

    kinds = {child.type for token in tokens for child in token.children or []}
    links = {
        child.attrs["href"]
        for token in tokens
        for child in token.children or []
        if child.type == "link_open"
    }
    assert kinds <= {"text", "link_open", "link_close"}
    assert all(re.match("https?://|mailto:|ftp://", str(link)) for link in links)


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 < 20 & more",
        "search_term_report of [US]",
        "~5 days, -0.2 pp, #1 and a-b",
        "C:\\data\\week",
        "¥ 148 → ACoS ≤ 25 %",
        "$604",
        "US$604 a week, then $ 700",
        "costs $604 and brings $1,245",
        "价格$604元，利润 5 %",
        "5 % of 20%, 100 %",
        "a == b",
        "10^6 and a^b",
        "see [^1], @lin, #stock and :fire:",
        "https://a.example/week?x=1&y=2",
        "网址https://a.example/week，说明",
        "下周五前完成（A/B 测试）",
    ],
)
def test_harmless_text_is_not_escaped(text: str) -> None:
    assert line(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("$x$", r"\$x\$"),
        ("文字$x$文字", r"文字\$x\$文字"),
        ("$$x$$", r"\$\$x\$\$"),
        ("$5-$10", r"\$5-\$10"),
        (r"\$5-$10", r"\\\$5-\$10"),
        ("50$", r"50\$"),
        ("%%文字%%", r"%\%文字%\%"),
        ("==文字==", r"=\=文字=\="),
        ("a==b", r"a=\=b"),
        ("下周再看 ^id-1", r"下周再看 \^id-1"),
        ("下周再看^id", r"下周再看\^id"),
        ("now ^[later]", r"now \^[later]"),
        ("![[a]] [[b]]", r"!\[[a]] \[[b]]"),
        ("see https://a.example/~lin/_b_.", "see <https://a.example/~lin/_b_>."),
        ("https://a.example/?q=YQ==，说明", "<https://a.example/?q=YQ==>，说明"),
    ],
)
def test_what_obsidian_and_github_would_hide_or_change_is_escaped(text: str, escaped: str) -> None:
    assert inline(text) == escaped


ACTS_IN_OBSIDIAN = re.compile(
    r"""
      \$\$ | \$(?=\S)[^$]*(?<=\S)\$(?!\d)  # mathematics
    | %%                                  # a comment, perhaps to the end of the file
    | ==(?=\S)(?!=).*?(?<=\S)==           # marked
    | (?:^|\s)\^[\w-]+$                   # the name of a block
    | \^\[                                # a footnote
    | \[\[                                # a link
    """,
    re.VERBOSE | re.MULTILINE | re.ASCII,
)
ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")


@settings(deadline=None)
@given(texts=st.tuples(TYPED, TYPED))
@example(texts=("costs $604", "brings x$ and **$y**"))
@example(texts=("20 %%", "%% 5"))
@example(texts=("a ==", "b=="))
def test_nothing_of_two_texts_in_a_line_acts_in_obsidian(texts: tuple[str, str]) -> None:
    written = " · ".join(map(inline, texts))

    plain = re.sub(r"<https?://[^>]*>|https?://\S+", "address", written)
    assert not ACTS_IN_OBSIDIAN.search(ESCAPED.sub("x", plain))


def test_control_and_bidi_characters_are_removed() -> None:
    assert inline("a\x1b[31mb\u202ec\x00d\ud800") == "abcd"


def test_lines_of_a_note_are_kept_and_empty_ones_separate_paragraphs() -> None:
    assert paragraphs("a\r\n b\n\n\n- c\n", indent="  ") == "a\\\n  b\n\n  \\- c"


@settings(deadline=None)
@given(text=TYPED)
def test_front_matter_holds_the_text_in_one_scalar(text: str) -> None:
    scalar = yaml_string(text)

    assert "\n" not in scalar
    assert json.loads(scalar) == one_line(text)


def test_columns_are_aligned_in_the_raw_file_in_any_script() -> None:
    assert table(("KPI", "n", "x"), [("订单", "1|2", "a"), ("acos", "3", "long")], right=(1,)) == (
        "| KPI  |    n | x |\n| ---- | ---: | --- |\n| 订单 | 1\\|2 | a |\n| acos |    3 | long |"
    )
