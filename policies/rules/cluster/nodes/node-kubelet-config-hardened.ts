import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { planned, unresolved } from "../../../examples.js";
import { USER_DATA_TYPES, userDataOf } from "../../../lib/user-data.js";
import type { ExampleValue } from "../../../model.js";
import { onResource } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

const TEMPLATE = USER_DATA_TYPES[0];

/**
 * Settings that CIS EKS 3.2.1 to 3.2.9 forbid, as a flag of the kubelet and as a field of its configuration file (kubelet
 * reference, `KubeletConfiguration` v1beta1). What user data leaves out is as the images of EKS have it, which is allowed.
 */
const FORBIDDEN: readonly (readonly [what: string, flag: RegExp, field: RegExp])[] = [
  [
    "callers without a name are let in",
    /--anonymous-auth[=\s]+"?true/,
    /anonymous["']?\s*:\s*\{?\s*["']?enabled["']?\s*:\s*true/,
  ],
  ["every caller may do everything", /--authorization-mode[=\s]+"?AlwaysAllow/, /mode["']?\s*:\s*["']?AlwaysAllow/],
  ["the read-only port is open", /--read-only-port[=\s]+"?[1-9]/, /readOnlyPort["']?\s*:\s*["']?[1-9]/],
  [
    "idle connections stay open for ever",
    /--streaming-connection-idle-timeout[=\s]+"?0(?![.\d])/,
    /streamingConnectionIdleTimeout["']?\s*:\s*["']?0(?![.\d])/,
  ],
  [
    "the kubelet leaves iptables alone",
    /--make-iptables-util-chains[=\s]+"?false/,
    /makeIPTablesUtilChains["']?\s*:\s*false/,
  ],
  [
    "its client certificate is never renewed",
    /--rotate-certificates[=\s]+"?false/,
    /rotateCertificates["']?\s*:\s*false/,
  ],
  [
    "its serving certificate is never renewed",
    /RotateKubeletServerCertificate=false/,
    /RotateKubeletServerCertificate["']?\s*:\s*false/,
  ],
];

function template(userData: ExampleValue) {
  return [planned(TEMPLATE, "workers", { userData })];
}

/** User data does not undo the kubelet's defences. */
export const nodeKubeletConfigHardened = defineRule({
  id: "node-kubelet-config-hardened",
  title: "user data leaves the kubelet's defences in place",
  ring: "cluster",
  severity: "high",
  rationale:
    "A kubelet that answers anybody runs commands in every pod of its node for anybody who reaches port 10250, and other pods do.",
  remediation: "Delete the setting from the user data; the images of EKS have it right",
  references: references(
    "catalogue/rules.csv: KCV-0079/0007/0081/0082/0085/0084/0090/0091†, C-0172–C-0183†, PPB eks-launch-template-kubelet-config, KB",
    { "owasp-k8s": ["K06", "K09"] },
  ),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "a flag in a script",
        resources: template(
          "IyEvYmluL2Jhc2gKL2V0Yy9la3MvYm9vdHN0cmFwLnNoIHByb2QgLS1rdWJlbGV0LWV4dHJhLWFyZ3MgJy0tYW5vbnltb3VzLWF1dGg9dHJ1ZScK",
        ),
        path: "userData",
      },
      {
        title: "a field in NodeConfig",
        resources: [
          planned(USER_DATA_TYPES[1], "workers", {
            userData:
              "apiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  kubelet:\n    config:\n      readOnlyPort: 10255\n",
          }),
        ],
        path: "userData",
      },
    ],
    pass: [
      { title: "none", resources: [planned(TEMPLATE, "workers", {})] },
      {
        title: "other settings",
        resources: [
          planned(USER_DATA_TYPES[1], "workers", {
            userData:
              "kubelet:\n  config:\n    readOnlyPort: 0\n    streamingConnectionIdleTimeout: 4h\n    maxPods: 110\n",
          }),
        ],
      },
    ],
    unknown: [{ title: "it is an output", resources: template(unresolved("string")), path: "userData" }],
  },
  ...onResource(USER_DATA_TYPES, ({ resource, inputs }) => {
    const data = userDataOf(inputs);
    if (data === undefined) return pass();
    const { at, text } = data;
    if (text === UNKNOWN) return unknown(at, `the user data of '${resource.name}' is not known before the deployment`);
    const undone = FORBIDDEN.filter(([, flag, field]) => flag.test(text) || field.test(text)).map(([what]) => what);
    return undone.length === 0
      ? pass()
      : fail(at, `on machines from '${resource.name}', by their user data, ${undone.join("; ")}`);
  }),
});
