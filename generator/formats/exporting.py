"""Export of models to the formats of other tools."""

from generator.models.model import Model

FORMATS = ("markovify", "arpa")


class Unsayable(ValueError):
    """A model that a format cannot hold; the message says why, and which model it can hold."""


def export(model: Model, to: str) -> str:
    """The text of a model in another tool's format: "markovify" (JSON of a Chain) or "arpa".

    Raises Unsayable for a model that the format cannot hold, and for an unknown format.

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
    """The model without a distribution of lengths, as other tools have it: a sequence ends by chance alone.

    >>> import generator
    >>> from generator.training.kneser_ney import train_markov
    >>> from generator.models.lengths import weigh_lengths
    >>> plain(weigh_lengths(train_markov(["mew"], 1), ["mew"])).lengths.size
    0
    """
    return model.without_lengths()


def _markovify(model: Model) -> str:
    from generator.formats.markovify import as_markovify
    from generator.models.unsmoothed import Chain

    if not isinstance(model, Chain):
        raise Unsayable(
            "a markovify chain holds counts alone, "
            f"and a model of kind {model.kind!r} is more than counts; train a chain"
        )
    return as_markovify(model)


def _arpa(model: Model) -> str:
    from generator.formats.arpa import as_arpa

    if why := model.beyond_backoff:
        raise Unsayable(f"ARPA holds smoothed back-off chains alone, and this model has {why}; train a plain markov")
    try:
        return as_arpa(model)  # type: ignore[arg-type]  # only a Markov is within back-off
    except ValueError as error:
        raise Unsayable(str(error)) from error
