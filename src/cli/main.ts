import "../../sim/workers/inlining.ts"
import { runMain } from "./runMain.ts"

runMain()
