"""The kinds of model there are; apart, so that naming them needs no numpy."""

MODELS = {
    "mix": "a mixture of Markov chains and a hidden Markov model, "
    "each weighed by how well it foretells names it has not seen",
    "markov": "a Markov chain: the next letter depends on the letters before it",
    "hmm": "a hidden Markov model: letters come from hidden states that follow one another",
    "chain": "an unsmoothed Markov chain as markovify makes it: "
    "what was never seen after a few letters never follows them",
}
DEFAULT_MODEL = "mix"
ORDERS = range(1, 7)  # how many letters a Markov chain may look back
DEFAULT_ORDERS = {"markov": 5, "chain": 2}  # the kinds that have an order
DEFAULT_ORDER = DEFAULT_ORDERS["markov"]
WILD = 0.5, 2.0  # how bold names may be asked for, 1.0 as usual
TEMPERATURES = 0.3, 2.0  # that a model may be brought to, 1.0 as it was trained
