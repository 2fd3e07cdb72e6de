/** The part of `docs/scenarios.md` about rules, dispositions, scripts and call flows. A test reads its examples. */
export const conductIntroduction = `## Rules and dispositions

What becomes of a contact after an attempt follows from \`rules.retry\`, by outcome alone, or from the rules under
\`afterAttempt\`: \`default\` takes [those that hold where nothing is said](rules.md#where-nothing-is-said), with the
lock-outs of the campaign's law; a list is written as on the page about [rules and dispositions](rules.md). One of the two:
where \`afterAttempt\` stands, \`rules.retry\` must not. \`rules.attemptsMax\` holds beside both.

Rules may ask what agents chose, what people answered and what the list says, so a rehearsal needs to know how often each
happens. Take the shares from the report of a similar campaign.

\`\`\`yaml campaign
dispositions:
  # Shares of the people an agent talked to; the other 0.15 get none.
  - { code: renewed, label: Renewed, success: true, rightParty: true, final: true, share: 0.2 }
  - { code: refused, label: Does not renew, rightParty: true, final: true, share: 0.25 }
  - code: call-later
    label: Call later
    rightParty: true
    asksCallbackTime: true
    share: 0.3
    # From the end of the agent's work to the time the person names.
    askedAfterMinutes: { kind: lognormal, mean: 120, cv: 0.7 }
  - { code: not-in, label: Not in, share: 0.1 }
script:
  questions:
    # Answers of the people an agent talked to; the other 0.5 were not asked or did not say.
    satisfied: { "yes": 0.4, "no": 0.1 }
list:
  contacts: 5000
  parameters:
    # The other 0.05 have no tariff on the list.
    Tariff: { basic: 0.7, plus: 0.25 }
afterAttempt:
  - name: promised callback
    when: { disposition: [call-later] }
    then: { again: { at: asked, by: same-agent, windowMinutes: 30 } }
  - name: content on a small tariff
    when: { connected: true, answers: { satisfied: ["yes"] }, contact: { op: "=", field: parameter.Tariff, value: basic } }
    then: { finish: offer by post }
  - name: not in
    when: { disposition: [not-in], attempts: { max: 3 } }
    then: { again: { afterMinutes: 90 } }
  - name: machine or no answer
    when: { outcome: [machine, no-answer], attemptsWith: [{ outcome: [machine, no-answer], max: 2 }] }
    then: { again: { afterMinutes: { from: 120, to: 180 } } }
  - name: busy
    when: { outcome: [busy], attemptsWith: [{ outcome: [busy], max: 3 }] }
    then: { again: { afterMinutes: 10 } }
\`\`\`

- What an agent chose and what a person answered belong to the person and the attempt, what the list says to the person:
  other rules, pacing or agents do not change them.
- Rules may name the campaign's segments, the other campaigns of the file, the questions of \`script\` and the columns of
  \`list.parameters\`. A column without a value is written \`Note: {}\`.
- Reports count dispositions, successes and right parties, and tell how promised calls were kept.
- \`scenarios/small-b2b.yaml\` has dispositions and promised calls, \`scenarios/renewal-team.yaml\` answers, columns and a
  second campaign that rules move contacts to.`

export const flowIntroduction = `## Call flows

What an automatic campaign plays and asks is its \`flow\`, and what people do in it \`people.flow\`. Without a flow
\`people.script\` gives the length of a script and two shares; the two ways are not mixed. A flow has steps of its own,
written as on the page about [call flows](call-flows.md), or is ready-made: \`announcement\`, \`survey\` or
\`offerThenTransfer\`.

\`\`\`yaml automatic campaign
groups: [desk]
flow:
  offerThenTransfer:
    offer: { text: "Hello {firstName|there}. Your contract ends soon. Press 1 to talk to us, or 9 for no more calls." }
    transferKey: "1"
    to: { group: desk }
    nobody: { text: All our people are busy. We call you again. }
    optOut: { key: "9", confirmation: { text: You are off our list. } }
people:
  outcomes: { person: 0.4, machine: 0.2 }
  flow:
    # Of the people who listen, so many hang up every second.
    hangUpPerSecond: 0.015
    steps:
      # Shares of those who do not hang up; the rest presses nothing.
      offer: { keys: { "1": 0.08, "9": 0.02 }, earlyShare: 0.3 }
\`\`\`

Steps of one's own:

\`\`\`yaml automatic campaign
flow:
  name: Reminder
  steps:
    - name: reminder
      do: collect
      prompt: { file: reminder.wav }
      keys: { "1": reminder, "9": stop }
      noInput: done
    - { name: done, do: hang-up, result: served }
    - { name: stop, do: do-not-call }
    - { name: stopped, do: hang-up, result: refused }
people:
  outcomes: { person: 0.4, machine: 0.2 }
  flow:
    steps:
      # A sound file needs its length.
      reminder: { promptSeconds: 14, hangUp: 0.2, keys: { "1": 0.05, "9": 0.02 } }
\`\`\`

The steps of ready-made flows, for \`people.flow.steps\`: \`message\` and \`served\`; \`greeting\`, the questions by their names,
\`opinion\`, \`thanks\`, \`thanks unanswered\`; \`offer\`, \`transfer\`, \`nobody there\`; of all of them with a do-not-call key
\`do not call\`, \`do not call confirmed\`. Reports tell how the calls of a flow ended, and which keys were pressed.
\`scenarios/survey-robot.yaml\` has a flow with questions, a transfer and a do-not-call key, \`scenarios/clinic-robot.yaml\` the
three ready-made ones.`
