import * as pulumi from "@pulumi/pulumi";
import type { Construct } from "constructs";

/** An application in a cluster: the component that holds its objects and what it has in AWS. Made by `SecureCluster.deploy`. */
export class DeployedApp<A extends Construct = Construct> extends pulumi.ComponentResource {
  /**
   * @param name `<cluster>-<application>`.
   * @param construct The application's construct, to read what it offers.
   */
  constructor(
    name: string,
    readonly construct: A,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("ringfence:blueprint:App", name, {}, opts);
    this.registerOutputs({});
  }
}
