"""What all tables of an agenda keep to where they name each other."""

from collections.abc import Collection, Sequence

from facilitator.adapters.strict_toml import Faults
from facilitator.domain.errors import N_, message


def unique(names: Sequence[str], place: str, faults: Faults, key: str = "id") -> None:
    """No name of a list may stand there twice."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name and name in seen:
            faults.add(
                f"{place}[{index}].{key}",
                message(N_("“{name}” stands here a second time."), name=name),
            )
        seen.add(name)


def known(person: str | None, people: Collection[str], place: str, faults: Faults) -> None:
    """A person who is named must be among the people."""
    if person is not None and person not in people:
        faults.add(
            place,
            message(N_("“{person}” is not the id of anybody among the people."), person=person),
            message(N_("Use one of {people}."), people=", ".join(people)) if people else None,
        )


def known_kpi(kpi: str | None, kpis: Collection[str], place: str, faults: Faults) -> None:
    """A KPI that is named must be defined."""
    if kpi and kpi not in kpis:
        faults.add(
            place,
            message(N_("Nobody has defined the KPI “{kpi}”."), kpi=kpi),
            message(N_("Use one of {kpis}."), kpis=", ".join(kpis)),
        )
