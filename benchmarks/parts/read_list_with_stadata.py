"""Reads one list with the public client stadata, in the environment where it lives, and prints how long.

python read_list_with_stadata.py http://127.0.0.1:8391/v1/ KEY statictable
"""

from __future__ import annotations

import json
import sys
import time
import warnings

from stadata import main as stadata

READERS = {"statictable": "list_statictable", "var": "list_dynamictable"}
IDS = {"statictable": "table_id", "var": "var_id"}


def main(base: str, key: str, model: str) -> None:
    """Read the list of domain 3529 from the server, not from the stale file that stadata prefers."""
    warnings.simplefilter("ignore")
    stadata.BASE_URL = base
    read = getattr(stadata.Client(key), READERS[model])
    start = time.perf_counter()
    table = read(domain=["3529"], latest=True)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "ids": [int(i) for i in table[IDS[model]]]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
