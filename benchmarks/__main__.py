"""Print every measurement as one table: `python -m benchmarks`."""

from benchmarks import cold, handler, votes, zip_size
from benchmarks.table import print_table

ROWS = (row for measurement in (handler, votes, cold, zip_size) for row in measurement.rows())
print_table(("what", "measured", "beside it", "aim"), ROWS)
