"""People in words, as the forms read them."""

from facilitator.domain.errors import N_, RuleError
from facilitator.domain.people import Person, PersonId


def find_person(text: str, people: tuple[Person, ...]) -> Person | None:
    """The one person that a text names: by name, by id, or by the beginning of one name."""
    wanted = text.strip().casefold()
    if not wanted:
        return None
    for each in people:
        if wanted in (each.name.casefold(), each.id.casefold()):
            return each
    begun = [
        each
        for each in people
        if any(part.casefold().startswith(wanted) for part in (each.name, *each.name.split()))
    ]
    return begun[0] if len(begun) == 1 else None


def read_person(text: str, people: tuple[Person, ...]) -> PersonId | None:
    """Whom a text names; None for no text, RuleError for nobody of the meeting."""
    person = find_person(text, people)
    if text.strip() and person is None:
        raise RuleError(
            N_("“{name}” is not one of the people: the owner is one of {names}."),
            name=text.strip(),
            names=", ".join(each.name for each in people),
        )
    return person.id if person else None


def known_person(person: PersonId | None, people: tuple[Person, ...]) -> PersonId | None:
    """The person, unless they are no longer among the people: then nobody."""
    return person if any(each.id == person for each in people) else None
