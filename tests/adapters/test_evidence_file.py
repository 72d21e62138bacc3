"""Evidence that names a file has to exist; anything else is taken as text."""

import pytest

from facilitator.adapters.evidence_file import check_evidence
from facilitator.domain.errors import RuleError


def test_an_existing_file_is_evidence(tmp_path):
    (tmp_path / "报表.csv").write_text("a,b\n", encoding="utf-8")
    check_evidence(tmp_path, "报表.csv")
    check_evidence(tmp_path, str(tmp_path))


@pytest.mark.parametrize("text", ["quote.pdf", "/no/such/folder", "/" + "x" * 1_000])
def test_a_missing_file_is_reported(tmp_path, text):
    with pytest.raises(RuleError, match="There is no file"):
        check_evidence(tmp_path, text)
