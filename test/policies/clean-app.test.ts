/** An application as it should be: restricted, denied by default, with TLS at its edge. The default set has nothing to say of it. */
import { judge } from "../../policies/index.js";
import { brief, planOfYaml } from "./yaml.js";
import { TODAY } from "./said.js";

const DIGEST = `sha256:${"0".repeat(64)}`;

function policy(name: string, spec: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
---`;
}

function deployment(name: string, port: number): string {
  return `
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: shop }
automountServiceAccountToken: false
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec:
  ports: [{ name: http, port: 80, targetPort: ${port} }]
  selector: { app: ${name} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      serviceAccountName: ${name}
      automountServiceAccountToken: false
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: ${name}
          image: registry.example.com/shop/${name}@${DIGEST}
          ports: [{ containerPort: ${port} }]
          env: [{ name: DB_PASSWORD_FILE, value: /run/secrets/db/password }]
          readinessProbe: { httpGet: { path: /ready, port: ${port} } }
          resources:
            limits: { memory: 256Mi }
            requests: { cpu: 100m, memory: 256Mi }
          securityContext:
            allowPrivilegeEscalation: false
            capabilities: { drop: [ALL] }
            readOnlyRootFilesystem: true
          volumeMounts:
            - { name: tmp, mountPath: /tmp }
            - { name: db, mountPath: /run/secrets/db, readOnly: true }
      volumes:
        - { name: tmp, emptyDir: { sizeLimit: 64Mi } }
        - { name: db, secret: { secretName: db } }
---`;
}

const APP = [
  `
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/enforce-version: latest }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: default, namespace: shop }
automountServiceAccountToken: false
---`,
  policy("default-deny", "{ podSelector: {}, policyTypes: [Ingress, Egress] }"),
  policy(
    "dns",
    "{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { k8s-app: kube-dns } } }], ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }] }] }",
  ),
  policy(
    "web-to-api",
    "{ podSelector: { matchLabels: { app: api } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }] }",
  ),
  policy(
    "api-from-web",
    "{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: api } } }], ports: [{ port: 8080 }] }] }",
  ),
  policy(
    "edge-to-web",
    "{ podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress], ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/16 } }], ports: [{ port: 8443 }] }] }",
  ),
  deployment("web", 8443),
  deployment("api", 8080),
  `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations:
    alb.ingress.kubernetes.io/scheme: internal
    alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]'
    alb.ingress.kubernetes.io/certificate-arn: arn:aws:acm:eu-west-1:111122223333:certificate/a
    alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-TLS13-1-2-2021-06
spec:
  ingressClassName: alb
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: shop }
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        metadata: { labels: { app: report } }
        spec:
          restartPolicy: Never
          serviceAccountName: report
          automountServiceAccountToken: true
          securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
          containers:
            - name: report
              image: registry.example.com/shop/report@${DIGEST}
              resources: { limits: { memory: 128Mi }, requests: { cpu: 50m, memory: 128Mi } }
              securityContext:
                allowPrivilegeEscalation: false
                capabilities: { drop: [ALL] }
                readOnlyRootFilesystem: true
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: report, namespace: shop }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: report, namespace: shop }
rules: [{ apiGroups: [apps], resources: [deployments], verbs: [get, list] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: report, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: report }
subjects: [{ kind: ServiceAccount, name: report, namespace: shop }]`,
].join("\n");

test("a clean application gets no finding in the default set", () => {
  const { findings, defects, counts } = judge(planOfYaml(APP), { today: TODAY });
  expect(defects).toEqual([]);
  expect(findings.map(brief)).toEqual([]);
  expect(counts.pass).toBeGreaterThan(100);
});

test("nor in the sets of the Pod Security Standards", () => {
  expect(judge(planOfYaml(APP), { sets: ["pss-restricted"], today: TODAY }).findings.map(brief)).toEqual([]);
});
