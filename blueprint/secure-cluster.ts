import type { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import type { App, IResolver } from "cdk8s";
import type { Construct } from "constructs";
import type { ClusterContract } from "../core/contract.js";
import { PERSONAS } from "../constructs/index.js";
import type { PersonaName } from "../constructs/index.js";
import { defined } from "../core/defined.js";
import { refuse } from "../infra/errors.js";
import { personasWithMembers } from "../infra/identity/access-plan.js";
import type { Bastion, Cluster, KeysRef, NetworkRef, NodeGroup, Registry } from "../infra/index.js";
import { DeletionProtection } from "../infra/index.js";
import { ApiAccess } from "./api-access.js";
import type { AppClass, DeployArgs, DeployOptions } from "./app-types.js";
import type { SecureClusterArgs } from "./args.js";
import { autoModeFacts } from "./auto-mode.js";
import { argsIssues } from "./check-args.js";
import { baseApp, STORAGE_CLASS_NAME } from "./base.js";
import { Bridge } from "./bridge.js";
import { pullersOf } from "./cloud-parts.js";
import { createCloud } from "./cloud.js";
import type { Cloud } from "./cloud.js";
import { contractOf } from "./contract.js";
import type { DeployedApp } from "./deployed-app.js";
import { Deployer } from "./deployer.js";
import { createProvider, kubeconfigOf } from "./kubernetes-provider.js";
import { LateValues } from "./late-values.js";
import { outputsOf } from "./outputs.js";
import type { ClusterOutputs } from "./outputs.js";
import { refuseProblems } from "./problems.js";

/**
 * A private, encrypted, audited EKS cluster with everything around it: VPC, keys, nodes, bastion, image registry, access
 * for named people, and guardrails inside. Applications come in by {@link deploy}.
 *
 * `ringfence preview` says what it costs at rest; docs/cost.md has every part.
 */
export class SecureCluster extends pulumi.ComponentResource {
  /** The cluster's name in AWS, plain. */
  readonly clusterName: string;
  /** URL of the Kubernetes API. */
  readonly endpoint: pulumi.Output<string>;
  /**
   * A kubeconfig that asks `aws eks get-token` for tokens; no secret. With {@link ApiAccess.tunnel} it leads to the tunnel's
   * port on this machine: for people, `ringfence connect` opens that and writes one.
   */
  readonly kubeconfig: pulumi.Output<string>;
  /** What applications may know of the cloud. */
  readonly contract: ClusterContract;
  /** For your own Kubernetes resources of Pulumi. */
  readonly provider: Provider;
  /** For your own cdk8s `App`: `new App({ resolvers: [cluster.resolver] })`. */
  readonly resolver: IResolver;

  /** What was made, or the VPC that was there already. */
  readonly network: NetworkRef;
  /** What was made, or the keys that were there already. */
  readonly keys: KeysRef;
  readonly registry: Registry;
  readonly cluster: Cluster;
  /** By name, the first one `nodes`; empty with Auto Mode. */
  readonly nodeGroups: Readonly<Record<string, NodeGroup>>;
  readonly bastion: Bastion;
  /** What another stack needs to build on this one: export it. */
  readonly outputs: ClusterOutputs;

  readonly #late: LateValues;
  readonly #deployer: Deployer;

  /** @throws pulumi.RunError with every problem of the part that has some. */
  constructor(name: string, args: SecureClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ringfence:blueprint:SecureCluster", name, {}, opts);
    refuse(`SecureCluster '${name}'`, argsIssues(name, args, opts));
    const access = args.apiAccess ?? ApiAccess.tunnel();
    const cloud = createCloud(this, name, args);
    this.#late = new LateValues(cloud.cluster.clusterName);
    this.contract = contractOf({ ...cloud, storageClassName: STORAGE_CLASS_NAME }, this.#late);
    this.clusterName = cloud.cluster.clusterName;
    this.endpoint = cloud.cluster.endpoint;
    this.kubeconfig = this.createKubeconfig(cloud, access);
    this.provider = createProvider(`${name}-kubernetes`, this.clusterName, this.kubeconfig, {
      parent: this,
      // Whoever runs this enters by an access entry, as do nodes of Auto Mode until they are drained; and pods that are waited
      // for need nodes, DNS and disks.
      dependsOn: [cloud.access, cloud.cluster, cloud.addons],
    });
    this.#deployer = this.createDeployer(name, args, cloud);

    this.resolver = this.#late;
    this.network = cloud.network;
    this.keys = cloud.keys;
    this.registry = cloud.registry;
    this.cluster = cloud.cluster;
    this.nodeGroups = cloud.nodeGroups;
    this.bastion = cloud.bastion;
    this.outputs = outputsOf(cloud);
    this.registerOutputs({ ...this.outputs, kubeconfig: this.kubeconfig });
  }

  /**
   * Builds an application and registers everything of it before it returns: its objects, one Pulumi resource each, and
   * what it asked of AWS.
   *
   * @param App The class of its construct.
   * @param rest Its own props, in which text may be an Output, and {@link DeployOptions}.
   * @throws pulumi.RunError with every problem of the application, before anything of it is registered.
   */
  deploy<Props extends object, A extends Construct>(
    App: AppClass<Props, A>,
    ...rest: DeployArgs<Props>
  ): DeployedApp<A> {
    const [props, options] = rest as readonly [object?, DeployOptions?];
    return this.#deployer.deploy(App as AppClass<object, A>, props ?? {}, options ?? {});
  }

  /**
   * Registers every object of a cdk8s app that somebody else builds, made with `new App({ resolvers: [cluster.resolver] })`.
   *
   * @param name The application's name, part of Pulumi names; lower-case letters, digits and hyphens.
   * @throws pulumi.RunError with every problem of the app, before anything of it is registered.
   */
  deployCharts(name: string, app: App): DeployedApp {
    return this.#deployer.deployCharts(name, app);
  }

  /**
   * A token for an Output, fit for any plain text in a manifest but names, namespaces and address blocks.
   */
  late(value: pulumi.Output<string>): string {
    return this.#late.of(value);
  }

  private createKubeconfig({ cluster, network, bastion }: Cloud, access: ApiAccess): pulumi.Output<string> {
    const { clusterName, endpoint, certificateAuthority } = cluster;
    return kubeconfigOf({
      clusterName,
      region: network.region,
      address: access.addressOf({
        clusterName,
        endpoint,
        certificateAuthority,
        bastion: bastion.target,
        resource: this,
      }),
      certificateAuthority,
      profile: access.profile,
    });
  }

  private createDeployer(name: string, args: SecureClusterArgs, cloud: Cloud): Deployer {
    const { guardrailExemptions, deletionProtection } = args;
    const { pushers, otherAccounts } = args.registry ?? {};
    const personas = personasWithMembers(args).filter((persona) => Object.hasOwn(PERSONAS, persona)) as PersonaName[];
    const bridge = new Bridge({
      clusterName: this.clusterName,
      provider: this.provider,
      cluster: cloud.cluster.resource,
      late: this.#late,
      protectNamespaces: (args.deletionProtection ?? DeletionProtection.on()).enabled,
    });
    const { objects, problems } = bridge.inspect(
      baseApp(this.contract, this.#late, personas, args, autoModeFacts(cloud, this.#late)),
    );
    refuseProblems(`SecureCluster '${name}'`, problems);
    const base = bridge.register(objects, { parent: this, after: [], waitsFor: () => [] });
    return new Deployer({
      parent: this,
      bridge,
      base,
      late: this.#late,
      contract: this.contract,
      cloud,
      personas,
      exemptNamespaces: (guardrailExemptions ?? [])
        .filter(({ facts }) => facts.controls?.includes("pod-security") ?? true)
        .map(({ namespace }) => namespace),
      repositorySettings: defined({ pullers: pullersOf(args, cloud), pushers, otherAccounts, deletionProtection }),
      tags: args.tags,
    });
  }
}
