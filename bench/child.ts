import "../sim/workers/inlining.ts"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { dialRuns } from "./dialRows.ts"
import { halfHour } from "./halfHour.ts"
import { costByAgents, costByContacts } from "./costs.ts"

/** What a bench can have done in a process of its own, so that nothing before it has shaped the compiled code. */
const tasks = { dialRuns, halfHour, costByAgents, costByContacts } as const
type TaskName = keyof typeof tasks
type Argument<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0]
type Answer<Name extends TaskName> = ReturnType<(typeof tasks)[Name]>

/** Does the task in a new process and resolves with what it returned. */
export const inChild = async <Name extends TaskName>(name: Name, argument: Argument<Name>): Promise<Answer<Name>> => {
  const { code, stdout } = await output(process.execPath, [
    fileURLToPath(import.meta.url),
    name,
    JSON.stringify(argument)
  ])
  if (code !== 0) throw new Error(`${name} ended with exit code ${code}`)
  return JSON.parse(stdout) as Answer<Name>
}

/** What a program printed, and its exit code (null when it died of a signal). What it complains of is shown. */
export const output = (
  command: string,
  args: ReadonlyArray<string>,
  options: { readonly cwd?: string; readonly quiet?: boolean } = {}
): Promise<{ readonly code: number | null; readonly stdout: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? process.cwd(),
      stdio: ["ignore", "pipe", options.quiet === true ? "ignore" : "inherit"]
    })
    let stdout = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, stdout }))
  })

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, argument] = process.argv.slice(2)
  const task = tasks[name as TaskName] as (argument: unknown) => unknown
  process.stdout.write(JSON.stringify(task(JSON.parse(argument))))
}
