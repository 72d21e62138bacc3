"""Readiness lines about what earlier meetings left."""

from datetime import timedelta

from msgspec.structs import replace

from facilitator.domain.carry_over import CarryOver
from facilitator.domain.incident import IncidentId, Recipient
from facilitator.domain.people import PersonId
from facilitator.domain.risk import RiskId, RiskState
from facilitator.session.carry_over_checks import carry_over_checks
from facilitator.session.readiness_check import Readiness
from tests.factories import ON, OPENED, agenda, carried, incident_draft, risk_draft


def check_lines(prepared, left: CarryOver) -> list[tuple[Readiness, str]]:
    return [(each.readiness, each.translate()) for each in carry_over_checks(prepared, left, ON)]


def test_risks_are_counted_by_state_and_warn_where_one_is_out_of_control():
    watched = replace(risk_draft(), id=RiskId("R1"))
    wild = replace(watched, id=RiskId("R2"), state=RiskState.OUT_OF_CONTROL)
    assert check_lines(agenda(), CarryOver(risks=(watched,))) == [
        (Readiness.READY, "out of control: 0, watch: 1, under control: 0")
    ]
    assert check_lines(agenda(), CarryOver(risks=(watched, wild))) == [
        (Readiness.WARNING, "out of control: 1, watch: 1, under control: 0")
    ]


def test_a_decision_without_a_decider_is_reported_where_nobody_has_that_duty():
    assert not any("no decider" in line for _readiness, line in check_lines(agenda(), carried()))
    nobody = replace(agenda(), people=tuple(replace(each, duties=()) for each in agenda().people))
    asked = [line for _readiness, line in check_lines(nobody, carried()) if "no decider" in line]
    assert [line.partition("”")[0] for line in asked] == [
        "“Drop the blue lid?",
        "“Raise the bids in Germany?",
        "“Send 400 units by air?",
    ]
    first, *others = nobody.decisions
    named = replace(nobody, decisions=(replace(first, decider=PersonId("tom")), *others))
    assert (
        len([line for _readiness, line in check_lines(named, carried()) if "no decider" in line])
        == 2
    )


def test_an_incident_that_somebody_was_told_of_late_is_a_warning():
    told = tuple((each, OPENED + timedelta(hours=6, minutes=5)) for each in Recipient)
    incident = incident_draft(id=IncidentId("I1"), told=told)
    carried = CarryOver(incidents=(incident,))
    (check,) = (
        each
        for each in carry_over_checks(agenda(), carried, ON)
        if each.title.translate() == "Incident I1"
    )
    assert check.readiness is Readiness.WARNING
    assert (
        check.translate()
        .replace("\N{NO-BREAK SPACE}", " ")
        .endswith("told late: supervisor by 5 h 5 min, boss by 5 h 5 min")
    )
