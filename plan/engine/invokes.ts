/** The functions of providers that a preview can answer without AWS, and honest unknowns for all others. */
import { functionFields } from "./shapes/aws.js";
import type { Place } from "./shapes/place.js";
import { renderPolicyDocument } from "./policy-document.js";
import type { WireObject, WireValue } from "./wire.js";
import { secret, UNKNOWN_VALUE } from "./wire.js";

/** What a function returns, and whether anybody really answered it. */
export interface InvokeAnswer {
  readonly result: WireObject;
  readonly answered: boolean;
}

type Answerer = (args: WireObject, place: Place) => WireObject;

const ZONE_LETTERS = ["a", "b", "c"];

const AWS: Readonly<Record<string, Answerer>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, { account, partition }) => ({
    id: account,
    accountId: account,
    arn: `arn:${partition}:iam::${account}:role/preview`,
    userId: "AROAEXAMPLEPREVIEW000:preview",
  }),
  "aws:index/getRegion:getRegion": (args, { region, dnsSuffix }) => {
    const name = typeof args["region"] === "string" ? args["region"] : region;
    return { id: name, name, region: name, endpoint: `ec2.${name}.${dnsSuffix}`, description: name };
  },
  "aws:index/getPartition:getPartition": (_args, { partition, dnsSuffix }) => ({
    id: partition,
    partition,
    dnsSuffix,
    reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_args, { region }) => ({
    id: region,
    region,
    names: ZONE_LETTERS.map((letter) => region + letter),
    zoneIds: UNKNOWN_VALUE,
    groupNames: [region],
  }),
  "aws:index/getDefaultTags:getDefaultTags": () => ({ id: UNKNOWN_VALUE, tags: {} }),
  "aws:index/getService:getService": (args, { region, partition, dnsSuffix }) => {
    const id = typeof args["serviceId"] === "string" ? args["serviceId"] : UNKNOWN_VALUE;
    const known = id !== UNKNOWN_VALUE;
    return {
      id: UNKNOWN_VALUE,
      serviceId: id,
      region,
      partition,
      dnsName: known ? `${id}.${region}.${dnsSuffix}` : UNKNOWN_VALUE,
      supported: UNKNOWN_VALUE,
    };
  },
  // Which image is the newest, and a password, are known at the deployment only: unknown, but nothing is missing here.
  "aws:ec2/getAmi:getAmi": (args) => ({ ...unknownFields("aws:ec2/getAmi:getAmi"), ...args }),
  "aws:secretsmanager/getRandomPassword:getRandomPassword": (args) => ({
    ...args,
    id: UNKNOWN_VALUE,
    randomPassword: secret(UNKNOWN_VALUE),
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": (args) => {
    const json = renderPolicyDocument(args);
    return { ...args, id: UNKNOWN_VALUE, json, minifiedJson: JSON.stringify(JSON.parse(json)) };
  },
};

/** Functions that are pure text work; the Kubernetes SDK's `yaml.ConfigFile` asks the first to take a file apart. */
const PURE: Readonly<Record<string, (args: WireObject) => WireObject>> = {
  "kubernetes:yaml:decode": (args) => ({ result: decodeYaml(args["text"]) }),
};

/** Whether a function belongs to AWS, so that answering it needs an account and a Region. */
export function isAwsFunction(token: string): boolean {
  return token.startsWith("aws:");
}

/** Answers a function; `place` is undefined for functions that are not of AWS. */
export function answerInvoke(token: string, args: WireObject, place: Place | undefined): InvokeAnswer {
  const pure = PURE[token];
  if (pure !== undefined) return { result: pure(args), answered: true };
  const aws = AWS[token];
  if (aws !== undefined && place !== undefined) return { result: aws(args, place), answered: true };
  return { result: { ...unknownFields(token), ...args }, answered: false };
}

/** Every field of what a function returns, unknown. */
function unknownFields(token: string): WireObject {
  const fields = functionFields(token) ?? ["result"];
  return Object.fromEntries(fields.map((field) => [field, UNKNOWN_VALUE]));
}

function decodeYaml(text: WireValue): readonly WireValue[] {
  if (typeof text !== "string") return [];
  // Loaded here only: few programs read YAML, and every preview would pay for it.
  const { loadAll } = require("js-yaml") as typeof import("js-yaml");
  return (loadAll(text) as WireValue[]).filter((document) => typeof document === "object" && document !== null);
}
