/** To the nearest whole number, a half to the even one, as C's `printf` does. */
export const roundHalfEven = (value: number): number => {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

/** To so many decimals, a half to the even digit. */
export const roundDecimals = (value: number, decimals: number): number => {
  const scale = 10 ** decimals
  return roundHalfEven(value * scale) / scale
}
