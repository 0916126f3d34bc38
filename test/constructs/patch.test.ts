import { Deployment } from "cdk8s-plus-28";
import {
  EncryptedStorageClass,
  HardenedDeployment,
  HardenedNamespace,
  patch,
  patchFields,
} from "../../constructs/index.js";
import { CONTRACT, IMAGE, only, problems, synth } from "./synth.js";

describe("patch", () => {
  test("sets a value after every default", () => {
    const manifests = synth((chart) => {
      const api = new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", { image: IMAGE });
      patch(api, "/spec/template/spec/hostUsers", false);
      patch(api, "/spec/template/spec/tolerations", [{ key: "spot" }]);
      patch(api, "/spec/template/spec/tolerations/-", { key: "gpu" });
      patch(api, "/metadata/annotations", { "example.com/team": "${ringfence:team}" });
    });
    expect(only(manifests, "Deployment", "api")).toMatchObject({
      metadata: { annotations: { "example.com/team": "${ringfence:team}" } },
      spec: { template: { spec: { hostUsers: false } } },
    });
  });

  test("a value that does not land is an error", () => {
    const told = problems((chart) => {
      const ns = new HardenedNamespace(chart, "shop");
      patch(new HardenedDeployment(ns, "api", { image: IMAGE }), "/spec/template/spec/dnsConfig/options", []);
      const search = new Deployment(ns, "search", { metadata: { namespace: "shop" }, containers: [{ image: IMAGE }] });
      patch(search, "/spec/template/spec/securityContext/appArmorProfile", { type: "RuntimeDefault" });
      patch(search, "/spec/template/spec/hostUsers", false);
    });
    expect(told).toEqual([
      "'/spec/template/spec/dnsConfig/options' must lie in an object or list that is there, got []. Set the missing parent first",
      "'/spec/template/spec/securityContext/appArmorProfile' must hold the patched value, got nothing. The library that made the object does not know the field, or a later patch replaced it: use a plain ApiObject",
    ]);
  });
});

describe("EncryptedStorageClass", () => {
  test("encrypts with the customer key, waits for the pod's zone and keeps the disk", () => {
    const manifests = synth(
      (chart) => new EncryptedStorageClass(chart, "encrypted", { kmsKeyArn: CONTRACT.keyArns["volumes"] ?? "" }),
    );
    expect(only(manifests, "StorageClass", "encrypted")).toMatchObject({
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true", kmsKeyId: "${ringfence:volumes-key}" },
      volumeBindingMode: "WaitForFirstConsumer",
      reclaimPolicy: "Retain",
      allowVolumeExpansion: true,
    });
  });

  test("takes a key only by its ARN", () => {
    expect(problems((chart) => new EncryptedStorageClass(chart, "encrypted", { kmsKeyArn: "alias/volumes" }))).toEqual([
      "'kmsKeyArn' must be an ARN of a KMS key, got 'alias/volumes'. Take it from the key, or from contract.keyArns",
    ]);
  });
});

describe("patchFields", () => {
  interface Part {
    readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
    readonly spec?: {
      readonly template?: {
        readonly spec?: {
          readonly schedulerName?: string;
          readonly dnsConfig?: { readonly options?: readonly { readonly name: string }[] };
        };
      };
    };
  }

  test("sets fields at any depth and leaves their neighbours", () => {
    const manifests = synth((chart) => {
      const api = new HardenedDeployment(new HardenedNamespace(chart, "shop"), "api", { image: IMAGE });
      patchFields<Part>(api, {
        metadata: { annotations: { "example.com/team": "shop" } },
        spec: { template: { spec: { schedulerName: "batch", dnsConfig: { options: [{ name: "ndots" }] } } } },
      });
      // @ts-expect-error: a field that the type does not have
      patchFields<Part>(api, { spec: { replica: 3 } });
    });
    expect(only(manifests, "Deployment", "api")).toMatchObject({
      metadata: { annotations: { "example.com/team": "shop" } },
      spec: {
        replica: 3,
        replicas: 2,
        template: {
          spec: { schedulerName: "batch", dnsConfig: { options: [{ name: "ndots" }] }, hostUsers: false },
        },
      },
    });
  });
});
