"""Every word that a user of the bot reads. `Code` stands in backticks; render shows it as code, a terminal may leave it.

What a user typed goes through `harmless` before it is put in a sentence: it may hold anything.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import generator
from bot.entities import harmless

if TYPE_CHECKING:
    from pathlib import Path

    from bot.batch import Batch
    from bot.reasons import Reasons
    from bot.request import Request
    from corpora import Card

COMMAND = "/techname"
_MANY = 5  # corpora in a sentence
_QUOTED = 'complete "mr. ***" pokemon'
EXAMPLES = ("pokemon", "complete mo***", "draw ...base pokemon")


def shown(text: str) -> str:
    """What somebody typed, as code in a sentence."""
    return f"`{harmless(text)}`"


def command(text: str) -> str:
    """A command as a user would type it, as code."""
    return f"`{COMMAND} {harmless(text, 200)}`"


def listed(items: Iterable[str], last: str = "and") -> str:
    """Join with commas.

    >>> listed(["a", "b", "c"], "or")
    'a, b or c'
    """
    *most, end = items
    return f"{', '.join(most)} {last} {end}" if most else end


def many(number: int, one: str) -> str:
    """A number and its noun.

    >>> many(1, "name"), many(2_000, "name")
    ('1 name', '2,000 names')
    """
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


# Reading what was typed: the first line says what is wrong, the second what is allowed


def with_suggestions(message: str, lines: Sequence[str]) -> str:
    """Ask "did you mean" between what is wrong and what is allowed."""
    wrong, *allowed = message.split("\n")
    asked = [f"Did you mean {listed(map(command, lines), 'or')}?"] if lines else []
    return "\n".join([wrong, *asked, *allowed])


def too_long(length: int, most: int) -> str:
    return (
        f"That is {length:,} characters long, and I read {most:,} at most.\n"
        f"A command is short, for example {command('complete mo***')}."
    )


def unseen(char: str) -> str:
    return (
        f"There is a character in it that nobody can see (U+{ord(char):04X}), perhaps copied along with the text.\n"
        f"Letters, digits, spaces and punctuation are fine, for example {command('complete mo***')}."
    )


def open_quote(word: str) -> str:
    return (
        f"The quote at {shown(word)} never closes.\n"
        f"Quotes hold spaces together, for example {command(_QUOTED)}; inside a word they need no partner."
    )


def unknown(word: str, shelf: Sequence[str]) -> str:
    return f"I don't know the word {shown(word)}.\n{_known(word, shelf)}"


def unknown_alone(word: str, shelf: Sequence[str]) -> str:
    return f"I don't know the word {shown(word)}; a piece of a name needs holes to fill.\n{_known(word, shelf)}"


def _known(word: str, shelf: Sequence[str]) -> str:
    models = listed([f"`{name}`" for name in generator.MODELS], "or")
    return f"A corpus is {_some(word, shelf)}, a model is {models}; {command('help')} shows what I can do."


def _some(word: str, shelf: Sequence[str]) -> str:
    """The corpora there are; of many, those that look like the word, or the first."""
    if len(shelf) <= _MANY:
        return listed([f"`{name}`" for name in shelf], "or")
    near = difflib.get_close_matches(word.lower(), shelf, 3, 0.4) or shelf[:_MANY]
    return f"{', '.join(f'`{name}`' for name in near)} or another of {len(shelf)} ({command('corpora')} lists all)"


def no_hole(word: str, shelf: Sequence[str] = ()) -> str:
    return f"{shown(word)} has no hole for me to fill.\n{_HOLES} For example {command('complete mo***')}."


_HOLES = "`*` stands for one unknown letter, `...` for any number of them."
PATTERN_MISSING = (
    f"Complete what? Give me a name with holes in it.\n{_HOLES} "
    f"For example {command('complete mo***')} or {command('complete ...base pokemon')}."
)


def bad_pattern(text: str, position: int, reason: str) -> str:
    return (
        f"I can't read the pattern {shown(text)}: {harmless(reason, 120)}, at character {position + 1}.\n"
        f"{_HOLES} `[aeiou]` is one of these letters, for example {command('complete m[aeiou]**')}."
    )


_KINDS = {"verb": "commands", "corpus": "corpora", "model": "models", "count": "numbers", "pattern": "patterns"}
_ONE_EACH = "One command, one pattern, one corpus, one model, one number of names"


def twice(kind: str, first: str, second: str) -> str:
    what = f"two {_KINDS[kind]}" if kind in _KINDS else f"`{kind}=` twice"
    return (
        f"That has {what}, {shown(first)} and {shown(second)}, and I can use one.\n"
        f"{_ONE_EACH}, in any order: {command('complete mo*** pokemon hmm 8')}."
    )


_RANGES = {
    "count": ("You can have from {} to {:,} names at once", "pokemon 8"),
    "order": ("`order=` is how many letters the Markov chain looks back, from {} to {}", "pokemon order=3"),
    "seed": ("`seed=` is a whole number from {} to {:,}", "pokemon seed=7"),
    "skip": ("`skip=` is how many names to pass over, from {} to {:,}", "complete mo*** skip=5"),
}


def out_of_range(key: str, word: str, least: int, most: int) -> str:
    allowed, example = _RANGES[key]
    return f"I can't use {shown(word)}.\n{allowed.format(least, most)}, for example {command(example)}."


def bad_length(word: str, most: int) -> str:
    return (
        f"I can't use {shown(word)}.\n"
        f"`length=` is a number of letters from 1 to {most}, or a range of them, for example {command('pokemon length=6-8')}."
    )


def bad_wild(word: str, least: float, most: float) -> str:
    return (
        f"I can't use {shown(word)}.\n"
        f"`wild=` is how bold the names are, from {least:g} (tame) to {most:g} (wild) with two decimals at most; "
        f"1 is the usual, for example {command('pokemon wild=1.3')}."
    )


def order_without_chain(model: str) -> str:
    return f"`order=` does not go with `{model}`.\nIt is how many letters a `markov` or a `chain` looks back."


SEED_WITHOUT_DRAWS = (
    "`seed=` does not go with `complete`, whose names are the likeliest ones and the same each time.\n"
    f"Names are drawn by `draw` and take a seed, for example {command('draw mo*** seed=7')}."
)
SKIP_WITHOUT_RANKS = (
    "`skip=` goes with `complete` alone: names that are drawn have no order to skip in.\n"
    f"For example {command('complete mo*** skip=5')}."
)


# Answering


def title(batch: Batch) -> str:
    """What the names below are; with fewer than asked for, why."""
    asked = batch.request
    more = "More new names" if asked.skip else "New names"
    corpus = f"`{harmless(asked.corpus)}`"
    if asked.pattern is None:
        sentence = f"{more} in the style of {corpus}"
    else:
        ranked = "the likeliest of each length" if batch.many_lengths else "likeliest first"
        how = ranked if asked.verb == "complete" else "drawn at random"
        sentence = f"{more} for {shown(asked.pattern)} from {corpus}, {how}"
    return sentence if len(batch.names) == asked.count else f"{sentence}; {the_end(batch)}"


def the_end(batch: Batch) -> str:
    """Why there are fewer names than asked for."""
    return "no more fit" if batch.exact else "there may be more, but not where I could look in time"


ASKED_BY = "Asked for by "


def already(known: Sequence[str], count: int) -> str:
    """The known names that fit the pattern, which are never among the new ones."""
    more = f" (and {count - len(known):,} more)" if count > len(known) else ""
    return f"Already out there: {', '.join(known)}{more}"


def made_with(batch: Batch) -> str:
    """The small print: how to have the same names again, and how far their order can be trusted."""
    asked = batch.request
    seed = f"seed {batch.seed}" if batch.seed is not None else None
    doubt = None if batch.exact else in_doubt(batch.gap)
    return " · ".join(part for part in (_made_by(asked), seed, doubt) if part)


def _made_by(asked: Request) -> str:
    order = f"order {asked.order}" if asked.order is not None else None
    wild = f"wild {asked.wild:g}" if asked.wild != 1.0 else None
    return " · ".join(part for part in (harmless(asked.corpus), asked.model, order, wild) if part)


def in_doubt(gap: float) -> str:
    """What an order that is not exact means.

    >>> in_doubt(0.7)
    'a name left out may be up to 2 times as likely as the last one here'
    """
    if gap > math.log(1000):
        return "the order is a good guess: there are too many names to look at each"
    return f"a name left out may be up to {math.exp(gap):.2g} times as likely as the last one here"


MORE = "More"
DRAW_INSTEAD = "Draw at random"
RANK_INSTEAD = "Likeliest first"


def spoken_more(request: Request) -> str:
    what = f"for {harmless(request.pattern, 30)}" if request.pattern else f"in the style of {harmless(request.corpus, 30)}"
    return f"{many(request.count, 'more name')} {what}"


def spoken_instead(request: Request) -> str:
    how = "The likeliest names" if request.verb == "complete" else "Names drawn at random"
    return f"{how} for {harmless(request.pattern, 30)}"


def spoken_run(line: str) -> str:
    return f"Run {COMMAND} {line}"


YOU_TYPED = "You typed "


# Saying why

WHY_WHAT = f"Why what? Give me a name with holes in it.\n{_HOLES} For example {command('why *u*a')} or {command('why ...base pokemon')}."
WHY_DRAWS_NOTHING = (
    "`seed=` does not go with `why`, which draws nothing: it weighs all that fits.\n"
    f"Names are drawn by `draw` and take a seed, for example {command('draw *u*a seed=7')}."
)
COMPLETE_INSTEAD = "Likeliest names"


def why_title(found: Reasons) -> str:
    asked = found.request
    return f"What may stand in each hole of {shown(asked.pattern)} in names like those of `{harmless(asked.corpus)}`, likeliest first"


def likely(found: Sequence[tuple[str | int, float]]) -> str:
    """Tokens, or numbers of tokens, and how probable each is.

    >>> likely([("é", 0.5), (" ", 0.004), (2, 0.1)])
    'é 50% · space 0.4% · 2 letters 10%'
    """
    return " · ".join(f"{_standing(what)} {percent(p)}" for what, p in found)


def _standing(what: str | int) -> str:
    if isinstance(what, int):
        return many(what, "letter")
    return "space" if what == " " else what


def percent(share: float) -> str:
    """A probability as a reader takes it in.

    >>> percent(0.123), percent(0.0123), percent(0.99999), percent(1.0), percent(1e-9)
    ('12%', '1.2%', 'nearly 100%', '100%', 'under 0.1%')
    """
    if share < 0.001:
        return "under 0.1%"
    if 0.995 <= share < 1.0 - 1e-9:
        return "nearly 100%"
    return f"{100 * share:.0f}%" if share >= 0.0995 else f"{100 * share:.1f}%"


def why_with(asked: Request) -> str:
    """The small print."""
    return f"{_made_by(asked)} · known names count too"


def no_reasons(request: Request, reason: str) -> str:
    return (
        f"I can't say what stands in {shown(request.pattern)}: {harmless(reason, 200)}.\n"
        f"{_HOLES} For example {command('why *u*a')} or {command('why mo... pokemon')}."
    )


# Nothing fits


def unfillable(request: Request, part: str, reason: str) -> str:
    whose = f" in {shown(part)}" if part and part != request.pattern else ""
    what = f"the pattern {shown(request.pattern)}" if request.pattern else "that"
    return (
        f"No name from `{harmless(request.corpus)}` can fit {what}: {harmless(reason, 200)}{whose}.\n"
        f"{_HOLES} For example {command('complete mo*** pokemon')}."
    )


def tangled(request: Request) -> str:
    return (
        f"The pattern {shown(request.pattern)} can be read in more ways than I can follow in time.\n"
        f"Fewer holes between gaps, or a narrower length, make it simpler: for example {command('complete ...a*b... length=7')}."
    )


def all_known(batch: Batch) -> str:
    more = f" and {batch.known_count - len(batch.known):,} more" if batch.known_count > len(batch.known) else ""
    fitting = f"{', '.join(map(harmless, batch.known))}{more}"
    return f"Every name that fits {shown(batch.request.pattern)} is known already: {fitting}.\n{_LOOSER}"


def none_fits(batch: Batch) -> str:
    asked = batch.request
    what = shown(asked.pattern) if asked.pattern else "that length"
    nothing = "No more new names fit" if asked.skip else "No new name fits"
    reach = "" if batch.exact else " as far as I could look in time"
    return f"{nothing} {what} with `{asked.model}` and `{harmless(asked.corpus)}`{reach}.\n{_LOOSER}"


_LOOSER = f"A looser pattern leaves more room, for example {command('complete mo... pokemon')}."


# About the bot


HELP = (
    "I find new names that sound like the ones you know, and fill in the holes of the ones you half have.",
    f"{command('pokemon')} draws new names in the style of a corpus",
    f"{command('complete mo***')} ranks what fits the holes: `*` is one unknown letter, `...` any number, `[aeiou]` one of these",
    f"{command('draw mo*** pokemon hmm 8')} draws instead; corpus, model and number of names go in any order",
    f"{command('why *u*a')} tells what is likely in each hole",
    "`length=6-8`, `wild=1.3` (bolder; `0.7` is tamer), `order=3` and `seed=7` say more, and quotes hold spaces",
    f"{command('corpora')} and {command('models')} list what there is to choose from",
)
CORPORA = "What names can be made from:"
MODELS = "How names can be made:"


MORE_SOURCES = "Where the others come from: techname corpora --json, or corpora/README.md"


def corpus_line(card: Card) -> str:
    return f"`{card.name}` {card.count:,}: {', '.join(card.samples[:3])}"


def variants_line(cards: Sequence[Card]) -> str:
    """Corpora that are called after another one, with a name of each."""
    fewest, most = (f"{pick(card.count for card in cards):,}" for pick in (min, max))
    return f"{' '.join(f'`{card.name}`' for card in cards)} {fewest} to {most} each: {', '.join(card.samples[0] for card in cards)}"


def source_line(card: Card) -> str:
    return f"{card.name}: {card.source} ({card.licence}), {card.date}"


def model_line(name: str, line: str) -> str:
    return f"`{name}` {line}"


# Our own faults


def broken(reference: str) -> str:
    return f"Something broke on my side; it was not your command. Reference `{reference}`: it stands in the log beside the cause."


NOT_MINE = "That button or form is none of mine, so there is nothing that I can do with it."


# Building models: for whoever runs the bot


def building(file: str) -> str:
    return f"techname: building {file} (once; it is kept)"


def model_damaged(error: Exception) -> str:
    return f"techname: {error}; it is built again"


def model_not_kept(path: Path, error: OSError) -> str:
    return f"techname: {path} cannot be written ({error.strerror}); it is built again next time"


def model_missing(path: Path) -> str:
    return f"the model {path} is missing, damaged or of another corpus: run `make models` before `make package`"


# In a terminal: the console

BOT = "techname"
IN_CHANNEL = "· everybody in #names sees this"
ONLY_YOU = "· only visible to you"
NO_REPLY = "There was no reply."


def greeting() -> str:
    tries = "\n".join(f"  {COMMAND} {example}" for example in EXAMPLES)
    return f"This is techname as Slack would show it; nothing leaves this machine. Three things to try:\n{tries}\nA number presses a button, exit or Ctrl-D leaves.\n"


def asked(text: str) -> str:
    return f"you · {COMMAND} {text}".rstrip()


def other_command(word: str) -> str:
    return f"{harmless(word)} is a command of another app; here there is {COMMAND} alone, for example {COMMAND} pokemon."


def no_button(number: int, count: int) -> str:
    there = f"The buttons of the last reply go from 1 to {count}" if count else "The last reply has no buttons"
    return f"There is no button {number}. {there}; for {many(number, 'name')} type {COMMAND} {number}."


def refused(status: object) -> str:
    return f"The handler answered with status {status}, which Slack would show as a failure of the app."


# In a terminal: Slack over Socket Mode

RECONNECTING = "The connection is lost; trying again until it is back."
CONNECTED_AGAIN = "Connected again."
DISCONNECTED = "Disconnected."
NO_HANDSHAKE = "it accepts no WebSocket"
NOT_SLACK = "it does not answer as Slack does"
_TOKENS = {
    "SLACK_BOT_TOKEN": "the Bot User OAuth Token under OAuth & Permissions; it begins with xoxb-",
    "SLACK_APP_TOKEN": "an App-Level Token with the scope connections:write under Basic Information; it begins with xapp-",
}


def connected(team: str | None, user: str | None) -> str:
    where = f" to {harmless(team)}" if team else ""
    who = f" as @{harmless(user)}" if user else ""
    return f"Connected{where}{who} over Socket Mode. Type {COMMAND} pokemon in a channel there; Ctrl-C here leaves."


def one_token(here: str, missing: str) -> str:
    return (
        f"{here} is set and {missing} is not; Socket Mode needs both. {missing} is {_TOKENS[missing]}. "
        "Put it in the environment or in .env, or unset both for the console (make console)."
    )


def refused_token(variable: str, code: str) -> str:
    return f"Slack does not accept {variable} ({harmless(code)}). It is {_TOKENS[variable]}. Copy it again from https://api.slack.com/apps."


def unreachable(url: str, reason: str) -> str:
    return f"I cannot reach {url}: {harmless(reason, 200)}. Check the network, SLACK_API_URL and, if there is a proxy, HTTPS_PROXY."


# The manifest

MANIFEST_DESCRIPTION = "Finds a name with your team: new names that sound like known ones, and the holes in yours filled."
MANIFEST_LONG_DESCRIPTION = (
    "techname finds a name together with you. It has read lists of names, from Pokémon to technology, and makes new ones that "
    "could stand among them. Give it a name with holes, such as mo*** or ...base, and it fills them. Everybody in the channel "
    "sees the names; help and mistakes are shown to you alone. It reads nothing but the commands that you give it."
)
MANIFEST_COMMAND = "Find new names, or fill the holes in one"
MANIFEST_USAGE = "pokemon | complete mo*** | draw ...base pokemon 8 | help"


def bad_url(url: str) -> str:
    wrong = f"Slack cannot call {shown(url)}." if url.strip() else "There is no address for Slack to call."
    return (
        f"{wrong} It begins with https:// and has no spaces, as the deployment prints it: "
        "`techname manifest --url https://abc123.execute-api.eu-central-1.amazonaws.com/slack/events`."
    )


# In a terminal: the command line

CLI_MOST = "No more fit."
USAGE = """\
techname finds new names in the style of known ones.

  techname pokemon                      new names, drawn
  techname complete 'mo***'             the likeliest names for a pattern; * is one unknown letter, ... any number
  techname draw '...base' pokemon -n 8  names drawn for a pattern
  techname why '*u*a'                   what is likely in each hole of a pattern
  techname corpora | models             what there is to choose from
      --corpus NAME|FILE  --model NAME  -n COUNT  --order K  --length 6-8  --wild 1.3  --seed 7  --json
      --model-file MODEL                a model of your own, from one of these:

  techname train FILE -o MODEL          train a model on names, one a line (--model NAME --order K --plain)
  techname import FILE -o MODEL         take over a chain or a text that markovify saved as JSON
  techname export MODEL --to markovify  write a model for other tools: markovify, or arpa (-o FILE)

  techname run                          Slack if its tokens are set, else the console
  techname console                      the console: the bot as Slack would show it
  techname doctor [--online]            what is set, what is missing, what to do
  techname manifest [--url https://…]   the Slack manifest: for Socket Mode, or for HTTP at that address
  techname build-models [NAME ...]      train all models of a corpus beforehand; without a name, of those that are shipped
  techname evaluate FILE                how well a model foretells names that it was not trained on

Status: 0 answered, 2 bad input, 3 nothing fits."""
OPTION_HELP = {
    "words": "what you would type after /techname",
    "names": "corpora; without one those that are shipped",
    "count": "how many names",
    "corpus": "a corpus, or a file with one name a line",
    "model": "how names are made",
    "order": "how many letters a Markov chain looks back",
    "length": "letters of a name, such as 7 or 6-8",
    "wild": "how bold: from 0.5, tame, to 2, wild; 1 is the usual",
    "seed": "a whole number; the same one gives the same names",
    "json": "a list of objects on stdout and nothing else",
    "url": "where Slack is to call, https",
    "online": "ask Slack about the tokens",
    "model-file": "a file that techname train or techname import wrote",
    "output": "where the model is written",
    "export": "where it is written; stdout if nowhere",
    "to": "markovify or arpa",
    "plain": "let the model end by chance, not at the lengths seen: what arpa can hold",
    "markovify": "JSON of a markovify Chain or Text",
}


_MODEL_FILE = "A model file is what `techname train names.txt -o names.npz` or `techname import chain.json -o chain.npz` writes."
MODEL_TWICE = (
    "`--model-file` is a model already, so no other model and no order goes with it.\n"
    "For example `techname complete 'mo***' --model-file names.npz`."
)
NO_KNOWN_NAMES = "Names that exist already may be among these: the model does not list them, --corpus FILE would."


def model_unreadable(path: str, error: OSError) -> str:
    return f"I cannot read {shown(path)} ({(error.strerror or 'unreadable').lower()}).\n{_MODEL_FILE}"


def not_a_model_file(path: str, reason: str) -> str:
    return f"I cannot use {shown(path)}: {harmless(reason, 200)}.\n{_MODEL_FILE}"


def unseen_token(path: str, token: str) -> str:
    char = next((c for c in token if not c.isprintable()), "")
    what = f"with a character that nobody can see (U+{ord(char):04X})" if char else "with no letter at all"
    return f"I cannot use {shown(path)}: it has a token {what}.\nTake it out of what the model was made from, and make it again."


def not_markovifys(path: str, reason: str) -> str:
    return (
        f"I cannot import {shown(path)}: {harmless(reason, 200)}.\n"
        "It is a file of JSON that `to_json()` of a markovify Chain or Text gave: `techname import chain.json -o chain.npz`."
    )


def cannot_write(path: str, error: OSError) -> str:
    return f"I cannot write {shown(path)} ({(error.strerror or 'unwritable').lower()}).\nName a file in a folder that is there, with `-o`."


def model_written(path: str, kind: str, order: int | None, tokens: int) -> str:
    of = f"{kind}, order {order}" if order is not None else kind
    return f"techname: {harmless(path)} written ({of}, {many(tokens, 'token')})"


def unsayable(path: str, to: str, reason: str) -> str:
    return (
        f"I cannot write {shown(path)} as {shown(to)}: {harmless(reason, 200)}.\n"
        "For markovify `techname train names.txt -o names.npz --model chain`, for arpa `--model markov --plain`."
    )


def unknown_command(word: str, meant: str) -> str:
    return f"There is no command {shown(word)}. Did you mean `techname {meant}`? `techname help` lists them."


def bad_arguments(program: str, said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}. See `{program} --help`; for example `techname pokemon -n 5` or `techname complete 'mo***' --json`."


def not_a_corpus(word: str, shelf: Sequence[str]) -> str:
    return (
        f"`--corpus` cannot be {shown(word)}.{_nearest(word, shelf, 'corpus')} It is {_some(word, shelf)}, "
        "or the path of a file with one name a line: `techname generate --corpus ./birds.txt`."
    )


def not_on_the_shelf(word: str, shelf: Sequence[str]) -> str:
    return f"There is no corpus {shown(word)}. It is {_some(word, shelf)}: `techname build-models pokemon`."


def not_a_model(word: str, models: Sequence[str]) -> str:
    return (
        f"`--model` cannot be {shown(word)}.{_nearest(word, models, 'model')} It is {listed([f'`{name}`' for name in models], 'or')}: "
        "`techname generate --model hmm`."
    )


def _nearest(word: str, names: Sequence[str], option: str) -> str:
    near = difflib.get_close_matches(word.lower(), names, 1)
    return f" Did you mean `--{option} {near[0]}`?" if near else ""


def lines_left_out(dropped: Sequence[tuple[int, str]]) -> str:
    number, reason = dropped[0]
    more = f", and {many(len(dropped) - 1, 'more line')}" if len(dropped) > 1 else ""
    return f"Left out: line {number} {reason}{more}."


def remark(note: str) -> str:
    """What was guessed of a file, as a sentence.

    >>> remark("read as prose")
    'Read as prose.'
    """
    return f"{note[:1].upper()}{note[1:]}."


# In a terminal: evaluate

EVALUATE_HELP = {
    "file": "names, one a line: judged in folds, each by models trained on the others",
    "train": "names to train on, one a line",
    "test": "names to judge by",
    "dev": "names to tune settings on; without it a part of the training names is held out for that, and then trained on too",
    "folds": "how many folds, 5 if you don't say; names are shuffled with seed 42, name i is in fold i mod that",
    "order": OPTION_HELP["order"],
    "masked": "also hide each letter with this probability and fill in, for example 0.5",
    "seed": "a whole number, 42 if you don't say, for training and for what is hidden",
    "json": "one object on stdout and nothing else",
}
EVALUATE_WHAT = (
    "Evaluate what? Give me a file to split into folds, or a file to train on and one to test on.\n"
    "For example `techname evaluate names.txt --folds 5` or `techname evaluate --train a.txt --test b.txt --dev c.txt --model mix --json`."
)
_EVALUATE_NUMBERS = {
    "folds": "a whole number from 2",
    "masked": "a probability above 0 and up to 1, such as 0.5",
    "order": "a whole number from 1 to 6",
    "seed": "a whole number from 0",
}


def bad_evaluate_number(option: str, text: str) -> str:
    return f"`--{option}` cannot be {shown(text)}. It is {_EVALUATE_NUMBERS[option]}."


def unreadable(path: str, error: Exception) -> str:
    why = getattr(error, "strerror", None) or "it is not UTF-8 text"
    return f"I cannot read {shown(path)}: {why}. It is a text file with one name a line."


def no_names(path: str) -> str:
    return f"There is no name in {shown(path)}. It is a text file with one name a line."


def too_many_folds(count: int, names: int) -> str:
    return f"{many(names, 'name')} cannot make {count} folds: every fold needs a name. Give me a longer file or a smaller `--folds`."


def nothing_masked(error: Exception) -> str:
    return f"With `--masked` {error}."


def fold_done(number: int, count: int, nll: float | None) -> str:
    return f"fold {number} of {count}: " + ("a name has probability zero" if nll is None else f"{nll:.4f} nats a token")


def figures(result: dict, indent: str = "") -> Iterator[str]:
    """What was measured, a line a figure."""
    for key, value in result.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from figures(value, indent + "  ")
        elif not isinstance(value, list):
            yield f"{indent}{key.replace('_', ' ')}: {value:.4f}" if isinstance(value, float) else f"{indent}{key.replace('_', ' ')}: {value}"


# In a terminal: the doctor

SET_UP = "The console can run: techname console."
NOT_SET_UP = "The console cannot run before what is marked !! is mended."
NO_TOKENS = "Slack tokens: none, so techname run is the console. The README's five steps connect a workspace."
BOTH_TOKENS = "Slack tokens: both are set, so techname run connects over Socket Mode."
NO_SECRET = "SLACK_SIGNING_SECRET: not set. Only HTTP needs it (AWS Lambda): Basic Information, Signing Secret."
SECRET_SET = "SLACK_SIGNING_SECRET: set."
ODD_SECRET = "SLACK_SIGNING_SECRET: set, but it is not 32 hexadecimal digits as Slack's are. Copy it from Basic Information."
OFFLINE = "The tokens were not tried; techname doctor --online asks Slack."


def python_version(version: str, enough: bool) -> str:
    return f"Python {version}" if enough else f"Python {version}: 3.11 or later is needed. Install it and run make install."


def corpora_found(names: Sequence[str]) -> str:
    return f"Corpora: {len(names)}, from {names[0]} to {names[-1]}; techname corpora lists all."


def models_found(found: int, missing: Sequence[str], folder: object, names: Sequence[str]) -> str:
    if not missing:
        return f"Models: all {found} of {listed(names)} in {folder}; those of other corpora are built on first use."
    return f"Models: {listed(missing)} not built yet. Each is on first use; make models builds those of {listed(names)}."


def odd_token(variable: str, start: str) -> str:
    return f"{variable}: set, but it does not begin with {start}. It is {_TOKENS[variable]}."


def api_url(url: str, usual: bool) -> str:
    return "SLACK_API_URL: not set, so Slack itself." if usual else f"SLACK_API_URL: {url} in place of Slack."


def open_api_url(url: str) -> str:
    return f"SLACK_API_URL: {url} is not https, so the tokens would travel in clear. Only an address on this machine may do that."


def manifest_found(same: bool) -> str:
    return "manifest.yml: up to date." if same else "manifest.yml: missing or changed; techname manifest > manifest.yml writes it anew."


def token_accepted(variable: str, team: str | None) -> str:
    return f"{variable}: Slack accepts it" + (f", for {harmless(team)}." if team else ".")
