"""The routes of the API: parameters in, an answer of `answering` out, as JSON or one name a line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Annotated, NamedTuple, TypeVar

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from bot.errors import BadInput
from bot.names.library import Library, ModelMissing
from bot.web import answering, asking, schemas, sound
from bot.web.delivery import prefers_text
from bot.web.limits import Gate, Rate
from bot.web.parameters import (
    CompleteParameters,
    DrawParameters,
    MidiParameters,
    NamesParameters,
    Parameters,
    ScoreParameters,
    TuneParameters,
    WhyParameters,
)
from bot.web.problems import MEDIA_TYPE, Problem
from corpora import CorpusError

# An answer changes with the model and with the program: a cache asks each time, and gets 304 while it is the same.
ASK_EACH_TIME = "public, no-cache"
FOR_GOOD = "public, max-age=31536000, immutable"
NEVER = "no-store"
A = TypeVar("A", bound=BaseModel)


class Tools(NamedTuple):
    """What a route works with."""

    library: Library
    gate: Gate
    rate: Rate | None
    training: Gate = Gate(
        at_once=1, waiting=0
    )  # of the process: a blend is trained for a second when it is first asked

    def work(self, answer: Callable[[], A], corpus: str = "", model: str = "") -> A:
        """An answer, worked out while the gate is open; a blend that must be trained first waits for no other. Raises
        Problem."""
        untrained = "+" in corpus and not self.library.at_hand(corpus, model)
        try:
            with self.training() if untrained else nullcontext(), self.gate():
                return answer()
        except BadInput as error:
            raise asking.refused(error) from None
        except CorpusError as error:
            raise Problem(422, "bad-parameter", str(error), "corpus") from None
        except ModelMissing:
            detail = "The model is not at hand here, and nobody trains one while you wait. Ask for the model markov."
            raise Problem(503, "no-model", detail, "model", allowed=["markov", "chain"]) from None


Model = Annotated[str, Path(description="A model: `mix`, `markov`, `hmm` or `chain`.", examples=["mix"])]
Corpus = Annotated[
    str, Path(description="A corpus, or a blend such as `pokemon*2+ikea`.", examples=["pokemon", "pokemon+ikea"])
]
_PROBLEM = {"model": schemas.ProblemDocument, "content": {MEDIA_TYPE: {}}}
PROBLEMS = {
    404: _PROBLEM | {"description": "There is no such corpus or model."},
    422: _PROBLEM | {"description": "A parameter cannot be used, or no new name fits."},
    429: _PROBLEM | {"description": "Too many requests from one address; Retry-After says when to ask again."},
    503: _PROBLEM | {"description": "Too much work at the moment, or the model is not at hand."},
}


def described(kind: type[BaseModel]) -> dict:
    """What the OpenAPI document says of a route's answers."""
    plain = {"text/plain": {"schema": {"type": "string"}}}
    return {200: {"model": kind, "content": plain, "description": "The answer; as text/plain one a line."}, **PROBLEMS}


