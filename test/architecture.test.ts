import { assert, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { existsSync, globSync, readFileSync } from "node:fs"
import { basename, dirname, join, posix } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"

/** One file of the repository; `path` is relative to its root, with forward slashes. */
interface File {
  readonly path: string
  readonly text: string
}
/** What a rule finds wrong with a file; nothing when it is fine. */
type Rule = (file: File) => ReadonlyArray<string>

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const read = (path: string): File => ({ path, text: readFileSync(join(root, path), "utf8") })
const isIn = (path: string, ...folders: ReadonlyArray<string>) =>
  folders.some((folder) => path.startsWith(`${folder}/`))

const walk = (file: File, visit: (node: ts.Node) => void): void => {
  const descend = (node: ts.Node): void => {
    visit(node)
    ts.forEachChild(node, descend)
  }
  descend(ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true))
}

/** The module names of every import of a file, `import type`, `export from`, `import()` and type imports included. */
const importsOf = (file: File): ReadonlyArray<string> => {
  const names: Array<string> = []
  const add = (node: ts.Node | undefined) => {
    if (node !== undefined && ts.isStringLiteralLike(node)) names.push(node.text)
  }
  walk(file, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0])
  })
  return names
}

const isRelative = (name: string) => name.startsWith(".")
/** Our own files that a file imports, as paths from the root. */
const targetsOf = (file: File) =>
  importsOf(file)
    .filter(isRelative)
    .map((name) => posix.join(posix.dirname(file.path), name))

/** Imports of ours that lead outside the folders a file may use. */
const importsOnly =
  (...allowed: ReadonlyArray<string>): Rule =>
  (file) =>
    targetsOf(file)
      .filter((target) => !isIn(target, ...allowed))
      .map((target) => `imports ${target}`)

const importsNoPackage: Rule = (file) =>
  importsOf(file)
    .filter((name) => !isRelative(name))
    .map((name) => `imports the package ${name}`)

const importsEndInTs: Rule = (file) =>
  importsOf(file)
    .filter((name) => isRelative(name) && !/\.tsx?$/.test(name))
    .map((name) => `imports ${name}, without its .ts`)

const isNamedForItsContent: Rule = ({ path }) =>
  ["utils.ts", "index.ts", "types.ts"].includes(basename(path)) ? ["has a name that says nothing"] : []

/** A name that stands for a value or type of the platform: not a property, nor a declaration of our own. */
const isReference = (node: ts.Identifier) => {
  const parent = node.parent as ts.Node & { readonly name?: ts.Node; readonly propertyName?: ts.Node }
  return parent.name !== node && parent.propertyName !== node && !ts.isQualifiedName(parent)
}

/** Uses of platform names such as `process`, of members such as `Date.now`, and of `new Date` without a moment. */
const usesNone =
  (...banned: ReadonlyArray<string>): Rule =>
  (file) => {
    const found: Array<string> = []
    const report = (what: string) => {
      if (banned.includes(what)) found.push(`uses ${what}`)
    }
    walk(file, (node) => {
      if (ts.isIdentifier(node) && isReference(node)) report(node.text)
      if (ts.isPropertyAccessExpression(node)) report(`${node.expression.getText()}.${node.name.text}`)
      if (ts.isNewExpression(node)) report(`new ${node.expression.getText()}`)
      if (ts.isAwaitExpression(node)) report("await")
      if (node.kind === ts.SyntaxKind.AsyncKeyword) report("async")
    })
    return found
  }

const timeAndChance = ["Date.now", "new Date", "Math.random", "performance", "performance.now"]
const world = [
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "process", "console", "fetch", "crypto"],
  ...["globalThis", "async", "await", "Promise"]
]

/** Names of machines and places that mean nothing to a reader. Spelled in parts so that this file passes. */
const machinePath = new RegExp(`(?<![\\w.~$})-])/(${["work", "tmp", "root", "home"].join("|")})/`)
const registryHost = new RegExp(["registry\\.", "(npm|yarn)", "|deb\\.", "debian|npm", "mirror"].join(""), "i")
const namesNoMachine: Rule = ({ text }) =>
  text.split("\n").flatMap((line, index) => {
    if (machinePath.test(line)) return [`line ${index + 1} has a path of one machine`]
    return registryHost.test(line) ? [`line ${index + 1} names a package registry`] : []
  })

const locksNoAddress: Rule = ({ text }) =>
  [...text.matchAll(/"resolved":\s*"(?:\w+\+)?\w+:\/\/[^"]*"/g)].map(([match]) => `has ${match}`)

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}
/** Direct dependencies that have no row in the table of licences. */
const unlisted = (manifest: Manifest, licences: string) =>
  Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    (name) => !licences.includes(`| \`${name}\` |`)
  )

const sources = globSync(["src/**/*.ts", "sim/**/*.ts", "reports/**/*.ts"], { cwd: root })
  .map((path) => path.replaceAll("\\", "/"))
  .sort()
  .map(read)
const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter((path) => path !== "" && existsSync(join(root, path)))
  .map(read)
  .filter(({ text }) => !text.includes("\0"))

const violations = (files: ReadonlyArray<File>, rule: Rule) =>
  files.flatMap((file) => rule(file).map((what) => `${file.path} ${what}`))
const sourcesIn = (...folders: ReadonlyArray<string>) => sources.filter(({ path }) => isIn(path, ...folders))

/** Holds files to a rule, after showing on a bad example that the rule can fail. */
const holds = (name: string, files: ReadonlyArray<File>, rule: Rule, bad: File, good: File) => {
  it(name, () => {
    assert.notStrictEqual(rule(bad).length, 0, `the rule does not see what is wrong with: ${bad.text}`)
    assert.deepStrictEqual(rule(good), [], "the rule finds fault with a good example")
    assert.deepStrictEqual(violations(files, rule), [])
  })
}
const source = (path: string, text: string): File => ({ path, text })

