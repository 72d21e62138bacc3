"""Faults of an agenda: each with its place, and all at once."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.adapters.agenda_file import read_agenda
from tests.adapters.valid_agenda import VALID_AGENDA as VALID
from tests.adapters.valid_agenda import diagnostics_of, write_agenda
from tests.adapters.valid_agenda import edited_agenda as edited

SECOND_OPTION = '[[decisions.options]]\nid = "B"\ntitle = "Leave it"\n'
OCCASION = """
[[data.occasions]]
first_day = 2026-10-06
last_day = 2026-10-07
what = "促销"
"""
FAULTS = [
    (edited('title = "Weekly review"', "title = 3"), "title, line 2", "found 3"),
    (edited('title = "Weekly review"', 'title = " "'), "title, line 2", "not empty"),
    (edited("minutes = 60", "minuets = 60"), "minuets, line 6", "Did you mean minutes?"),
    (edited("minutes = 60", "minuets = 60"), "minutes", "is missing"),
    (edited("minutes = 60", "minutes = true"), "minutes, line 6", "found true"),
    (edited('series = "weekly"', 'series = "../x"'), "series, line 3", "part of a path"),
    (edited("2026-11-23T10:00:00", "2026-11-23"), "starts, line 4", "date and time"),
    (edited("2026-11-23T10:00:00", "0001-01-01T00:00:00+10:00"), "starts, line 4", "out of range"),
    (edited("Europe/Berlin", "Mars/Olympus"), "timezone, line 5", "Mars/Olympus"),
    (edited("Europe/Berlin", "../../etc/passwd"), "timezone, line 5", "time zone"),
    (edited("Europe/Berlin", "Europe"), "timezone, line 5", "time zone"),
    (edited('name = "Lin"', ""), "people[1].name, line 14", "is missing"),
    (edited('id = "lin"', 'id = "mei"'), "people[1].id, line 15", "listed twice"),
    (edited('"recorder", "decider"', '"recordr"'), "people[1].duties[0], line 17", "recorder?"),
    (edited('"recorder", "decider"', '"timekeeper"'), "people[1].duties, line 17", "Han Mei"),
    (edited("hourly_rate = 80", "hourly_rate = nan"), "people[0].hourly_rate, line 11", "nan"),
    (edited('lead = "lin"', 'lead = "li"'), "items[0].lead, line 23", "mei, lin"),
    (edited('kind = "decisions"', 'kind = "talk"'), "items[1].kind, line 30", "kpi_review"),
    (edited('module = "listings"', 'module = "listing"'), "items[1].module, line 32", "listings?"),
    (edited("minutes = 20", "minutes = 0"), "items[0].minutes, line 22", "from 1 to 480"),
    (edited("minutes = 20", "minutes = 60"), "items, line 19", "items take 90 minutes"),
    (edited('id = "stock"', 'id = "ads"'), "items[2].id, line 37", "listed twice"),
    (VALID[: VALID.index("[[items]]")], "", "no items"),
    (edited('id = "acos"', 'id = "acso"'), "kpis[0].id, line 43", "acos"),
    (edited("at_most = 25\n", "at_most = inf\n"), "kpis[0].at_most, line 44", "a number"),
    (edited("at_most = 25\n", "at_least = 2\nat_most = 1\n"), "kpis[0].at_least", "above"),
    (edited('owner = "mei"', 'owner = "may"'), "kpis[0].owner, line 46", "“may”"),
    (edited('marketplace = "DE"', 'marketplace = "ZZ"'), "kpis[0].marketplaces[0]", "“ZA”?"),
    (edited('marketplace = "DE"', 'marketplace = 3'), "kpis[0].marketplaces[0]", "such as US"),
    (edited("at_most = 28.5", ""), "kpis[0].marketplaces[0], line 48", "needs at_most"),
    (edited('proposer = "mei"', 'proposer = "x"'), "decisions[0].proposer, line 57", "“x”"),
    (edited('decider = "lin"', 'decider = "x"'), "decisions[0].decider, line 58", "“x”"),
    (edited('recommended = "A"', 'recommended = "C"'), "decisions[0].recommended, line 59", "“C”"),
    (edited('id = "B"', 'id = "A"'), "decisions[0].options[1].id, line 70", "listed twice"),
    (edited(SECOND_OPTION, ""), "decisions[0], line 52", "at least two options"),
    (edited('"../weekly/data"', '"../../../x"'), "data.folder, line 74", "outside the workspace"),
    (edited('"../weekly/data"', '"/etc"'), "data.folder, line 74", "outside the workspace"),
    (edited('"saturday"', '"Sat"'), "data.week_ends_on, line 75", "monday"),
    (edited('["US", "DE"]', '["US", "XX"]'), "data.marketplaces[1], line 77", "“XX”"),
    (edited('["US", "DE"]', '["US", "ZZ"]'), "data.marketplaces[1], line 77", "mean “ZA”?"),
    (edited('["US", "DE"]', '["US", "Germany"]'), "data.marketplaces[1], line 77", "US, CA, MX"),
    (edited('["US", "DE"]', '["ALL"]'), "data.marketplaces[0], line 77", "Unknown marketplace"),
    (edited('marketplaces = ["DE"]', 'marketplaces = ["de"]'), "data.reports[", "“DE”?"),
    (VALID + OCCASION + 'marketplaces = ["XK"]', "data.occasions[0].marketplaces[0]", "“XK”"),
    (edited('["US", "DE"]', '"US"'), "data.marketplaces, line 77", "a list"),
    (edited('"saturday"', '"saturday"\ntimezone = "Mars"'), "data.timezone, line 76", "Mars"),
    (edited('"saturday"', '"saturday"\nswing = -1'), "data.swing, line 76", "percent"),
    (edited('"saturday"', '"saturday"\nyear_starts_in = 13'), "data.year_starts_in", "1 to 12"),
    (VALID + OCCASION.replace("-07", "-05"), "data.occasions[0].last_day", "before the first"),
    (VALID + OCCASION.replace("2026-10-07", '"x"'), "data.occasions[0].last_day", "a date"),
    (VALID + OCCASION.replace('what = "促销"', ""), "data.occasions[0].what", "is missing"),
    (edited('base = "USD"', 'base = "usd"'), "data.rates.base, line 86", "such as USD"),
    (edited("EUR = 1.15", "EUR = 0"), "data.rates.per_unit, line 89", "above 0"),
    (edited("EUR = 1.15", "EUR = nan"), "data.rates.per_unit, line 89", "above 0"),
    ("people = 3\n" + VALID.replace("[[people]]", "[[x]]"), "people, line 1", "a list"),
    ("people = [3]\n" + VALID.replace("[[people]]", "[[x]]"), "people[0], line 1", "a table"),
    ("a = 1\na = 2\n", "line 2", "not valid TOML"),
    ("title = \n", "line 1, column 9", "not valid TOML"),
    ("a = " + "9" * 5000, "", "not valid TOML"),
    ("a = " + "[" * 5000, "", "nested too deeply"),
    (b"title = 1\nname = '\xff'\n", "line 2", "UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "said"), FAULTS, ids=[f"{x[1]} {x[2]}" for x in FAULTS])
def test_a_fault_is_an_error_with_its_place(
    tmp_path: Path, text: str | bytes, place: str, said: str
) -> None:
    agenda, problems = read_agenda(write_agenda(tmp_path, text))

    here = [
        each.translate() for each in problems if each.is_error and each.place().startswith(place)
    ]
    assert agenda is None
    assert any(said in each for each in here), [each.translate() for each in problems]


WARNINGS = [
    (edited("minutes = 60", "minutes = 90"), "minutes, line 6", "45 to 60"),
    (edited('duties = ["recorder", "decider"]', ""), "people", "No decider is named"),
    (edited('duties = ["recorder", "decider"]', ""), "people", "No recorder is named"),
    (edited('recommended = "A"', ""), "decisions[0], line 52", "no recommendation"),
    (edited('module = "supply_chain"', ""), "items", "No item is about supply chain"),
]


@pytest.mark.parametrize(("text", "place", "said"), WARNINGS, ids=[x[2] for x in WARNINGS])
def test_a_warning_does_not_keep_an_agenda_from_being_read(
    tmp_path: Path, text: str, place: str, said: str
) -> None:
    agenda, problems = read_agenda(write_agenda(tmp_path, text))

    assert agenda is not None
    assert any(each.place().startswith(place) and said in each.translate() for each in problems)


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    text = edited("minutes = 60", "minutes = '60'")
    text = text.replace('name = "Lin"', "nmae = 1").replace('lead = "lin"', 'lead = "x"')
    text = text.replace('"saturday"', "6").replace('id = "acos"', 'id = "x"')

    places = {
        each.place().split(",")[0] for each in diagnostics_of(tmp_path, text) if each.is_error
    }

    assert places == {
        "minutes", "people[1].nmae", "people[1].name", "items[0].lead", "data.week_ends_on",
        "kpis[0].id",
    }  # fmt: skip


def test_a_person_with_an_unrelated_fault_can_be_referred_to(tmp_path: Path) -> None:
    problems = diagnostics_of(tmp_path, edited('name = "Lin"', ""))

    assert [each.place() for each in problems if each.is_error] == ["people[1].name, line 14"]


def test_a_table_header_inside_a_string_does_not_shift_line_numbers(tmp_path: Path) -> None:
    text = edited("Out of budget by noon.", "[[items]]\nOut of budget").replace('"saturday"', "1")

    assert diagnostics_of(tmp_path, text)[0].place() == "data.week_ends_on, line 76"


LINES = VALID.splitlines()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    at=st.integers(0, len(LINES) - 1),
    value=st.sampled_from(
        ["1e400", "-1", "nan", "[]", "[[1]]", "{}", "{a={b=1}}", '""', "1979-05-27", "07:32:00",
         "9" * 400, "9999-12-31T23:59:59", "0001-01-01T00:00:00Z", "[{}]", "true", '"\\u0007"']
    ),
)  # fmt: skip
def test_no_value_anywhere_makes_the_reader_raise(tmp_path: Path, at: int, value: str) -> None:
    key, equals, _ = LINES[at].partition(" = ")
    lines = [*LINES[:at], f"{key} = {value}" if equals else "", *LINES[at + 1 :]]

    agenda, problems = read_agenda(write_agenda(tmp_path, "\n".join(lines)))

    assert (agenda is None) == any(each.is_error for each in problems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_no_bytes_make_the_reader_raise(tmp_path: Path, text: bytes) -> None:
    assert read_agenda(write_agenda(tmp_path, text))[0] is None
