"""Messages before they are sent: every text in one, and patterns that commands may hold."""

from hypothesis import strategies as st

from tests.fakes.slack_limits import accept

SHELF = ("pokemon", "tech")


def texts(thing: object) -> list[str]:
    """Every text of a payload's blocks."""
    if isinstance(thing, dict):
        own = [thing["text"]] if isinstance(thing.get("text"), str) else []
        return own + [text for value in thing.values() for text in texts(value)]
    return [text for item in thing for text in texts(item)] if isinstance(thing, list) else []


def shown(message) -> str:
    return "".join(texts(accept(message.payload())["blocks"]))


PATTERN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=390).map(lambda text: text + "*")
