"""What is said where names would not be fit for work."""

from bot.words.phrasing import ENTRIES, command, many

NOT_THAT = (
    "I won't complete that: there is something rude in it, and names are made for everybody's eyes.\n"
    f"Other letters are welcome, for example {command('complete mo***')}."
)

NOT_ON_THE_LIST = (
    "I won't put that on the shortlist: there is something rude in it, and names are made for everybody's eyes.\n"
    f"Another is welcome, for example {command('suggest Bulbase')}."
)


def left_out(count: int, kind: str) -> str:
    """How many were found and are not shown.

    >>> left_out(1, "words")
    '1 rude line left out'
    """
    return f"{many(count, f'rude {ENTRIES[kind]}')} left out"
