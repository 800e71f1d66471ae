"""`python -m bot` is `techname`."""

import sys

from bot.cli import main

sys.exit(main())
