"""Whether a question speaks of money, so that it should be a request with figures."""

from facilitator.domain.wording.vocabulary import compile_pattern, word_pattern

_CURRENCY = word_pattern(
    "usd, eur, gbp, cny, rmb, dollars?, euros?, pounds?, yuan", "元,美元,美金,欧元,英镑,块"
)
_AMOUNT = rf"(?:[$€£¥￥]\s?\d|\d[\d,.]*\s?(?:k|万|千)?\s?{_CURRENCY})"
_PRICE = word_pattern(
    """prices?, priced, pricing, price tag, sell for, selling at, coupons?, discounts?, fees?""",
    "价格,售价,定价,价,优惠,折扣,费率",
)
"""What a product is sold for, which is not what is asked for."""
_BUDGET = word_pattern(
    """budgets?, ads? spend, advertising spend, spending, funding, funds""",
    "预算,花费,广告费,投放费用,经费,资金,拨款",
)
_CHANGE = word_pattern(
    """raise[ds]?, raising, increase[ds]?, increasing, more, add(?:s|ed|ing)?, extra, additional,
    double, triple, cut, cuts, lower, reduc(?:e|es|ed|ing), percent, up, down""",
    "提高,增加,追加,加,多,涨,申请,翻倍,减少,降低,削减,砍,百分之",
)
_SHARE = r"\d\s*[%％]"
_OF_BUDGET = rf"{_CHANGE}|{_SHARE}"


def speaks_of_money(text: str) -> bool:
    """Return whether a text names an amount of money, or a share or a change of a budget."""
    if compile_pattern(_BUDGET).search(text) and compile_pattern(_OF_BUDGET).search(text):
        return True
    is_amount = compile_pattern(_AMOUNT).search(text) is not None
    return is_amount and compile_pattern(_PRICE).search(text) is None
