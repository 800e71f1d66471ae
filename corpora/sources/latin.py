"""Lorem ipsum: the Latin that stands where no text is yet."""

from corpora.sources.packages import Package
from corpora.sources.source import Files, Source, tidy

LOREM = Package(
    "npm", "@cspell/dict-lorem-ipsum", "4.0.5", "8ea63de7a3d17c5c7db62ca8ffc18aac1ae352127c699aa075379c43d7349f40"
)


def words(files: Files) -> list[str]:
    """The words of three letters and more; `#` begins a remark. Some look rude in English, and no name should sound of
    them."""
    lines = files[LOREM]["package/dict/lorem.txt"].decode().splitlines()
    return [word for word in tidy(lines, "[a-z]+") if word not in ("cum", "cunctae", "sex", "tit")]


SOURCES = {
    "ipsum": Source(
        "Lorem ipsum",
        "the Latin words of lorem ipsum",
        ("lorem", "ipsum", "dolor", "consectetur", "voluptatem"),
        "MIT",
        words,
        (LOREM,),
        style="lower",
    )
}
