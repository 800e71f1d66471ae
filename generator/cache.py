"""One place for what is worked out once for a model or a constraint."""

from functools import cached_property
from typing import Any


class Cached:
    """An object with a cache of its own.

    The cache is no field: a copy that `dataclasses.replace` makes begins with an empty one. It lives as long as its
    object. A weak dictionary beside the objects would never forget a model, since what is worked out of a model, such
    as its product with an acceptor, refers to the model.

    >>> one = Cached()
    >>> one.cache["worked out"] = 1
    >>> Cached().cache
    {}
    """

    @cached_property
    def cache(self) -> dict[Any, Any]:
        """What was worked out so far, by what it was worked out of."""
        return {}
