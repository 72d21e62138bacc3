"""The red gate on the screen: answers, passing, marking weeks, and leaving with reds open."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from facilitator.domain.action import ActionId
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.proposal import Experiment
from facilitator.domain.rules import kpi_answers
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes
from facilitator.tui.dialogs.confirm import Confirm
from facilitator.tui.dialogs.decision_editor import DecisionEditor
from facilitator.tui.dialogs.kpi_answer import KpiAnswerDialog
from facilitator.tui.dialogs.kpi_view import KpiView
from facilitator.tui.panes.kpi_pane import KpiPane
from facilitator.tui.screens.review import ReviewScreen
from facilitator.tui.widgets.decision_queue import DecisionQueue
from facilitator.tui.widgets.kpi_panel import KpiPanel
from tests.building import ACOS, US, explained, scorecard
from tests.tui.desks import DeskTop, until
from tests.tui.rooms import NARROW, WIDE, Room

CVR = KpiId("cvr")


def two_reds() -> Scorecard:
    """ACoS in total and in the US, then CVR in total, all off target."""
    card = scorecard()
    (acos,) = card.definitions
    cvr = replace(acos, id=CVR, name="CVR")
    series = replace(card.series[0], kpi=CVR)
    return replace(card, definitions=(acos, cvr), series=(*card.series, series))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(DeskTop(tmp_path), two_reds())


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_an_answer_takes_causes_a_proposal_an_experiment_and_evidence(
    room: Room, size: tuple[int, int]
) -> None:
    async with room.open(size):
        await room.press("c")
        await room.dialog()
        await room.write("Price cut; Bids rose")
        await room.press("enter")
        await room.write("A new image")
        await room.press("enter")
        await room.write("Image B | CTR | 2026-12-07")
        await room.press("enter")
        await room.write("24.99")
        await room.press("enter")

        assert room.meeting.answer(ACOS) == KpiAnswer(
            kpi=ACOS,
            verdict=Verdict.EXPLAINED,
            causes=("Price cut", "Bids rose"),
            proposal="A new image",
            experiment=Experiment(variant="Image B", metric="CTR", until=date(2026, 12, 7)),
            evidence="24.99",
        )
        panel = room.screen.query_one(KpiPanel)
        assert "✎" in panel.get_row_at(0)[-1].plain
        row = panel.row_at_cursor
        assert row is not None
        assert row.kpi == CVR


async def test_a_cause_that_only_blames_others_is_hinted_at_and_never_refused(room: Room) -> None:
    async with room.open(NARROW):
        await room.press("c")
        form = await room.dialog()
        assert not form.query_one(".hint").display
        await room.write("竞品降价")
        assert form.query_one(".hint").display
        await room.write("; 主图视觉疲劳")
        assert not form.query_one(".hint").display
        await room.press(*["backspace"] * 8, "enter", *"Follow", "enter", "enter", "enter")
        answer = room.meeting.answer(ACOS)
        assert answer
        assert answer.causes == ("竞品降价",)


async def test_a_cause_is_narrowed_down_and_chosen_without_leaving_the_line(room: Room) -> None:
    async with room.open():
        room.session.step(kpi_answers.explain_kpi, explained(CVR))
        await room.press("c")
        form = await room.dialog()
        choices = form.query_one(OptionList)
        assert str(choices.get_option_at_index(0).prompt) == "A competitor cut the price  ×1"

        await room.write("out of")
        assert choices.option_count == 1
        await room.press("down", "enter")
        await room.write("competitor")
        await room.press("down", "up", "down", "down", "enter")

        assert form.query_one("#causes", Input).value == "Out of stock; Competitor cut the price; "
        await room.write("Bids")
        await room.press("enter")
        assert form.focused is form.query_one("#proposal")
        await room.write("Wait")
        await room.press("ctrl+s")
        answer = room.meeting.answer(ACOS)
        assert answer is not None
        assert answer.causes == ("Out of stock", "Competitor cut the price", "Bids")


async def test_a_click_chooses_a_cause_as_well(room: Room) -> None:
    async with room.open():
        await room.press("c")
        form = await room.dialog()
        await room.pilot.click(OptionList, offset=(3, 1))
        await room.pilot.pause()

        assert form.query_one("#causes", Input).value == "Main image worn out; "
        assert form.focused is form.query_one("#causes")


async def test_an_answer_without_a_proposal_stays_open_and_says_what_lacks(room: Room) -> None:
    async with room.open():
        await room.press("c")
        await room.dialog()
        await room.press("ctrl+s")
        assert room.notices == ["Name at least one cause, or say who finds it out by when."]

        await room.write("Bids")
        await room.press("ctrl+s")
        assert room.notices[-1] == "Write what is proposed about it."
        assert isinstance(room.app.screen, KpiAnswerDialog)


async def test_a_cause_not_known_yet_asks_who_and_by_when_and_makes_an_action(room: Room) -> None:
    async with room.open():
        await room.press("c")
        form = await room.dialog()
        await room.press("f9")
        assert form.query_one("#owner", Input).value == "陈梅"
        await room.write("fri")
        await room.press("enter")

        answer = room.meeting.answer(ACOS)
        assert answer is not None
        assert (answer.verdict, answer.action) == (Verdict.UNKNOWN, "A5")
        action = room.meeting.action(ActionId("A5"))
        assert action is not None
        assert (action.title, action.owner) == ("Find the cause: ACoS", "mei")
        assert str(action.due) == "2026-11-27"

        await room.press("u")
        assert room.meeting.answers == ()
        assert room.meeting.action(ActionId("A5")) is None


async def test_an_unknown_cause_opens_where_it_was_left_and_can_be_explained(room: Room) -> None:
    async with room.open():
        await room.press("c")
        await room.dialog()
        await room.press("f9")
        await room.write("fri")
        await room.press("enter", "up", "up", "c")
        form = await room.dialog()
        assert form.query_one("#due", Input).value == "2026-11-27"

        await room.press("f9")
        await room.write("Bids")
        await room.press("enter")
        await room.write("Lower them")
        await room.press("ctrl+s")
        assert [each.verdict for each in room.meeting.answers] == [Verdict.EXPLAINED]
        assert room.meeting.action(ActionId("A5")) is None


async def test_a_half_written_answer_is_there_when_it_is_opened_again(room: Room) -> None:
    async with room.open():
        await room.press("c")
        await room.dialog()
        await room.write("Bids")
        await room.press("escape", "c")
        form = await room.dialog()

        assert form.query_one("#causes", Input).value == "Bids"


async def test_one_key_passes_as_normal_and_goes_on_to_the_next_red(room: Room) -> None:
    async with room.open():
        await room.press("x")
        row = room.screen.query_one(KpiPanel).row_at_cursor
        assert row is not None
        assert row.kpi == CVR

        await room.press("x", "x")
        assert [each.verdict for each in room.meeting.answers] == [Verdict.NORMAL] * 2
        assert room.notices == ["It is answered already; change the answer, or undo it."]
        minutes = render_minutes(room.meeting, Language())
        assert minutes.count("Passed as normal variation, although off target") == 2


async def test_the_frame_counts_the_kpis_that_still_have_to_answer(room: Room) -> None:
    async with room.open():
        pane = room.screen.query_one(KpiPane)
        assert str(pane.border_title).endswith("· 2 to answer")

        await room.press("x")
        assert str(pane.border_title).endswith("· 1 to answer")

        await room.press("x")
        assert "to answer" not in str(pane.border_title)


async def test_a_kpi_becomes_a_decision_with_its_history(room: Room) -> None:
    async with room.open():
        room.session.step(kpi_answers.explain_kpi, explained())
        await room.press("d")
        form = await room.dialog()
        assert isinstance(form, DecisionEditor)
        background = form.query_one("#background", Input).value
        assert background == (
            "weeks to Sun 22 Nov: 24.0\N{NO-BREAK SPACE}% → 31.2\N{NO-BREAK SPACE}%; "
            "target ≤\N{NO-BREAK SPACE}25\N{NO-BREAK SPACE}%; "
            "causes so far: A competitor cut the price (1×), Two broad campaigns (1×); "
            "from US/search-term.csv"
        )

        await room.press("ctrl+s")
        decision = room.meeting.decisions[-1]
        assert decision.question == "ACoS: what do we do about it?"
        assert (decision.kpi, decision.marketplace) == (ACOS, ALL)
        queue = room.screen.query_one(DecisionQueue)
        assert str(queue.get_option(decision.id).prompt).endswith("→ ACoS")


async def test_a_kpi_becomes_an_action_with_its_proposal(room: Room) -> None:
    async with room.open():
        room.session.step(kpi_answers.explain_kpi, explained(marketplace=US))
        await room.press("down", "a")
        form = await room.dialog()
        assert form.query_one("#title", Input).value == "A new main image"

        await room.press("ctrl+s")
        action = room.meeting.actions[-1]
        assert (action.title, action.kpi, action.marketplace) == ("A new main image", ACOS, US)
        assert "→ ACoS US" in render_minutes(room.meeting, Language())


async def test_leaving_the_kpi_item_with_reds_unanswered_asks_once(room: Room) -> None:
    async with room.open():
        await room.press("n", "n")
        assert isinstance(room.app.screen, Confirm)
        question = str(room.app.screen.query_one(Static).content)
        assert question.startswith("Red KPIs without an answer: ACoS, CVR.")

        await room.press("escape")
        assert room.meeting.current == "kpis"
        assert room.screen.focused is room.screen.query_one(KpiPanel)

        await room.press("n")
        assert room.meeting.current == "ads"
        assert "**Stayed open:** no answer" in render_minutes(room.meeting, Language())


async def test_going_on_all_the_same_leaves_them_open(room: Room) -> None:
    async with room.open():
        await room.press("n", "0", "down", "enter")
        assert isinstance(room.app.screen, Confirm)
        await room.press("enter")

        assert room.meeting.current != "kpis"


async def test_with_everything_answered_nobody_is_asked(room: Room) -> None:
    async with room.open():
        await room.press("x", "x", "n", "n")

        assert room.meeting.current == "ads"


async def test_a_week_is_marked_and_answered_for_from_the_kpis_own_view(room: Room) -> None:
    async with room.open():
        await room.press("enter")
        assert isinstance(room.app.screen, KpiView)
        await room.press("left", "e")
        await room.dialog()
        await room.write("Prime Day")
        await room.press("enter")
        (occasion,) = room.meeting.occasions
        assert (str(occasion.last_day), occasion.what) == ("2026-11-15", "Prime Day")

        await room.press("c")
        await room.dialog()
        await room.press("escape", "escape")
        assert room.screen.is_current


async def test_the_review_settles_a_red_kpi_by_its_answer(room: Room) -> None:
    async with room.open():
        await room.press("q")
        await until(room.pilot, lambda: isinstance(room.app.screen, ReviewScreen))
        review = room.app.screen
        assert isinstance(review, ReviewScreen)
        keys = [line.end.key for line in review.ends.lines]
        assert "kpi:acos:ALL" in keys

        review.ends.highlighted = keys.index("kpi:acos:ALL")
        await room.press("enter")
        assert isinstance(await room.dialog(), KpiAnswerDialog)
        await room.press("f9")
        await room.write("fri")
        await room.press("enter")
        assert "kpi:acos:ALL" not in [line.end.key for line in review.ends.lines]
