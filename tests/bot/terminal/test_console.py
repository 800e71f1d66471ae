"""The console, as a person and as a pipe meet it: a program of its own, through to the generator and back."""

import json
import os
import re
import stat
import subprocess
import sys
from types import SimpleNamespace

import pytest

from bot.terminal.console import Aside, SlackConversation
from bot.terminal.standin import Refused, StandIn
from tests.fakes.typist import ROOT, TECHNAME, Typist
from tests.helpers.http import SECRET

COLOUR = re.compile(r"\x1b\[\d+m")
UP = "\x1b[A"

pytestmark = pytest.mark.slow


def piped(lines: str | bytes, environment: dict[str, str], command: str = "run", **more: str):
    """Run the program on these lines: its exit status, stdout and stderr."""
    given = lines.encode() if isinstance(lines, str) else lines
    done = subprocess.run(
        [*TECHNAME, command], input=given, env=environment | more, cwd=ROOT, capture_output=True, timeout=100
    )
    return SimpleNamespace(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def names(reply: str) -> list[str]:
    """The names in a reply."""
    return re.findall(r"^  (?:\d+\. )?(.+?)(?: \(.*\))?   \[\d+\] Vote", reply, re.MULTILINE)


def test_pipe_prints_a_reply_a_line(environment):
    """Two commands give two replies of five names on stdout, in plain text, and the exit status is 0."""
    done = piped("/techname pokemon\n\n  \n/techname complete mo***\n", environment)
    first, second = done.out.strip().split("\n\n")
    assert done.status == 0 and len(names(first)) == len(names(second)) == 5
    assert first.startswith("you · /techname pokemon\ntechname · everybody") and "mo***" in second
    assert "\x1b" not in done.out and "techname" not in done.err.replace("techname: building", "")


def test_prefix_is_optional(environment):
    """`pokemon seed=7`, with and without the slash command, asks for the same."""
    done = piped("pokemon seed=7\n/techname pokemon seed=7\nTECHNAME pokemon seed=7\n", environment)
    replies = [names(reply) for reply in done.out.strip().split("\n\n")]
    assert len(replies) == 3 and replies[0] == replies[1] == replies[2] != []


def test_number_presses_a_button(environment):
    """A number sends the button of the last reply through the handler; its answer is shown, with who asked."""
    done = piped("complete mo*** pokemon 2\n3\n3\n", environment)
    first, second, third = done.out.strip().split("\n\n")
    assert "[3] More   [4] Why   [5] Surprise me   [6] Delete" in first
    assert "Asked for by @you" in second and "Asked for by @you" in third
    assert len({*names(first), *names(second), *names(third)}) == 6


def test_several_people_talk_at_one_terminal(environment):
    """`as Ada: …` is a line of Ada's, `as Ben` makes those that follow Ben's; a round is voted in, picked and
    announced."""
    lines = [
        "suggest Bulbase",
        "as Ada: 1",
        "as Ben",
        "1",
        "shortlist",
        "pick",
        "as you: pick",
        "as you: 1",
        "as you: rounds",
    ]
    done = piped("\n".join(lines), environment)
    replies = done.out.strip().split("\n\n")
    assert "[1] Vote · 1\n  @Ada" in replies[1] and "[1] Vote · 2\n  @Ada, @Ben" in replies[2]
    assert replies[3].startswith("techname · only visible to Ben") and "Only the person who began" in replies[4]
    assert replies[5].startswith("techname · only visible to you") and "Pick Bulbase, with 2 votes?" in replies[5]
    assert (
        "everybody in #names" in replies[6]
        and "The name is Bulbase" in replies[6]
        and "voted for by @Ada, @Ben" in replies[6]
    )
    assert "Lines are Ben's" in done.err and "Bulbase, picked on" in replies[7]


def test_several_people_answer_a_quiz_at_one_terminal(environment):
    """A question, three people's secret answers, who was right, the score; and the panel of the command line has them
    all."""
    lines = ["quiz", "as Ada: 1", "as Ben: 2", "as Cleo: 3", "as Ada: 1", "4", "2", "1", "quiz board"]
    done = piped("\n".join(lines), environment)
    replies = done.out.strip().split("\n\n")
    assert "[1] Pokémon   [2] Technology   [3] Made up   [4] Show the answer\n  Nobody has answered yet" in replies[0]
    assert (
        "3 answered" in replies[5]
        and replies[6].startswith("techname · only visible to Cleo")
        and "nothing changes" in replies[8]
    )
    assert not any(" right" in reply or "@" in reply for reply in replies[:9])
    assert replies[9].count("@") == 3 and "1 of 3 right: @" in replies[9] and "[1] Next one   [2] Score" in replies[9]
    assert (
        replies[10].startswith("techname · only visible to you")
        and replies[10].count("1 of 1 right") == 1
        and replies[10].count("0 of 1 right") == 2
    )
    assert "everybody in #names" in replies[11] and replies[12] == replies[10]
    panel = subprocess.run([*TECHNAME, "panel", "--json"], env=environment, cwd=ROOT, capture_output=True, timeout=100)
    [count] = json.loads(panel.stdout)
    assert (count["shown"], count["answered"], count["taken_for_real"], count["right"]) == (1, 3, 2, 1)


def test_what_is_deleted_is_said_to_be_gone(environment):
    """The asker deletes a list by its number, another cannot; the round outlives the console, in its file."""
    done = piped("complete mo*** pokemon 1\n1\nas Ada: 5\n5\n1", environment)
    assert done.out.count("Vote · 1") == 1 and "Only the person who asked" in done.out
    assert "The message is gone." in done.err and "There is no button 1" in done.err
    assert "[1] Vote · 1" in piped("shortlist", environment).out


def test_button_is_answered_past_a_proxy(environment):
    """A proxy in the environment does not come between the handler and this machine."""
    done = piped("pokemon\n1\n", environment, HTTP_PROXY="http://127.0.0.1:9", http_proxy="http://127.0.0.1:9")
    assert done.out.count("New names") == 2


def test_form_is_filled_in_by_keyboard(environment):
    """The command alone opens the form; numbered fields, errors beside them, its preview and the buttons of that."""
    lines = ["/techname", "1 mob", "ok", "1 mo***", "2 pokemon", "5 2", "6 to me first", "ok", "2", "1", "1"]
    done = piped("\n".join(lines), environment)
    replies = done.out.strip().split("\n\n")
    assert replies[0].startswith("techname · a form only you can see\n  Find new names\n  1. A name with holes")
    assert "\n      ! mob has no hole" in replies[2] and "1. A name with holes, if you have one: mob\n" in replies[2]
    assert "2. Names like those of: pokemon" in replies[4] and "6. Show them: To me first" in replies[6]
    preview, shuffled, sent, voted = replies[7:]
    assert "only visible to you" in preview and "[1] Send   [2] Shuffle   [3] Cancel" in preview
    assert (
        "everybody in #names" in sent
        and shuffled.split("  1. ")[-1] != preview.split("  1. ")[-1]
        and "Vote · 1" in voted
    )


def test_shortcuts_are_used_by_keyboard(environment):
    """`like …` is the message shortcut, on a text or on the last message; `shortcut` the global one, which asks
    where."""
    lines = [
        "like Bulbasaur, Ivysaur",
        "cancel",
        "mo*** pokemon 1",
        "like",
        "cancel",
        "shortcut",
        "7 names",
        "8 x",
        "3 nobody",
        "cancel",
        "ok",
    ]
    done = piped("\n".join(lines), environment)
    replies = done.out.strip().split("\n\n")
    assert "Found in the message: Bulbasaur, Ivysaur." in replies[0] and "holes, if you have one: ...saur" in replies[0]
    assert "holes, if you have one: mo***" in replies[2] and "5. How many names: 1" in replies[2]
    assert "7. Where: #names" in replies[3] and "The fields go from 1 to 7" not in done.out
    assert (
        done.err.count("The form is closed.") == 3
        and "There is no field 8" in done.err
        and "no choice nobody" in done.err
    )


def test_help_is_private_and_its_buttons_run(environment):
    """Help is shown to the person alone, and its first example can be pressed."""
    done = piped("/techname help\n1\n", environment)
    private, public = done.out.strip().split("\n\n")
    assert private.startswith("techname · only visible to you") and len(names(public)) == 5


@pytest.mark.parametrize(
    "line, said", [("/poll lunch", "/poll is a command of another app"), ("7", "There is no button 7")]
)
def test_what_is_no_command_gets_a_sentence(environment, line, said):
    """The console's own sentences go to stderr; stdout holds replies alone."""
    done = piped(f"{line}\n", environment)
    assert (done.status, done.out) == (0, "") and said in done.err


def test_bug_of_ours_is_a_sentence_with_a_reference(environment):
    """A fault of ours is told to the person alone, and the log on stderr has its reference and nothing that was
    typed."""
    broken = "import bot.answers.names, bot.cli, sys; bot.answers.names.brainstorm = lambda *a: {}['secret']; sys.exit(bot.cli.main(['console']))"
    given = {"input": b"complete mo*** pokemon\n", "env": environment, "cwd": ROOT, "timeout": 100}
    done = subprocess.run([sys.executable, "-c", broken], capture_output=True, **given)
    reference = re.search(r"Reference ([0-9a-f]+)", done.stdout.decode())[1]
    assert done.returncode == 0 and b"only visible to you" in done.stdout
    assert (
        json.loads(done.stderr)["reference"] == reference
        and b"mo***" not in done.stderr
        and b"secret" not in done.stderr
    )


def test_exit_ends_the_input(environment):
    """Nothing after `exit` is read."""
    done = piped("models\nexit\nhelp\n", environment)
    assert done.status == 0 and done.out.count("only visible to you") == 1


def test_hostile_bytes_get_a_private_reply(environment):
    """Bytes that are no text, controls and a turned reading direction are answered, and none reaches the terminal."""
    done = piped(b"\xff\xfe pok\xe9mon\n\x1b[2J\x00 pokemon\n\xe2\x80\xaepokemon\n<!channel>\n", environment)
    assert done.status == 0 and done.out.count("only visible to you") == 4 and "Traceback" not in done.err
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", done.out)


def test_pipe_is_for_the_console_whatever_is_set(environment):
    """With tokens set, even with one of two, input from a pipe still means the console, and no network is needed."""
    done = piped("models\n", environment, SLACK_BOT_TOKEN="xoxb-1", SLACK_API_URL="http://127.0.0.1:9/")
    assert done.status == 0 and "only visible to you" in done.out


def test_person_at_a_terminal(environment, tmp_path):
    """Greeting, a command, a number, a recalled line, a line given up with Ctrl-C, Ctrl-D; the history is kept
    privately."""
    with Typist(["console"], environment) as typist:
        greeting = typist.expect("> ")
        assert greeting.count("  /techname ") == 3
        typist.type("/techname complete mo*** pokemon 3\n")
        assert COLOUR.search(typist.expect(r"Surprise me.*> "))
        typist.type("4\n")
        assert "4. " in COLOUR.sub("", typist.expect(r"Asked for by.*Surprise me.*> "))
        typist.type("half a line")
        typist.expect("half a line")
        typist.type("\x03")
        typist.expect("> ")
        typist.type(UP + UP + "\n")
        typist.expect(r"likeliest first.*> ")
        typist.type("\x04")
        assert typist.left() == 0
    history = tmp_path / "state" / "techname" / "history"
    assert history.read_text().splitlines()[0] == "/techname complete mo*** pokemon 3"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


def test_history_outlives_the_conversation(environment):
    """The last line of one conversation is there in the next."""
    for typed in ("models\n", UP + "\n"):
        with Typist(["console"], environment) as typist:
            typist.expect("> ")
            typist.type(typed)
            typist.expect(r"How names can be made.*> ")
            typist.type("\x04")
            assert typist.left() == 0


def test_history_that_cannot_be_written_is_no_error(environment):
    """Where no file can be kept the conversation is as good as ever, and ends with nothing to say."""
    with Typist(["console"], environment | {"XDG_STATE_HOME": os.devnull}) as typist:
        typist.expect("> ")
        typist.type("\x04")
        assert typist.left() == 0 and "Traceback" not in typist.shown


def test_colour_is_given_up_on_request(environment):
    """NO_COLOR leaves a terminal's replies plain, and its width breaks the lines."""
    with Typist(["console"], environment | {"NO_COLOR": "1"}, columns=50) as typist:
        typist.expect("> ")
        typist.type("help\n")
        shown = typist.expect(r"\[3\] draw \.\.\.base pokemon")
    assert not COLOUR.search(shown)
    assert all(len(line) <= 50 for line in shown.split("only visible to you")[1].splitlines())


def test_requests_are_signed(handler):
    """The console's requests are judged like Slack's: with another secret the handler refuses them."""
    assert names(SlackConversation(StandIn(handler, SECRET), False, False).reply("pokemon 3"))
    with pytest.raises(Refused, match="401"):
        SlackConversation(StandIn(handler, "another"), False, False).reply("pokemon")


def test_silence_is_said(handler):
    """A handler that answers nothing is reported, and there is nothing to press."""
    conversation = SlackConversation(
        StandIn(lambda event, context: {"statusCode": 200, "body": ""}, SECRET), False, False
    )
    with pytest.raises(Aside, match="no reply"):
        conversation.reply("pokemon")
    with pytest.raises(Aside, match="has no buttons"):
        conversation.reply("1")
