"""New names for a query: `brainstorm(query, library) -> Batch`. With posterior, the only caller of the generator's
queries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import generator
from bot.commands.queries import Complete, NamesQuery
from bot.errors import BadInput, NothingFits
from bot.names import identity, lines
from bot.names.batch import Batch, Name
from bot.names.choosing import Chosen, choose
from bot.names.constraints import Unsayable, constraint_of
from bot.names.fallback import answerable
from bot.names.library import Library
from bot.names.profanity import ProfanityFilter, first_clean
from bot.names.refusals import refusal, refuse_unsayable, too_little_left
from bot.names.scoring import scores
from bot.names.seeds import new_seed
from bot.names.similarity import similar

if TYPE_CHECKING:
    import corpora
    from generator.training.train import Model

__all__ = ["NothingFits", "brainstorm"]

KNOWN_SHOWN = 3
FEW = 20  # names that somebody reads one by one


def brainstorm(
    query: NamesQuery,
    library: Library,
    new_seed: Callable[[], int] = new_seed,
    shown: Collection[str] = (),
    weigh: bool = False,
    scored: bool = False,
) -> Batch:
    """Find new names for a query, without those that were shown; `new_seed` gives a seed if the query has none.

    `weigh` gives drawn names their log-probabilities, which takes longer than to draw them. `scored`, or a query sorted
    by score, gives names their scores. Short lists and scored names come with similar existing names. Raises
    NothingFits, and BadInput if the typed letters are rude.
    """
    answered = answerable(query, library)
    search = _Search(answered, library, shown, weigh, scored or query.sort == "score")
    batch = search.ranked() if isinstance(answered, Complete) else search.drawn(new_seed)
    if not batch.names:
        raise refusal(batch, library, search.fits)
    return replace(batch, awaited=None if answered is query else query.model)


@dataclass(frozen=True, eq=False)
class _Search:
    """One query and how to answer it."""

    query: NamesQuery
    library: Library
    shown: Collection[str]
    weigh: bool
    scored: bool

    @cached_property
    def corpus(self) -> corpora.Corpus:
        return self.library.corpus(self.query.corpus)

    @cached_property
    def kind(self) -> str:
        return self.library.kind(self.query.corpus)

    @cached_property
    def filter(self) -> ProfanityFilter:
        return ProfanityFilter(self.corpus)

    @cached_property
    def known(self) -> generator.Known:
        return self.library.known(self.query.corpus).barring(self.filter)

    @cached_property
    def model(self) -> Model:
        return self.library.model(self.query.corpus, self.query.model, self.query.order, self.query.temperature)

    def ranked(self) -> Batch:
        """The likeliest names."""
        constraint = self.constraint()
        found = generator.complete(self.model, constraint, self.query.count, self.known, self.query.skip)
        many = len(constraint.lengths) > 1
        return self._batch(found.found, constraint, exact=found.exact, gap=found.gap, many_lengths=many)

    def drawn(self, new_seed: Callable[[], int]) -> Batch:
        """Names that are drawn, or chosen from draws."""
        constraint = self.constraint()
        seed = new_seed() if self.query.seed is None else self.query.seed
        draw = self._choose if self.query.chosen else self._draw
        try:
            found = draw(constraint, seed)
            if len(found.found) < self._wanted and lines.binds(self.query, self.library):
                found = draw(self.constraint(loose=True), seed)  # too few lines read as lines
        except generator.Tangled:
            raise too_little_left(self.query, self.library) from None
        return self._batch(found.found, constraint, seed=seed, drawn=found.draws if self.query.chosen else 0)

    def constraint(self, loose: bool = False) -> generator.Constraint:
        """The constraint of the query. If no name can be said and others fit, raises NothingFits."""
        try:
            return constraint_of(self.query, self.library, self.model.vocabulary, loose)
        except Unsayable:
            refuse_unsayable(self.query, self.kind, self.fits)
            return constraint_of(self.query, self.library, self.model.vocabulary, loose, sayable=False)

    def fits(self, query: NamesQuery) -> bool:
        """Whether any new name fits another query."""
        try:
            brainstorm(replace(query, count=1), self.library)
        except BadInput:
            return False
        return True

    @property
    def _wanted(self) -> int:
        """Draws come as they come, so those that were shown come again, and more are drawn."""
        return self.query.count if self.query.chosen else self.query.count + len(self.shown)

    def _choose(self, constraint: generator.Constraint, seed: int) -> Chosen:
        chosen = choose(self.query, self.library, self.model, constraint, seed, self.shown, self.filter)
        if not self.weigh:
            return chosen
        log_probs = generator.log_probs(self.model, [one.tokens for one in chosen.found]).tolist()
        found = (one._replace(log_prob=log_prob) for one, log_prob in zip(chosen.found, log_probs, strict=True))
        return chosen._replace(found=tuple(found))

    def _draw(self, constraint: generator.Constraint, seed: int) -> generator.Draws:
        import numpy

        rng = numpy.random.default_rng(seed)
        return generator.draw(self.model, constraint, self._wanted, rng, self.known, self.weigh)

    def _batch(self, found: Collection[generator.Found], constraint: generator.Constraint, **more: object) -> Batch:
        batch = Batch(self.query, self._names(found), kind=self.kind, said=self._said(constraint), **more)
        if self.query.sought:
            fitting = self.known.fitting(constraint, self.model.vocabulary)
            known = first_clean((self.corpus.entries[place] for place in fitting), KNOWN_SHOWN)
            batch = replace(batch, known=known, known_count=len(fitting))
        return replace(batch, dropped=len(self.filter.dropped))

    def _said(self, constraint: generator.Constraint) -> bool:
        """Whether the constraint allows sayable names alone."""
        if not (self.query.only_sayable and constraint.acceptor):
            return False
        sayable = self.library.sayable(self.query.corpus, self.model.vocabulary)
        return sayable in generator.conjuncts(constraint.acceptor)

    def _names(self, found: Collection[generator.Found]) -> tuple[Name, ...]:
        """Names as the corpus writes them, each once and none that was shown, in the order of the query."""
        seen = set(map(identity.key, self.shown))
        written = {self.corpus.write(one.tokens): one for one in found}
        unseen = (name for name in written if not (seen and identity.key(name) in seen))
        new = {name: written[name] for name in islice(unseen, self.query.count)}
        tokens = {name: one.tokens for name, one in new.items()}
        marks = scores(tokens, self.query, self.library) if self.scored else {}
        near = self._similar(list(new))
        names = [Name(name, one.log_prob, marks.get(name), near.get(name)) for name, one in new.items()]
        order = {
            None: lambda name: 0,
            "score": lambda name: -name.score.total if name.score else 0,
            "length": lambda name: len(tokens[name.name]),
            "name": lambda name: generator.fold(name.name),
        }
        return tuple(sorted(names, key=order[self.query.sort]))

    def _similar(self, names: list[str]) -> Mapping[str, object]:
        """The existing names that are similar: not for lines and tunes, nor for long lists."""
        if self.kind != "characters" or not (self.scored or len(names) <= FEW):
            return {}
        return dict(zip(names, similar(names), strict=True))
