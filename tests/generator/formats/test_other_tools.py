"""Other tools: markovify reads what we write and the other way round, kenlm and hmmlearn score what we score."""

import json
import math

import markovify
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator
from generator.formats.markovify import as_markovify, read_markovify
from generator.models.lengths import weigh_lengths
from generator.models.unsmoothed import counts_of
from generator.training.baum_welch import blocks, log_likelihood
from generator.training.chain import train_chain
from generator.training.kneser_ney import train_markov
from tests.helpers import enumeration

NAMES = ["mewtwo", "mr. mime", "moltres", "flabébé", "muk"]
VERSE = (
    "The cat sat on the mat. The dog sat on the cat. A dog ran to the mat and the cat ran on. It was a very odd day."
)


@given(corpus=enumeration.corpora, order=st.integers(1, 4))
@settings(max_examples=30)
def test_markovify_reads_what_we_count(corpus, order):
    """What is exported is the very model that markovify would have built from the same names."""
    ours = markovify.Chain.from_json(as_markovify(train_chain(corpus, order)))
    theirs = markovify.Chain([list(w) for w in corpus], order)
    assert ours.model == theirs.model
    assert ours.state_size == order
    assert ours.walk()


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("order", [1, 3])
def test_a_markovify_chain_is_read(compiled, order, tmp_path):
    """A Chain saved by markovify, compiled or not, is the chain that we would have counted."""
    peer = markovify.Chain([list(w) for w in NAMES], order)
    (tmp_path / "chain.json").write_text((peer.compile() if compiled else peer).to_json())
    model, expected = read_markovify(tmp_path / "chain.json"), train_chain(NAMES, order)
    assert (model.order, model.vocabulary.tokens, counts_of(model)) == (
        order,
        expected.vocabulary.tokens,
        counts_of(expected),
    )
    model.check()


