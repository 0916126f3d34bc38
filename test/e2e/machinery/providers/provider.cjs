// A provider that stands in for AWS or Kubernetes: it accepts whatever it is given and answers as far as programs look.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { main } = require("@pulumi/pulumi/provider");

const [name, version] = [process.env.STANDIN, process.env.STANDIN_VERSION];
const REGION = "eu-west-1";
const ACCOUNT = "111122223333";

const INVOKES = {
  "aws:index/getCallerIdentity:getCallerIdentity": {
    accountId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:role/platform`,
    id: ACCOUNT,
    userId: "platform",
  },
  "aws:index/getPartition:getPartition": {
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    id: "aws",
    reverseDnsPrefix: "com.amazonaws",
  },
  "aws:index/getRegion:getRegion": { name: REGION, region: REGION, id: REGION },
  "aws:secretsmanager/getRandomPassword:getRandomPassword": { randomPassword: "not-random", id: "password" },
  "aws:iam/getPolicyDocument:getPolicyDocument": { json: "{}", id: "document" },
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    names: ["a", "b", "c"].map((zone) => REGION + zone),
    zoneIds: ["euw1-az1", "euw1-az2", "euw1-az3"],
    id: REGION,
  },
};

const CLUSTER = {
  endpoint: `https://x.gr7.${REGION}.eks.amazonaws.com`,
  certificateAuthority: { data: "LS0=" },
  identities: [{ oidcs: [{ issuer: `https://oidc.eks.${REGION}.amazonaws.com/id/X` }] }],
};

// What a test that leads somewhere wants to be answered.
const answers = process.env.RINGFENCE_STANDIN;
const asked = answers === undefined ? {} : JSON.parse(readFileSync(join(answers, "state.json"), "utf8")).cluster;

let made = 0;

main(
  {
    version,
    getSchema: () => Promise.resolve("{}"),
    check: (_urn, _olds, news) => Promise.resolve({ inputs: news }),
    diff: (_id, _urn, olds, news) => Promise.resolve({ changes: JSON.stringify(olds) === JSON.stringify(news) }),
    create: (urn, inputs) => {
      const id = `${urn.split("::").pop()}-${made++}`;
      const cluster = urn.includes("eks/cluster:Cluster::")
        ? { ...CLUSTER, ...asked, vpcConfig: { ...inputs.vpcConfig, clusterSecurityGroupId: "sg-c", vpcId: "vpc-x" } }
        : {};
      return Promise.resolve({
        id,
        outs: { name: id, ...inputs, arn: `arn:aws:x:${REGION}:${ACCOUNT}:${id}`, ...cluster },
      });
    },
    read: (id, _urn, props) => Promise.resolve({ id, props }),
    update: (_id, _urn, _olds, news) => Promise.resolve({ outs: news }),
    delete: () => Promise.resolve(),
    invoke: (token) => Promise.resolve({ outputs: name === "aws" ? (INVOKES[token] ?? {}) : {} }),
  },
  process.argv.slice(2),
);
