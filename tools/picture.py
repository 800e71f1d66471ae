"""Draw a conversation as docs/conversation.svg, from the payloads of a run: `make picture`."""

import re
import sys
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path

WIDTH, LEFT, RIGHT = 760, 70, 30
TEXT, SMALL = 15, 12  # font sizes, in pixels
WIDE = 0.53  # the width of a letter as a share of the font's size, a little more than most fonts need
COLOURS = {"ana": "#b5532a", "ben": "#2a6fb5", "cleo": "#5a8f29", "techname": "#1f2937"}
STYLE = f"""
text {{ font-family: Lato, "Helvetica Neue", Arial, sans-serif; font-size: {TEXT}px; fill: #1d1c1d }}
.bold {{ font-weight: bold }} .small {{ font-size: {SMALL}px; fill: #616061 }} .user {{ fill: #1264a3 }}
.code {{ font-family: Menlo, Consolas, monospace; font-size: {TEXT - 2}px; fill: #c01343 }}
.face {{ font-weight: bold; fill: #fff }} .label {{ font-size: 13px; font-weight: bold }} .primary {{ fill: #fff }}
"""
Words = Iterator[tuple[str, str]]  # a word and its class


class Sheet:
    """A page that grows downwards."""

    def __init__(self):
        self.shapes: list[str] = []
        self.y = 20

    def text(self, x: float, words: str, kind: str = "") -> None:
        self.shapes.append(f'<text x="{x:g}" y="{self.y}" class="{kind}">{escape(words)}</text>')

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, line: str = "none", radius: int = 6
    ) -> None:
        shape = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius}"'
        self.shapes.append(f'<rect {shape} fill="{fill}" stroke="{line}"/>')

    def paragraph(self, words: Iterable[tuple[str, str]], x: float = LEFT, right: float = RIGHT) -> None:
        """Write words in lines that fit, each word in its style."""
        line: list[tuple[str, str]] = []
        for word, kind in words:
            if line and (word == "\n" or x + sum(width(w, k) for w, k in [*line, (word, kind)]) > WIDTH - right):
                self._line(x, line)
                line = []
            if word != "\n" and (line or word.strip()):
                line.append((word, kind))
        if line:
            self._line(x, line)

    def _line(self, x: float, line: list[tuple[str, str]]) -> None:
        self.y += TEXT
        runs = [("".join(word for word, _ in group), kind) for kind, group in groupby(line, key=lambda pair: pair[1])]
        spans = "".join(f'<tspan class="{kind}">{escape(run)}</tspan>' for run, kind in runs)
        self.shapes.append(f'<text x="{x:g}" y="{self.y}" xml:space="preserve">{spans}</text>')
        self.y += 7

    def button(self, x: float, button: dict) -> float:
        """Draw a button with its left side at x, on the current line; give its width."""
        label, primary = button["text"]["text"], button.get("style") == "primary"
        wide = width(label, "bold") + 24
        self.box(x, self.y - 19, wide, 28, "#007a5a" if primary else "#fff", "none" if primary else "#bbb")
        self.text(x + 12, label, "label primary" if primary else "label")
        return wide

    def svg(self) -> str:
        size = f'width="{WIDTH}" height="{self.y}" viewBox="0 0 {WIDTH} {self.y}"'
        shapes = "\n".join(self.shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n<style>{STYLE}</style>\n'
            f'<rect width="100%" height="100%" rx="10" fill="#fff" stroke="#ddd"/>\n{shapes}\n</svg>\n'
        )


def width(word: str, kind: str) -> float:
    """Estimate the pixels that a word needs."""
    return len(word) * (SMALL if kind == "small" else TEXT) * (0.6 if kind in ("code", "bold") else WIDE)


def draw(turns: Iterable) -> str:
    """Draw turns as an SVG; each has a person, an action and the message that answered it."""
    sheet = Sheet()
    for turn in turns:
        _heading(sheet, turn)
        for block in turn.post.message["blocks"]:
            _BLOCKS[block["type"]](sheet, block)
        sheet.y += 14
    return sheet.svg()


def _heading(sheet: Sheet, turn) -> None:
    """Write who did what, and who sees the answer."""
    sheet.y += 14
    sheet.box(24, sheet.y - 14, 18, 18, COLOURS[turn.person], radius=4)
    sheet.text(29, turn.person[0].upper(), "face small")
    typed = turn.did.startswith("/")
    sheet.text(LEFT, f"{turn.person} {'typed' if typed else 'pressed'} {turn.did}", "small")
    sheet.y += 24
    sheet.box(20, sheet.y - 15, 36, 36, COLOURS["techname"])
    sheet.text(LEFT, "techname", "bold")
    sheet.y += 7
    sheet.text(26, "mo*", "face small")
    sheet.y -= 7
    if turn.post.only:
        sheet.text(LEFT + 100, f"Only visible to {turn.person}", "small")
    sheet.y += 8


def _rich(sheet: Sheet, block: dict) -> None:
    for element in block["elements"]:
        if element["type"] == "rich_text_list":
            for number, item in enumerate(element["elements"], element.get("offset", 0) + 1):
                mark = f"{number}. " if element["style"] == "ordered" else "• "
                sheet.paragraph([(mark, ""), *_leaves(item)], LEFT + 10)
        else:
            sheet.paragraph(_leaves(element))


def _leaves(section: dict) -> Words:
    for leaf in section["elements"]:
        if leaf["type"] == "user":
            yield f"@{_name(leaf['user_id'])}", "user"
        else:
            style = leaf.get("style", {})
            yield from _words(leaf["text"], "bold" if style.get("bold") else "code" if style.get("code") else "")


def _words(text: str, kind: str) -> Words:
    """Give the words of a text, each with the space after it, and people by name."""
    named = re.sub(r"<@(\w+)>", lambda found: f"@{_name(found[1])}", text)
    yield from ((word, kind) for word in re.findall(r"\n|\S+ *| +", named))


def _name(user_id: str) -> str:
    return user_id.removeprefix("U0").lower()


def _section(sheet: Sheet, block: dict) -> None:
    """Draw a line, with its button at the right."""
    button = block.get("accessory")
    if not button:
        sheet.paragraph(_words(block["text"]["text"], ""))
        return
    sheet.y += 22
    sheet.text(LEFT, block["text"]["text"], "bold")
    sheet.button(WIDTH - RIGHT - width(button["text"]["text"], "bold") - 24, button)
    sheet.y += 12


def _context(sheet: Sheet, block: dict) -> None:
    for element in block["elements"]:
        sheet.paragraph(_words(element["text"], "small"))


def _actions(sheet: Sheet, block: dict) -> None:
    sheet.y += 26
    x = LEFT
    for button in block["elements"]:
        x += sheet.button(x, button) + 8
    sheet.y += 14


_BLOCKS = {"rich_text": _rich, "section": _section, "context": _context, "actions": _actions}


def main(file: str) -> None:
    """Play the conversation through the Lambda handler, with the shipped models, and write its picture."""
    from bot.settings import Settings
    from bot.slack.lambda_handler import make_handler
    from tests.fakes.fake_slack import FakeSlack
    from tests.helpers.conversation import play
    from tests.helpers.http import SECRET

    with FakeSlack() as slack:
        handler = make_handler(Settings(signing_secret=SECRET, bot_token="xoxb-made-up", slack_api_url=slack.api_url))
        Path(file).parent.mkdir(exist_ok=True)
        Path(file).write_text(draw(play(slack.through(handler, SECRET), "pokemon seed=45")), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
