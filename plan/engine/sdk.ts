import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { realpathSync } from "node:fs";
import type * as grpc from "@grpc/grpc-js";
import { UserError } from "../../core/issue.js";
import { installLine } from "../../core/peers.js";

/**
 * The copy of the Pulumi SDK that a program uses, with the stubs and the gRPC library that belong to it. Everything that
 * speaks the protocol is loaded from there: messages of one copy are no messages to another.
 */
export interface Sdk {
  /** Folder of `@pulumi/pulumi`. */
  readonly folder: string;
  readonly grpc: typeof grpc;
  readonly resource: typeof import("@pulumi/pulumi/proto/resource_pb");
  readonly resourceService: typeof import("@pulumi/pulumi/proto/resource_grpc_pb");
  readonly engine: typeof import("@pulumi/pulumi/proto/engine_pb");
  readonly engineService: typeof import("@pulumi/pulumi/proto/engine_grpc_pb");
  readonly provider: typeof import("@pulumi/pulumi/proto/provider_pb");
  readonly callback: typeof import("@pulumi/pulumi/proto/callback_pb");
  readonly callbackService: typeof import("@pulumi/pulumi/proto/callback_grpc_pb");
  readonly struct: typeof import("google-protobuf/google/protobuf/struct_pb");
  readonly empty: typeof import("google-protobuf/google/protobuf/empty_pb");
  /** Loads another module of the SDK: `runtime/settings`. */
  readonly load: (module: string) => unknown;
}

/**
 * Finds and loads the SDK that a program in `folder` would load.
 *
 * @throws UserError when there is none.
 */
export function loadSdk(folder: string): Sdk {
  const sdkFolder = findSdk(folder);
  const manifest = join(sdkFolder, "package.json");
  // The SDK's own dependencies resolve from the SDK, wherever the package manager put them.
  const require = createRequire(manifest);
  const load = (module: string): unknown =>
    require(module.startsWith("@") || module.startsWith("google") ? module : join(sdkFolder, module));
  return {
    folder: sdkFolder,
    grpc: load("@grpc/grpc-js") as Sdk["grpc"],
    resource: load("proto/resource_pb") as Sdk["resource"],
    resourceService: load("proto/resource_grpc_pb") as Sdk["resourceService"],
    engine: load("proto/engine_pb") as Sdk["engine"],
    engineService: load("proto/engine_grpc_pb") as Sdk["engineService"],
    provider: load("proto/provider_pb") as Sdk["provider"],
    callback: load("proto/callback_pb") as Sdk["callback"],
    callbackService: load("proto/callback_grpc_pb") as Sdk["callbackService"],
    struct: load("google-protobuf/google/protobuf/struct_pb") as Sdk["struct"],
    empty: load("google-protobuf/google/protobuf/empty_pb") as Sdk["empty"],
    load,
  };
}

function findSdk(folder: string): string {
  try {
    return realpathSync(dirname(createRequire(join(folder, "program.js")).resolve("@pulumi/pulumi/package.json")));
  } catch {
    throw new UserError(
      `'${folder}' has no @pulumi/pulumi in its node_modules. Run npm install there; a new project begins with: ${installLine("ringfence")}`,
    );
  }
}
