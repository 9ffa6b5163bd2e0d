const sizeDigits = 16;
const pattern = /^checkpoint-([0-9]{16})\.txt$/;

/** Of equal length, so the order of the names is that of the sizes. */
export const headName = (size: number): string => `checkpoint-${String(size).padStart(sizeDigits, '0')}.txt`;

/** Undefined for another name. */
export function sizeOfName(name: string): number | undefined {
  const digits = pattern.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
