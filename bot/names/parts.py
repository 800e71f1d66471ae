"""The parts of a mixture's file, which saves training them a second time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import generator

if TYPE_CHECKING:
    from generator.training.train import Model


def part_of(mix: Model, kind: str) -> Model | None:
    """The first part of a mixture that is of a kind, or None.

    The part that judges names (see `generator.judge`) keeps how likely it found real names that were held out; else its
    names would be held against the names that it was trained on, which are likelier.
    """
    of_the_whole = ("held_out", "held_out_judge", "tempered")
    said = {key: value for key, value in mix.provenance.items() if key not in of_the_whole}
    part = next((part for part in mix.parts if part.kind == kind), None)
    if part is generator.judge(mix) and (quantiles := mix.provenance.get("held_out_judge")):
        said["held_out"] = quantiles
    return part and replace(part, provenance=said)
