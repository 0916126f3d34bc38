import type { Plan, PlannedResource } from "../model/resource.js";
import type { Reviver } from "./revive.js";
import { makeUrn } from "./urn.js";
import type { WireObject } from "./wire.js";

/** Functions whose arguments a rule judges. */
const JUDGED: ReadonlySet<string> = new Set(["aws:ec2/getAmi:getAmi", "aws:ec2/getAmiIds:getAmiIds"]);

/** What a program looks up and a rule judges. */
export class Lookups {
  readonly #noted: { readonly token: string; readonly args: WireObject }[] = [];

  /** Notes a call of a function, when a rule judges it. */
  note(token: string, args: WireObject): void {
    if (JUDGED.has(token)) this.#noted.push({ token, args });
  }

  /** What was noted, as a part of the plan; nothing when there is nothing. */
  plan({ project, stack }: Pick<Plan, "project" | "stack">, reviver: Reviver): Pick<Plan, "lookups"> {
    if (this.#noted.length === 0) return {};
    const lookups = this.#noted.map(({ token, args }, i): PlannedResource => {
      const name = String(i + 1);
      return {
        urn: makeUrn(stack, project, undefined, token, name),
        type: token,
        name,
        custom: false,
        inputs: reviver.object(args, {}),
        outputs: {},
        dependencies: [],
        propertyDependencies: {},
        aliases: [],
        options: {},
      };
    });
    return { lookups };
  }
}
