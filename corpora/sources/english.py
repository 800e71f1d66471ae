"""Makes the list of English words that everybody knows: `python -m corpora.sources.english [--into FOLDER]`."""

import argparse
from pathlib import Path

from corpora.cards import HERE
from corpora.english import PATH
from corpora.rude import is_rude
from corpora.sources.packages import Package, fetch

SYMSPELLPY = Package("PyPI", "symspellpy", "6.10.1", "a653a6c125839a21ada87c3e044d690fc3b39872efbd7b7270db3de9471315e1")
MOST = 10_000  # a name reminds of a word that one knows: of 40,000 nearly every short name is near to one
SHORTEST, LONGEST = 3, 12  # letters


def words(frequencies: str) -> list[str]:
    """The most frequent words, the most frequent first, from lines of a word and how often it was counted; none that is
    rude."""
    counted = (line.split() for line in frequencies.splitlines() if line.strip())
    ranked = [word for word, _ in sorted(counted, key=lambda row: -int(row[1]))]
    fit = (
        word
        for word in ranked
        if word.isascii() and word.isalpha() and SHORTEST <= len(word) <= LONGEST and not is_rude(word)
    )
    return [word for word, _ in zip(fit, range(MOST), strict=False)]


def main() -> None:
    """Make the list from its package."""
    parser = argparse.ArgumentParser(prog="python -m corpora.sources.english", description=__doc__.split(":")[0])
    parser.add_argument(
        "--into", type=Path, default=HERE, metavar="FOLDER", help="where to (the package itself without)"
    )
    listed = words(fetch(SYMSPELLPY)["symspellpy/frequency_dictionary_en_82_765.txt"].decode("utf-8-sig"))
    path = parser.parse_args().into / PATH.relative_to(HERE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{word}\n" for word in listed).encode())
    print(f"{path.name}: {len(listed)} words")


if __name__ == "__main__":
    main()
