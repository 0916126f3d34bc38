/** A number with its noun: `1 rule`, `2 rules`, `2 repositories`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
