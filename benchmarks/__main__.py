"""Print every measurement as one table: `python -m benchmarks`."""

import os
import platform
from pathlib import Path

from benchmarks import cold, handler, zip_size


def machine() -> str:
    """The machine in a line: processor, cores, system, Python, and how busy it was with other things."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        processor = platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before"


print(f"{machine()}\n\n| what | measured | beside it | aim |\n|---|---|---|---|")
for measurement in (handler, cold, zip_size):
    for row in measurement.rows():
        print("| " + " | ".join(row) + " |", flush=True)
