import { METERS } from "../../cost/meters/index.js";
import { UNCOUNTED } from "../../cost/meters/uncounted.js";
import shapes from "../../plan/engine/shapes/data/aws.json";
import { INSTANCE_PRICES } from "../../core/data/instance-prices.js";
import { HOURS_PER_MONTH, instancePrice, monthlyPrice, PRICED_REGIONS, PRICES } from "../../core/data/prices.js";
import type { Price } from "../../core/data/prices.js";

test("every type that is priced, or known not to be, is one of the provider, and is one of them alone", () => {
  const tokens = [...Object.keys(METERS), ...Object.keys(UNCOUNTED)];
  expect(tokens.filter((token) => !(token in shapes.resources))).toEqual([]);
  expect(tokens.filter((token, i) => tokens.indexOf(token) !== i)).toEqual([]);
});

test("every price is above nothing, says where it is from, and has a Region that is priced", () => {
  for (const [key, price] of Object.entries<Price>(PRICES)) {
    expect([key, price.page.startsWith("https://aws.amazon.com/")]).toEqual([key, true]);
    expect(price.read).toMatch(/^(\d{4}-\d{2}(-\d{2})?|undated)$/);
    const regions = Object.keys(price.usd);
    expect(regions.filter((region) => !PRICED_REGIONS.some((priced) => priced === region))).toEqual([]);
    expect(Object.values(price.usd).every((usd) => usd > 0)).toBe(true);
  }
});

test("a machine of twice the size costs twice as much, within the rounding of the list", () => {
  const sizes = ["small", "medium", "large", "xlarge", "2xlarge"];
  for (const [type, prices] of Object.entries(INSTANCE_PRICES)) {
    const [family = "", size = ""] = type.split(".");
    const next = sizes[sizes.indexOf(size) + 1];
    if (!sizes.includes(size) || next === undefined || !(`${family}.${next}` in INSTANCE_PRICES)) continue;
    for (const region of PRICED_REGIONS) {
      const twice = (instancePrice(`${family}.${next}`, region) ?? 0) / HOURS_PER_MONTH;
      expect([type, region, Math.abs(twice - 2 * prices[region]) < 0.0003]).toEqual([type, region, true]);
    }
  }
});

test("hours become months, and a Region without prices has none", () => {
  expect(monthlyPrice("cluster", "eu-west-1")).toBeCloseTo(73);
  expect(monthlyPrice("gp3", "eu-west-1")).toBe(0.088);
  expect(monthlyPrice("cluster", "eu-north-1")).toBeUndefined();
  expect(monthlyPrice("firewallEndpoint", "eu-west-1")).toBeUndefined();
  expect(instancePrice("m6i.large", "us-east-1")).toBeCloseTo(70.08);
  expect(instancePrice("toString", "us-east-1")).toBeUndefined();
});
