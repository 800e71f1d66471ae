"""The memory of this process, as the system counts it.

The size of what a library keeps cannot be added up: products, messages and pools grow with each model and share their
arrays. So the bound is on the resident set, which also counts what nobody thought of.
"""

import ctypes
import gc
import os
from pathlib import Path

STATM = Path("/proc/self/statm")


def resident() -> int:
    """Bytes that the process holds in memory; 0 if the system does not tell, as outside Linux.

    >>> resident() >= 0
    True
    """
    try:
        return int(STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def give_back() -> None:
    """Free what nobody refers to, and give it back to the system.

    A model and its products refer to each other, so that the collector alone frees them; and glibc keeps what was freed
    in small pieces, hundreds of MB after many models, until it is told to trim its heap.
    """
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError):  # another C library
        return
