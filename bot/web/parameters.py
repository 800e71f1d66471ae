"""The query parameters of the API, with their limits. FastAPI checks them and writes them into OpenAPI."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

import generator
from bot.commands.options import MOST_SEED
from bot.web.limits import LONGEST_NAME, LONGEST_TUNE, MOST_LETTERS, MOST_LIKELY, MOST_NAMES, MOST_SKIP

Piece = Annotated[str | None, Field(min_length=1, max_length=MOST_LETTERS)]


class Parameters(BaseModel):
    """What every query takes; an unknown parameter is refused."""

    model_config = ConfigDict(extra="forbid")

    length: Annotated[
        str | None, Field(pattern=r"^[0-9]{1,2}(-[0-9]{1,2})?$", description="Tokens of a name: 7 or 6-8.")
    ] = None
    wild: Annotated[
        float, Field(ge=generator.WILD[0], le=generator.WILD[1], description="How bold: above 1 bolder, below 1 tamer.")
    ] = 1.0
    begins: Annotated[Piece, Field(description="What a name begins with, a piece of a pattern.")] = None
    ends: Annotated[Piece, Field(description="What a name ends with.")] = None
    contains: Annotated[Piece, Field(description="What a name has in it.")] = None
    v: Annotated[
        str | None,
        Field(
            pattern="^[0-9a-f]{12}$",
            description="The version of the model that must answer (`made.version` of an answer). With it a seeded "
            "answer never changes and may be cached for good; if another version answers now, this is refused.",
        ),
    ] = None


Count = Annotated[int, Field(ge=1, le=MOST_NAMES, description="How many names.")]
Seed = Annotated[
    int | None, Field(ge=0, le=MOST_SEED, description="The same seed gives the same names; without one any are drawn.")
]
Pattern = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MOST_LETTERS,
        description="A pattern: `*` is one unknown token, `...` any number, `[aeiou]` one of these.",
        examples=["mo***", "***base", "*u*a"],
    ),
]


class NamesParameters(Parameters):
    """Chosen names: the best of many draws."""

    n: Annotated[Count, Field(description="How many names; of lines and tunes 5 unless they are raw.")] = 8
    seed: Seed = None
    raw: Annotated[bool, Field(description="Draws as they come, in place of the best of many.")] = False


class CompleteParameters(Parameters):
    """The likeliest names that fit a pattern."""

    q: Pattern
    n: Count = 8
    skip: Annotated[int, Field(ge=0, le=MOST_SKIP, description="How many completions to pass over.")] = 0


class DrawParameters(Parameters):
    """Names that fit a pattern, as they are drawn."""

    q: Pattern
    n: Count = 8
    seed: Seed = None


class WhyParameters(Parameters):
    """What may stand in each hole of a pattern."""

    q: Pattern
    n: Annotated[int, Field(ge=1, le=MOST_LIKELY, description="How many tokens in each hole, likeliest first.")] = 8


class TuneParameters(BaseModel):
    """A tune to be heard."""

    model_config = ConfigDict(extra="forbid")

    notes: Annotated[
        str,
        Field(
            min_length=1,
            max_length=LONGEST_TUNE,
            description="Notes with spaces between them.",
            examples=["C4 E4 G4:2"],
        ),
    ]
    tempo: Annotated[int, Field(ge=40, le=240, description="Quarters a minute.")] = 112


class MidiParameters(TuneParameters):
    """A tune for an instrument."""

    instrument: Annotated[
        Literal["piano", "celesta", "marimba", "organ", "guitar", "violin", "flute"], Field(description="Who plays.")
    ] = "piano"


class ScoreParameters(BaseModel):
    """How good one name is."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, description="The name to be scored.")]
