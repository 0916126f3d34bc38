import type { KubernetesData } from "./apps.js";
import { namespace, objectsOf } from "./apps.js";
import { toYaml } from "./emit.js";
import { Random } from "./random.js";

const APPS_PER_NAMESPACE = 5;
const WORDS = ["cart", "mail", "search", "ledger", "stock", "quote", "photo", "audit", "route", "vote"] as const;

/**
 * A cluster of a company, as many objects as asked for: namespaces with applications, three in four of them written with
 * care. The same seed gives the same world.
 *
 * @param seed
 * @default 1
 */
export function generateWorld(objects: number, seed = 1): KubernetesData[] {
  const random = new Random(seed);
  const world: KubernetesData[] = [];
  for (let n = 0; world.length < objects; n++) {
    const place = `${random.pick(WORDS)}-${n}`;
    const careful = random.chance(0.75);
    world.push(namespace(place, careful));
    for (let a = 0; a < APPS_PER_NAMESPACE && world.length < objects; a++)
      world.push(...objectsOf({ name: `${random.pick(WORDS)}-${a}`, namespace: place, random, careful }));
  }
  return world.slice(0, objects);
}

/** A world as one YAML stream, as `helm template` writes it: a marker and a comment before each object. About 1.8 KB an object. */
export function worldAsYaml(objects: number, seed = 1): string {
  return generateWorld(objects, seed)
    .map((object) => `---\n# Source: ${object.kind.toLowerCase()}.yaml\n${toYaml(object)}`)
    .join("");
}
