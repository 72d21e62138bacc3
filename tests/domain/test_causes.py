"""Causes offered for a KPI: those given before, the most frequent first."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from facilitator.domain.kpis.causes import (
    USUAL_CAUSES,
    CauseCount,
    CauseSuggestion,
    NamedCause,
    count_causes,
    suggest_causes,
)
from facilitator.domain.kpis.kpi import KpiId

ACOS, CTR = KpiId("acos"), KpiId("ctr")
FIRST, SECOND, THIRD = date(2026, 10, 5), date(2026, 10, 12), date(2026, 11, 16)


def cause_on(text: str, on: date, kpi: KpiId = ACOS) -> NamedCause:
    return NamedCause(kpi=kpi, text=text, on=on)


def test_a_cause_is_counted_once_a_meeting_for_each_kpi():
    counted = count_causes(
        [
            cause_on("price cut", FIRST),
            cause_on("Price cut", FIRST),
            cause_on("Price cut", THIRD),
            cause_on("Price cut", SECOND, CTR),
        ]
    )

    assert counted == (
        CauseCount(kpi=ACOS, text="Price cut", times=2, first_on=FIRST, last_on=THIRD),
        CauseCount(kpi=CTR, text="Price cut", times=1, first_on=SECOND, last_on=SECOND),
    )


def test_causes_of_the_kpi_come_first_then_the_usual_ones_then_those_of_others():
    past = count_causes(
        [
            cause_on("竞品降价", FIRST, CTR),
            cause_on("竞品降价", SECOND, CTR),
            cause_on("Season", FIRST, CTR),
            cause_on("断货", THIRD),
            cause_on("season", THIRD),
            cause_on("season", SECOND),
        ]
    )

    assert suggest_causes(past, ACOS, ["Promotion", "Season"]) == (
        CauseSuggestion(text="season", times=3),
        CauseSuggestion(text="断货", times=1),
        CauseSuggestion(text="Promotion", times=0),
        CauseSuggestion(text="竞品降价", times=2),
    )


def test_a_team_without_past_meetings_is_offered_the_usual_causes():
    assert [each.text for each in suggest_causes((), ACOS)] == list(USUAL_CAUSES)


@given(
    st.lists(
        st.builds(
            NamedCause,
            kpi=st.sampled_from([ACOS, CTR]),
            text=st.sampled_from(["a", "A", "b", "降价"]),
            on=st.sampled_from([FIRST, SECOND, THIRD]),
        )
    )
)
def test_the_counts_do_not_depend_on_the_order_of_meetings(causes):
    def counts(given_causes: list[NamedCause]) -> list[tuple[object, ...]]:
        return [
            (each.kpi, each.text.casefold(), each.times, each.first_on, each.last_on)
            for each in count_causes(given_causes)
        ]

    assert counts(causes) == counts(causes[::-1])
    offered = suggest_causes(count_causes(causes), ACOS, ())
    assert len(offered) == len({each.text.casefold() for each in causes})
