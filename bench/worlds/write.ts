/** `tsx bench/worlds/write.ts OBJECTS FILE`: writes a generated world as YAML, or as a JSON List when the file ends in `.json`. */
import { writeFileSync } from "node:fs";
import { generateWorld, worldAsYaml } from "./world.js";

const [count = "", file = ""] = process.argv.slice(2);
if (!/^\d+$/.test(count) || file === "") {
  console.error("usage: tsx bench/worlds/write.ts OBJECTS FILE");
  process.exitCode = 2;
} else {
  const list = (): object => ({ apiVersion: "v1", kind: "List", items: generateWorld(Number(count)) });
  writeFileSync(file, file.endsWith(".json") ? JSON.stringify(list()) : worldAsYaml(Number(count)));
}
