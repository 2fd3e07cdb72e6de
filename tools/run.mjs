// What `npm run ...` starts: sets up whatever is missing, then hands on to the real command.
import { join } from "node:path"
import { nodePath, root, run, setup } from "./setup.mjs"

const inModules = (...path) => join(root, "node_modules", ...path)
const node = (...args) => run(nodePath(), args, { cwd: root })

const commands = {
  tune: (args) => {
    const scenario = args.some((arg) => /\.ya?ml$/.test(arg)) ? [] : [join("scenarios", "sample.yaml")]
    return node(join("src", "cli", "main.ts"), "tune", ...scenario, ...args)
  },
  test: async (args) => (await import("./test.mjs")).test(args),
  check: async () => ((await (await import("./check.mjs")).check()).length === 0 ? 0 : 1),
  bench: (args) => node(join("bench", "main.ts"), ...args),
  format: async () =>
    (await node(inModules("eslint", "bin", "eslint.js"), "--fix", ".")) +
    (await node(inModules("prettier", "bin", "prettier.cjs"), "--write", "--log-level", "warn", "."))
}

const [name, ...args] = process.argv.slice(2)
try {
  const command = commands[name]
  if (command === undefined) throw new Error(`no such command: ${name}; there are ${Object.keys(commands).join(", ")}`)
  await setup()
  process.exitCode = await command(args)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
