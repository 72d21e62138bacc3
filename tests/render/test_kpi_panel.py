"""The rows of the KPI panel: concerns first, then what is folded, then the rest by group."""

from msgspec.structs import replace

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Target
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.rules import kpi_answers
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.render.kpi_panel import Heading, PanelRow, panel_rows
from facilitator.render.language import Language
from facilitator.render.scorecard import KpiRow
from tests.factories import MeetingHarness, agenda, explained_answer
from tests.scorecard_factories import STEADY, UNUSUAL, definition, make_scorecard, merge_scorecards

CALM = (*STEADY, 11.4)
ACOS = definition("acos", "ACoS")
ROAS = replace(definition("roas", "ROAS"), linked_to=KpiId("acos"))
LEAST = Target(at_least=9)


def meeting_with(*cards: Scorecard) -> MeetingHarness:
    harness = MeetingHarness(agenda())
    harness.step(meeting_rules.load_kpis, merge_scorecards(*cards))
    return harness


def shown(harness: MeetingHarness, *, is_open: bool = False) -> list[str]:
    """Return the rows as text: `+` before a concern, `=` before a linked KPI."""
    rows = panel_rows(harness.meeting, Language(), is_open=is_open, weeks=13)
    return [_line(each) for each in rows]


def _line(row: PanelRow) -> str:
    if isinstance(row, Heading):
        return " · ".join(filter(None, (row.text, row.detail)))
    sign = "= " if row.is_linked else "+ " if row.is_lead else "" if row.is_total else "  "
    return f"{sign}{row.name}"


def card(kpi: KpiDefinition, **values: tuple[float | None, ...]) -> Scorecard:
    return make_scorecard(values, kpi=kpi, target=LEAST)


def test_concerns_stand_on_top_and_the_rest_is_one_row() -> None:
    harness = meeting_with(
        card(definition("ctr", "Clicks"), ALL=CALM, US=CALM),
        card(ACOS, ALL=CALM, DE=UNUSUAL, US=CALM),
        card(ROAS, ALL=UNUSUAL, DE=UNUSUAL, US=CALM),
        make_scorecard({ALL: CALM}, kpi=definition("organic", "Organic orders")),
    )

    assert shown(harness) == ["+ ACoS DE", "= ROAS", "▸ 1 on target · 1 without a target"]


def test_a_total_stands_above_several_shops_for_comparison() -> None:
    harness = meeting_with(card(ACOS, ALL=CALM, DE=UNUSUAL, US=UNUSUAL))

    assert shown(harness) == ["+ ACoS", "  DE", "  US"]


def test_the_other_shops_of_a_concern_are_folded() -> None:
    harness = meeting_with(card(ACOS, ALL=CALM, DE=UNUSUAL, US=CALM))

    assert shown(harness) == ["+ ACoS DE", "▸ other marketplaces"]


def test_a_total_beside_the_one_shop_that_it_sums_goes() -> None:
    harness = meeting_with(card(ACOS, ALL=UNUSUAL, DE=UNUSUAL, US=(*STEADY, None)))

    assert shown(harness)[:-1] == ["+ ACoS DE"]


def test_the_fold_opens_by_group_and_says_why_there_is_no_figure() -> None:
    clicks = replace(definition("ctr", "Clicks"), group="advertising")
    harness = meeting_with(
        card(clicks, ALL=CALM, DE=(*STEADY, None), UK=CALM, US=CALM),
        card(definition("cvr"), ALL=CALM, DE=UNUSUAL, US=CALM),
        card(definition("buy_box", "Buy Box"), ALL=(*STEADY, None)),
    )

    assert shown(harness, is_open=True) == [
        "+ Conversion DE",
        "▾ 1 on target · 1 without a figure",
        "ADVERTISING",
        "Clicks",
        "  UK",
        "  US",
        "  DE",
        "LISTING",
        "Conversion",
        "  US",
        "Buy Box",
    ]
    lacking = panel_rows(harness.meeting, Language(), is_open=True, weeks=13)[6]
    assert isinstance(lacking, KpiRow)
    assert lacking.mark == "? no report"


def test_an_answer_is_shown_for_the_whole_concern() -> None:
    harness = meeting_with(card(ACOS, ALL=CALM, DE=UNUSUAL, US=CALM), card(ROAS, DE=UNUSUAL))
    answer = explained_answer(KpiId("roas"))
    meeting = harness.step(kpi_answers.explain_kpi, replace(answer, marketplace=Marketplace("DE")))
    rows = panel_rows(meeting, Language(), is_open=False, weeks=13)

    kpis = [each for each in rows if isinstance(each, KpiRow)]
    assert [(each.is_answered, each.needs_answer) for each in kpis] == [(True, True)] * 2


def test_before_the_reports_are_read_there_are_no_rows() -> None:
    assert panel_rows(MeetingHarness(agenda()).meeting, Language(), is_open=True, weeks=13) == ()


def test_without_a_concern_nothing_is_folded() -> None:
    assert shown(meeting_with(card(ACOS, ALL=CALM))) == ["LISTING", "ACoS"]


def test_only_what_there_is_is_counted_in_the_row_that_is_folded() -> None:
    harness = meeting_with(
        card(ACOS, ALL=UNUSUAL), make_scorecard({ALL: CALM}, kpi=definition("clicks", "Clicks"))
    )

    assert shown(harness) == ["+ ACoS", "▸ 1 without a target"]
