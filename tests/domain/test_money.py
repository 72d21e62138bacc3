"""Questions that speak of money, and ought to be requests with figures."""

import pytest

from facilitator.domain.wording.money import speaks_of_money

ABOUT_MONEY = (
    "Raise the Sponsored Products budget in the US by 20 %?",
    "Raise US budget?",
    "Spend $600 on new pictures?",
    "Pay 1,500 USD for a video?",
    "Shift 10% of the ad spend to DE?",
    "美国站 SP 广告预算是否提高 20 %？",
    "追加广告费？",
    "花5000元拍视频？",
    "投3万元做视频？",
)
ABOUT_OTHER_THINGS = (
    "Clear the slow stock in DE?",
    "Match the price of $17.99?",
    "How do we answer the garlic press price cut in the US?",
    "Which file is the budget in?",
    "Send 400 units by air?",
    "Raise the bids in Germany?",
    "德国站的滞销库存是否清仓？",
    "跟价到 $17.99？",
    "压蒜器的竞品降价，我们如何应对？",
)


@pytest.mark.parametrize("text", ABOUT_MONEY)
def test_an_amount_or_a_change_of_a_budget_speaks_of_money(text: str) -> None:
    assert speaks_of_money(text)


@pytest.mark.parametrize("text", ABOUT_OTHER_THINGS)
def test_a_price_or_a_quantity_of_goods_does_not_speak_of_money(text: str) -> None:
    assert not speaks_of_money(text)
