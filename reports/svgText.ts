import { escapeHtml } from "./html.ts"

const geometry = new Set("d transform x y x1 x2 y1 y2 cx cy r width height points".split(" "))

/** A tenth of a pixel is enough; what Plot writes has fifteen digits. */
const rounded = (text: string): string =>
  text.replace(/-?\d+\.\d{2,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(1)) + 0))

/** An SVG element as text: coordinates rounded, everything else escaped, its own styles left out (the page has them). */
export const svgText = (element: Element): string => {
  const name = element.tagName
  if (name.toLowerCase() === "style") return ""
  const attributes = [...element.attributes].map(
    (attribute) =>
      ` ${attribute.name}="${escapeHtml(geometry.has(attribute.name) ? rounded(attribute.value) : attribute.value)}"`
  )
  const content = [...element.childNodes].map((node) =>
    // 1 is an element; Plot makes nothing else but text.
    node.nodeType === 1 ? svgText(node as Element) : escapeHtml(node.textContent ?? "")
  )
  return `<${name}${attributes.join("")}>${content.join("")}</${name}>`
}
