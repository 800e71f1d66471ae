"""How long things are remembered, in seconds: the one place that says so."""

DAY = 24 * 60 * 60

PREVIEW = DAY
BATCH = 30 * DAY  # its buttons work as long
CLOSED_ROUND = 365 * DAY  # an open one is kept until it is closed
