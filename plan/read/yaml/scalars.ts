/**
 * What a scalar of YAML is to Kubernetes: kubectl and the API server read YAML by sigs.k8s.io/yaml, which is go-yaml v2 and a
 * conversion to JSON. Read 2026-11-21 from `resolve.go` and `decode.go` of go.yaml.in/yaml/v2 2.4.4 and `yaml.go` of
 * sigs.k8s.io/yaml 1.6.0, and measured against them.
 */
import { TextError } from "../errors.js";
import { shortened } from "../limits.js";

/** What a scalar can be. */
export type Scalar = string | number | boolean | null;

/** Words that are no text, in the three spellings that go-yaml knows (`yes`, `Yes`, `YES`). */
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...spelled(true, "y", "yes", "true", "on"),
  ...spelled(false, "n", "no", "false", "off"),
  ...spelled(null, "null"),
  ["~", null] as const,
  ["", null] as const,
]);

const INTEGER = /^[-+]?(?:0|[1-9]\d*)$/;
const PREFIXED = /^[-+]?0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]?([0-7]+))$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
/** Go's `ParseFloat` takes underscores between digits. */
const POINT_FLOAT = /^\.\d(?:_?\d)*(?:[eE][-+]?\d(?:_?\d)*)?$/;
const NOT_FINITE = /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/;

/** Beyond these an integer is read as a float. */
const LEAST_INTEGER = -(2n ** 63n);
const MOST_SIGNED = 2n ** 63n - 1n;
const MOST_UNSIGNED = 2n ** 64n - 1n;

/**
 * The value of a plain scalar without a tag.
 *
 * @throws TextError for an infinity and for what is no number, which JSON cannot hold.
 */
export function resolvePlain(text: string): Scalar {
  const first = text.charCodeAt(0);
  // Text, as nearly always, begins no word of the table and no number.
  if (first >= FIRST.length || FIRST[first] === OTHER) return text;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  return FIRST[first] === NUMBER ? (numberOf(text) ?? text) : text;
}

const OTHER = 0;
const WORD = 1;
const NUMBER = 2;

/** What plain text with this first character can be. */
const FIRST = firstCharacters();

function firstCharacters(): Uint8Array {
  const kinds = new Uint8Array(128);
  for (const word of WORDS.keys()) if (word !== "") kinds[word.charCodeAt(0)] = WORD;
  for (const character of "0123456789+-.") kinds[character.charCodeAt(0)] = NUMBER;
  return kinds;
}

/** The number that plain text is, `undefined` for other text. */
function numberOf(text: string): number | undefined {
  if (NOT_FINITE.test(text)) throw new TextError(`'${text}' must be a finite number. JSON knows no other`);
  if (text.startsWith(".")) return POINT_FLOAT.test(text) ? finite(Number(text.replaceAll("_", ""))) : undefined;
  const plain = text.includes("_") ? text.replaceAll("_", "") : text;
  return integerOf(plain) ?? (FLOAT.test(plain) ? finite(Number(plain)) : undefined);
}

/** An integer as {@link wholeNumber} has it; the common short ones by a shorter way. */
function integerOf(text: string): number | undefined {
  if (text.length < 16 && INTEGER.test(text)) return Number(text) + 0;
  const whole = wholeNumber(text);
  return whole === undefined ? undefined : Number(whole);
}

/** An integer as Go's `ParseInt` with base 0, and then `ParseUint`, have it: `0x1F`, `0b11`, `0o17` and also `017`. */
function wholeNumber(text: string): bigint | undefined {
  const magnitude = magnitudeOf(text);
  if (magnitude === undefined) return undefined;
  const value = text.startsWith("-") ? -magnitude : magnitude;
  const most = /^[-+]/.test(text) ? MOST_SIGNED : MOST_UNSIGNED;
  return value < LEAST_INTEGER || value > most ? undefined : value;
}

function magnitudeOf(text: string): bigint | undefined {
  if (INTEGER.test(text)) return BigInt(text.replace(/^[-+]/, ""));
  const [, hexadecimal, binary, octal] = PREFIXED.exec(text) ?? [];
  if (hexadecimal !== undefined) return BigInt(`0x${hexadecimal}`);
  if (binary !== undefined) return BigInt(`0b${binary}`);
  return octal === undefined ? undefined : BigInt(`0o${octal}`);
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function spelled(value: boolean | null, ...words: readonly string[]): (readonly [string, boolean | null])[] {
  return words.flatMap((word) => {
    const rest = word.slice(1);
    const [lower, upper] = [word.charAt(0), word.charAt(0).toUpperCase()];
    return [lower + rest, upper + rest, upper + rest.toUpperCase()].map((text) => [text, value] as const);
  });
}

const TAG_PREFIX = "tag:yaml.org,2002:";

/**
 * The value of a scalar with a tag; one that go-yaml does not know makes it text.
 *
 * @param tag In full, as `tag:yaml.org,2002:int`.
 * @throws TextError when the text is not of that type.
 */
export function resolveTagged(tag: string, text: string): Scalar {
  const type = tag.startsWith(TAG_PREFIX) ? tag.slice(TAG_PREFIX.length) : "";
  switch (type) {
    case "int":
    case "float":
    case "bool":
    case "null":
      return resolveAs(type, text);
    case "binary":
      return decodeBase64(text);
    default:
      return text;
  }
}

function resolveAs(type: "int" | "float" | "bool" | "null", text: string): Scalar {
  const value = resolvePlain(text);
  const actual = typeOf(value, text);
  if (actual === type || (type === "float" && actual === "int")) return value;
  throw new TextError(
    `'!!${type}' must stand before a value of that type, got '${shortened(text)}'. Leave the tag out`,
  );
}

function typeOf(value: Scalar, text: string): string {
  if (value === null) return "null";
  if (typeof value === "number") return integerOf(text.replaceAll("_", "")) === undefined ? "float" : "int";
  return typeof value === "boolean" ? "bool" : "str";
}

function decodeBase64(text: string): string {
  const packed = text.replaceAll(/[\r\n]/g, "");
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed))
    throw new TextError("'!!binary' must stand before base64. Encode the value, or leave the tag out");
  return Buffer.from(packed, "base64").toString("utf8");
}

/**
 * The text of a key: `on` reads `true`, `010` reads `8`. Null can be no key: `undefined`.
 *
 * @param text The scalar as it is written; whole numbers are kept to the last digit.
 */
export function keyText(value: Scalar, text: string): string | undefined {
  if (typeof value === "string") return value;
  if (value === null) return undefined;
  if (typeof value === "boolean") return String(value);
  return wholeNumber(text.replaceAll("_", ""))?.toString() ?? shortestSingle(value);
}

/** A float as `strconv.FormatFloat(value, 'g', -1, 32)` writes it. */
function shortestSingle(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return value < 0 ? "-.inf" : ".inf";
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits++;
  const [mantissa = "", power = "0"] = Number(single.toPrecision(digits)).toExponential().split("e");
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return Object.is(single, -0) ? "-0" : String(Number(single.toPrecision(digits)));
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}
