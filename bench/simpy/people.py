"""The people who are called, as in bench/floors.ts: of 100 first calls 30 reach a person, 20 a machine, 4 are busy, 6
invalid, the others ring out. Times are seconds.
"""

from draws import exponential, lognormal, uniform

PERSON, MACHINE, BUSY, INVALID, NO_ANSWER = "person", "machine", "busy", "invalid", "no answer"

# The dialler hangs up then.
RING_MAX = 22.0
ATTEMPTS_MAX = 5


def thresholds(attempt):
    """Where person, machine, busy and invalid end on the unit interval. At every further attempt fewer people answer."""
    person = 0.3 * 0.85 ** (attempt - 1)
    rest = 1 - person
    machine = person + rest * 20 / 70
    busy = machine + rest * 4 / 70
    return person, machine, busy, busy + rest * 6 / 70


THRESHOLDS = [thresholds(attempt) for attempt in range(1, ATTEMPTS_MAX + 1)]


class People:
    def __init__(self, seed):
        self.outcome = uniform(seed, "outcome")
        self.person_ring = lognormal(seed, "ring of people", 10, 0.5)
        self.machine_ring = lognormal(seed, "ring of machines", 19, 0.1)
        self.patience = exponential(seed, "patience", 15)
        self.talk = lognormal(seed, "talk", 120, 1)
        self.machine = lognormal(seed, "time lost on a machine", 8, 0.3)
        self.wrap = lognormal(seed, "wrap", 20, 0.5)

    def called(self, attempt):
        """What becomes of the call, and after how many seconds."""
        person, machine, busy, invalid = THRESHOLDS[attempt - 1]
        u = self.outcome()
        if u < person:
            ring = self.person_ring()
            while ring > RING_MAX:
                ring = self.person_ring()
            return PERSON, ring
        if u < machine:
            ring = self.machine_ring()
            return (MACHINE, ring) if ring <= RING_MAX else (NO_ANSWER, RING_MAX)
        if u < busy:
            return BUSY, 2.0
        if u < invalid:
            return INVALID, 1.0
        return NO_ANSWER, RING_MAX

    def speaks(self, answer):
        """How long an agent is on the line with a person, or with a machine."""
        return self.talk() if answer is PERSON else self.machine()
