import { Flag } from "effect/cli"

/** Which live floor a command is about. */
export const configFlag = Flag.String("config").pipe(
  Flag.withMetavar("FILE"),
  Flag.withDescription("The live floor (YAML); outpace.yaml otherwise"),
  Flag.withDefault("outpace.yaml")
)
