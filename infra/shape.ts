import * as pulumi from "@pulumi/pulumi";
import { Cidr } from "../core/cidr.js";
import { issue } from "../core/issue.js";
import type { Issue } from "../core/issue.js";
import { nearest } from "../core/nearest.js";

/**
 * Says whether a value is of the kind that an argument takes. The compiler asks the same of TypeScript; plain JavaScript, a
 * configuration that was read as JSON and a cast have nobody else. What the value says is checked elsewhere, by code that may then
 * rely on its kind.
 */
export type Shape = (path: string, value: unknown) => readonly Issue[];

/** A shape for each argument; the compiler finds the one that is missing. */
export type Shapes<T> = { readonly [K in keyof Required<T>]: Shape };

const WRITE = "Write it out, or leave it out";

/** Text. */
export const text: Shape = kind((value) => typeof value === "string", "must be text");

/** A number. */
export const number: Shape = kind((value) => typeof value === "number" && !Number.isNaN(value), "must be a number");

/** `true` or `false`. */
export const flag: Shape = kind((value) => typeof value === "boolean", "must be true or false");

/** A function. */
export const callback: Shape = kind((value) => typeof value === "function", "must be a function");

/** A point in time. */
export const date: Shape = kind(
  (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  "must be a Date",
  "Write it like new Date('2026-11-21')",
);

/** A block of addresses: what `Cidr.parse` made, or text that it would take as it is. */
export const cidr: Shape = kind(
  (value) => typeof value === "string" && Cidr.tryParse(value) === value,
  "must be an address block",
  "Write it like Cidr.parse('10.0.0.0/16')",
);

/** Text, or an Output of it. */
export const late: Shape = (path, value) => (isLate(value) ? [] : text(path, value));

/** An object whose content is checked elsewhere. */
export const anyObject: Shape = kind(isObject, "must be an object");

/** One of a few words. */
export function word(words: readonly string[]): Shape {
  return (path, value) => {
    if (typeof value !== "string") return text(path, value);
    if (words.includes(value)) return [];
    const near = nearest(value, words);
    return [issue("NotFound", path, "must be a known name", value, `Choose from ${wordList(near, words)}`)];
  };
}

/** What one of our factories made; by the name of its class, since a program may hold two copies of the package. */
export function made(by: { readonly name: string }, example: string): Shape {
  const isMade = (value: unknown): boolean =>
    isObject(value) && (value as { readonly constructor?: { readonly name?: unknown } }).constructor?.name === by.name;
  return kind(isMade, `must be what a factory of \`${by.name}\` makes`, `Write it like ${example}`);
}

/** A list. */
export function list(of: Shape): Shape {
  const isList = kind((value) => Array.isArray(value), "must be a list");
  return (path, value) =>
    Array.isArray(value) ? value.flatMap((entry: unknown, i) => of(`${path}[${i}]`, entry)) : isList(path, value);
}

/** An object with names of the writer's choice. */
export function record(of: Shape): Shape {
  return (path, value) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, entry]) => (entry === undefined ? [] : of(`${path}.${key}`, entry)))
      : anyObject(path, value);
}

/**
 * An object with these arguments and no other: a name that nobody reads would be a wish that nobody grants.
 *
 * @param required The arguments that may not be left out.
 */
export function fields<T>(shapes: Shapes<T>, required: readonly (keyof T & string)[] = []): Shape {
  const known = shapes as Readonly<Record<string, Shape>>;
  return (path, value) => {
    if (!isObject(value)) return anyObject(path === "" ? "args" : path, value);
    const under = (key: string) => (path === "" ? key : `${path}.${key}`);
    const given = value as Readonly<Record<string, unknown>>;
    const absent = required.filter((key) => given[key] === undefined);
    return [
      ...absent.map((key) => missing(under(key), shapes[key])),
      ...Object.entries(given).flatMap(([key, entry]) => {
        const shape = Object.hasOwn(known, key) ? known[key] : undefined;
        if (shape === undefined) return [unknownArgument(under(key), key, Object.keys(known))];
        return entry === undefined ? [] : shape(under(key), entry);
      }),
    ];
  };
}

/**
 * An object with these arguments; what else it has is checked elsewhere.
 *
 * @param shapes Those that must be given.
 * @param choices Those that may be left out.
 */
export function has(shapes: Readonly<Record<string, Shape>>, choices: Readonly<Record<string, Shape>> = {}): Shape {
  return (path, value) => {
    if (!isObject(value)) return anyObject(path === "" ? "args" : path, value);
    const given = value as Readonly<Record<string, unknown>>;
    return Object.entries({ ...shapes, ...choices }).flatMap(([key, shape]) => {
      const at = path === "" ? key : `${path}.${key}`;
      if (given[key] !== undefined) return shape(at, given[key]);
      return Object.hasOwn(choices, key) ? [] : [missing(at, shape)];
    });
  };
}

/** One shape or the other: the first unless `isSecond`. */
export function either(first: Shape, second: Shape, isSecond: (value: unknown) => boolean): Shape {
  return (path, value) => (isSecond(value) ? second : first)(path, value);
}

function kind(fits: (value: unknown) => boolean, rule: string, advice = WRITE): Shape {
  return (path, value) => {
    if (isLate(value)) {
      const known = "must be known while the program runs, got an Output";
      return [{ code: "Malformed", path, rule: known, advice: "Take it from the configuration, or write it out" }];
    }
    return fits(value) ? [] : [issue("Malformed", path, rule, sayable(value), advice)];
  };
}

/** JSON has no word for two values that are no use: a number that is none, and a day that is none. */
function sayable(value: unknown): unknown {
  return Number.isNaN(value) || value instanceof Date ? String(value) : value;
}

function missing(path: string, shape: Shape): Issue {
  const advice = shape(path, undefined)[0]?.advice ?? WRITE;
  return issue("Required", path, "must be given", undefined, advice === WRITE ? "Pass it" : advice);
}

function unknownArgument(path: string, key: string, known: readonly string[]): Issue {
  const advice = `Choose from ${wordList(nearest(key, known), known)}`;
  return { code: "NotFound", path, rule: "must be left out: there is no such argument", advice };
}

/** The nearest words, or all of a few. */
function wordList(near: readonly string[], words: readonly string[]): string {
  return (near.length > 0 && words.length > 8 ? near : words).map((one) => `'${one}'`).join(", ");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLate(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}
