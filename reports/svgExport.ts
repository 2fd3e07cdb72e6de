/**
 * Runs in the reader's browser after the hover script: adds a button to every chart that saves its drawings as one SVG
 * file, in the colours on the screen, without variables, so that any program can open it.
 */
export const svgExport = `
const svgOf = (figure) => {
  const panels = figure.querySelector(".panels")
  const frame = panels.getBoundingClientRect()
  const serializer = new XMLSerializer()
  const parts = [...panels.querySelectorAll("h4, svg.plot")].map((part) => {
    const box = part.getBoundingClientRect()
    const [x, y] = [box.left - frame.left, box.top - frame.top]
    const copy = part.cloneNode(true)
    if (part.tagName === "H4") {
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text")
      const place = { x, y: y + 14, "font-weight": 600, fill: "var(--ink)" }
      for (const name in place) text.setAttribute(name, place[name])
      text.textContent = part.textContent
      return serializer.serializeToString(text)
    }
    for (const hit of copy.querySelectorAll(".hit")) hit.remove()
    const place = { x, y, width: box.width, height: box.height, overflow: "visible", color: "var(--ink)" }
    for (const name in place) copy.setAttribute(name, place[name])
    return serializer.serializeToString(copy)
  })
  const text = parts.join("")
  const patterns = [...document.querySelectorAll("pattern")].filter(({ id }) => text.includes("url(#" + id + ")"))
  const colors = getComputedStyle(document.documentElement)
  const size = 'width="' + frame.width + '" height="' + frame.height + '"'
  const font = 'font-family="Segoe UI, Helvetica Neue, Arial, sans-serif" font-size="12"'
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" ' + size + " " + font + '><rect width="100%" height="100%" fill="var(--paper)"/><defs>' +
    patterns.map((pattern) => serializer.serializeToString(pattern)).join("") + "</defs>" + text + "</svg>"
  ).replace(/var\\((--[a-z]+)\\)/g, (_, name) => colors.getPropertyValue(name).trim())
}
for (const figure of document.querySelectorAll("figure")) {
  if (!figure.querySelector("svg.plot")) continue
  const link = document.createElement("a")
  link.textContent = "SVG"
  link.href = "#" + figure.id
  link.download = figure.id + ".svg"
  link.setAttribute("aria-label", "SVG: " + figure.querySelector("h3").textContent)
  const save = () => (link.href = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgOf(figure)))
  link.addEventListener("click", save)
  figure.querySelector(".links").append(" \\u00a0", link)
}
`
