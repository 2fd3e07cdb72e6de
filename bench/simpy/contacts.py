"""The list: retries that are due, then contacts never called. Delay and maximum of retries go by outcome."""

from heapq import heappop, heappush

from people import ATTEMPTS_MAX

CONTACTS = 50_000
MINUTE = 60.0

# By outcome: time until the next attempt, and the number of attempts after which it is the last. Others are final.
RETRY = {
    "busy": (10 * MINUTE, 3),
    "no answer": (120 * MINUTE, 3),
    "machine": (180 * MINUTE, 2),
    "abandoned": (72 * 60 * MINUTE, 2),
}


class Contact:
    __slots__ = ("number", "attempts", "ended")

    def __init__(self, number):
        self.number = number
        self.attempts = 0
        self.ended = {}


class Contacts:
    def __init__(self):
        self.fresh = map(Contact, range(CONTACTS))
        self.attempted = 0
        self.retries = []

    def take(self, now):
        """The contact to call now, the attempt counted. The list outlasts the shift."""
        retries = self.retries
        if retries and retries[0][0] <= now:
            contact = heappop(retries)[2]
        else:
            contact = next(self.fresh)
            self.attempted += 1
        contact.attempts += 1
        return contact

    def after(self, contact, outcome, now):
        """Plans another call, or lets the contact go."""
        if outcome not in RETRY:
            return
        delay, times_max = RETRY[outcome]
        times = contact.ended.get(outcome, 0) + 1
        contact.ended[outcome] = times
        if times < times_max and contact.attempts < ATTEMPTS_MAX:
            heappush(self.retries, (now + delay, contact.number, contact))
