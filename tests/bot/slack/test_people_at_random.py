"""Three people do whatever can be done, in any order: Slack refuses nothing of what the bot says, and nothing
breaks."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.slack.lambda_handler import make_handler
from bot.slack.manifest import LIKE_THESE, OPEN_FORM
from tests.fakes.fake_slack import BOT_TOKEN, FakeSlack
from tests.helpers.http import SECRET

PEOPLE = st.sampled_from(["ana", "ben", "cat"])
COMMANDS = st.sampled_from([
    "pokemon 2", "mo*** pokemon 3", "draw ba** pokemon 2 preview", "preview complete *a* pokemon 20", "", "form mo*** 3", "help", "help patterns",
    "settings", "settings preview=on", "settings corpus=pokemon count=2", "settings reset", "suggest Kingar", "suggest Sixtle", "shortlist",
    "drop Kingar", "pick", "rounds", "round votes=1", "round hidden=on", "undo", "why mo* pokemon", "mob", "pokmon", "<!channel>*", "preview=maybe", "corpora", "quiz", "quiz", "quiz board",
])  # fmt: skip
FIELDS = st.dictionaries(
    st.sampled_from(["pattern", "length", "count", "show", "corpus"]),
    st.sampled_from(["mo***", "mob", "...a", "5-7", "x", "3", "99", "first", "straight", "pokemon", None]),
    max_size=3,
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("types"), PEOPLE, COMMANDS),
        st.tuples(st.just("clicks"), PEOPLE, st.integers(0, 10_000)),
        st.tuples(st.just("submits"), PEOPLE, FIELDS),
        st.tuples(st.just("opens"), PEOPLE, st.booleans()),
        st.tuples(st.just("again"), PEOPLE, st.none()),
    ),
    min_size=12,
    max_size=30,
)


class Crowd:
    """Does one step after another, as far as a person could."""

    def __init__(self, slack):
        self.slack, self.delivered_twice = slack, None

    def types(self, person, text):
        self.slack.types(person, "names", text)

    def clicks(self, person, choice):
        """One of all the buttons that this person sees."""
        seen = [(post, button) for post in self.slack.sees(person, "names") for button in post.buttons]
        if seen:
            self.slack.clicks(person, *seen[choice % len(seen)])

    def submits(self, person, values):
        """Fill the form in, if one is open, with whatever its fields take, and send it."""
        view = self.slack.view(person)
        if view:
            fitting = {name: value for name, value in values.items() if _takes(view.element(name), value)}
            self.slack.submits(person, fitting)

    def opens(self, person, on_a_message):
        posts = self.slack.sees(person, "names")
        if on_a_message and posts:
            self.slack.opens_on(person, LIKE_THESE, posts[-1])
        else:
            self.slack.opens(person, OPEN_FORM)

    def again(self, person, nothing):
        """Slack delivers the last click once more; a third time would use up what may be answered to one click."""
        last = getattr(self.slack, "last", (None, {}))[1]
        if last.get("type") == "block_actions" and "response_url" in last and last is not self.delivered_twice:
            self.delivered_twice = last
            self.slack.again()


def _takes(element: dict, value: str | None) -> bool:
    if "options" in element:
        return value in {option["value"] for option in element["options"]}
    return (value is not None and len(value) <= element.get("max_length", 10)) or (
        element["type"] == "plain_text_input" and value is None
    )


@pytest.fixture(scope="module")
def trained(library):
    for corpus in ("pokemon", "tech"):
        library.model(corpus, "mix")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_nothing_breaks(library, trained, settings, steps):
    """Every message, form and acknowledgement is one that Slack takes, and no step ends in a bug of ours."""
    with FakeSlack() as slack:
        slack.through(
            make_handler(replace(settings, bot_token=BOT_TOKEN, slack_api_url=slack.api_url), library), SECRET
        )
        crowd = Crowd(slack)
        for way, person, what in steps:
            getattr(crowd, way)(person, what)
        told = [post.text for post in slack.channels.posts] + [
            text for view in map(slack.view, ("ana", "ben", "cat")) if view for text in view.errors.values()
        ]
        assert not [text for text in told if "Reference" in text]
