"""Queries become the API's answers: the names of `bot.names` as typed JSON. Nothing here knows HTTP."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

import corpora
import generator
from bot.commands.options import MOST_SEED
from bot.commands.queries import Generate, NamesQuery, Query
from bot.commands.queries import Why as WhyQuery
from bot.errors import BadInput
from bot.names import batch as found
from bot.names import score as scored
from bot.names.brainstorm import brainstorm
from bot.names.fallback import answerable
from bot.names.library import Library
from bot.names.posterior import posterior
from bot.names.profanity import refuse_rude_name
from bot.names.scoring import scores
from bot.names.similarity import similar
from bot.strings.names import beside, reason
from bot.web import limits, schemas
from bot.web.fragments import Runs

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "generator", "corpora")


def names(query: NamesQuery, library: Library) -> schemas.Names:
    """New names for a query, with their scores. Raises BadInput and NothingFits."""
    batch = brainstorm(query, library, weigh=True, scored=True)
    return schemas.Names(
        names=[_name(each) for each in batch.names],
        seed=batch.seed,
        exact=batch.exact,
        gap=batch.gap,
        known=list(batch.known),
        known_count=batch.known_count,
        drawn=batch.drawn,
        left_out=batch.dropped,
        made=made(batch.request, library, batch.awaited),
        command=_slack(batch.request, batch.seed),
    )


def why(query: WhyQuery, library: Library) -> schemas.Why:
    """The posterior at each hole of a query's pattern. Raises BadInput and NothingFits."""
    believed = posterior(query, library)
    return schemas.Why(
        places=[schemas.Place(part=place.text, likely=_likely(place)) for place in believed.places],
        made=made(believed.request, library, believed.awaited),
        command=_slack(believed.request),
    )


def score(name: str, corpus: str, model: str, library: Library) -> schemas.Scored:
    """How good a name is as one of a corpus, and the entries whose runs it is made of. Raises BadInput for a rude
    name."""
    refuse_rude_name(name)
    asked = Generate(corpus, model)
    query, kind = answerable(asked, library), library.kind(corpus)
    tokens = corpora.tokenise(name, kind)
    if not tokens:
        raise BadInput("There is nothing in that name to score.\nA name has at least one letter.")
    log_prob = generator.log_prob(library.trained(query.corpus, query.model), tokens)
    near = similar([name])[0] if kind == "characters" else None
    runs = library.derived(query.corpus, Runs)
    return schemas.Scored(
        name=name,
        log_prob=None if log_prob == float("-inf") else log_prob,
        score=_score(scores({name: tokens}, query, library).get(name)),
        near=_near(near),
        known=tokens in library.known(query.corpus),
        fragments=[_fragment(tokens, held, kind) for held in runs.fragments(tokens)],
        made=made(query, library, None if query is asked else asked.model),
    )


def shelf(library: Library, rate: limits.Rate | None) -> schemas.Shelf:
    """The corpora, the models and the limits."""
    return schemas.Shelf(
        corpora=[
            schemas.CorpusCard(
                name=card.name,
                title=card.title,
                line=card.line,
                kind=card.kind,
                entries=card.count,
                samples=list(card.samples),
                source=card.source,
                licence=card.licence,
            )
            for card in library.shelf()
        ],
        models=[schemas.ModelCard(name=name, line=line) for name, line in generator.MODELS.items()],
        limits=schemas.Limits(
            names=limits.MOST_NAMES,
            skip=limits.MOST_SKIP,
            tokens=limits.LONGEST,
            gaps=limits.MOST_GAPS,
            pattern_characters=limits.MOST_LETTERS,
            name_characters=limits.LONGEST_NAME,
            blend=limits.MOST_PARTS,
            seed=MOST_SEED,
            wild=generator.WILD,
            requests_per_second=rate and rate.per_second,
            requests_at_once=rate and rate.burst,
        ),
    )


def made(query: Query, library: Library, awaited: str | None = None) -> schemas.Made:
    """What made the answer to a query."""
    provenance = library.trained(query.corpus, query.model, query.order).provenance
    return schemas.Made(
        corpus=query.corpus,
        model=query.model,
        version=_version(query.model, json.dumps(provenance, sort_keys=True, default=str)),
        kind=library.kind(query.corpus),
        entries=provenance["names"],
        background=provenance.get("background", 0),
        sha256=provenance["sha256"],
        awaited=awaited,
    )


@cache
def _program() -> str:
    """A digest of the program: the same model may choose other names after a change of ours."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1024)
def _version(model: str, provenance: str) -> str:
    return hashlib.sha256(f"{_program()} {model} {provenance}".encode()).hexdigest()[:12]


def _slack(query: Query, seed: int | None = None) -> str:
    """The line that asks Slack for the same."""
    seeded = query if seed is None else replace(query, seed=seed)
    return f"/techname {seeded.command()}"


def _name(name: found.Name) -> schemas.Name:
    return schemas.Name(name=name.name, log_prob=name.log_prob, score=_score(name.score), near=_near(name.near))


def _score(score: scored.Score | None) -> schemas.Score | None:
    return score and schemas.Score(**score._asdict(), said=reason(score).strip().partition("  ")[2])


def _near(near) -> schemas.Near | None:
    return near and schemas.Near(**near._asdict(), said=beside(near))


def _likely(place: found.Place) -> list[schemas.Likely]:
    return [
        schemas.Likely(
            token=None if isinstance(what, int) else what,
            length=what if isinstance(what, int) else None,
            probability=probability,
        )
        for what, probability in place.likely
    ]


def _fragment(tokens: tuple[str, ...], held, kind: str) -> schemas.Fragment:
    text = ("" if kind == "characters" else " ").join(tokens[held.start : held.end])
    return schemas.Fragment(text=text, **{**held._asdict(), "names": list(held.names)})
