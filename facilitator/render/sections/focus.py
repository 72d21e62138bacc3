"""The opening question: its answer, last time's, and what a new one took with it."""

from facilitator.domain.agenda import ItemKind
from facilitator.domain.meeting import Meeting
from facilitator.render.focus import review_parts
from facilitator.render.language import Language
from facilitator.render.markdown import inline, line, paragraphs


def focus(meeting: Meeting, language: Language) -> str:
    """The question with its answer, the answer of last time, and what the change did."""
    if not meeting.focus and not meeting.past_focus:
        return ""
    _ = language.gettext
    blocks = ["## " + _("Opening question")]
    asked = next((i.item for i in meeting.items if i.item.kind is ItemKind.OPENING), None)
    if asked:
        blocks.append(f"> {line(asked.question or asked.title)}")
    blocks.append(paragraphs(meeting.focus) or _("Not answered today"))
    if meeting.past_focus:
        blocks.append(_("Last time: {text}").format(text=inline(meeting.past_focus)))
    lines = [
        " · ".join(map(inline, review_parts(each, language))) for each in meeting.focus_reviews
    ]
    if lines:
        blocks.append("\n".join(f"- {each}" for each in lines))
    return "\n\n".join(blocks)
