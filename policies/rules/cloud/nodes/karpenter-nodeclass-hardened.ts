import type { Cursor, KubernetesObject } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { manifest, unresolved } from "../../../examples.js";
import type { ExampleObject, Verdict } from "../../../model.js";
import { labelOf, onKubernetes } from "../../../shapes.js";
import { expectBoolean, expectNumber, expectRead, expectString, fail, pass, unknown } from "../../../verdicts.js";
import { UNKNOWN } from "../../../../plan/world/index.js";

const PINNED = [{ alias: "bottlerocket@v1.50.0" }];

function nodeClass(spec: ExampleObject, version = "v1") {
  return [
    manifest({ apiVersion: `karpenter.k8s.aws/${version}`, kind: "EC2NodeClass", metadata: { name: "default" }, spec }),
  ];
}

function pool(spec: ExampleObject) {
  return [manifest({ apiVersion: "karpenter.sh/v1", kind: "NodePool", metadata: { name: "default" }, spec })];
}

/**
 * Nodes that Karpenter makes are like those of a node group that is hardened: the metadata service asks for a token and answers
 * one hop, volumes are encrypted, no public address, a pinned image; and each pool has a limit (Karpenter documentation,
 * "NodeClasses" and "NodePools"). What is left out has Karpenter's own defaults: since `v1` one hop, before two; a token;
 * encrypted volumes unless mappings are given.
 */
export const karpenterNodeclassHardened = defineRule({
  id: "karpenter-nodeclass-hardened",
  title: "nodes that Karpenter makes are as hardened as those of node groups",
  ring: "cloud",
  severity: "high",
  rationale:
    "Karpenter makes the nodes that no node group and no launch template of the plan describes. What is checked of those is checked of these only here: a pod two hops from the metadata service takes the role of its node all the same.",
  remediation:
    'spec: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }, amiSelectorTerms: [{ alias: "bottlerocket@v1.50.0" }] }',
  references: references("catalogue/cross-ring-rules.csv: N30", { "owasp-k8s": ["K08"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "two hops reach into the pods",
        resources: nodeClass({ amiSelectorTerms: PINNED, metadataOptions: { httpPutResponseHopLimit: 2 } }),
        path: "spec.metadataOptions.httpPutResponseHopLimit",
      },
      {
        title: "two hops, as they were until v1",
        resources: nodeClass({ amiSelectorTerms: PINNED }, "v1beta1"),
        path: "spec.metadataOptions.httpPutResponseHopLimit",
      },
      {
        title: "whichever image is the latest",
        resources: nodeClass({ amiSelectorTerms: [{ alias: "al2023@latest" }] }),
        path: "spec.amiSelectorTerms[0].alias",
      },
      {
        title: "a volume that nobody encrypts",
        resources: nodeClass({ amiSelectorTerms: PINNED, blockDeviceMappings: [{ ebs: { volumeSize: "20Gi" } }] }),
        path: "spec.blockDeviceMappings[0].ebs.encrypted",
      },
      { title: "a pool without end", resources: pool({}), path: "spec.limits" },
    ],
    pass: [
      { title: "a pinned image, and the defaults of v1", resources: nodeClass({ amiSelectorTerms: PINNED }) },
      { title: "a pool with a limit", resources: pool({ limits: { cpu: "100" } }) },
    ],
    unknown: [
      {
        title: "the hop limit is an output",
        resources: nodeClass({
          amiSelectorTerms: PINNED,
          metadataOptions: { httpPutResponseHopLimit: unresolved("number") },
        }),
        path: "spec.metadataOptions.httpPutResponseHopLimit",
      },
    ],
  },
  ...onKubernetes(
    ["kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", "kubernetes:karpenter.sh/v1:NodePool"],
    ({ object, root }) => {
      const spec = root.at("spec");
      return object.kind === "NodePool" ? judgePool(object, spec.at("limits")) : judgeClass(object, spec);
    },
  ),
});

function judgePool(pool: KubernetesObject, at: Cursor): Verdict {
  if (at.isUnknown) return unknown(at, `whether ${labelOf(pool)} has a limit is not known before the deployment`);
  return at.entries().length > 0
    ? pass()
    : fail(at, `${labelOf(pool)} has no limit: who may create pods may have any number of nodes made, at your cost`, {
        severity: "medium",
      });
}

function judgeClass(nodeClass: KubernetesObject, spec: Cursor): readonly Verdict[] {
  const label = labelOf(nodeClass);
  const undecided = `how nodes of ${label} are set up is not known before the deployment`;
  const metadata = spec.at("metadataOptions");
  const isOff = metadata.at("httpEndpoint").string() === "disabled";
  const service = isOff
    ? []
    : [
        expectString(metadata.at("httpTokens"), {
          absent: "required",
          accept: (value) => value === "required",
          message: `pods on nodes of ${label} can take the role of their node: the metadata service asks for no token`,
          undecided,
          fix: "required",
        }),
        expectNumber(metadata.at("httpPutResponseHopLimit"), {
          absent: nodeClass.version === "v1" ? 1 : 2,
          accept: (value) => value === 1,
          message: `pods on nodes of ${label} can take the role of their node: the metadata service answers further than its own machine`,
          undecided,
          fix: 1,
        }),
      ];
  const address = expectBoolean(spec.at("associatePublicIPAddress"), {
    absent: false,
    accept: (value) => !value,
    message: `nodes of ${label} get public addresses`,
    undecided,
  });
  return [...service, address, ...judgeVolumes(label, spec), ...judgeImages(label, spec)];
}

function judgeVolumes(label: string, spec: Cursor): readonly Verdict[] {
  const list = spec.at("blockDeviceMappings");
  return (list.isUnknown ? [list] : list.items()).map((mapping) =>
    expectBoolean(mapping.at("ebs", "encrypted"), {
      absent: false,
      accept: (value) => value,
      message: `a volume of the nodes of ${label} is not encrypted, and holds the images and Secrets of their pods`,
      undecided: `whether the volumes of the nodes of ${label} are encrypted is not known before the deployment`,
      fix: true,
    }),
  );
}

/** An image by its id is pinned; an alias is unless it ends in `latest`; by name and tag whatever comes next is taken. */
function judgeImages(label: string, spec: Cursor): readonly Verdict[] {
  const list = spec.at("amiSelectorTerms");
  return (list.isUnknown ? [list] : list.items()).map((term) => {
    const alias = term.at("alias");
    const at = alias.isAbsent ? term : alias;
    const text = alias.string();
    const isPinned = text === undefined ? !term.at("id").isAbsent : text !== UNKNOWN && !text.endsWith("@latest");
    return expectRead(at, text === UNKNOWN || term.isUnknown ? UNKNOWN : isPinned, {
      absent: false,
      accept: (value) => value,
      message: `nodes of ${label} start from whichever image is there that day, tested by nobody`,
      undecided: `which image the nodes of ${label} start from is not known before the deployment`,
    });
  });
}
