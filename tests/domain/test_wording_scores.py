"""How often the wording check is right, on action items that careful readers have labelled."""

import re

import pytest

from facilitator.domain.wording.action_check import MissingDetail
from tests.domain.wording.labelled import SETS, Labelled, labelled, scores

HELD_BACK = "held back"
LEAST = {
    "tuned": {"any": (0.98, 0.97), "each": (0.95, 0.92)},
    HELD_BACK: {"any": (0.95, 0.88), "each": (0.83, 0.40)},
}
"""Precision and recall, a little below what was measured when the rules were written."""


def is_chinese(item: Labelled) -> bool:
    return bool(re.search("[一-鿿]", item.title))


def test_the_labelled_sets_are_large_with_nearly_a_third_held_back() -> None:
    held_back, everything = len(labelled(HELD_BACK)), sum(len(labelled(name)) for name in SETS)

    assert everything >= 240
    assert held_back / everything >= 0.3


@pytest.mark.parametrize("name", SETS)
def test_each_labelled_set_is_balanced(name: str) -> None:
    items = labelled(name)

    assert sum(map(is_chinese, items)) == pytest.approx(len(items) / 2, rel=0.1)
    assert sum(bool(item.lacks) for item in items) == pytest.approx(len(items) / 2, rel=0.15)
    assert {aspect for item in items for aspect in item.lacks} == set(MissingDetail)


def test_no_item_is_in_both_labelled_sets() -> None:
    titles = [item.title for name in SETS for item in labelled(name)]

    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("name", SETS)
def test_the_scores_of_the_wording_check_do_not_drop(name: str) -> None:
    for what, score in scores(labelled(name)).items():
        precision, recall = LEAST[name].get(what, LEAST[name]["each"])

        assert score.precision >= precision, what
        assert score.recall >= recall, what
