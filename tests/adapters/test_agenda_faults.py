"""What is wrong with an agenda: each fault with its place, and all of them at once."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.adapters.agenda_file import read_agenda
from tests.adapters.sound_agenda import WHOLE, changed, problems_of, written

SECOND_OPTION = '[[decisions.options]]\nid = "B"\ntitle = "Leave it"\n'
OCCASION = """
[[data.occasions]]
first_day = 2026-10-06
last_day = 2026-10-07
what = "促销"
"""
FAULTS = [
    (changed('title = "Weekly review"', "title = 3"), "title, line 2", "not 3"),
    (changed('title = "Weekly review"', 'title = " "'), "title, line 2", "not empty"),
    (changed("minutes = 60", "minuets = 60"), "minuets, line 6", "Did you mean minutes?"),
    (changed("minutes = 60", "minuets = 60"), "minutes", "is missing"),
    (changed("minutes = 60", "minutes = true"), "minutes, line 6", "not true"),
    (changed('series = "weekly"', 'series = "../x"'), "series, line 3", "part of a path"),
    (changed("2026-11-23T10:00:00", "2026-11-23"), "starts, line 4", "date and time"),
    (changed("2026-11-23T10:00:00", "0001-01-01T00:00:00+10:00"), "starts, line 4", "out of range"),
    (changed("Europe/Berlin", "Mars/Olympus"), "timezone, line 5", "Mars/Olympus"),
    (changed("Europe/Berlin", "../../etc/passwd"), "timezone, line 5", "time zone"),
    (changed("Europe/Berlin", "Europe"), "timezone, line 5", "time zone"),
    (changed('name = "Lin"', ""), "people[1].name, line 14", "is missing"),
    (changed('id = "lin"', 'id = "mei"'), "people[1].id, line 15", "a second time"),
    (changed('"recorder", "decider"', '"recordr"'), "people[1].duties[0], line 17", "recorder?"),
    (changed('"recorder", "decider"', '"timekeeper"'), "people[1].duties, line 17", "Han Mei"),
    (changed("hourly_rate = 80", "hourly_rate = nan"), "people[0].hourly_rate, line 11", "nan"),
    (changed('lead = "lin"', 'lead = "li"'), "items[0].lead, line 23", "mei, lin"),
    (changed('kind = "decisions"', 'kind = "talk"'), "items[1].kind, line 30", "kpi_review"),
    (changed('module = "listings"', 'module = "listing"'), "items[1].module, line 32", "listings?"),
    (changed("minutes = 20", "minutes = 0"), "items[0].minutes, line 22", "from 1 to 480"),
    (changed("minutes = 20", "minutes = 60"), "items, line 19", "add up to 90 minutes"),
    (changed('id = "stock"', 'id = "ads"'), "items[2].id, line 37", "a second time"),
    (WHOLE[: WHOLE.index("[[items]]")], "", "no items"),
    (changed('id = "acos"', 'id = "acso"'), "kpis[0].id, line 43", "acos"),
    (changed("at_most = 25\n", "at_most = inf\n"), "kpis[0].at_most, line 44", "a number"),
    (changed("at_most = 25\n", "at_least = 2\nat_most = 1\n"), "kpis[0].at_least", "above"),
    (changed('owner = "mei"', 'owner = "may"'), "kpis[0].owner, line 46", "“may”"),
    (changed('marketplace = "DE"', 'marketplace = "GB"'), "kpis[0].marketplaces[0]", "UK"),
    (changed("at_most = 28.5", ""), "kpis[0].marketplaces[0], line 48", "neither"),
    (changed('proposer = "mei"', 'proposer = "x"'), "decisions[0].proposer, line 57", "“x”"),
    (changed('decider = "lin"', 'decider = "x"'), "decisions[0].decider, line 58", "“x”"),
    (changed('recommended = "A"', 'recommended = "C"'), "decisions[0].recommended, line 59", "“C”"),
    (changed('id = "B"', 'id = "A"'), "decisions[0].options[1].id, line 70", "a second time"),
    (changed(SECOND_OPTION, ""), "decisions[0], line 52", "at least two options"),
    (changed('"../weekly/data"', '"../../../x"'), "data.folder, line 74", "out of the workspace"),
    (changed('"../weekly/data"', '"/etc"'), "data.folder, line 74", "out of the workspace"),
    (changed('"saturday"', '"Sat"'), "data.week_ends_on, line 75", "monday"),
    (changed('["US", "DE"]', '["US", "XX"]'), "data.marketplaces[1], line 77", "“XX”"),
    (changed('["US", "DE"]', '"US"'), "data.marketplaces, line 77", "a list"),
    (changed('"saturday"', '"saturday"\ntimezone = "Mars"'), "data.timezone, line 76", "Mars"),
    (changed('"saturday"', '"saturday"\nswing = -1'), "data.swing, line 76", "percent"),
    (changed('"saturday"', '"saturday"\nyear_starts_in = 13'), "data.year_starts_in", "1 to 12"),
    (WHOLE + OCCASION.replace("-07", "-05"), "data.occasions[0].last_day", "before the first"),
    (WHOLE + OCCASION.replace("2026-10-07", '"x"'), "data.occasions[0].last_day", "a date"),
    (WHOLE + OCCASION.replace('what = "促销"', ""), "data.occasions[0].what", "is missing"),
    (changed('base = "USD"', 'base = "usd"'), "data.rates.base, line 86", "such as USD"),
    (changed("EUR = 1.15", "EUR = 0"), "data.rates.per_unit, line 89", "above 0"),
    (changed("EUR = 1.15", "EUR = nan"), "data.rates.per_unit, line 89", "above 0"),
    ("people = 3\n" + WHOLE.replace("[[people]]", "[[x]]"), "people, line 1", "a list"),
    ("people = [3]\n" + WHOLE.replace("[[people]]", "[[x]]"), "people[0], line 1", "a table"),
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
    agenda, problems = read_agenda(written(tmp_path, text))

    here = [each.said() for each in problems if each.is_error and each.place().startswith(place)]
    assert agenda is None
    assert any(said in each for each in here), [each.said() for each in problems]


WARNINGS = [
    (changed("minutes = 60", "minutes = 90"), "minutes, line 6", "45 to 60"),
    (changed('duties = ["recorder", "decider"]', ""), "people", "Nobody is the decider"),
    (changed('duties = ["recorder", "decider"]', ""), "people", "Nobody is the recorder"),
    (changed('recommended = "A"', ""), "decisions[0], line 52", "recommends nothing"),
    (changed('module = "supply_chain"', ""), "items", "No item is about supply chain"),
]


@pytest.mark.parametrize(("text", "place", "said"), WARNINGS, ids=[x[2] for x in WARNINGS])
def test_a_weakness_is_told_and_the_agenda_is_read(
    tmp_path: Path, text: str, place: str, said: str
) -> None:
    agenda, problems = read_agenda(written(tmp_path, text))

    assert agenda is not None
    assert any(each.place().startswith(place) and said in each.said() for each in problems)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = changed("minutes = 60", "minutes = '60'")
    text = text.replace('name = "Lin"', "nmae = 1").replace('lead = "lin"', 'lead = "x"')
    text = text.replace('"saturday"', "6").replace('id = "acos"', 'id = "x"')

    places = {each.place().split(",")[0] for each in problems_of(tmp_path, text) if each.is_error}

    assert places == {
        "minutes", "people[1].nmae", "people[1].name", "items[0].lead", "data.week_ends_on",
        "kpis[0].id",
    }  # fmt: skip


def test_a_person_with_another_fault_is_still_known(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, changed('name = "Lin"', ""))

    assert [each.place() for each in problems if each.is_error] == ["people[1].name, line 14"]


def test_what_looks_like_a_table_inside_a_text_does_not_count_as_a_line(tmp_path: Path) -> None:
    text = changed("Out of budget by noon.", "[[items]]\nOut of budget").replace('"saturday"', "1")

    assert problems_of(tmp_path, text)[0].place() == "data.week_ends_on, line 76"


LINES = WHOLE.splitlines()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    at=st.integers(0, len(LINES) - 1),
    value=st.sampled_from(
        ["1e400", "-1", "nan", "[]", "[[1]]", "{}", "{a={b=1}}", '""', "1979-05-27", "07:32:00",
         "9" * 400, "9999-12-31T23:59:59", "0001-01-01T00:00:00Z", "[{}]", "true", '"\\u0007"']
    ),
)  # fmt: skip
def test_no_value_in_any_place_breaks_the_reader(tmp_path: Path, at: int, value: str) -> None:
    key, equals, _ = LINES[at].partition(" = ")
    lines = [*LINES[:at], f"{key} = {value}" if equals else "", *LINES[at + 1 :]]

    agenda, problems = read_agenda(written(tmp_path, "\n".join(lines)))

    assert (agenda is None) == any(each.is_error for each in problems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_no_bytes_break_the_reader(tmp_path: Path, text: bytes) -> None:
    assert read_agenda(written(tmp_path, text))[0] is None
