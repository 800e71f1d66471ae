"""`taken NAME` in Slack and on the command line, from what is typed to what is shown, with a place on loopback to
ask."""

import json
import shlex
from dataclasses import replace

import pytest

from bot import cli
from bot.cli import main
from bot.commands.parse import BadInput, parse
from bot.slack.lambda_handler import make_handler
from bot.strings import taken as words
from tests.fakes.fake_slack import FakeSlack
from tests.fakes.slack_limits import problems
from tests.helpers.http import SECRET, form, message_of, v2
from tests.helpers.places import Place, place

SHELF = ["pokemon", "tech"]


@pytest.fixture
def there():
    with place() as opened:
        yield opened


@pytest.fixture
def probed(settings, tmp_path, there: Place):
    """Settings with two pages on loopback and one suffix that nobody has."""
    file = tmp_path / "taken.toml"
    pages = "".join(
        f'[[page]]\nlabel = "{label}"\naddress = "{there.address}/{label}/{{name}}"\n200 = "taken"\n404 = "free"\n'
        for label in ("packages", "code")
    )
    file.write_text(f'{pages}[[domain]]\nsuffix = ".invalid"\n')
    return replace(settings, taken=file)


@pytest.fixture
def run_with(probed):
    """A workspace of these tests has whom to ask."""
    return probed


@pytest.fixture
def asked(probed, library, monkeypatch):
    """Ask the bot in Slack: the message."""
    monkeypatch.setattr(library, "settings", probed)
    handle = make_handler(probed, library)
    return lambda text: message_of(handle(v2(form(text)), None))


@pytest.mark.parametrize(
    "text, names",
    [
        ("taken Mongo", ("Mongo",)),
        ("TAKEN mongo 'Mr. Mime' pokemon", ("mongo", "Mr. Mime", "pokemon")),
        ("Mongo taken", ("Mongo",)),
        ("taken 8 hmm help seed=7", ("8", "hmm", "help", "seed=7")),
        ("taken taken", ("taken",)),
        ("taken AT&T", ("AT&T",)),
        ("taken “mr mime” mongo mongo", ("mr mime", "mongo")),
    ],
)
def test_everything_else_is_a_name(text, names):
    """Beside the word `taken` whatever is typed is a name, even what is a command, a corpus or a number elsewhere."""
    assert parse(text, SHELF).names == names


@pytest.mark.parametrize(
    "text, said, mended",
    [
        ("taken", "Which name", []),
        ("taken ...", "has holes", []),
        ("taken mo***", "has holes", ["complete mo***"]),
        ("taken !!!", "no letter", []),
        (f"taken {'x' * 65}", "65 characters", []),
        ("taken a b c d e f", "6 names, and I ask about 5", ["taken a b c d e"]),
        ("taken 'mongo", "never closes", []),
    ],
)
def test_what_is_no_name(text, said, mended):
    """A name that cannot be asked about is refused, with a command that works."""
    with pytest.raises(BadInput, match=said) as told:
        parse(text, SHELF)
    assert [*told.value.suggestions] == mended or text == "taken ..."


def test_the_request_says_itself_again():
    """A request for names is typed back as it was read."""
    request = parse("taken Mongo 'mr mime' AT&T", SHELF)
    assert parse(request.command(), SHELF) == request


def test_in_slack_it_is_for_the_asker_alone(asked, there):
    """Every name with every probe's verdict, to the one who asked; names stand where Slack reads no markup."""
    message = asked("taken Taken mongo '<!here> _free_' broken")
    assert message["response_type"] == "ephemeral" and not problems(message)
    lines = [item["elements"] for item in message["blocks"][0]["elements"][1]["elements"]]
    assert [line[0] for line in lines] == [
        {"type": "text", "text": name, "style": {"bold": True}}
        for name in ("Taken", "mongo", "<!here> _free_", "broken")
    ]
    said = [line[1]["text"] for line in lines]
    assert said[0].startswith(" packages: taken · code: taken · .invalid: ") and said[1].startswith(
        " packages: free · code: free · "
    )
    assert said[3].startswith(" packages: unknown, try again · ") and "packages: answered 500" in json.dumps(
        message["blocks"][1]
    )
    assert "<!here>" not in message["text"]


def test_a_message_has_room_for_the_most(settings, library, tmp_path, monkeypatch):
    """Five long names and twelve probes with long labels stay within Slack's limits."""
    file = tmp_path / "most.toml"
    file.write_text(
        "".join(
            f'[[page]]\nlabel = "{i:024}"\naddress = "http://127.0.0.1:9/{i}/{{name}}"\n200 = "taken"\n'
            for i in range(12)
        )
    )
    most = replace(settings, taken=file)
    monkeypatch.setattr(library, "settings", most)
    names = " ".join(f"{letter * 64}" for letter in "ABCDE")
    message = message_of(make_handler(most, library)(v2(form(f"taken {names}")), None))
    assert not problems(message) and message["text"].count("unknown, try again") == 60


