"""A new line reads as a line: it begins and ends with words that begin and end the corpus's lines, and its words meet
as they do there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import generator
from bot.commands.queries import Generate, Query
from bot.names.profanity import unless_typed
from corpora import Corpus
from corpora.wording import wording

if TYPE_CHECKING:
    from bot.names.library import Library
    from generator.training.train import Model


def acceptor_for(
    query: Query, library: Library, vocabulary: generator.Vocabulary, patterns: Sequence[generator.Pattern], loose: bool
) -> generator.Acceptor | None:
    """The acceptor of lines in which no two words meet that never do, unless somebody typed them; unless it is `loose`,
    of lines in which words that bind keep their company too.

    A plain chain makes no two words meet that never do.
    """
    if library.kind(query.corpus) != "words":
        return None
    apart = None if query.model == "chain" else library.derived(query.corpus, _apart, vocabulary)
    apart = unless_typed(apart, patterns)
    if loose or not binds(query, library):
        return apart
    return generator.intersect(apart, library.derived(query.corpus, _bound, vocabulary))


def binds(query: Query, library: Library) -> bool:
    """Whether words that bind must keep the company of the corpus: in lines chosen from a plain chain, of which there
    are enough."""
    known = library.kind(query.corpus) == "words" and library.corpus(query.corpus).entries
    return isinstance(query, Generate) and query.model == "chain" and bool(known)


def with_ends(corpus: Corpus, model: Model) -> Model:
    """The model, with words barred from a line's beginning or end where the corpus never has them; a pattern may."""
    (first, last), learned = model.vocabulary.bars, wording(corpus.sequences)
    never_first, never_last = {*first, *learned.never_first}, {*last, *learned.never_last}
    return model.with_vocabulary(generator.Vocabulary(model.vocabulary.tokens, never_first, never_last))


def _apart(corpus: Corpus, vocabulary: generator.Vocabulary) -> generator.Acceptor | None:
    never = sorted(wording(corpus.sequences).apart)
    return generator.max_ngram_overlap(never, 1, vocabulary) if never else None


def _bound(corpus: Corpus, vocabulary: generator.Vocabulary) -> generator.Acceptor | None:
    try:
        return generator.collocated(corpus.sequences, vocabulary.among(wording(corpus.sequences).binding), vocabulary)
    except ValueError:  # too many words
        return None
