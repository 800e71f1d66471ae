"""The one caller of the generator: `brainstorm(request, library) -> Batch`."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NoReturn

import generator
from bot.commands.patterns import of_any_length, read_pattern
from bot.commands.queries import NO_METRE, Complete, NamesQuery, Query, Why
from bot.errors import BadInput, NothingFits
from bot.names import identity, lines, tunes
from bot.names.batch import Batch, Name
from bot.names.choosing import Chosen, choose
from bot.names.library import Library
from bot.names.scoring import scores
from bot.names.screen import Screen, decent, first_fit, refuse_rude, speakable
from bot.names.similarity import similar
from bot.names.standin import answerable
from bot.strings import chat as words
from bot.text import unescape

if TYPE_CHECKING:
    from generator.training.train import Model

__all__ = ["NothingFits", "brainstorm"]

KNOWN_SHOWN = 3
COPIED = {"words": 5, "notes": 6}  # the most tokens in a row from one entry, where nobody says
FEW = 20  # names that somebody reads one by one
BLOCKS, TURNS = 125_000, 8  # as in generator.pool; all seeds are short, since somebody may want to type one again


class Seeds:
    """New seeds, less than a million, the first by chance: those whose pools are drawn together come in turn (see
    generator.pool)."""

    def __init__(self):
        self._lock, self._turn, self._block = threading.Lock(), TURNS, 0

    def __call__(self) -> int:
        with self._lock:
            if self._turn == TURNS:
                self._turn, self._block = 0, secrets.randbelow(BLOCKS)
            self._turn += 1
            return self._block + (self._turn - 1) * BLOCKS


new_seed = Seeds()


def brainstorm(
    request: NamesQuery,
    library: Library,
    new_seed: Callable[[], int] = new_seed,
    shown: Collection[str] = (),
    weigh: bool = False,
    scored: bool = False,
) -> Batch:
    """Find new names for a request, none of those that were shown before; `new_seed` gives the seed where none was
    asked for.

    `generate` gives the best of many draws (see choosing), `draw` gives draws as they come.

    Names that are drawn have their probabilities where they are to `weigh`, which takes longer than the drawing; names
    have scores where they are `scored`, or sorted by it, and their neighbours then or where they are few. Raises
    NothingFits, and BadInput where the letters asked for are rude.
    """
    asked, request = request, answerable(request, library)
    scored = scored or request.sort == "score"
    corpus = library.corpus(request.corpus)
    screen = Screen(corpus)
    known = library.known(request.corpus).barring(screen)
    model = library.model(request.corpus, request.model, request.order, request.temperature)
    constraint, kind = constraint_of(request, library, model.vocabulary), library.kind(request.corpus)
    if isinstance(request, Complete):
        found = generator.complete(model, constraint, request.count, known, request.skip)
        names = _names(found, request, library, shown, scored)
        batch = Batch(
            request, names, exact=found.exact, gap=found.gap, many_lengths=len(constraint.lengths) > 1, kind=kind
        )
    else:
        seed = new_seed() if request.seed is None else request.seed
        try:
            if request.chosen:
                found = _chosen(model, constraint, request, library, seed, shown, screen, weigh)
            else:
                found = _drawn(model, constraint, request, library, _rng(seed), len(shown), known, weigh)
        except generator.Tangled:
            raise _too_little_left(request, library) from None
        drawn = found.draws if request.chosen else 0
        batch = Batch(request, _names(found, request, library, shown, scored), seed=seed, kind=kind, drawn=drawn)
    if request.sought:
        fitting = known.fitting(constraint, model.vocabulary)
        shown = first_fit((corpus.entries[i] for i in fitting), KNOWN_SHOWN)
        batch = replace(batch, known=shown, known_count=len(fitting))
    said = (
        request.only_sayable
        and bool(constraint.guard)
        and library.sayable(request.corpus, model.vocabulary) in generator.single_guards(constraint.guard)
    )
    batch = replace(batch, dropped=len(screen.dropped), said=said, awaited=None if request is asked else asked.model)
    return batch if batch.names else _refuse(batch, library)


def _chosen(
    model: Model,
    constraint: generator.Constraint,
    request: NamesQuery,
    library: Library,
    seed: int,
    shown: Collection[str],
    screen: Screen,
    weigh: bool,
) -> Chosen:
    """The best of many draws; of lines that read as lines, or where the corpus has too little for that, of others
    too."""
    found = choose(request, library, model, constraint, seed, shown, screen)
    if len(found.found) < request.count and lines.bind(request, library):
        found = choose(
            request, library, model, constraint_of(request, library, model.vocabulary, loose=True), seed, shown, screen
        )
    return found._replace(found=_weighed(model, found.found)) if weigh else found


def _drawn(
    model: Model,
    constraint: generator.Constraint,
    request: NamesQuery,
    library: Library,
    rng,
    shown: int,
    known: generator.Known,
    weigh: bool,
) -> generator.Draws:
    """Names drawn beyond those shown; of lines that read as lines, or where the corpus has too little for that, of
    others too."""
    found = generator.draw(model, constraint, request.count + shown, rng, known, weigh)
    if len(found.found) < request.count + shown and lines.bind(request, library):
        loose = constraint_of(request, library, model.vocabulary, loose=True)
        return generator.draw(model, loose, request.count + shown, rng, known, weigh)
    return found


def _rng(seed: int):
    import numpy

    return numpy.random.default_rng(seed)


def _weighed(model: generator.Model, found: Sequence[generator.Found]) -> tuple[generator.Found, ...]:
    """What was chosen, with its probabilities under the model that it was drawn from."""
    log_probs = generator.log_probs(model, [one.tokens for one in found]).tolist()
    return tuple(one._replace(log_prob=log_prob) for one, log_prob in zip(found, log_probs, strict=True))


def _names(
    answer: generator.Completions | generator.Draws | Chosen,
    request: NamesQuery,
    library: Library,
    shown: Collection[str],
    scored: bool,
) -> tuple[Name, ...]:
    """Names as the corpus writes them, each once and none that was shown before, in the order that was asked for."""
    write, seen = library.corpus(request.corpus).write, set(map(identity.key, shown))
    found = {write(one.tokens): one for one in answer.found}
    unseen = (name for name in found if not (seen and identity.key(name) in seen))
    found = {name: found[name] for name in islice(unseen, request.count)}
    marks = scores({name: one.tokens for name, one in found.items()}, request, library) if scored else {}
    neighbours = (
        dict(zip(found, similar(list(found)), strict=True)) if _nameable(found, request, library, scored) else {}
    )
    names = [Name(name, one.log_prob, marks.get(name), neighbours.get(name)) for name, one in found.items()]
    order = {
        None: lambda name: 0,
        "score": lambda name: -name.score.total if name.score else 0,
        "length": lambda name: len(found[name.name].tokens),
        "name": lambda name: generator.fold(name.name),
    }
    return tuple(sorted(names, key=order[request.sort]))


def _nameable(found: Collection[str], request: NamesQuery, library: Library, scored: bool) -> bool:
    """Whether it is worth saying what is near: not of lines and tunes, nor of thousands of names that nobody reads one
    by one."""
    return library.kind(request.corpus) == "characters" and (scored or len(found) <= FEW)


def _guard(
    request: NamesQuery,
    library: Library,
    vocabulary: generator.Vocabulary,
    patterns: Sequence[generator.Pattern],
    loose: bool = False,
) -> generator.Guard | None:
    """What no new name may hold: what is rude; what is no line, or no tune; and a long run from one entry, for lines
    and tunes or if asked for."""
    metre = tunes.guard_for(request, library, vocabulary)
    if isinstance(request, Why):
        return metre if request.metre else None
    guard, most = decent(library.guard(request.corpus, vocabulary), patterns), _most_copied(request, library)
    guard = generator.both(guard, metre or lines.guard_for(request, library, vocabulary, patterns, loose))
    if most is None or not library.corpus(request.corpus).entries:
        return guard
    return generator.both(guard, library.no_copy(request.corpus, most, vocabulary))


def _most_copied(request: NamesQuery, library: Library) -> int | None:
    """How many tokens in a row may be one entry's; None for any number."""
    return request.copy or COPIED.get(library.kind(request.corpus))


