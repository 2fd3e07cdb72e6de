/**
 * Runs in the reader's browser: shows the text behind a mark on hover, touch and keyboard focus (arrow keys step through
 * the marks of a drawing). Without it the browser shows the same text by itself after a moment.
 */
export const hover = `
const tip = document.createElement("div")
tip.id = "tip"
tip.setAttribute("role", "status")
tip.hidden = true
document.body.append(tip)
let lit = null
const hide = () => {
  tip.hidden = true
  if (lit) lit.classList.remove("on")
  lit = null
}
const show = (mark) => {
  if (mark === lit) return
  hide()
  lit = mark
  mark.classList.add("on")
  tip.textContent = mark.dataset.tip
  tip.hidden = false
  const box = mark.getBoundingClientRect()
  const size = tip.getBoundingClientRect()
  const right = box.right + 10
  const left = right + size.width < document.documentElement.clientWidth ? right : box.left - size.width - 10
  tip.style.left = Math.max(4, left) + scrollX + "px"
  tip.style.top = Math.max(4, Math.min(box.top, innerHeight - size.height - 4)) + scrollY + "px"
}
for (const svg of document.querySelectorAll("figure svg.plot")) {
  const marks = [...svg.querySelectorAll("title")].map((title) => {
    const mark = title.parentNode
    mark.dataset.tip = title.textContent
    title.remove()
    return mark
  })
  if (marks.length === 0) continue
  svg.tabIndex = 0
  const over = (event) => {
    const mark = event.target.closest("[data-tip]")
    if (mark) show(mark)
    else hide()
  }
  svg.addEventListener("pointermove", over)
  svg.addEventListener("pointerdown", over)
  svg.addEventListener("pointerleave", hide)
  svg.addEventListener("blur", hide)
  svg.addEventListener("keydown", (event) => {
    const at = marks.indexOf(lit)
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 }[event.key]
    if (event.key === "Escape") hide()
    if (to === undefined) return
    event.preventDefault()
    show(marks[(to + marks.length) % marks.length])
  })
}
`
