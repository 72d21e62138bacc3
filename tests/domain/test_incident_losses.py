"""The sum of what incidents cost."""

import pytest

from facilitator.domain.incident_losses import sum_losses


@pytest.mark.parametrize(
    ("texts", "amounts", "unclear"),
    [
        (["about $1,200 of sales", "$300"], {"USD": 1500}, ()),
        (["损失 ¥3,800", "1.2万元左右"], {"CNY": 15800}, ()),
        (["€450.50", "GBP 20", "20 USD"], {"EUR": 450.5, "GBP": 20, "USD": 20}, ()),
        (["¥ 9 000", "2.5k RMB"], {"CNY": 11500}, ()),
        (["none", "无"], {}, ()),
        (["$1,200 of sales and $300 of ads", "40 orders", "$100"], {"USD": 100}, ("I1", "I2")),
        (["$1,200–1,500", "1.200 €", "$5"], {"USD": 5}, ("I1", "I2")),
    ],
)
def test_losses_are_added_up_by_currency_unless_they_are_ambiguous(
    texts: list[str], amounts: dict[str, float], unclear: tuple[str, ...]
) -> None:
    total = sum_losses((f"I{number}", text) for number, text in enumerate(texts, start=1))

    assert dict(total.amounts) == pytest.approx(amounts)
    assert total.unclear == unclear
