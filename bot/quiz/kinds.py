"""The three kinds of names in the quiz, which are also its three answers."""

POKEMON, TECH, MADE = KINDS = "pokemon", "tech", "made"
REAL = (POKEMON, TECH)  # the corpora of real names, whose models make up the others
