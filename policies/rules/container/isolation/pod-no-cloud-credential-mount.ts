import { UNKNOWN } from "../../../../plan/world/index.js";
import { defineRule, references } from "../../../define.js";
import { deployment, unresolved } from "../../../examples.js";
import { judgeHostPaths } from "../../../lib/host-paths.js";
import { onPods } from "../../../shapes.js";
import { fail, pass, unknown } from "../../../verdicts.js";

/** Where the command lines of AWS, Azure and Google Cloud, and the older Azure cloud provider, keep credentials. */
const CREDENTIALS = /\/(\.aws|\.azure|\.config\/gcloud)(\/|$)|^\/etc\/kubernetes\/azure\.json$/;

/**
 * No container mounts a path of the node that holds a person's or a node's cloud credentials, by the places where the
 * command lines of AWS, Azure and Google Cloud keep them (`spec.volumes[*].hostPath.path`).
 */
export const podNoCloudCredentialMount = defineRule({
  id: "pod-no-cloud-credential-mount",
  title: "no container mounts cloud credentials of its node",
  ring: "container",
  severity: "medium",
  rationale:
    "Credentials that lie on a node belong to whoever set it up, and reach the whole account. Mounted into a pod, they are its intruder's.",
  remediation: 'serviceAccountName: "backup"  // with a Pod Identity association to a role of its own, and no hostPath',
  references: references("catalogue/rules.csv: C-0020", { "owasp-k8s": ["K08"], attack: ["T1552.001"] }),
  since: "0.1.0",
  examples: {
    fail: [
      {
        title: "the credentials of root",
        resources: [
          deployment("backup", {
            volumes: [{ name: "host", hostPath: { path: "/root/.aws" } }],
            containers: [
              {
                name: "backup",
                image: "backup",
                volumeMounts: [{ name: "host", mountPath: "/root/.aws", readOnly: true }],
              },
            ],
          }),
        ],
        path: "spec.template.spec.volumes[0].hostPath.path",
      },
      {
        title: "by a sub-path",
        resources: [
          deployment("backup", {
            volumes: [{ name: "host", hostPath: { path: "/home" } }],
            containers: [
              {
                name: "backup",
                image: "backup",
                volumeMounts: [{ name: "host", mountPath: "/aws", subPath: "ec2-user/.aws/credentials" }],
              },
            ],
          }),
        ],
        path: "spec.template.spec.volumes[0].hostPath.path",
      },
    ],
    pass: [
      {
        title: "a folder of the node without credentials",
        resources: [
          deployment("backup", {
            volumes: [{ name: "host", hostPath: { path: "/var/backups" } }],
            containers: [
              {
                name: "backup",
                image: "backup",
                volumeMounts: [{ name: "host", mountPath: "/backups", readOnly: true }],
              },
            ],
          }),
        ],
      },
      {
        title: "a folder called alike",
        resources: [
          deployment("backup", {
            volumes: [{ name: "host", hostPath: { path: "/srv/aws" } }],
            containers: [
              { name: "backup", image: "backup", volumeMounts: [{ name: "host", mountPath: "/aws", readOnly: true }] },
            ],
          }),
        ],
      },
    ],
    unknown: [
      {
        title: "the path is an output",
        resources: [
          deployment("backup", {
            volumes: [{ name: "host", hostPath: { path: unresolved("string") } }],
            containers: [{ name: "backup", image: "backup", volumeMounts: [{ name: "host", mountPath: "/host" }] }],
          }),
        ],
        path: "spec.template.spec.volumes[0].hostPath.path",
      },
    ],
  },
  ...onPods((pod) =>
    judgeHostPaths(pod, ({ at, path, mounts, mountsUnknown }) => {
      const place = at.at("path");
      if (mounts.some((mount) => mount.path !== UNKNOWN && CREDENTIALS.test(mount.path)))
        return [fail(place, `${pod.label} mounts cloud credentials that lie on its node`)];
      const late = path === UNKNOWN || mounts.some((mount) => mount.path === UNKNOWN);
      if (!late && !(mountsUnknown && CREDENTIALS.test(path))) return [pass()];
      return [unknown(place, `which path of its node ${pod.label} mounts is not known before the deployment`)];
    }),
  ),
});