describe("import directions", () => {
  holds(
    "the domain imports nothing of ours",
    sourcesIn("src/domain"),
    importsOnly("src/domain"),
    source("src/domain/a.ts", 'import { b } from "../dialler/b.ts"'),
    source("src/domain/a.ts", 'import { b } from "./b.ts"')
  )
  holds(
    "the core imports only itself and the domain",
    sourcesIn("src/dialler"),
    importsOnly("src/dialler", "src/domain"),
    source("src/dialler/pacing/a.ts", 'export type { B } from "../../runtime/b.ts"'),
    source("src/dialler/pacing/a.ts", 'import type { B } from "../../domain/b.ts"')
  )
  holds(
    "the core uses no package and no part of Node",
    sourcesIn("src/dialler"),
    importsNoPackage,
    source("src/dialler/a.ts", 'type Fs = typeof import("node:fs")'),
    source("src/dialler/a.ts", '// import "effect"\nimport { b } from "./b.ts"')
  )
  holds(
    "reading YAML needs nothing of ours but places in plain data",
    sourcesIn("src/yaml"),
    importsOnly("src/yaml", "src/domain"),
    source("src/yaml/a.ts", 'import { b } from "../config/b.ts"'),
    source("src/yaml/a.ts", 'import { b } from "../domain/b.ts"')
  )
  holds(
    "what is written in files is decoded without anything that runs",
    sourcesIn("src/config"),
    importsOnly("src/config", "src/yaml", "src/domain", "src/contacts", "src/dialler", "src/sip", "src/media"),
    source("src/config/a.ts", 'import { b } from "../runtime/b.ts"'),
    source("src/config/a.ts", 'import type { B } from "../sip/trunks/b.ts"')
  )
  holds(
    "the product does not know the simulator, reports, tests or benchmarks; only its commands do",
    sourcesIn("src").filter(({ path }) => !isIn(path, "src/cli")),
    importsOnly("src"),
    source("src/runtime/a.ts", 'await import("../../sim/b.ts")'),
    source("src/runtime/a.ts", 'import { b } from "../store/b.ts"')
  )
  holds(
    "the simulator and the reports do not know the tests, the benchmarks or the commands",
    sourcesIn("sim", "reports"),
    (file) => targetsOf(file).filter((target) => isIn(target, "test", "bench", "src/cli")),
    source("sim/a.ts", 'import { b } from "../src/cli/b.ts"'),
    source("sim/a.ts", 'import { b } from "../src/dialler/b.ts"')
  )
  holds(
    "relative imports name the file",
    sources,
    importsEndInTs,
    source("sim/a.ts", 'import { b } from "./b"'),
    source("sim/a.ts", 'import { b } from "./b.ts"')
  )
  holds(
    "files are named for what they hold",
    sources,
    isNamedForItsContent,
    source("sim/utils.ts", ""),
    source("sim/calendar.ts", "")
  )
})

describe("time, chance and the world", () => {
  holds(
    "the core has no clock, no chance, no timer and no I/O",
    sourcesIn("src/dialler"),
    usesNone(...timeAndChance, ...world),
    source("src/dialler/a.ts", "const later = () => setTimeout(() => {}, 1)"),
    source("src/dialler/a.ts", "// Date.now()\nclass A { process(fetch: number) { this.console.process() } }")
  )
  holds(
    "the simulator has no clock and no unseeded chance",
    sourcesIn("sim"),
    usesNone(...timeAndChance),
    source("sim/a.ts", "const x = Math.random()"),
    source("sim/a.ts", "const x = Math.max(1, random.next())")
  )
  it("sees each way of reaching for the world", () => {
    const rule = usesNone(...timeAndChance, ...world)
    const samples = ["Date.now()", "new Date()", "Math.random()", "performance.now()", "const p = performance"]
    samples.push("setInterval(f, 1)", "queueMicrotask(f)", "process.exit()", "console.log(1)", "fetch(url)")
    samples.push(
      "async () => {}",
      "await x",
      "let x: Promise<void>",
      "new Promise(f)",
      "globalThis.x",
      "const d = Date.now"
    )
    const unseen = samples.filter((text) => rule(source("src/dialler/a.ts", text)).length === 0)
    assert.deepStrictEqual(unseen, [])
  })
})

describe("the repository", () => {
  holds(
    "names no path and no registry of one machine",
    tracked,
    namesNoMachine,
    source("README.md", `cd ${["", "home", "somebody", ""].join("/")}`),
    source("README.md", "https://example.org/home/ and docs/work/plan.md")
  )
  it("sees each kind of machine name", () => {
    const samples = ["work", "tmp", "root", "home"].map((folder) => `file://${["", folder, "x"].join("/")}`)
    samples.push(["https://registry", "npmjs", "org"].join("."), ["http://deb", "debian", "org"].join("."))
    assert.deepStrictEqual(
      samples.filter((text) => namesNoMachine(source("a.md", text)).length === 0),
      []
    )
  })
  holds(
    "locks versions, not the addresses they came from",
    [read("package-lock.json")],
    locksNoAddress,
    source("package-lock.json", '{ "resolved": "https://example.org/a.tgz" }'),
    source("package-lock.json", '{ "resolved": "../a", "integrity": "sha512-x" }')
  )
  it("lists the licence of every direct dependency", () => {
    assert.deepStrictEqual(unlisted({ dependencies: { a: "1" }, devDependencies: { b: "1" } }, "| `a` | MIT |"), ["b"])
    const manifest = JSON.parse(read("package.json").text) as Manifest
    assert.deepStrictEqual(unlisted(manifest, read("docs/licences.md").text), [])
  })
})
