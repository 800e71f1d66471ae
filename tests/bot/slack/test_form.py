"""The form: opened from everywhere, checked field by field, answered in the channel; nothing typed is ever lost."""

import copy
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.types import Form
from bot.commands import form
from bot.commands.form import FIELDS, BadFields, Filled, check
from bot.commands.parse import parse
from bot.commands.queries import Complete, Generate
from bot.slack.blocks.elements import plain
from bot.slack.blocks.form import CALLBACK, render_form
from bot.slack.manifest import LIKE_THESE, OPEN_FORM
from bot.slack.payloads import Origin, carried
from tests.bot.slack.test_names import names as names_of
from tests.fakes.view_limits import inputs, view_problems

SHELF = ("pokemon", "tech")


@pytest.fixture(params=["command", "global shortcut", "message shortcut"])
def opened(request, workspace, trained):
    """A workspace in which Ana has the form open in #names, opened in each of the three ways."""
    if request.param == "command":
        assert workspace.types("ana", "names", "") == []
    elif request.param == "global shortcut":
        workspace.opens("ana", OPEN_FORM)
    else:
        workspace.opens_on(
            "ana",
            LIKE_THESE,
            workspace.channels.put("C0NAMES", {"response_type": "in_channel", "text": "no name here at all"}, "U0BEN"),
        )
    return workspace


@pytest.fixture
def asked(workspace, trained):
    """A workspace in which Ana has opened the form by the command alone."""
    workspace.types("ana", "names", "")
    return workspace


def test_form_brings_names_to_the_channel(opened):
    """Filled in and sent it closes, and the names stand in the channel for all, with who asked."""
    [names] = opened.submits("ana", {"pattern": "mo***", "corpus": "pokemon", "count": "3"})
    assert opened.view("ana") is None and opened.sees("ben", "names")[-1] == names
    assert "`mo***` from `pokemon`" in names.text and "mix" in names.text
    assert {"type": "user", "user_id": "U0ANA"} in names.message["blocks"][0]["elements"][0]["elements"]


def test_form_says_what_everything_means_and_starts_with_the_usual(opened):
    """The usual corpus, model and number stand there; the pattern language is told below the pattern."""
    view = opened.view("ana")
    assert (view.value("corpus"), view.value("model"), view.value("count"), view.value("show")) == (
        "tech",
        "usual",
        "5",
        "straight",
    )
    assert "one unknown letter" in example_in(view)
    assert {block["block_id"] for block in inputs(view.payload)} - {"where"} == set(FIELDS)


def example_in(view) -> str:
    [block] = [block for block in view.payload["blocks"] if block.get("block_id") == "example"]
    return block["elements"][0]["text"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mo***", "mo*** from tech, for example: M"),
        ("mob", "mob has no hole"),
        ("m[ou", "can't read the pattern m[ou"),
        ("mo🎉*", "No name from tech can fit the pattern mo🎉*"),
        ("<!channel>*", "‹!channel›*"),
    ],
)
def test_example_follows_the_pattern(asked, typed, said):
    """While the pattern is typed names for it appear, or what is wrong with it, and what stands in the fields stays."""
    asked.fills("ana", {"length": "5-8", "pattern": typed})
    view = asked.view("ana")
    assert said in example_in(view) and (view.value("pattern"), view.value("length")) == (typed, "5-8")


def test_example_follows_the_corpus(asked):
    """Another corpus gives other names for the same pattern; one that is not trained yet says so instead of making
    people wait."""
    asked.fills("ana", {"pattern": "mo***", "corpus": "pokemon"})
    assert "from pokemon, for example" in example_in(asked.view("ana"))
    asked.fills("ana", {"corpus": "birds"})
    assert "No model of birds is trained yet" in example_in(asked.view("ana"))


def test_newest_change_has_the_last_word(asked):
    """Two changes at once: the later wins though the form has changed since, the earlier never overrides it."""
    asked.fills("ana", {"pattern": "mo***"})
    kind, payload = asked.last
    for pattern, ts, shown in (("mob***", "1700009999.000000", "mob***"), ("mo*", "1700009998.000000", "mob***")):
        late = copy.deepcopy(payload)
        late["actions"][0]["action_ts"] = ts
        late["view"]["state"]["values"]["pattern"]["pattern"]["value"] = pattern
        asked.door.send(kind, late)
        assert example_in(asked.view("ana")).startswith(f"{shown} from tech")


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"pattern": "mob"}, "pattern", "mob has no hole for me to fill. * is one unknown letter"),
        ({"pattern": "m[ou***"}, "pattern", "can't read the pattern"),
        ({"pattern": "pokemon"}, "pattern", "Complete what?"),
        ({"pattern": "mo*** 8"}, "pattern", "mo*** 8"),
        ({"pattern": "mo🎉*"}, "pattern", "No name from tech can fit"),
        ({"pattern": "*", "length": "7"}, "pattern", "No name"),
        ({"pattern": "taken"}, "pattern", "I can't use taken. * is one unknown letter"),
        ({"pattern": "help"}, "pattern", "I can't use help."),
        ({"length": "six"}, "length", "I can't use length=six. A number of letters such as 7"),
        ({"length": "8-6"}, "length", "I can't use length=8-6"),
        ({"count": "99"}, "count", "I can't use 99. A whole number from 1 to 20."),
        ({"count": "0"}, "count", "I can't use 0"),
    ],
)
def test_error_stands_beside_its_field(asked, values, field, said):
    """What cannot be used is said beside its field, all that was typed stays, nothing is posted, and mended it goes
    through."""
    before = asked.sees("ana", "names")
    assert asked.submits("ana", values) == [] and asked.sees("ana", "names") == before
    view = asked.view("ana")
    assert list(view.errors) == [field] and said in view.errors[field] and "`" not in view.errors[field]
    assert all(view.value(name) == text for name, text in values.items())
    assert asked.submits("ana", {"pattern": "mo***", "length": "", "count": "2"})


