"""Lines break between Chinese characters, and no text is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich import _wrap
from textual.content import Content

from facilitator.tui.line_breaks import WORD, break_between_wide_characters


@pytest.fixture(autouse=True)
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_wrap, "re_word", _wrap.re_word)
    break_between_wide_characters()


def test_chinese_text_fills_the_line() -> None:
    lines = Content("D1 德国站的滞销库存是否清仓").wrap(13)

    assert [line.plain for line in lines] == ["D1 德国站的滞", "销库存是否清", "仓"]


def test_a_line_does_not_begin_with_a_full_stop() -> None:
    lines = Content("德国站清仓。好").wrap(10)

    assert [line.plain for line in lines] == ["德国站清", "仓。好"]


def test_english_still_breaks_at_blanks() -> None:
    lines = Content("raise the budget").wrap(10)

    assert [line.plain.strip() for line in lines] == ["raise the", "budget"]


@given(st.text(alphabet="ab1 德国，。（）“”…\u3000é★", min_size=1))
def test_every_character_belongs_to_exactly_one_word(text: str) -> None:
    word = re.compile(WORD)
    words = []
    position = 0
    while match := word.match(text, position):
        words.append(match[0])
        position = match.end()

    assert "".join(words) == text or not text[position:].strip()