@pytest.mark.parametrize("compiled", [False, True])
def test_a_markovify_text_is_read_and_answers_patterns(compiled, tmp_path):
    """A Text of words gets what markovify lacks: completions, draws and posteriors under a pattern."""
    text = markovify.Text(VERSE, state_size=1)
    (tmp_path / "text.json").write_text((text.compile() if compiled else text).to_json())
    model = read_markovify(tmp_path / "text.json")
    pattern = generator.Pattern(
        "The * sat ...",
        tuple(
            generator.constraints.pattern.Part(*part)
            for part in (
                ("letter", "The", frozenset(["The"])),
                ("hole", "*"),
                ("letter", "sat", frozenset(["sat"])),
                ("gap", "..."),
            )
        ),
    )
    constraint = generator.constrain(pattern, model.vocabulary, (4, 9))
    found = generator.complete(model, constraint, 5).found
    assert found[0].tokens[::2][:2] == ("The", "sat")
    (hole,) = generator.posterior(model, constraint).holes
    assert {model.vocabulary.tokens[i] for i in np.flatnonzero(hole.probs)} == {"cat", "dog"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "not JSON"),
        ("names\n", "not JSON"),
        ("\udcff", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("7", "no chain"),
        ("null", "no chain"),
        ("{}", "no chain"),
        ('{"chain": 7}', "no chain"),
        ("[]", "no chain"),
        ('[["a", 1, 2]]', "damaged"),
        ('[[["___BEGIN__"], 3]]', "no chain"),
        ('[[["___BEGIN__"], {"a": -1}]]', "not a number"),
        ('[[["___BEGIN__"], {"a": true}]]', "not a number"),
        ('[[["___BEGIN__"], {"a": NaN}]]', "not a number"),
        ('[[["___BEGIN__"], {"a": "x"}]]', "no chain|not a number"),
        ('[[["___BEGIN__"], {"a": 1}]]', "not there"),
        ('[[["a"], {"___END__": 1}]]', "no state begins"),
        ('[[["___BEGIN__"], {"___BEGIN__": 1}]]', "follows a state"),
        ('[[["___END__"], {"a": 1}]]', "no state begins"),
        ('[[["___BEGIN__"], {"a": 1}], [["___END__"], {"a": 1}]]', "among its tokens"),
        ('[[["___BEGIN__", "___BEGIN__"], {"a": 1}], [["a", "___BEGIN__"], {"a": 1}]]', "among its tokens"),
        ('[[["___BEGIN__"], {"a": 1}], [["a", "a"], {"a": 1}]]', "one size"),
        ('[[[7], {"a": 1}]]', "no state begins"),
        ('[[["___BEGIN__"], {"a": 1}], [[7], {"a": 1}]]', "not a text"),
        ('[[["___BEGIN__"], {"": 1}]]', "not a text"),
        ('[[["___BEGIN__"], [["a"], []]]]', "begins"),
    ],
)
def test_a_foreign_or_damaged_file_is_refused(content, words, tmp_path):
    """Whatever a file holds, it is a chain or is refused in words."""
    (tmp_path / "x.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(generator.ModelFileError, match=words):
        read_markovify(tmp_path / "x.json")


def test_a_missing_file_is_missing(tmp_path):
    """Only a file that is there can be foreign."""
    with pytest.raises(FileNotFoundError):
        read_markovify(tmp_path / "none.json")


@given(corpus=enumeration.corpora, order=st.integers(1, 4))
@settings(max_examples=15)
def test_kenlm_scores_as_we_do(corpus, order, tmp_path_factory):
    """An independent reader of the ARPA export gives every sequence our probability, to 1e-4."""
    kenlm = pytest.importorskip("kenlm", reason="kenlm is not installed (make oracles)")
    model, path = train_markov(corpus, order), tmp_path_factory.mktemp("arpa") / "m.arpa"
    path.write_text(generator.export(model, "arpa"))
    peer = kenlm.Model(str(path))
    for tokens in enumeration.sequences(model.vocabulary.tokens, 4):
        assert peer.score(" ".join(tokens)) * math.log(10) == pytest.approx(generator.log_prob(model, tokens), abs=1e-4)


@given(states=st.integers(1, 5), seed=st.integers(0, 10_000), end=st.booleans())
@settings(max_examples=10)
def test_hmmlearn_finds_a_sequence_as_likely(states, seed, end):
    """hmmlearn, whose models have no end, agrees to 1e-9 once the end is a state of its own that says so; training to
    1e-4 in 32 bits."""
    hmm = pytest.importorskip("hmmlearn.hmm", reason="hmmlearn is not installed (make oracles)")
    model = enumeration.random_hmm(states, enumeration.LETTERS, seed)
    peer = hmm.CategoricalHMM(states + 1, init_params="", params="", implementation="log" if end else "scaling")
    peer.n_features = len(enumeration.LETTERS) + 1
    peer.startprob_ = np.append(model.start, 0.0)
    peer.transmat_ = np.vstack([model.leave, np.eye(states + 1)[-1]])
    peer.emissionprob_ = np.zeros((states + 1, peer.n_features))
    peer.emissionprob_[:-1, :-1], peer.emissionprob_[-1, -1] = model.emit, 1.0
    every = list(enumeration.sequences(enumeration.LETTERS, 4))
    coded = [np.append(model.vocabulary.encode(tokens), len(enumeration.LETTERS)) for tokens in every]
    scores = [peer.score(ids[:, None]) for ids in coded]
    for tokens, score in zip(every, scores, strict=True):
        assert score == pytest.approx(generator.log_prob(model, tokens), abs=1e-9)
    assert log_likelihood(model, blocks([ids[:-1] for ids in coded], states)) == pytest.approx(
        sum(scores), abs=1e-4 * len(every)
    )  # of training


def scores(arpa: str):
    """A reader of ARPA as its definition reads: log10 p(w | h), with back-off weights for what is not there."""
    probs, backoffs = {}, {}
    for line in arpa.splitlines():
        if "\t" in line:
            p, gram, *backoff = line.split("\t")
            probs[tuple(gram.split())] = float(p)
            backoffs[tuple(gram.split())] = float(backoff[0]) if backoff else 0.0

    def score(history, word):
        if (*history, word) in probs:
            return probs[*history, word]
        return backoffs.get(history, 0.0) + score(history[1:], word)

    return lambda words, n: sum(
        score(tuple(["<s>", *words][max(0, i + 1 - n) : i + 1]), w) for i, w in enumerate([*words, "</s>"])
    )


@given(corpus=enumeration.corpora, order=st.integers(1, 4))
@settings(max_examples=15)
def test_arpa_says_what_the_model_says(corpus, order):
    """Read by its definition, the export gives every sequence our probability: the oracle for where kenlm is not."""
    model = train_markov(corpus, order)
    score = scores(generator.export(model, "arpa"))
    for tokens in enumeration.sequences(model.vocabulary.tokens, 4):
        assert score(tokens, order) * math.log(10) == pytest.approx(generator.log_prob(model, tokens), abs=1e-4)


def test_arpa_holds_what_it_counts():
    """The counts at the head are those of the sections, a space is a word, and the unknown word has the mass kept for
    it."""
    model = train_markov(NAMES, 3)
    head, *sections = generator.export(model, "arpa").split("\n\n")
    said = [int(line.split("=")[1]) for line in head.splitlines()[1:]]
    assert said == [len(section.splitlines()) - 1 for section in sections[:-1]]
    assert "\t<space> m" in sections[1]
    unknown = next(line for line in sections[0].splitlines() if line.endswith("<unk>"))
    assert float(unknown.split("\t")[0]) == pytest.approx(math.log10(model.unseen), abs=1e-6)


@pytest.mark.parametrize(
    ("make", "to", "words"),
    [
        (lambda: generator.train("hmm", NAMES, np.random.default_rng(0)), "arpa", "hidden states"),
        (lambda: generator.train("mix", NAMES, np.random.default_rng(0)), "arpa", "mixture"),
        (lambda: train_chain(NAMES, 2), "arpa", "zero"),
        (lambda: train_markov(NAMES, 2, "from_start"), "arpa", "a clock"),
        (lambda: weigh_lengths(train_markov(NAMES, 2), NAMES), "arpa", "how long a name is"),
        (lambda: train_markov([["a b", "c"]], 1), "arpa", "'a b'"),
        (lambda: train_markov([["</s>", "c"]], 1), "arpa", "</s>"),
        (lambda: train_markov(NAMES, 2), "markovify", "counts alone"),
        (lambda: train_chain(NAMES, 2), "onnx", "no format 'onnx'"),
    ],
)
def test_what_cannot_be_said_is_refused(make, to, words):
    """More than a format can hold is refused with the reason, never written as something else."""
    with pytest.raises(generator.Unsayable, match=words):
        generator.export(make(), to)


def test_exports_are_json_and_come_back(tmp_path):
    """Exported, read again and exported again is the same file, accents and spaces included."""
    text = generator.export(train_chain(NAMES, 2), "markovify")
    (tmp_path / "c.json").write_text(text, encoding="utf-8")
    assert generator.export(read_markovify(tmp_path / "c.json"), "markovify") == text
    assert json.loads(text)[0][0] == ["___BEGIN__", "___BEGIN__"]