def test_what_is_typed_after_form_stands_in_it(workspace, trained):
    """`form` with words opens the form with them in their fields; what it has no field for is said, and nothing is lost
    in silence."""
    workspace.types("ana", "names", "form mo*** pokemon hmm 8 length=5 preview")
    view = workspace.view("ana")
    assert [view.value(field) for field in FIELDS] == ["pokemon", "hmm", "mo***", "5", "8", "first"]
    [told] = workspace.types("ben", "names", "form mo*** seed=7")
    assert (
        "no field for `seed=7`" in told.text and "`/techname form mo***`" in told.text and workspace.view("ben") is None
    )


def test_two_people_have_their_own_forms(workspace, trained):
    """One person's typing, sending or closing does not change another's form."""
    workspace.types("ana", "names", "")
    workspace.types("ben", "random", "")
    workspace.fills("ana", {"pattern": "mo***"})
    workspace.fills("ben", {"pattern": "...base"})
    [hers] = workspace.submits("ana", {"count": "2"})
    assert "mo***" in hers.text and workspace.view("ben").value("pattern") == "...base"
    [his] = workspace.submits("ben", {"count": "2"})
    assert (
        "...base" in his.text and workspace.sees("ana", "random") == [his] and workspace.sees("ben", "names") == [hers]
    )


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        ("mo***", "mo***"),
        ("  mo… ", "mo..."),
        ("mr. ***", "mr. ***"),
        ('"mr. ***"', "mr. ***"),
        ("“mr. ***”", "mr. ***"),
        ("farfetch’*", "farfetch'*"),
        ("a&b*", "a&b*"),
    ],
)
def test_pattern_is_read_as_in_a_command(typed, pattern):
    """Spaces need no quotes in a field of their own, and quotes that somebody types there all the same are taken for
    what they are."""
    assert check(Filled(pattern=typed), lambda text: parse(text, SHELF)).pattern == pattern


@pytest.mark.parametrize(
    "line",
    [
        "mo*** ends=a",
        "begins=mo contains=b",
        '"mr. *" contains="r. m" pokemon 7',
        "draw b...a begins=ba length=6-8",
        '"\\"*" ends=a',
    ],
)
def test_a_form_asks_for_what_it_was_filled_from(line):
    """Whatever a list was asked to begin and end with and contain stands in the form beside its pattern, and is asked
    for again."""
    request = parse(line, SHELF)
    again = check(Filled.of(request), lambda text: parse(text, SHELF))
    assert again == request.to(Complete) and again.sought == request.sought


def test_every_wrong_field_is_told_at_once(asked):
    """Two mistakes are two errors, so that nobody sends the form twice."""
    asked.submits("ana", {"pattern": "mob", "length": "long"})
    assert set(asked.view("ana").errors) == {"pattern", "length"}


def test_names_go_where_the_global_shortcut_was_told(workspace, trained):
    """Without a channel of its own the form asks for one, the current one chosen, and posts in the one that was."""
    workspace.opens("ana", OPEN_FORM, "random")
    assert workspace.view("ana").value("where") == "C0RANDOM"
    [names] = workspace.submits("ana", {"where": "names", "pattern": "mo***"})
    assert workspace.sees("ben", "names") == [names] and not workspace.sees("ben", "random")


def test_form_holds_what_the_channel_has_set(workspace, trained):
    """A channel's defaults stand in its form."""
    workspace.types("ana", "names", "settings pokemon hmm 7 preview=on")
    workspace.types("ana", "names", "")
    view = workspace.view("ana")
    assert (view.value("corpus"), view.value("model"), view.value("count"), view.value("show")) == (
        "pokemon",
        "hmm",
        "7",
        "first",
    )


