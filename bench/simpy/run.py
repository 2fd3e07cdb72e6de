"""Times whole shifts and prints one line of JSON."""

import json
import time

from floor import FIRST_SEED, SHIFTS


def run(shift):
    started, cpu = time.perf_counter(), time.process_time()
    shifts = [shift(FIRST_SEED + number) for number in range(SHIFTS)]
    seconds, core_seconds = time.perf_counter() - started, time.process_time() - cpu
    print(json.dumps({"seconds": seconds, "coreSeconds": core_seconds, "shifts": shifts}))
