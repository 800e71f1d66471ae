"""Models in the files of other tools, as far as those can say what a model says."""

from dataclasses import replace

import numpy as np

from generator.training.train import Model

FORMATS = ("markovify", "arpa")


class Unsayable(ValueError):
    """A model that a format has no words for; the message says why and what would do."""


def export(model: Model, to: str) -> str:
    """The text of a model in another tool's format: "markovify" (JSON of a Chain) or "arpa".

    Raises Unsayable for a model that the format cannot hold, and for another format.

    >>> import generator
    >>> generator.export(generator.train("chain", ["mew"], None, order=1), "markovify")[:34]
    '[[["___BEGIN__"], {"m": 1}], [["e"'
    """
    if to not in FORMATS:
        raise Unsayable(f"there is no format {to!r}; there are {' and '.join(FORMATS)}")
    if to == "markovify":
        return _markovify(model)
    return _arpa(model)


def plain(model: Model) -> Model:
    """A model that ends by chance alone, as other tools' do: without the lengths of the names that it was trained on.

    >>> import generator
    >>> from generator.training.kneser_ney import train_markov
    >>> from generator.models.lengths import weigh_lengths
    >>> plain(weigh_lengths(train_markov(["mew"], 1), ["mew"])).lengths.size
    0
    """
    if model.kind in ("mix", "chain") or (model.kind == "markov" and model.clock):
        return model
    return replace(model, lengths=np.empty(0), kept_messages={})


def _markovify(model: Model) -> str:
    from generator.formats.markovify import as_markovify

    if model.kind != "chain":
        raise Unsayable(
            f"a markovify chain holds counts alone, and a model of kind {model.kind!r} is more than counts;"
            " train a chain"
        )
    return as_markovify(model)


def _arpa(model: Model) -> str:
    from generator.formats.arpa import as_arpa

    why = {"mix": "a mixture of whole sequences", "hmm": "hidden states", "chain": "probabilities of zero"}.get(
        model.kind
    )
    if why is None and (model.clock or model.lengths.size):
        why = "a clock" if model.clock else "a say in how long a name is"
    if why:
        raise Unsayable(f"ARPA holds smoothed back-off chains alone, and this model has {why}; train a plain markov")
    try:
        return as_arpa(model)
    except ValueError as error:
        raise Unsayable(str(error)) from error
