"""`publish`: the pre-read, and the lead time."""

import json

import pytest

from facilitator.cli.demo.sample import load_sample_agenda


@pytest.fixture
def home(demo):
    """The folder of an unpublished agenda."""
    home = demo / "agendas" / "weekly"
    for name in ("pre-read.md", "pre-read.json"):
        (home / name).unlink()
    return home


def test_publishing_writes_the_pre_read_and_prints_the_lead_time(run, demo, home):
    printed = run("publish", "weekly", at=demo)

    assert printed.code == 0
    assert "the rule is 24 h" in printed.out
    text = (home / "pre-read.md").read_text("utf-8")
    asked = load_sample_agenda(demo / "agendas").decisions[-1]
    assert asked.question in text
    for section in ("Agenda", "To be decided", "Who prepares what", "Reports"):
        assert f"## {section}\n" in text


def test_publishing_again_keeps_the_time_of_the_first(run, demo, home):
    run("publish", "weekly", at=demo)
    first = json.loads((home / "pre-read.json").read_text())

    printed = run("publish", "weekly", at=demo)

    again = json.loads((home / "pre-read.json").read_text())
    assert "published before" in printed.out
    assert again["sent_at"] == first["sent_at"]
    assert again["updated_at"] is not None


def test_a_pre_read_that_somebody_else_wrote_is_replaced_by_force_only(run, demo, home):
    (home / "pre-read.md").write_text("# What I want to say\n")

    printed = run("publish", "weekly", at=demo)

    assert (printed.code, printed.out) == (1, "")
    assert "--force" in printed.err
    assert (home / "pre-read.md").read_text() == "# What I want to say\n"
    assert not (home / "pre-read.json").exists()
    assert run("publish", "weekly", "--force", at=demo).code == 0
    assert "## Agenda\n" in (home / "pre-read.md").read_text("utf-8")


def test_a_sensitive_item_is_a_placeholder_in_the_pre_read(run, demo, home):
    file = home / "agenda.toml"
    text = file.read_text("utf-8")
    asked = load_sample_agenda(demo / "agendas").decisions[-1].question
    before, _decisions, rest = text.rpartition("[[decisions]]\n")
    file.write_text(f"{before}[[decisions]]\nsensitive = true\n{rest}", "utf-8")

    run("publish", "weekly", at=demo)

    sent = (home / "pre-read.md").read_text("utf-8")
    assert asked not in sent
    assert "(sensitive, not shown in this copy)" in sent


def test_an_agenda_with_an_error_is_not_published(run, demo, home):
    (home / "agenda.toml").write_text("title = 3\n")

    printed = run("publish", "weekly", at=demo)

    assert printed.code == 1
    assert not (home / "pre-read.md").exists()
