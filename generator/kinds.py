"""The kinds of model there are; apart, so that naming them needs no numpy."""

MODELS = {
    "mix": "a mixture of the two below, each weighed by how well it foretells names it has not seen",
    "markov": "a Markov chain: the next letter depends on the letters before it",
    "hmm": "a hidden Markov model: letters come from hidden states that follow one another",
}
DEFAULT_MODEL = "mix"
ORDERS = range(1, 7)  # how many letters a Markov chain may look back
DEFAULT_ORDER = 5
