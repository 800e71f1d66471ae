"""What somebody asked for, as typed values: the only thing that goes from the edges to the middle."""

from dataclasses import dataclass

import generator
from bot.commands.defaults import Defaults
from bot.commands.quoting import quote
from bot.text import escape

QUERIES = ("generate", "complete", "draw")
DRAWS = ("generate", "draw")
WHY = "why"
TAKEN = "taken"
PATTERNS = "patterns"
PRIVATE = ("corpora", "models", PATTERNS, "help")
AFFIXES = ("begins", "ends", "contains")  # what a name does, as a piece of a pattern
NO_METRE = "off"
METRES = ("4/4", "3/4", "6/8", "2/4", NO_METRE)
SORTS = ("rank", "score", "length", "name")
SETTINGS, FORM = "settings", "form"
TURNS = SUGGEST, VOTE, DROP, SHORTLIST, PICK, UNDO, ROUNDS, ROUND = (
    "suggest",
    "vote",
    "drop",
    "shortlist",
    "pick",
    "undo",
    "rounds",
    "round",
)
# The temperature at which a smoothed model draws names. A classifier tells them from real ones least well just below 1
# (make quality); lower they are smoother and soon all alike, chosen ones too (docs/choosing.md), at 1 more of them are
# hard to say.
DRAWN = 0.9
MOST_CHOSEN = 1_000  # names; more are drawn as they come, since all that are chosen must be unlike one another
QUIZZES = QUIZ, BOARD, QUIZ_HELP = "quiz", "quiz board", "help quiz"
IN_CHANNEL = (SETTINGS, FORM, *TURNS, QUIZ, BOARD)  # what makes no sense but in a channel of Slack's
VERBS = (*QUERIES, WHY, TAKEN, *PRIVATE, SETTINGS, FORM, *TURNS, QUIZ)


@dataclass(frozen=True)
class Request:
    """One command: `generate` chooses among many draws, `draw` gives them as they come, `complete` ranks, `why` weighs
    what may stand in each hole, `taken` asks about `names`, those of TURNS are about a round of voting, those of
    QUIZZES about the quiz, the others inform.

    `length` counts tokens, inclusive. `wild` is how bold the names are, 1.0 as usual (see `temperature`). `skip` is how
    many completions were shown already ("More"). `copy` is the most tokens in a row from one entry of the corpus, None
    as usual for their kind. `sayable` leaves out names that cannot be said, or does not; None as usual for the verb
    (see `says`). `metre` is one of METRES, None as the tunes of the corpus are. `raw` gives the draws of `generate` as
    they come, in place of the best of many. `sort` is one of SORTS, None the order in which names are found. `preview`
    shows the names to the asker first. `settings` are a channel's defaults to be kept: None shows them, Defaults()
    forgets them. `voting` is what `round` sets of how a round is voted in.

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
    sayable: bool | None = None
    metre: str | None = None
    raw: bool = False

    @property
    def chosen(self) -> bool:
        """Whether the best of many draws are wanted; else names come as they are drawn, or ranked."""
        return self.verb == "generate" and not self.raw and self.count <= MOST_CHOSEN

    @property
    def sought(self) -> str | None:
        """All that is asked of the letters of a name, as typed: the pattern and what it begins and ends with and
        contains; None for nothing.

        >>> Request("draw", pattern="mo***", ends="a").sought
        'mo*** ends=a'
        """
        said = [quote(word) for word in self._affixes()]
        return " ".join([self.pattern, *said] if self.pattern else said) or None

    def _affixes(self) -> list[str]:
        return [f"{key}={getattr(self, key)}" for key in AFFIXES if getattr(self, key) is not None]

    @property
    def says(self) -> bool:
        """Whether every new name must be one that can be said: unasked where names are drawn; a list of the likeliest
        leaves none out.

        >>> Request("draw").says, Request("complete", pattern="mo***").says, Request("draw", sayable=False).says
        (True, False, False)
        """
        return self.verb in DRAWS if self.sayable is None else self.sayable and self.verb in QUERIES

    @property
    def temperature(self) -> float:
        """The temperature of the model that answers."""
        tamed = self.verb in DRAWS and self.model != "chain"
        return round(self.wild * DRAWN, 3) if tamed else self.wild

    def command(self) -> str:
        """Say it all, as Slack would send it, so that a button pressed next month asks for what it asked for today."""
        if self.verb in (*PRIVATE, *QUIZZES):
            return self.verb
        if self.verb in (TAKEN, *TURNS):
            return escape(" ".join([self.verb, *map(quote, self.names), *self._voting()]))
        if self.verb == SETTINGS:
            return SETTINGS if self.settings is None else f"{SETTINGS} {self.settings.command()}"
        words = [
            self.verb,
            "preview" if self.preview else None,
            self.pattern and quote(self.pattern),
            quote(self.corpus),
            self.model,
            str(self.count),
            *map(quote, self._affixes()),
        ]
        return escape(" ".join([word for word in words if word] + self._options()))

    def _sayable(self) -> str | None:
        return {None: None, True: "on", False: "off"}[self.sayable]

    def _voting(self) -> list[str]:
        said = {None: "any", True: "on", False: "off"}
        return [
            f"{'votes' if key == 'limit' else key}={value if key == 'limit' and value else said[value]}"
            for key, value in self.voting
        ]

    def _options(self) -> list[str]:
        length = self.length and "-".join(map(str, self.length))
        raw = "on" if self.raw else None
        said = {
            "order": self.order,
            "length": length,
            "wild": None if self.wild == 1.0 else f"{self.wild:g}",
            "copy": self.copy,
            "sayable": self._sayable(),
            "metre": self.metre,
            "raw": raw,
            "seed": self.seed,
            "skip": self.skip or None,
            "sort": self.sort,
        }
        return [f"{key}={value}" for key, value in said.items() if value is not None]
