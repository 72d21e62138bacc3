"""The commands `check`, `kpi` and `inspect`."""

import json
import os
from datetime import date
from pathlib import Path

import pytest


def worst_export(demo: Path) -> Path:
    return next((demo / "agendas/weekly/data/DE").glob("search-term-*.csv"))


def test_check_names_a_report_that_is_missing(run, demo):
    for file in demo.glob("agendas/weekly/data/*/business-report-*"):
        file.unlink()

    printed = run("check", "weekly", at=demo)

    assert printed.code == 1
    assert "✗ not ready  Business Report" in printed.out


def test_check_reports_every_fault_of_an_agenda_at_once_with_its_place(run, demo):
    file = demo / "agendas/weekly/agenda.toml"
    faulty = file.read_text("utf-8").replace('lead = "', 'leader = "')
    file.write_text(faulty, encoding="utf-8")

    printed = run("check", "weekly", at=demo)

    assert printed.code == 1
    assert "items[0].leader" in printed.out
    assert printed.out.count("✗") == faulty.count('leader = "')


def test_check_lists_more_problems_than_the_lobby_does(run, demo):
    rows = worst_export(demo).read_text("utf-8-sig").splitlines()
    for number in range(20):
        damaged = [rows[0], rows[1].replace(",EUR,", f",EUR{number},")]
        (demo / f"agendas/weekly/data/DE/again-{number}.csv").write_text("\n".join(damaged))

    printed = run("check", "weekly", at=demo)

    assert all(f"again-{number}.csv" in printed.out for number in range(20))


def test_check_reports_a_country_without_known_holidays(run, demo):
    file = demo / "agendas" / "weekly" / "agenda.toml"
    known = file.read_text(encoding="utf-8")
    assert "No holidays are known" not in run("check", "weekly", at=demo).out
    file.write_text(known.replace('country = "CN"', 'country = "ZZ"'), encoding="utf-8")
    assert "country “ZZ”" in run("check", "weekly", at=demo).out
    file.write_text(known.replace('country = "CN"', 'country = "china"'), encoding="utf-8")
    printed = run("check", "weekly", at=demo)
    assert (printed.code, "a country code such as CN" in printed.out) == (1, True)


@pytest.mark.parametrize("named", ["weekly", "agendas/weekly", "agendas/weekly/agenda.toml"])
def test_an_agenda_is_found_by_its_name_its_folder_or_its_path(run, demo, named):
    assert run("check", named, at=demo).code == 0


def test_an_agenda_is_found_from_deep_inside_the_workspace(run, demo):
    assert run("check", "weekly", at=demo / "agendas" / "weekly" / "data" / "DE").code == 0


def test_an_unknown_agenda_is_reported_with_those_that_exist(run, demo):
    printed = run("check", "weakly", at=demo)

    assert (printed.code, printed.out) == (1, "")
    assert printed.err == "There is no agenda “weakly”. Agendas: weekly, weekly-zh.\n"


def test_a_name_too_long_for_a_file_is_a_readable_error(run, demo):
    printed = run("check", "a" * 5000, at=demo)

    assert printed.code == 1
    assert printed.err.count("\n") == 1


def test_kpi_prints_figures_targets_and_the_status_in_words(run, demo):
    printed = run("kpi", "weekly", at=demo)

    assert (printed.code, printed.err) == (0, "")
    lines = printed.out.splitlines()
    row = lines.index(next(line for line in lines if line.startswith("ACoS")))
    assert "on target" in lines[row]
    german = lines[row + 1]
    assert german.split()[0] == "DE"
    assert "30.9" in german
    assert "≤ 25" in german.replace("\N{NO-BREAK SPACE}", " ")
    assert "▲ off target" in german
    assert "█" in german


def test_kpi_in_json_is_complete_and_stable(run, demo):
    printed = run("kpi", "weekly", "--json", at=demo)

    answer = json.loads(printed.out)
    assert list(answer) == [
        "title",
        "series",
        "week_start",
        "week_end",
        "kpis",
        "definitions",
        "problems",
    ]
    assert (
        date.fromisoformat(answer["week_end"]) - date.fromisoformat(answer["week_start"])
    ).days == 6
    acos = next(
        each for each in answer["kpis"] if (each["kpi"], each["marketplace"]) == ("acos", "DE")
    )
    assert acos["value"] == pytest.approx(30.9, abs=0.05)
    assert acos["target"] == {"at_most": 25.0, "at_least": None, "strict": False}
    assert acos["status"] == "off_target"
    assert acos["owner"] == "zhao"
    assert [week["week_end"] for week in acos["history"]][-1] == answer["week_end"]
    assert len(acos["history"]) == 13


def test_a_kpi_without_a_value_says_why_and_is_never_zero(run, demo):
    for file in demo.glob("agendas/weekly/data/DE/search-term-*"):
        file.unlink()

    answer = json.loads(run("kpi", "weekly", "--json", at=demo).out)

    total = next(each for each in answer["kpis"] if each["kpi"] == "acos")
    assert (total["value"], total["status"]) == (None, "missing")
    assert total["missing"]


def test_kpi_prints_problems_to_stderr(run, demo):
    (demo / "agendas/weekly/data/broken.csv").write_bytes(b"no,report\n1,2\n")

    printed = run("kpi", "weekly", "--json", at=demo)

    assert printed.code == 1
    assert json.loads(printed.out)["problems"][0]["file"] == "broken.csv"
    assert printed.err.startswith("broken.csv: ")


