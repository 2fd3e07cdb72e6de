"""SimPy 2.3, from its manual: the model as a subclass of Simulation, idle agents who wait passively in a store until the
call that got them reactivates them (master and slave), reneging by `yield (get, …), (hold, …)` and `acquired`.
"""

from SimPy.Simulation import Process, Simulation, Store, get, hold, passivate, put

from floor import AGENTS, SHIFT_END, Floor
from people import MACHINE, PERSON
from spans import Spans, totals


class CallCentre(Simulation):
    def __init__(self, seed):
        Simulation.__init__(self)
        self.floor = Floor(seed)
        self.idle = Store(name="idle agents", sim=self)
        self.agents = [Agent(sim=self) for _ in range(AGENTS)]
        for agent in self.agents:
            self.activate(agent, agent.work())
        closing = Closing(sim=self)
        self.activate(closing, closing.go_home())

    def dial(self):
        floor = self.floor
        while floor.may_dial(self.idle.nrBuffered):
            floor.ringing += 1
            call = Call(sim=self)
            self.activate(call, call.make(floor.contacts.take(self.now())))


class Call(Process):
    def make(self, contact):
        centre, floor = self.sim, self.sim.floor
        answer, ring = floor.people.called(contact.attempts)
        yield hold, self, ring
        floor.ringing -= 1
        if answer is not PERSON and answer is not MACHINE:
            floor.failed(contact, answer, centre.now())
            centre.dial()
            return
        answered = centre.now()
        patience = floor.patience(answer)
        yield (get, self, centre.idle, 1), (hold, self, patience)
        if not self.acquired(centre.idle):
            floor.lost(contact, answer, patience, centre.now())
            return
        centre.dial()
        floor.put_through(answer, centre.now() - answered)
        agent = self.got[0]
        agent.contact, agent.answer = contact, answer
        centre.reactivate(agent)


class Agent(Process):
    def __init__(self, sim):
        Process.__init__(self, sim=sim)
        self.spans = Spans()

    def work(self):
        centre, floor = self.sim, self.sim.floor
        while centre.now() < SHIFT_END:
            self.spans.enter("ready", centre.now())
            yield put, self, centre.idle, [self]
            centre.dial()
            yield passivate, self
            self.spans.enter("talk", centre.now())
            yield hold, self, floor.people.speaks(self.answer)
            self.spans.enter("wrap", centre.now())
            yield hold, self, floor.people.wrap()
            floor.served(self.contact, self.answer, centre.now())
        self.spans.enter("signed out", centre.now())


class Closing(Process):
    """At the end of the shift idle agents go home; the others when they have wrapped up."""

    def go_home(self):
        idle = self.sim.idle
        yield hold, self, SHIFT_END
        while idle.nrBuffered > 0:
            yield get, self, idle, 1
            self.got[0].spans.enter("signed out", SHIFT_END)


def shift(seed):
    centre = CallCentre(seed)
    centre.simulate(until=10 * SHIFT_END)
    return centre.floor.result(*totals(centre.agents))
