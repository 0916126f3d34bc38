/** The `ResourceMonitor` and `Engine` services of Pulumi's wire protocol, in front of a {@link Deployment}. */
import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { UserError } from "../../core/issue.js";
import type { Deployment } from "./deployment.js";
import { readRead, readRegistration, wireObject } from "./protocol.js";
import type { Sdk } from "./sdk.js";
import { Transforms } from "./transforms.js";
import type { WireObject } from "./wire.js";

/** What is noted about a run besides its resources. */
export interface RunLog {
  /** Errors that the program's own SDK logged, as one text each. */
  readonly errors: string[];
  /** Errors that the engine answered with, which end the program. */
  readonly refusals: string[];
  /** The program has run to its end and says so. */
  finished: boolean;
  /** When the last request came, in milliseconds. */
  lastRequest: number;
  /** Requests that wait for an answer. */
  pending: number;
}

/** A running server. */
export interface EngineServer {
  readonly address: string;
  readonly log: RunLog;
  stop(): void;
}

const DEBUG = 0;
const WARNING = 2;
const ERROR = 3;
const MAX_MESSAGE = 400 * 1024 * 1024;

/** Features that the SDK asks for by name; newer SDKs ask for all at once, by number. */
const FEATURES = new Set([
  "secrets",
  "resourceReferences",
  "outputValues",
  "deletedWith",
  "replaceWith",
  "aliasSpecs",
  "transforms",
  "invokeTransforms",
  "parameterization",
  "resourceHooks",
  "errorHooks",
]);

/**
 * Starts serving a deployment.
 *
 * @param listen Where: `unix:<path>` or `127.0.0.1:0`.
 * @param reach Turns a callback address of the program into one that can be dialled from here.
 * @param onInfo Called with what the program logs for its user.
 */
