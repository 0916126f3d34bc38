/**
 * The parts of Kubernetes manifests that the constructs write, as types: a misspelt field does not compile. Field names
 * and meanings are those of the Kubernetes API reference (https://kubernetes.io/docs/reference/kubernetes-api/).
 */

/** Labels or annotations. */
export type StringMap = Readonly<Record<string, string>>;

/** A label selector by equality. `{}` selects everything. */
export interface LabelSelectorManifest {
  readonly matchLabels?: StringMap;
}

/** One container of a pod (`io.k8s.api.core.v1.Container`). */
export interface ContainerManifest {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: "Always" | "IfNotPresent";
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env?: readonly EnvVarManifest[];
  readonly ports?: readonly ContainerPortManifest[];
  readonly resources: { readonly requests: StringMap; readonly limits: StringMap };
  readonly securityContext: ContainerSecurityContextManifest;
  readonly volumeMounts?: readonly VolumeMountManifest[];
  readonly readinessProbe?: ProbeManifest;
  readonly livenessProbe?: ProbeManifest;
  readonly startupProbe?: ProbeManifest;
  readonly lifecycle?: { readonly postStart?: LifecycleHandlerManifest; readonly preStop?: LifecycleHandlerManifest };
  /** Only on init containers, where it makes a sidecar. */
  readonly restartPolicy?: "Always";
}

/** `io.k8s.api.core.v1.EnvVar`, without references to Secrets. */
export interface EnvVarManifest {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly fieldRef: { readonly fieldPath: string } };
}

/** `io.k8s.api.core.v1.ContainerPort`. */
export interface ContainerPortManifest {
  readonly name: string;
  readonly containerPort: number;
  readonly protocol: string;
}

/** `io.k8s.api.core.v1.SecurityContext`, as far as Pod Security `restricted` looks at it. */
export interface ContainerSecurityContextManifest {
  readonly allowPrivilegeEscalation: boolean;
  readonly privileged: boolean;
  readonly readOnlyRootFilesystem: boolean;
  readonly runAsNonRoot: boolean;
  /** Only where it differs from the pod's. */
  readonly runAsUser?: 0;
  readonly capabilities: { readonly drop: readonly ["ALL"]; readonly add?: readonly string[] };
}

/** `io.k8s.api.core.v1.LifecycleHandler`. As with probes, no handler has a `host`. */
export interface LifecycleHandlerManifest {
  readonly exec?: { readonly command: readonly string[] };
  readonly httpGet?: { readonly path: string; readonly port: number; readonly scheme: "HTTP" | "HTTPS" };
  readonly sleep?: { readonly seconds: number };
}

/** `io.k8s.api.core.v1.SeccompProfile` and `AppArmorProfile`, which have the same form. */
export interface ProfileManifest {
  readonly type: "RuntimeDefault" | "Localhost";
  readonly localhostProfile?: string;
}

/** `io.k8s.api.core.v1.VolumeMount`. */
export interface VolumeMountManifest {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: true;
}

/** `io.k8s.api.core.v1.Probe`. No handler has a `host`: the kubelet would connect to it from the node's network. */
export interface ProbeManifest {
  readonly httpGet?: { readonly path: string; readonly port: number; readonly scheme: "HTTP" | "HTTPS" };
  readonly tcpSocket?: { readonly port: number };
  readonly exec?: { readonly command: readonly string[] };
  readonly grpc?: { readonly port: number; readonly service?: string };
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

/** `io.k8s.api.core.v1.Volume`, of the kinds that Pod Security `restricted` admits, and a path of the host for agents of the node. */
export interface VolumeManifest {
  readonly name: string;
  readonly emptyDir?: { readonly sizeLimit: string; readonly medium?: "Memory" };
  readonly secret?: { readonly secretName: string; readonly defaultMode: number };
  readonly configMap?: { readonly name: string; readonly defaultMode: number };
  readonly projected?: { readonly defaultMode: number; readonly sources: readonly ProjectionManifest[] };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly hostPath?: { readonly path: string; readonly type: "" };
}

/** One source of a projected volume. */
export interface ProjectionManifest {
  readonly serviceAccountToken?: {
    readonly path: string;
    readonly expirationSeconds: number;
    readonly audience?: string;
  };
  readonly configMap?: {
    readonly name: string;
    readonly items: readonly { readonly key: string; readonly path: string }[];
  };
  readonly downwardAPI?: {
    readonly items: readonly { readonly path: string; readonly fieldRef: { readonly fieldPath: string } }[];
  };
}

/** A claim of a StatefulSet (`spec.volumeClaimTemplates`). */
export interface ClaimTemplateManifest {
  readonly apiVersion: "v1";
  readonly kind: "PersistentVolumeClaim";
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly accessModes: readonly ["ReadWriteOnce"];
    readonly storageClassName: string;
    readonly volumeMode: "Filesystem";
    readonly resources: { readonly requests: { readonly storage: string } };
  };
}

