import fc from "fast-check";
import {
  AppArmor,
  HardenedCronJob,
  HardenedDaemonSet,
  HardenedDeployment,
  HardenedJob,
  HardenedNamespace,
  HardenedStatefulSet,
  ImageRef,
  LifecycleHook,
  Port,
  Probe,
  RootFilesystem,
  RunAs,
  Seccomp,
  ServiceAccountToken,
  Volume,
} from "../../constructs/index.js";
import type { NamedContainerProps } from "../../constructs/index.js";
import { MINORS, schemaProblems } from "./schema.js";
import { DIGEST, synth } from "./synth.js";
import type { Manifest } from "./synth.js";

interface Container {
  readonly name: string;
  readonly resources?: { readonly requests?: object; readonly limits?: object };
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly securityContext?: {
    readonly privileged?: boolean;
    readonly allowPrivilegeEscalation?: boolean;
    readonly runAsUser?: number;
    readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  };
}

interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly hostUsers?: boolean;
  readonly runtimeClassName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly serviceAccountName?: string;
  readonly securityContext?: {
    readonly runAsNonRoot?: boolean;
    readonly runAsUser?: number;
    readonly seccompProfile?: { readonly type: string };
    readonly appArmorProfile?: { readonly type: string };
    readonly seLinuxOptions?: { readonly user?: string };
  };
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
}

const RESTRICTED_VOLUMES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

/** What Pod Security `restricted` (1.36) would say, and what every pod here has beyond it. Written from the standard, not from the constructs. */
function violations(pod: PodSpec): readonly string[] {
  const told: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) told.push(what);
  };
  must(pod.hostNetwork !== true && pod.hostPID !== true && pod.hostIPC !== true, "host namespaces");
  must(pod.securityContext?.runAsNonRoot === true, "runAsNonRoot");
  must(pod.securityContext?.runAsUser !== 0, "runAsUser");
  must(["RuntimeDefault", "Localhost"].includes(pod.securityContext?.seccompProfile?.type ?? ""), "seccomp");
  must(pod.hostUsers === false || pod.runtimeClassName !== undefined, "user namespace");
  must([undefined, "RuntimeDefault", "Localhost"].includes(pod.securityContext?.appArmorProfile?.type), "AppArmor");
  must(pod.securityContext?.seLinuxOptions?.user === undefined, "SELinux user");
  must(pod.automountServiceAccountToken === false, "token");
  must(pod.serviceAccountName !== undefined && pod.serviceAccountName !== "default", "service account");
  for (const volume of pod.volumes ?? [])
    must(
      Object.keys(volume).every((key) => key === "name" || RESTRICTED_VOLUMES.includes(key)),
      `volume ${String(volume["name"])}`,
    );
  for (const c of [...pod.containers, ...(pod.initContainers ?? [])]) {
    must(c.securityContext?.privileged !== true, `${c.name}: privileged`);
    must(c.securityContext?.allowPrivilegeEscalation === false, `${c.name}: allowPrivilegeEscalation`);
    must(c.securityContext?.runAsUser !== 0, `${c.name}: runAsUser`);
    must(c.securityContext?.capabilities?.drop?.includes("ALL") === true, `${c.name}: drop ALL`);
    must(
      (c.securityContext?.capabilities?.add ?? []).every((cap) => cap === "NET_BIND_SERVICE"),
      `${c.name}: add`,
    );
    must(
      (c.ports ?? []).every((port) => port.hostPort === undefined),
      `${c.name}: hostPort`,
    );
    must(c.resources?.requests !== undefined && c.resources.limits !== undefined, `${c.name}: resources`);
  }
  return told;
}

