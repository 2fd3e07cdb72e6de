import { assert, describe, it } from "@effect/vitest"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { type Browser, chromium, type Page } from "playwright-core"
import { afterAll, beforeAll } from "vitest"
import { report } from "../../reports/report.ts"
import { day, tuned } from "./fixture.ts"

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync)
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]

describe.skipIf(executablePath === undefined)("report in a browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "report-"))
  const file = join(folder, "report.html")
  let browser: Browser

  beforeAll(async () => {
    writeFileSync(file, report({ result: tuned(), ...day }))
    browser = await chromium.launch({ executablePath: executablePath!, args })
  })
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true })
  })

  const open = async (width: number, colorScheme: "light" | "dark" = "light"): Promise<[Page, Array<string>]> => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, offline: true })
    const trouble: Array<string> = []
    page.on("console", (message) => trouble.push(message.text()))
    page.on("pageerror", (error) => trouble.push(error.message))
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) trouble.push(request.url())
    })
    await page.goto(pathToFileURL(file).href)
    return [page, trouble]
  }
  const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

  it("opens without a word on the console and without a request", async () => {
    const [page, trouble] = await open(1_200)
    assert.deepStrictEqual(trouble, [])
    await page.close()
  })

  it("shows the values behind a point on hover", async () => {
    const [page] = await open(1_200)
    assert.isTrue(await page.locator("#tip").isHidden())
    await page.locator("#frontier .hit circle").nth(7).hover()
    assert.match((await page.locator("#tip").textContent()) ?? "", /^look-ahead, 2\.5 %\nOccupancy 87\.7/)
    await page.mouse.move(2, 2)
    assert.isTrue(await page.locator("#tip").isHidden())
    await page.close()
  })

  it("shows them to the keyboard, too", async () => {
    const [page] = await open(1_200)
    await page.locator("#abandon-day svg.plot").focus()
    await page.keyboard.press("End")
    assert.match((await page.locator("#tip").textContent()) ?? "", /^until 17:00\nlast hour/)
    await page.keyboard.press("ArrowLeft")
    assert.match((await page.locator("#tip").textContent()) ?? "", /^until 16:55/)
    await page.keyboard.press("Escape")
    assert.isTrue(await page.locator("#tip").isHidden())
    await page.close()
  })

  it("follows the dark scheme on a screen and is light on paper", async () => {
    const [light] = await open(1_200)
    const [dark] = await open(1_200, "dark")
    const onScreen = await paper(dark)
    assert.notStrictEqual(onScreen, await paper(light))
    await dark.emulateMedia({ media: "print" })
    assert.strictEqual(await paper(dark), await paper(light))
    await light.close()
    await dark.close()
  })

  it.each([375, 768, 1_200])("does not run over the edge at %d pixels", async (width) => {
    const [page] = await open(width)
    assert.strictEqual(await page.evaluate(() => document.documentElement.scrollWidth), width)
    await page.close()
  })

  it("has no labels over each other in the frontier and the day", async () => {
    const [page] = await open(1_200)
    const covered = await page.evaluate(() => {
      const pairs: Array<string> = []
      for (const svg of document.querySelectorAll("#frontier svg.plot, #agent-day svg.plot, #abandon-day svg.plot")) {
        const boxes = [...svg.querySelectorAll("text")].map((text) => ({ text, box: text.getBoundingClientRect() }))
        boxes.forEach(({ text, box }, i) => {
          for (const other of boxes.slice(i + 1)) {
            const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
            const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
            if (wide > 1 && high > 3) pairs.push(`${text.textContent} / ${other.text.textContent}`)
          }
        })
      }
      return pairs
    })
    assert.deepStrictEqual(covered, [])
    await page.close()
  })

  it("saves a chart as an SVG that stands alone", async () => {
    const [page] = await open(1_200)
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByLabel("SVG: What the agents").click()
    ])
    assert.strictEqual(download.suggestedFilename(), "agent-day.svg")
    const text = readFileSync(await download.path(), "utf8")
    assert.match(text, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^]*<pattern [^>]*id="t-talk"[^]*<\/svg>$/)
    assert.notInclude(text, "var(")
    await page.close()
  })

  it("prints on a handful of pages", async () => {
    const [page] = await open(1_200)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0
    assert.isAtLeast(pages, 5)
    assert.isAtMost(pages, 10)
    await page.close()
  })
})
