import type { FrameworkTable } from "../model.js";

/**
 * The requirements of PCI DSS that rules help to check, by number alone: the standard's text is not free to repeat.
 */
export const PCI_DSS: FrameworkTable = {
  id: "pci-dss-4",
  title: "PCI DSS",
  version: "4.0.1",
  tableVersion: "1",
  source: "catalogue/rules.csv (public mappings to PCI DSS 4.0)",
  asOf: "2026-11-21",
  namedBy: ["pci-dss-4"],
  complete: false,
  controls: [],
};

/** The specifications of the HIPAA Security Rule (45 CFR part 164, subpart C) that rules help to check. */
export const HIPAA: FrameworkTable = {
  id: "hipaa",
  title: "HIPAA Security Rule",
  version: "45 CFR 164, subpart C",
  tableVersion: "1",
  source: "catalogue/rules.csv (public mappings); headings of 45 CFR 164.308, 164.312 and 164.314, public domain",
  asOf: "2026-11-21",
  namedBy: ["hipaa"],
  complete: false,
  controls: [
    { id: "164.308(a)(1)(ii)(a)", title: "risk analysis" },
    { id: "164.308(a)(1)(ii)(b)", title: "risk management" },
    { id: "164.308(a)(1)(ii)(d)", title: "information system activity review" },
    { id: "164.308(a)(3)(i)", title: "workforce security" },
    { id: "164.308(a)(4)(ii)(a)", title: "isolating clearinghouse functions" },
    { id: "164.308(a)(4)(ii)(c)", title: "access establishment and modification" },
    { id: "164.308(a)(5)(ii)(d)", title: "password management" },
    { id: "164.308(a)(7)(i)", title: "contingency plan" },
    { id: "164.312(a)(1)", title: "access control" },
    { id: "164.312(a)(2)(i)", title: "unique user identification" },
    { id: "164.312(a)(2)(ii)", title: "emergency access procedure" },
    { id: "164.312(a)(2)(iv)", title: "encryption and decryption" },
    { id: "164.312(b)", title: "audit controls" },
    { id: "164.312(c)(1)", title: "integrity" },
    { id: "164.312(c)(2)", title: "mechanism to authenticate electronic protected health information" },
    { id: "164.312(e)(1)", title: "transmission security" },
    { id: "164.312(e)(2)(i)", title: "integrity controls in transmission" },
    { id: "164.312(e)(2)(ii)", title: "encryption in transmission" },
    { id: "164.314(b)(1)", title: "group health plans: safeguards" },
    { id: "164.314(b)(2)", title: "group health plans: plan documents" },
  ],
};

/**
 * The common criteria of SOC 2 that rules help to check, as Kubescape maps its controls to them; a rule stands where it
 * checks what the control of that id checks.
 */
export const SOC2: FrameworkTable = {
  id: "soc2",
  title: "SOC 2 common criteria",
  version: "TSC 2017",
  tableVersion: "1",
  source:
    "kubescape/regolibrary, frameworks/soc2.json (6f60b06): C-0260, C-0012, C-0186, C-0035, C-0067, C-0263, C-0264, by the Kubescape ids in catalogue/rules.csv",
  asOf: "2026-11-21",
  namedBy: [],
  complete: false,
  controls: [
    {
      id: "CC6.1",
      title: "logical access is restricted: firewalls, keys and secrets, administrators, data in motion",
      rules: [
        "pod-covered-by-network-policy",
        "configmap-no-secrets",
        "container-no-plaintext-secret-env",
        "rbac-no-secret-read",
        "rbac-no-cluster-admin-binding",
        "ingress-tls",
      ],
    },
    { id: "CC6.2", title: "access is granted by authorization", rules: ["rbac-no-cluster-admin-binding"] },
    {
      id: "CC6.6",
      title: "threats from outside the boundary are kept out",
      rules: [
        "pod-covered-by-network-policy",
        "configmap-no-secrets",
        "container-no-plaintext-secret-env",
        "rbac-no-secret-read",
        "ingress-tls",
      ],
    },
    {
      id: "CC6.7",
      title: "information is protected where it moves and rests",
      rules: [
        "configmap-no-secrets",
        "container-no-plaintext-secret-env",
        "rbac-no-secret-read",
        "rbac-no-cluster-admin-binding",
        "ingress-tls",
        "storageclass-encrypted",
      ],
    },
    {
      id: "CC6.8",
      title: "unauthorized software is prevented or detected",
      rules: ["rbac-no-cluster-admin-binding", "eks-control-plane-logging-all-types"],
    },
    { id: "CC7.1", title: "changes and vulnerabilities are detected", rules: ["eks-control-plane-logging-all-types"] },
    {
      id: "CC7.2",
      title: "system components are monitored",
      rules: ["eks-control-plane-logging-all-types", "pod-covered-by-network-policy"],
    },
  ],
};
