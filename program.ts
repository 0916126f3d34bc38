import { Config } from "@pulumi/pulumi";
import { VotingApp } from "./examples/voting-app/index.js";
import { Principal, SecureCluster } from "./index.js";

const config = new Config();
const cluster = new SecureCluster("prod", { admins: [Principal.role(config.require("adminRoleArn"))] });
cluster.deploy(VotingApp, { certificateArn: config.require("certificateArn") });

export const { clusterName, endpoint, kubeconfig, outputs } = cluster;
