/** A Pod with a password in it that no output may show. By default it has one finding under {@link PID}, at line 7, column 12. */
export const POD = (name: string, spec = "hostPID: true # see the others"): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: vote
spec:
  ${spec}
  containers:
    - name: ${name}
      image: example.com/${name}
      env:
        - {name: DB_PASSWORD, value: hunter22secret}
`;
/** Options that ask that one rule. */
export const PID = ["--rule", "pod-no-host-pid"];
/** Id of the Pod called `web`. */
export const ID = "kubernetes:core/v1:Pod vote/web";
