"""The matrix of marketplaces: rows, columns, and the drafted reallocation."""

from msgspec.structs import replace

from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId, Target
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.render.language import Language
from facilitator.render.marketplace_matrix import (
    MatrixCell,
    cell_details,
    draft_reallocation,
    marketplace_matrix,
)
from tests.scorecard_factories import STEADY, UNUSUAL, definition, make_scorecard, merge_scorecards


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _two_kpis() -> Scorecard:
    """Conversion and FBA fees, in three marketplaces; each with its own target range for fees."""
    fees = make_scorecard(
        {ALL: (*STEADY, 14.0), "DE": (*STEADY, 20.0), "US": (*STEADY, 11.5)},
        kpi=definition("fba_fee_share", "FBA fee share"),
        target=Target(at_most=18),
    )
    american = replace(fees.series[-1], target=Target(at_least=12, at_most=15))
    conversion = make_scorecard({ALL: UNUSUAL, "US": STEADY}, target=Target(at_least=9.0))
    return merge_scorecards(conversion, replace(fees, series=(*fees.series[:-1], american)))


def test_fees_are_grouped_at_the_top_and_the_total_is_left(english: Language) -> None:
    table = marketplace_matrix(_two_kpis(), english)

    assert table.places == (ALL, "DE", "US")
    assert [row.name for row in table.rows] == [
        "As a share of the price",
        "FBA fee share",
        "Other KPIs",
        "Conversion",
    ]


def test_each_cell_uses_the_target_of_its_marketplace(english: Language) -> None:
    total, german, american = marketplace_matrix(_two_kpis(), english).rows[1].cells

    assert total is not None
    assert german is not None
    assert american is not None
    assert (total.marks, german.marks, american.marks) == ("◆", "▲◆", "▲")


def test_a_marketplace_without_the_kpi_has_no_cell(english: Language) -> None:
    total, german, american = marketplace_matrix(_two_kpis(), english).rows[3].cells

    assert isinstance(total, MatrixCell)
    assert isinstance(american, MatrixCell)
    assert german is None
    assert (total.marks, _plain(total.value)) == ("▲◆", "8.0 %")


def test_without_fees_there_are_no_headings(english: Language) -> None:
    table = marketplace_matrix(make_scorecard({ALL: STEADY, "US": STEADY}), english)

    assert [row.name for row in table.rows] == ["Conversion"]


def test_a_kpi_without_values_has_no_row(english: Language) -> None:
    assert marketplace_matrix(make_scorecard({ALL: (None,), "US": (None,)}), english).rows == ()


def test_the_details_of_a_cell_have_target_change_and_signal(english: Language) -> None:
    card = _two_kpis()
    series = card.one(KpiId("fba_fee_share"), Marketplace("DE"))
    kpi = card.definition(KpiId("fba_fee_share"))
    assert series is not None
    assert kpi is not None

    assert _plain(cell_details(series, kpi, english)).startswith(
        "FBA fee share DE · 20.0 % ▲ off target (≤ 18 %) +8.6 pp · "
        "highest of 14 weeks; usual is 9–14 %"
    )


def test_the_details_of_an_empty_cell_have_what_is_missing(english: Language) -> None:
    card = make_scorecard({ALL: (*STEADY, None)})

    assert cell_details(card.series[0], card.definitions[0], english) == (
        "Conversion total · – · no data for sessions"
    )


def test_the_reallocation_draft_names_the_worst_and_the_best_marketplace(english: Language) -> None:
    question = draft_reallocation(_two_kpis(), english)

    assert question is not None
    assert question.question == (
        "Reallocate budget or priority between marketplaces: DE, US off target"
    )
    assert _plain(question.background).splitlines() == [
        "FBA fee share: DE 20.0 % ▲ (≤ 18 %), US 11.5 % ▲ (12–15 %)",
        "Closest to its targets: US, off target in 1 of 2 KPIs.",
    ]


def test_without_a_missed_target_there_is_no_reallocation_draft(english: Language) -> None:
    assert (
        draft_reallocation(
            make_scorecard({ALL: STEADY, "US": STEADY}, target=Target(at_least=1)), english
        )
        is None
    )
