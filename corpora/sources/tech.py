"""Technologies: brands, programming languages and what a syntax highlighter knows, of one plain word each."""

import ast
import json
import re
from collections.abc import Iterable

from corpora.sources.packages import Package
from corpora.sources.source import Files, Source
from corpora.sources.tech_denied import DENIED

ICONS = Package("npm", "simple-icons", "16.37.0", "cd9faf0e6faa8a8fdd15e9632ab4c86fcae4b986fe552b87673149847f2f671d")
LINGUIST = Package(
    "npm", "linguist-languages", "9.5.0", "395ac8b6c5df87b6d0a92b7557c4046685f5b00e6abeaecbb6945195eb233c8d"
)
PYGMENTS = Package("PyPI", "pygments", "2.21.0", "2363c69b61c4a97c838da3b130dcd6468f4848992b21a82f2a63ec34377137d9")
PACKAGES = (
    ICONS,
    LINGUIST,
    PYGMENTS,
)  # in the order in which their spellings count: a brand knows best how it is written

# Letters that can be typed anywhere: a name for a technology becomes a command, a package and a domain.
_WORD = re.compile("[A-Za-z]{3,14}")


def names(files: Files) -> list[str]:
    """The names of one word, each in one spelling, without those denied; in alphabetical order regardless of case."""
    readers = {ICONS: _titles, LINGUIST: _languages, PYGMENTS: _lexers}
    spelling: dict[str, str] = {}
    for package in PACKAGES:
        for name in sorted(readers[package](files[package])):
            if _WORD.fullmatch(name):
                spelling.setdefault(name.lower(), name)
    if unknown := DENIED - spelling.keys():
        raise ValueError(f"denied, but in no source: {sorted(unknown)}")
    return [spelling[key] for key in sorted(spelling.keys() - DENIED)]


def _titles(files: dict[str, bytes]) -> Iterable[str]:
    """The titles of all icons."""
    return (icon["title"] for icon in json.loads(files["package/data/simple-icons.json"]))


def _languages(files: dict[str, bytes]) -> Iterable[str]:
    """The languages of type programming; each is a JavaScript object in a file of its own, one property a line."""
    for path, data in files.items():
        if re.fullmatch(r"package/data/[^/]+\.js", path):
            text = data.decode()
            if re.search(r"^  type: 'programming',$", text, re.MULTILINE):
                yield ast.literal_eval(re.search(r"^  name: (.+),$", text, re.MULTILINE)[1])


def _lexers(files: dict[str, bytes]) -> Iterable[str]:
    """The names of all lexers: the second of each row in a table that is plain Python and is read, not run."""
    for node in ast.parse(files["pygments/lexers/_mapping.py"]).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "LEXERS":
            return [row[1] for row in ast.literal_eval(node.value).values()]
    raise ValueError("pygments has no table of lexers")


SOURCES = {
    "tech": Source(
        title="Technologies",
        line="programming languages, tools and internet brands of one word",
        samples=("Ansible", "GitHub", "Kotlin", "Supabase", "Zig"),
        licence="CC0-1.0, MIT, BSD-2-Clause",
        entries=names,
        packages=PACKAGES,
    )
}
