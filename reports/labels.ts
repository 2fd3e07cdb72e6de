export interface Point {
  readonly x: number
  readonly y: number
}

/** A text to stand beside one of several points of a drawing, the first if it can be; pixels. */
export interface Wanted {
  readonly text: string
  readonly points: ReadonlyArray<Point>
}

export interface Placed extends Point {
  readonly text: string
  readonly dx: number
  readonly dy: number
  readonly anchor: "start" | "middle" | "end"
}

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Average advance of a 12 px sans-serif letter, on the generous side. */
const letter = 6.6
const height = 15
const places = [
  { dx: 12, dy: 0, anchor: "start" },
  { dx: -12, dy: 0, anchor: "end" },
  { dx: 0, dy: -16, anchor: "middle" },
  { dx: 0, dy: 17, anchor: "middle" },
  { dx: 10, dy: -14, anchor: "start" },
  { dx: 10, dy: 15, anchor: "start" },
  { dx: -10, dy: -14, anchor: "end" },
  { dx: -10, dy: 15, anchor: "end" },
  { dx: 12, dy: -30, anchor: "start" },
  { dx: 12, dy: 31, anchor: "start" },
  { dx: -12, dy: -30, anchor: "end" },
  { dx: -12, dy: 31, anchor: "end" }
] as const

const boxOf = (text: string, { x, y }: Point, { dx, dy, anchor }: (typeof places)[number]): Box => {
  const width = text.length * letter
  const left = x + dx - (anchor === "start" ? 0 : anchor === "end" ? width : width / 2)
  return { left, right: left + width, top: y + dy - height / 2, bottom: y + dy + height / 2 }
}

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top))

const outside = (box: Box, frame: Box): number =>
  Math.max(0, frame.left - box.left) +
  Math.max(0, box.right - frame.right) +
  Math.max(0, frame.top - box.top) +
  Math.max(0, box.bottom - frame.bottom)

/** Points along the lines between `points`, close enough that no letter fits between two. */
export const along = (points: ReadonlyArray<Point>): ReadonlyArray<Point> =>
  points.flatMap((to, i) => {
    if (i === 0) return [to]
    const from = points[i - 1]
    const steps = Math.min(200, Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 8)))
    return Array.from({ length: steps }, (_, step) => ({
      x: from.x + ((to.x - from.x) * (step + 1)) / steps,
      y: from.y + ((to.y - from.y) * (step + 1)) / steps
    }))
  })

/**
 * Gives every text, in order, the place that covers least of the texts before it and of `busy` points, and stays in `frame`.
 * Earlier texts have the better choice.
 */
export const placeLabels = (
  wanted: ReadonlyArray<Wanted>,
  busy: ReadonlyArray<Point>,
  frame: Box
): ReadonlyArray<Placed> => {
  const taken: Array<Box> = busy.map(({ x, y }) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 }))
  return wanted.map(({ text, points }) => {
    let best = { point: points[0], place: places[0] as (typeof places)[number] }
    let cost = Number.POSITIVE_INFINITY
    points.forEach((point, far) => {
      places.forEach((place, rank) => {
        const box = boxOf(text, point, place)
        const covered = taken.reduce((sum, other) => sum + overlap(box, other), 0)
        const total = covered + 1_000 * outside(box, frame) + rank + 4 * far
        if (total < cost) [best, cost] = [{ point, place }, total]
      })
    })
    taken.push(boxOf(text, best.point, best.place))
    return { text, ...best.point, ...best.place }
  })
}
