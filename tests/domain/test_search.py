"""Search: ids, people, ASINs and words of any language, in all meetings at once."""

import pytest

from facilitator.domain.search import Found, find
from tests.domain.looking_back import past

PAST = past()


def found(words: str) -> list[tuple[Found, str]]:
    return [(hit.kind, hit.id) for hit in find(PAST, words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("b0c1234xyz", [(Found.DECISION, "D1")]),
        ("rank ENOUGH", [(Found.DECISION, "D1")]),
        ("quotes/2026", [(Found.ACTION, "A1")]),
        ("供应商", [(Found.ACTION, "A1")]),
        ("应商 quote", [(Found.ACTION, "A1")]),
        ("warehouse", [(Found.TOPIC, "P1")]),
        ("full width", [(Found.NOTE, "N1")]),
        ("ＦＵＬＬ strasse", [(Found.NOTE, "N1")]),
        ("nowhere", []),
        ("lower nowhere", []),
        ("   ", []),
        ("[(*", []),
    ],
)
def test_whatever_holds_all_the_words_is_found(words, expected):
    assert found(words) == expected


def test_an_id_finds_the_thing_itself_and_what_names_it_but_no_longer_id():
    assert set(found("d1")) == {(Found.ACTION, "A2"), (Found.DECISION, "D1")}
    assert found("d11") == []


def test_a_person_finds_what_they_promised_and_asked_and_where_they_sat():
    kinds = {kind for kind, _ in found("陈梅")}
    assert kinds == {Found.ACTION, Found.DECISION, Found.MEETING}


def test_causes_are_found_by_the_name_of_their_kpi():
    assert [kind for kind, _ in found("acos") if kind is Found.KPI] == [Found.KPI]


def test_the_newest_meetings_come_first():
    days = [hit.meeting.opened_at for hit in find(PAST, "2026")]
    assert days == sorted(days, reverse=True)
