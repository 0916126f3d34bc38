import * as pulumi from "@pulumi/pulumi";

/**
 * A Session Manager document that forwards a local port to one host and port, and can do nothing else: no shell, no
 * other host. After AWS-StartPortForwardingSessionToRemoteHost, with host and port fixed
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html).
 *
 * @param apiEndpoint URL of the Kubernetes API.
 */
export function portForwardDocument(apiEndpoint: pulumi.Input<string>): pulumi.Output<string> {
  const host = pulumi.output(apiEndpoint).apply((url) => url.replace("https://", ""));
  return pulumi.jsonStringify({
    schemaVersion: "1.0",
    description: "Forwards a local port to the Kubernetes API of one cluster",
    sessionType: "Port",
    parameters: {
      localPortNumber: {
        type: "String",
        description: "Port on the caller's machine; 0 takes a free one",
        allowedPattern: "^[0-9]{1,5}$",
        default: "0",
      },
    },
    properties: {
      type: "LocalPortForwarding",
      host,
      portNumber: "443",
      localPortNumber: "{{ localPortNumber }}",
    },
  });
}
