"""What a button carries: a version, a kind of message, its id and a part of it. Small, and checked before anything is
done with it.

It holds no team and no channel: those come from what Slack signed, so a forged value reaches nobody else's data.
"""

import re
from typing import NamedTuple

from bot.errors import BadInput
from bot.strings import rounds as words

# The message shows a batch of names, a round's shortlist, one name of it, a batch to its asker alone, or a question of
# the quiz.
BATCH, LIST, ONE, PREVIEW, QUESTION = "b", "s", "n", "p", "q"
_VERSION = "1"
_VALUE = re.compile(r"1:(?P<kind>[a-z]):(?P<id>[0-9a-f]{16}):(?P<part>[^\x00-\x1f]{0,600})")


class Ref(NamedTuple):
    """A message of ours and a part of it: the place of a name in a batch, a name's key in a round, or an answer to a
    question."""

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
    """Read a button's value back; raises BadInput for one that is old, forged or none of ours."""
    found = _VALUE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise BadInput(words.OLD_BUTTON)
    return Ref(found["kind"], found["id"], found["part"])
