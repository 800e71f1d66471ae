"""The one caller of the generator: `brainstorm(request, library) -> Batch`."""

from collections.abc import Callable

from bot.batch import Batch
from bot.library import Library
from bot.parse import BadInput
from bot.request import Request


class NothingFits(BadInput):
    """The request is well formed and no new name fits it; the message says which part is in the way."""


def brainstorm(request: Request, library: Library, new_seed: Callable[[], int] | None = None) -> Batch:
    """Find new names for a request; `new_seed` gives the seed where none was asked for. Raises NothingFits."""
    raise NotImplementedError
