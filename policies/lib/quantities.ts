/** Suffixes of quantities and what they multiply by (k8s.io/apimachinery, `resource.Quantity`). */
const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number in a quantity, `1.5Gi`, `500m`, `1e3`; `undefined` for what is none. */
export function quantity(value: string | number): number | undefined {
  if (typeof value === "number") return value;
  const [, digits, suffix, exponent] =
    /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/.exec(value) ?? [];
  if (digits === undefined) return undefined;
  if (exponent !== undefined) return Number(digits) * 10 ** Number(exponent);
  return Number(digits) * (FACTORS[suffix ?? ""] ?? 1);
}
