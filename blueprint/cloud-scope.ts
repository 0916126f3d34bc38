import type { ClusterContract } from "../core/contract.js";
import type { Statement } from "../infra/index.js";

/** A secret of AWS Secrets Manager that an application asked for. */
export interface CloudSecret {
  readonly name: string;
  /** A token: fit for any text of a manifest but names. */
  readonly arn: string;
}

/** Pods that act in AWS, under the role of their service account. A `Workload` of `ringfence/constructs` is one. */
export interface CloudPods {
  readonly namespace: string;
  readonly serviceAccountName: string;
  /** Opens their ways to the Pod Identity agent and to the endpoints of AWS services. */
  usePodIdentity(contract: ClusterContract): void;
}

/** One permission in AWS; resources and conditions may hold tokens. */
export type CloudStatement = Pick<Statement, "sid" | "actions" | "resources" | "conditions" | "relaxations">;

/**
 * What an application may ask of the cloud while it is built. It asks in plain values and gets tokens back; nothing is
 * created before the whole application has been checked. Without Pulumi, in a test or for manifests alone, an object
 * literal of this shape does.
 */
export interface CloudScope {
  /**
   * A password that AWS makes and nobody sees: 32 letters and digits in Secrets Manager, under the cluster's key for
   * secrets, readable by nobody until {@link allowRead}. The same name asked for again is the same secret.
   *
   * @param name Unique in the application; letters, digits and hyphens.
   */
  password(name: string): CloudSecret;

  /**
   * An image repository in ECR: immutable tags, scanned on push, encrypted. It is empty until somebody pushes.
   *
   * @param name `voting-app/vote`.
   * @returns The repository without tag and digest, as an image reference begins: `<registry>/voting-app/vote`.
   */
  repository(name: string): string;

  /** Lets pods read exactly these secrets. */
  allowRead(pods: CloudPods, ...secrets: readonly [CloudSecret, ...CloudSecret[]]): void;

  /** Lets pods do exactly this in AWS, within the cluster's permissions boundary. */
  allow(pods: CloudPods, ...statements: readonly [CloudStatement, ...CloudStatement[]]): void;
}

/** What every application gets beside its own props. */
export interface AppContext {
  readonly contract: ClusterContract;
  readonly cloud: CloudScope;
}
