import type { FrameworkTable } from "../model.js";

/** The topics of the NSA and CISA Kubernetes Hardening Guidance. */
export const NSA_CISA: FrameworkTable = {
  id: "nsa-cisa",
  title: "NSA and CISA Kubernetes Hardening Guidance",
  version: "1.2",
  tableVersion: "1",
  source: "catalogue/rules.csv (rows marked NSA); the guidance's chapters (CTR U/OO/168286-21, August 2022)",
  asOf: "2026-11-21",
  namedBy: ["nsa-cisa"],
  complete: false,
  controls: [
    { id: "pod-security", title: "Kubernetes pod security" },
    { id: "network-separation", title: "network separation and hardening" },
    { id: "authentication", title: "authentication and authorization" },
    { id: "logging", title: "audit logging and threat detection" },
    { id: "upgrading", title: "upgrading and application security practices" },
    { id: "hardening", title: "other hardening named by the guidance" },
  ],
};

/** The ten risks of the OWASP Kubernetes Top Ten. */
export const OWASP_K8S: FrameworkTable = {
  id: "owasp-k8s",
  title: "OWASP Kubernetes Top Ten",
  version: "2025",
  tableVersion: "1",
  source:
    "catalogue/rules.csv, column owasp_k8s_2025_and_attack; titles after owasp.org/www-project-kubernetes-top-ten",
  asOf: "2026-11-21",
  namedBy: ["owasp-k8s"],
  complete: true,
  controls: [
    { id: "K01", title: "insecure workload configurations" },
    { id: "K02", title: "overly permissive authorization configurations" },
    { id: "K03", title: "secrets management failures" },
    { id: "K04", title: "lack of cluster-level policy enforcement" },
    { id: "K05", title: "missing network segmentation controls" },
    { id: "K06", title: "overly exposed Kubernetes components" },
    { id: "K07", title: "misconfigured and vulnerable cluster components" },
    { id: "K08", title: "cluster to cloud lateral movement" },
    { id: "K09", title: "broken authentication mechanisms" },
    { id: "K10", title: "inadequate logging and monitoring" },
  ],
};

/** The techniques of MITRE ATT&CK that rules make harder. */
export const ATTACK: FrameworkTable = {
  id: "attack",
  title: "MITRE ATT&CK techniques",
  version: "Enterprise",
  tableVersion: "1",
  source: "catalogue/rules.csv, column owasp_k8s_2025_and_attack; names after attack.mitre.org",
  asOf: "2026-11-21",
  namedBy: ["attack"],
  complete: false,
  controls: [
    { id: "T1021", title: "remote services" },
    { id: "T1040", title: "network sniffing" },
    { id: "T1046", title: "network service discovery" },
    { id: "T1048", title: "exfiltration over alternative protocol" },
    { id: "T1068", title: "exploitation for privilege escalation" },
    { id: "T1070", title: "indicator removal" },
    { id: "T1078.001", title: "valid accounts: default accounts" },
    { id: "T1078.003", title: "valid accounts: local accounts" },
    { id: "T1078.004", title: "valid accounts: cloud accounts" },
    { id: "T1098", title: "account manipulation" },
    { id: "T1098.006", title: "account manipulation: additional container cluster roles" },
    { id: "T1105", title: "ingress tool transfer" },
    { id: "T1133", title: "external remote services" },
    { id: "T1190", title: "exploit public-facing application" },
    { id: "T1204.003", title: "user execution: malicious image" },
    { id: "T1496", title: "resource hijacking" },
    { id: "T1499", title: "endpoint denial of service" },
    { id: "T1525", title: "implant internal image" },
    { id: "T1528", title: "steal application access token" },
    { id: "T1530", title: "data from cloud storage" },
    { id: "T1552", title: "unsecured credentials" },
    { id: "T1552.001", title: "unsecured credentials: credentials in files" },
    { id: "T1552.005", title: "unsecured credentials: cloud instance metadata API" },
    { id: "T1552.007", title: "unsecured credentials: container API" },
    { id: "T1557", title: "adversary in the middle" },
    { id: "T1562", title: "impair defenses" },
    { id: "T1609", title: "container administration command" },
    { id: "T1610", title: "deploy container" },
    { id: "T1611", title: "escape to host" },
  ],
};
