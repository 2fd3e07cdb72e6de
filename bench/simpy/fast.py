"""The dialler in SimPy, written for speed: a process for each call, plain queues.

Arguments: see floor.py.
"""

import sys

sys.dont_write_bytecode = True

from run import run  # noqa: E402

try:
    import simpy  # noqa: F401

    from fast_simpy3 import shift
except ImportError:
    from fast_simpy2 import shift

run(shift)