const reason = "generated for the property that follows";
const quota = { memoryGiB: 1000 };
const image = fc.constantFrom(ImageRef.parse(`ghcr.io/app@${DIGEST}`), ImageRef.unpinned("ghcr.io/app:1", { reason }));
const container = (name: string): fc.Arbitrary<NamedContainerProps> =>
  fc.record(
    {
      name: fc.constant(name),
      image,
      command: fc.array(fc.constantFrom("sh", "-c", "sleep 1")),
      env: fc.dictionary(fc.stringMatching(/^[B-D][A-Z]{0,5}$/), fc.stringMatching(/^[a-z]{0,10}$/)),
      ports: fc.constantFrom({}, { [name]: Port.udp(name.length + 2000) }, { [name]: name.length + 3000 }),
      mounts: fc.constantFrom(
        {},
        { "/tmp": Volume.scratch(`${name}-tmp`) },
        { "/etc/tls": Volume.secret(`${name}-tls`, { secretName: "tls" }) },
      ),
      resources: fc.record({ memoryMiB: fc.integer({ min: 4, max: 4096 }) }, { requiredKeys: [] }),
      rootFilesystem: fc.constantFrom(RootFilesystem.readOnly(), RootFilesystem.writable({ reason })),
    },
    { requiredKeys: ["name", "image"] },
  );
const workload = fc.record(
  {
    main: container("main"),
    initContainers: fc.array(container("prepare"), { maxLength: 1 }),
    sidecars: fc.array(container("sidecar"), { maxLength: 1 }),
    runAs: fc.integer({ min: 1, max: 65_535 }).map((uid) => RunAs.uid(uid)),
    serviceAccountToken: fc.constantFrom(
      ServiceAccountToken.none(),
      ServiceAccountToken.apiServer({ reason }),
      ServiceAccountToken.projected({ audience: "vault", mountPath: "/run/vault", reason }),
    ),
    liveness: fc.constant(Probe.exec(["true"])),
    seccomp: fc.constantFrom(Seccomp.runtimeDefault(), Seccomp.localhost("profiles/app.json")),
    appArmor: fc.constantFrom(AppArmor.runtimeDefault(), AppArmor.localhost("app")),
    seLinux: fc.constantFrom({}, { level: "s0:c1" }, { type: "container_init_t" as const }),
    runtimeClassName: fc.constant("gvisor"),
    qosClass: fc.constantFrom("Guaranteed" as const, "Burstable" as const),
    preStop: fc.constant(LifecycleHook.sleep(3)),
    tolerations: fc.constant([{ key: "spot" }]),
    kind: fc.constantFrom("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"),
  },
  { requiredKeys: ["main", "kind"] },
);

type Props = ConstructorParameters<typeof HardenedJob>[2];

function create(kind: string, ns: HardenedNamespace, props: Props): void {
  switch (kind) {
    case "Deployment":
      new HardenedDeployment(ns, "api", props);
      return;
    case "StatefulSet":
      new HardenedStatefulSet(ns, "api", props);
      return;
    case "DaemonSet":
      new HardenedDaemonSet(ns, "api", props);
      return;
    case "Job":
      new HardenedJob(ns, "api", props);
      return;
    default:
      new HardenedCronJob(ns, "api", { ...props, schedule: "@daily" });
  }
}

/** The pod of a workload, wherever its kind keeps it. */
function podOf({ spec }: Manifest): PodSpec {
  const { jobTemplate, template } = spec as {
    jobTemplate?: { spec: { template: { spec: PodSpec } } };
    template: { spec: PodSpec };
  };
  return (jobTemplate?.spec.template ?? template).spec;
}

test("every pod that can be written is valid and passes Pod Security restricted, whatever else is chosen or loosened", () => {
  fc.assert(
    fc.property(workload, ({ main, kind, ...rest }) => {
      const manifests = synth((chart) => {
        create(kind, new HardenedNamespace(chart, "shop", { quota }), { ...main, name: "api", ...rest });
      });
      const pods = manifests.filter((m) => m.kind === kind).map(podOf);
      expect(pods).toHaveLength(1);
      expect(pods.flatMap(violations)).toEqual([]);
      expect(MINORS.flatMap((minor) => manifests.flatMap((manifest) => schemaProblems(manifest, minor)))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("the property can fail", () => {
  expect(violations({ containers: [{ name: "a" }] })).toEqual([
    "runAsNonRoot",
    "seccomp",
    "user namespace",
    "token",
    "service account",
    "a: allowPrivilegeEscalation",
    "a: drop ALL",
    "a: resources",
  ]);
});
