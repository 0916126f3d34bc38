import { join, resolve } from "node:path";
import { kubeconfigDocument, lookUpTunnel, openTunnel, tunnelFolder } from "../tunnel/index.js";
import type { ConnectRequest } from "./connect-options.js";
import { runOnTerminal } from "./child.js";
import type { Io } from "./io.js";
import { writeKubeconfig } from "./kubeconfig-file.js";

/** Runs `ringfence connect`. */
export async function connect(request: ConnectRequest, io: Io): Promise<number> {
  const { clusterName, command } = request;
  const say = (text: string): void => void io.stderr.write(`ringfence: ${text}\n`);
  const spec = await lookUpTunnel({ ...request, env: io.env });
  let onEnd = (): void => undefined;
  const tunnel = await openTunnel(spec, {
    hold: { caller: true },
    env: io.env,
    onProgress: say,
    onEnd: () => {
      say(`the tunnel to ${clusterName} ended, see ${tunnel.log}`);
      onEnd();
    },
  });
  try {
    const kubeconfig = resolve(
      request.kubeconfig ?? join(tunnelFolder(io.env), `${spec.region}-${clusterName}.kubeconfig`),
    );
    writeKubeconfig(
      kubeconfig,
      kubeconfigDocument({
        ...{ clusterName, region: spec.region, certificateAuthority: spec.certificateAuthority },
        ...{ server: `https://127.0.0.1:${tunnel.port}`, tlsServerName: spec.endpointHost },
        ...(spec.profile === undefined ? {} : { profile: spec.profile }),
      }),
    );
    if (command !== undefined) return await runOnTerminal(command, { ...io.env, KUBECONFIG: kubeconfig });
    io.stdout.write(`export KUBECONFIG=${quoted(kubeconfig)}\n`);
    say(`the API of ${clusterName} is at https://127.0.0.1:${tunnel.port} until Ctrl-C`);
    return await new Promise((end) => {
      // Nothing else keeps this process here.
      const stays = setInterval(() => undefined, 60_000);
      const endWith = (code: number) => () => {
        clearInterval(stays);
        end(code);
      };
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, endWith(0));
      onEnd = endWith(2);
    });
  } finally {
    tunnel.close();
  }
}

/** A path as a shell reads it. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
