import * as pulumi from "@pulumi/pulumi";

/** The part of a gRPC client that its interface leaves out. */
interface WithChannel {
  getChannel(): { getTarget(): string };
}

/**
 * Address of the server of the engine that runs this program, as `127.0.0.1:40000`; `undefined` under mocks, where there is
 * none. The SDK keeps it in its settings and hands out the client alone.
 */
export function engineAddress(): string | undefined {
  const engine = pulumi.runtime.getEngine() as unknown as WithChannel | undefined;
  return engine
    ?.getChannel()
    .getTarget()
    .replace(/^dns:\/*/, "");
}
