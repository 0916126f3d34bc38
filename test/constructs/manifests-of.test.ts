import { App, Chart } from "cdk8s";
import { HardenedDeployment, HardenedNamespace, manifestsOf } from "../../constructs/index.js";
import { IMAGE } from "./synth.js";

function shop(names: readonly string[]): App {
  const app = new App();
  for (const name of names) {
    const namespace = new HardenedNamespace(new Chart(app, name), name);
    new HardenedDeployment(namespace, "web", { image: IMAGE, ports: { http: 8080 } }).expose();
  }
  return app;
}

test("namespaces first, then by namespace, kind and name, in whatever order they were made", () => {
  const lines = manifestsOf(shop(["b", "a"])).map(
    ({ kind, metadata: { name, namespace } }) => `${namespace ?? ""} ${kind} ${name}`,
  );
  expect(lines.slice(0, 4)).toEqual([
    " Namespace a",
    " Namespace b",
    "a Deployment web",
    "a LimitRange container-defaults",
  ]);
  expect(manifestsOf(shop(["b", "a"]))).toEqual(manifestsOf(shop(["a", "b"])));
});

test("every construct is validated once, however many charts there are", () => {
  const app = shop(["a", "b", "c", "d"]);
  let asked = 0;
  const counting = {
    validate: () => {
      asked += 1;
      return [];
    },
  };
  for (const construct of app.node.findAll()) construct.node.addValidation(counting);
  manifestsOf(app);
  expect(asked).toBe(app.node.findAll().length);
});

test("all problems in one message, each with the path of its construct", () => {
  const app = shop(["a"]);
  new HardenedNamespace(new Chart(app, "more"), "Bad");
  new HardenedNamespace(new Chart(app, "most"), "kube-system");
  expect(() => manifestsOf(app)).toThrow(
    [
      "The constructs have problems:",
      "  [more/Bad] 'name' must be a DNS label of at most 63 characters, got 'Bad'. Use lower-case letters, digits and '-', with a letter or digit at both ends",
      "  [most/kube-system] 'name' must not be a namespace of the system, got 'kube-system'. Give the application a namespace of its own",
    ].join("\n"),
  );
});
