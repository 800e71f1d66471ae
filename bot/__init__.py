"""What people talk to: Slack and the terminal, thin edges around parse -> brainstorm -> render."""

import os

# The matrices of a query are small: threads cost more than they bring, and on a busy machine a hundred times more.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
