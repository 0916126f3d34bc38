import { UserError } from "../../core/issue.js";
import { installLine, loadPeers } from "../../core/peers.js";

function notFound(name: string): Error {
  return Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- /app/index.js`), {
    code: "MODULE_NOT_FOUND",
  });
}

describe("loadPeers", () => {
  test.each(["cdk8s", "cdk8s/lib/app"])(
    "names the package and the whole install line when '%s' is not found",
    (name) => {
      const load = (): void => {
        loadPeers("ringfence/constructs", () => {
          throw notFound(name);
        });
      };
      expect(load).toThrow(
        new UserError(
          "'ringfence/constructs' needs the package cdk8s, which is not installed. Run: npm install ringfence cdk8s constructs",
        ),
      );
    },
  );

  test("leaves what a peer itself misses, and any other error, as it is", () => {
    for (const error of [notFound("yaml"), notFound("cdk8s-plus-28"), new Error("broken")]) {
      const load = (): void => {
        loadPeers("ringfence/constructs", () => {
          throw error;
        });
      };
      expect(load).toThrow(error);
    }
  });

  test("says nothing when all is there", () => {
    const loaded: string[] = [];
    loadPeers("ringfence/infra", () => loaded.push("all"));
    expect(loaded).toEqual(["all"]);
  });
});

test("installLine names Ringfence and every peer of the entry", () => {
  expect(installLine("ringfence/policies/pack")).toBe("npm install ringfence @pulumi/pulumi @pulumi/policy");
});
