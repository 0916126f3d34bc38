/** Renders docs/cost.md from the prices and from the plans of real programs; `scripts/cost.mjs` writes it. */
import type { MonthlyCost } from "../../cost/index.js";
import { amount, monthlyCost } from "../../cost/index.js";
import type { Price, PriceKey } from "../../core/data/prices.js";
import { HOURS_PER_MONTH, monthlyPrice, PRICED_REGIONS, PRICES, PRICES_COLLECTED } from "../../core/data/prices.js";
import { Preset, Principal, SecureCluster } from "../../index.js";
import { planOf } from "../../plan/index.js";
import { World } from "../../plan/world/index.js";

const PRESETS = ["production", "sandbox"] as const;

/** What one can have besides, one of each, in the words of the page. */
const CHOICES: readonly (readonly [PriceKey, string])[] = [
  ["endpoint", "one more AWS service reachable, per zone"],
  ["natGateway", "`Egress.nat`, per NAT gateway, traffic apart"],
  ["publicAddress", "a public IPv4 address, as each NAT gateway has one"],
  ["firewallEndpoint", "`Egress.firewall`, per zone, traffic apart"],
  ["applicationLoadBalancer", "an ingress by Application Load Balancer, requests apart"],
  ["networkLoadBalancer", "a Network Load Balancer, traffic apart"],
  ["transitGatewayAttachment", "an attachment to a transit gateway, traffic apart"],
  ["clientVpnAssociation", "a Client VPN endpoint in one subnet, connections apart"],
  ["resolverAddress", "an address of a Route 53 Resolver endpoint"],
  ["hostedZone", "a hosted zone"],
  ["key", "a customer key, before its first rotation"],
  ["secret", "a secret in Secrets Manager"],
  ["alarm", "an alarm on one metric"],
  ["extendedSupport", "a Kubernetes version in extended support"],
  ["tier-xl", "a provisioned control plane, tier XL"],
];

/** The page, as Markdown. */
export async function costPage(): Promise<string> {
  const costs = await Promise.all(
    PRESETS.flatMap((preset) =>
      PRICED_REGIONS.map(async (region) => ({ preset, region, cost: await costOf(preset, region) })),
    ),
  );
  return [
    "# What a cluster costs at rest",
    `<!-- Made by \`npm run generate:cost\`; a test compares. -->`,
    [
      `USD a month for what is there whatever the load: ${HOURS_PER_MONTH} hours, on-demand list prices collected ${PRICES_COLLECTED}, without`,
      "tax, discounts and free tiers. `ringfence preview` prints the same sum for any program; `--verbose` and `--format json` have all",
      "its parts, and what is not in it.",
    ].join("\n"),
    "## The presets",
    [
      '`new SecureCluster("prod", { admins, ...Preset.production() })`, which is the default written down, and `...Preset.sandbox()`.',
      "They differ in what they cost and in what they survive, and in nothing that protects.",
    ].join("\n"),
    presetTable(costs),
    [
      "In brackets how many. The sandbox's nodes are spot machines: counted is the on-demand price of the dearest type that may be",
      "started, of which they cost a fraction. The first disk of a machine, a few GiB that its image asks for, is not in the sum.",
    ].join("\n"),
    "## What further choices add",
    choiceTable(),
    "A dash: no public copy of the price list told the price of that Region. It is not guessed, and `preview` says that its sum lacks it.",
    "## What is in no sum",
    notCounted(),
    "## Where the prices come from",
    `${sources()}\n`,
  ].join("\n\n");
}

async function costOf(preset: (typeof PRESETS)[number], region: string): Promise<MonthlyCost> {
  const plan = await planOf(
    () =>
      new SecureCluster("prod", {
        admins: [Principal.role("arn:aws:iam::111122223333:role/platform")],
        today: new Date(PRICES_COLLECTED),
        ...Preset[preset](),
      }),
    { config: { "aws:region": region } },
  );
  const cost = monthlyCost(new World(plan), { region, today: new Date(PRICES_COLLECTED) });
  if (cost === undefined) throw new Error(`the plan of ${preset} in ${region} has nothing of AWS`);
  return cost;
}

function presetTable(
  costs: readonly { readonly preset: string; readonly region: string; readonly cost: MonthlyCost }[],
): string {
  const names = [...new Set(costs.flatMap(({ cost }) => cost.parts.map(({ name }) => name)))];
  const cell = (cost: MonthlyCost, name: string): string => {
    const part = cost.parts.find((p) => p.name === name);
    return part === undefined ? "0" : `${amount(part.monthly)} (${part.count})`;
  };
  return table(
    ["part", ...costs.map(({ preset, region }) => `${preset}, ${region}`)],
    [
      ...names.map((name) => [
        `${name}${name === "disks" ? ", GiB" : ""}`,
        ...costs.map(({ cost }) => cell(cost, name)),
      ]),
      ["**sum**", ...costs.map(({ cost }) => `**${amount(cost.total)}**`)],
    ],
  );
}

function choiceTable(): string {
  const cell = (key: PriceKey, region: string): string => {
    const price = monthlyPrice(key, region);
    return price === undefined ? "-" : price.toFixed(2);
  };
  return table(
    ["one of", ...PRICED_REGIONS],
    CHOICES.map(([key, text]) => [text, ...PRICED_REGIONS.map((region) => cell(key, region))]),
  );
}

function notCounted(): string {
  return [
    "- By use: traffic between zones, through endpoints and gateways, and out; logs, flow logs and trails; images, backups and buckets;",
    "  requests to keys and secrets; detailed monitoring of machines; GuardDuty, Inspector, Security Hub, Config and Detective; pods on",
    "  Fargate; the machines that Auto Mode and Karpenter start.",
    "- What a key costs more after its first and second yearly rotation: one USD a month each.",
    "- What controllers make outside the plan: volumes of claims without a storage class in the plan, load balancers of plain Services.",
    "- Databases, caches and queues beside the cluster, and everything else of which no price is kept: the report names them.",
  ].join("\n");
}

function sources(): string {
  const rows = Object.entries<Price>(PRICES).map(([key, { offer, page, read }]) => [key, `\`${offer}\``, page, read]);
  return [
    "The price list of AWS is public (https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/index.json); it was read through copies",
    "that others keep, of the age that stands in the last column. Machines stand in `core/data/instance-prices.ts`, the rest in",
    "`core/data/prices.ts`, which is all that has to change when a price does.",
    "",
    table(["price", "offer and usage type", "page", "copy of"], rows, "---"),
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[], align = "---:"): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = `|${head.map((_, i) => (i === 0 ? "---" : align)).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}
