"""The library: what meetings leave for the next ones."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from facilitator.adapters.in_memory import MemoryLibrary
from facilitator.adapters.library_file import LibraryFile
from facilitator.domain.agenda import ItemId
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import OptionId
from facilitator.domain.kpis.facts import ALL, Currency
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.rules import actions, decisions, kpi_answers
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import entries as entry_rules
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from facilitator.domain.usual_times import UsualTime
from facilitator.session.ports import Library
from tests.factories import ON, US, explained_answer, full_meeting, scorecard
from tests.library_meetings import (
    WEEK,
    add_action,
    begin_meeting,
    end_meeting,
    meeting_id_of,
    propose_decision,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.json"


@pytest.fixture(params=["memory", "file"])
def library(request, path) -> Library:
    return MemoryLibrary() if request.param == "memory" else LibraryFile(path)


def test_the_first_meeting_of_a_series_begins_with_nothing(library):
    end_meeting(library, begin_meeting(library))
    assert library.carried("monthly", ON) == CarryOver()


def test_open_action_items_are_carried_over_and_closed_ones_are_not(library):
    harness = begin_meeting(library)
    kept, done, dropped = (add_action(harness, title) for title in ("Ring", "Pay", "Fly"))
    harness.step(actions.finish_action, done, "Receipt 4")
    harness.step(actions.drop_action, dropped, "Too dear")
    end_meeting(library, harness)
    assert [action.id for action in library.carried("weekly", ON + WEEK).actions] == [kept]


def test_an_action_item_is_carried_over_as_the_last_meeting_left_it(library):
    harness = begin_meeting(library)
    action_id = add_action(harness, "Ring the supplier")
    end_meeting(library, harness)
    harness = begin_meeting(library, ON + WEEK)
    harness.step(actions.keep_action_open, action_id, "No answer yet", date(2026, 12, 4))
    end_meeting(library, harness)
    (action,) = library.carried("weekly", ON + 2 * WEEK).actions
    assert action.due == date(2026, 12, 4)
    assert action.first_due == date(2026, 11, 27)
    assert action.review_note == "No answer yet"
    assert action.carried == 1


def test_recording_an_earlier_meeting_again_does_not_reopen_action_items(library):
    first = begin_meeting(library)
    action_id = add_action(first, "Ring")
    end_meeting(library, first)
    second = begin_meeting(library, ON + WEEK)
    second.step(actions.finish_action, action_id, "Rang")
    end_meeting(library, second)
    library.record(meeting_id_of(first), first.meeting)
    assert library.carried("weekly", ON + 2 * WEEK).actions == ()


def test_recording_a_meeting_again_drops_what_was_undone(library):
    harness = begin_meeting(library)
    add_action(harness, "Ring")
    end_meeting(library, harness, is_closed=False)
    harness.undo()
    end_meeting(library, harness, is_closed=False)
    assert library.carried("weekly", ON + WEEK).actions == ()


def test_ten_action_items_are_carried_over_in_the_order_of_their_numbers(library):
    harness = begin_meeting(library)
    ids = [add_action(harness, f"Ring number {number}") for number in range(11)]
    end_meeting(library, harness)
    assert [action.id for action in library.carried("weekly", ON + WEEK).actions] == ids


def test_a_decision_postponed_to_the_next_meeting_returns_without_its_ruling(library):
    harness = begin_meeting(library)
    decision_id = propose_decision(harness, "Go to Japan?")
    harness.step(decisions.postpone_decision, decision_id, "No figures")
    end_meeting(library, harness)
    (decision,) = library.carried("weekly", ON + WEEK).decisions
    assert (decision.id, decision.ruling, decision.times_postponed) == (decision_id, None, 1)


def test_a_decision_postponed_to_a_day_returns_on_that_day(library):
    harness = begin_meeting(library)
    decision_id = propose_decision(harness, "Go to Japan?")
    harness.step(decisions.postpone_decision, decision_id, "After the fair", until=ON + 2 * WEEK)
    end_meeting(library, harness)
    for weeks in (1, 2):
        before = library.carried("weekly", ON + weeks * WEEK).decisions
        assert [decision.id for decision in before] == ([] if weeks == 1 else [decision_id])
        if weeks == 1:
            end_meeting(library, begin_meeting(library, ON + WEEK))


def test_an_open_decision_returns_and_a_settled_one_does_not(library):
    harness = begin_meeting(library)
    open_one, settled, dropped = (
        propose_decision(harness, text) for text in ("Japan?", "Korea?", "Brazil?")
    )
    harness.step(decisions.choose_option, settled, OptionId("B"), "Too early")
    harness.step(decisions.drop_decision, dropped, "No")
    end_meeting(library, harness)
    carried = library.carried("weekly", ON + WEEK).decisions
    assert [decision.id for decision in carried] == [open_one]


def test_parked_topics_and_skipped_items_return_as_topics(library):
    harness = begin_meeting(library)
    topic = harness.step(note_rules.park_topic, "A second warehouse").topics[-1]
    end_meeting(library, harness)
    topics = library.carried("weekly", ON + WEEK).topics
    assert topics[0] == topic
    assert [each.text for each in topics[1:]] == [
        item.title for item in harness.meeting.agenda.items[1:]
    ]
    assert len({each.id for each in topics}) == 6
    assert {each.item_id for each in topics[1:]} == {
        "kpis",
        "ads",
        "listings",
        "decisions",
        "actions",
    }


def test_an_item_skipped_twice_returns_once(library):
    for weeks in (0, 1):
        end_meeting(library, begin_meeting(library, ON + weeks * WEEK))
    assert len(library.carried("weekly", ON + 2 * WEEK).topics) == 5


def test_numbers_are_never_used_again(library):
    harness = begin_meeting(library)
    add_action(harness, "Ring")
    add_action(harness, "Pay")
    harness.undo()
    propose_decision(harness, "Japan?")
    harness.step(note_rules.take_note, "Cold today")
    end_meeting(library, harness)
    numbers = library.carried("weekly", ON + WEEK).numbers
    assert (numbers.action, numbers.decision, numbers.topic, numbers.note) == (3, 2, 6, 1)


def test_an_abandoned_meeting_leaves_its_action_items_and_numbers(library):
    end_meeting(library, begin_meeting(library))
    harness = begin_meeting(library, ON + WEEK)
    action_id = add_action(harness, "Ring")
    end_meeting(library, harness, is_closed=False)
    carried = library.carried("weekly", ON + 2 * WEEK)
    assert [action.id for action in carried.actions] == [action_id]
    assert carried.numbers.action == 2
    assert carried.met_on == ON + WEEK


def test_last_values_and_the_last_focus_are_carried_over(library):
    harness = begin_meeting(library)
    harness.step(meeting_rules.load_kpis, scorecard(acos=31.2))
    harness.step(focus_rules.answer_focus, "Stock")
    end_meeting(library, harness)
    end_meeting(library, begin_meeting(library, ON + WEEK), is_closed=False)
    carried = library.carried("weekly", ON + 2 * WEEK)
    assert [(value.kpi, value.marketplace, value.value) for value in carried.values] == [
        ("acos", "ALL", 31.2),
        ("acos", "US", 31.2),
    ]
    assert carried.values[0].week_end == date(2026, 11, 22)
    assert carried.focus == "Stock"


def test_a_missing_value_is_not_carried_over(library):
    harness = begin_meeting(library)
    harness.step(meeting_rules.load_kpis, scorecard(acos=None))
    end_meeting(library, harness)
    assert library.carried("weekly", ON + WEEK).values == ()


def test_the_denominator_of_a_value_is_stored_with_it(library):
    harness = begin_meeting(library)
    harness.step(
        meeting_rules.load_kpis, with_current(scorecard(), numerator=780.0, denominator=2500.0)
    )
    end_meeting(library, harness)
    (total, _) = library.past_values("weekly", date(2026, 1, 1))
    assert (total.value, total.level, total.denominator) == (31.2, None, 2500.0)


def test_a_growth_stores_its_level_even_before_it_has_a_value(library):
    harness = begin_meeting(library)
    card = with_current(scorecard(acos=None), numerator=780.0, missing=("before:ad_sales",))
    growth = replace(card.definitions[0], growth=True)
    harness.step(meeting_rules.load_kpis, replace(card, definitions=(growth,)))
    end_meeting(library, harness)
    (total, _) = library.past_values("weekly", date(2026, 1, 1))
    assert (total.value, total.level, total.denominator) == (None, 780.0, None)


def test_a_partial_week_is_not_stored_as_a_value(library):
    harness = begin_meeting(library)
    harness.step(meeting_rules.load_kpis, partial(scorecard()))
    end_meeting(library, harness)
    assert library.past_values("weekly", date(2026, 1, 1)) == ()


def test_the_total_of_one_currency_is_not_stored_as_the_total(library):
    harness = begin_meeting(library)
    card = scorecard()
    euros = replace(card.series[0], currency=Currency("EUR"))
    harness.step(meeting_rules.load_kpis, replace(card, series=(euros,)))
    end_meeting(library, harness)
    assert library.past_values("weekly", date(2026, 1, 1)) == ()


def test_the_newest_meeting_decides_the_value_of_a_week(library):
    for week, acos in enumerate((31.2, 28.0)):
        harness = begin_meeting(library, ON + week * WEEK)
        harness.step(meeting_rules.load_kpis, scorecard(acos=acos))
        end_meeting(library, harness)
    harness = begin_meeting(library, ON + 2 * WEEK)
    harness.step(meeting_rules.load_kpis, later(scorecard(acos=24.0)))
    end_meeting(library, harness)

    def values_since(since: date) -> dict[tuple[str, str], float]:
        return {
            (str(value.week_end), value.marketplace): value.value
            for value in library.past_values("weekly", since)
        }

    older = {("2026-11-22", "ALL"): 28.0, ("2026-11-22", "US"): 28.0}
    newer = {("2026-11-29", "ALL"): 24.0, ("2026-11-29", "US"): 24.0}
    assert values_since(date(2026, 11, 22)) == older | newer
    assert values_since(date(2026, 11, 23)) == newer
    assert library.past_values("monthly", date(2026, 1, 1)) == ()


def test_causes_are_counted_over_the_meetings_of_a_series(library):
    for week in range(3):
        harness = begin_meeting(library, ON + week * WEEK)
        harness.step(meeting_rules.load_kpis, scorecard())
        if week != 1:
            harness.step(kpi_answers.explain_kpi, explained_answer())
        harness.step(
            kpi_answers.explain_kpi, replace(explained_answer(marketplace=US), causes=("断货",))
        )
        end_meeting(library, harness)
    causes = library.carried("weekly", ON + 3 * WEEK).causes
    assert [(each.text, each.times) for each in causes] == [
        ("A competitor cut the price", 2),
        ("Two broad campaigns", 2),
        ("断货", 3),
    ]
    assert (causes[0].first_on, causes[0].last_on) == (ON, ON + 2 * WEEK)
    assert library.carried("weekly", ON + 60 * WEEK).causes == ()


def test_a_marked_week_stays_marked_until_the_mark_is_removed(library):
    harness = begin_meeting(library)
    harness.step(meeting_rules.load_kpis, scorecard())
    harness.step(kpi_answers.mark_occasion, date(2026, 11, 15), ALL, "Singles’ Day")
    end_meeting(library, harness)
    end_meeting(library, begin_meeting(library, ON + WEEK))
    again = begin_meeting(library, ON + 2 * WEEK)
    assert [each.what for each in again.meeting.occasions] == ["Singles’ Day"]

    again.step(kpi_answers.mark_occasion, date(2026, 11, 15), ALL, "")
    end_meeting(library, again)
    assert library.carried("weekly", ON + 3 * WEEK).occasions == ()


def partial(card: Scorecard) -> Scorecard:
    return with_current(card, is_partial=True)


def later(card: Scorecard) -> Scorecard:
    return with_current(card, week_end=card.week.end + WEEK)


def with_current(card: Scorecard, **changes: Any) -> Scorecard:
    """Return the scorecard with changes in the readings of its week."""
    series = tuple(
        replace(each, readings=(*each.readings[:-1], replace(each.current, **changes)))
        for each in card.series
    )
    return replace(card, series=series)


def test_series_are_kept_apart(library):
    harness = begin_meeting(library, series="monthly")
    add_action(harness, "Ring")
    end_meeting(library, harness)
    end_meeting(library, begin_meeting(library))
    assert library.carried("weekly", ON + WEEK).actions == ()
    assert library.carried("weekly", ON + WEEK).numbers.action == 1


def test_memory_and_file_carry_over_the_same(path):
    carried = []
    for library in (MemoryLibrary(), LibraryFile(path)):
        harness = full_meeting()
        library.record(meeting_id_of(harness), harness.meeting)
        carried.append(library.carried("weekly", ON + WEEK))
    assert carried[0] == carried[1] == LibraryFile(path).carried("weekly", ON + WEEK)


def test_open_action_items_of_all_series_name_their_owner_and_meeting(path):
    library = LibraryFile(path)
    for series in ("weekly", "monthly"):
        harness = begin_meeting(library, series=series)
        add_action(harness, "Ring")
        end_meeting(library, harness)
    assert [each.series for each in library.open_actions()] == ["weekly", "monthly"]
    (action,) = library.open_actions("monthly")
    assert action.owner_name == "陈梅"
    assert action.meeting_id == "2026-11-23-monthly"
    assert action.action.is_overdue(date(2026, 11, 28))


def test_usual_times_come_from_closed_meetings(library):
    for week in range(4):
        harness = begin_meeting(library, ON + week * WEEK)
        harness.clock.advance(minutes=13 if week else 2)
        harness.step(clock_rules.start_next_item)
        end_meeting(library, harness, is_closed=bool(week))

    usual = {each.item: each for each in library.carried("weekly", ON + 4 * WEEK).usual}
    assert usual["opening"] == UsualTime(
        item=ItemId("opening"), time=timedelta(minutes=13), meetings=3
    )


def test_the_sensitive_mark_is_carried_over(library):
    harness = begin_meeting(library)
    kept = add_action(harness, "Ring")
    harness.step(entry_rules.toggle_sensitivity, kept)
    harness.step(note_rules.park_topic, "Who leaves?")
    harness.step(entry_rules.toggle_sensitivity, harness.meeting.topics[-1].id)
    end_meeting(library, harness)

    carried = library.carried("weekly", ON + WEEK)

    assert [each.is_sensitive for each in carried.actions] == [True]
    assert [each.text for each in carried.topics if each.is_sensitive] == ["Who leaves?"]
