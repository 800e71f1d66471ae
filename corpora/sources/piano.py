"""Phrases of melodies in the public domain, in one key: C major, A minor where they are minor."""

from corpora.sources.source import Files, Source
from corpora.sources.tunes import faults, tunes


def phrases(files: Files) -> list[str]:
    """The phrases of all tunes, each once, with the tune that it is first in; raises ValueError for a tune that is not
    sound.

    A phrase and not a tune is an entry: two to four bars are what is hummed in one breath, and fit into the places of a
    pattern.
    """
    first: dict[str, str] = {}
    for tune in tunes():
        if wrong := faults(tune):
            raise ValueError(f"{tune.title}: {', '.join(wrong)}")
        for phrase in tune.phrases:
            first.setdefault(" ".join(map(str, phrase)), tune.origin)
    return [f"{phrase}\t{origin}" for phrase, origin in first.items()]


SOURCES = {
    "piano": Source(
        "Melodies",
        "phrases of tunes in the public domain, in C major or A minor",
        (
            "C4 C4 G4 G4 A4 A4 G4:2 F4 F4 E4 E4 D4 D4 C4:2",
            "E4 E4 F4 G4 G4 F4 E4 D4 C4 C4 D4 E4 E4:1.5 D4:0.5 D4:2",
            "A4 A4 B4:2 A4 A4 B4:2 A4 B4 C5 B4 A4 B4:0.5 A4:0.5 F4:2",
            "E5 B4:0.5 C5:0.5 D5 C5:0.5 B4:0.5 A4 A4:0.5 C5:0.5 E5 D5:0.5 C5:0.5 B4:1.5 C5:0.5 D5 E5 C5 A4 A4 R",
            "C4 D4 E4 C4 C4 D4 E4 C4 E4 F4 G4:2 E4 F4 G4:2",
        ),
        "MIT",
        phrases,
        own="typed by hand",
        kind="notes",
        style="notes",
    )
}