def test_kpi_of_a_broken_agenda_says_what_is_broken(run, demo):
    (demo / "agendas/weekly/agenda.toml").write_text("title = 3\n")

    printed = run("kpi", "weekly", at=demo)

    assert (printed.code, printed.out) == (1, "")
    assert "title" in printed.err


def test_kpi_speaks_chinese_when_asked(run, demo):
    printed = run("kpi", "weekly-zh", "--lang", "zh_CN", at=demo)

    assert printed.code == 0
    assert "未达标" in printed.out or "偏离" in printed.out


def test_inspect_prints_the_type_and_contents_of_a_report(run, demo):
    file = worst_export(demo)

    printed = run("inspect", file, at=demo)

    assert (printed.code, printed.err) == (0, "")
    rows = len(file.read_text("utf-8-sig").splitlines()) - 1
    assert printed.out.startswith(f"{file}\n")
    assert "(search-term)" in printed.out
    assert f"{rows} read, {rows} sound, 0 refused" in printed.out
    assert "marketplaces: DE" in printed.out
    assert "currencies: EUR" in printed.out
    assert "header in row 1" in printed.out


def test_inspect_in_json_adds_each_measure_up(run, demo):
    file = worst_export(demo)
    header, *rows = (line.split(",") for line in file.read_text("utf-8-sig").splitlines())
    spend = sum(float(row[header.index("花费")]) for row in rows)

    printed = run("inspect", "--json", file, at=demo)

    (answer,) = json.loads(printed.out)
    assert answer["usable"] is True
    totals = {total["measure"]: total for total in answer["totals"]}
    assert totals["ad_spend"]["amount"] == pytest.approx(spend)
    assert totals["ad_spend"]["currency"] == "EUR"
    assert answer["rows_read"] == answer["rows_kept"] == len(rows)


def test_inspect_names_the_row_and_the_column_of_a_problem(run, demo):
    file = worst_export(demo)
    lines = file.read_text("utf-8-sig").splitlines()
    cells = lines[4].split(",")
    cells[lines[0].split(",").index("花费")] = "twelve"
    lines[4] = ",".join(cells)
    file.write_text("\n".join(lines), encoding="utf-8")

    (answer,) = json.loads(run("inspect", "--json", file, at=demo).out)

    assert answer["rows_refused"] == 1
    (problem,) = answer["problems"]
    assert "5" in problem["place"]
    assert "花费" in problem["place"]


def test_kpi_and_inspect_name_the_nearest_kpi_of_a_misspelt_one(run, demo):
    file = demo / "agendas/weekly/data/kpi_values.csv"
    text = file.read_text("utf-8")
    file.write_text(text + "2026-11-22,UK,FBA fee shares,17.5,\n", encoding="utf-8")

    for command in (("kpi", "weekly"), ("inspect", file)):
        printed = run(*command, at=demo)
        told = printed.out + printed.err
        assert "Unknown KPI “FBA fee shares”. Did you mean “fba_fee_share”?" in told


def test_inspect_fails_if_one_of_the_files_is_unusable(run, demo):
    (demo / "shopping.csv").write_text("milk,eggs\n1,12\n")

    printed = run("inspect", worst_export(demo), "shopping.csv", "not-there.csv", at=demo)

    assert printed.code == 1
    assert "(search-term)" in printed.out
    assert printed.out.count("error:") == 2


def test_inspect_prints_the_configuration_that_an_unknown_file_needs(run, demo):
    file = worst_export(demo)
    file.write_text(file.read_text("utf-8-sig").replace("花费", "我的花费"), encoding="utf-8")

    unknown = run("inspect", file, at=demo)

    assert unknown.code == 1
    assert "these columns are missing: Spend" in unknown.out
    lines = [line[4:] for line in unknown.out.splitlines() if line.startswith("    ")]
    assert lines == ["[kinds.search-term.columns]", 'ad_spend = ["我的花费"]']

    agenda = next(up for up in file.parents if (up / "agenda.toml").is_file())
    (agenda / "reports.toml").write_text("\n".join(lines), encoding="utf-8")

    assert run("inspect", file, at=demo).code == 0
    assert "我的花费" not in run("check", agenda, at=demo).out


def test_a_fault_in_custom_reports_is_reported_with_its_line(run, demo):
    file = worst_export(demo)
    agenda = next(up for up in file.parents if (up / "agenda.toml").is_file())
    (agenda / "reports.toml").write_text("[kinds.search-term]\nkolumns = 1\n")

    for printed in (run("inspect", file, at=demo), run("check", agenda, at=demo)):
        assert "reports.toml: kinds.search-term.kolumns, line 2" in printed.out


@pytest.mark.skipif(os.name == "nt", reason="such names are not possible there")
def test_a_file_name_cannot_control_the_terminal(run, demo):
    evil = demo / "[red]\x1b[2Jevil\x07.csv"
    evil.write_text("a,b\n1,2\n")

    printed = run("inspect", evil, at=demo)

    assert "\x1b" not in printed.out + printed.err
    assert "\x07" not in printed.out + printed.err
    assert "[red]" in printed.out
