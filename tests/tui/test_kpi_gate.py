"""The KPI gate on the screen: answers, passing, marked weeks, KPIs without an answer at the end."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.screen import Screen
from textual.widgets import Input, Label, OptionList, Static

from facilitator.domain.action import ActionId
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId, Target
from facilitator.domain.kpis.scorecard import Scorecard, Side, Signal
from facilitator.domain.proposal import Experiment
from facilitator.domain.rules import kpi_answers
from facilitator.render.language import Language
from facilitator.render.minutes import render_minutes
from facilitator.tui.dialogs.action_forms import ActionEditor
from facilitator.tui.dialogs.decision_forms import DecisionEditor
from facilitator.tui.dialogs.kpi_answer import KpiAnswerDialog
from facilitator.tui.dialogs.kpi_view import KpiView
from facilitator.tui.panes.kpi_pane import KpiPane
from facilitator.tui.screens.review import ReviewScreen
from facilitator.tui.widgets.decision_list import DecisionList
from facilitator.tui.widgets.kpi_panel import KpiPanel
from tests.environment import AppEnvironment
from tests.factories import ACOS, US, explained_answer, scorecard
from tests.scorecard_factories import STEADY, UNUSUAL, make_scorecard
from tests.tui.harness import NARROW, WIDE, MeetingUi, wait_until

CVR = KpiId("cvr")


def two_reds() -> Scorecard:
    """Return ACoS in total and in the US, and CVR in total, all off target."""
    card = scorecard()
    (acos,) = card.definitions
    cvr = replace(acos, id=CVR, name="CVR")
    series = replace(card.series[0], kpi=CVR)
    return replace(card, definitions=(acos, cvr), series=(*card.series, series))


@pytest.fixture
def ui(tmp_path: Path) -> MeetingUi:
    return MeetingUi(AppEnvironment(tmp_path), two_reds())


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_an_answer_takes_causes_a_proposal_an_experiment_and_evidence(
    ui: MeetingUi, size: tuple[int, int]
) -> None:
    async with ui.open(size):
        await ui.press("c")
        await ui.dialog()
        await ui.write("Price cut; Bids rose")
        await ui.press("enter")
        await ui.write("A new image")
        await ui.press("enter")
        await ui.write("Image B | CTR | 2026-12-07")
        await ui.press("enter")
        await ui.write("24.99")
        await ui.press("enter")

        assert ui.meeting.answer(ACOS) == KpiAnswer(
            kpi=ACOS,
            verdict=Verdict.EXPLAINED,
            causes=("Price cut", "Bids rose"),
            proposal="A new image",
            experiment=Experiment(variant="Image B", metric="CTR", until=date(2026, 12, 7)),
            evidence="24.99",
        )
        panel = ui.screen.query_one(KpiPanel)
        assert "✎" in panel.get_row_at(0)[-1].plain
        row = panel.row_at_cursor
        assert row is not None
        assert row.kpi == CVR


async def test_a_cause_that_only_blames_others_gets_a_hint_but_is_accepted(
    ui: MeetingUi,
) -> None:
    async with ui.open(NARROW):
        await ui.press("c")
        form = await ui.dialog()
        assert not form.query_one(".hint").display
        await ui.write("竞品降价")
        assert form.query_one(".hint").display
        await ui.write("; 主图视觉疲劳")
        assert not form.query_one(".hint").display
        await ui.press(*["backspace"] * 8, "enter", *"Follow", "enter", "enter", "enter")
        answer = ui.meeting.answer(ACOS)
        assert answer
        assert answer.causes == ("竞品降价",)


async def test_a_cause_is_completed_while_typing(ui: MeetingUi) -> None:
    async with ui.open():
        ui.session.step(kpi_answers.explain_kpi, explained_answer(CVR))
        await ui.press("c")
        form = await ui.dialog()
        choices = form.query_one(OptionList)
        offered = [str(each.prompt) for each in choices.options]
        assert offered[0] == "Competitor cut the price"
        assert offered[-2:] == ["A competitor cut the price  ×1", "Two broad campaigns  ×1"]

        await ui.write("out of")
        assert choices.option_count == 1
        await ui.press("down", "enter")
        await ui.write("competitor")
        await ui.press("down", "up", "down", "enter")

        assert form.query_one("#causes", Input).value == "Out of stock; Competitor cut the price; "
        await ui.write("Bids")
        await ui.press("enter")
        assert form.focused is form.query_one("#proposal")
        await ui.write("Wait")
        await ui.press("ctrl+s")
        answer = ui.meeting.answer(ACOS)
        assert answer is not None
        assert answer.causes == ("Out of stock", "Competitor cut the price", "Bids")


async def test_a_click_selects_a_cause(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("c")
        form = await ui.dialog()
        await ui.pilot.click(OptionList, offset=(3, 1))
        await ui.pilot.pause()

        assert form.query_one("#causes", Input).value == "Main image worn out; "
        assert form.focused is form.query_one("#causes")


async def test_an_answer_without_a_proposal_stays_open_and_says_what_is_missing(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("c")
        await ui.dialog()
        await ui.press("ctrl+s")
        assert ui.notices == ["Name at least one cause, or say who will find it and by when."]

        await ui.write("Bids")
        await ui.press("ctrl+s")
        assert ui.notices[-1] == "Write what you propose."
        assert isinstance(ui.app.screen, KpiAnswerDialog)


async def test_an_unknown_cause_asks_for_owner_and_date_and_adds_an_action_item(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("c")
        form = await ui.dialog()
        await ui.press("f9")
        assert form.query_one("#owner", Input).value == "陈梅"
        await ui.write("fri")
        await ui.press("enter")

        answer = ui.meeting.answer(ACOS)
        assert answer is not None
        assert (answer.verdict, answer.action) == (Verdict.UNKNOWN, "A5")
        action = ui.meeting.action(ActionId("A5"))
        assert action is not None
        assert (action.title, action.owner) == ("Find the cause: ACoS", "mei")
        assert str(action.due) == "2026-11-27"

        await ui.press("u")
        assert ui.meeting.answers == ()
        assert ui.meeting.action(ActionId("A5")) is None


async def test_an_unknown_cause_can_be_edited_and_explained(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("c")
        await ui.dialog()
        await ui.press("f9")
        await ui.write("fri")
        await ui.press("enter", "up", "up", "c")
        form = await ui.dialog()
        assert form.query_one("#due", Input).value == "2026-11-27"

        await ui.press("f9")
        await ui.write("Bids")
        await ui.press("enter")
        await ui.write("Lower them")
        await ui.press("ctrl+s")
        assert [each.verdict for each in ui.meeting.answers] == [Verdict.EXPLAINED]
        assert ui.meeting.action(ActionId("A5")) is None


async def test_a_partial_answer_is_offered_and_restored(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("c")
        await ui.dialog()
        await ui.write("Bids")
        await ui.press("escape", "c")
        form = await ui.dialog()
        assert form.query_one("#causes", Input).value == ""

        await ui.press("ctrl+r")
        assert form.query_one("#causes", Input).value == "Bids"


async def pass_kpi(ui: MeetingUi, reason: str) -> None:
    await ui.press("x")
    await ui.dialog()
    await ui.write(reason)
    await ui.press("enter")


async def test_a_kpi_off_target_is_passed_only_with_a_reason_then_the_next_one_waits(
    ui: MeetingUi,
) -> None:
    async with ui.open():
        await ui.press("x")
        form = await ui.dialog()
        assert "off target" in str(form.query_one(".question", Label).content)
        await ui.press("enter")
        assert ui.meeting.answers == ()
        await ui.press("escape")
        assert ui.meeting.answers == ()

        await pass_kpi(ui, "Zhao is ill")
        row = ui.screen.query_one(KpiPanel).row_at_cursor
        assert row is not None
        assert row.kpi == CVR
        assert ui.screen.is_current

        await pass_kpi(ui, "Known since May")
        answers: tuple[KpiAnswer, ...] = ui.meeting.answers
        assert [each.verdict for each in answers] == [Verdict.PASSED] * 2
        await ui.press("x")
        assert ui.notices[-1] == "This KPI already has an answer. Change the answer, or undo it."
        assert "Zhao is ill" in render_minutes(ui.meeting, Language())


async def test_good_news_is_noted_by_one_key_and_what_is_worse_may_get_a_reason(
    tmp_path: Path,
) -> None:
    card = two_reds()
    better = Signal(outside=Side.HIGH, is_good=True)
    worse = Signal(outside=Side.HIGH, is_good=False)
    acos, _us, cvr = [replace(series, target=None) for series in card.series]
    signals = (replace(acos, signal=better), replace(cvr, signal=worse))
    ui = MeetingUi(AppEnvironment(tmp_path), replace(card, series=signals))
    async with ui.open():
        assert "to answer" not in str(ui.screen.query_one(KpiPane).border_title)
        await ui.press("x")
        await ui.dialog()
        await ui.press("enter")
        assert (ui.meeting.answers[0].kpi, ui.meeting.answers[0].reason) == (CVR, "")

        await ui.press("down", "x")
        assert [each.verdict for each in ui.meeting.answers] == [Verdict.NORMAL] * 2


async def test_a_shop_gets_a_cause_of_its_own_and_the_others_one_in_common(
    tmp_path: Path,
) -> None:
    card = scorecard()
    total, us = card.series
    total = replace(total, readings=(replace(total.current, value=20.0),) * 2)
    de = replace(us, marketplace=Marketplace("DE"))
    ui = MeetingUi(AppEnvironment(tmp_path), replace(card, series=(total, de, us)))
    async with ui.open():
        await ui.press("down", "down", "C")
        form = await ui.dialog()
        assert str(form.query_one(".window").border_title) == "ACoS US"
        await ui.write("Price cut")
        await ui.press("enter")
        await ui.write("A coupon")
        await ui.press("ctrl+s")
        assert ui.meeting.answer(ACOS, US) is not None
        assert str(ui.screen.query_one(KpiPane).border_title).endswith("· 1 to answer")

        await ui.press("c")
        form = await ui.dialog()
        assert str(form.query_one(".window").border_title) == "ACoS · DE"
        await ui.write("Bids rose")
        await ui.press("enter")
        await ui.write("Lower them")
        await ui.press("ctrl+s")
        assert [each.marketplace for each in ui.meeting.answers] == [US, ALL]
        minutes = render_minutes(ui.meeting, Language())
        assert "Bids rose" in minutes
        assert "Price cut" in minutes


async def test_a_total_is_not_split_off(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("down", "C")
        assert ui.screen.is_current
        assert "Only one of several marketplaces" in ui.notices[-1]


async def test_what_is_folded_opens_and_closes_by_enter(tmp_path: Path) -> None:
    card = make_scorecard({ALL: STEADY, "DE": STEADY, "US": UNUSUAL}, target=Target(at_least=9))
    ui = MeetingUi(AppEnvironment(tmp_path), card)
    async with ui.open():
        panel = ui.screen.query_one(KpiPanel)
        before = panel.row_count
        await ui.press("down", "enter")
        assert panel.row_count > before
        assert ui.screen.is_current

        await ui.press("v")
        assert panel.row_count == before


async def test_the_line_under_the_table_says_how_the_kpi_at_the_cursor_compares(
    tmp_path: Path,
) -> None:
    card = make_scorecard({ALL: UNUSUAL}, target=Target(at_least=9))
    ui = MeetingUi(AppEnvironment(tmp_path), card)
    async with ui.open(NARROW):
        line = str(ui.screen.query_one("#kpi-sentence", Static).content).replace(
            "\N{NO-BREAK SPACE}", " "
        )
        assert line == "Conversion · lowest of 14 weeks; usual is 9–14 %"


@pytest.mark.parametrize(("key", "form"), [("D", DecisionEditor), ("A", ActionEditor)])
async def test_capital_letters_work_on_a_heading_and_before_the_reports_are_read(
    tmp_path: Path, key: str, form: type[Screen[object]]
) -> None:
    ui = MeetingUi(AppEnvironment(tmp_path))
    async with ui.open():
        await ui.press("1", key)
        assert isinstance(await ui.dialog(), form)


@pytest.mark.parametrize("key", ["d", "a"])
async def test_small_letters_on_a_kpi_are_about_nothing_in_particular(
    ui: MeetingUi, key: str
) -> None:
    async with ui.open():
        await ui.press(key)
        form = await ui.dialog()
        assert "ACoS" not in str(form.query_one(".window").border_title)


async def test_the_panel_title_counts_kpis_without_an_answer(ui: MeetingUi) -> None:
    async with ui.open():
        pane = ui.screen.query_one(KpiPane)
        assert str(pane.border_title).endswith("· 2 to answer")

        await pass_kpi(ui, "Zhao is ill")
        assert str(pane.border_title).endswith("· 1 to answer")

        await pass_kpi(ui, "Zhao is ill")
        assert "to answer" not in str(pane.border_title)


async def test_a_decision_drafted_from_a_kpi_has_its_history(ui: MeetingUi) -> None:
    async with ui.open():
        ui.session.step(kpi_answers.explain_kpi, explained_answer())
        await ui.press("D")
        form = await ui.dialog()
        assert isinstance(form, DecisionEditor)
        assert "ACoS" in str(form.query_one(".window").border_title)
        background = form.query_one("#background", Input).value
        assert background == (
            "weeks to Sun 22 Nov: 24.0\N{NO-BREAK SPACE}% → 31.2\N{NO-BREAK SPACE}% · "
            "target ≤\N{NO-BREAK SPACE}25\N{NO-BREAK SPACE}% · "
            "causes so far: A competitor cut the price (1×), Two broad campaigns (1×) · "
            "from US/search-term.csv"
        )

        await ui.press("ctrl+s")
        decision = ui.meeting.decisions[-1]
        assert decision.question == "ACoS US: what do we do about it?"
        assert (decision.kpi, decision.marketplace) == (ACOS, US)
        queue = ui.screen.query_one(DecisionList)
        assert str(queue.get_option(decision.id).prompt).endswith("→ ACoS US")


async def test_an_action_item_drafted_from_a_kpi_has_its_proposal(ui: MeetingUi) -> None:
    async with ui.open():
        ui.session.step(kpi_answers.explain_kpi, explained_answer(marketplace=US))
        await ui.press("A")
        form = await ui.dialog()
        assert form.query_one("#title", Input).value == "A new main image"

        await ui.press("ctrl+s")
        action = ui.meeting.actions[-1]
        assert (action.title, action.kpi, action.marketplace) == ("A new main image", ACOS, US)
        assert "→ ACoS US" in render_minutes(ui.meeting, Language())


async def test_unanswered_kpis_hold_up_the_next_item_once_and_open_nothing(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("n", "n")

        assert ui.app.screen is ui.screen
        assert ui.meeting.current == "kpis"
        assert ui.announced[-1].startswith("2 KPIs have no answer · again: leave them open")
        assert ui.announced[-1].endswith("ACoS, CVR")

        await ui.press("n")
        assert ui.meeting.current == "ads"
        assert "**Off target, without an answer:** ACoS, CVR" in render_minutes(
            ui.meeting, Language()
        )


async def test_unanswered_kpis_hold_up_a_jump_in_the_agenda_once(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("n", "0", "down", "enter")
        assert ui.meeting.current == "kpis"
        await ui.press("enter")

        assert ui.meeting.current != "kpis"


async def test_leaving_the_kpi_item_with_all_answered_does_not_ask(ui: MeetingUi) -> None:
    async with ui.open():
        await pass_kpi(ui, "Zhao is ill")
        await pass_kpi(ui, "Zhao is ill")
        await ui.press("n", "n")

        assert ui.meeting.current == "ads"


async def test_a_week_is_marked_and_answered_from_the_kpi_view(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("enter")
        assert isinstance(ui.app.screen, KpiView)
        await ui.press("left", "e")
        await ui.dialog()
        await ui.write("Prime Day")
        await ui.press("enter")
        (occasion,) = ui.meeting.occasions
        assert (str(occasion.last_day), occasion.what) == ("2026-11-15", "Prime Day")

        await ui.press("c")
        await ui.dialog()
        await ui.press("escape", "escape")
        assert ui.screen.is_current


async def test_an_unanswered_kpi_is_answered_from_the_review(ui: MeetingUi) -> None:
    async with ui.open():
        await ui.press("q")
        await wait_until(ui.pilot, lambda: isinstance(ui.app.screen, ReviewScreen))
        review = ui.app.screen
        assert isinstance(review, ReviewScreen)
        keys = [line.id for line in review.points.lines]
        assert "kpi:acos:ALL" in keys

        review.points.highlighted = keys.index("kpi:acos:ALL")
        await ui.press("enter")
        assert isinstance(await ui.dialog(), KpiAnswerDialog)
        await ui.press("f9")
        await ui.write("fri")
        await ui.press("enter")
        assert "kpi:acos:ALL" not in [line.id for line in review.points.lines]
