"""The plain floor of test/oracles/plainFloor.ts as SimPy processes, one for each call. Prints one line of JSON.

Like agents, an endless list called once; a person answers with a fixed chance after a lognormal ring (mean 10 s, cv 0.5,
cut at 22 s), else the call rings for 22 s; talk lognormal (120 s, cv 1), wrap lognormal (20 s, cv 0.5); who answers
waits at most 2 s. Power pacing, looked at on every event: floor(ratio * idle agents) calls ring.

Calls wait in a plain queue rather than in a SimPy resource: that takes fewer events, so it is the faster way.

Arguments: number of shifts, hours, agents, ratio, chance of an answer, seed of the first shift.
"""

import json
import random
import sys
import time
from collections import deque
from math import exp, log, sqrt

shifts = int(sys.argv[1])
hours, agents, ratio, pickup = float(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])
first_seed = int(sys.argv[6])

RING_MAX = 22.0
WAIT_MAX = 2.0


def log_moments(mean, cv):
    variance = log(1 + cv * cv)
    return log(mean) - variance / 2, sqrt(variance)


RING = log_moments(10, 0.5)
TALK = log_moments(120, 1)
WRAP = log_moments(20, 0.5)


class Floor:
    """Counts and draws, the same for both generations of SimPy."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.idle = agents
        self.idle_since = 0.0
        self.idle_seconds = 0.0
        self.ringing = 0
        self.waiting = deque()
        self.attempts = 0
        self.connected = 0
        self.abandoned = 0

    def answers(self):
        return self.rng.random() < pickup

    def ring(self):
        while True:
            seconds = self.rng.lognormvariate(*RING)
            if seconds <= RING_MAX:
                return seconds

    def talk(self):
        return self.rng.lognormvariate(*TALK)

    def wrap(self):
        return self.rng.lognormvariate(*WRAP)

    def change_idle(self, by, now):
        self.idle_seconds += self.idle * (now - self.idle_since)
        self.idle_since = now
        self.idle += by

    def more(self):
        return self.ringing < int(ratio * self.idle + 1e-9)

    def result(self, until):
        self.change_idle(0, until)
        return {
            "attempts": self.attempts,
            "connected": self.connected,
            "abandoned": self.abandoned,
            "occupancy": 1 - self.idle_seconds / (agents * until),
        }


def shift_with_simpy_3(seed, until):
    import simpy

    env = simpy.Environment()
    floor = Floor(seed)

    def pace():
        while floor.more():
            floor.ringing += 1
            env.process(call())

    def call():
        if not floor.answers():
            yield env.timeout(RING_MAX)
            floor.ringing -= 1
            floor.attempts += 1
            pace()
            return
        yield env.timeout(floor.ring())
        floor.ringing -= 1
        if floor.idle > 0:
            floor.change_idle(-1, env.now)
        else:
            agent = env.event()
            floor.waiting.append(agent)
            pace()
            yield agent | env.timeout(WAIT_MAX)
            if not agent.triggered:
                floor.waiting.remove(agent)
                floor.attempts += 1
                floor.abandoned += 1
                pace()
                return
        pace()
        yield env.timeout(floor.talk())
        pace()
        yield env.timeout(floor.wrap())
        floor.attempts += 1
        floor.connected += 1
        if floor.waiting:
            floor.waiting.popleft().succeed()
        else:
            floor.change_idle(1, env.now)
        pace()

    pace()
    env.run(until=until)
    return floor.result(until)


def shift_with_simpy_2(seed, until):
    from SimPy.Simulation import Process, Simulation, hold

    sim = Simulation()
    floor = Floor(seed)

    class Call(Process):
        served = False

        def run(self):
            if not floor.answers():
                yield hold, self, RING_MAX
                floor.ringing -= 1
                floor.attempts += 1
                pace()
                return
            yield hold, self, floor.ring()
            floor.ringing -= 1
            if floor.idle > 0:
                floor.change_idle(-1, sim.now())
            else:
                floor.waiting.append(self)
                pace()
                yield hold, self, WAIT_MAX
                if not self.served:
                    floor.waiting.remove(self)
                    floor.attempts += 1
                    floor.abandoned += 1
                    pace()
                    return
            pace()
            yield hold, self, floor.talk()
            pace()
            yield hold, self, floor.wrap()
            floor.attempts += 1
            floor.connected += 1
            if floor.waiting:
                waiting = floor.waiting.popleft()
                waiting.served = True
                sim.reactivate(waiting)
            else:
                floor.change_idle(1, sim.now())
            pace()

    def pace():
        while floor.more():
            floor.ringing += 1
            call = Call(sim=sim)
            sim.activate(call, call.run())

    pace()
    sim.simulate(until=until)
    return floor.result(until)


try:
    import simpy  # noqa: F401

    shift = shift_with_simpy_3
except ImportError:
    shift = shift_with_simpy_2

started, cpu = time.perf_counter(), time.process_time()
results = [shift(first_seed + number, hours * 3600.0) for number in range(shifts)]
seconds, core_seconds = time.perf_counter() - started, time.process_time() - cpu
print(json.dumps({"seconds": seconds, "coreSeconds": core_seconds, "shifts": results}))
