"""Ending on time: which items give time, how much, and which options are proposed."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.domain.agenda import Agenda, Item, ItemId, ItemKind
from facilitator.domain.decision import Decision, DecisionId
from facilitator.domain.events.clock import ItemStarted
from facilitator.domain.meeting import ItemProgress, ItemState
from facilitator.domain.people import PersonId
from facilitator.domain.proposal import Request
from facilitator.domain.replanning import SHORTEST_TIMEBOX, DelayOptions, shorten_timeboxes
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import decisions
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.timekeeping import ClockReading, read_clock
from tests.factories import MeetingHarness, agenda, question

ZERO = timedelta()
MINUTE = timedelta(minutes=1)


def item(
    name: str,
    minutes: float,
    kind: ItemKind = ItemKind.TOPIC,
    *,
    cut: bool = False,
    protected: bool = False,
) -> Item:
    return Item(
        id=ItemId(name),
        title=name.title(),
        kind=kind,
        timebox=minutes * MINUTE,
        may_be_cut=cut,
        is_protected=protected,
    )


def after(late: float, *items: Item) -> dict[str, float]:
    """Return the timeboxes that a lateness leaves, in minutes."""
    boxes = shorten_timeboxes((ItemProgress(item=each) for each in items), late * MINUTE)
    return {name: box / MINUTE for name, box in boxes.items()}


BUFFER = item("buffer", 3, ItemKind.BUFFER)
LONG, SHORT = item("long", 10, cut=True), item("short", 5, cut=True)
KEPT, SAFE = item("kept", 8), item("safe", 12, cut=True, protected=True)


def test_the_buffer_gives_time_first() -> None:
    assert after(2, LONG, KEPT, BUFFER) == {"long": 10, "kept": 8, "buffer": 1}


def test_items_that_may_be_cut_then_give_time_in_proportion() -> None:
    left = after(6, LONG, KEPT, SHORT, SAFE, BUFFER)

    assert left == {"long": 8, "kept": 8, "short": 4, "safe": 12, "buffer": 0}


def test_items_not_at_their_minimum_give_the_rest() -> None:
    assert after(9, LONG, item("tiny", 2, cut=True)) == {"long": 2, "tiny": 1}


def test_a_protected_buffer_gives_no_time() -> None:
    assert after(5, replace(BUFFER, is_protected=True)) == {"buffer": 3}


def test_time_an_item_has_used_is_not_taken() -> None:
    begun = ItemProgress(item=LONG, spent=8 * MINUTE)
    assert shorten_timeboxes((begun,), 5 * MINUTE) == {LONG.id: 8 * MINUTE}


progresses = st.builds(
    ItemProgress,
    item=st.builds(
        Item,
        id=st.uuids().map(lambda name: ItemId(str(name))),
        title=st.just("Item"),
        kind=st.sampled_from((ItemKind.TOPIC, ItemKind.DECISIONS, ItemKind.BUFFER)),
        timebox=st.timedeltas(MINUTE, 60 * MINUTE),
        is_protected=st.booleans(),
        may_be_cut=st.booleans(),
    ),
    state=st.sampled_from(ItemState),
    spent=st.timedeltas(ZERO, 70 * MINUTE),
)


def may_give(progress: ItemProgress) -> timedelta:
    """Return the most that an item can give."""
    the_item = progress.item
    is_buffer = the_item.kind is ItemKind.BUFFER
    if the_item.is_protected or not (is_buffer or the_item.may_be_cut):
        return ZERO
    floor = max(progress.spent, ZERO if is_buffer else SHORTEST_TIMEBOX)
    return max(progress.timebox - floor, ZERO)


@given(st.lists(progresses), st.timedeltas(-90 * MINUTE, 90 * MINUTE))
def test_exactly_the_needed_time_is_taken_from_items_that_have_it(
    items: list[ItemProgress], late: timedelta
) -> None:
    boxes = shorten_timeboxes(items, late)
    pending = [each for each in items if each.state is ItemState.PENDING]
    given_up = {each.item.id: each.timebox - boxes[each.item.id] for each in pending}

    assert boxes.keys() == {each.item.id for each in pending}
    assert all(ZERO <= given_up[each.item.id] <= may_give(each) for each in pending)
    wanted = min(max(late, ZERO), sum(map(may_give, pending), ZERO))
    assert abs(sum(given_up.values(), ZERO) - wanted) < timedelta(milliseconds=1)
    if any(given_up[each.item.id] for each in pending if each.item.kind is not ItemKind.BUFFER):
        buffers = (each for each in pending if each.item.kind is ItemKind.BUFFER)
        assert all(given_up[each.item.id] == may_give(each) for each in buffers)


def prepared(*items: Item, minutes: int = 30) -> Agenda:
    return replace(agenda(), items=items, length=timedelta(minutes=minutes))


TALK = item("talk", 10)
RULINGS = item("rulings", 12, ItemKind.DECISIONS, protected=True)


def late_meeting(
    *items: Item,
    questions: int = 3,
    asked: tuple[Decision, ...] = (),
    minutes: int = 30,
    used: float = 0,
) -> MeetingHarness:
    """Return a meeting whose first item has run for some minutes."""
    asked = asked or tuple(question(f"Question {number}?") for number in range(questions))
    harness = MeetingHarness(replace(prepared(*items, minutes=minutes), decisions=asked))
    harness.clock.advance(seconds=-20)
    harness.step(clock_rules.start_next_item)
    harness.clock.advance(minutes=used)
    return harness


def read_harness_clock(harness: MeetingHarness, at: datetime | None = None) -> ClockReading:
    return read_clock(harness.meeting, at or harness.clock.now())


def delay_options(harness: MeetingHarness) -> DelayOptions:
    found = read_harness_clock(harness).delay_options
    assert found is not None
    return found


def test_a_meeting_on_time_takes_no_time_and_proposes_nothing() -> None:
    reading = read_harness_clock(late_meeting(TALK, LONG, BUFFER, used=9))

    assert (reading.taken, reading.delay_options) == (ZERO, None)


def test_time_taken_from_items_keeps_the_planned_end() -> None:
    reading = read_harness_clock(late_meeting(TALK, LONG, RULINGS, minutes=32, used=14))

    assert reading.taken == 4 * MINUTE
    assert reading.ends_at == reading.due_at
    assert reading.delay_options is None


def test_an_item_starts_with_its_reduced_timebox() -> None:
    harness = late_meeting(TALK, LONG, RULINGS, minutes=32, used=14)
    harness.clock.advance(seconds=-20)
    harness.step(clock_rules.start_next_item)

    assert harness.events[-1] == ItemStarted(
        at=harness.clock.now(), item_id=LONG.id, timebox=6 * MINUTE
    )
    begun = harness.meeting.running
    assert begun is not None
    assert (begun.item.timebox, begun.taken, begun.timebox) == (10 * MINUTE, 4 * MINUTE, 6 * MINUTE)


def test_an_item_started_early_enough_is_not_reduced() -> None:
    harness = late_meeting(TALK, LONG, RULINGS, minutes=30, used=7)
    assert read_harness_clock(harness).taken == 2 * MINUTE

    harness.step(clock_rules.start_next_item)

    assert harness.meeting.running is not None
    assert harness.meeting.running.taken == ZERO


def test_time_added_by_hand_is_kept_and_going_back_keeps_reductions() -> None:
    harness = late_meeting(TALK, LONG, RULINGS, minutes=32, used=14)
    harness.clock.advance(seconds=-20)
    harness.step(clock_rules.start_next_item)
    harness.step(clock_rules.change_timebox, 2 * MINUTE)
    harness.step(clock_rules.start_previous_item)
    progress = harness.meeting.item(LONG.id)

    assert progress is not None
    assert (progress.adjusted, progress.timebox) == (2 * MINUTE, 8 * MINUTE)


def test_undo_restores_reduced_timeboxes() -> None:
    harness = late_meeting(TALK, LONG, RULINGS, minutes=32, used=14)
    before = harness.meeting.item(LONG.id)
    harness.step(clock_rules.start_next_item)
    harness.undo()

    assert harness.meeting.item(LONG.id) == before


def test_the_smallest_sufficient_unprotected_item_is_proposed() -> None:
    found = delay_options(
        late_meeting(TALK, item("eight", 8), item("four", 4), SAFE, minutes=34, used=13)
    )

    assert found.late == 3 * MINUTE
    assert [(each.place, each.item.title, each.frees) for each in found.skip] == [
        (3, "Four", 4 * MINUTE)
    ]


def test_the_fewest_sufficient_items_are_proposed() -> None:
    items = (item("two", 2), item("eight", 8), item("four", 4))
    found = delay_options(late_meeting(TALK, *items, minutes=24, used=20))

    assert found.late == 10 * MINUTE
    assert [each.item.title for each in found.skip] == ["Eight", "Four"]


def test_just_enough_of_the_last_decisions_are_proposed_to_be_postponed() -> None:
    found = delay_options(late_meeting(TALK, RULINGS, minutes=22, used=15))

    assert (found.late, found.share) == (5 * MINUTE, 4 * MINUTE)
    assert found.move == (DecisionId("D2"), DecisionId("D3"))
    assert found.skip == ()


def test_no_option_without_effect_is_proposed() -> None:
    found = delay_options(late_meeting(TALK, RULINGS, item("one", 1), minutes=23, used=30))

    assert (found.skip, found.move) == ((), ())


def test_an_incomplete_request_is_not_proposed_to_be_postponed() -> None:
    asked = [question(f"Question {number}?") for number in range(3)]
    asked[2] = replace(asked[2], request=Request(amount=900.0))
    harness = late_meeting(TALK, RULINGS, minutes=22, used=13.5, asked=tuple(asked))

    assert delay_options(harness).move == (DecisionId("D2"),)


def test_postponing_decisions_of_an_item_cut_to_a_minute_is_not_proposed() -> None:
    found = delay_options(
        late_meeting(
            TALK, item("rulings", 12, ItemKind.DECISIONS, cut=True), minutes=20, used=19.75
        )
    )

    assert (found.late, found.move) == (timedelta(seconds=45), ())


@pytest.mark.parametrize("way", ["skip", "move"])
@given(
    items=st.lists(progresses.map(lambda each: each.item), min_size=1, max_size=6),
    used=st.lists(st.integers(0, 40), min_size=1, max_size=4),
    minutes=st.integers(5, 80),
    questions=st.integers(0, 4),
)
def test_following_any_option_ends_the_meeting_on_time(
    way: str, items: list[Item], used: list[int], minutes: int, questions: int
) -> None:
    harness = late_meeting(*items, minutes=minutes, questions=questions, used=used[0])
    for more in used[1 : len(items)]:
        harness.step(clock_rules.start_next_item)
        harness.clock.advance(minutes=more)
    found, now = read_harness_clock(harness).delay_options, harness.clock.now()
    for each in found.skip if found and way == "skip" else ():
        harness.clock.advance(seconds=-20)  # a step takes twenty seconds, and these no time
        harness.step(clock_rules.skip_item, each.item.id)
    for decision_id in found.move if found and way == "move" else ():
        harness.clock.advance(seconds=-20)
        harness.step(decisions.postpone_decision, decision_id, "No time")

    is_followed = bool(found and (found.skip if way == "skip" else found.move))
    assert not is_followed or read_harness_clock(harness, now).delay_options is None


def test_postponing_a_decision_frees_its_share_and_reopening_reverts_that() -> None:
    harness = late_meeting(TALK, RULINGS, minutes=22, used=13.5)
    assert delay_options(harness).move == (DecisionId("D3"),)

    harness.step(decisions.postpone_decision, DecisionId("D3"), "No time")
    assert read_harness_clock(harness).delay_options is None
    rulings = harness.meeting.item(RULINGS.id)
    assert rulings is not None
    assert rulings.timebox == 8 * MINUTE

    harness.step(decisions.reopen_decision, DecisionId("D3"))
    rulings = harness.meeting.item(RULINGS.id)
    assert rulings is not None
    assert rulings.timebox == 12 * MINUTE


def test_an_item_regains_no_more_than_it_gave() -> None:
    second = item("second", 10, ItemKind.DECISIONS)
    harness = late_meeting(
        item("first", 10, ItemKind.DECISIONS), second, questions=2, minutes=15, used=1
    )
    harness.step(decisions.postpone_decision, DecisionId("D2"), "No time")
    harness.step(clock_rules.start_next_item)
    harness.step(decisions.reopen_decision, DecisionId("D2"))

    assert harness.meeting.running is not None
    assert (harness.meeting.running.taken, harness.meeting.running.timebox) == (ZERO, 10 * MINUTE)


def test_a_decision_postponed_while_on_time_frees_no_time() -> None:
    harness = late_meeting(TALK, RULINGS, minutes=22)
    harness.step(decisions.postpone_decision, DecisionId("D3"), "No quote yet")

    assert [each.taken for each in harness.meeting.items] == [ZERO, ZERO]


def test_following_an_option_during_the_decisions_ends_the_meeting_on_time() -> None:
    harness = late_meeting(RULINGS, item("promises", 6, protected=True), minutes=14, used=3)
    found = delay_options(harness)
    for decision_id in found.move:
        harness.step(decisions.postpone_decision, decision_id, "No time")

    assert found.move == (DecisionId("D2"), DecisionId("D3"))
    assert read_harness_clock(harness).delay_options is None


@pytest.mark.parametrize(("absent", "costs"), [((), 520 / 60), ((PersonId("boss"),), 120 / 60)])
def test_a_minute_of_overrun_costs_the_rates_of_those_present(
    absent: tuple[PersonId, ...], costs: float
) -> None:
    harness = late_meeting(TALK, RULINGS, minutes=22, used=20)
    if absent:
        harness.step(meeting_rules.take_attendance, absent)

    assert delay_options(harness).cost_per_minute == pytest.approx(costs)


def test_a_closed_meeting_gives_no_time() -> None:
    harness = late_meeting(TALK, RULINGS, item("one", 1), minutes=22, used=30)
    harness.close()
    harness.clock.advance(minutes=90)
    reading = read_harness_clock(harness)

    assert (reading.taken, reading.delay_options) == (ZERO, None)
    assert reading.ends_at == harness.meeting.closed_at
