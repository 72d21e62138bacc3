"""Values that decode and cannot be: a damaged line, not a wrong figure and not a traceback."""

from datetime import date, datetime, timedelta

import msgspec
import pytest
from msgspec import Struct

from facilitator.adapters.decoding import DECODE_ERRORS, decode_values
from facilitator.adapters.event_codec import JournalLine, decode_line, encode_line
from facilitator.domain.errors import JournalError
from tests.factories import meeting_events


class Values(Struct):
    text: str = ""
    moment: datetime | None = None
    day: date | None = None
    time: timedelta | None = None
    number: float | None = None
    count: int | None = None
    named: dict[date, tuple[float, ...]] = {}


decoder = msgspec.json.Decoder(Values)


@pytest.mark.parametrize(
    "content",
    [
        '{"moment":"0001-01-01T00:00:00Z"}',
        '{"moment":"\\u0030001-01-01T00:00:00Z"}',
        '{"moment":"9999-12-31T23:00:00-12:00"}',
        '{"moment":"2026-11-23T10:00:00"}',
        '{"day":"0001-01-01"}',
        '{"day":"9999-12-31"}',
        '{"time":"PT1000000000000S"}',
        '{"time":"-P999999999D"}',
        '{"time":"P99999W"}',
        '{"number":1e308}',
        '{"number":-1E+200}',
        '{"count":%s}' % ("9" * 200),
        '{"named":{"0001-01-01":[1]}}',
        '{"named":{"2026-11-22":[1,1e200]}}',
        '{"text":"\ud800"}',
        "[" * 100_000,
        "",
    ],
)
def test_what_cannot_be_is_damaged(content: str) -> None:
    with pytest.raises(DECODE_ERRORS):
        decode_values(decoder, content.encode(errors="surrogatepass"))


@pytest.mark.parametrize(
    "content",
    [
        '{"text":"0001-01-01 is a date, 1e308 a number, PT999999999S a time"}',
        '{"moment":"1900-01-01T00:00:00+14:00","day":"2999-12-31","time":"P3653D"}',
        '{"number":1e99,"count":-123456789012345678901234567890}',
    ],
)
def test_what_is_rare_is_read(content: str) -> None:
    assert decode_values(decoder, content.encode()) == decoder.decode(content.encode())


@pytest.mark.parametrize(
    ("written", "tampered"),
    [
        (b'"group":"advertising"', b'"group":"advertising","decimals":1000000000'),
        (b'"group":"advertising"', b'"group":"advertising","decimals":-5'),
        (b'"timebox":"PT300S"', b'"timebox":"PT1000000000000S"'),
        (b'"starts":"2026-11-23T10:00:00+08:00"', b'"starts":"0001-01-01T00:00:00+08:00"'),
        (b'"week_end":"2026-11-15"', b'"week_end":"0001-01-01"'),
        (b'"score":6', b'"score":11'),
    ],
)
def test_a_tampered_value_in_a_journal_is_a_damaged_line(written: bytes, tampered: bytes) -> None:
    lines = [encode_line(JournalLine(number=1, event=event)) for event in meeting_events()]
    changed = [line.replace(written, tampered) for line in lines if written in line]
    assert changed
    for line in changed:
        with pytest.raises(JournalError, match="cannot be read"):
            decode_line(line)
