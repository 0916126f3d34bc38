/** Inputs that are passwords by what they are (@pulumi/aws 7.48, @pulumi/kubernetes 4.34). */
export const SENSITIVE_INPUTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws:rds/instance:Instance", ["password"]],
  ["aws:rds/cluster:Cluster", ["masterPassword"]],
  ["aws:docdb/cluster:Cluster", ["masterPassword"]],
  ["aws:redshift/cluster:Cluster", ["masterPassword"]],
  ["aws:elasticache/replicationGroup:ReplicationGroup", ["authToken"]],
  ["aws:secretsmanager/secretVersion:SecretVersion", ["secretString", "secretBinary"]],
  ["kubernetes:core/v1:Secret", ["data", "stringData"]],
]);
