const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");

// Both kinds: the older runs inside the SDK, the newer is called back by the engine.
pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
  type === "aws:s3/bucket:Bucket" ? { props: { ...props, forceDestroy: false }, opts } : undefined,
);
pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
  type.startsWith("aws:") ? { props: { ...props, tags: { ...props.tags, owner: "platform" } }, opts: { ...opts, protect: true } } : undefined,
);
pulumi.runtime.registerInvokeTransform(({ token, args, opts }) =>
  token.includes("getRegion") ? { args: { ...args, region: "eu-north-1" }, opts } : undefined,
);

const region = aws.getRegionOutput({});
new aws.s3.Bucket("plain", { tags: { app: "shop" } });
new aws.sqs.Queue(
  "jobs",
  { tags: { region: region.name } },
  { transforms: [({ props, opts }) => ({ props: { ...props, sqsManagedSseEnabled: true }, opts })] },
);
