"""`facilitator search`: whatever past meetings said of some words, ids, people or ASINs."""

import argparse

from facilitator.cli.output import say, say_json
from facilitator.cli.remembered import remembered
from facilitator.cli.tables import say_table
from facilitator.domain.past.search import Hit, search_past
from facilitator.render.language import _, spoken
from facilitator.render.looking_back import HIT_HEADS, hit_cells


def run(options: argparse.Namespace) -> int:
    """List what holds all of the words, the newest meeting first."""
    words = " ".join(options.words)
    hits = search_past(remembered(options), words, _)
    if options.json:
        say_json([_fields(each) for each in hits])
    elif hits:
        say_table([_(head) for head in HIT_HEADS], [hit_cells(each, spoken()) for each in hits])
    else:
        say(_("No meeting says anything of “{words}”.").format(words=words))
    return 0


def _fields(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "text": hit.text,
        "series": hit.series,
        "meeting": hit.meeting_id or None,
        "date": hit.on,
    }
