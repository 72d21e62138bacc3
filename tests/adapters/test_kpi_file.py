"""The packaged KPI definitions, and what a team changes in them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.kpi_file import packaged_definitions, read_definitions, read_kpi_ids
from facilitator.domain.errors import Diagnostic
from facilitator.domain.kpis.calculation import calculate_scorecard
from facilitator.domain.kpis.facts import ALL, Fact, Marketplace, Measure, PreparedData
from facilitator.domain.kpis.kpi import KPI_GROUPS, KpiDefinition, KpiId, Target, Week
from facilitator.domain.kpis.measures import MEASURE_LABELS
from tests.adapters.valid_agenda import VALID_AGENDA, write_agenda

SUNDAY = date(2026, 11, 22)
US = Marketplace("US")
WEEK = {
    "ad_impressions": 20000, "ad_clicks": 100, "ad_spend": 50, "ad_sales": 200, "ad_orders": 10,
    "ad_units": 11, "sessions": 400, "page_views": 800, "units_ordered": 60, "ordered_sales": 1000,
    "order_items": 50, "buy_box_views": 720, "units_available": 450, "units_shipped_t30": 270,
    "units_shipped_t90": 900, "units_aged_180": 45, "units_aged_all": 500, "units_returned": 3,
    "reviews_new": 8, "rating_points": 34, "reviews_negative": 1, "bsr_top10_share": 61.5,
    "keywords_page_one": 35, "keywords_targeted": 50, "units_refunded": 6, "units_stranded": 5,
    "units_all": 500, "fba_fees": 116, "referral_fees": 120, "storage_fees": 8, "vat_paid": 152,
    "fee_sales": 800, "feedback_new": 4, "feedback_points": 18, "sqp_purchases_brand": 12,
    "sqp_purchases_total": 200,
}  # fmt: skip
VALUES = {
    "order_growth": 25.0, "acos": 25.0, "roas": 4.0, "tacos": 5.0, "ctr": 0.5, "ad_cvr": 10.0,
    "cvr": 15.0, "buy_box": 90.0, "return_rate": 5.0, "turnover": 900 * 365 / 90 / 450,
    "days_of_supply": 50.0, "aged_share": 9.0, "stranded_share": 1.0, "fba_fee_share": 14.5,
    "referral_share": 15.0, "storage_share": 1.0, "vat_share": 19.0, "bsr_top10_share": 61.5,
    "organic_order_share": 80.0, "keyword_coverage": 70.0, "review_rating": 4.25,
    "refund_rate": 10.0, "negative_review_share": 12.5, "feedback_rating": 4.5,
    "search_share": 6.0,
}  # fmt: skip


def test_the_packaged_ids_are_complete(tmp_path: Path) -> None:
    assert read_kpi_ids(tmp_path, ()) == (tuple(each.id for each in packaged_definitions()), ())

    (tmp_path / "kpis.toml").write_text('[[kpis]]\nid = "acos"\nowner = "lin"\n')
    definitions, problems = read_definitions(tmp_path, ())
    assert read_kpi_ids(tmp_path, ()) == (tuple(each.id for each in definitions), problems)
    assert problems


def test_every_packaged_kpi_is_calculated_as_defined() -> None:
    facts = [
        Fact(day=SUNDAY, marketplace=ALL, measure=Measure(name), amount=amount)
        for name, amount in WEEK.items()
    ]
    before = Fact(
        first_day=date(2026, 11, 9),
        day=date(2026, 11, 15),
        marketplace=ALL,
        measure=Measure("order_items"),
        amount=40,
    )

    card = calculate_scorecard(
        PreparedData(facts=(*facts, before)),
        packaged_definitions(),
        (),
        week=Week(end=SUNDAY),
        weeks=1,
        marketplaces=(Marketplace("US"),),
        rates=None,
    )

    assert {each.kpi: each.current.value for each in card.series} == pytest.approx(VALUES)


@pytest.mark.parametrize("week_end", [date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 26)])
def test_search_weeks_count_whichever_day_the_teams_week_ends_on(week_end: date) -> None:
    facts = [
        Fact(
            first_day=saturday - timedelta(days=6),
            day=saturday,
            marketplace=US,
            measure=Measure(name),
            amount=amount,
        )
        for saturday, ours in ((date(2026, 11, 14), 10), (date(2026, 11, 21), 12))
        for name, amount in (("sqp_purchases_brand", ours), ("sqp_purchases_total", 200))
    ]

    card = calculate_scorecard(
        PreparedData(facts=tuple(facts)),
        packaged_definitions(),
        (),
        week=Week(end=week_end),
        marketplaces=(US,),
        rates=None,
    )

    (total, _) = card.of(KpiId("search_share"))
    assert [each.value for each in total.readings] == [5.0, 6.0]


def test_every_definition_has_both_languages_and_groups_are_in_order() -> None:
    groups = [each.group for each in packaged_definitions()]

    assert groups == sorted(groups, key=KPI_GROUPS.index)
    for each in packaged_definitions():
        assert all((each.name, each.name_zh, each.note, each.note_zh)), each.id


def test_every_measure_has_a_label() -> None:
    used = {measure for each in packaged_definitions() for measure in each.measures}

    assert used <= MEASURE_LABELS.keys()


def test_every_ratio_has_a_minimum_denominator() -> None:
    without = {each.id for each in packaged_definitions() if not each.smallest}

    assert without == {"bsr_top10_share"}  # kept by hand: nothing is divided


def test_the_good_direction_is_defined_where_there_is_one() -> None:
    worse = {each.id for each in packaged_definitions() if each.higher_is_better is False}
    both = {each.id for each in packaged_definitions() if each.higher_is_better is None}

    assert worse == {
        "acos", "tacos", "return_rate", "refund_rate", "negative_review_share", "aged_share",
        "stranded_share", "fba_fee_share", "referral_share", "storage_share", "vat_share",
    }  # fmt: skip
    assert both == {"days_of_supply"}


def test_fba_fees_have_a_target_range_for_each_region() -> None:
    fba = by_id(packaged_definitions())["fba_fee_share"]

    assert {shop: fba.target_in(Marketplace(shop)) for shop in ("US", "CA", "UK", "DE", "JP")} == {
        "US": Target(at_least=12, at_most=15),
        "CA": Target(at_least=12, at_most=15),
        "UK": Target(at_most=18),
        "DE": Target(at_most=18),
        "JP": None,
    }


OWN = """
[[kpis]]
id = "roas"
at_least = 3.5
owner = "mei"
weeks = 2

