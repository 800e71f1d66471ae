"""What somebody asked for, as typed values: the only thing that goes from the edges to the middle."""

from dataclasses import dataclass

import generator
from bot.asking.defaults import Defaults
from bot.asking.entities import escape
from bot.asking.quoting import quote

QUERIES = ("generate", "complete", "draw")
WHY = "why"
TAKEN = "taken"
PATTERNS = "patterns"
PRIVATE = ("corpora", "models", PATTERNS, "help")
AFFIXES = ("begins", "ends", "contains")  # what a name does, as a piece of a pattern
SORTS = ("rank", "score", "length", "name")
SETTINGS, FORM = "settings", "form"
TURNS = SUGGEST, VOTE, DROP, SHORTLIST, PICK, UNDO, ROUNDS, ROUND = "suggest", "vote", "drop", "shortlist", "pick", "undo", "rounds", "round"
# The temperature at which a smoothed model draws names. A classifier tells them from real ones least well just below 1 (make quality);
# lower they are smoother and soon all alike, at 1 more of them are hard to say.
DRAWN = 0.9
# The temperature of the many draws that names are chosen from: tamer, since a choice of the best needs no bold ones to be varied, and
# readers keep more of them (docs/choosing.md).
CHOSEN = 0.7
MOST_CHOSEN = 1_000  # names; more are drawn as they come, since all that are chosen must be unlike one another
IN_CHANNEL = (SETTINGS, FORM, *TURNS)  # what makes no sense but in a channel of Slack's
VERBS = (*QUERIES, WHY, TAKEN, *PRIVATE, *IN_CHANNEL)


@dataclass(frozen=True)
class Request:
    """One command: `generate` chooses among many draws, `draw` gives them as they come, `complete` ranks, `why` weighs what may stand in each hole, `taken` asks
    about `names`, those of TURNS are about a round of voting, the others inform.

    `length` counts tokens, inclusive. `wild` is how bold the names are, 1.0 as usual (see `temperature`). `skip` is how many completions were shown already ("More").
    `copy` is the most tokens in a row from one entry of the corpus, None as usual for their kind.
    `raw` gives the draws of `generate` as they come, in place of the best of many.
    `sort` is one of SORTS, None the order in which names are found.
    `preview` shows the names to the asker first. `settings` are a channel's defaults to be kept: None shows them, Defaults() forgets them.
    `voting` is what `round` sets of how a round is voted in.

    >>> Request("complete", "pokemon", pattern="mo***").command()
    'complete mo*** pokemon mix 5'
    """

    verb: str
    corpus: str = "tech"
    model: str = generator.DEFAULT_MODEL
    count: int = 5
    pattern: str | None = None
    order: int | None = None
    length: tuple[int, int] | None = None
    wild: float = 1.0
    seed: int | None = None
    skip: int = 0
    sort: str | None = None
    preview: bool = False
    settings: Defaults | None = None
    names: tuple[str, ...] = ()
    voting: tuple[tuple[str, int | bool | None], ...] = ()
    begins: str | None = None
    ends: str | None = None
    contains: str | None = None
    copy: int | None = None
    raw: bool = False

    @property
    def chosen(self) -> bool:
        """Whether the best of many draws are wanted; else names come as they are drawn, or ranked."""
        return self.verb == "generate" and not self.raw and self.count <= MOST_CHOSEN

    @property
    def sought(self) -> str | None:
        """All that is asked of the letters of a name, as typed: the pattern and what it begins and ends with and contains; None for nothing.

        >>> Request("draw", pattern="mo***", ends="a").sought
        'mo*** ends=a'
        """
        said = [quote(word) for word in self._affixes()]
        return " ".join([self.pattern, *said] if self.pattern else said) or None

    def _affixes(self) -> list[str]:
        return [f"{key}={getattr(self, key)}" for key in AFFIXES if getattr(self, key) is not None]

    @property
    def temperature(self) -> float:
        """The temperature of the model that answers."""
        tamed = self.verb in ("generate", "draw") and self.model != "chain"
        return round(self.wild * (CHOSEN if self.chosen else DRAWN), 3) if tamed else self.wild

    def command(self) -> str:
        """Say it all, as Slack would send it, so that a button pressed next month asks for what it asked for today."""
        if self.verb in PRIVATE:
            return self.verb
        if self.verb in (TAKEN, *TURNS):
            return escape(" ".join([self.verb, *map(quote, self.names), *self._voting()]))
        if self.verb == SETTINGS:
            return SETTINGS if self.settings is None else f"{SETTINGS} {self.settings.command()}"
        words = [self.verb, "preview" if self.preview else None, self.pattern and quote(self.pattern), quote(self.corpus), self.model, str(self.count), *map(quote, self._affixes())]
        return escape(" ".join([word for word in words if word] + self._options()))

    def _voting(self) -> list[str]:
        said = {None: "any", True: "on", False: "off"}
        return [f"{'votes' if key == 'limit' else key}={value if key == 'limit' and value else said[value]}" for key, value in self.voting]

    def _options(self) -> list[str]:
        length = self.length and "-".join(map(str, self.length))
        raw = "on" if self.raw else None
        said = {"order": self.order, "length": length, "wild": None if self.wild == 1.0 else f"{self.wild:g}", "copy": self.copy, "raw": raw, "seed": self.seed, "skip": self.skip or None, "sort": self.sort}
        return [f"{key}={value}" for key, value in said.items() if value is not None]
