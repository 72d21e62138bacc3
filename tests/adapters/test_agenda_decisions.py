"""Prepared decisions of an agenda, their proposals, and the supervisors of people."""

from pathlib import Path

import pytest

from facilitator.adapters.agenda_file import read_agenda
from facilitator.domain.decision import DecisionKind
from facilitator.domain.errors import Diagnostic
from tests.adapters.valid_agenda import edited_agenda, write_agenda

PLACE = "proposed_on = 2026-11-20\n"
REQUEST = """
[decisions.request]
amount = 1000
share = 20
past_roi = 3.2
roi_file = "data/roi.csv"
uplift = 4000
weeks = 8
kpi_to = 25
"""
FORMS = [
    (DecisionKind.REQUEST, REQUEST),
    (DecisionKind.EXPERIMENT, '[decisions.experiment]\nvariant = "B"\nuntil = 2026-12-07\n'),
    (
        DecisionKind.REALLOCATION,
        '[decisions.reallocation]\nsource = "DE"\ntarget = "US"\namount = "$ 500"\n',
    ),
    (DecisionKind.RISK, '[decisions.risk]\nthreat = "No stock"\nsolution = "Air freight"\n'),
]
FAULTS = [
    (edited_agenda(PLACE, f'kpi = "acoz"\n{PLACE}'), "decisions[0].kpi", "acoz"),
    (edited_agenda(PLACE, PLACE + FORMS[1][1] + FORMS[3][1]), "decisions[0]", "only one form"),
    (
        edited_agenda(PLACE, PLACE + FORMS[2][1].replace('"US"', '"DE"')),
        "decisions[0].reallocation",
        "different marketplaces",
    ),
    (
        edited_agenda(PLACE, PLACE + REQUEST.replace("weeks = 8\n", "")),
        "decisions[0].request",
        "Missing in the request: number of weeks",
    ),
    (
        edited_agenda(PLACE, PLACE + REQUEST + "margin = 120\n"),
        "decisions[0].request.margin",
        "",
    ),
    (
        edited_agenda("Advertise in the evening?", "Raise the budget by 20 %?"),
        "decisions[0]",
        "speaks of money, but it is not a request",
    ),
    (
        edited_agenda('name = "Lin"', 'name = "Lin"\nsupervisor = "lin"'),
        "people[1].supervisor",
        "Lin",
    ),
    (
        edited_agenda('name = "Lin"', 'name = "Lin"\nsupervisor = "xu"'),
        "people[1].supervisor",
        "xu",
    ),
    *(
        (edited_agenda(PLACE, PLACE + form.replace(line, "")), place, "is missing")
        for form, line, place in (
            (FORMS[1][1], 'variant = "B"\n', "decisions[0].experiment.variant"),
            (FORMS[2][1], 'amount = "$ 500"\n', "decisions[0].reallocation.amount"),
            (FORMS[3][1], 'threat = "No stock"\n', "decisions[0].risk.threat"),
            (FORMS[3][1], 'solution = "Air freight"\n', "decisions[0].risk.solution"),
        )
    ),
    *(
        (edited_agenda(PLACE, PLACE + REQUEST.replace(old, new)), f"decisions[0].request.{key}", "")
        for key, old, new in (
            ("amount", "= 1000", "= 0"),
            ("share", "= 20", "= -1"),
            ("weeks", "= 8", "= 0"),
        )
    ),
    (
        edited_agenda(PLACE, PLACE + FORMS[2][1].replace("$ 500", "")),
        "decisions[0].reallocation.amount",
        "not empty",
    ),
]


def problems_of(tmp_path: Path, text: str) -> tuple[Diagnostic, ...]:
    return read_agenda(write_agenda(tmp_path, text))[1]


@pytest.mark.parametrize(("kind", "form"), FORMS, ids=[kind for kind, _form in FORMS])
def test_every_kind_of_decision_has_its_table(
    tmp_path: Path, kind: DecisionKind, form: str
) -> None:
    agenda, _problems = read_agenda(write_agenda(tmp_path, edited_agenda(PLACE, PLACE + form)))
    assert agenda is not None
    assert agenda.decisions[0].kind is kind


def test_a_request_is_read_with_all_its_fields(tmp_path: Path) -> None:
    text = edited_agenda(PLACE, f'kpi = "acos"\nmarketplace = "DE"\n{PLACE}{REQUEST}')
    agenda, _problems = read_agenda(write_agenda(tmp_path, text))
    assert agenda is not None
    (asked,) = agenda.decisions
    assert (asked.kpi, asked.marketplace, asked.is_incomplete) == ("acos", "DE", False)
    assert asked.request is not None
    assert asked.request.payback_weeks == 2.0


def test_a_person_may_have_a_supervisor(tmp_path: Path) -> None:
    text = edited_agenda('name = "Lin"', 'name = "Lin"\nsupervisor = "mei"')
    agenda, _problems = read_agenda(write_agenda(tmp_path, text))
    assert agenda is not None
    assert [each.supervisor for each in agenda.people][:2] == [None, "mei"]


@pytest.mark.parametrize(("text", "place", "says"), FAULTS)
def test_a_fault_is_reported_with_its_place(
    tmp_path: Path, text: str, place: str, says: str
) -> None:
    found = problems_of(tmp_path, text)
    assert any(each.key == place and says in str(each.message) for each in found), found


def test_a_decision_and_an_item_can_be_sensitive(tmp_path: Path) -> None:
    text = edited_agenda(PLACE, f"sensitive = true\n{PLACE}").replace(
        "[[items]]\n", "[[items]]\nsensitive = true\n", 1
    )

    agenda, _problems = read_agenda(write_agenda(tmp_path, text))

    assert agenda is not None
    assert agenda.decisions[0].is_sensitive
    assert [each.is_sensitive for each in agenda.items][:2] == [True, False]
