"""How long things are remembered, in seconds: the one place that says so."""

DAY = 24 * 60 * 60

PREVIEW = DAY
BATCH = 30 * DAY  # its buttons work as long
QUESTION = 30 * DAY  # of the quiz, after it was asked
SCORE = 365 * DAY  # of the quiz, after the person's last answer; as long does a channel know what it was asked
CLOSED_ROUND = 365 * DAY  # an open one is kept until it is closed
