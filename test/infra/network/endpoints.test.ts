import { ENDPOINT_FEATURES, endpointsFor } from "../../../infra/index.js";
import type { EndpointFeature } from "../../../infra/index.js";

test("gives nodes what they call before they join", () => {
  expect(endpointsFor(["nodes"])).toEqual(["ec2", "ecr.api", "ecr.dkr", "eks", "logs", "sts"]);
});

test("adds eks-auth for Pod Identity", () => {
  expect(endpointsFor(["podIdentity"])).toEqual(["eks-auth"]);
});

test("adds what Session Manager needs for the bastion", () => {
  expect(endpointsFor(["bastion"])).toEqual(["logs", "ssm", "ssmmessages"]);
});

test("names each service once, whatever the order of features", () => {
  const all = Object.keys(ENDPOINT_FEATURES) as EndpointFeature[];
  const expected = [
    "autoscaling",
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "eks-auth",
    "elasticloadbalancing",
    "kms",
    "logs",
    "secretsmanager",
    "ssm",
    "ssmmessages",
    "sts",
  ];
  expect(endpointsFor(all)).toEqual(expected);
  expect(endpointsFor([...all].reverse())).toEqual(expected);
});

test("needs nothing for nothing", () => {
  expect(endpointsFor([])).toEqual([]);
});
