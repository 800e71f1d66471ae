"""Model files: progress of training, and errors of building, loading, importing and exporting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.strings.phrasing import ENTRIES, TOKENS, command, failed, listed, many, shown
from bot.text import harmless

if TYPE_CHECKING:
    from pathlib import Path

    from generator.training.train import Model


def building(file: str) -> str:
    return f"techname: building {file} (once; it is kept)"


def building_some(file: str, number: int, count: int) -> str:
    return f"techname: building {number} of {count}: {file}"


def training(name: str, kind: str) -> str:
    return f"techname: training {kind} of {harmless(name)} in the background"


def training_failed(what: str, error: Exception) -> str:
    return f"techname: {harmless(what)} was not built: {error}"


def not_built(files: Sequence[str]) -> str:
    return f"{many(len(files), 'model')} could not be built: {', '.join(files)}. What was wrong stands above; all others are built."


def model_damaged(error: Exception) -> str:
    return f"techname: {error}; it is built again"


def model_not_kept(path: Path, error: OSError) -> str:
    return f"techname: {path} cannot be written ({error.strerror}); it is built again next time"


def model_missing(path: Path) -> str:
    return f"the model {path} is missing, damaged or of another corpus: run `make models` before `make package`"


def no_time_for(name: str, kind: str) -> str:
    return (
        f"A model of the kind {shown(kind)} takes longer to train for {shown(name)} than Slack waits.\n"
        f"A `markov` of a blend is trained while you wait: {command(f'{name} markov')}."
    )


_MODEL_FILE = (
    "A model file is what `techname train names.txt -o names.npz` or `techname import chain.json -o chain.npz` writes."
)
MODEL_TWICE = (
    "`--model-file` is a model already, so no other model and no order goes with it.\n"
    "For example `techname complete 'mo***' --model-file names.npz`."
)
NO_KNOWN_NAMES = "Names that exist already may be among these: the model does not list them, --corpus FILE would."


def model_unreadable(path: str, error: OSError) -> str:
    return f"I cannot read {shown(path)} {failed(error, 'unreadable')}.\n{_MODEL_FILE}"


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
    return f"I cannot write {shown(path)} {failed(error, 'unwritable')}.\nName a file in a folder that is there, with `-o`."


def model_written(path: str, model: Model) -> str:
    """Describe a model file, and what its model was made from, as far as its provenance says."""
    said = model.provenance
    how = f"{model.kind}, order {model.order}" if model.order is not None else model.kind
    entries = f"{many(said['names'], ENTRIES[said['kind']])} of " if "names" in said else ""
    tokens = many(len(model.vocabulary), f"different {TOKENS.get(said.get('kind'), 'token')}")
    read = f", and {many(said['background'], 'name')} of other lists for a background" if "background" in said else ""
    return f"techname: {harmless(path)} written: {how}, from {entries}{tokens}{read}"


def not_plain(kind: str, kinds: Sequence[str]) -> str:
    return (
        f"`--plain` does not go with {shown(kind)}, only with {listed(map(shown, kinds), 'or')}.\n"
        "For example `techname train names.txt -o names.npz --plain`, which is a `markov`."
    )


def unsayable(path: str, to: str, reason: str) -> str:
    return (
        f"I cannot write {shown(path)} as {shown(to)}: {harmless(reason, 200)}.\n"
        "For markovify `techname train names.txt -o names.npz --model chain`, for arpa `--model markov --plain`."
    )
