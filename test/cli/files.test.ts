import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { UserError } from "../../core/issue.js";
import { writePlan } from "../../plan/model/index.js";
import { plan, resource } from "../report/support.js";
import { CLOSED, OPEN, ringfence, scratch } from "./support.js";

let folder = scratch();
beforeEach(() => {
  folder = scratch();
});
afterEach(() => {
  folder.remove();
});

const read = (name: string): string => readFileSync(folder.path(name), "utf8");

describe("the files of preview", () => {
  it("--save is the plan that was judged, whether or not there are findings", async () => {
    const gone = resource("aws:ec2/vpc:Vpc", "old", { operation: "delete" });
    const { code } = await ringfence(["preview", "--save", folder.path("plan.json")], {
      plan: plan([...OPEN.resources, gone]),
    });
    expect(code).toBe(1);
    expect(read("plan.json")).toBe(writePlan(OPEN));
  });

  it("are not touched when the program fails", async () => {
    writeFileSync(folder.path("plan.json"), "before");
    const argv = ["preview", "--save", folder.path("plan.json"), "--output", folder.path("r.txt")];
    expect((await ringfence(argv, { fails: new UserError("no") })).code).toBe(2);
    expect(read("plan.json")).toBe("before");
    expect(readdirSync(folder.path("."))).toEqual(["plan.json"]);
  });

  it("are written all or none", async () => {
    writeFileSync(folder.path("report.txt"), "before");
    const tooLong = folder.path("x".repeat(300));
    const { code, out, err } = await ringfence(["preview", "--output", folder.path("report.txt"), "--save", tooLong]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^ringfence: '.*x' could not be written: ENAMETOOLONG.*No file was written\n$/);
    expect(read("report.txt")).toBe("before");
    expect(readdirSync(folder.path("."))).toEqual(["report.txt"]);
  });

  it("are not written over what became a socket while the program ran", async () => {
    const server = createServer().unref();
    const target = folder.path("plan.json");
    const { code, err } = await ringfence(["preview", "--save", target], {
      during: () => once(server.listen(target), "listening"),
    });
    expect({ code, err }).toEqual({
      code: 2,
      err: `ringfence: '${target}' could not be written: it is no file. No file was written\n`,
    });
    expect(statSync(target).isSocket()).toBe(true);
    server.close();
  });

  it("take the place of what a link points to, not of the link", async () => {
    writeFileSync(folder.path("real.json"), "before");
    symlinkSync(folder.path("real.json"), folder.path("link.json"));
    await ringfence(["preview", "--save", folder.path("link.json")]);
    expect(read("real.json")).toBe(writePlan(CLOSED));
  });

  it("leave nothing else behind", async () => {
    mkdirSync(folder.path("out"));
    await ringfence(["preview", "--save", join(folder.path("out"), "plan.json")]);
    expect(readdirSync(folder.path("out"))).toEqual(["plan.json"]);
  });
});
