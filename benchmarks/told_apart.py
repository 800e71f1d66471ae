"""How well a classifier tells generated names from held-out real ones; needs scikit-learn."""

from collections.abc import Sequence

import numpy as np

import generator
from bot.commands.queries import DRAWN

SHORTEST = 3  # letters, the bot's default


def auc(generated: Sequence[str], real: Sequence[str], seed: int = 0) -> float:
    """Give the area under the ROC curve of a logistic regression on character 1- to 4-grams, the mean of 5 folds.

    0.5 means that it cannot tell.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_score

    texts = [f"^{name}$" for name in (*generated, *real)]
    counts = CountVectorizer(analyzer="char", ngram_range=(1, 4), lowercase=False).fit_transform(texts)
    labels = np.repeat([1, 0], [len(generated), len(real)])
    folds = StratifiedKFold(5, shuffle=True, random_state=seed)
    return float(cross_val_score(LogisticRegression(max_iter=2000), counts, labels, cv=folds, scoring="roc_auc").mean())


def new_names(model: generator.Model, train: Sequence[str], count: int, seed: int) -> list[str]:
    """Draw distinct names that are not in training, as the bot does, from 3 letters to the longest length."""
    constraint = generator.constrain(None, model.vocabulary, (SHORTEST, max(map(len, train))))
    model = generator.temper(model, DRAWN)
    found = generator.draw(model, constraint, count, np.random.default_rng(seed), generator.Known(train)).found
    return ["".join(name.tokens) for name in found]


def novel(train: Sequence[str], test: Sequence[str]) -> list[str]:
    """Give the distinct test names of the same lengths that are not in training."""
    known = set(train)
    return list(dict.fromkeys(name for name in test if name not in known and len(name) >= SHORTEST))


def told_apart(
    model: generator.Model, train: Sequence[str], test: Sequence[str], draws: int = 3
) -> tuple[float, float]:
    """Give the mean AUC over several draws, and its standard deviation."""
    real = novel(train, test)
    values = [auc(new_names(model, train, len(real), seed), real) for seed in range(draws)]
    return float(np.mean(values)), float(np.std(values, ddof=1))
