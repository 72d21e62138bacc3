"""A team's own `reports.toml`: headers for known reports, and reports of its own."""

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.adapters.reports import FileReading, read_custom_reports, read_folder
from facilitator.domain.kpis.facts import Marketplace
from tests.adapters.reports.report_reader import read_one_report

Read = Callable[..., FileReading]

SEARCH = "日期,客户搜索词,点击量,我的花费,7天总销售额\n2026-11-16,press,4,3.50,20.00\n"


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "reports.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def sums(reading: FileReading) -> dict[str, float]:
    return {each.measure: each.amount for each in reading.totals}


def diagnostics(path: Path) -> list[str]:
    return [problem.translate().removeprefix(str(path)) for problem in read_custom_reports(path)[1]]


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_is_added_to_a_known_report(tmp_path: Path, own: Callable[[str], Path]) -> None:
    file = written(tmp_path, "US.csv", SEARCH)
    known, problems = read_custom_reports(
        own('[kinds.search-term.columns]\nad_spend = ["我的花费"]\n')
    )

    assert problems == ()
    assert read_one_report(file).facts == ()
    reading = read_one_report(file, known=known)
    assert reading.source.kind == "search-term"
    assert sums(reading) == {"ad_clicks": 4, "ad_spend": 3.5, "ad_sales": 20}


def test_a_whole_report_is_added_with_a_measure_of_its_own(
    tmp_path: Path, own: Callable[[str], Path]
) -> None:
    known, problems = read_custom_reports(
        own(
            '[numbers]\ncoupons_used = "count"\n'
            '[kinds.coupons]\ntitle = "Coupons"\n'
            "[kinds.coupons.columns]\n"
            'day = ["日期"]\nmarketplace = ["站点"]\n'
            'coupons_used = ["领取数"]\nad_spend = ["费用"]\n'
        )
    )
    file = written(
        tmp_path,
        "coupons.csv",
        "日期,站点,领取数,费用\n2026-11-16,美国,30,4.5\n2026-11-17,US,2,1\n",
    )

    reading = read_one_report(file, known=known)

    assert (problems, reading.problems) == ((), ())
    assert (reading.source.kind, reading.source.title) == ("coupons", "Coupons")
    assert sums(reading) == {"coupons_used": 32, "ad_spend": 5.5}


def test_a_measure_of_the_teams_own_is_read_in_a_known_report(
    tmp_path: Path, own: Callable[[str], Path]
) -> None:
    known, problems = read_custom_reports(
        own(
            '[numbers]\nviews = "count"\n'
            '[kinds.search-term.columns]\nad_spend = ["我的花费"]\nviews = ["浏览"]\n'
        )
    )
    file = written(
        tmp_path, "US.csv", SEARCH.replace("点击量", "浏览,点击量").replace("press,", "press,7,")
    )

    assert problems == ()
    assert sums(read_one_report(file, known=known))["views"] == 7


def test_a_report_of_the_teams_own_may_take_its_week_from_its_name(
    tmp_path: Path, own: Callable[[str], Path]
) -> None:
    known, _ = read_custom_reports(
        own('[kinds.x]\ntitle = "X"\n[kinds.x.columns]\nsku = ["货号"]\nad_spend = ["费用"]\n')
    )

    reading = read_one_report(
        written(tmp_path, "US_2026-W47.csv", "货号,费用\nA,4.5\n"), known=known
    )

    assert (reading.source.kind, sums(reading)) == ("x", {"ad_spend": 4.5})


