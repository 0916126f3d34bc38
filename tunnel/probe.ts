import { request } from "node:https";
import { TunnelFailure } from "./failure.js";
import { LOOPBACK } from "./port.js";
import type { TunnelSpec } from "./spec.js";

/** How long the API may take to answer. */
const ANSWER_MS = 10_000;

/** What TLS calls a certificate of somebody else. */
const FOREIGN_CERTIFICATE =
  /^(SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CERT_|ERR_TLS_CERT_ALTNAME)/;

/**
 * Asks the API whether it is alive, through a local port. Any answer will do, a refusal too, once the certificate is the
 * cluster's: authority and host name are checked as every client does.
 *
 * @throws TunnelFailure, final for a foreign certificate.
 */
export async function probe(
  port: number,
  { endpointHost, certificateAuthority }: Pick<TunnelSpec, "endpointHost" | "certificateAuthority">,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request({
      ...{ host: LOOPBACK, port, path: "/livez", method: "GET", agent: false, timeout: ANSWER_MS },
      servername: endpointHost,
      headers: { host: endpointHost, "user-agent": "ringfence-tunnel" },
      ca: Buffer.from(certificateAuthority, "base64").toString(),
      // What an operator turned off for the whole process is not turned off here.
      rejectUnauthorized: true,
    });
    asked.on("response", (response) => {
      response.resume();
      const { statusCode = 0 } = response;
      if (statusCode < 500) resolve();
      else reject(new TunnelFailure(`the Kubernetes API answers with status ${statusCode}`, false));
    });
    asked.on("timeout", () => {
      asked.destroy(noAnswer(endpointHost));
    });
    asked.on("error", (error: NodeJS.ErrnoException) => {
      reject(error instanceof TunnelFailure ? error : failureOfTls(error, endpointHost));
    });
    asked.end();
  });
}

function failureOfTls({ code, message }: NodeJS.ErrnoException, endpointHost: string): TunnelFailure {
  if (!FOREIGN_CERTIFICATE.test(code ?? "")) return noAnswer(endpointHost);
  return new TunnelFailure(
    `what answers through the tunnel is not the API at ${endpointHost}: its certificate does not come from the cluster's authority (${code ?? message})`,
    true,
  );
}

function noAnswer(endpointHost: string): TunnelFailure {
  return new TunnelFailure(
    `the API at ${endpointHost} does not answer through the bastion: does the control plane's security group let the bastion in on port 443?`,
    false,
  );
}
