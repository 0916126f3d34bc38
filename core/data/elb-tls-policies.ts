/**
 * Security policies of Application and Network Load Balancers that a listener may have here: TLS 1.2 and 1.3 only, forward
 * secrecy and authenticated encryption only.
 *
 * Read 2026-11-21 from a stored copy of
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html. AWS recommends the first;
 * a listener that names none gets `ELBSecurityPolicy-2016-08`, which allows TLS 1.0.
 */
export const ELB_TLS_POLICIES = [
  "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
] as const;

/** Name of a security policy of a load balancer. */
export type ElbTlsPolicy = (typeof ELB_TLS_POLICIES)[number];

/** The policy of a listener when nobody says otherwise: the one that AWS recommends, with post-quantum key exchange. */
export const DEFAULT_ELB_TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" satisfies ElbTlsPolicy;
