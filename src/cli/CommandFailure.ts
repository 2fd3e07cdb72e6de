import { Schema } from "effect"

export const exitCodes = { ok: 0, failure: 1, wrongInput: 2, interrupted: 130, terminated: 143, hungUp: 129 } as const

/** What was asked for cannot be done as it was asked: a scenario with problems, a file that is no result. */
export class WrongInput extends Schema.TaggedError<WrongInput>()("WrongInput", { sentence: Schema.String }) {
  override get message() {
    return this.sentence
  }
}

/** Something went wrong that is not the asker's doing; what was computed is where the sentence says. */
export class Failed extends Schema.TaggedError<Failed>()("Failed", { sentence: Schema.String }) {
  override get message() {
    return this.sentence
  }
}

/** Everything has been said on standard output; what is left is the exit code. */
export class Told extends Schema.TaggedError<Told>()("Told", { code: Schema.Int }) {}

/** Stopped on request. */
export class Interrupted extends Schema.TaggedError<Interrupted>()("Interrupted", {
  signal: Schema.Literals(["SIGINT", "SIGTERM", "SIGHUP"]),
  sentence: Schema.String
}) {
  override get message() {
    return this.sentence
  }
}

export type CommandFailure = WrongInput | Failed | Told | Interrupted

const codeOfSignal = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated, SIGHUP: exitCodes.hungUp } as const

export const exitCodeOf = (failure: CommandFailure): number => {
  switch (failure._tag) {
    case "WrongInput":
      return exitCodes.wrongInput
    case "Failed":
      return exitCodes.failure
    case "Told":
      return failure.code
    case "Interrupted":
      return codeOfSignal[failure.signal]
  }
}
