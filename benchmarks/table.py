"""Printing a table of measurements, with the machine that they were made on."""

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print each row when it comes, in Markdown."""
    print(f"{machine()}\n")
    for row in (head, ["---"] * len(head)):
        print(_line(row))
    for row in rows:
        print(_line(row), flush=True)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def p50_p99(spent: Sequence[float]) -> str:
    """Write the median and the 99th percentile of some milliseconds."""
    return f"p50 {statistics.median(spent):.2f} ms, p99 {statistics.quantiles(spent, n=100, method='inclusive')[98]:.2f} ms"


def machine() -> str:
    """Describe the machine: processor, cores, system, Python, and its load."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        processor = platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before"
