"""SimPy 2.3: idle agents and waiting calls in plain queues, so that a call takes no event but those of its own times."""

from collections import deque

from SimPy.Simulation import Process, Simulation, hold

from floor import AGENTS, SHIFT_END, Floor
from people import MACHINE, PERSON


def shift(seed):
    sim = Simulation()
    now, activate, reactivate = sim.now, sim.activate, sim.reactivate
    floor = Floor(seed)
    contacts, called, speaks, wraps = floor.contacts, floor.people.called, floor.people.speaks, floor.people.wrap
    ready, talk, wrap = [0.0] * AGENTS, [0.0] * AGENTS, [0.0] * AGENTS
    idle = deque((agent, 0.0) for agent in range(AGENTS))
    waiting = deque()

    class Call(Process):
        agent = None

        def make(self, contact):
            answer, ring = called(contact.attempts)
            yield hold, self, ring
            floor.ringing -= 1
            if answer is not PERSON and answer is not MACHINE:
                floor.failed(contact, answer, now())
                dial()
                return
            if idle:
                agent, since = idle.popleft()
                ready[agent] += now() - since
                dial()
                floor.put_through(answer, 0.0)
            else:
                answered = now()
                patience = floor.patience(answer)
                waiting.append(self)
                yield hold, self, patience
                agent = self.agent
                if agent is None:
                    waiting.remove(self)
                    floor.lost(contact, answer, patience, now())
                    return
                floor.put_through(answer, now() - answered)
            seconds = speaks(answer)
            yield hold, self, seconds
            talk[agent] += seconds
            seconds = wraps()
            yield hold, self, seconds
            wrap[agent] += seconds
            floor.served(contact, answer, now())
            if now() >= SHIFT_END:
                return
            if waiting:
                first = waiting.popleft()
                first.agent = agent
                reactivate(first)
            else:
                idle.append((agent, now()))
                dial()

    class Closing(Process):
        def go_home(self):
            yield hold, self, SHIFT_END
            while idle:
                agent, since = idle.popleft()
                ready[agent] += SHIFT_END - since

    def dial():
        while floor.may_dial(len(idle)):
            floor.ringing += 1
            call = Call(sim=sim)
            activate(call, call.make(contacts.take(now())))

    closing = Closing(sim=sim)
    activate(closing, closing.go_home())
    dial()
    sim.simulate(until=10 * SHIFT_END)
    return floor.result(sum(ready), sum(talk), sum(wrap))
