"""English words that everybody knows, made by sources/english.py: what a made-up name may turn out to be."""

from functools import cache

from corpora.cards import HERE

PATH = HERE / "data" / "words" / "english.txt"


@cache
def common() -> tuple[str, ...]:
    """10,000 words of 3 to 12 small letters, the most frequent first, read when first asked for.

    >>> len(common()), "cloud" in common()
    (10000, True)
    """
    return tuple(PATH.read_text(encoding="ascii").split())
