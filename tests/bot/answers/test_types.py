"""The typed answers: every edge renders each, every request and every act has a use case, and secrets stay out."""

from typing import get_args

import pytest

from bot.answers import answer, press
from bot.answers.types import Act, Form, Shortlist, ShownNames
from bot.commands.request import Request
from bot.repositories.batches import Kept
from bot.slack.blocks.render import RENDERERS, render
from bot.voting.round import Options
from tests.fakes.slack_limits import accept
from tests.helpers.answer_types import BATCH, ID, found, samples, standing


def test_each_type_has_a_sample():
    """The samples below are of all types that the code has, so that none is forgotten."""
    assert {type(sample) for sample in samples()} == set(found()) and len(set(found())) > 20


def test_slack_renders_each_type():
    """Every type has a renderer; the form alone is no message but a view."""
    assert set(RENDERERS) == set(found()) - {Form}


@pytest.mark.parametrize("sample", [s for s in samples() if not isinstance(s, Form)], ids=lambda s: type(s).__name__)
def test_slack_takes_each(sample):
    """A message of each type keeps Slack's limits."""
    accept(render(sample).payload())


def test_each_request_and_each_act_has_a_use_case():
    """A new verb or a new button cannot be forgotten."""
    assert set(answer._ANSWERS) == set(get_args(Request))
    assert set(press._EFFECTS) == set(Act)


@pytest.mark.parametrize(
    ("options", "votes", "voters"),
    [
        (Options(), 2, ("U0ANA", "U0BEN")),
        (Options(anonymous=True), 2, ()),
        (Options(hidden=True), None, ()),
        (Options(anonymous=True, hidden=True), None, ()),
    ],
)
def test_an_answer_holds_no_secret_votes(options, votes, voters):
    """Counts that are hidden and voters who are anonymous are in no line, so that no edge can show them."""
    stands = standing(options)
    for listing in (ShownNames(Kept(ID, BATCH, "C1", "U0ANA"), stands, update=True), Shortlist(stands, "U0BEN")):
        line = listing.lines[0]
        assert (line.name, line.votes, line.voters) == ("Morus", votes, voters)
    assert listing.lines[0].by == (None if options.anonymous else "U0ANA")
