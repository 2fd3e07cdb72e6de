/** What a bench may do while it runs: say where it is, and print what it found. */
export interface Output {
  readonly progress: (text: string) => void
  readonly print: (text: string) => void
}

export interface Bench {
  readonly name: string
  readonly title: string
  /** False when it could not run, or when a model did not give the right figures. Wall time never fails. */
  readonly run: (output: Output) => Promise<boolean>
}
