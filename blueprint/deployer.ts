import type * as pulumi from "@pulumi/pulumi";
import { App, Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { ClusterContract } from "../core/contract.js";
import { issue, renderIssue } from "../core/issue.js";
import { HardenedNamespace, PersonaBinding } from "../constructs/index.js";
import type { PersonaName } from "../constructs/index.js";
import type { Tags } from "../infra/index.js";
import { AppCloud } from "./app-cloud.js";
import type { AppCloudArgs } from "./app-cloud.js";
import type { AppClass, DeployOptions } from "./app-types.js";
import type { Bridge, Inspection } from "./bridge.js";
import type { Cloud } from "./cloud.js";
import { DeployedApp } from "./deployed-app.js";
import type { KubernetesObject } from "./kubernetes-object.js";
import type { LateValues } from "./late-values.js";
import type { Manifest } from "./manifests.js";
import type { OrderedObject } from "./order.js";
import { attempt, refuse, refuseProblems } from "./problems.js";

/** What {@link Deployer} takes. */
export interface DeployerArgs {
  readonly parent: pulumi.Resource;
  readonly bridge: Bridge;
  /** The objects that every application waits for. */
  readonly base: readonly KubernetesObject[];
  readonly late: LateValues;
  readonly contract: ClusterContract;
  readonly cloud: Cloud;
  /** Those that have members. */
  readonly personas: readonly PersonaName[];
  /** Namespaces in which the guardrails do not look. */
  readonly exemptNamespaces: readonly string[];
  readonly repositorySettings: AppCloudArgs["repositorySettings"];
  readonly tags: Tags | undefined;
}

const NAME = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** Brings applications into a cluster, one after the other. */
export class Deployer {
  readonly #names = new Set<string>();

  constructor(private readonly args: DeployerArgs) {}

  /** See `SecureCluster.deploy`. */
  deploy<A extends Construct>(
    AppConstruct: AppClass<object, A>,
    props: object,
    options: DeployOptions,
  ): DeployedApp<A> {
    const name = options.name ?? kebabCase(AppConstruct.name);
    refuseProblems(whereIs(name), this.checkName(name));
    const { late, contract } = this.args;
    const cloud = this.createCloud(name);
    const app = new App({ resolvers: [late] });
    const own = Object.fromEntries(Object.entries(props).map(([key, value]) => [key, late.plain(value)]));

    const built = attempt(() => new AppConstruct(new Chart(app, "apps"), name, { ...own, contract, cloud }));
    const { objects, problems } = this.inspect(app);
    const all = [...problems, ...cloud.problems(objects.map(({ manifest }) => manifest))];
    if (!built.ok) return refuse(whereIs(name), [...built.problems, ...all]);
    refuseProblems(whereIs(name), all);

    const deployed = this.open(name, built.value);
    cloud.create(deployed);
    this.register(deployed, objects, (manifest) => cloud.waitsFor(manifest));
    return deployed;
  }

  /** See `SecureCluster.deployCharts`. */
  deployCharts(name: string, app: App): DeployedApp {
    refuseProblems(whereIs(name), this.checkName(name));
    const { objects, problems } = this.inspect(app);
    refuseProblems(whereIs(name), problems);
    const deployed = this.open(name, app);
    this.register(deployed, objects, () => []);
    return deployed;
  }

  private inspect(app: App): Inspection {
    const { objects, problems } = this.args.bridge.inspect(app);
    return { objects, problems: [...problems, ...this.checkLevels(app)] };
  }

  private open<A extends Construct>(name: string, construct: A): DeployedApp<A> {
    this.#names.add(name);
    return new DeployedApp(`${this.args.contract.clusterName}-${name}`, construct, { parent: this.args.parent });
  }

  private register(
    deployed: DeployedApp,
    objects: readonly OrderedObject[],
    waitsFor: (manifest: Manifest) => readonly pulumi.Resource[],
  ): void {
    const { bridge, base } = this.args;
    const options = { parent: deployed, after: base, waitsFor };
    bridge.register(objects, options);
    bridge.register(bridge.inspect(this.personaApp(objects)).objects, options);
  }

  /** The rights of every persona that has members, in every namespace of an application. */
  private personaApp(objects: readonly OrderedObject[]): App {
    const app = new App({ resolvers: [this.args.late] });
    const chart = new Chart(app, "personas");
    const namespaces = namespacesOf(objects);
    if (namespaces.length > 0)
      for (const persona of this.args.personas) new PersonaBinding(chart, persona, { persona, namespaces });
    return app;
  }

  private createCloud(name: string): AppCloud {
    const { cloud, contract, late, repositorySettings, tags } = this.args;
    return new AppCloud({
      name: `${contract.clusterName}-${name}`,
      contract,
      late,
      clusterName: cloud.cluster.name,
      clusterArn: cloud.cluster.arn,
      secretsKeyArn: cloud.keys.secretsKeyArn,
      registryKeyArn: cloud.keys.registryKeyArn,
      repositorySettings,
      permissionsBoundaryArn: cloud.boundary.arn,
      tags,
    });
  }

  private checkName(name: string): readonly string[] {
    if (!NAME.test(name)) {
      const advice =
        "Use at most 40 lower-case letters, digits and hyphens, with a letter first: { name: 'voting-app' }";
      return [renderIssue(issue("Malformed", "name", "must be the name of an application", name, advice))];
    }
    if (!this.#names.has(name)) return [];
    const advice = "Give the second one another name: { name: 'voting-app-2' }";
    return [renderIssue(issue("Duplicate", "name", "must be an application's only", name, advice))];
  }

  /** The guardrails were made before the application and do not know its relaxed namespaces: they would refuse them. */
  private checkLevels(app: App): readonly string[] {
    const namespaces = app.node.findAll().filter((construct) => construct instanceof HardenedNamespace);
    return namespaces
      .filter(
        ({ name, podSecurity }) => podSecurity.level !== "restricted" && !this.args.exemptNamespaces.includes(name),
      )
      .map(({ name, podSecurity, node }) => {
        const rule = "must be 'restricted', or the namespace exempt from the cluster's guardrails";
        const advice = `Pass guardrailExemptions: [NamespaceExemption.of('${name}', { reason, until })] to SecureCluster`;
        return `[${node.path}] ${renderIssue(issue("NotAllowed", "podSecurity", rule, podSecurity.level, advice))}`;
      });
  }
}

function whereIs(name: string): string {
  return `Application '${name}'`;
}

function namespacesOf(objects: readonly OrderedObject[]): readonly string[] {
  return objects
    .filter(({ manifest }) => manifest.apiVersion === "v1" && manifest.kind === "Namespace")
    .map(({ manifest }) => manifest.metadata.name);
}

/** `VotingApp` as `voting-app`. */
function kebabCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
