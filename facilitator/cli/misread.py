"""What the standard parser finds amiss in a command line, in words of our own."""

import re

from facilitator.domain.errors import N_
from facilitator.render.language import _

FAULTS = (
    (r"the following arguments are required: (?P<what>.+)", N_("this is missing: {what}")),
    (r"unrecognized arguments: (?P<what>.+)", N_("this is not understood: {what}")),
    (
        r"argument (?P<what>.+?): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)",
        N_("{what} cannot be {value}; choose from {choices}"),
    ),
    (r"argument (?P<what>.+?): expected (one|at least one) argument", N_("{what} needs a value")),
    (
        r"argument (?P<what>.+?): not allowed with argument (?P<other>.+)",
        N_("{what} and {other} do not go together"),
    ),
)
"""The parser's sentence as a pattern, and ours; a sentence not listed here stays as it is."""


def misread(message: str) -> str:
    """What the parser complains of, in the language of the reader."""
    for pattern, sentence in FAULTS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return _(sentence).format(**found.groupdict())
    return message
