"""What shows that an action item is done: a path, a link, or words."""

import re
from pathlib import Path

_ANCHORED = re.compile(r"(?:~?[/\\]|\.{1,2}[/\\]|[A-Za-z]:[/\\]).+")
_FILE_NAME = re.compile(
    r"(?!\w+:|www\.)\S+\.(?:csv|tsv|txt|xlsx?|docx?|pptx?|pdf|png|jpe?g|gif|webp|mp4|zip|json|html?|md|eml)",
    re.IGNORECASE,
)


def local_file(evidence: str) -> Path | None:
    """The file on this machine that evidence names; None for a link, a figure, or a sentence.

    Only what cannot be meant otherwise counts as a file: “A/B test” and “24.99” do not.
    """
    text = evidence.strip()
    if _ANCHORED.fullmatch(text) or _FILE_NAME.fullmatch(text):
        return Path(text)
    return None
