"""How long items are kept, in seconds."""

DAY = 24 * 60 * 60

PREVIEW = DAY
BATCH = 30 * DAY  # its buttons work as long as it is kept
QUESTION = 30 * DAY  # of the quiz, after it was asked
SCORE = 365 * DAY  # of the quiz, after the person's last answer, and the names that a channel was asked about
CLOSED_ROUND = 365 * DAY  # an open round is kept until it is closed
