// A provider that stands in for Kubernetes and really speaks to its API, through kubectl and the kubeconfig that it is
// given: what reaches the API this way reaches it by client-go, as the real provider does.
const { execFile } = require("node:child_process");
const { mkdtempSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const grpc = require("@grpc/grpc-js");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");
const pb = require("@pulumi/pulumi/proto/provider_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { ResourceProviderService } = require("@pulumi/pulumi/proto/provider_grpc_pb");

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const folder = mkdtempSync(join(tmpdir(), "ringfence-kubernetes-api-"));
const kubeconfig = join(folder, "kubeconfig");
let isReachable = false;

const kubectl = (args, input) =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, KUBECACHEDIR: join(folder, "cache") };
    const child = execFile("kubectl", ["--kubeconfig", kubeconfig, ...args], { env }, (error, out, err) => {
      if (error === null) resolve(out);
      else reject(new Error(err.trim() || error.message));
    });
    child.stdin.end(input ?? "");
  });

/** An object of the API from the inputs of a resource; what the engine does not know yet is left out. */
const objectOf = (inputs) => JSON.stringify(inputs, (_, value) => (value === UNKNOWN ? undefined : value));
const apply = async (inputs, isPreview) => {
  if (!isReachable) return;
  const dryRun = isPreview ? ["--dry-run=server"] : [];
  await kubectl(["apply", "--server-side", "--force-conflicts", ...dryRun, "-f", "-"], objectOf(inputs));
};

const plain = (struct) => struct?.toJavaScript() ?? {};
const answer = (make) => (call, callback) => {
  Promise.resolve()
    .then(() => make(call.request))
    .then(
      (value) => callback(null, value),
      (error) => callback({ code: grpc.status.UNKNOWN, message: error.message }),
    );
};
const set = (message, values) => {
  for (const [name, value] of Object.entries(values)) message[`set${name}`](value);
  return message;
};

const server = new grpc.Server();
server.addService(ResourceProviderService, {
  cancel: answer(() => new Empty()),
  getPluginInfo: answer(() => set(new PluginInfo(), { Version: "4.34.2" })),
  getSchema: answer(() => set(new pb.GetSchemaResponse(), { Schema: "{}" })),
  checkConfig: answer((request) => set(new pb.CheckResponse(), { Inputs: request.getNews() })),
  diffConfig: answer(() => new pb.DiffResponse()),
  configure: answer((request) => {
    const given = plain(request.getArgs()).kubeconfig ?? UNKNOWN;
    isReachable = given !== UNKNOWN;
    if (isReachable) writeFileSync(kubeconfig, given, { mode: 0o600 });
    return set(new pb.ConfigureResponse(), { Acceptsecrets: false, Supportspreview: true });
  }),
  check: answer((request) => set(new pb.CheckResponse(), { Inputs: request.getNews() })),
  diff: answer((request) => {
    const [olds, news] = [request.getOldInputs(), request.getNews()].map((struct) => JSON.stringify(plain(struct)));
    const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
    return set(new pb.DiffResponse(), { Changes: olds === news ? DIFF_NONE : DIFF_SOME });
  }),
  create: answer(async (request) => {
    const inputs = plain(request.getProperties());
    await apply(inputs, request.getPreview());
    const { name, namespace = "default" } = inputs.metadata;
    return set(new pb.CreateResponse(), { Id: `${namespace}/${name}`, Properties: request.getProperties() });
  }),
  update: answer(async (request) => {
    await apply(plain(request.getNews()), request.getPreview());
    return set(new pb.UpdateResponse(), { Properties: request.getNews() });
  }),
  delete: answer(async (request) => {
    await kubectl(["delete", "--ignore-not-found", "-f", "-"], objectOf(plain(request.getProperties())));
    return new Empty();
  }),
  read: answer(async (request) => {
    const inputs = plain(request.getInputs());
    await kubectl(["get", "-f", "-"], objectOf(inputs));
    return set(new pb.ReadResponse(), {
      Id: request.getId(),
      Properties: Struct.fromJavaScript(inputs),
      Inputs: request.getInputs(),
    });
  }),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
