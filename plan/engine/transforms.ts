/**
 * Transforms of the newer kind (`transforms`, `registerResourceTransform`, `registerInvokeTransform`): functions that live in
 * the program and that the engine calls for each resource, its own first, then those of its parents, then the stack's
 * (`RegisterResource` in pkg/resource/deploy/source_eval.go of pulumi/pulumi).
 */
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import type { RegisterResourceRequest, ResourceInvokeRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Sdk } from "./sdk.js";

/** Where a transform can be called. */
interface Target {
  readonly address: string;
  readonly token: string;
}

/** The transforms of one deployment. */
export class Transforms {
  readonly #clients = new Map<string, CallbacksClient>();
  readonly #stack: Target[] = [];
  readonly #stackInvokes: Target[] = [];
  readonly #ofResource = new Map<string, readonly Target[]>();
  readonly #parentOf = new Map<string, string>();

  /**
   * @param reach Turns the address that the program states into one that can be dialled from here.
   */
  constructor(
    private readonly sdk: Sdk,
    private readonly reach: (address: string) => string,
  ) {}

  /** Adds one for every resource of the stack. */
  addToStack(callback: Callback): void {
    this.#stack.push(targetOf(callback));
  }

  /** Adds one for every function call of the stack. */
  addToInvokes(callback: Callback): void {
    this.#stackInvokes.push(targetOf(callback));
  }

  /** Remembers the transforms and the parent of a registered resource, for its children. */
  remember(urn: string, request: RegisterResourceRequest): void {
    this.#ofResource.set(urn, request.getTransformsList().map(targetOf));
    this.#parentOf.set(urn, request.getParent());
  }

  /** Runs all transforms that apply to a request, changing the request. */
  async apply(request: RegisterResourceRequest): Promise<void> {
    const targets = request.getTransformsList().map(targetOf);
    for (let urn = request.getParent(); urn !== ""; urn = this.#parentOf.get(urn) ?? "")
      targets.push(...(this.#ofResource.get(urn) ?? []));
    targets.push(...this.#stack);
    for (const target of targets) await this.#transform(target, request);
  }

  /** Runs all transforms of function calls on a request, changing the request. */
  async applyToInvoke(request: ResourceInvokeRequest): Promise<void> {
    const { TransformInvokeRequest, TransformInvokeResponse } = this.sdk.resource;
    for (const target of this.#stackInvokes) {
      const message = new TransformInvokeRequest();
      message.setToken(request.getTok());
      message.setArgs(request.getArgs());
      const response = TransformInvokeResponse.deserializeBinary(await this.#call(target, message.serializeBinary()));
      request.setArgs(response.getArgs());
    }
  }

  /** Closes the connections to the program. */
  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  async #transform(target: Target, request: RegisterResourceRequest): Promise<void> {
    const { TransformRequest, TransformResponse } = this.sdk.resource;
    const message = new TransformRequest();
    message.setType(request.getType());
    message.setName(request.getName());
    message.setCustom(request.getCustom());
    message.setParent(request.getParent());
    message.setProperties(request.getObject());
    message.setOptions(this.#options(request));
    const response = TransformResponse.deserializeBinary(await this.#call(target, message.serializeBinary()));
    request.setObject(response.getProperties());
    const options = response.getOptions();
    if (options === undefined) return;
    if (options.hasProtect()) request.setProtect(options.getProtect() ?? false);
    if (options.hasRetainOnDelete()) request.setRetainondelete(options.getRetainOnDelete() ?? false);
    request.setDependenciesList(options.getDependsOnList());
    request.setIgnorechangesList(options.getIgnoreChangesList());
    request.setReplaceonchangesList(options.getReplaceOnChangesList());
    request.setAliasesList(options.getAliasesList());
    request.setProvider(options.getProvider());
    request.setDeletedwith(options.getDeletedWith());
    request.setVersion(options.getVersion());
    request.setImportid(options.getImport());
    request.setCustomtimeouts(options.getCustomTimeouts());
    request.setPlugindownloadurl(options.getPluginDownloadUrl());
    request.setAdditionalsecretoutputsList(options.getAdditionalSecretOutputsList());
  }

  #options(request: RegisterResourceRequest): InstanceType<Sdk["resource"]["TransformResourceOptions"]> {
    const options = new this.sdk.resource.TransformResourceOptions();
    if (request.hasProtect()) options.setProtect(request.getProtect() ?? false);
    if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete() ?? false);
    options.setDependsOnList(request.getDependenciesList());
    options.setIgnoreChangesList(request.getIgnorechangesList());
    options.setReplaceOnChangesList(request.getReplaceonchangesList());
    options.setAliasesList(request.getAliasesList());
    options.setProvider(request.getProvider());
    options.setDeletedWith(request.getDeletedwith());
    options.setVersion(request.getVersion());
    options.setImport(request.getImportid());
    options.setCustomTimeouts(request.getCustomtimeouts());
    options.setPluginDownloadUrl(request.getPlugindownloadurl());
    options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
    for (const [name, provider] of request.getProvidersMap().entries() as Iterable<[string, string]>)
      options.getProvidersMap().set(name, provider);
    return options;
  }

  #call({ address, token }: Target, bytes: Uint8Array): Promise<Uint8Array> {
    const request = new this.sdk.callback.CallbackInvokeRequest();
    request.setToken(token);
    request.setRequest(bytes);
    return new Promise((resolve, reject) => {
      this.#client(address).invoke(request, (error, response) => {
        if (error === null) resolve(response.getResponse_asU8());
        else reject(new Error(`a transform failed: ${error.details}`));
      });
    });
  }

  #client(address: string): CallbacksClient {
    const open = this.#clients.get(address);
    if (open !== undefined) return open;
    const client = new this.sdk.callbackService.CallbacksClient(
      this.reach(address),
      this.sdk.grpc.credentials.createInsecure(),
      {
        // A proxy of the environment has no business between two processes of one machine.
        "grpc.enable_http_proxy": 0,
      },
    );
    this.#clients.set(address, client);
    return client;
  }
}

function targetOf(callback: Callback): Target {
  return { address: callback.getTarget(), token: callback.getToken() };
}
