"""How each list on the shelf was made: from pinned packages, to the same bytes every time.

`python -m corpora.sources` makes all of them again, `python -m corpora.sources tech` one. Each module here is one
corpus: ABOUT is the part of its card that was written by hand, PACKAGES pins what it is made from, and `names` picks
the names. Nothing of this runs in the bot.
"""