def constraint_of(
    request: Query, library: Library, vocabulary: generator.Vocabulary, loose: bool = False
) -> generator.Constraint:
    """What a request asks of a name; of a line, if it may be `loose`, less. Raises NothingFits, and BadInput where its
    own letters are rude."""
    kind = library.kind(request.corpus)
    patterns = _patterns(request, kind, vocabulary)
    for pattern in patterns:
        refuse_rude(pattern, kind)
    guard = _guard(request, library, vocabulary, patterns, loose)
    length = request.length or _usual_length(patterns, library.lengths(request.corpus))
    try:
        said = library.sayable(request.corpus, vocabulary) if request.only_sayable else None
        if (
            patterns or request.length or request.copy or request.metre or request.wild != 1.0
        ):  # what is kept for good is kept for models that stay
            constraint = generator.constrain(patterns, vocabulary, length, said)
            if said and patterns and not constraint.fillable:
                said = _unsaid(request, library, patterns, length, said)
            return replace(constraint, guard=generator.both(guard, said))
        return library.anything(request.corpus, vocabulary, length, generator.both(guard, said))
    except generator.Unfillable as error:
        raise NothingFits(words.unfillable(request, error.part, error.reason, kind)) from None
    except generator.Tangled:
        raise BadInput(words.tangled(request, kind)) from None


