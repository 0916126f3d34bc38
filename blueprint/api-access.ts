import type * as pulumi from "@pulumi/pulumi";

/** How this program reaches the Kubernetes API to fill the cluster that it makes. */
export class ApiAccess {
  /**
   * By the address of the API itself, the default: whoever runs the program is inside the VPC, on its VPN, or among the
   * addresses of `EndpointAccess.publicFrom`.
   */
  static direct(): ApiAccess {
    return new ApiAccess((endpoint) => endpoint);
  }

  private constructor(
    /** The URL to speak to, from the URL of the API. */
    readonly serverFor: (endpoint: pulumi.Output<string>) => pulumi.Output<string>,
  ) {}
}
