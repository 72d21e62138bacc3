"""Incidents that wait for their review, on the readiness list."""

from facilitator.domain.carry_over import CarryOver
from facilitator.domain.incident import IncidentId, Recipient
from facilitator.session.carry_over_checks import carry_over_checks
from facilitator.session.readiness_check import Readiness
from tests.factories import ON, OPENED, agenda, incident_draft


def test_an_incident_with_uninformed_recipients_is_a_warning() -> None:
    half = ((Recipient.BOSS, OPENED),)
    whole = tuple((each, OPENED) for each in Recipient)
    waiting = tuple(
        incident_draft(id=IncidentId(f"I{place}"), told=informed)
        for place, informed in enumerate(((), half, whole), start=1)
    )
    lines = tuple(carry_over_checks(agenda(), CarryOver(incidents=waiting), ON))

    assert [each.readiness for each in lines] == [
        Readiness.WARNING,
        Readiness.WARNING,
        Readiness.READY,
    ]
    assert [str(each.title) for each in lines] == ["Incident I1", "Incident I2", "Incident I3"]
    assert "not yet told: supervisor, boss." in str(lines[0].detail)
    assert "not yet told: supervisor." in str(lines[1].detail)
