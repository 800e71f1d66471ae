"""JSON for stdout, whatever letters stdout can hold."""

import json
import sys
from typing import Any


def json_text(things: Any) -> str:
    """Things as JSON: letters as they are, or escaped if the encoding of stdout lacks one."""
    text = json.dumps(things, ensure_ascii=False, indent=2)
    try:
        text.encode(encoding())
    except UnicodeError:
        return json.dumps(things, indent=2)
    return text


def encoding() -> str:
    """The encoding of stdout."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"