def test_form_that_was_open_for_too_long_keeps_everything(workspace, trained):
    """Half an hour later Slack takes no message: the form stays, with the command that asks for the same."""
    workspace.types("ana", "names", "")
    for url in workspace.urls.given.values():
        url.born -= 1801
    assert workspace.submits("ana", {"pattern": "mo***", "count": "3"}) == []
    view = workspace.view("ana")
    assert "/techname complete mo*** tech 3 preview=off" in view.errors["show"] and view.value("pattern") == "mo***"
    assert workspace.broken.pop() == "response_url: expired_url" and not workspace.broken


@pytest.mark.parametrize("status, times", [(503, 1), (503, 9), (429, 9)])
def test_form_that_slack_does_not_take_stays(asked, status, times):
    """Slack's own faults are tried again; where that does not help the form stays and can be sent once more."""
    asked.stumble("/response/", status, retry_after=9 if status == 429 else None, times=times)
    sent = asked.submits("ana", {"pattern": "mo***", "count": "2"})
    if times > 1:
        assert not sent and "did not take the names just now" in asked.view("ana").errors["show"]
        asked.http.troubles.clear()
        sent = asked.submits("ana")
    assert len(sent) == 1 and asked.view("ana") is None


def test_names_are_found_in_a_message(workspace, trained):
    """A message's names give the corpus that is most like them, what they share and how long they are."""
    message = {"response_type": "in_channel", "text": "Candidates: Pikasaur, Bulbasaur and Ivysaur"}
    workspace.opens_on("ana", LIKE_THESE, workspace.channels.put("C0NAMES", message, "U0BEN"))
    view = workspace.view("ana")
    assert (view.value("pattern"), view.value("corpus"), view.value("length")) == ("...saur", "pokemon", "7-9")
    assert "Pikasaur, Bulbasaur, Ivysaur" in json.dumps(view.payload["blocks"][0])
    workspace.fills("ana", {"pattern": "...ur"})
    assert "Pikasaur" in json.dumps(workspace.view("ana").payload["blocks"][0]), "an update keeps what was found"
    assert "...ur" in workspace.submits("ana")[0].text


def test_batch_of_ours_is_asked_for_again(workspace, trained):
    """A message of the bot's own is known by its buttons: the form holds what it was asked for."""
    [names] = workspace.types("ana", "names", "mo*** pokemon mix 3 length=5")
    view = workspace.opens_on("ben", LIKE_THESE, names)
    held = [view.value(field) for field in ("pattern", "corpus", "model", "length", "count")]
    assert held == ["mo***", "pokemon", "usual", "5", "3"]
    assert all(name in json.dumps(view.payload["blocks"][0]) for name in names_of(names))
    elsewhere = workspace.opens_on("ben", LIKE_THESE, replace(names, channel="C0RANDOM"))
    assert elsewhere.value("model") == "usual", "in another channel it is a message like any"


def test_a_bug_leaves_the_form_open(opened, library, monkeypatch):
    """A fault of ours is told beside a field, with its reference, and what was typed stays."""
    monkeypatch.setattr("bot.answers.names.brainstorm", lambda *a, **k: {}["gone"])
    opened.submits("ana", {"length": "5"})
    view = opened.view("ana")
    assert "Reference" in view.errors["show"] and view.value("length") == "5"


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "{",
        "[]",
        json.dumps({"version": 2, "channel": "C1", "url": "https://x"}),
        json.dumps({"version": 1, "channel": 1, "url": "x"}),
    ],
)
def test_what_a_form_carries_is_checked(metadata):
    """Anything but this version's own is nothing."""
    assert carried(metadata) is None


TEXT = st.text(max_size=60)


@given(
    st.builds(Filled, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT),
    st.sampled_from([SHELF, tuple(f"corpus{n}" for n in range(101))]),
    TEXT,
)
def test_whatever_stands_in_it_the_form_keeps_the_limits(filled, shelf, example):
    """Anything typed is read or refused field by field, and shown again within Slack's limits."""
    try:
        request = check(filled, lambda text: parse(text, shelf))
    except BadFields as wrong:
        assert wrong.messages and set(wrong.messages) <= set(FIELDS)
    else:
        assert request.count <= 20
    shown = Form(filled, example or "x", shelf, "found " + "x" * 500)
    view = render_form(shown, Origin("C1", "https://hooks.example/" + "x" * 200))
    assert not view_problems(view)


def test_more_corpora_than_a_menu_holds_are_typed():
    """With more than a hundred the corpus is a text, and the parser says what was meant."""
    shelf = [*(f"corpus{n}" for n in range(100)), "pokemon"]
    view = render_form(Form(Filled.of(Generate()), "x", shelf), None)
    [corpus] = [block["element"]["type"] for block in inputs(view) if block["block_id"] == form.CORPUS]
    assert corpus == "plain_text_input" and view["callback_id"] == CALLBACK and view["title"] == plain("Find new names")
    with pytest.raises(BadFields) as caught:
        check(Filled(corpus="pokmon"), lambda text: parse(text, shelf))
    assert "pokmon" in caught.value.messages[form.CORPUS]
