"""The value of a button: a version, a kind of message, its id and a part of it, small and checked before use.

It has no team and no channel: Slack signs those, so a forged value reaches nobody else's data.
"""

import re
from typing import NamedTuple

from bot.errors import BadInput
from bot.strings import rounds as words

# A batch of names, a round's shortlist, one name of it, a batch that only its asker sees, a question of the quiz.
BATCH, LIST, ONE, PREVIEW, QUESTION = "b", "s", "n", "p", "q"
_VERSION = "1"
_VALUE = re.compile(r"1:(?P<kind>[a-z]):(?P<id>[0-9a-f]{16}):(?P<part>[^\x00-\x1f]{0,600})")


class Ref(NamedTuple):
    """A message of ours and a part of it: a name's place in a batch, its key in a round, or an answer to a question."""

    kind: str
    id: str
    part: str = ""


def written(ref: Ref) -> str:
    """The value of a button.

    >>> written(Ref(BATCH, "0123456789abcdef", "3"))
    '1:b:0123456789abcdef:3'
    """
    return ":".join((_VERSION, *ref))


def read(value: object) -> Ref:
    """Read a button's value. Raises BadInput for an old, a forged or a foreign one."""
    found = _VALUE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise BadInput(words.OLD_BUTTON)
    return Ref(found["kind"], found["id"], found["part"])
