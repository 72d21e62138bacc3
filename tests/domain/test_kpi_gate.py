"""The KPI gate: which KPIs need an answer, and what an answer is."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from facilitator.domain.action import ActionId, ActionStatus
from facilitator.domain.errors import RuleError
from facilitator.domain.event_history import replay
from facilitator.domain.events.kpis import CauseGiven, KpiAnswered
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import (
    all_cause_counts,
    concerns,
    past_cause_count,
    unanswered_series,
    unexplained_concerns,
)
from facilitator.domain.kpis.concerns import Urgency
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId, KpiPlan, Target, Week
from facilitator.domain.kpis.scorecard import KpiSeries, Reading, Scorecard, Side, Signal
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_points import OpenPointSubject, open_points
from facilitator.domain.people import PersonId
from facilitator.domain.proposal import Experiment
from facilitator.domain.risk_disclosure import reporters_to_ask, silent_reporters
from facilitator.domain.rules import actions, kpi_answers
from facilitator.domain.rules import meeting as meeting_rules
from tests.factories import (
    ACOS,
    ON,
    US,
    MeetingHarness,
    action_draft,
    agenda,
    explained_answer,
    scorecard,
)

WEEK = Week(end=date(2026, 11, 22))
FRIDAY = date(2026, 11, 27)
UNUSUAL = Signal(outside=Side.HIGH)
TO_FIND = action_draft("Find the cause: ACoS", due=FRIDAY)


def meeting_with_kpis(card: Scorecard) -> MeetingHarness:
    harness = MeetingHarness(agenda())
    harness.step(meeting_rules.load_kpis, card)
    return harness


@pytest.fixture
def harness() -> MeetingHarness:
    """Return a meeting whose ACoS misses its target, in total and in the US."""
    return meeting_with_kpis(scorecard())


def keys(meeting: Meeting) -> list[str]:
    return [end.key for end in open_points(meeting) if end.subject is OpenPointSubject.KPI]


def test_a_kpi_off_target_in_two_marketplaces_needs_one_answer(harness):
    assert [(each.kpi, each.marketplace) for each in unanswered_series(harness.meeting)] == [
        (ACOS, ALL)
    ]
    assert keys(harness.meeting) == ["kpi:acos:ALL"]


def test_an_unusual_kpi_on_target_needs_no_answer_but_is_counted_until_somebody_explains_it():
    harness = unusual_on_target()

    assert keys(harness.meeting) == []
    (concern,) = unexplained_concerns(harness.meeting)
    assert (concern.urgency, concern.kpis) == (Urgency.UNUSUAL, (ACOS,))

    passed = harness.step(kpi_answers.pass_kpi, ACOS, ALL)
    assert unexplained_concerns(passed) == (concern,)

    harness.undo()
    explained = harness.step(kpi_answers.pass_kpi, ACOS, ALL, " Prime\tDay ")
    assert unexplained_concerns(explained) == ()
    assert explained.answers[0] == KpiAnswer(kpi=ACOS, verdict=Verdict.NORMAL, reason="Prime Day")


def unusual_on_target(*, is_good: bool = False) -> MeetingHarness:
    card = scorecard(acos=20.0)
    signal = replace(UNUSUAL, is_good=is_good)
    series = tuple(replace(each, signal=signal) for each in card.series)
    return meeting_with_kpis(replace(card, series=series))


def test_good_news_needs_no_answer_and_no_reason():
    harness = unusual_on_target(is_good=True)

    assert [each.urgency for each in concerns(harness.meeting)] == [Urgency.BETTER]
    assert unexplained_concerns(harness.meeting) == ()
    assert unanswered_series(harness.meeting) == ()


def test_without_a_scorecard_no_kpi_needs_an_answer():
    assert unanswered_series(MeetingHarness(agenda()).meeting) == ()


@pytest.mark.parametrize("marketplace", [ALL, US])
def test_an_answer_for_the_total_or_for_a_marketplace_counts_for_the_kpi(harness, marketplace):
    harness.step(kpi_answers.explain_kpi, explained_answer(marketplace=marketplace))

    assert unanswered_series(harness.meeting) == ()


def test_an_explanation_is_cleaned_and_has_each_cause_once(harness):
    explanation = KpiAnswer(
        kpi=ACOS,
        verdict=Verdict.UNKNOWN,
        causes=(" Price\tcut ", "price cut", "", "Bids\x07 rose"),
        proposal=" A new image\n",
        experiment=Experiment(variant=" B ", until=FRIDAY),
        evidence=" 24.99 ",
        action=ActionId("A9"),
    )
    answer = harness.step(kpi_answers.explain_kpi, explanation).answer(ACOS)

    assert answer == KpiAnswer(
        kpi=ACOS,
        verdict=Verdict.EXPLAINED,
        causes=("price cut", "Bids rose"),
        proposal="A new image",
        experiment=Experiment(variant="B", until=FRIDAY),
        evidence="24.99",
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"causes": ()}, "at least one cause"),
        ({"causes": (" ", "\x00")}, "at least one cause"),
        ({"proposal": " "}, "what you propose"),
        ({"experiment": Experiment(variant="")}, "experiment changes"),
        ({"kpi": KpiId("nothing")}, "no such KPI"),
        ({"marketplace": Marketplace("FR")}, "no such KPI"),
    ],
)
def test_an_explanation_needs_a_cause_a_proposal_and_a_known_kpi(harness, changes, says):
    with pytest.raises(RuleError, match=says):
        harness.step(kpi_answers.explain_kpi, replace(explained_answer(), **changes))


def test_an_unknown_cause_creates_an_action_item(harness):
    meeting = harness.step(kpi_answers.assign_cause_search, ACOS, US, TO_FIND)

    answer = meeting.answer(ACOS, US)
    assert answer == KpiAnswer(
        kpi=ACOS, marketplace=US, verdict=Verdict.UNKNOWN, action=ActionId("A1")
    )
    action = meeting.action(ActionId("A1"))
    assert action is not None
    assert (action.owner, action.due, action.first_due) == ("mei", FRIDAY, FRIDAY)
    assert (action.kpi, action.marketplace, action.created_on) == (ACOS, US, ON)
    assert meeting.numbers.action == 2
    assert unanswered_series(meeting) == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"owner": None}, "one person"),
        ({"owner": PersonId("nobody")}, "one of the people of this meeting"),
        ({"due": None}, "the date by which"),
        ({"due": ON - timedelta(days=1)}, "today or later"),
    ],
)
def test_the_action_item_to_find_a_cause_needs_an_owner_and_a_future_date(harness, changes, says):
    with pytest.raises(RuleError, match=says):
        harness.step(kpi_answers.assign_cause_search, ACOS, ALL, replace(TO_FIND, **changes))


def test_undo_removes_the_answer_and_its_action_item_but_not_the_number(harness):
    harness.step(kpi_answers.assign_cause_search, ACOS, ALL, TO_FIND)
    meeting = harness.undo()

    assert meeting.answers == ()
    assert meeting.actions == ()
    assert meeting.numbers.action == 2
    assert harness.redo().actions[0].id == "A1"
    assert replay(harness.events) == harness.meeting


def test_a_new_answer_removes_the_action_item_of_the_old_one(harness):
    harness.step(kpi_answers.assign_cause_search, ACOS, ALL, TO_FIND)
    meeting = harness.step(kpi_answers.explain_kpi, explained_answer())

    assert [each.verdict for each in meeting.answers] == [Verdict.EXPLAINED]
    assert meeting.actions == ()


def test_a_finished_action_item_of_an_old_answer_is_kept(harness):
    harness.step(kpi_answers.assign_cause_search, ACOS, ALL, TO_FIND)
    harness.step(actions.finish_action, ActionId("A1"), "Bids")
    meeting = harness.step(kpi_answers.explain_kpi, explained_answer())

    assert [each.status for each in meeting.actions] == [ActionStatus.DONE]


def test_answers_for_two_marketplaces_are_both_kept(harness):
    harness.step(kpi_answers.explain_kpi, explained_answer())
    meeting = harness.step(kpi_answers.explain_kpi, explained_answer(marketplace=US))

    assert [each.marketplace for each in meeting.answers] == [ALL, US]


@pytest.mark.parametrize("reason", ["", " \t"])
def test_a_kpi_off_target_is_never_passed_without_a_reason(harness, reason):
    with pytest.raises(RuleError, match="why it is passed"):
        harness.step(kpi_answers.pass_kpi, ACOS, ALL, reason)


def test_a_kpi_off_target_is_passed_with_a_reason(harness):
    meeting = harness.step(kpi_answers.pass_kpi, ACOS, ALL, "Zhao is ill")

    assert meeting.answers == (KpiAnswer(kpi=ACOS, verdict=Verdict.PASSED, reason="Zhao is ill"),)
    assert keys(meeting) == []


def test_an_older_journal_with_a_kpi_off_target_passed_as_normal_is_still_answered(harness):
    passed = KpiAnswered(at=harness.clock.now(), answer=KpiAnswer(kpi=ACOS, verdict=Verdict.NORMAL))

    assert unanswered_series(replay([*harness.events, passed])) == ()


def test_who_explained_a_kpi_off_target_is_not_asked_for_problems_again():
    plan = KpiPlan(kpi=ACOS, owner=PersonId("mei"))
    harness = MeetingHarness(replace(agenda(), kpis=(plan,)))
    harness.step(meeting_rules.load_kpis, scorecard())
    silent = [each.id for each in silent_reporters(harness.meeting)]
    assert "mei" in silent
    meeting = harness.step(kpi_answers.explain_kpi, explained_answer())

    assert [each.id for each in silent_reporters(meeting)] == silent
    assert "mei" not in [each.id for each in reporters_to_ask(meeting)]


def test_passing_never_replaces_an_answer(harness):
    harness.step(kpi_answers.explain_kpi, explained_answer())

    with pytest.raises(RuleError, match="already has an answer"):
        harness.step(kpi_answers.pass_kpi, ACOS, US)


def test_a_kpi_that_needs_no_answer_cannot_be_passed():
    with pytest.raises(RuleError, match="No answer is needed"):
        meeting_with_kpis(scorecard(acos=20.0)).step(kpi_answers.pass_kpi, ACOS, ALL)


def test_a_cause_in_an_older_journal_is_an_answer_and_an_empty_one_removes_it(harness):
    given = CauseGiven(at=harness.clock.now(), kpi=ACOS, marketplace=US, text="Bids")
    meeting = replay([*harness.events, given])

    assert meeting.answers == (
        KpiAnswer(kpi=ACOS, marketplace=US, verdict=Verdict.EXPLAINED, causes=("Bids",)),
    )
    assert replay([*harness.events, given, replace(given, text="")]).answers == ()


def test_an_earlier_cause_is_found_in_any_letter_case(harness):
    harness.step(kpi_answers.explain_kpi, explained_answer())
    earlier = replace(
        harness.meeting,
        past_causes=all_cause_counts(harness.meeting),
    )

    found = past_cause_count(earlier, ACOS, "TWO broad campaigns")
    assert found is not None
    assert found.times == 1
    assert past_cause_count(earlier, KpiId("ctr"), "Two broad campaigns") is None


SPIKE = 3


def steady_but_for_one_week() -> Scorecard:
    """Return thirteen weeks that alternate; one is extreme, and the last a little high."""
    values = [20.0, 21.0] * 7
    values[-1 - SPIKE] = 60.0
    values[-1] = 26.0
    readings = tuple(
        Reading(week_end=WEEK.back(len(values) - 1 - place).end, value=value)
        for place, value in enumerate(values)
    )
    card = scorecard()
    series = tuple(
        KpiSeries(kpi=ACOS, marketplace=each, readings=readings, target=Target(at_most=30.0))
        for each in (ALL, US)
    )
    return replace(card, series=series)


def test_a_marked_week_is_excluded_and_signals_are_recalculated():
    harness = meeting_with_kpis(steady_but_for_one_week())
    marked = WEEK.back(SPIKE).end
    meeting = harness.step(kpi_answers.mark_occasion, marked, ALL, " Prime\tDay ")

    assert meeting.scorecard is not None
    (occasion,) = meeting.occasions
    assert (occasion.last_day, occasion.what, occasion.marketplaces) == (marked, "Prime Day", ())
    assert meeting.scorecard.occasions == meeting.occasions
    signals = [each.signal for each in meeting.scorecard.series]
    assert [signal and signal.left_out for signal in signals] == [1, 1]


def test_an_answer_is_kept_when_a_marked_week_removes_its_signal():
    harness = meeting_with_kpis(steady_but_for_one_week())
    harness.step(kpi_answers.mark_occasion, WEEK.back(SPIKE).end, ALL, "Prime Day")
    asked = harness.step(kpi_answers.explain_kpi, explained_answer())
    for back in range(1, 10):
        harness.step(kpi_answers.mark_occasion, WEEK.back(back).end, ALL, "断货")

    assert asked.scorecard is not None
    assert harness.meeting.scorecard is not None
    assert (bool(asked.scorecard.red), harness.meeting.scorecard.red) == (True, ())
    assert harness.meeting.answers == asked.answers == (explained_answer(),)


def test_a_week_marked_for_one_marketplace_affects_it_and_the_total_only():
    card = steady_but_for_one_week()
    uk = replace(card.series[1], marketplace=Marketplace("UK"))
    harness = meeting_with_kpis(replace(card, series=(*card.series, uk)))
    meeting = harness.step(kpi_answers.mark_occasion, WEEK.back(SPIKE).end, US, "断货")

    assert meeting.scorecard is not None
    left_out = {
        each.marketplace: each.signal.left_out
        for each in meeting.scorecard.series
        if each.signal is not None
    }
    assert left_out == {ALL: 1, US: 1, "UK": 0}


def test_the_last_mark_of_a_week_counts_and_an_empty_one_removes_it():
    harness = meeting_with_kpis(steady_but_for_one_week())
    week = WEEK.back(SPIKE).end
    harness.step(kpi_answers.mark_occasion, week, ALL, "Prime")
    meeting = harness.step(kpi_answers.mark_occasion, week, ALL, "Prime Day")
    assert [each.what for each in meeting.occasions] == ["Prime Day"]

    meeting = harness.step(kpi_answers.mark_occasion, week, ALL, "")
    assert meeting.occasions == ()
    assert meeting.scorecard is not None
    assert meeting.scorecard.occasions == ()

    with pytest.raises(RuleError, match="No meeting has marked this week"):
        harness.step(kpi_answers.mark_occasion, week, ALL, " ")


def test_undo_removes_a_marked_week_and_restores_its_signals():
    harness = meeting_with_kpis(steady_but_for_one_week())
    before = harness.meeting
    harness.step(kpi_answers.mark_occasion, WEEK.back(SPIKE).end, ALL, "Prime Day")

    assert harness.undo().scorecard == before.scorecard
