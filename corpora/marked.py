"""Lists whose entries bear a mark: the bullets and numbers of Markdown and YAML, the tags of HTML and XML."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from corpora.columns import Table
from corpora.forms import Row, lines

_ITEM = re.compile(r"(\s*)(?:[-*+•–‣◦▪·]|#?(\d{1,6})[.):])\s+(?:\[[ xX]\]\s+)?(\S.*?)\s*")
_HEADING = re.compile(r"\s*(?:#{1,6}\s.*|[=-]{3,}|\.\.\.|%YAML.*|\S[^:]{0,40}:)\s*")
_LINK = re.compile(r"!?\[([^\]]+)\]\([^)]*\)")
_STRONG = re.compile(r"(\*\*|__|[*_`])(?=\S)(.+?)(?<=\S)\1")
_FIELD = re.compile(r"([\w-]+):\s+(\S.*)")
_TAG = re.compile(r"<(?:/?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?|!doctype[^>]*|\?xml[^>]*)>", re.IGNORECASE)


def is_list(text: str) -> bool:
    """Whether most lines of a text are items of a list.

    >>> is_list("# Names\\n- Mew\\n- Muk"), is_list("1. Mew\\n2. Muk\\n3. Seel"), is_list("- Mew\\nMuk\\nSeel")
    (True, True, False)
    """
    filled = [row for row in lines(text[:200_000]) if row.strip() and not _HEADING.fullmatch(row)]
    items = [found for row in filled if (found := _ITEM.fullmatch(row))]
    if len(items) < 2 or len(items) < (0.3 if _records(filled) else 0.7) * len(filled):
        return False
    numbers = [int(found[2]) for found in items if found[2]]
    return len(numbers) < 0.5 * len(items) or sum(
        b == a + 1 for a, b in zip(numbers, numbers[1:], strict=False)
    ) >= 0.8 * (len(numbers) - 1)


def of_list(text: str) -> tuple[Table, list[tuple[int, str]]]:
    """The items of a list without their marks, and the lines that are none; records of YAML as a table."""
    rows = lines(text)
    if _records([row for row in rows if row.strip()]):
        return _of_records(rows), []
    items, others = [], []
    for number, row in enumerate(rows, 1):
        if found := _ITEM.fullmatch(row):
            items.append((number, [_plain(found[3])]))
        elif row.strip() and not re.fullmatch(r"\s*[=-]{3,}\s*", row):
            others.append((number, "is no item of the list"))
    return Table(items, False), others


def _plain(item: str) -> str:
    """An item without quotation marks around it, links and emphasis.

    >>> _plain("**Mew**"), _plain("[Mew](example.org)"), _plain("'Mew'")
    ('Mew', 'Mew', 'Mew')
    """
    item = _STRONG.sub(r"\2", _LINK.sub(r"\1", item)).strip()
    return item[1:-1] if len(item) > 2 and item[0] == item[-1] and item[0] in "'\"" else item


def _records(rows: Sequence[str]) -> bool:
    """Whether the items are records: `- name: Mew`, and more fields below."""
    items = [found[3] for row in rows if (found := _ITEM.fullmatch(row)) and not found[2]]
    fields = [found[1] for item in items if (found := _FIELD.fullmatch(item))]
    return len(fields) > 1 and len(fields) == len(items) and len(set(fields)) == 1


def _of_records(rows: Sequence[str]) -> Table:
    """Records as a table, with a column for each field."""
    records: list[tuple[int, dict[str, str]]] = []
    for number, row in enumerate(rows, 1):
        item = _ITEM.fullmatch(row)
        if field := _FIELD.fullmatch(item[3] if item else row.strip()):
            if item:
                records.append((number, {}))
            if records:
                records[-1][1][field[1]] = _plain(field[2])
    keys = list(dict.fromkeys(key for _, record in records for key in record))
    return Table([(1, keys), *((number, [record.get(key, "") for key in keys]) for number, record in records)], True)


def is_html(text: str) -> bool:
    """Whether a text is made of tags.

    >>> is_html("<ul><li>Mew</li><li>Muk</li></ul>"), is_html("A < B, and <hr> too")
    (True, False)
    """
    tags = _TAG.findall(text[:200_000])
    closed = sum(tag.startswith("</") for tag in tags)
    return closed >= 2 and len("".join(tags)) > 0.1 * len(text[:200_000].strip())


def of_html(text: str) -> Table:
    """The cells of tables in HTML, else the items of its lists, else the texts of the most frequent tags."""
    parser = _Texts()
    parser.feed(text)
    parser.close()
    return parser.table()


class _Texts(HTMLParser):
    """The texts between tags, by the tag that holds them."""

    UNSEEN = frozenset(("script", "style", "head", "template", "noscript"))
    WITHIN = frozenset(
        ("a", "b", "i", "em", "strong", "span", "u", "small", "code", "font", "abbr", "mark", "sub", "sup", "br")
    )

    def __init__(self):
        super().__init__()
        self.open: list[str] = []
        self.rows: list[tuple[int, list[str]]] = []
        self.heads = False
        self.found: dict[str, list[Row]] = {}
        self.piece = ""

    def handle_starttag(self, tag: str, attrs) -> None:
        if tag in self.WITHIN:
            return
        self._end()
        self.open.append(tag)
        if tag == "tr":
            self.rows.append((self.getpos()[0], []))
        self.heads |= tag == "th"

    def handle_endtag(self, tag: str) -> None:
        if tag in self.WITHIN:
            return
        self._end(closed=tag in ("td", "th"))
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self.UNSEEN.intersection(self.open):
            self.piece += data

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self, closed: bool = False) -> None:
        """File what was said since the last tag."""
        said, self.piece = " ".join(self.piece.split()), ""
        tag = self.open[-1] if self.open else ""
        if tag in ("td", "th") and self.rows and (said or closed):
            self.rows[-1][1].append(said)
        elif said:
            self.found.setdefault(tag, []).append((self.getpos()[0], said))

    def table(self) -> Table:
        rows = [row for row in self.rows if any(row[1])]
        if len(rows) > 1:
            return Table(rows, True if self.heads and len(rows[0][1]) > 1 else None)
        tag = (
            "li"
            if len(self.found.get("li", ())) > 1
            else max(self.found, key=lambda tag: len(self.found[tag]), default="")
        )
        most = len(self.found.get(tag, ()))
        tags = [other for other in self.found if len(self.found[other]) == most] if tag != "li" else [tag]
        records = zip(*(self.found[other] for other in tags), strict=True)
        cells = [(record[0][0], [said for _, said in record]) for record in records]
        return Table([(1, tags), *cells], True) if len(tags) > 1 else Table(cells, False)
