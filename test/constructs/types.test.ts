/** What does not compile: dangerous choices without a reason, and empty selections that would mean everything. */
import { EveryTaint, HostAccess, Namespaces, PodSecurity, UserNamespace } from "../../constructs/index.js";
import type { ContainerProps, HardenedDeploymentProps, SystemNamespaceProps } from "../../constructs/index.js";
import { InputError } from "../../core/issue.js";

test("every loosening asks for a reason, also where the compiler was told to look away", () => {
  const calls: readonly (() => unknown)[] = [
    // @ts-expect-error: no reason
    () => HostAccess.network({}),
    // @ts-expect-error: no reason
    () => HostAccess.writePath("/var/log", { mountPath: "/log" }),
    // @ts-expect-error: no reason
    () => UserNamespace.host({}),
    // @ts-expect-error: no reason
    () => EveryTaint.tolerated({}),
    // @ts-expect-error: no reason
    () => PodSecurity.privileged({}),
  ].map((call) => () => {
    try {
      return call();
    } catch (error) {
      return error instanceof InputError || error instanceof TypeError;
    }
  });
  expect(calls.map((call) => call())).toEqual([true, true, true, true, true]);
});

test("selections and switches that the types refuse", () => {
  const refused = {
    // @ts-expect-error: at least one name
    none: () => Namespaces.named(),
    // @ts-expect-error: what Pod Security restricted asks for cannot be named
    privileged: { image: "a", privileged: true } satisfies ContainerProps,
    // @ts-expect-error: the network of the node is no switch
    hostNetwork: { image: "a", hostNetwork: true } satisfies HardenedDeploymentProps,
    // @ts-expect-error: the level follows from what is granted
    level: { hostAccess: [], podSecurity: PodSecurity.restricted() } satisfies SystemNamespaceProps,
  };
  expect(Object.keys(refused)).toHaveLength(4);
});
