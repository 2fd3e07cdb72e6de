#!/usr/bin/env node
// The `outpace` command. The sources are TypeScript that a recent Node runs as it is; an older Node hands over to the
// one that was installed with the dependencies.
import { join } from "node:path"
import { nodeIsRecent, nodePath, root, run, setup } from "./setup.mjs"

try {
  await setup()
  const main = join(root, "src", "cli", "main.ts")
  if (nodeIsRecent()) {
    process.argv[1] = main
    await import(main)
  } else {
    process.exitCode = await run(nodePath(), [main, ...process.argv.slice(2)])
  }
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
