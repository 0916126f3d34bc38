/**
 * `npx tsx bench/constructs/synthesis.ts`: what synthesis costs by the number of objects. Prints, as medians, the time to build
 * the tree, to check it, and to render every object; and the time of cdk8s's own `synthYaml` for comparison.
 */
import { App, Chart } from "cdk8s";
import { HardenedDeployment, HardenedNamespace, manifestsOf } from "../../constructs/index.js";

const COUNTS = [1000, 2000, 5000, 10_000] as const;
const RUNS = 3;
/** Of one namespace of four workloads that call each other. */
const OBJECTS_PER_NAMESPACE = 26;
const IMAGE = `registry.example.com/app@sha256:${"0".repeat(64)}`;

function build(objects: number): App {
  const app = new App();
  for (let i = 0; i < objects / OBJECTS_PER_NAMESPACE; i++) {
    const namespace = new HardenedNamespace(new Chart(app, `chart-${i}`), `team-${i}`);
    const workloads = ["a", "b", "c", "d"].map(
      (name) => new HardenedDeployment(namespace, name, { image: IMAGE, ports: { http: 8080 } }),
    );
    for (const server of workloads) {
      server.expose();
      for (const client of workloads) if (client !== server) client.allowTo(server);
    }
  }
  return app;
}

function timed<T>(run: () => T): { readonly ms: number; readonly result: T } {
  const started = performance.now();
  const result = run();
  return { ms: performance.now() - started, result };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

console.log("objects   build   render   render per object   synthYaml of cdk8s");
build(COUNTS[0]);
for (const count of COUNTS) {
  const runs = Array.from({ length: RUNS }, () => {
    const built = timed(() => build(count));
    const rendered = timed(() => manifestsOf(built.result));
    return { build: built.ms, render: rendered.ms, objects: rendered.result.length };
  });
  const objects = runs[0]?.objects ?? 0;
  const render = median(runs.map((run) => run.render));
  const yaml = count > 5000 ? undefined : timed(() => build(count).synthYaml()).ms;
  const cells = [
    `${objects}`.padStart(7),
    `${Math.round(median(runs.map((run) => run.build)))} ms`.padStart(7),
    `${Math.round(render)} ms`.padStart(8),
    `${(render / objects).toFixed(3)} ms`.padStart(19),
    yaml === undefined ? "" : `${Math.round(yaml)} ms`.padStart(20),
  ];
  console.log(cells.join(" "));
}
