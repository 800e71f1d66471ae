"""A channel's settings are shown, set, reset and used, and reach no other channel."""

import pytest

from bot.commands.defaults import Defaults
from bot.commands.who import Who
from bot.repositories import defaults
from bot.store import Unavailable
from bot.store.sqlite import MEMORY, SqliteStore
from tests.helpers.contexts import context
from tests.helpers.together import together

SET = "settings corpus=pokemon count=7 model=hmm"


def test_settings_hold_for_the_channel_alone(workspace):
    """Set by one for all there: another's command is answered so, in another channel it is not."""
    [told] = workspace.types("ana", "names", SET)
    assert workspace.sees("ben", "names") == [told] and "`pokemon`, set here" in told.text
    [names] = workspace.types("ben", "names", "generate")
    assert "pokemon · hmm" in names.text and names.text.count(",") == 6
    [elsewhere] = workspace.types("ben", "random", "generate")
    assert "tech · mix" in elsewhere.text


def test_settings_are_shown_to_who_asks_and_reset(workspace):
    """Setting one thing leaves the others; `settings` shows them privately with a button that forgets them all."""
    workspace.types("ana", "names", SET)
    workspace.types("ana", "names", "settings count=3")
    [shown] = workspace.types("ben", "names", "settings")
    assert shown.only == "U0BEN" and all(
        part in shown.text for part in ("`pokemon`, set here", "`hmm`, set here", "`3`, set here")
    )
    [reset] = workspace.clicks("ben", shown, "settings reset")
    assert reset.only is None and "set here" not in reset.text and "`tech`, as everywhere" in reset.text
    assert "tech · mix" in workspace.types("ana", "names", "generate")[0].text


def test_every_button_of_the_settings_works(workspace):
    """The switch and the reset do what they say, and say so to everybody."""
    workspace.types("ana", "names", SET)
    [shown] = workspace.types("ana", "names", "settings")
    for button in shown.buttons:
        [told] = workspace.clicks("ana", shown, button)
        assert told.only is None and "From now on" in told.text


def test_another_team_has_its_own(answered):
    """A channel's settings are its team's: the same id in another team finds nothing."""
    store, who = SqliteStore(MEMORY), Who("T1", "C1", "U1", "ana")
    defaults.keep(context(store, who), Defaults(corpus="pokemon"))
    assert (
        defaults.defaults(context(store, who._replace(team="T2")))
        == defaults.defaults(context(store, who._replace(channel="C2")))
        == Defaults()
    )


def test_two_people_who_set_at_once_both_have_their_way(store):
    """Neither undoes the other's setting."""
    who = Who("T1", "C1", "U1", "ana")
    for count in range(1, 6):
        together(
            *(
                lambda said=said: defaults.keep(context(store, who), said)
                for said in (Defaults(corpus="tech"), Defaults(count=count))
            )
        )
        assert defaults.defaults(context(store, who)) == Defaults(corpus="tech", count=count)
        defaults.keep(context(store, who), Defaults())


class Broken(SqliteStore):
    def get(self, team, key):
        raise Unavailable("no disk")


def test_names_come_where_the_store_does_not(library):
    """Without the store a command is answered as everywhere."""
    who = Who("T1", "C1", "U1", "ana")
    assert defaults.defaults(context(Broken(MEMORY), who)) == Defaults()


@pytest.mark.parametrize("who", [Who("", "C1", "U1", "ana"), Who("T1", "", "U1", "ana")])
def test_nobody_has_no_settings(who):
    """A payload without a team or a channel is answered as everywhere."""
    assert defaults.defaults(context(SqliteStore(MEMORY), who)) == Defaults()