def test_custom_reports_come_from_the_workspace_and_never_from_the_data_folder(
    tmp_path: Path, own: Callable[[str], Path]
) -> None:
    text = '[kinds.search-term.columns]\nad_spend = ["我的花费"]\n'
    data = tmp_path / "data"
    data.mkdir()
    written(data, "US.csv", SEARCH)
    written(data, "reports.toml", text)

    assert read_folder(data, [Marketplace("US")]).facts == ()
    known, _ = read_custom_reports(own(text))
    assert len(read_folder(data, [Marketplace("US")], known=known).facts) == 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[foo]\n", ": foo, line 1: Unknown key foo."),
        ('kinds = "x"\n', ": kinds, line 1: A table is expected here: [kinds]."),
        *(
            (
                f'[numbers]\n{name} = "count"\n',
                f": numbers.{name}, line 2: This name cannot be used. Choose a new name "
                "for your own measure, such as coupons_used.",
            )
            for name in ("ad_spend", "campaign", "first", "class", "2fast", "Coupons")
        ),
        (
            "[vat_in_total_cost]\nGB = 20\n",
            ": vat_in_total_cost.GB, line 2: Unknown key GB.",
        ),
        (
            "[vat_in_total_cost]\nUK = -1\n",
            ": vat_in_total_cost.UK, line 2: Expected a percentage of 0 or more, but found -1.",
        ),
        (
            '[numbers]\ncoupons = "whole"\n',
            ": numbers.coupons, line 2: Expected one of count, money, amount, share, percent, "
            "rank, id, but found “whole”.",
        ),
        (
            '[kinds.search-term]\ntitel = "x"\n',
            ": kinds.search-term.titel, line 2: Unknown key titel.",
        ),
        (
            '[kinds.search-term.columns]\nad_spent = ["y"]\n',
            ": kinds.search-term.columns.ad_spent, line 2: Unknown key ad_spent. Did you mean "
            "ad_spend?",
        ),
        (
            "[kinds.search-term.columns]\nad_spend = [3]\n",
            ": kinds.search-term.columns.ad_spend[0], line 2: Expected a text in quotes, but "
            "found 3.",
        ),
        (
            '[kinds.search-term.columns]\nad_sales = ["花费"]\n',
            ": kinds.search-term.columns.ad_sales, line 2: The header “花费” is already used for "
            "ad_spend.",
        ),
        (
            '[kinds.x.columns]\nad_spend = ["y"]\n',
            ": kinds.x.title: The key title is missing.",
        ),
        (
            '[kinds.x]\ntitle = "X"\n[kinds.x.columns]\nday = ["y"]\n',
            ": kinds.x, line 1: The report type x has no column with a measure. Add one, such as "
            'ad_spend = ["Spend"].',
        ),
        (
            '[kinds.x]\ntitle = "X"\nrequired = ["sku"]\n[kinds.x.columns]\nad_spend = ["y"]\n',
            ": kinds.x.required, line 3: The report type x has no column sku.",
        ),
        (
            '[kinds.x]\ntitle = "X"\nsame_row = ["sku"]\n[kinds.x.columns]\nad_spend = ["y"]\n',
            ": kinds.x.same_row, line 3: The report type x has no column sku.",
        ),
        ("[kinds.x]\ntitle = X\n", ": line 2, column 9: This is not valid TOML: Invalid value."),
    ],
)
def test_a_fault_is_reported_with_its_place_and_the_packaged_reports_stay(
    own: Callable[[str], Path], text: str, fault: str
) -> None:
    path = own(text)

    assert diagnostics(path) == [fault]
    assert read_custom_reports(path)[0].kind("search-term") is not None
    assert read_custom_reports(path)[0].kind("x") is None


CONSOLE = (
    "Date,Campaign name,Country,Budget currency,Impressions,Clicks,{cost},Purchases,Sales\n"
    "2026-11-16,A,GB,GBP,10,1,12.00,1,9.00\n2026-11-16,A,US,USD,10,1,1.00,1,9.00\n"
)


@pytest.mark.parametrize(("cost", "in_uk"), [("Total cost", 10.0), ("Spend", 12.0)])
def test_vat_is_subtracted_from_the_consoles_ad_cost_where_configured(
    tmp_path: Path, own: Callable[[str], Path], cost: str, in_uk: float
) -> None:
    file = written(tmp_path, "ads.csv", CONSOLE.format(cost=cost))
    known, problems = read_custom_reports(own("[vat_in_total_cost]\nUK = 20\n"))

    def spend(reading: FileReading) -> dict[str, float]:
        return {each.marketplace: each.amount for each in reading.totals if "spend" in each.measure}

    assert problems == ()
    assert spend(read_one_report(file)) == {"UK": 12.0, "US": 1.0}
    assert spend(read_one_report(file, known=known)) == {"UK": in_uk, "US": 1.0}


def test_without_a_file_of_its_own_a_team_has_the_packaged_reports(tmp_path: Path) -> None:
    known, problems = read_custom_reports(tmp_path / "reports.toml")

    assert problems == ()
    assert known.kind("business") is not None


def test_report_types_can_be_pickled(own: Callable[[str], Path]) -> None:
    known, _ = read_custom_reports(own('[kinds.search-term.columns]\nad_spend = ["我的花费"]\n'))

    copied = pickle.loads(pickle.dumps(known))  # noqa: S301

    assert [kind.id for kind in copied.kinds] == [kind.id for kind in known.kinds]


def test_inspect_suggests_configuration_to_paste(
    read: Read, tmp_path: Path, own: Callable[[str], Path]
) -> None:
    advice = read(SEARCH, "US.csv").advice

    assert advice == '[kinds.search-term.columns]\nad_spend = ["我的花费"]'
    known, problems = read_custom_reports(own(advice))
    assert problems == ()
    assert sums(read_one_report(tmp_path / "US.csv", known=known))["ad_spend"] == 3.5


def test_an_unknown_file_gets_the_template_of_a_report(read: Read) -> None:
    reading = read('foo,"b ""q"" [x]"\n1,2\n')

    assert reading.unrecognised == ("foo", 'b "q" [x]')
    assert reading.advice.splitlines()[:5] == [
        "[kinds.my-report]",
        'title = "My report"',
        "",
        "[kinds.my-report.columns]",
        r'# "foo", "b \"q\" [x]"',
    ]


def test_a_complete_report_needs_no_configuration(read: Read) -> None:
    whole = "Date,Campaign Name,Impressions,Clicks,Spend,7 Day Total Sales\n2026-11-16,A,1,1,1,1\n"

    assert read(whole).advice == ""
