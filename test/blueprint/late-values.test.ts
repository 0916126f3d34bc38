/** Outputs of the cloud half inside cdk8s objects keep working, wherever they stand. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ApiObject } from "cdk8s";
import { Deployment } from "cdk8s-plus-28";
import { Construct } from "constructs";
import { HardenedDeployment, HardenedNamespace } from "../../constructs/index.js";
import { SecureCluster } from "../../index.js";
import type { AppContext } from "../../index.js";
import { Ref, Secret, Unknown } from "../../plan/index.js";
import type { Plan } from "../../plan/index.js";
import { ADMIN, DIGEST, inputs, planIn, resource, waitsFor } from "./support.js";

interface ShopProps extends AppContext {
  readonly queueUrl: string;
}

/** Text for a library whose types want text; the bridge takes the Output itself as well. */
const asText = (value: unknown): string => value as string;

/** The content of the Secret as it leaves the program: what the engine gets in clear it also keeps in clear. */
let sent: unknown;

function program(cluster: SecureCluster): void {
  const queue = new aws.sqs.Queue("orders");
  const key = new aws.kms.Key("images");

  class Shop extends Construct {
    constructor(scope: Construct, id: string, { contract, queueUrl }: ShopProps) {
      super(scope, id);
      const namespace = new HardenedNamespace(this, "shop");
      new HardenedDeployment(namespace, "web", {
        image: `${contract.registryHost}/shop/web@${DIGEST}`,
        env: { QUEUE: queueUrl, GREETING: `queue ${cluster.late(queue.arn)} at ${queueUrl}` },
        podAnnotations: { "example.com/queue": cluster.late(queue.arn) },
      });
      new ApiObject(namespace, "Settings", {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "settings", namespace: "shop", annotations: { "example.com/arn": asText(queue.arn) } },
        data: { queue: queue.url, delay: queue.delaySeconds },
      });
      new ApiObject(namespace, "Credentials", {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "credentials", namespace: "shop" },
        stringData: { password: "hunter2", queue: queue.url },
      });
      new Deployment(namespace, "plus", {
        metadata: { name: "plus", namespace: "shop" },
        containers: [{ image: asText(pulumi.interpolate`${key.keyId}.example.com/plus@${DIGEST}`) }],
      });
    }
  }
  cluster.deploy(Shop, { queueUrl: queue.url });
}

let plan: Plan;

beforeAll(async () => {
  plan = await planIn(() => {
    pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
      if (type === "kubernetes:core/v1:Secret") sent = (props as Record<string, unknown>)["stringData"];
      return { props, opts };
    });
    program(new SecureCluster("prod", { admins: [ADMIN] }));
  });
});

const web = () =>
  inputs(plan, "kubernetes:apps/v1:Deployment", "prod/shop/deployment/web") as unknown as DeploymentInputs;

interface DeploymentInputs {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
      readonly spec: { readonly containers: readonly { readonly image: string; readonly env: unknown }[] };
    };
  };
}

test("in a variable, alone and within text", () => {
  expect(web().spec.template.spec.containers[0]?.env).toEqual([
    { name: "QUEUE", value: "<url of queue orders>" },
    { name: "GREETING", value: "queue <arn of queue orders> at <url of queue orders>" },
  ]);
});

test("in an annotation of a pod, and in one of an object", () => {
  expect(web().spec.template.metadata.annotations).toEqual({ "example.com/queue": "<arn of queue orders>" });
  const { metadata } = inputs(plan, "kubernetes:core/v1:ConfigMap") as { metadata: { annotations: object } };
  expect(metadata.annotations).toEqual({ "example.com/arn": "<arn of queue orders>" });
});

test("in an image, of our constructs and of cdk8s-plus", () => {
  expect(web().spec.template.spec.containers[0]?.image).toBe(
    `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web@${DIGEST}`,
  );
  const plus = inputs(
    plan,
    "kubernetes:apps/v1:Deployment",
    "prod/shop/deployment/plus",
  ) as unknown as DeploymentInputs;
  expect(plus.spec.template.spec.containers[0]?.image).toBe(`<keyId of key images>.example.com/plus@${DIGEST}`);
});

test("as a value of its own type, and as a reference that resolves", () => {
  const { data } = resource(plan, "kubernetes:core/v1:ConfigMap").inputs as { data: Record<string, unknown> };
  expect(data["queue"]).toEqual(new Ref(resource(plan, "aws:sqs/queue:Queue").urn, "url"));
  expect(data["delay"]).toBeInstanceOf(Unknown);
});

test("in a Secret, whose content stays secret with what is plain in it", async () => {
  expect(pulumi.Output.isInstance(sent) && (await pulumi.isSecret(sent))).toBe(true);
  const secret = resource(plan, "kubernetes:core/v1:Secret");
  expect(secret.inputs["stringData"]).toBeInstanceOf(Secret);
  expect(secret.options.additionalSecretOutputs).toEqual(["data", "stringData"]);
  expect(JSON.stringify(secret)).not.toContain("hunter2");
  expect((secret.inputs["stringData"] as Secret).reveal()).toMatchObject({ password: "hunter2" });
});

test("and the object waits for the resource that the value is of", () => {
  expect(waitsFor(plan, "prod/shop/configmap/settings")).toEqual(["orders", "prod/namespace/shop"]);
});
