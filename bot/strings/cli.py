"""The command line: its usage, the help of its arguments, errors, and the output of `evaluate` and `forget`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bot.strings.phrasing import listed, many, shown, some_of

if TYPE_CHECKING:
    from corpora import Corpus

CLI_MOST = "No more fit."


def too_many_to_fit(count: int, most: int) -> str:
    return (
        f"I can't find {count:,} names that fit a pattern.\nThere are up to {most:,} of them at once; without a pattern, more: "
        "`techname pokemon -n 100000`."
    )


USAGE = """\
techname finds new names in the style of known ones.

  techname pokemon                      new names, the best of many draws
  techname complete 'mo***'             the likeliest names for a pattern; * is one unknown letter, ... any number
  techname generate '...base' pokemon   the best of many draws for a pattern
  techname draw '...base' pokemon -n 8  names drawn for a pattern, as they come
  techname why '*u*a'                   what is likely in each hole of a pattern
  techname taken NAME [NAME ...]        is it taken? asks the places that you have listed (taken.example.toml)
  techname help patterns                everything that a pattern can say, with examples
  techname corpora | models             what there is to choose from
      --corpus NAME|FILE  --model NAME  -n COUNT  --order K  --length 6-8  --wild 1.3  --copy 5  --seed 7  --raw on  --json
      --begins mo  --ends a  --contains base   what a name does besides, in pieces of patterns
      --metre 3/4                       the time signature of tunes, or off
      --kind words  --column NAME|N  --form prose  --encoding cp1252    what a FILE holds, where the guess is wrong
      --sort score|length|name          in that order, and --scores for how good each name is and why
      --sayable on|off                  leave out names that cannot be said: on for names that are drawn, off for the likeliest
      --model-file MODEL                a model of your own, from one of these:

  techname train FILE -o MODEL          train a model on names, one a line (--model NAME --order K --plain)
  techname import FILE -o MODEL         take over a chain or a text that markovify saved as JSON
  techname export MODEL --to markovify  write a model for other tools: markovify, or arpa (-o FILE)

  techname run                          Slack if its tokens are set, else the console
  techname console                      the console: the bot as Slack would show it
  techname serve [--port 8080]          the page and the API; needs the extra `web` (make serve installs it)
  techname mcp                          the MCP server on stdin and stdout, for a coding assistant
  techname doctor [--online]            what is set, what is missing, what to do
  techname manifest [--url https://…]   the Slack manifest: for Socket Mode, or for HTTP at that address
  techname build-models [NAME ...]      train beforehand what takes seconds: the mixtures of these corpora, or of all
  techname evaluate FILE                how well a model foretells names that it was not trained on
  techname panel [TEAM ...] [--json]    what people took for real in the quiz, by month and corpus
  techname forget TEAM [--yes]          delete all that is remembered of one team of Slack's

Status: 0 answered, 2 bad input, 3 nothing fits."""
HELP = {  # by the name of the argument, or, if a command has help of its own for it, by command and name
    "names": "names, as you would write them",
    "build-models names": "corpora; without one those that are shipped",
    "words": "what you would type after /techname",
    "count": "how many names",
    "corpus": "a corpus, or a file with one name a line",
    "model": "how names are made",
    "model_file": "a file that techname train or techname import wrote",
    "order": "how many letters a Markov chain looks back",
    "length": "letters of a name, such as 7 or 6-8",
    "begins": "what a name begins with",
    "ends": "what it ends with",
    "contains": "what it has in it",
    "sort": "score, length or name; unasked, as they are found",
    "scores": "say how good each name is, from 0 to 100, and why",
    "copy": "the most letters, words or notes in a row from one entry; 5 words, 6 notes unless you say",
    "sayable": "on leaves out names that cannot be said, off lets them in; unasked, on for names that are drawn",
    "metre": "of tunes: 4/4, 3/4, 6/8, 2/4 or off; as those of the corpus unless you say",
    "kind": "what a file is made of: characters, words or notes",
    "column": "the column of a CSV file, by the name in its first row or by its number from 1",
    "form": "how a file holds its entries: lines, csv, prose, json, list, html, abc, dictionary, code or commas",
    "encoding": "the encoding of a file that is not UTF-8, such as cp1252",
    "wild": "how bold: from 0.5, tame, to 2, wild; 1 is the usual",
    "raw": "on: names as they are drawn; unasked, generate gives the best of many draws",
    "seed": "a whole number; the same one gives the same names",
    "json": "a list of objects on stdout and nothing else",
    "host": "the address to listen at; this machine alone unless you say",
    "port": "the port to listen at, 8080 unless you say; 0 for any that is free",
    "no_web": "the console alone, without the page",
    "url": "where Slack is to call, https",
    "online": "ask Slack about the tokens",
    "text": "plain text in place of Slack's messages",
    "output": "where the model is written",
    "plain": "let the model end by chance, not at the lengths seen: what arpa can hold",
    "train file": "a corpus, or a file with one name a line",
    "import file": "JSON of a markovify Chain or Text",
    "export file": "a file that techname train or techname import wrote",
    "export output": "where it is written; stdout if nowhere",
    "to": "markovify or arpa",
    "team": "the id of the team, such as T0123ABCD",
    "teams": "the ids of teams, such as T0123ABCD; without one the console's own",
    "yes": "do not ask whether you are sure",
    "evaluate file": "names, one a line: judged in folds, each by models trained on the others",
    "train": "names to train on, one a line",
    "test": "names to judge by",
    "dev": "names to tune settings on; without it a part of the training names is held out for that, and then trained on too",
    "background": "on, unless you say off: the shelf and English words are read besides, without any name of these files",
    "folds": "how many folds, 5 if you don't say; names are shuffled with seed 42, name i is in fold i mod that",
    "masked": "also hide each letter with this probability and fill in, for example 0.5",
    "evaluate seed": "a whole number, 42 if you don't say, for training and for what is hidden",
    "evaluate json": "one object on stdout and nothing else",
}


def unknown_command(word: str, meant: str) -> str:
    return f"There is no command {shown(word)}. Did you mean `techname {meant}`? `techname help` lists them."


def extra_missing(command: str, extra: str, module: str) -> str:
    return (
        f"`techname {command}` needs {module}, which is not installed.\n"
        f"`make install` installs it, or `.venv/bin/pip install -r requirements-{extra}.txt`."
    )


def only_in_a_channel(verb: str) -> str:
    return f"`{verb}` belongs to a channel of Slack's: type `/techname {verb}` there, or in `techname console`."


def bad_arguments(program: str, said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}. `{program} --help` says what it takes."


def not_a_corpus(word: str, shelf: Sequence[str]) -> str:
    return (
        f"`--corpus` cannot be {shown(word)}.{_nearest(word, shelf, 'corpus')} It is {some_of(word, shelf)}, "
        "or the path of a file with one name a line: `techname generate --corpus ./birds.txt`."
    )


def not_on_the_shelf(word: str, shelf: Sequence[str]) -> str:
    return f"There is no corpus {shown(word)}. It is {some_of(word, shelf)}: `techname build-models pokemon`."


def not_a_model(word: str, models: Sequence[str]) -> str:
    return (
        f"`--model` cannot be {shown(word)}.{_nearest(word, models, 'model')} It is {listed(map(shown, models), 'or')}: "
        "`techname generate --model hmm`."
    )


def _nearest(word: str, names: Sequence[str], option: str) -> str:
    near = difflib.get_close_matches(word.lower(), names, 1)
    return f" Did you mean `--{option} {near[0]}`?" if near else ""


_LINES = 5  # told one by one


def lines_left_out(dropped: Sequence[tuple[int, str]]) -> str:
    """Say which lines of a file were left out, and why.

    >>> lines_left_out([(3, "has no letter or digit"), (7, "is the same name as on line 1")])
    'Left out: line 3 has no letter or digit; line 7 is the same name as on line 1.'
    """
    told = [f"line {number} {reason}" for number, reason in dropped[:_LINES]]
    more = [many(len(dropped) - _LINES, "more line")] if len(dropped) > _LINES else []
    return f"Left out: {'; '.join(told + more)}."


def remarks(corpus: Corpus) -> list[str]:
    """Say of a file what was left out of it and what was guessed, a sentence each."""
    left_out = [lines_left_out(corpus.dropped)] if corpus.dropped else []
    return [*left_out, *(f"{note[:1].upper()}{note[1:]}." for note in corpus.notes)]


# `techname evaluate`

EVALUATE_WHAT = (
    "Evaluate what? Give me a file to split into folds, or a file to train on and one to test on.\n"
    "For example `techname evaluate names.txt --folds 5` or `techname evaluate --train a.txt --test b.txt --dev c.txt --model mix --json`."
)


_NUMBERS = {
    "folds": "a whole number from 2",
    "masked": "a probability above 0 and up to 1, such as 0.5",
    "order": "a whole number from 1 to 6",
    "seed": "a whole number from 0",
}


def bad_evaluate_number(option: str, text: str) -> str:
    return f"`--{option}` cannot be {shown(text)}. It is {_NUMBERS[option]}."


def too_many_folds(count: int, names: int) -> str:
    return f"{many(names, 'name')} cannot make {count} folds: every fold needs a name. Give me a longer file or a smaller `--folds`."


def nothing_masked(error: Exception) -> str:
    return f"With `--masked` {error}."


def fold_done(number: int, count: int, nll: float | None) -> str:
    return f"fold {number} of {count}: " + ("a name has probability zero" if nll is None else f"{nll:.4f} nats a token")


def figures(result: dict, indent: str = "") -> Iterator[str]:
    """Write each figure on a line."""
    for key, value in result.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from figures(value, indent + "  ")
        elif not isinstance(value, list):
            yield f"{indent}{key.replace('_', ' ')}: {f'{value:.4f}' if isinstance(value, float) else value}"


# `techname forget`

YES = ("y", "yes")
NOTHING_DELETED = "Nothing was deleted."
NOBODY_TO_ASK = "There is nobody to ask whether you are sure. Say `techname forget TEAM --yes`."


def no_team(team: str) -> str:
    return f"A team's id is made of letters and digits, such as `T0123ABCD`, not {shown(team)}. It stands in the address of Slack in a browser."


def nothing_remembered(team: str) -> str:
    return f"Nothing is remembered of {team}."


def really_forget(team: str, found: Mapping[str, int]) -> str:
    return f"Of {team} this is remembered:\n{_counts(found)}\nDelete it all? It cannot be undone. [y/N] "


def forgotten(team: str, counts: Mapping[str, int]) -> str:
    return f"{_counts(counts)}\nDeleted: {many(sum(counts.values()), 'item')} of {team}."


def _counts(counts: Mapping[str, int]) -> str:
    return "\n".join(f"{count:>9,}  {kind}" for kind, count in sorted(counts.items()))