export async function serve(
  sdk: Sdk,
  deployment: Deployment,
  listen: string,
  reach: (address: string) => string = (address) => address,
  onInfo: (line: string) => void = () => undefined,
): Promise<EngineServer> {
  const log: RunLog = { errors: [], refusals: [], finished: false, lastRequest: Date.now(), pending: 0 };
  const transforms = new Transforms(sdk, reach);
  const server = new sdk.grpc.Server({
    "grpc.max_receive_message_length": MAX_MESSAGE,
    "grpc.max_send_message_length": MAX_MESSAGE,
  });
  server.addService(sdk.resourceService.ResourceMonitorService, monitor(sdk, deployment, transforms, log));
  server.addService(sdk.engineService.EngineService, engine(sdk, deployment, log, onInfo));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(listen, sdk.grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  const stop = (): void => {
    transforms.close();
    server.forceShutdown();
  };
  return { address: listen.startsWith("unix:") ? listen : `127.0.0.1:${port}`, log, stop };
}

type Handler<Request, Response> = (request: Request) => Response | Promise<Response>;

/** Wraps a plain function as a handler: what it throws goes to the program as an error and into the log. */
function unary<Request, Response>(sdk: Sdk, log: RunLog, handle: Handler<Request, Response>) {
  return (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
    log.lastRequest = Date.now();
    log.pending++;
    Promise.resolve()
      .then(() => handle(call.request))
      .then((response) => {
        reply(null, response);
      })
      .catch((error: unknown) => {
        const details = error instanceof Error ? error.message : String(error);
        log.refusals.push(details);
        reply({ code: sdk.grpc.status.UNKNOWN, details });
      })
      .finally(() => {
        log.pending--;
      });
  };
}

function monitor(sdk: Sdk, deployment: Deployment, transforms: Transforms, log: RunLog): UntypedServiceImplementation {
  const { resource, provider, empty } = sdk;
  const struct = (object: WireObject): InstanceType<Sdk["struct"]["Struct"]> =>
    sdk.struct.Struct.fromJavaScript(object as never);
  type Messages = Sdk["resource"];
  const handle = <Request, Response>(
    handler: Handler<Request, Response>,
  ): ReturnType<typeof unary<Request, Response>> => unary(sdk, log, handler);

  // What the engine refuses ends the run, but only after it: a refused call would reject in a dozen places of the SDK, and
  // in a process of somebody's tests each of those is an unhandled rejection.
  const settle = <T>(answer: () => T, whenRefused: T): T => {
    try {
      return answer();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      log.refusals.push(error.message);
      return whenRefused;
    }
  };

  return {
    supportsFeature: handle((request: InstanceType<Messages["SupportsFeatureRequest"]>) => {
      const response = new resource.SupportsFeatureResponse();
      response.setHassupport(FEATURES.has(request.getId()));
      return response;
    }),
    getDeploymentInfo: handle(() => {
      const info = new resource.DeploymentInfo();
      info.setProject(deployment.settings.project);
      info.setStack(deployment.settings.stack);
      info.setDryrun(true);
      const all = Object.values(resource.ResourceMonitorFeature).filter((id) => typeof id === "number");
      info.setSupportedfeaturesList(all);
      return info;
    }),
    registerPackage: handle((request: InstanceType<Messages["RegisterPackageRequest"]>) => {
      const response = new resource.RegisterPackageResponse();
      response.setRef(`${request.getName()}-${request.getVersion()}-${request.getParameterization()?.getName() ?? ""}`);
      return response;
    }),
    registerResource: handle(async (request: InstanceType<Messages["RegisterResourceRequest"]>) => {
      await transforms.apply(request);
      const registration = readRegistration(request);
      const registered = settle(() => deployment.register(registration), deployment.refused(registration));
      transforms.remember(registered.urn, request);
      const response = new resource.RegisterResourceResponse();
      response.setUrn(registered.urn);
      response.setId(registered.id);
      response.setObject(struct(registered.object));
      return response;
    }),
    registerResourceOutputs: handle((request: InstanceType<Messages["RegisterResourceOutputsRequest"]>) => {
      deployment.registerOutputs(request.getUrn() as never, wireObject(request.getOutputs()));
      return new empty.Empty();
    }),
    readResource: handle((request: InstanceType<Messages["ReadResourceRequest"]>) => {
      const registration = readRead(request);
      const read = settle(() => deployment.register(registration), deployment.refused(registration));
      const response = new resource.ReadResourceResponse();
      response.setUrn(read.urn);
      response.setProperties(struct(read.object));
      return response;
    }),
    invoke: handle(async (request: InstanceType<Messages["ResourceInvokeRequest"]>) => {
      await transforms.applyToInvoke(request);
      const response = new provider.InvokeResponse();
      const own = request.getProvider();
      const args = wireObject(request.getArgs());
      const answer = settle(() => deployment.invoke(request.getTok(), args, own === "" ? undefined : own), {});
      response.setReturn(struct(answer));
      return response;
    }),
    call: handle((request: InstanceType<Messages["ResourceCallRequest"]>) => {
      const response = new provider.CallResponse();
      response.setReturn(struct(deployment.call(request.getTok())));
      return response;
    }),
    registerStackTransform: handle((callback: InstanceType<Sdk["callback"]["Callback"]>) => {
      transforms.addToStack(callback);
      return new empty.Empty();
    }),
    registerStackInvokeTransform: handle((callback: InstanceType<Sdk["callback"]["Callback"]>) => {
      transforms.addToInvokes(callback);
      return new empty.Empty();
    }),
    // Hooks run around real operations, of which a preview has none.
    registerResourceHook: handle(() => new empty.Empty()),
    registerErrorHook: handle(() => new empty.Empty()),
    signalAndWaitForShutdown: handle(() => {
      log.finished = true;
      return new empty.Empty();
    }),
  };
}

function engine(
  sdk: Sdk,
  deployment: Deployment,
  log: RunLog,
  onInfo: (line: string) => void,
): UntypedServiceImplementation {
  let root = "";
  const messages = sdk.engine;
  return {
    log: unary(sdk, log, (request: InstanceType<Sdk["engine"]["LogRequest"]>) => {
      const severity = request.getSeverity() as number;
      if (severity === ERROR) log.errors.push(request.getMessage());
      else if (severity === WARNING) deployment.warn(request.getMessage());
      else if (severity !== DEBUG && !request.getEphemeral()) onInfo(request.getMessage());
      return new sdk.empty.Empty();
    }),
    getRootResource: unary(sdk, log, () => {
      const response = new messages.GetRootResourceResponse();
      response.setUrn(root);
      return response;
    }),
    setRootResource: unary(sdk, log, (request: InstanceType<Sdk["engine"]["SetRootResourceRequest"]>) => {
      root = request.getUrn();
      return new messages.SetRootResourceResponse();
    }),
    startDebugging: unary(sdk, log, () => new sdk.empty.Empty()),
    requirePulumiVersion: unary(sdk, log, () => new messages.RequirePulumiVersionResponse()),
  };
}
