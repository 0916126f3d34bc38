import type { Issue } from "../core/issue.js";
import { InputError, issue } from "../core/issue.js";
import { choiceIssues } from "../tunnel/index.js";
import type { CommandSpec } from "./arguments.js";
import { Arguments } from "./arguments.js";
import { malformed } from "./judge-options.js";

/** The command `ringfence connect`. */
export const CONNECT = {
  name: "connect",
  usage: "ringfence connect <cluster>",
  summary: "opens the tunnel to a cluster's private API",
  about:
    "Opens the tunnel to the private API of a cluster through its bastion, writes a kubeconfig that leads there, and holds it until Ctrl-C; with a command behind `--`, until that ends. Needs `aws` and `session-manager-plugin`",
  examples: [
    "ringfence connect prod --region eu-west-1",
    "ringfence connect prod -- kubectl get pods --all-namespaces",
    "ringfence connect prod -- pulumi destroy",
    "ringfence connect prod --kubeconfig prod.kubeconfig --port 50443",
  ],
  exitCodes: {
    0: "ended by Ctrl-C; with a command, the exit code of that",
    2: "bad usage, or the tunnel does not open or stay",
    3: "a defect in Ringfence",
  },
  operands: { name: "cluster", atMost: 1 },
  options: {
    region: { value: "REGION", group: "Cluster", about: "AWS Region (default: that of the environment)" },
    profile: { value: "NAME", group: "Cluster", about: "profile of the AWS configuration" },
    document: {
      value: "NAME",
      group: "Cluster",
      about: "Session Manager document of the bastion (default: the one that carries its tag)",
    },
    port: {
      value: "PORT",
      group: "Tunnel",
      about: "port of 127.0.0.1 (default: the same one for a cluster each time, or the next free one)",
    },
    timeout: { value: "SECONDS", group: "Tunnel", about: "until an opening is given up (default: 300)" },
    kubeconfig: {
      value: "FILE",
      group: "Tunnel",
      about: "file for the kubeconfig; nothing is ever merged into another (default: one of this user's own)",
    },
    help: { short: "h", group: "Output", about: "prints this" },
  },
} as const satisfies CommandSpec<string>;

/** What `ringfence connect` is asked to do. */
export interface ConnectRequest {
  readonly clusterName: string;
  readonly region?: string;
  readonly profile?: string;
  readonly documentName?: string;
  readonly port?: number;
  readonly timeoutSeconds?: number;
  readonly kubeconfig?: string;
  /** What stands behind `--`; left out when there is nothing. */
  readonly command?: readonly [string, ...string[]];
}

/** The arguments of `ringfence connect`; `help` when they ask for it. */
export function readConnectRequest(argv: readonly string[]): ConnectRequest | "help" {
  const at = argv.indexOf("--");
  const args = new Arguments<keyof (typeof CONNECT)["options"]>(at < 0 ? argv : argv.slice(0, at), CONNECT);
  if (args.has("help")) return "help";
  const [clusterName = ""] = args.operands;
  const [region, profile, documentName, kubeconfig] = (["region", "profile", "document", "kubeconfig"] as const).map(
    (name) => args.one(name),
  );
  const [port, timeoutSeconds] = (["port", "timeout"] as const).map((name) => numberOf(args.one(name)));
  const choices = { port, timeoutSeconds, profile };
  args.issues.push(
    ...clusterIssues(clusterName),
    ...malformed("--region", region, /^[a-z]{2,}(-[a-z]+)+-\d+$/, "must be the name of an AWS Region", "eu-west-1"),
    ...choiceIssues(choices, (name) => `--${name === "timeoutSeconds" ? "timeout" : name}`),
  );
  const command = at < 0 ? [] : argv.slice(at + 1);
  if (at >= 0 && command.length === 0)
    args.issues.push(
      issue("Required", "--", "must be followed by a command", undefined, "Leave it out to hold the tunnel"),
    );
  if (args.issues.length > 0) throw new InputError("connect", args.issues);
  const [program, ...rest] = command;
  return {
    clusterName,
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(documentName === undefined ? {} : { documentName }),
    ...(port === undefined ? {} : { port }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(program === undefined ? {} : { command: [program, ...rest] }),
  };
}

/** Names as EKS allows them (https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html). */
function clusterIssues(name: string): readonly Issue[] {
  if (/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) return [];
  const got = name === "" ? undefined : name;
  return [
    issue("Required", "cluster", "must be the name of an EKS cluster", got, "`aws eks list-clusters` lists them"),
  ];
}

/** A number, or what no check lets pass. */
function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
