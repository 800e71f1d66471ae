"""The kinds of model; in a module of their own, so that naming them does not import numpy."""

MODELS = {
    "mix": "a mixture of Markov chains and a hidden Markov model, "
    "each weighed by how well it foretells names it has not seen",
    "markov": "a Markov chain: the next letter depends on the letters before it",
    "hmm": "a hidden Markov model: letters come from hidden states that follow one another",
    "chain": "an unsmoothed Markov chain as markovify makes it: "
    "what was never seen after a few letters never follows them",
}
CLASSES = {  # the module in generator.models and the class of each kind
    "mix": ("mixture", "Mixture"),
    "markov": ("markov", "Markov"),
    "hmm": ("hmm", "Hmm"),
    "chain": ("unsmoothed", "Chain"),
}
DEFAULT_MODEL = "mix"
ORDERS = range(1, 7)  # the orders of a Markov chain
DEFAULT_ORDERS = {"markov": 5, "chain": 2}  # the kinds that have an order
DEFAULT_ORDER = DEFAULT_ORDERS["markov"]
WILD = 0.5, 2.0  # the temperatures that a user may ask for; 1.0 is usual
TEMPERATURES = 0.3, 2.0  # the temperatures of a model; 1.0 is as trained
