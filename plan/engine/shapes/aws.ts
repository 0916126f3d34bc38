import type { Urn } from "../../model/values.js";
import type { SymbolTable } from "../fragments.js";
import type { WireObject, WireValue } from "../wire.js";
import { isWireObject, UNKNOWN_VALUE, unwrapSecret } from "../wire.js";
import table from "./data/aws.json";
import type { Pattern } from "./patterns.js";
import { PATTERNS, PROPERTY_PATTERNS } from "./patterns.js";
import type { Place } from "./place.js";

/** What the platform answers to a registration. */
export interface Answer {
  /** Undefined while nobody knows it. */
  readonly id: string | undefined;
  /** What the outputs are beyond the inputs. */
  readonly added: WireObject;
}

/** Which text properties AWS always fills in, and which functions return which fields. */
const TABLE = table as {
  readonly resources: Readonly<Record<string, string>>;
  readonly functions: Readonly<Record<string, string>>;
};

const KNOWN_PLACE: Readonly<Record<string, keyof Place>> = {
  ownerId: "account",
  accountId: "account",
  region: "region",
  bucketRegion: "region",
};

/** The fields of what an AWS function returns; `undefined` for a function that the provider does not have. */
export function functionFields(token: string): readonly string[] | undefined {
  const fields = TABLE.functions[token];
  return fields === undefined || fields === "" ? undefined : fields.split(",");
}

/** Answers for an AWS resource with values that are symbolic and true to shape. */
export function answerAws(
  urn: Urn,
  type: string,
  name: string,
  inputs: WireObject,
  place: Place,
  symbols: SymbolTable,
): Answer {
  const pattern = PATTERNS[type] ?? generic(type);
  const nameProperty = nameOfType(type, pattern);
  const base = baseName(name, nameProperty, inputs);
  const issue = (property: string, shape: string): string =>
    symbols.issue(urn, property, (fragment) => fill(shape, fragment, base, place));
  const added: Record<string, WireValue> = {};
  const [outputOnly = "", computed = ""] = (TABLE.resources[type] ?? "|").split("|");
  for (const property of [...outputOnly.split(","), ...computed.split(",")]) {
    if (property === "" || inputs[property] !== undefined) continue;
    const value = known(property, place) ?? shaped(property, pattern, nameProperty, issue);
    if (value !== undefined) added[property] = value;
  }
  Object.assign(added, structured(type, inputs, issue));
  return { id: idOf(pattern, inputs, added, issue), added };
}

function known(property: string, place: Place): string | undefined {
  const part = KNOWN_PLACE[property];
  return part === undefined ? undefined : place[part];
}

function shaped(
  property: string,
  pattern: Pattern,
  nameProperty: string,
  issue: (property: string, shape: string) => string,
): string | undefined {
  const shape = pattern.more?.[property];
  if (shape !== undefined) return issue(property, shape);
  if (property === "arn" && pattern.arn !== undefined) return issue(property, `arn:{partition}:${pattern.arn}`);
  if (property === nameProperty) return issue(property, "{name}");
  const other = PROPERTY_PATTERNS[property];
  return other === undefined ? undefined : issue(property, other);
}

function idOf(
  pattern: Pattern,
  inputs: WireObject,
  added: WireObject,
  issue: (property: string, shape: string) => string,
): string | undefined {
  if (pattern.idIs === undefined) return issue("id", pattern.id ?? "{name}");
  const same = unwrapSecret(inputs[pattern.idIs] ?? added[pattern.idIs]);
  return typeof same === "string" && same !== UNKNOWN_VALUE ? same : issue("id", "{name}");
}

/** Outputs that are no plain text and that programs read all the same. */
function structured(type: string, inputs: WireObject, issue: (property: string, shape: string) => string): WireObject {
  if (type !== "aws:eks/cluster:Cluster") return {};
  const vpcConfig = unwrapSecret(inputs["vpcConfig"]);
  return {
    identities: [
      {
        oidcs: [
          { issuer: issue("identities[0].oidcs[0].issuer", "https://oidc.eks.{region}.amazonaws.com/id/{HEX32}") },
        ],
      },
    ],
    vpcConfig: {
      ...(isWireObject(vpcConfig) ? vpcConfig : {}),
      clusterSecurityGroupId: issue("vpcConfig.clusterSecurityGroupId", "sg-{hex17}"),
      vpcId: issue("vpcConfig.vpcId", "vpc-{hex17}"),
    },
  };
}

/** A type without a pattern of its own: `aws:glue/job:Job` gives `arn:aws:glue:<region>:<account>:job/<name>`. */
function generic(type: string): Pattern {
  const [, service = "", kind = ""] = /^aws:([^/]+)\/([^:]+):/.exec(type) ?? [];
  return { arn: `${service.toLowerCase()}:{region}:{account}:${kind.toLowerCase()}/{name}` };
}

function nameOfType(type: string, pattern: Pattern): string {
  if (pattern.idIs !== undefined && pattern.idIs !== "arn") return pattern.idIs;
  const computed = (TABLE.resources[type] ?? "|").split("|")[1]?.split(",") ?? [];
  return computed.find((property) => property === "name" || property === "identifier") ?? "name";
}

/** An explicit name, its prefix, or the Pulumi name, which auto-naming extends. */
function baseName(name: string, property: string, inputs: WireObject): string {
  const explicit = unwrapSecret(inputs[property]);
  if (typeof explicit === "string" && explicit !== UNKNOWN_VALUE) return explicit;
  const prefix = unwrapSecret(inputs[`${property}Prefix`]);
  return typeof prefix === "string" && prefix !== UNKNOWN_VALUE ? prefix.replace(/-$/, "") : name;
}

function fill(shape: string, fragment: string, base: string, place: Place): string {
  const upper = fragment.toUpperCase();
  return shape
    .replaceAll("{name}", `${base}-${fragment}`)
    .replaceAll("{hex17}", `00000${fragment}`)
    .replaceAll("{HEX32}", `${"0".repeat(20)}${upper}`)
    .replaceAll("{uuid}", `00000000-0000-4000-8000-${fragment}`)
    .replaceAll("{frag}", fragment)
    .replaceAll("{FRAG}", upper)
    .replaceAll("{region}", place.region)
    .replaceAll("{account}", place.account)
    .replaceAll("{partition}", place.partition)
    .replaceAll("{suffix}", place.dnsSuffix);
}
