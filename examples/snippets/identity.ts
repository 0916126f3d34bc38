import {
  Access,
  AlertTopic,
  Bastion,
  BreakGlassHolders,
  BreakGlassRole,
  ClusterAlarms,
  DeliveryRole,
  DeliverySource,
  GITHUB_ISSUER,
  IrsaRole,
  OidcProvider,
  PermissionsBoundary,
  PodIdentity,
  PodRole,
  Principal,
  StatementRelaxation,
  TargetRole,
} from "../../infra/index.js";
import type { BastionArgs, ClusterRef, OidcProviderRef, Statement } from "../../infra/index.js";

const account = "111122223333";
const role = (name: string) => Principal.role(`arn:aws:iam::${account}:role/${name}`);

/** Who enters the cluster, as what. */
export function people(cluster: ClusterRef): void {
  new Access("prod", {
    cluster,
    admins: [role("platform")],
    operators: [role("on-call")],
    developers: [role("web"), { principal: role("search"), namespaces: ["search", "index"] }],
    auditors: [role("audit")],
  });
}

/** The most that roles of the cluster may be given, applications included. */
export function boundary(): PermissionsBoundary {
  return new PermissionsBoundary("prod-boundary", {
    allowedActions: ["dynamodb:GetItem", "dynamodb:Query"],
    nodeRoleNames: ["prod-*"],
    targetRoleArns: ["arn:aws:iam::444455556666:role/prod-exports-reader"],
  });
}

/** Pods with a role of their own, and one statement that is wider than need be, with its reason. */
export function pods(cluster: ClusterRef): void {
  const reason = "the exporter lists what teams make, and teams make streams every day";
  new PodIdentity("exporter", {
    cluster,
    namespace: "exports",
    serviceAccount: "exporter",
    statements: [
      { sid: "Write", actions: ["s3:PutObject"], resources: ["arn:aws:s3:::exports/*"] },
      {
        sid: "Streams",
        actions: ["kinesis:DescribeStreamSummary"],
        resources: ["*"],
        relaxations: [StatementRelaxation.allResources({ reason })],
      },
    ],
  });
}

/** One role for many service accounts, each narrowed by a session policy. */
export function sharedRole(cluster: ClusterRef): void {
  const read = (prefix: string): [Statement] => [
    { actions: ["s3:GetObject"], resources: [`arn:aws:s3:::tenants/${prefix}*`] },
  ];
  const shared = new PodRole("tenants", { cluster, statements: read("") });
  for (const tenant of ["blue", "green"])
    new PodIdentity(`tenant-${tenant}`, {
      cluster,
      namespace: tenant,
      serviceAccount: "web",
      sharedRoleArn: shared.arn,
      sessionPolicy: read(`${tenant}/`),
    });
}

/** Pods that act in another account; `TargetRole` gets the provider of that account. */
export function otherAccount(cluster: ClusterRef): void {
  const pods = { namespace: "exports", serviceAccount: "reader" };
  const identity = new PodIdentity("reader", {
    cluster,
    ...pods,
    targetRoleArn: "arn:aws:iam::444455556666:role/prod-exports-reader",
  });
  new TargetRole("exports-reader", {
    roleName: "prod-exports-reader",
    clusterArn: cluster.arn,
    ...pods,
    podRoleArn: identity.roleArn,
    statements: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::exports/*"] }],
  });
}

/** Pods on Fargate, which Pod Identity does not reach. */
export function fargatePods(cluster: ClusterRef): void {
  const provider = new OidcProvider("prod-irsa", { url: cluster.oidcIssuer });
  new IrsaRole("reports", {
    cluster,
    providerArn: provider.arn,
    namespace: "reports",
    serviceAccount: "reports",
    statements: [{ actions: ["s3:PutObject"], resources: ["arn:aws:s3:::reports/*"] }],
  });
}

/** The night in which nothing else works, and who hears of it. */
export function emergency(cluster: ClusterRef, topicKeyArn: string): void {
  const topic = new AlertTopic("alerts", {
    keyArn: topicKeyArn,
    subscribers: [{ protocol: "email", endpoint: "on-call@example.com" }],
  });
  const why = { reason: "works while the identity provider does not" };
  const night = new BreakGlassRole("prod-break-glass", {
    cluster,
    holders: BreakGlassHolders.users(
      Principal.user(`arn:aws:iam::${account}:user/night-1`, why),
      Principal.user(`arn:aws:iam::${account}:user/night-2`, why),
    ),
    topicArn: topic.arn,
    topicKeyArn,
  });
  new ClusterAlarms("prod-alarms", { cluster, topicArn: topic.arn, breakGlassRoleNames: [night.roleName] });
}

/** The pipeline: one branch pushes images, and delivers through the bastion. */
export function delivery(cluster: ClusterRef, bastionArgs: BastionArgs): void {
  const bastion = new Bastion("prod-bastion", bastionArgs);
  new DeliveryRole("shop-delivery", {
    provider: new OidcProvider("github", { url: GITHUB_ISSUER }),
    source: DeliverySource.github({ repository: "acme/shop", branch: "main" }),
    repositories: ["shop/web"],
    cluster,
    namespaces: ["shop"],
    statements: bastion.sessionStatements,
  });
}

/** The same from GitLab, and from an environment of a repository on GitHub whose subject has ids in it. */
export function otherSources(github: OidcProviderRef): void {
  new DeliveryRole("wiki-delivery", {
    provider: new OidcProvider("gitlab", { url: "https://gitlab.com" }),
    source: DeliverySource.gitlab({ project: "acme/wiki", branch: "main" }),
    repositories: ["wiki/web"],
  });
  new DeliveryRole("shop-delivery", {
    provider: github,
    source: DeliverySource.github({
      repository: "acme/shop",
      environment: "production",
      subjectPrefix: "repo:acme-123456/shop-456789",
      repositoryId: "456789",
    }),
    repositories: ["shop/web"],
  });
}
