"""Encode events as JSON lines, one event a line, and decode them.

Fields that are equal to their empty default are left out of a line, and decoding restores them.
So a field whose default is empty must keep that default.
"""

import re
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from facilitator.adapters.decoding import DECODE_ERRORS, decode_values
from facilitator.domain.agenda import Agenda
from facilitator.domain.errors import N_, JournalError
from facilitator.domain.events.actions import ActionStatusChanged
from facilitator.domain.events.decisions import BypassAccepted, PositionTaken
from facilitator.domain.events.incidents import IncidentRecipientInformed
from facilitator.domain.events.meeting import (
    MeetingEvent,
    MeetingOpened,
    OpenPointAccepted,
    RecorderChanged,
)
from facilitator.domain.events.notes import NoteConverted
from facilitator.domain.events.risks import RiskRaised
from facilitator.domain.text import remove_unsafe_characters

_KEYS = {"number": "n", "event": "fact"}
"""What journals call these fields of a line."""


class UnreadableLineError(JournalError):
    """A line that is not complete JSON of an event."""


class JournalLine(Struct, frozen=True, kw_only=True):
    """One event with its running number."""

    number: int
    event: MeetingEvent


class _Envelope(Struct, frozen=True, rename=_KEYS):
    number: int
    type: str
    event: Any


class _RawEnvelope(Struct, frozen=True, rename=_KEYS):
    number: int
    type: str
    event: msgspec.Raw


_encoder = msgspec.json.Encoder()
_LIKE_ESCAPED_CONTROL = re.compile(r"\\[bfrtu]")
# Tells `\t` from the end of `C:\\temp`. It is a hundred times slower: the other is asked first.
_ESCAPED_CONTROL = re.compile(r"(?<!\\)(?:\\\\)*\\[bfrtu]")
_envelope_decoder = msgspec.json.Decoder(_RawEnvelope)
_WRITTEN_NAMES: dict[type[MeetingEvent], str] = {
    ActionStatusChanged: "ActionMoved",
    BypassAccepted: "ShortcutAccepted",
    IncidentRecipientInformed: "IncidentTold",
    NoteConverted: "NoteTurned",
    OpenPointAccepted: "OpenEndAccepted",
    PositionTaken: "StanceTaken",
    RecorderChanged: "PenHandedOver",
    RiskRaised: "RiskNamed",
}
"""The names in journals of events whose classes were renamed."""
_event_decoders: dict[str, msgspec.json.Decoder[MeetingEvent]] = {
    _WRITTEN_NAMES.get(kind, kind.__name__): msgspec.json.Decoder(kind)
    for kind in get_args(MeetingEvent)
}


def type_name(event: MeetingEvent) -> str:
    """Return the name by which journals know this kind of event."""
    return _WRITTEN_NAMES.get(type(event), type(event).__name__)


def encode_line(line: JournalLine) -> bytes:
    """Return an event as a line of a journal, with its newline.

    Raises JournalError for text that cannot be encoded as UTF-8.
    """
    envelope = _Envelope(
        number=line.number, type=type_name(line.event), event=without_defaults(line.event)
    )
    try:
        return _encoder.encode(envelope) + b"\n"
    except UnicodeEncodeError as error:
        raise JournalError(
            N_("“{type}” contains text that cannot be saved: {fault}."),
            type=envelope.type,
            fault=error,
        ) from error


def decode_line(content: bytes) -> JournalLine:
    """Return the event of a line.

    Raises UnreadableLineError if it is not a line of a journal, JournalError if this version
    does not know its event.
    """
    try:
        envelope = _envelope_decoder.decode(content)
    except DECODE_ERRORS as error:
        raise UnreadableLineError(N_("This line cannot be read: {fault}."), fault=error) from error
    decoder = _event_decoders.get(envelope.type)
    if decoder is None:
        raise JournalError(
            N_("This line holds “{type}”, which this version of the program does not know."),
            type=envelope.type,
        )
    try:
        event = decode_values(decoder, envelope.event)
    except DECODE_ERRORS as error:
        raise JournalError(
            N_("This line holds “{type}”, but its content cannot be read: {fault}."),
            type=envelope.type,
            fault=error,
        ) from error
    if isinstance(event, MeetingOpened):
        event = replace(event, agenda=_restore_time_zone(event.agenda))
    return JournalLine(number=envelope.number, event=event)


def clean_json(content: bytes) -> bytes:
    """Return JSON with its texts and keys cleaned by the text policy.

    An earlier version, or somebody else, may have written what is not kept; the file stays as it
    is.
    """
    try:
        written = content.decode()
        has_control = _LIKE_ESCAPED_CONTROL.search(written) and _ESCAPED_CONTROL.search(written)
        if written.isprintable() and not has_control:
            return content
        return _encoder.encode(_clean_texts(msgspec.json.decode(content)))
    except DECODE_ERRORS:  # whoever decodes it says what is wrong
        return content


def _clean_texts(value: object) -> object:
    if isinstance(value, str):
        return remove_unsafe_characters(value)
    if isinstance(value, list):
        return [_clean_texts(each) for each in value]
    if isinstance(value, dict):
        return {remove_unsafe_characters(name): _clean_texts(each) for name, each in value.items()}
    return value


class _FieldDefaults(dict[type, tuple[tuple[str, object], ...] | None]):
    """Field names and defaults of each struct type; None for any other type."""

    def __missing__(self, kind: type) -> tuple[tuple[str, object], ...] | None:
        self[kind] = None
        if issubclass(kind, msgspec.Struct):
            self[kind] = tuple((field.name, field.default) for field in fields(kind))
        return self[kind]


_field_defaults = _FieldDefaults()


def without_defaults(value: object) -> object:
    """Return a value to encode, without the fields that are equal to their empty default."""
    if isinstance(value, tuple):
        return [without_defaults(each) for each in value]
    if (defaults := _field_defaults[type(value)]) is None:
        return value
    values = ((name, getattr(value, name), default) for name, default in defaults)
    return {
        name: without_defaults(each) for name, each, default in values if each or each != default
    }


def _restore_time_zone(agenda: Agenda) -> Agenda:
    """Return the agenda with the time zone of its start; JSON holds only the offset of that day."""
    try:
        starts = agenda.starts.astimezone(ZoneInfo(agenda.timezone))
    except (ZoneInfoNotFoundError, ValueError):
        return agenda
    if starts.utcoffset() != agenda.starts.utcoffset():
        return agenda
    return replace(agenda, starts=starts)
