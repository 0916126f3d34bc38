/**
 * Ports that must not be open to the internet.
 *
 * Read 2026-11-21. Remote administration and the general list: AWS Security Hub controls EC2.13, EC2.14 and EC2.19
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html). Kubernetes: its page on ports and protocols
 * (https://kubernetes.io/docs/reference/networking/ports-and-protocols/). Docker: 2375 and 2376, `dockerd --host`.
 */

/** One range with what listens there; both ends inclusive. */
export interface ListenedPorts {
  readonly from: number;
  readonly to: number;
  readonly service: string;
}

/** Where machines are administered: SSH and remote desktop. */
export const ADMIN_PORTS = [
  { from: 22, to: 22, service: "SSH" },
  { from: 3389, to: 3389, service: "remote desktop" },
] as const satisfies readonly ListenedPorts[];

/** Where container hosts, cluster components, databases, caches and consoles listen, most of them without authentication. */
export const HIGH_RISK_PORTS = [
  { from: 20, to: 21, service: "FTP" },
  { from: 23, to: 23, service: "Telnet" },
  { from: 25, to: 25, service: "SMTP" },
  { from: 110, to: 110, service: "POP3" },
  { from: 135, to: 135, service: "Windows RPC" },
  { from: 143, to: 143, service: "IMAP" },
  { from: 445, to: 445, service: "SMB" },
  { from: 1433, to: 1434, service: "SQL Server" },
  { from: 2375, to: 2376, service: "the Docker API" },
  { from: 2379, to: 2380, service: "etcd" },
  { from: 3000, to: 3000, service: "a development server" },
  { from: 3306, to: 3306, service: "MySQL" },
  { from: 4194, to: 4194, service: "cAdvisor" },
  { from: 4333, to: 4333, service: "mSQL" },
  { from: 5000, to: 5000, service: "a development server" },
  { from: 5432, to: 5432, service: "PostgreSQL" },
  { from: 5500, to: 5500, service: "a development server" },
  { from: 5601, to: 5601, service: "OpenSearch Dashboards" },
  { from: 6379, to: 6379, service: "Redis" },
  { from: 6443, to: 6443, service: "the Kubernetes API" },
  { from: 8001, to: 8001, service: "kubectl proxy" },
  { from: 8080, to: 8080, service: "a proxy or console" },
  { from: 8088, to: 8088, service: "a console" },
  { from: 8888, to: 8888, service: "a notebook or proxy" },
  { from: 9200, to: 9200, service: "OpenSearch" },
  { from: 9300, to: 9300, service: "OpenSearch" },
  { from: 10250, to: 10250, service: "the kubelet" },
  { from: 10255, to: 10256, service: "the kubelet, kube-proxy" },
  { from: 11211, to: 11211, service: "memcached" },
  { from: 27017, to: 27019, service: "MongoDB" },
  { from: 30000, to: 32767, service: "NodePorts of Kubernetes Services" },
] as const satisfies readonly ListenedPorts[];
