"""Every answer in plain text: an edge that knows neither Slack nor a screen."""

from collections.abc import Callable, Iterable, Iterator

import generator
from bot.answers import types
from bot.answers.types import Answer, Listing
from bot.commands.queries import Generate
from bot.quiz.answering import ENOUGH
from bot.strings import about, chat, forms, quiz, rounds, taken, terminal, why
from bot.strings.phrasing import command
from bot.terminal.choices import choices

Lines = Iterable[str]


def render(answer: Answer) -> str:
    """The lines of an answer, and its choices with their numbers.

    >>> print(render(types.Sentence("Try `help`.")))
    Try `help`.
    """
    numbered = [f"[{number}] {choice.label}" for number, choice in enumerate(choices(answer), 1)]
    return "\n".join([*LINES[type(answer)](answer), *(["  ".join(numbered)] if numbered else [])])


def _listed(answer: Listing) -> Iterator[str]:
    for line in answer.lines:
        yield "  " + rounds.spoken_line(line.mark + line.name, line.votes, line.beside)
        people = rounds.people(_at(line.by) if line.by else None, list(map(_at, line.voters)))
        yield from (f"    {below}" for below in (people, line.note) if below)


def _at(person: str) -> str:
    return f"@{person}"


def _shown_names(answer: types.ShownNames) -> Iterator[str]:
    yield chat.title(answer.kept.batch, more=answer.kept.sequel)
    yield from _listed(answer)
    yield from chat.notes(answer.kept.batch, again=not answer.kept.before)
    yield from [] if answer.kept.id else [rounds.NOT_KEPT]


def _preview_names(answer: types.PreviewNames) -> Lines:
    kept = forms.ONLY_YOU_YET if answer.id else forms.NOT_KEPT
    return [chat.title(answer.batch), *_listed(answer), *chat.notes(answer.batch, answer.again), kept]


def _reasons(answer: types.ShownReasons) -> Iterator[str]:
    found = answer.found
    yield why.why_title(found)
    yield from (f"  {place.text}  {why.likely(place.likely, found.kind)}" for place in found.places)
    yield why.why_with(found.request, found.kind, answer.of, found.awaited)


def _shortlist(answer: types.Shortlist) -> Iterator[str]:
    yield rounds.shortlist(answer.round) + rounds.BEGUN_BY + _at(answer.round.owner)
    yield from _listed(answer) if answer.lines else [rounds.NO_NAMES]
    yield from filter(None, [rounds.rules(answer.round.options)])


def _suggested(answer: types.Suggested) -> Iterator[str]:
    by = rounds.SUGGESTED_BY + _at(answer.by) if answer.by else ""
    yield rounds.suggested(answer) + by if answer.lines else rounds.TAKEN_OFF
    yield from _listed(answer)


def _ballots(answer: types.Ballots) -> Lines:
    heading = rounds.WHOSE_VOTES if answer.voted else rounds.NO_VOTES_YET
    return [heading, *(f"  {rounds.vote_count(*voted)}" for voted in answer.voted)]


def _picked(answer: types.Picked) -> Iterator[str]:
    yield rounds.THE_NAME_IS + answer.winner.name
    yield from (f"  {entry.name} {rounds.votes_of(len(entry.voters))}" for entry in answer.best)
    closer, voters = _at(answer.standing.round.closer), list(map(_at, answer.voters))
    yield rounds.picked_by(closer, voters, len(answer.winner.voters))


def _quiz_question(answer: types.QuizQuestion) -> Iterator[str]:
    asked = answer.question
    if asked.ended:
        yield asked.name + quiz.truth(asked)
        yield from quiz.said(asked, [(kind, list(map(_at, people))) for kind, people in answer.by_kind])
    else:
        yield from (f"{quiz.QUESTION} {asked.name}", quiz.answered(len(asked.guesses)), quiz.rules(ENOUGH))


def _score_board(answer: types.ScoreBoard) -> Lines:
    scores = (f"  {place.rank}. {_at(place.person)} {quiz.score(place)}" for place in answer.places)
    return [quiz.BOARD_TITLE, *scores]


def _verdicts(answer: types.Verdicts) -> Iterator[str]:
    yield taken.title(list(answer.by_name))
    yield from (f"  {name}: {taken.line(found)}" for name, found in answer.by_name.items())
    yield from taken.notes(answer.verdicts)


def _settings(answer: types.ChannelSettings) -> Lines:
    return [
        forms.SETTINGS_NEW if answer.new else forms.SETTINGS_NOW,
        *forms.settings_lines(answer.defaults, Generate()),
    ]


def _form(answer: types.Form) -> Lines:
    return filter(None, [answer.found, answer.example, terminal.instead_of_form(command(answer.filled.command()))])


def _patterns(answer: types.PatternsList) -> Lines:
    return [about.PATTERNS, *(about.pattern_line(*line) for line in about.PATTERN_EXAMPLES.items())]


LINES: dict[type[Answer], Callable[..., Lines]] = {
    types.ShownNames: _shown_names,
    types.PreviewNames: _preview_names,
    types.ShownReasons: _reasons,
    types.Shortlist: _shortlist,
    types.Suggested: _suggested,
    types.RoundOptions: lambda answer: [rounds.voted_in(answer.round.options, answer.new)],
    types.Voters: lambda answer: [rounds.voters_of(answer.name, len(answer.voters)), *map(_at, answer.voters)],
    types.Ballots: _ballots,
    types.PickQuestion: lambda answer: [rounds.pick_question(answer)],
    types.Picked: _picked,
    types.Reopened: lambda answer: [
        rounds.REOPENED + rounds.UNDONE_BY + _at(answer.person) if answer.person else rounds.NO_LONGER
    ],
    types.RoundClosed: lambda answer: [rounds.closed(answer.round)],
    types.History: lambda answer: [rounds.OLD_ROUNDS, *map(rounds.old_round, answer.rounds)],
    types.QuizQuestion: _quiz_question,
    types.ScoreBoard: _score_board,
    types.QuizHelp: lambda answer: quiz.HELP,
    types.Help: lambda answer: [*filter(None, [answer.remark]), *about.HELP],
    types.CorporaList: lambda answer: [about.CORPORA, *map(about.corpus_line, answer.cards)],
    types.ModelsList: lambda answer: [about.MODELS, *(about.model_line(*line) for line in generator.MODELS.items())],
    types.PatternsList: _patterns,
    types.ChannelSettings: _settings,
    types.Verdicts: _verdicts,
    types.Sentence: lambda answer: [answer.text],
    types.Problem: lambda answer: [answer.error.message],
    types.Form: _form,
}