/** `io.k8s.api.core.v1.TopologySpreadConstraint`. */
export interface SpreadManifest {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly whenUnsatisfiable: "ScheduleAnyway" | "DoNotSchedule";
  readonly labelSelector: LabelSelectorManifest;
}

/** `io.k8s.api.core.v1.PodAffinityTerm`. */
export interface PodAffinityTermManifest {
  readonly topologyKey: string;
  readonly labelSelector: LabelSelectorManifest;
  readonly namespaces?: readonly string[];
}

/** `io.k8s.api.core.v1.PodAntiAffinity`. */
export interface PodAntiAffinityManifest {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTermManifest[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    readonly weight: number;
    readonly podAffinityTerm: PodAffinityTermManifest;
  }[];
}

/** `io.k8s.api.core.v1.Toleration`. */
export interface TolerationManifest {
  readonly key?: string;
  readonly operator: "Exists" | "Equal";
  readonly value?: string;
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** `io.k8s.api.core.v1.PodSecurityContext`, as the constructs write it. */
export interface PodSecurityContextManifest {
  readonly runAsNonRoot: true;
  readonly runAsUser: number;
  readonly runAsGroup: number;
  readonly fsGroup: number;
  readonly fsGroupChangePolicy: "OnRootMismatch";
  readonly seccompProfile: ProfileManifest;
  readonly appArmorProfile?: ProfileManifest;
  readonly seLinuxOptions?: { readonly type?: string; readonly level?: string };
}

/** `io.k8s.api.core.v1.PodSpec`, as the constructs write it. */
export interface PodSpecManifest {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: false;
  readonly enableServiceLinks: false;
  readonly terminationGracePeriodSeconds: number;
  /** Only in Jobs; elsewhere Kubernetes takes `Always` and nothing else. */
  readonly restartPolicy?: "Never" | "OnFailure";
  readonly runtimeClassName?: string;
  readonly priorityClassName?: string;
  readonly nodeSelector?: StringMap;
  readonly tolerations?: readonly TolerationManifest[];
  readonly affinity?: { readonly podAntiAffinity: PodAntiAffinityManifest };
  readonly hostUsers?: false;
  readonly hostNetwork?: true;
  readonly hostPID?: true;
  readonly dnsPolicy?: "ClusterFirstWithHostNet";
  readonly securityContext: PodSecurityContextManifest;
  readonly topologySpreadConstraints?: readonly SpreadManifest[];
  readonly initContainers?: readonly ContainerManifest[];
  readonly containers: readonly ContainerManifest[];
  readonly volumes?: readonly VolumeManifest[];
}

/** The pod template of a workload. */
export interface PodTemplateManifest {
  readonly metadata: { readonly labels: StringMap; readonly annotations?: StringMap };
  readonly spec: PodSpecManifest;
}

/** One end of a rule of a NetworkPolicy (`NetworkPolicyPeer`). Both selectors in one item mean both must match. */
export interface NetworkPolicyPeerManifest {
  readonly namespaceSelector?: LabelSelectorManifest;
  readonly podSelector?: LabelSelectorManifest;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

/** One port of a rule of a NetworkPolicy; always a number. */
export interface NetworkPolicyPortManifest {
  readonly port: number;
  readonly protocol: string;
}

/** `io.k8s.api.networking.v1.NetworkPolicySpec`; both directions are always named. */
export interface NetworkPolicySpecManifest {
  readonly podSelector: LabelSelectorManifest;
  readonly policyTypes: readonly ["Ingress", "Egress"];
  readonly ingress?: readonly {
    readonly from: readonly NetworkPolicyPeerManifest[];
    readonly ports: readonly NetworkPolicyPortManifest[];
  }[];
  readonly egress?: readonly {
    readonly to: readonly NetworkPolicyPeerManifest[];
    readonly ports: readonly NetworkPolicyPortManifest[];
  }[];
}

/** One rule of a Role or ClusterRole (`io.k8s.api.rbac.v1.PolicyRule`). */
export interface PolicyRuleManifest {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}
