"""The weekly KPIs as a table for other programs."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import polars as pl
import pytest
from msgspec.structs import replace
from openpyxl.worksheet.worksheet import Worksheet

from facilitator.adapters.kpi_export import export_kpis
from facilitator.domain.errors import FacilitatorError
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.kpis.kpi import Target
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.render.language import Language
from tests.scorecard_factories import definition, make_scorecard

HEAD = [
    "week_start", "week_end", "kpi", "name", "marketplace", "of_currency", "unit", "value",
    "target_at_most", "target_at_least", "status", "numerator", "denominator", "currency", "marks",
]  # fmt: skip


def card(name: str = "Conversion") -> Scorecard:
    """Return two weeks of a KPI in total and in the US, where the first is missing."""
    made = make_scorecard(
        {"ALL": (11.5, 12.0), "US": (None, 9.5)},
        kpi=definition(name=name),
        target=Target(at_least=10.0),
    )
    total, us = made.series
    now = replace(us.current, is_partial=True, currency=Currency("USD"))
    return replace(made, series=(total, replace(us, readings=(us.readings[0], now))))


def sheet(file: Path) -> Worksheet:
    """Return the only sheet of a workbook."""
    (found,) = openpyxl.load_workbook(file).worksheets
    return found


def exported(folder: Path, suffix: str, name: str = "Conversion") -> Path:
    file = folder / f"weeks{suffix}"
    export_kpis(card(name), file, Language())
    return file


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".CSV"])
def test_a_row_is_a_kpi_in_a_marketplace_in_a_week(tmp_path: Path, suffix: str) -> None:
    file = exported(tmp_path, suffix)

    if suffix == ".xlsx":
        head, *lines = sheet(file).iter_rows(values_only=True)
        rows: list[dict[str, Any]] = [
            dict(zip(map(str, head), line, strict=True)) for line in lines
        ]
    else:
        table = pl.read_parquet(file) if suffix == ".parquet" else pl.read_csv(file)
        head, rows = tuple(table.columns), table.to_dicts()

    assert list(head) == HEAD
    assert [(row["marketplace"], str(row["week_end"])[:10], row["value"]) for row in rows] == [
        ("ALL", "2026-11-15", 11.5),
        ("ALL", "2026-11-22", 12.0),
        ("US", "2026-11-15", None),
        ("US", "2026-11-22", 9.5),
    ]
    assert [row["status"] for row in rows] == ["on_target", "on_target", "missing", "off_target"]
    assert rows[3] | {"week_start": "", "week_end": ""} == {
        "week_start": "",
        "week_end": "",
        "kpi": "cvr",
        "name": "Conversion",
        "marketplace": "US",
        "of_currency": None,
        "unit": "percent",
        "value": 9.5,
        "target_at_most": None,
        "target_at_least": 10.0,
        "status": "off_target",
        "numerator": 95.0,
        "denominator": 1000.0,
        "currency": "USD",
        "marks": "partial",
    }


def test_a_csv_file_opens_in_excel_as_utf_8(tmp_path: Path) -> None:
    content = exported(tmp_path, ".csv", "转化率").read_bytes()

    assert content.startswith(b"\xef\xbb\xbfweek_start,week_end,kpi")
    assert "2026-11-16,2026-11-22,cvr,转化率,ALL" in content.decode("utf-8-sig")


def test_a_parquet_file_has_types(tmp_path: Path) -> None:
    table = pl.read_parquet(exported(tmp_path, ".parquet"))

    assert (table.schema["week_end"], table.schema["value"]) == (pl.Date(), pl.Float64())
    assert table["week_end"][1] == date(2026, 11, 22)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_text_that_looks_like_a_formula_is_not_calculated(tmp_path: Path, name: str) -> None:
    text = pd.read_csv(exported(tmp_path, ".csv", name))["name"][0]
    cell = sheet(exported(tmp_path, ".xlsx", name))["D2"]

    assert text == cell.value == f"'{name}"
    assert cell.data_type == "s"


def test_numbers_below_zero_stay_numbers(tmp_path: Path) -> None:
    made = make_scorecard({"ALL": (-1.5, -2.5)})
    file = tmp_path / "weeks.xlsx"
    export_kpis(made, file, Language())

    assert sheet(file)["H2"].value == -1.5


def test_a_file_that_is_there_is_replaced_by_force_only(tmp_path: Path) -> None:
    file = exported(tmp_path, ".csv")
    before = file.read_bytes()

    with pytest.raises(FacilitatorError, match="already exists and was not changed"):
        export_kpis(card("Other"), file, Language())
    assert file.read_bytes() == before
    export_kpis(card("Other"), file, Language(), force=True)
    assert b"Other" in file.read_bytes()


def test_no_table_goes_among_the_meetings(tmp_path: Path) -> None:
    meetings = tmp_path / "meetings"
    meetings.mkdir()
    with pytest.raises(FacilitatorError, match="folder of the meetings"):
        export_kpis(card(), meetings / "weeks.csv", Language(), meetings=meetings, force=True)
    assert list(meetings.iterdir()) == []


def test_an_unknown_suffix_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(FacilitatorError, match=r"ends in \.csv, \.xlsx, \.parquet"):
        export_kpis(card(), tmp_path / "weeks.ods", Language())
    assert list(tmp_path.iterdir()) == []
