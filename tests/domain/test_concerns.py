"""Concerns: what one answer is for, and in which order the concerns stand."""

from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.domain.errors import RuleError
from facilitator.domain.kpi_gate import (
    answer_marketplaces,
    answer_to,
    concerns,
    open_marketplaces,
    unanswered_concerns,
    unanswered_series,
)
from facilitator.domain.kpis.concerns import find_concerns
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.scorecard import Side, Signal
from facilitator.domain.rules import kpi_answers
from tests.factories import (
    ACOS,
    US,
    action_draft,
    explained_answer,
    scorecard,
)
from tests.scorecard_factories import DE, ROAS, shops_off_target

UNUSUAL = Signal(outside=Side.HIGH)
TO_FIND = action_draft("Find the cause: ACoS", due=date(2026, 11, 27))


def test_kpis_that_say_the_same_are_one_concern_with_its_shops():
    (concern,) = concerns(shops_off_target("DE", "US").meeting)

    assert concern.kpis == (ACOS, ROAS)
    assert concern.marketplaces == ("DE", "US")
    assert concern.place == ALL
    (alone,) = concerns(shops_off_target("DE").meeting)
    assert alone.place == "DE"


@pytest.mark.parametrize("kpi", [ACOS, ROAS])
def test_one_answer_is_for_the_kpi_and_those_linked_to_it(kpi):
    harness = shops_off_target("DE")
    meeting = harness.step(kpi_answers.explain_kpi, explained_answer(kpi, DE))

    assert unanswered_series(meeting) == ()
    assert answer_to(meeting, ACOS, DE) == answer_to(meeting, ROAS, DE) == meeting.answers[0]


def test_a_shop_is_split_off_with_a_cause_of_its_own_and_the_others_still_wait():
    harness = shops_off_target("DE", "US")
    own = replace(explained_answer(marketplace=US), is_alone=True)
    meeting = harness.step(kpi_answers.explain_kpi, own)
    (concern,) = unanswered_concerns(meeting)
    assert open_marketplaces(meeting, concern) == ("DE",)
    assert answer_to(meeting, ACOS, US) == own
    assert answer_to(meeting, ACOS, DE) is None

    meeting = harness.step(kpi_answers.assign_cause_search, ACOS, ALL, TO_FIND)
    assert unanswered_concerns(meeting) == ()
    common = meeting.answer(ACOS, ALL)
    assert common is not None
    assert answer_marketplaces(meeting, common) == ("DE",)
    assert answer_to(meeting, ACOS, US) == own


def test_a_concern_is_answered_once_each_of_its_shops_has_its_own_answer():
    harness = shops_off_target("DE", "US")
    for shop in (DE, US):
        own = replace(explained_answer(marketplace=shop), is_alone=True)
        harness.step(kpi_answers.explain_kpi, own)

    assert unanswered_concerns(harness.meeting) == ()


@pytest.mark.parametrize(("shops", "shop"), [(["DE", "US"], ALL), (["DE"], DE)])
def test_only_one_of_several_shops_is_split_off(shops, shop):
    meeting = shops_off_target(*shops).meeting

    with pytest.raises(RuleError, match="several marketplaces"):
        kpi_answers.must_be_one_of_several(meeting, ACOS, shop)
    kpi_answers.must_be_one_of_several(shops_off_target("DE", "US").meeting, ACOS, US)


def test_links_in_a_circle_and_to_unknown_kpis_do_no_harm():
    card = shops_off_target("DE").meeting.scorecard
    assert card is not None
    acos, roas = card.definitions
    circle = replace(card, definitions=(replace(acos, linked_to=ROAS), roas))
    lost = replace(card, definitions=(replace(acos, linked_to=KpiId("gone")), roas))

    assert [len(find_concerns(each)) for each in (circle, lost)] == [1, 1]


def test_what_gets_worse_comes_before_what_is_off_target_and_what_is_unusual():
    card = scorecard()
    (acos,) = card.definitions
    total = card.series[0]
    kpis = ("unusual", "better", "recovering", "worse")
    made = {
        "unusual": replace(total, target=None, signal=UNUSUAL),
        "better": replace(total, target=None, signal=replace(UNUSUAL, is_good=True)),
        "recovering": replace(total, readings=(replace(total.current, value=40.0), total.current)),
        "worse": total,
    }
    many = replace(
        card,
        definitions=tuple(replace(acos, id=KpiId(each)) for each in kpis),
        series=tuple(replace(made[each], kpi=KpiId(each)) for each in kpis),
    )

    assert [each.lead.kpi for each in find_concerns(many)] == [
        "worse",
        "recovering",
        "unusual",
        "better",
    ]
