"""A background: what it teaches a list's chain, and that nothing leaks from it; pruning. The truth of every query
stands in test_engine_truth."""

from functools import partial

import numpy as np
import pytest

import corpora
import generator
from generator.training import smoothing
from generator.training.background import Background, teach
from generator.training.counts import held_out_counts
from generator.training.kneser_ney import count, train_markov, tuned_smoothing
from generator.training.pruning import prune
from generator.training.tuning import Fold
from generator.vocabulary import Vocabulary
from tests.helpers.models import BACKGROUND

POKEMON = [entry.lower() for entry in corpora.load("pokemon").entries]
OTHERS = [entry.lower() for name in ("tech", "ikea", "birds", "cities") for entry in corpora.load(name).entries]


@pytest.fixture(scope="module")
def read():
    return teach(Vocabulary.of(POKEMON), OTHERS)


def test_the_gradient_of_the_shares_is_that_of_the_likelihood():
    """Against differences of log p itself, setting by setting."""
    counted = Background(BACKGROUND, Vocabulary("ab-")).adapt(["abab", "ba", "aab", "b"], 2)
    words, settings = ["abb", "ba", "aaab", "-b"], smoothing._unbound(counted.closed_form()) + 0.1
    slope = smoothing._slope(settings, held_out_counts(counted, words))

    def likelihood(settings):
        return generator.log_probs(counted.chain(smoothing._bound(settings)), words).sum()

    for at in np.ndindex(settings.shape):
        step = np.zeros(settings.shape)
        step[at] = 1e-5
        assert slope[at] == pytest.approx((likelihood(settings + step) - likelihood(settings - step)) / 2e-5, abs=1e-5)


def test_what_was_held_out_is_likelier_with_a_background(read):
    """200 pokemon, the rest foretold: by a tenth of a nat a token and more."""
    vocabulary, background = read
    fold = Fold(POKEMON[:150], POKEMON[150:200])
    plain = tuned_smoothing([fold], partial(count, order=5, vocabulary=vocabulary))
    adapted = tuned_smoothing([fold], partial(background.adapt, order=5))
    rest, tokens = POKEMON[200:], sum(len(name) + 1 for name in POKEMON[200:])
    nll = [
        -generator.log_probs(model, rest).sum() / tokens
        for model in (
            train_markov(POKEMON[:200], 5, None, vocabulary, plain),
            background.adapt(POKEMON[:200], 5).chain(adapted),
        )
    ]
    assert nll[1] < nll[0] - 0.1


def test_a_share_of_nothing_is_the_list_alone(read):
    """With μ = 0 the adapted chain says what the plain one does."""
    vocabulary, background = read
    counted, plain = background.adapt(POKEMON, 3), count(POKEMON, 3, vocabulary=vocabulary)
    settings = plain.closed_form()
    alone = smoothing.Smoothing(settings.discount, settings.concentration, np.zeros(len(settings.share)))
    names = [name for name in OTHERS if set(name) <= set(vocabulary.tokens)][:500]
    np.testing.assert_allclose(
        generator.log_probs(counted.chain(alone), names), generator.log_probs(plain.chain(settings), names), rtol=1e-12
    )


def test_the_same_counts_give_chains_that_share_no_memo():
    """A second chain of the same counts answers as if it were the first (a shared memo once gave −1.929 for −1.621)."""
    counted = count(["mew", "mow", "wow", "muk"], 2)
    rough = smoothing.Smoothing(np.full((3, 3), 0.9), np.full(3, 5.0), np.zeros(3))
    constraint = partial(generator.constrain, generator.parse_pattern("m**"), counted.unsmoothed.vocabulary)
    alone = generator.evidence(counted.chain(rough), constraint())
    generator.evidence(counted.chain(), constraint())
    assert generator.evidence(counted.chain(rough), constraint()) == alone


def test_a_list_is_taught_the_letters_that_it_is_too_short_to_hold():
    """Letters of the background that are common there join the vocabulary; rare ones and signs do not."""
    vocabulary, background = teach(Vocabulary("aeilmnorst"), [tuple(name) for name in OTHERS])
    assert set("abcdefghijklmnopqrstuvwxyz") <= set(vocabulary.tokens)
    assert not {"-", " ", "ø", "&"} & set(vocabulary.tokens)
    assert len(background.sequences) > 4_000


@pytest.mark.parametrize("script", ["pokemon-ru", "pokemon-ja", "pokemon-zh-hans"])
def test_a_background_of_another_script_is_left_out(script):
    """The model is the one that is trained without."""
    names = list(corpora.load(script).sequences[:60])
    assert teach(Vocabulary.of(names), [tuple(name) for name in OTHERS])[1] is None
    alone, offered = (
        generator.train("markov", names, np.random.default_rng(0), background=given) for given in ((), OTHERS)
    )
    assert generator.log_probs(alone, names).tolist() == generator.log_probs(offered, names).tolist()


def test_pruned_n_grams_cost_little(read):
    """A third of the n-grams that the background brings keep most of its gain on names held out."""
    vocabulary, background = read
    counted, tokens = background.adapt(POKEMON[:800], 4), sum(len(name) + 1 for name in POKEMON[800:])
    whole = counted.chain()
    few = prune(whole, counted.counts > 0, (counted.counts == 0).sum() // 3)
    few.check()
    plain, all_, some = (
        -generator.log_probs(model, POKEMON[800:]).sum() / tokens
        for model in (train_markov(POKEMON[:800], 4, None, vocabulary), whole, few)
    )
    assert some < plain - 0.5 * (plain - all_)


def test_pruning_nothing_changes_nothing(read):
    """With room for every n-gram the chain is the same, table by table."""
    whole = read[1].adapt(POKEMON, 2).chain()
    same = prune(whole, np.zeros(len(whole.token), dtype=bool), len(whole.token))
    for table in ("shorter", "length", "offsets", "token", "q", "after", "begins"):
        np.testing.assert_array_equal(getattr(whole, table), getattr(same, table))


def test_compact_tables_are_those_to_four_digits(read):
    """What a file holds differs from what was trained by less than a thousandth of a nat a name."""
    model = read[1].adapt(POKEMON, 3).chain()
    compact = generator.compact(model)
    compact.check()
    np.testing.assert_allclose(generator.log_probs(compact, POKEMON), generator.log_probs(model, POKEMON), atol=5e-3)
    assert generator.compact(compact).q.tolist() == compact.q.tolist()
