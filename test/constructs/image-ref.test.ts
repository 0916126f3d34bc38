import fc from "fast-check";
import { HardenedDeployment, HardenedNamespace, ImageRef } from "../../constructs/index.js";
import { DIGEST, problems } from "./synth.js";

const pinned = (name: string): string => `${name}@${DIGEST}`;

describe("ImageRef.parse", () => {
  test.each([
    ["redis", "docker.io"],
    ["library/redis", "docker.io"],
    ["redis:8.2", "docker.io"],
    ["localhost/app", "localhost"],
    ["localhost:5000/app", "localhost:5000"],
    ["[2001:db8::1]:5000/app", "[2001:db8::1]:5000"],
    ["ghcr.io/team/app:v1", "ghcr.io"],
    ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/my_app-x.y:v1", "111122223333.dkr.ecr.eu-west-1.amazonaws.com"],
    ["${ringfence:registry}/app", "${ringfence:registry}"],
    [
      "${ringfence:account}.dkr.ecr.${ringfence:region}.amazonaws.com/app",
      "${ringfence:account}.dkr.ecr.${ringfence:region}.amazonaws.com",
    ],
  ])("takes %s, of registry %s", (name, registry) => {
    const image = ImageRef.parse(pinned(name));
    expect(image.registry).toBe(registry);
    expect(String(image)).toBe(pinned(name));
    expect(image.relaxation).toBeUndefined();
  });

  test("takes a digest that comes late, and a sha512", () => {
    expect(ImageRef.parse("ghcr.io/app@${ringfence:digest}").text).toBe("ghcr.io/app@${ringfence:digest}");
    expect(ImageRef.parse(`ghcr.io/app@sha512:${"0f".repeat(64)}`).registry).toBe("ghcr.io");
  });

  test.each([
    "",
    "Redis",
    "ghcr.io/Team/app",
    "ghcr.io//app",
    "ghcr.io/app/",
    "-host/app",
    "https://ghcr.io/app",
    "ghcr.io/app:",
    "a b",
    `ghcr.io/${"a".repeat(256)}`,
    "0123456789abcdef".repeat(4),
  ])("refuses %j as an image reference", (name) => {
    expect(() => ImageRef.parse(pinned(name))).toThrow("'image' must be an image reference");
  });

  test.each([
    "sha256:abc",
    `sha256:${"A".repeat(64)}`,
    `md5:${"a".repeat(32)}`,
    `sha256:${"a".repeat(65)}`,
    `${DIGEST}\n`,
  ])("refuses the digest %j", (digest) => {
    expect(() => ImageRef.parse(`ghcr.io/app@${digest}`)).toThrow(/must (have a digest|be an image reference)/);
  });

  test("refuses a tag alone, and the whole reference as one late value", () => {
    expect(() => ImageRef.parse("ghcr.io/app:v1")).toThrow("'image' must be pinned by a digest, got 'ghcr.io/app:v1'");
    expect(() => ImageRef.parse("${ringfence:image}")).toThrow("must be pinned by a digest");
  });

  test("a reference without a digest needs a reason", () => {
    const image = ImageRef.unpinned("ghcr.io/app:v1", { reason: "the vendor moves the tag with each fix" });
    expect(image.relaxation).toEqual({ choice: "ImageRef.unpinned", reason: "the vendor moves the tag with each fix" });
    expect(() => ImageRef.unpinned("ghcr.io/app:v1", { reason: " " })).toThrow("'reason' must say why");
    expect(() => ImageRef.unpinned("Not An Image", { reason: "the vendor moves the tag with each fix" })).toThrow(
      "must be an image reference",
    );
  });

  test("names of hosts, paths and tags in the grammar are read back as they are", () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}((\.|_|__|-)[a-z0-9]{1,8})?$/);
    const host = fc.stringMatching(/^[a-zA-Z0-9]{1,8}(\.[a-zA-Z0-9]{1,8}){1,2}(:[0-9]{1,5})?$/);
    const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/);
    fc.assert(
      fc.property(host, fc.array(part, { minLength: 1, maxLength: 3 }), fc.option(tag), (registry, path, version) => {
        const text = pinned(`${registry}/${path.join("/")}${version === null ? "" : `:${version}`}`);
        expect(ImageRef.parse(text).registry).toBe(registry);
      }),
    );
  });
});

describe("approved registries", () => {
  const build = (image: string, approvedRegistries: readonly string[]): readonly string[] =>
    problems(
      (chart) => new HardenedDeployment(new HardenedNamespace(chart, "shop", { approvedRegistries }), "api", { image }),
    );

  test.each([
    [pinned("ghcr.io/team/app"), "ghcr.io"],
    [pinned("ghcr.io/team/app"), "ghcr.io/team"],
    [pinned("redis"), "docker.io"],
    [pinned("${ringfence:registry}/app"), "${ringfence:registry}"],
  ])("%s comes from %s", (image, registry) => {
    expect(build(image, ["other.example.com", registry])).toEqual([]);
  });

  test.each([
    [pinned("ghcr.io/team-of-others/app"), "ghcr.io/team"],
    [pinned("ghcr.io.example.com/app"), "ghcr.io"],
    [pinned("docker.io/redis"), "docker.io/library"],
  ])("%s does not come from %s", (image, registry) => {
    expect(build(image, [registry])).toHaveLength(1);
  });

  test("an empty list approves nothing", () => {
    expect(build(pinned("redis"), [])).toHaveLength(1);
  });
});
