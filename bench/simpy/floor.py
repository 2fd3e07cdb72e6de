"""The floor of bench/floors.ts at a fixed ratio: its people, its list and what is counted; no SimPy in it.

The dialler places calls as long as fewer ring than the ratio times the idle agents. Who answers is put through to the
agent who has been idle longest; without one a person waits as long as patience and the dialler's limit allow. Without
detection a machine is put through like a person, and wrapped up as well.

Arguments of the scripts: number of shifts, seed of the first, agents, lines per idle agent, hours.
"""

import sys
from math import ceil

from contacts import Contacts
from people import MACHINE, PERSON, People

SHIFTS, FIRST_SEED, AGENTS = (int(argument) for argument in sys.argv[1:4])
LINES_PER_AGENT = float(sys.argv[4])
SHIFT_END = float(sys.argv[5]) * 3600

DROP_AFTER = 2.0
WAIT_BINS = 301


class Floor:
    def __init__(self, seed):
        self.people = People(seed)
        self.contacts = Contacts()
        self.ringing = 0
        self.outcomes = dict.fromkeys(
            ("connected", "abandoned", "hung up waiting", "machine", "busy", "no answer", "invalid"), 0
        )
        self.wait_seconds = 0.0
        self.waits = [0] * WAIT_BINS

    def may_dial(self, idle):
        """Power pacing; the small number is against rounding."""
        return self.ringing < int(LINES_PER_AGENT * idle + 1e-9)

    def patience(self, answer):
        """How long a call without an agent stays, at most; machines do not mind."""
        return min(self.people.patience(), DROP_AFTER) if answer is PERSON else DROP_AFTER

    def put_through(self, answer, waited):
        """An agent is on the line: the waits after answer of people, in tenths of a second."""
        if answer is PERSON:
            self.wait_seconds += waited
            self.waits[min(WAIT_BINS - 1, ceil(10 * waited))] += 1

    def failed(self, contact, answer, now):
        """Nobody answered: the attempt is over."""
        self.outcomes[answer] += 1
        self.contacts.after(contact, answer, now)

    def lost(self, contact, answer, patience, now):
        """No agent in time. The dialler calls again whom it dropped; on record a machine stays a machine."""
        if patience < DROP_AFTER:
            self.outcomes["hung up waiting"] += 1
            return
        self.outcomes["abandoned" if answer is PERSON else MACHINE] += 1
        self.contacts.after(contact, "abandoned", now)

    def served(self, contact, answer, now):
        """The agent has wrapped up: the attempt is over."""
        outcome = "connected" if answer is PERSON else MACHINE
        self.outcomes[outcome] += 1
        self.contacts.after(contact, outcome, now)

    def result(self, ready, talk, wrap):
        """What the shift came to; times are seconds of all agents."""
        return {
            "outcomes": self.outcomes,
            "contactsAttempted": self.contacts.attempted,
            "readySeconds": ready,
            "talkSeconds": talk,
            "wrapSeconds": wrap,
            "waitSeconds": self.wait_seconds,
        }
