"""The three answers of the quiz: what a name is, and what a person may say that it is."""

POKEMON, TECH, MADE = KINDS = "pokemon", "tech", "made"
REAL = (POKEMON, TECH)  # the corpora that names are taken from, and whose models make names up
