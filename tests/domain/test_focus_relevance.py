"""Whether an open action item or question serves the focus, in both languages."""

import pytest

from facilitator.domain.decision import DecisionId
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.wording.focus_relevance import (
    Relevance,
    extract_terms,
    rank_by_relevance,
    relevance_of,
)
from tests.factories import MeetingHarness, agenda, carried

SERVES = (
    ("Clear the slow stock in Germany", "Quote removal fees for old stock"),
    ("Launch the steel bottle", "Photograph the bottle for the launching page"),
    ("Sales in Germany", "Translate the listing for DE"),
    ("德国站销量", "Translate the listing for DE"),
    ("Bring the US ACoS under 25 %", "Lower 12 bids, ACoS < 25 %"),
    ("Get B0TEST0001 back in stock", "Call the carrier of b0test0001"),
    ("Conversion of the new listing", "A/B picture test to convert visitors"),
    ("清仓老品", "给老品做站外清仓折扣"),
    ("推新品", "新品主图拍摄"),
    ("降低美国站的退货率", "分析退货原因并出报告"),
    ("降低美国站的退货率", "US: read 40 comments"),
    ("把广告花费压到25%以下", "下调12个词的广告出价"),
    ("旺季前备足库存", "海运 400 件补库存"),
)
DOES_NOT = (
    ("Clear the slow stock in Germany", "Lower the bids of twelve keywords"),
    ("Launch the new product", "Update the product page of the old product"),
    ("Tell us what matters", "US: read 40 comments"),
    ("the best price", "Translate the listing for DE"),
    ("Keep the team on one thing this week", "Make a plan for next week"),
    ("推新品", "优化德国站的出价"),
    ("清仓老品", "尽快完成本周的报告"),
    ("我们重点提升产品销量", "我们优化产品主图"),
    ("降低退货率", "拍摄视频并上传"),
    ("补货", "更新品牌旗舰店"),
)


@pytest.mark.parametrize(("focus", "text"), SERVES)
def test_an_entry_that_shares_a_subject_with_the_focus_serves_it(focus, text):
    assert relevance_of(text, focus=focus, past_focus="") is Relevance.CURRENT_FOCUS


@pytest.mark.parametrize(("focus", "text"), DOES_NOT)
def test_words_without_a_subject_do_not_count(focus, text):
    assert relevance_of(text, focus=focus, past_focus="") is Relevance.NEITHER


def test_entries_that_served_only_the_old_focus_are_distinguished():
    assert (
        relevance_of("新品主图拍摄", focus="清仓老品", past_focus="推新品") is Relevance.PAST_FOCUS
    )
    assert (
        relevance_of("新品清仓", focus="清仓老品", past_focus="推新品") is Relevance.CURRENT_FOCUS
    )


def test_a_word_matches_by_its_stem_and_a_code_only_in_capitals():
    assert extract_terms("launching") == extract_terms("launched")
    assert "DE" in extract_terms("for DE")
    assert "DE" not in extract_terms("de facto")


def test_entries_that_served_only_the_old_focus_come_first():
    harness = MeetingHarness(agenda(), carried())
    meeting = harness.step(focus_rules.answer_focus, "The blue lid")
    order = [(each.entry.id, each.relevance) for each in rank_by_relevance(meeting)]
    assert order[-1] == (DecisionId("D2"), Relevance.CURRENT_FOCUS)
    assert {bearing for _, bearing in order[:-1]} == {Relevance.NEITHER}