def api(tools: Tools) -> APIRouter:
    """The routes below /api."""
    router = APIRouter(prefix="/api", tags=["api"])
    of = "/{model}/{corpus}"

    @router.get("", responses=described(schemas.Shelf), summary="The shelf, the models and the limits")
    def shelf(request: Request) -> Response:
        found = answering.shelf(tools.library, tools.rate)
        return answered(request, found, [card.name for card in found.corpora], ASK_EACH_TIME)

    @router.get(of, responses=described(schemas.Names), summary="Chosen names")
    def names(request: Request, model: Model, corpus: Corpus, given: Annotated[NamesParameters, Query()]) -> Response:
        query = asking.generate(model, corpus, given, tools.library)
        found = tools.work(lambda: answering.names(query, tools.library), query.corpus, query.model)
        return named(request, found, given, given.seed is not None)

    @router.get(of + "/complete", responses=described(schemas.Names), summary="The likeliest names for a pattern")
    def complete(
        request: Request, model: Model, corpus: Corpus, given: Annotated[CompleteParameters, Query()]
    ) -> Response:
        query = asking.complete(model, corpus, given, tools.library)
        found = tools.work(lambda: answering.names(query, tools.library), query.corpus, query.model)
        return named(request, found, given, True)

    @router.get(of + "/draw", responses=described(schemas.Names), summary="Names drawn for a pattern")
    def draw(request: Request, model: Model, corpus: Corpus, given: Annotated[DrawParameters, Query()]) -> Response:
        query = asking.draw(model, corpus, given, tools.library)
        found = tools.work(lambda: answering.names(query, tools.library), query.corpus, query.model)
        return named(request, found, given, given.seed is not None)

    @router.get(of + "/why", responses=described(schemas.Why), summary="What may stand in each hole")
    def why(request: Request, model: Model, corpus: Corpus, given: Annotated[WhyParameters, Query()]) -> Response:
        query = asking.why(model, corpus, given, tools.library)
        found = tools.work(lambda: answering.why(query, tools.library), query.corpus, query.model)
        lines = [_line(place) for place in found.places]
        return answered(request, found, lines, _caching(found.made, given, True))

    @router.get(of + "/score", responses=described(schemas.Scored), summary="How good one name is, and why")
    def score(request: Request, model: Model, corpus: Corpus, given: Annotated[ScoreParameters, Query()]) -> Response:
        corpus, model = asking.home(model, corpus, tools.library)
        found = tools.work(lambda: answering.score(given.name, corpus, model, tools.library), corpus, model)
        said = f"{found.score.total}  {found.score.said}" if found.score else ""
        return answered(request, found, [f"{found.name}  {said}".rstrip()], ASK_EACH_TIME)

    @router.get("/tune.mid", responses=heard("audio/midi"), summary="A tune as a Standard MIDI File")
    def tune_midi(given: Annotated[MidiParameters, Query()]) -> Response:
        return _heard(sound.midi(asking.tune(given.notes), given.tempo, given.instrument), "audio/midi")

    @router.get("/tune.wav", responses=heard("audio/wav"), summary="A tune as sound")
    def tune_wav(given: Annotated[TuneParameters, Query()]) -> Response:
        notes = asking.tune(given.notes)
        return _heard(tools.work(lambda: sound.wav(notes, given.tempo)), "audio/wav")

    return router


def heard(media: str) -> dict:
    """What the OpenAPI document says of a tune's address."""
    found = {"content": {media: {"schema": {"type": "string", "format": "binary"}}}, "description": "The tune."}
    return {200: found, **PROBLEMS}


def _heard(body: bytes, media: str) -> Response:
    return Response(body, headers={"cache-control": ASK_EACH_TIME}, media_type=media)


def named(request: Request, found: schemas.Names, given: Parameters, fixed: bool) -> Response:
    """The response with names."""
    return answered(request, found, [each.name for each in found.names], _caching(found.made, given, fixed))


def answered(request: Request, found: BaseModel, lines: list[str], caching: str) -> Response:
    """An answer as JSON, or as lines for a client that prefers plain text."""
    headers = {"cache-control": caching}
    if prefers_text(request.headers.get("accept", "")):
        return Response("".join(f"{line}\n" for line in lines), headers=headers, media_type="text/plain")
    return Response(found.model_dump_json(), headers=headers, media_type="application/json")


def _caching(made: schemas.Made, given: Parameters, fixed: bool) -> str:
    """The Cache-Control of an answer. Raises Problem 422 if another version of the model was asked for."""
    if given.v is not None and given.v != made.version:
        detail = "Another version of the model answers now; its names may be others."
        raise Problem(422, "bad-parameter", detail, "v", given.v, made.version)
    if not fixed or made.awaited:
        return NEVER
    return FOR_GOOD if given.v else ASK_EACH_TIME


def _line(place: schemas.Place) -> str:
    what = "  ".join(
        f"{each.token if each.token is not None else each.length} {each.probability:.3f}" for each in place.likely
    )
    return f"{place.part}  {what}"
