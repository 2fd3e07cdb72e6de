"""M/M/1 as the SimPy tutorials write it: one process a customer, one resource. Prints one line of JSON.

Arguments: number of customers, load (the mean service time is 1), seed.
"""

import json
import random
import sys
import time

customers, rho, seed = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
rng = random.Random(seed)
waited = 0.0


def with_simpy_3():
    import simpy

    env = simpy.Environment()
    server = simpy.Resource(env, capacity=1)

    def customer():
        global waited
        arrived = env.now
        with server.request() as request:
            yield request
            waited += env.now - arrived
            yield env.timeout(rng.expovariate(1))

    def source():
        for _ in range(customers):
            yield env.timeout(rng.expovariate(rho))
            env.process(customer())

    env.process(source())
    env.run()


def with_simpy_2():
    from SimPy.Simulation import Process, Resource, Simulation, hold, release, request

    sim = Simulation()
    server = Resource(capacity=1, sim=sim)

    class Customer(Process):
        def visit(self):
            global waited
            arrived = sim.now()
            yield request, self, server
            waited += sim.now() - arrived
            yield hold, self, rng.expovariate(1)
            yield release, self, server

    class Source(Process):
        def generate(self):
            for _ in range(customers):
                yield hold, self, rng.expovariate(rho)
                customer = Customer(sim=sim)
                sim.activate(customer, customer.visit())

    source = Source(sim=sim)
    sim.activate(source, source.generate())
    sim.simulate(until=1e15)


try:
    import simpy  # noqa: F401

    run = with_simpy_3
except ImportError:
    run = with_simpy_2

started, cpu = time.perf_counter(), time.process_time()
run()
seconds, core_seconds = time.perf_counter() - started, time.process_time() - cpu
print(json.dumps({"seconds": seconds, "coreSeconds": core_seconds, "meanWait": waited / customers}))
