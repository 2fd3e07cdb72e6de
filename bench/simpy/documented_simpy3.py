"""SimPy 3 and 4, from their guides: idle agents in a store, each waiting for the event with which the call that got
them begins, reneging by `yield request | timeout` and `cancel`.
"""

import simpy

from floor import AGENTS, SHIFT_END, Floor
from people import MACHINE, PERSON
from spans import Spans, totals


class CallCentre:
    def __init__(self, env, seed):
        self.env = env
        self.floor = Floor(seed)
        self.idle = simpy.Store(env)
        self.agents = [Agent(env, self) for _ in range(AGENTS)]
        env.process(self.go_home())

    def dial(self):
        while self.floor.may_dial(len(self.idle.items)):
            self.floor.ringing += 1
            self.env.process(self.call(self.floor.contacts.take(self.env.now)))

    def call(self, contact):
        env, floor = self.env, self.floor
        answer, ring = floor.people.called(contact.attempts)
        yield env.timeout(ring)
        floor.ringing -= 1
        if answer is not PERSON and answer is not MACHINE:
            floor.failed(contact, answer, env.now)
            self.dial()
            return
        answered = env.now
        patience = floor.patience(answer)
        with self.idle.get() as request:
            result = yield request | env.timeout(patience)
            if request not in result:
                floor.lost(contact, answer, patience, env.now)
                return
        self.dial()
        floor.put_through(answer, env.now - answered)
        result[request].taken.succeed((contact, answer))

    def go_home(self):
        """At the end of the shift idle agents go home; the others when they have wrapped up."""
        yield self.env.timeout(SHIFT_END)
        while self.idle.items:
            agent = yield self.idle.get()
            agent.spans.enter("signed out", SHIFT_END)


class Agent:
    def __init__(self, env, centre):
        self.spans = Spans()
        self.taken = None
        env.process(self.work(env, centre))

    def work(self, env, centre):
        floor = centre.floor
        while env.now < SHIFT_END:
            self.spans.enter("ready", env.now)
            self.taken = env.event()
            yield centre.idle.put(self)
            centre.dial()
            contact, answer = yield self.taken
            self.spans.enter("talk", env.now)
            yield env.timeout(floor.people.speaks(answer))
            self.spans.enter("wrap", env.now)
            yield env.timeout(floor.people.wrap())
            floor.served(contact, answer, env.now)
        self.spans.enter("signed out", env.now)


def shift(seed):
    env = simpy.Environment()
    centre = CallCentre(env, seed)
    env.run()
    return centre.floor.result(*totals(centre.agents))
