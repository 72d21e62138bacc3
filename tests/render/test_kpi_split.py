"""What the minutes say of a KPI whose marketplaces have answers of their own."""

from msgspec.structs import replace

from facilitator.domain.rules import kpi_answers as rules
from facilitator.render.language import Language
from facilitator.render.sections.kpis import kpi_answers, off_target_lines
from tests.factories import US, explained_answer
from tests.scorecard_factories import shops_off_target


def test_each_cause_and_proposal_names_its_marketplaces_where_there_are_several_answers() -> None:
    harness = shops_off_target("DE", "US", "FR")
    common = replace(explained_answer(), causes=("Old pictures",), proposal="New pictures")
    own = replace(
        explained_answer(marketplace=US), is_alone=True, causes=("Dear clicks",), proposal="Less"
    )
    for answer in (own, common):
        harness.step(rules.explain_kpi, answer)

    (line,) = off_target_lines(harness.meeting, Language())
    assert line.endswith(": DE, FR: Old pictures; US: Dear clicks")
    details = kpi_answers(harness.meeting, Language())
    assert "DE, FR: Proposal: New pictures" in details
    assert "US: Proposal: Less" in details


def test_one_answer_for_all_names_no_marketplace_again() -> None:
    harness = shops_off_target("DE", "US")
    harness.step(rules.explain_kpi, replace(explained_answer(), causes=("Old pictures",)))

    (line,) = off_target_lines(harness.meeting, Language())
    assert line.endswith("): Old pictures")
