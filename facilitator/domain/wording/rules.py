"""The rules of the wording check, as a table: where to look, for what, and what to say."""

from dataclasses import dataclass
from enum import StrEnum

from facilitator.domain.asin import ASIN_PATTERN
from facilitator.domain.errors import N_
from facilitator.domain.wording import words as known


class Aspect(StrEnum):
    """What an action item can lack."""

    THING = "thing"
    """What is to be done to what."""
    OWNER = "owner"
    DUE = "due"
    CRITERION = "criterion"
    """How the room will know that it is done."""
    ASIN = "asin"
    AMOUNT = "amount"


class Field(StrEnum):
    """Where in an action item."""

    TITLE = "title"
    OWNER = "owner"
    DUE = "due"
    CRITERION = "criterion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Speaks up where `found` is in its field, unless what excuses it is there as well."""

    aspect: Aspect
    field: Field
    found: str
    """A pattern; its group `at`, if it has one, is what to point at."""
    only_if: str = ""
    """What has to be in the field, too."""
    unless: str = ""
    """What excuses it."""
    unless_in: tuple[Field, ...] = ()
    """Where the excuse may stand."""
    says: str
    """Marked; its `{words}` are those that were found."""


_WHOLE_ITEM = (Field.TITLE, Field.CRITERION)

RULES: tuple[Rule, ...] = (
    Rule(
        aspect=Aspect.OWNER,
        field=Field.OWNER,
        found=r"^\s*$",
        says=N_("Nobody owns it; name one person."),
    ),
    Rule(
        aspect=Aspect.OWNER,
        field=Field.OWNER,
        found=rf"^\s*(?P<at>{known.EVERYBODY})\s*$",
        says=N_("“{words}” is nobody in particular; name one person."),
    ),
    Rule(
        aspect=Aspect.OWNER,
        field=Field.OWNER,
        found=r"\S.*\S",
        only_if=known.SEVERAL,
        says=N_("“{words}” is more than one person; name one."),
    ),
    Rule(
        aspect=Aspect.OWNER,
        field=Field.TITLE,
        found=known.EVERYBODY_DOES,
        says=N_("“{words}” is nobody in particular; name one person."),
    ),
    Rule(
        aspect=Aspect.CRITERION,
        field=Field.CRITERION,
        found=r"^\s*$",
        says=N_("Nobody could tell when it is done; say how the room will know."),
    ),
    Rule(
        aspect=Aspect.CRITERION,
        field=Field.CRITERION,
        found=known.JUDGEMENT,
        unless=f"{known.NUMBER}|{known.YES_OR_NO}",
        unless_in=(Field.CRITERION,),
        says=N_("“{words}” is for everybody to judge: “Done when” has no number and no yes or no."),
    ),
    Rule(
        aspect=Aspect.CRITERION,
        field=Field.CRITERION,
        found=r"\S.*",
        unless=f"{known.NUMBER}|{known.YES_OR_NO}|{known.ARTEFACT}",
        unless_in=(Field.CRITERION,),
        says=N_("“Done when” names no number, nothing to look at, and no yes or no."),
    ),
    Rule(
        aspect=Aspect.THING,
        field=Field.TITLE,
        found=known.HOLLOW,
        says=N_("It does not say what is to be done to what; name the thing itself."),
    ),
    Rule(
        aspect=Aspect.ASIN,
        field=Field.TITLE,
        found=known.ADVERTISING,
        only_if=known.CHANGES,
        unless=ASIN_PATTERN,
        unless_in=_WHOLE_ITEM,
        says=N_("An action on ads names its ASIN (B0…)."),
    ),
    Rule(
        aspect=Aspect.AMOUNT,
        field=Field.TITLE,
        found=known.ADVERTISING,
        only_if=known.CHANGES,
        unless=f"{known.AMOUNT}|{known.STOPS}",
        unless_in=_WHOLE_ITEM,
        says=N_("An action on ads names an amount: a bid, a budget or a share."),
    ),
)
"""In the order in which they are said; of two on the same aspect and field the first speaks."""
