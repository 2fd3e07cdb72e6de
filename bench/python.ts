import { join } from "node:path"
import { output } from "./child.ts"

const scripts = join(import.meta.dirname, "simpy")

/** Where a Python may be; Debian's own packages belong to the second even where another comes first. */
const interpreters = ["python3", "/usr/bin/python3"]

/** A Python that has SimPy. */
export interface Python {
  readonly command: string
  readonly python: string
  readonly simpy: string
  /** 3 for the process API of SimPy 3 and 4, 2 for that of SimPy 2.3. */
  readonly generation: number
}

/** The interpreter with the newest SimPy, or null where no Python has one. */
export const findSimpy = async (): Promise<Python | null> => {
  const found: Array<Python> = []
  for (const command of interpreters) {
    const version = await script<Omit<Python, "command">>(command, "version.py", [], true).catch(() => null)
    if (version !== null) found.push({ command, ...version })
  }
  return found.toSorted((a, b) => b.generation - a.generation)[0] ?? null
}

/** Runs a script of `bench/simpy` and resolves with the line of JSON it prints. */
export const script = async <A>(
  command: string,
  name: string,
  args: ReadonlyArray<number>,
  quiet = false
): Promise<A> => {
  const { code, stdout } = await output(command, [join(scripts, name), ...args.map(String)], { quiet })
  if (code !== 0) throw new Error(`${name} ended with exit code ${code}`)
  return JSON.parse(stdout) as A
}
