"""Prints which SimPy this Python has: the process API of SimPy 3 and 4 when it is there, else that of SimPy 2."""

import json
import platform

try:
    import simpy

    version, generation = getattr(simpy, "__version__", "unknown"), 3
except ImportError:
    import SimPy

    version, generation = SimPy.__version__, 2

print(json.dumps({"python": platform.python_version(), "simpy": version, "generation": generation}))
