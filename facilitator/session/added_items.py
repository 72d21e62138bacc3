"""The items that a meeting has besides those of its file: incident reviews, and items put off."""

from collections.abc import Iterator

from msgspec.structs import replace

from facilitator.domain.agenda import Agenda, Item, ItemKind
from facilitator.domain.carry_over import CarryOver
from facilitator.render.language import Language
from facilitator.session.incidents import add_review_item


def add_carried_items(agenda: Agenda, carried: CarryOver, language: Language) -> Agenda:
    """Return the agenda as the meeting has it.

    It begins with the review of incidents. Items that the last meeting did not reach come back
    before the buffer, unless the agenda has them anyway.
    """
    agenda = add_review_item(agenda, carried.incidents, language)
    put_off = tuple(_items_put_off(agenda, carried))
    end = len(agenda.items)
    if agenda.items and agenda.items[-1].kind is ItemKind.BUFFER:
        end -= 1
    return replace(agenda, items=(*agenda.items[:end], *put_off, *agenda.items[end:]))


def _items_put_off(agenda: Agenda, carried: CarryOver) -> Iterator[Item]:
    for topic in carried.topics:
        if topic.item_id and topic.timebox and agenda.item(topic.item_id) is None:
            yield Item(
                id=topic.item_id,
                title=topic.text,
                timebox=topic.timebox,
                is_sensitive=topic.is_sensitive,
            )
