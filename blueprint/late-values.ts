import * as pulumi from "@pulumi/pulumi";
import type { IResolver, ResolutionContext } from "cdk8s";
import { splitAtTokens, tokenOf } from "../core/token.js";

/** What an Output says when it is made into text by mistake. */
const STRINGIFIED = /Calling \[to(?:String|JSON)\] on an \[Output<T>\]/;

/**
 * The late values of one cluster: what Pulumi knows only during the deployment, as string tokens that pass through code
 * that takes plain text. As a resolver of a cdk8s `App` it turns Outputs in manifests into tokens; the bridge turns the
 * tokens back.
 */
export class LateValues implements IResolver {
  readonly #values = new Map<string, pulumi.Output<unknown>>();
  readonly #declared = new Set<string>();
  readonly #tokens = new WeakMap<object, string>();
  #count = 0;

  /** @param owner Part of every token, so that a value of another cluster is noticed. */
  constructor(private readonly owner: string) {}

  /** The token of a value that {@link define} gives later. */
  declare(name: string): string {
    const id = `${this.owner}.${name}`;
    this.#declared.add(id);
    return tokenOf(id);
  }

  /** Gives the value of a token. */
  define(name: string, value: pulumi.Input<unknown>): string {
    this.#values.set(`${this.owner}.${name}`, pulumi.output(value));
    return this.declare(name);
  }

  /** The token of an Output or promise; the same Output has the same token. */
  of(value: pulumi.Output<unknown> | Promise<unknown>): string {
    const known = this.#tokens.get(value);
    if (known !== undefined) return known;
    this.#count += 1;
    const token = this.define(`late-${this.#count}`, value);
    this.#tokens.set(value, token);
    return token;
  }

  /** {@link of} for Outputs and promises; anything else as it is. */
  plain(value: unknown): unknown {
    return isLate(value) ? this.of(value) : value;
  }

  /** Swaps an Output for its token; called by cdk8s for every value of a manifest. */
  resolve(context: ResolutionContext): void {
    const value: unknown = context.value;
    if (isLate(value)) context.replaceValue(this.of(value));
  }

  /** A manifest, or a part of one, with Outputs in place of its tokens. Text of one token is the Output itself, whatever its type. */
  restore(value: unknown): unknown {
    if (typeof value === "string") return this.restoreText(value);
    if (Array.isArray(value)) return value.map((item: unknown) => this.restore(item));
    if (typeof value !== "object" || value === null || isLate(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.restore(item)]));
  }

  /** What is wrong with the text in a manifest: tokens that nobody knows or that stand in a key, Outputs made into text. */
  problemsIn(value: unknown, path = ""): readonly string[] {
    if (typeof value === "string") return this.problemsOfText(path, value);
    if (Array.isArray(value)) return value.flatMap((item: unknown, i) => this.problemsIn(item, `${path}[${i}]`));
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, item]) => [
      ...(splitAtTokens(key).some((part) => "token" in part)
        ? [`'${path}' must not have a key that is known only later. Keys are names: write them out`]
        : []),
      ...this.problemsIn(item, path === "" ? key : `${path}.${key}`),
    ]);
  }

  private restoreText(text: string): unknown {
    const parts = splitAtTokens(text).map((part) => ("token" in part ? this.#values.get(part.token) : part.text));
    const [first] = parts;
    if (parts.length === 1) return first;
    return pulumi.concat(...parts.map((part) => part ?? ""));
  }

  private problemsOfText(path: string, text: string): readonly string[] {
    if (STRINGIFIED.test(text))
      return [
        `'${path}' must not hold an Output that was made into text. Pass the Output as the whole value, or put cluster.late(output) into the text`,
      ];
    return splitAtTokens(text).flatMap((part) =>
      "token" in part && !this.#declared.has(part.token)
        ? [
            `'${path}' must not hold a value of another cluster, got '${part.token}'. Take it from this cluster's contract`,
          ]
        : [],
    );
  }
}

function isLate(value: unknown): value is pulumi.Output<unknown> | Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}
