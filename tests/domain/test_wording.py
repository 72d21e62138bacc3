"""Which action items are vague, and which are not."""

from datetime import date, timedelta

import pytest

from facilitator.domain.people import PersonId
from facilitator.domain.wording.action_check import check_wording

MONDAY = date(2026, 11, 23)
LIN = PersonId("lin")


def said(
    title: str = "Swap the main image of the travel mug",
    owner: str | None = "lin",
    due: date | None = MONDAY + timedelta(days=4),
    criterion: str = "New image is live in the US shop",
) -> str:
    person = None if owner is None else PersonId(owner)
    findings = check_wording(title, person, due, criterion, on=MONDAY).findings
    return " ".join(str(each.message) for each in findings)


CLEAR = [
    ("Swap the main image of the travel mug", "New image is live in the US shop"),
    ("Lower the bid on B0FAC00101 to 0.80 USD", "ACoS under 25 %"),
    ("Follow up with the forwarder on the late pallet", "Pallet received at the warehouse"),
    ("Ask the factory for a quote on the new lid", "Quote in the shared folder"),
    ("Improve the first bullet of B0FAC00102", "Text published"),
    ("Check the fee of B0FAC00103 against its size", "Case with Amazon closed"),
    ("Order the March stock of the lunch box", "PO signed"),
    ("Load the shared address book", "Everyone has it: yes or no"),
    ("将 B0FAC00101 的竞价降到 0.80 美元", "ACoS 低于 25 %"),
    ("更换保温杯主图并做 A/B 测试", "新主图上线"),
    ("跟进货代的延误货件", "仓库确认收货"),
    ("联系工厂要新盖子的报价", "收到三份报价"),
    ("整理退货原因前五名", "清单发到群里"),
]


@pytest.mark.parametrize(("title", "criterion"), CLEAR)
def test_a_clear_item_gets_no_hint(title: str, criterion: str) -> None:
    assert said(title=title, criterion=criterion) == ""


@pytest.mark.parametrize("owner", [None, "", "  "])
def test_an_owner_is_required(owner: str | None) -> None:
    assert "There is no owner" in said(owner=owner)


@pytest.mark.parametrize("owner", ["team", "The Team", "everyone", "we", "大家", "我们", "运营部"])
def test_a_group_is_not_an_owner(owner: str) -> None:
    assert "not a person" in said(owner=owner)


@pytest.mark.parametrize("owner", ["lin, han", "lin and han", "lin/han", "小林、小韩"])
def test_two_owners_are_reported(owner: str) -> None:
    assert "more than one person" in said(owner=owner)


@pytest.mark.parametrize("owner", ["andy", "orla", "李和平", "weston", "alla"])
def test_a_name_that_resembles_a_group_is_an_owner(owner: str) -> None:
    assert said(owner=owner) == ""


def test_a_due_date_is_required() -> None:
    assert said(due=None) == "There is no due date."


def test_a_due_date_in_the_past_is_reported() -> None:
    assert "2026-11-22" in said(due=MONDAY - timedelta(days=1))


def test_today_is_a_valid_due_date() -> None:
    assert said(due=MONDAY) == ""


@pytest.mark.parametrize("criterion", ["", "   "])
def test_a_criterion_is_required(criterion: str) -> None:
    assert "how you will know" in said(criterion=criterion)


@pytest.mark.parametrize("criterion", ["better", "Done", "it looks good", "效果明显改善", "已完成"])
def test_a_criterion_that_cannot_be_checked_is_reported(criterion: str) -> None:
    assert "needs a number" in said(criterion=criterion)


@pytest.mark.parametrize(
    "title",
    [
        "follow up", "Follow-up ASAP", "look into it", "Look into the returns", "improve listings",
        "Please keep an eye on sales", "check", "ASAP", "跟进", "尽快", "尽快处理", "加强库存管理",
        "持续优化页面", "跟进供应商", "提升转化率", "",
    ],
)  # fmt: skip
def test_a_verb_without_an_object_is_reported(title: str) -> None:
    assert "what to do with what" in said(title=title)


@pytest.mark.parametrize("title", ["优化广告", "Optimise the PPC campaigns"])
def test_an_action_on_ads_needs_its_asin_and_an_amount(title: str) -> None:
    words = said(title=title, criterion="Report sent")

    assert "ASIN" in words
    assert "amount" in words
    assert "what to do with what" in words


def test_an_asin_does_not_count_as_an_amount() -> None:
    words = said(title="Raise the budget of the ads for B0FAC00101", criterion="Report sent")

    assert "Name the ASIN" not in words
    assert "amount" in words


def test_the_asin_and_the_amount_may_stand_in_the_criterion() -> None:
    assert said(title="降低竞价", criterion="B0FAC00101 竞价 0.80 美元已上线") == ""


@pytest.mark.parametrize("title", ["Add a size chart", "Read the brand guide", "Load the pallet"])
def test_ad_inside_another_word_is_not_advertising(title: str) -> None:
    assert said(title=title) == ""


@pytest.mark.parametrize("text", ["check on " * 400 + "zq", "的" * 4000 + "x", " " * 9000 + "x"])
def test_very_long_texts_are_checked(text: str) -> None:
    assert said(title=text, criterion=text, owner=None).startswith("There is no owner")