def test_off_in_slack(handler, no_network):
    """Without probes nobody is contacted, and the answer says who can change that."""
    message = message_of(handler(v2(form("taken mongo")), None))
    assert message["response_type"] == "ephemeral" and "TECHNAME_TAKEN" in message["text"]


def test_a_mistake_in_the_list(asked, probed):
    """Not everybody may read the errors in the file."""
    probed.taken.write_text("[[page]]\n")
    message = asked("taken mongo")
    assert "techname doctor" in message["text"] and str(probed.taken) not in message["text"]


def test_a_button_beside_each_name_asks_and_the_answer_stands_there_for_all(library, probed, monkeypatch, workspace):
    """Is it taken? asks about that name alone; what is said stays in the list, also after a vote, and asks again when
    pressed again."""
    monkeypatch.setattr(library, "settings", probed)
    [post] = workspace.types("ana", "names", "complete mo*** pokemon 2")
    first, second = [button for button in post.buttons if button["text"]["text"] == "Is it taken?"]
    assert workspace.clicks("ben", post, second) == []
    notes = [
        e["text"]
        for b in post.message["blocks"]
        if b["type"] == "context"
        for e in b["elements"]
        if "packages" in e["text"]
    ]
    assert len(notes) == 1 and ".invalid" in notes[0]
    workspace.clicks("ben", post, post.buttons[0])
    assert notes[0] in str(post.message["blocks"]) and post.edits == 2
    [told] = workspace.clicks("ben", post, first | {"value": first["value"] + "7"})
    assert "too old" in told.text
    [shortlist] = workspace.types("ben", "names", "shortlist")
    assert workspace.clicks("ben", shortlist, "Is it taken?") == [] and ".invalid" in str(shortlist.message["blocks"])
    [again] = workspace.types("ana", "names", "shortlist")
    assert ".invalid" in str(again.message["blocks"])


def test_without_a_list_of_whom_to_ask_there_is_no_such_button(settings, library):
    """Nothing is offered that cannot be had; a button that somebody kept from earlier says so."""
    with FakeSlack() as slack:
        slack.through(make_handler(settings, library), SECRET)
        [post] = slack.types("ana", "names", "complete mo*** pokemon 2")
        assert "Is it taken?" not in [button["text"]["text"] for button in post.buttons]
        [told] = slack.clicks("ana", post, post.buttons[0] | {"action_id": "taken:0"})
        assert told.only == "U0ANA" and "nobody has told me whom to ask" in told.text


@pytest.fixture
def techname(probed, monkeypatch, capsys):
    monkeypatch.setattr(cli, "load_settings", lambda: probed)

    def run(line: str) -> tuple[int, str, str]:
        status = main(shlex.split(line))
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run


def test_a_table_on_stdout(techname):
    """A line a name, a column a probe; why something is unknown stands on stderr."""
    status, out, err = techname("taken Taken broken 'mr mime'")
    head, *rows = out.splitlines()
    assert status == 0 and head.split() == ["packages", "code", ".invalid"]
    assert [row[: head.index("packages")].strip() for row in rows] == ["Taken", "broken", "mr mime"]
    assert [row[head.index("packages") : head.index("code")].strip() for row in rows] == [
        "taken",
        "unknown, try again",
        "free",
    ]
    assert "packages: answered 500" in err


def test_json_on_stdout(techname):
    """With --json an object for each name and probe, with what was asked."""
    status, out, _ = techname("taken Taken --json")
    found = json.loads(out)
    assert status == 0 and [(one["label"], one["said"]) for one in found][:2] == [
        ("packages", "taken"),
        ("code", "taken"),
    ]
    assert found[0]["asked"].endswith("/packages/taken") and found[2]["asked"] == "taken.invalid"


@pytest.mark.parametrize(
    "line, said",
    [("taken", "required"), ("taken '***'", "has holes"), ("taken ''", "no letter"), ("taken a b c d e f", "6 names")],
)
def test_bad_input_exits_2(techname, line, said):
    """Nothing on stdout, what is wrong on stderr, status 2, nobody asked."""
    status, out, err = techname(line)
    assert (status, out) == (2, "") and said in err


def test_off_exits_2(techname, monkeypatch, settings, no_network):
    """Without a list there is no answer: status 2, and how to have one."""
    monkeypatch.setattr(cli, "load_settings", lambda: settings)
    status, out, err = techname("taken mongo")
    assert (status, out) == (2, "") and words.OFF.split("\n")[0] in err and "TECHNAME_TAKEN" in err


def test_a_mistake_is_told_on_the_command_line(techname, probed):
    """There the file and the mistake are named."""
    probed.taken.write_text('[[page]]\nlabel = "x"\n')
    status, _, err = techname("taken mongo")
    assert status == 2 and str(probed.taken) in err and "address is missing" in err
