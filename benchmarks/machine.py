"""What a figure was measured on."""

import os
import platform
from pathlib import Path


def machine() -> str:
    """The machine in a line: processor, cores, system, Python, and how busy it was with other things."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        processor = platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before"
