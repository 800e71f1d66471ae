"""A chain of More has an end: all that it has shown stands in one item of the store."""

import pytest

from bot.answers.following import following
from bot.answers.types import Act
from bot.commands.queries import Generate
from bot.errors import BadInput
from bot.names.batch import Batch, Name

BATCH = Batch(Generate("pokemon", seed=1), (Name("Kingar", None),))


@pytest.mark.parametrize("shown", [("漢" * 60 + str(n) for n in range(900)), (f"name{n}" for n in range(1_001))])
def test_a_chain_ends_before_its_item_is_too_large(library, shown):
    """Long names of scripts that take many bytes, or a thousand names: it says so instead of failing."""
    with pytest.raises(BadInput, match="in one go"):
        following(BATCH, tuple(shown), Act.MORE, library)
