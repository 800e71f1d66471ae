"""The JSON of the API's answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class Near(BaseModel):
    """A technology or English word that is the same as a name or one letter away."""

    name: str
    edits: int
    word: Annotated[bool, Field(description="Whether it is an English word, not a technology.")]
    said: str


class Score(BaseModel):
    """How good a name is, from 0 to 100, and the reasons."""

    total: int
    likelier: Annotated[float, Field(description="The share of real names that the model finds no likelier.")]
    off: Annotated[int, Field(description="Tokens longer than most names of the corpus; below 0 shorter.")]
    ending: Annotated[
        float, Field(description="How much oftener entries of the corpus end so than English words, nats.")
    ]
    strange: Annotated[int, Field(description="Runs of four letters that no entry holds.")]
    word: Annotated[bool, Field(description="Whether it is a bare English word.")]
    nearest: Annotated[str, Field(description="The nearest entry of the corpus.")]
    edits: Annotated[int, Field(description="Edits to that entry.")]
    said: str


class Name(BaseModel):
    """A new name, its log-probability in nats under the model that drew or ranked it, and its score."""

    name: str
    log_prob: float | None
    score: Score | None
    near: Near | None


class Made(BaseModel):
    """What made an answer. `awaited` is the model that was asked for, if another answered while it is in training."""

    corpus: str
    model: str
    version: Annotated[str, Field(description="Changes with the model, the corpus and the program.")]
    kind: Annotated[str, Field(description="What a token is.")]
    entries: Annotated[int, Field(description="Entries of the corpus that the model was trained on.")]
    background: Annotated[int, Field(description="Names of other lists that were read beside.")]
    sha256: Annotated[str, Field(description="Of the corpus.")]
    awaited: str | None


class Names(BaseModel):
    """New names. `command` asks Slack for the same."""

    names: list[Name]
    seed: Annotated[int | None, Field(description="None for completions, which are not drawn.")]
    exact: Annotated[bool, Field(description="Whether the order of completions is proved.")]
    gap: Annotated[float, Field(description="If not exact: a name left out may be likelier by so many nats at most.")]
    known: Annotated[list[str], Field(description="A few names that fit and exist already.")]
    known_count: int
    drawn: Annotated[int, Field(description="How many draws the names were chosen from; 0 if they were not chosen.")]
    left_out: Annotated[int, Field(description="How many names that were found are too rude to show.")]
    made: Made
    command: str


class Likely(BaseModel):
    """A token that may stand in a hole, or a number of tokens that a gap may hold, and its posterior probability."""

    token: str | None
    length: int | None
    probability: float


class Place(BaseModel):
    """One hole or gap of the pattern, as written."""

    part: str
    likely: list[Likely]


class Why(BaseModel):
    """p(token | pattern) at each hole, from the model as it was trained."""

    places: list[Place]
    made: Made
    command: str


class Fragment(BaseModel):
    """A run of a name's tokens that entries of the corpus hold, and a few of these entries."""

    text: str
    start: Annotated[int, Field(description="The first token, from 0.")]
    end: Annotated[int, Field(description="The token after the last.")]
    at: Annotated[Literal["start", "end", "whole", "inside"], Field(description="Where entries hold it.")]
    count: int
    names: list[str]


class Scored(BaseModel):
    """One name: its probability, its score, whether it exists, and the runs of real names that it stands on."""

    name: str
    log_prob: Annotated[float | None, Field(description="Nats; None for a name that the model can never draw.")]
    score: Score | None
    near: Near | None
    known: Annotated[bool, Field(description="Whether the corpus has it.")]
    fragments: list[Fragment]
    made: Made


class CorpusCard(BaseModel):
    """A corpus of the shelf."""

    name: str
    title: str
    line: str
    kind: str
    entries: int
    samples: list[str]
    source: str
    licence: str


class ModelCard(BaseModel):
    """A kind of model."""

    name: str
    line: str


class Limits(BaseModel):
    """How much one request and one caller may ask."""

    names: int
    skip: int
    tokens: Annotated[int, Field(description="Of a name or a pattern.")]
    gaps: int
    pattern_characters: int
    name_characters: int
    blend: int
    seed: int
    wild: tuple[float, float]
    requests_per_second: float | None
    requests_at_once: int | None


class Shelf(BaseModel):
    """All that can be asked for."""

    corpora: list[CorpusCard]
    models: list[ModelCard]
    limits: Limits


class ProblemDocument(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None = None
    sent: str | None = None
    allowed: str | list[str] | None = None
