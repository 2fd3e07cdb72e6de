/**
 * Lets V8 inline the long call chain of an event into one piece of machine code; its usual limits stop half-way. Worth a
 * third of the simulator's speed, and nothing but speed depends on it. Import it before anything of the simulator.
 */
import v8 from "node:v8"

try {
  v8.setFlagsFromString("--max-inlined-bytecode-size=1000")
  v8.setFlagsFromString("--max-inlined-bytecode-size-cumulative=4000")
} catch {
  // Another engine, or another V8, has other limits.
}
