"""Lines of verse that were written for this project, in the mood of funk rock."""

from corpora.sources.source import TYPED, Files, Source


def lines(files: Files) -> list[str]:
    """The lines of all songs, each with the title of its song."""
    found, title = [], ""
    for line in (TYPED / "lyrics.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            title = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            found.append(f"{line}\t{title}")
    return found


SOURCES = {
    "lyrics": Source(
        "Lyrics",
        "lines of verse written for this project, in the mood of funk rock",
        (
            "Can you feel the floor begin to sway",
            "Slap the bottom, let the low end ring",
            "Copper moon on the river again",
            "I got a hummingbird heart in a bulldozer chest",
            "Hit it on the one now, hit it like a bell",
        ),
        "MIT",
        lines,
        own="written for techname",
        kind="words",
        style="line",
    )
}
