"""The dialler as SimPy's documentation writes such models: a process for each call and each agent, a store of idle agents.

Arguments: see floor.py.
"""

import sys

sys.dont_write_bytecode = True

from run import run  # noqa: E402

try:
    import simpy  # noqa: F401

    from documented_simpy3 import shift
except ImportError:
    from documented_simpy2 import shift

run(shift)