[[kpis]]
id = "sales_per_session"
name = "Sales per session"
group = "listing"
numerator = ["ordered_sales"]
denominator = ["sessions"]
unit = "ratio"
"""


def by_id(definitions: tuple[KpiDefinition, ...]) -> dict[str, KpiDefinition]:
    return {each.id: each for each in definitions}


def own(tmp_path: Path, text: str) -> tuple[dict[str, KpiDefinition], tuple[Diagnostic, ...]]:
    (tmp_path / "kpis.toml").write_text(text, encoding="utf-8")
    definitions, problems = read_definitions(tmp_path, ["mei"])
    return by_id(definitions), problems


def test_without_a_file_of_its_own_a_team_has_the_packaged_definitions(tmp_path: Path) -> None:
    assert read_definitions(tmp_path, []) == (packaged_definitions(), ())


def test_a_team_overrides_single_keys_of_a_definition(tmp_path: Path) -> None:
    definitions, problems = own(tmp_path, OWN)

    packaged, changed = by_id(packaged_definitions())["roas"], definitions["roas"]
    assert problems == ()
    assert (changed.target, changed.owner, changed.weeks) == (Target(at_least=3.5), "mei", 2)
    assert (changed.name_zh, changed.numerator) == (packaged.name_zh, packaged.numerator)


def test_a_team_adds_a_kpi_to_its_group(tmp_path: Path) -> None:
    definitions, _problems = own(tmp_path, OWN)

    groups = [each.group for each in definitions.values()]
    assert definitions["sales_per_session"].measures == ("ordered_sales", "sessions")
    assert groups == sorted(groups, key=KPI_GROUPS.index)


def test_a_limit_of_the_team_replaces_the_packaged_target(tmp_path: Path) -> None:
    definitions, _problems = own(tmp_path, '[[kpis]]\nid = "bsr_top10_share"\nat_most = 90\n')

    assert definitions["bsr_top10_share"].target == Target(at_most=90)


GOOD = 'id = "a"\nname = "A"\ngroup = "sales"\nnumerator = ["sessions"]\n'


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (f"[[kpis]]\n{GOOD}scael = 3\n", "kpis[0].scael, line 6", "Did you mean scale?"),
        (f"[[kpis]]\n{GOOD}scale = 0\n", "kpis[0].scale, line 6", "above 0"),
        (f"[[kpis]]\n{GOOD}scale = inf\n", "kpis[0].scale, line 6", "above 0"),
        (f"[[kpis]]\n{GOOD}decimals = 99\n", "kpis[0].decimals, line 6", "from 0 to 6"),
        (f"[[kpis]]\n{GOOD}weeks = 0\n", "kpis[0].weeks, line 6", "from 1 to 26"),
        (f"[[kpis]]\n{GOOD}counting = 'mean'\n", "kpis[0].counting, line 6", "sum, latest"),
        (f"[[kpis]]\n{GOOD}owner = 'may'\n", "kpis[0].owner, line 6", "“may”"),
        (f"[[kpis]]\n{GOOD}at_least = 2\nat_most = 1\n", "kpis[0].at_least, line 6", "above"),
        (f"[[kpis]]\n{GOOD}[[kpis]]\n{GOOD}", "kpis[1].id, line 7", "listed twice"),
        (f"[[kpis]]\n{GOOD.replace('sales', 'fun')}", "kpis[0].group, line 4", "sales, adv"),
        ("[[kpis]]\nid = 'roas'\nnumerator = 'x'\n", "kpis[0].numerator, line 3", "a list"),
        ("[[kpis]]\nid = 'new'\n", "kpis[0].name, line 1", "is missing"),
        ("[[kpis]]\nid = 'ROAS'\n", "kpis[0].id, line 2", "a short name"),
        ("kpis = 3\n", "kpis, line 1", "a list"),
        ("kpis = [3]\n", "kpis[0], line 1", "a table"),
        ("[[kpis]", "line 1", "not valid TOML"),
        ("[kpi]\n", "kpi, line 1", "Did you mean kpis?"),
    ],
)
def test_a_fault_is_reported_with_its_place_and_the_packaged_definitions_stay(
    tmp_path: Path, text: str, place: str, said: str
) -> None:
    definitions, problems = own(tmp_path, text)

    assert any(
        each.place().startswith(place)
        and said in each.translate()
        and each.file.endswith("kpis.toml")
        for each in problems
    ), [each.translate() for each in problems]
    assert tuple(definitions.values()) == packaged_definitions()


def test_a_likely_misspelt_measure_is_a_warning_unless_a_custom_report_has_it(
    tmp_path: Path,
) -> None:
    text = f"[[kpis]]\n{GOOD}".replace('"sessions"', '"sesions", "-tea_bags"')

    definitions, problems = own(tmp_path, text)

    assert [(each.place(), each.is_error) for each in problems] == [
        ("kpis[0].numerator, line 5", False)
    ]
    assert "sessions" in problems[0].translate()
    assert definitions["a"].numerator == ("sesions", "-tea_bags")


def test_an_agenda_can_name_kpis_of_the_teams_own_file(tmp_path: Path) -> None:
    agenda = write_agenda(tmp_path, VALID_AGENDA.replace('id = "acos"', 'id = "sales_per_session"'))
    (agenda.parent / "kpis.toml").write_text(OWN, encoding="utf-8")

    read, problems = read_agenda(agenda)

    assert read is not None, [each.translate() for each in problems]


def test_a_fault_of_the_teams_own_file_is_a_problem_of_its_agenda(tmp_path: Path) -> None:
    agenda = write_agenda(tmp_path, VALID_AGENDA)
    (agenda.parent / "kpis.toml").write_text("[[kpis]]\nid = 'new'\n", encoding="utf-8")

    read, problems = read_agenda(agenda)

    assert read is None
    assert {Path(each.file).name for each in problems} == {"kpis.toml"}


def test_the_agenda_overrides_targets_and_owners(tmp_path: Path) -> None:
    agenda = write_agenda(tmp_path, VALID_AGENDA)
    (agenda.parent / "kpis.toml").write_text(
        "[[kpis]]\nid = 'acos'\nat_most = 30\nowner = 'lin'\n", encoding="utf-8"
    )
    read, _problems = read_agenda(agenda)
    assert read is not None
    definitions, _doubts = read_definitions(agenda.parent, ["lin"])

    card = calculate_scorecard(
        PreparedData(),
        definitions,
        read.kpis,
        week=Week(end=SUNDAY),
        marketplaces=(),
        rates=None,
    )

    only = card.one(KpiId("acos"))
    assert only is not None
    assert only.target == Target(at_most=25, strict=True)
    assert card.owners == ((KpiId("acos"), "mei"),)
