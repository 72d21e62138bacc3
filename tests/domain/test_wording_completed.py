"""Findings of the wording check, and the suggestions that it offers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.domain.people import PersonId
from facilitator.domain.wording.action_check import (
    WORDING_RULES,
    ActionField,
    CheckResult,
    Finding,
    MissingDetail,
    check_wording,
)
from facilitator.domain.wording.deadlines import blank_out_dates, find_deadline
from tests.domain.wording.labelled import labelled

MONDAY = date(2026, 11, 23)
FRIDAY = MONDAY + timedelta(days=4)


def checked(
    title: str, due: date | None = FRIDAY, criterion: str = "PO signed", owner: str = "lin"
) -> CheckResult:
    return check_wording(title, PersonId(owner), due, criterion, on=MONDAY)


def finding(wording: CheckResult, aspect: MissingDetail) -> Finding:
    return next(each for each in wording.findings if each.aspect is aspect)


@pytest.mark.parametrize(
    ("title", "fuller"),
    [
        ("Lower bids", "Lower bids on [ASIN] by [amount] by [date]"),
        ("optimise ads ASAP", "Optimise ads on [ASIN]: [change what to how much] by [date]"),
        ("Follow up", "Follow up with [whom] on [what] by [date]"),
        ("Please look into returns", "Look into returns: [what to find out or decide] by [date]"),
        ("Order the lids soon", "Order the lids by [date]"),
        ("ASAP", "[Do what] to [what] by [date]"),
        ("优化广告", "优化 [ASIN] 的广告：[把什么改到多少]，[日期] 前"),
        ("尽快降低竞价", "降低 [ASIN] 的竞价：[改到多少]，[日期] 前"),
        ("跟进供应商", "跟进供应商：[什么事]，[日期] 前"),
        ("加强", "加强：[把什么从多少改到多少]，[日期] 前"),
        ("优化 PPC", "优化 [ASIN] 的 PPC：[把什么改到多少]，[日期] 前"),
    ],
)
def test_a_vague_title_gets_a_suggestion_with_blanks_in_its_language(
    title: str, fuller: str
) -> None:
    assert checked(title, due=None).title == fuller


@pytest.mark.parametrize(
    ("title", "fuller"),
    [
        ("Lower the bids of B0FAC00101", "Lower the bids of B0FAC00101 by [amount]"),
        ("Cut all bids by 20 %", "Cut all bids by 20 % on [ASIN]"),
        ("Submit the deal by 2026-11-19", "Submit the deal by [date]"),
        ("11月20日前提报秒杀", "[日期] 前提报秒杀"),
        ("The team should book the photographer", "[name] should book the photographer"),
        ("大家把工单清一遍", "[谁] 把工单清一遍"),
        ("Order the {lids} of {it}", ""),
    ],
)
def test_only_missing_details_become_blanks(title: str, fuller: str) -> None:
    assert checked(title).title == fuller


@pytest.mark.parametrize(
    ("title", "criterion", "fuller"),
    [
        ("Order the lids", "better", "better: [number, file or yes/no]"),
        ("Order the lids", "", "[number, file or yes/no]"),
        ("订盖子", "", "[数字、文件，或是/否]"),
        ("Order the lids", "效果不错。", "效果不错：[数字、文件，或是/否]"),
        ("Order the lids", "PO signed", ""),
    ],
)
def test_a_criterion_is_suggested_with_a_blank(title: str, criterion: str, fuller: str) -> None:
    assert checked(title, criterion=criterion).criterion == fuller


@pytest.mark.parametrize(
    ("title", "due", "aspect", "words"),
    [
        ("Lower the bids of the kettle", FRIDAY, MissingDetail.ASIN, "bids"),
        ("把水壶的自动广告竞价降下来", FRIDAY, MissingDetail.AMOUNT, "自动广告"),
        ("Order the lids ASAP", None, MissingDetail.DUE, "ASAP"),
        ("Order the lids by 20 Nov", FRIDAY, MissingDetail.DUE, "20 Nov"),
        ("请大家重视利润", FRIDAY, MissingDetail.OWNER, "大家"),
        ("follow up", FRIDAY, MissingDetail.THING, "follow up"),
    ],
)
def test_a_finding_has_the_place_of_its_words(
    title: str, due: date | None, aspect: MissingDetail, words: str
) -> None:
    found = finding(checked(title, due), aspect)

    assert title[slice(*found.span)] == words


def test_an_unmeasurable_word_is_quoted() -> None:
    found = finding(
        checked("Order the lids", criterion="The image is nicer"), MissingDetail.CRITERION
    )

    assert found.field is ActionField.CRITERION
    assert "“nicer”" in str(found.message)


def test_a_word_like_soon_is_not_a_date_but_allowed_beside_one() -> None:
    assert "“尽快” is not a date" in str(
        finding(checked("尽快订盖子", due=None), MissingDetail.DUE).message
    )
    assert checked("尽快订盖子").findings == ()


@pytest.mark.parametrize(
    "title",
    [
        "Send the ad report to the boss", "Ask support about the rejected campaign",
        "Archive the advertising invoices", "核对广告账单", "下载投放数据", "调查水壶的违规广告",
        "Pause the ads of B0FAC00101", "给 B0FAC00101 的广告加否定词“塑料”",
        "大家电类目补图", "团队旅行的发票交财务", "Team lunch: book a table for Friday",
    ],
)  # fmt: skip
def test_items_that_only_resemble_vague_ones_get_no_hint(title: str) -> None:
    assert checked(title).findings == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by 2026-11-20", date(2026, 11, 20)),
        ("until Friday, 27 November", date(2026, 11, 27)),
        ("by the end, no later than Dec 3rd", date(2026, 12, 3)),
        ("12月1日前", date(2026, 12, 1)),
        ("2026年11月20号之前", date(2026, 11, 20)),
        ("by 5 January", date(2027, 1, 5)),
        ("by 31 April", None),
        ("13月40日前", None),
        ("十一月的货", None),
        ("read the report of 20 November", None),
        ("11月1日前的差评", None),
    ],
)
def test_a_deadline_is_read_from_a_sentence(text: str, day: date | None) -> None:
    found = find_deadline(text, MONDAY)

    assert (found.day if found else None) == day


def test_removed_dates_leave_blanks_of_the_same_length() -> None:
    assert blank_out_dates("by 2026-11-20: 3 lids") == "by " + " " * 10 + ": 3 lids"


def test_every_rule_applies_to_some_labelled_item() -> None:
    said = {
        each.message.text
        for item in labelled("tuned")
        for each in check_wording(
            item.title, item.owner, item.due, item.criterion, on=MONDAY
        ).findings
    }

    assert {rule.message for rule in WORDING_RULES} <= said


WORDS = st.sampled_from(
    ["optimise", "ads", "bids", "B0FAC00101", "ASAP", "20 Nov", "by", "we", "{it}", "  ", "优化",
     "广告", "大家", "11月20日前", "尽快", "的", "20 %", "和", "\n", "]", "ß", "İ"]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=3), max_size=12).map(" ".join)


@given(TEXTS, TEXTS, TEXTS, st.none() | st.dates())
def test_any_text_gets_findings_within_its_length(
    title: str, criterion: str, owner: str, due: date | None
) -> None:
    texts = {
        ActionField.TITLE: title, ActionField.CRITERION: criterion,
        ActionField.OWNER: owner, ActionField.DUE: "",
    }  # fmt: skip
    wording = checked(title, due, criterion, owner)

    for each in wording.findings:
        start, end = each.span
        assert 0 <= start <= end <= len(texts[each.field])
        assert str(each.message)
    assert bool(wording.criterion) == any(
        f.field is ActionField.CRITERION for f in wording.findings
    )


@pytest.mark.parametrize("title", ["Lower bids on [ASIN] by 10 %", "跟进供应商：[什么事]"])
def test_an_unfilled_blank_is_the_only_finding_of_its_field(title: str) -> None:
    wording = checked(title)

    assert [str(each.message) for each in wording.findings] == [
        f"Fill in {title[title.index('[') : title.index(']') + 1]}."
    ]
    assert wording.title == ""


def test_a_word_in_brackets_is_not_a_blank() -> None:
    assert not checked("[Urgent] Order 400 lids at the factory in Yiwu").findings


@given(st.sampled_from([each.title for each in labelled("tuned")]))
def test_every_suggested_blank_is_recognised(title: str) -> None:
    fuller = checked(title, due=None).title

    assert not fuller or any("Fill in" in str(each.message) for each in checked(fuller).findings)