def _unsaid(
    request: NamesQuery,
    library: Library,
    patterns: Sequence[generator.Pattern],
    length: tuple[int, int] | None,
    guard: generator.Guard,
) -> generator.Guard | None:
    """What becomes of the acceptor where nothing that fits can be said: letters that somebody typed are wanted all the
    same. Else raises NothingFits."""
    if speakable(patterns, length, guard) and (freed := _freed(request, library, sayable=False)):
        raise NothingFits(words.all_unsayable(request, library.kind(request.corpus), unescape(freed)), [freed])
    return None


def _patterns(request: NamesQuery, kind: str, vocabulary: generator.Vocabulary) -> list[generator.Pattern]:
    """The patterns that a name must fill, all of them; the one that was typed as such comes first."""
    read = partial(read_pattern, kind=kind)
    patterns = [read(request.pattern)] if request.pattern else []
    patterns += generator.affixes(request.begins, request.ends, request.contains, read)
    return [of_any_length(pattern, vocabulary.tokens) for pattern in patterns] if kind == "notes" else patterns


def _usual_length(patterns: Sequence[generator.Pattern], lengths: tuple[int, int]) -> tuple[int, int] | None:
    """As long as the corpus's own names, where neither the request nor a pattern says how long."""
    if any(pattern.longest is not None for pattern in patterns):
        return None
    shortest, longest = lengths
    least = max([shortest, *(pattern.shortest for pattern in patterns)])
    return least, max(least, longest)


def _refuse(batch: Batch, library: Library) -> NoReturn:
    """No new name fits; say whether what fits cannot be said or is copied, a plain chain makes little, or the world has
    them all."""
    asked = batch.request
    if batch.said and batch.exact and not asked.continues and (freed := _freed(asked, library, sayable=False)):
        raise NothingFits(words.all_unsayable(asked, batch.kind, unescape(freed)), [freed])
    if not _could_be_in_metre(asked, library):
        _refuse_out_of_metre(asked, library)
    if asked.model == "chain" and (asked.sought or batch.kind in COPIED):
        mixed = replace(asked, model=generator.DEFAULT_MODEL, order=None).command()
        raise NothingFits(words.chain_ends(batch, unescape(mixed)), [mixed])
    most = _most_copied(asked, library)
    if most and batch.exact and not asked.continues and (freed := _freed(asked, library, copy=generator.LONGEST)):
        raise NothingFits(words.all_copied(batch, most, unescape(freed)), [freed])
    if batch.exact and not asked.continues and tunes.in_metre(asked, library):
        _refuse_out_of_metre(asked, library)
    all_known = batch.known_count and batch.exact and not asked.continues
    raise NothingFits((words.all_known if all_known else words.none_fits)(batch))


def _too_little_left(asked: NamesQuery, library: Library) -> BadInput:
    """Too little of what fits is allowed to be found in time: without a limit on what is copied, since little of it can
    be said."""
    if _most_copied(asked, library):
        return BadInput(words.too_little_left(asked))
    freed = replace(asked, sayable=False).command()
    return BadInput(words.too_little_said(asked, unescape(freed)), [freed])


def _could_be_in_metre(asked: NamesQuery, library: Library) -> bool:
    """Whether anything that fits is in metre, whatever a model makes of it."""
    vocabulary = library.model(asked.corpus, asked.model, asked.order, asked.temperature).vocabulary
    metre = tunes.guard_for(asked, library, vocabulary)
    return metre is None or generator.any_allowed(constraint_of(asked, library, vocabulary), metre)


def _refuse_out_of_metre(asked: NamesQuery, library: Library) -> None:
    """Raise NothingFits where there would be new tunes but for the metre, with the command that has them."""
    ways = {}, {"copy": generator.LONGEST}, {"model": generator.DEFAULT_MODEL, "order": None}
    if freed := next(filter(None, (_freed(asked, library, metre=NO_METRE, **instead) for instead in ways)), None):
        metre = tunes.said_of(library.corpus(asked.corpus), asked)
        raise NothingFits(words.out_of_metre(asked, metre, unescape(freed)), [freed])


def _freed(asked: NamesQuery, library: Library, **options: int | bool | str | None) -> str | None:
    """The command with other options, if new names fit then."""
    freed = replace(asked, **options)
    if asked == freed:
        return None
    try:
        brainstorm(replace(freed, count=1), library)
    except BadInput:
        return None
    return freed.command()
