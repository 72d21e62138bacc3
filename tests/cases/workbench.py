"""An agenda folder with exports, and what the commands say of it for one week.

Every case is about the KPI week of 16–22 November 2026, looked at on the Monday after it.
"""

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

CASES = Path(__file__).parent / "reports"
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
"""Noon of the Monday in Shanghai; still the Sunday in the United States."""
WEEK_END = "2026-11-22"
DAYS = tuple(date(2026, 11, 16) + timedelta(days=number) for number in range(7))
"""The days of the KPI week."""

AGENDA = """
title = "Weekly"
series = "weekly"
starts = {starts}
timezone = "Asia/Shanghai"
minutes = 60
language = "en"
currency = "CNY"

[[people]]
id = "boss"
name = "Boss"
duties = ["decider", "facilitator", "recorder", "timekeeper"]

[[items]]
id = "kpis"
title = "KPIs"
kind = "kpi_review"
minutes = 20
lead = "boss"
{kpis}

[data]
folder = "data"
marketplaces = [{marketplaces}]
{data}
"""


class Printed(Struct, frozen=True):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class Answer(Struct, frozen=True):
    """The answer of `facilitator kpi NAME --json`."""

    code: int
    fields: dict[str, Any]

    def series(self, kpi: str, where: str = "ALL") -> dict[str, Any]:
        """Return the fields of a KPI in a marketplace."""
        for each in self.fields["kpis"]:
            if (each["kpi"], each["marketplace"], each["of_currency"]) == (kpi, where, None):
                return dict(each)
        return {}

    def history(self, kpi: str, where: str = "ALL") -> list[float | None]:
        """Return the values of a KPI week by week, rounded to one digit."""
        weeks = self.series(kpi, where).get("history", ())
        return [each["value"] and round(each["value"], 1) for each in weeks]

    def value(self, kpi: str, where: str = "ALL") -> float | None:
        """Return the value of a KPI, rounded to one digit; None where it has none."""
        value = self.series(kpi, where).get("value")
        return None if value is None else round(value, 1)

    def sums(self, kpi: str, where: str = "ALL") -> tuple[float | None, float | None]:
        """Return the numerator and the denominator of a KPI."""
        fields = self.series(kpi, where)
        pair = fields.get("numerator"), fields.get("denominator")
        return tuple(each if each is None else round(each, 2) for each in pair)  # type: ignore[return-value]

    @property
    def files(self) -> list[str]:
        """The files that something is said about, in the order of what is said."""
        return [each["file"] for each in self.fields["problems"]]

    def said(self, file: str) -> str:
        """Return everything said about a file, a line for each problem."""
        return "\n".join(
            " ".join(filter(None, (each["place"], each["message"], each["hint"])))
            for each in self.fields["problems"]
            if each["file"] == file
        )

    def errors(self, file: str) -> int:
        """Return the number of errors that a file has."""
        return sum(
            each["severity"] == "error" for each in self.fields["problems"] if each["file"] == file
        )


class Workbench:
    """An agenda folder in a workspace; the commands run in this process."""

    def __init__(self, workspace: Path, run: Callable[..., Printed]) -> None:
        self.folder = workspace / "agendas" / "weekly"
        self._workspace = workspace
        self._run = run

    def copy(self, case: str) -> "Workbench":
        """Take the agenda and the exports of a case."""
        shutil.copytree(CASES / case, self.folder)
        return self

    def make(
        self,
        files: Mapping[str, str | bytes],
        *marketplaces: str,
        data: str = "",
        kpis: str = "",
        starts: str = "2026-11-23T14:00:00",
    ) -> "Workbench":
        """Write an agenda and exports; `data` and `kpis` are more lines of the agenda."""
        self.folder.mkdir(parents=True)
        named = ", ".join(f'"{each}"' for each in marketplaces or ("US",))
        text = AGENDA.format(marketplaces=named, data=data, kpis=kpis, starts=starts)
        (self.folder / "agenda.toml").write_text(text, encoding="utf-8")
        for name, content in files.items():
            self.write(name, content)
        return self

    def ask_for(self, kind: str, *marketplaces: str) -> "Workbench":
        """Let the agenda of a case ask for a report, so that `check` has a line about it."""
        with (self.folder / "agenda.toml").open("a", encoding="utf-8") as agenda:
            agenda.write("\n" + wants(kind, *marketplaces))
        return self

    def write(self, name: str, content: str | bytes) -> Path:
        """Write an export below the data folder."""
        path = self.folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def kpi(self, week: str = WEEK_END) -> Answer:
        """Return the answer of `facilitator kpi` in JSON."""
        printed = self._run("kpi", "weekly", "--week", week, "--json", at=self._workspace)
        return Answer(printed.code, json.loads(printed.out))

    def table(self, week: str = WEEK_END) -> str:
        """Return the table that `facilitator kpi` prints."""
        return self._run("kpi", "weekly", "--week", week, at=self._workspace).out

    def check(self) -> Printed:
        """Return what `facilitator check` prints of the KPI week."""
        return self._run("check", "weekly", "--week", WEEK_END, at=self._workspace)

    def lobby(self) -> str:
        """Return what the lobby would say now: as `check` does, of the week before today."""
        return self._run("check", "weekly", at=self._workspace).out

    def inspect(self, *names: str, week: str = WEEK_END) -> tuple[int, list[dict[str, Any]]]:
        """Return the exit code and the answers of `facilitator inspect` for some exports."""
        files = [self.folder / "data" / name for name in names]
        printed = self._run("inspect", *files, "--week", week, "--json", at=self._workspace)
        return printed.code, json.loads(printed.out)

    def inspected(self, name: str) -> dict[str, Any]:
        """Return the answer of `facilitator inspect` for one export of one report."""
        _code, (fields,) = self.inspect(name)
        return fields


def left_out(fields: Mapping[str, Any], reason: str) -> dict[str, tuple[float, int]]:
    """Return amount and rows by measure that an inspected file has left out for a reason."""
    return {
        each["measure"]: (round(each["amount"], 2), each["rows"])
        for each in fields["left_out"]
        if each["reason"] == reason
    }


def total(fields: Mapping[str, Any], measure: str) -> float:
    """Return what an inspected file counts of a measure, in all marketplaces."""
    amounts = (each["amount"] for each in fields["totals"] if each["measure"] == measure)
    return round(float(sum(amounts)), 2)


def wants(kind: str, *marketplaces: str) -> str:
    """Return the lines of an agenda that ask for a report."""
    named = ", ".join(f'"{each}"' for each in marketplaces or ("US",))
    return f'[[data.reports]]\nkind = "{kind}"\nmarketplaces = [{named}]\nmax_age_days = 30\n'


def ready_lines(printed: Printed) -> list[str]:
    """Return what `facilitator check` calls ready, apart from the agenda and the last meeting."""
    mark = "✓ ready  "
    lines = (line for line in printed.out.splitlines() if line.startswith(mark))
    return [line for line in lines if not line.startswith((f"{mark}Agenda", f"{mark}From last"))]
