/** Told of a house value that is looser than the law's; true takes the house value all the same. */
export type Looser = (path: string, law: unknown, house: unknown) => boolean

/**
 * Joins two statements into one that is at least as strict as each. With `looser`, the second is a house rule that must not
 * be weaker than the first: where it is, `looser` decides.
 */
export type Merge<A> = (law: A, house: A, path: string, looser?: Looser) => A

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A value whose stricter of two is `join`; a house value that is not the join is looser. */
export const leaf =
  <A>(join: (a: A, b: A) => A): Merge<A> =>
  (law, house, path, looser) => {
    const joined = join(law, house)
    return looser !== undefined && !same(joined, house) && looser(path, law, house) ? house : joined
  }

export const minimum = leaf<number>((a, b) => Math.min(a, b))
export const maximum = leaf<number>((a, b) => Math.max(a, b))
/** Holds when either says so. */
export const either = leaf<boolean>((a, b) => a || b)

/** What both ask for. A house rule adds; it need not repeat what the law has. */
export const union = <A extends string>(a: ReadonlyArray<A>, b: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...new Set([...a, ...b])].sort()

/** The value later in the list is the stricter. */
export const ordered = <A extends string>(loosestFirst: ReadonlyArray<A>): Merge<A> =>
  leaf((a, b) => (loosestFirst.indexOf(a) > loosestFirst.indexOf(b) ? a : b))

/** Field by field; a field only one has is taken over. */
export const struct = <A extends object>(fields: {
  readonly [K in keyof A]-?: Merge<Exclude<A[K], undefined>>
}): Merge<A> => {
  const names = Object.keys(fields) as Array<keyof A & string>
  return (law, house, path, looser) => {
    const joined: Partial<A> = {}
    for (const name of names) {
      const left = law[name]
      const right = house[name]
      const at = path === "" ? name : `${path}.${name}`
      if (left === undefined) {
        if (right !== undefined) joined[name] = fields[name](right as never, right as never, at)
      } else if (right === undefined) joined[name] = fields[name](left as never, left as never, at)
      else joined[name] = fields[name](left as never, right as never, at, looser)
    }
    return joined as A
  }
}

/** A list of rules told apart by a key: those with the same key are merged, the others stand side by side, by key. */
export const keyed =
  <A>(keyOf: (rule: A) => string, merge: Merge<A>): Merge<ReadonlyArray<A>> =>
  (law, house, path, looser) => {
    const rules = new Map<string, A>()
    const add = (list: ReadonlyArray<A>, told?: Looser) => {
      for (const rule of list) {
        const key = keyOf(rule)
        const other = rules.get(key)
        rules.set(key, merge(other ?? rule, rule, `${path}[${key}]`, other === undefined ? undefined : told))
      }
    }
    add(law)
    add(house, looser)
    return [...rules.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, rule]) => rule)
  }

/** For fields that are the same in both because they are part of the key. */
export const alike = <A>(law: A, _house: A, _path: string): A => law
