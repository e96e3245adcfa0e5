/** Building blocks for the number words of a language. */

/** Pairs each word of a blank-separated list with its index, from `first` on. */
export function counted(words: string, first: number): readonly (readonly [string, number])[] {
  return words.split(' ').map((word, index) => [word, first + index] as const);
}

/** Tens and units as phrases: "twenty", "twenty five". `join` makes the phrase of one pair. */
export function tensAndUnits(
  tens: readonly (readonly [string, number])[],
  units: readonly (readonly [string, number])[],
  join: (ten: string, unit: string) => string,
): readonly (readonly [string, number])[] {
  return tens.flatMap(([ten, value]) => [
    [ten, value] as const,
    ...units.map(([unit, one]) => [join(ten, unit), value + one] as const),
  ]);
}

/** "9:05", with minutes in two digits; the hour alone without minutes. */
export function clockTime(hour: number, minute: number | undefined, mark = ':'): string {
  return minute === undefined ? `${hour}` : `${hour}${mark}${String(minute).padStart(2, '0')}`;
}
