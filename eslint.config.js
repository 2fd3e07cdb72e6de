import js from "@eslint/js"
import { defineConfig, globalIgnores } from "eslint/config"
import tseslint from "typescript-eslint"

const nodeGlobals = Object.fromEntries(
  ["process", "console", "Buffer", "URL", "performance", "setTimeout", "clearTimeout"].map((name) => [name, "readonly"])
)

/** What the style guide bans everywhere in the product. Time and chance come as arguments or services. */
const banned = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: "Time is an argument or a Clock." },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Time is an argument or a Clock." },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: "Chance is keyed and seeded." },
  {
    selector: ":function[generator=true] TryStatement",
    message: "Effects carry typed errors: Effect.try, Effect.catchTag."
  },
  { selector: "TSEnumDeclaration", message: "A union of literals, or a table." },
  { selector: "ExportDefaultDeclaration", message: "Exports have names." },
  { selector: "ExportAllDeclaration", message: "No barrels: import from the file that has it." }
]
/** V8 makes functions that are kept in a field long-lived, and with each all it can see: a shift stays until a full sweep. */
const heldFunctions = [
  "PropertyDefinition > .value:matches(ArrowFunctionExpression, FunctionExpression)",
  "AssignmentExpression[left.object.type='ThisExpression'] > .right:matches(ArrowFunctionExpression, FunctionExpression)"
].map((selector) => ({ selector, message: "A method: a function in a field keeps the whole shift in memory." }))
const processEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "Settings come through Config."
}
const timers = ["setTimeout", "setInterval", "setImmediate"].map((name) => ({
  name,
  message: "Waiting is an Effect, or an event in the calendar."
}))

export default defineConfig(
  globalIgnores(["node_modules", "reports/sample", "coverage", "out"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.{js,mjs}"],
    languageOptions: { globals: nodeGlobals }
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "object-shorthand": "error",
      // Published coefficients are kept as they were printed.
      "no-loss-of-precision": "off",
      // Effect.gen(function*() { ... }) may well have nothing to wait for.
      "require-yield": "off",
      "@typescript-eslint/array-type": ["error", { default: "generic" }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/explicit-member-accessibility": ["error", { accessibility: "no-public" }],
      "@typescript-eslint/no-unnecessary-type-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/unbound-method": "off"
    }
  },
  {
    files: ["src/**/*.ts", "sim/**/*.ts", "reports/**/*.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-globals": ["error", ...timers],
      "no-restricted-syntax": ["error", ...banned, processEnv],
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 70, skipBlankLines: true, skipComments: true }]
    }
  },
  {
    files: ["src/dialler/**/*.ts", "sim/*.ts", "sim/lists/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...banned, processEnv, ...heldFunctions] }
  },
  { files: ["src/cli/**/*.ts"], rules: { "no-console": "off" } },
  // The browser has no Effect runtime of its own there; its timers are the platform.
  { files: ["src/web/**/*.ts"], rules: { "no-restricted-globals": "off" } }
)
