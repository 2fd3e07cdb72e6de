"""An agent's seconds by state."""


class Spans:
    def __init__(self):
        self.state, self.since = "signed out", 0.0
        self.seconds = {"signed out": 0.0, "ready": 0.0, "talk": 0.0, "wrap": 0.0}

    def enter(self, state, now):
        self.seconds[self.state] += now - self.since
        self.state, self.since = state, now


def totals(agents):
    """Ready, talk and wrap, of all agents."""
    return [sum(agent.spans.seconds[state] for agent in agents) for state in ("ready", "talk", "wrap")]
