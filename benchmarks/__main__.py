"""Print every measurement as one table: `python -m benchmarks`."""

from benchmarks import cold, handler, votes, zip_size
from benchmarks.machine import machine

print(f"{machine()}\n\n| what | measured | beside it | aim |\n|---|---|---|---|")
for measurement in (handler, votes, cold, zip_size):
    for row in measurement.rows():
        print("| " + " | ".join(row) + " |", flush=True)
