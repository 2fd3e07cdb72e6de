import { runMain } from "./runMain.ts"

runMain()
