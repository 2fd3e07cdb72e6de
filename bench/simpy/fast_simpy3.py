"""SimPy 3 and 4: idle agents and waiting calls in plain queues, so that a call takes no event but those of its own times."""

from collections import deque

import simpy

from floor import AGENTS, SHIFT_END, Floor
from people import MACHINE, PERSON


def shift(seed):
    env = simpy.Environment()
    process, timeout = env.process, env.timeout
    floor = Floor(seed)
    contacts, called, speaks, wraps = floor.contacts, floor.people.called, floor.people.speaks, floor.people.wrap
    ready, talk, wrap = [0.0] * AGENTS, [0.0] * AGENTS, [0.0] * AGENTS
    idle = deque((agent, 0.0) for agent in range(AGENTS))
    waiting = deque()

    def call(contact):
        answer, ring = called(contact.attempts)
        yield timeout(ring)
        floor.ringing -= 1
        if answer is not PERSON and answer is not MACHINE:
            floor.failed(contact, answer, env.now)
            dial()
            return
        if idle:
            agent, since = idle.popleft()
            ready[agent] += env.now - since
            dial()
            floor.put_through(answer, 0.0)
        else:
            answered = env.now
            patience = floor.patience(answer)
            turn = env.event()
            waiting.append(turn)
            yield turn | timeout(patience)
            if not turn.triggered:
                waiting.remove(turn)
                floor.lost(contact, answer, patience, env.now)
                return
            agent = turn.value
            floor.put_through(answer, env.now - answered)
        seconds = speaks(answer)
        yield timeout(seconds)
        talk[agent] += seconds
        seconds = wraps()
        yield timeout(seconds)
        wrap[agent] += seconds
        floor.served(contact, answer, env.now)
        if env.now >= SHIFT_END:
            return
        if waiting:
            waiting.popleft().succeed(agent)
        else:
            idle.append((agent, env.now))
            dial()

    def go_home():
        yield timeout(SHIFT_END)
        while idle:
            agent, since = idle.popleft()
            ready[agent] += SHIFT_END - since

    def dial():
        while floor.may_dial(len(idle)):
            floor.ringing += 1
            process(call(contacts.take(env.now)))

    process(go_home())
    dial()
    env.run()
    return floor.result(sum(ready), sum(talk), sum(wrap))
